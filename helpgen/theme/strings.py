"""strings/<locale>.yaml -> the theme's own words in each language.

1. A file is a flat mapping of names to texts; a text that counts something is a mapping of plural forms.
2. All languages have the same names and the same {places}: a button without words is found here, not by a reader.
3. A locale takes the nearest language that the theme has: zh-TW -> zh-Hant -> zh -> en.
"""

from __future__ import annotations

import re
from collections.abc import Mapping as MappingOf
from functools import lru_cache
from typing import Any, Final

from markupsafe import escape

from helpgen.content.decode import decode_text
from helpgen.content.positioned_yaml import Mapping, Node, parse_yaml
from helpgen.content.reader import Reader
from helpgen.content.schema import Field, MapOf, Record, Text
from helpgen.model.diagnostic import Diagnostic, Outcome, problem
from helpgen.model.location import Location
from helpgen.model.source import SourceFile
from helpgen.model.suggest import did_you_mean
from helpgen.theme.values import Entry, Strings

LAST_RESORT: Final = "en"
# Regions that write Chinese in Traditional characters (CLDR likelySubtags: und-TW, und-HK, und-MO).
_TRADITIONAL: Final = frozenset({"TW", "HK", "MO"})
_PLACE = re.compile(r"\{(\w+)\}")
_NAME: Final = Text(label="a name (a-z, 0-9, _)", pattern=re.compile(r"[a-z][a-z0-9_]{0,59}\Z"))
_FORMS: Final = Record(
    (
        Field(name="one", type=Text(), default="", doc="The form for exactly one."),
        Field(name="other", type=Text(), default="", required=True, doc="The form for every other number."),
    )
)


class _EntryType:
    """A text, or its plural forms."""

    label = "a text, or a mapping of plural forms"
    json_schema: dict[str, Any] = {}  # noqa: RUF012

    def read(self, node: Node, name: str, reader: Reader) -> Any:
        if isinstance(node, Mapping):
            forms = _FORMS.read(node, name, reader)
            return Entry(forms={key: text for key, text in forms.items() if text})
        text = Text().read(node, name, reader)
        return Entry(forms={"other": text}) if isinstance(text, str) else text


@lru_cache(maxsize=64)
def parse_strings(file: SourceFile) -> Outcome[Strings]:
    """Read one language of a theme; once, as long as a preview goes on and the file is the same."""
    decoded = decode_text(file)
    if decoded.value is None:
        return Outcome(value=None, diagnostics=decoded.diagnostics)
    reader = Reader(file.path, decoded.value.split("\n"), "theme/strings", "theme/strings")
    parsed = parse_yaml(decoded.value, path=file.path)
    reader.diagnostics.extend((*decoded.diagnostics, *parsed.diagnostics))
    if parsed.value is None:
        return Outcome(value=None if reader.diagnostics else {}, diagnostics=tuple(reader.diagnostics))
    values = MapOf(_NAME, _EntryType()).read(parsed.value, "strings", reader)
    return Outcome(value=values if isinstance(values, dict) else None, diagnostics=tuple(reader.diagnostics))


def check_strings(languages: MappingOf[str, Strings], paths: MappingOf[str, str]) -> tuple[Diagnostic, ...]:
    """Each language must have every text of the others, with the same {places}. `paths` by locale code, for messages."""
    found: list[Diagnostic] = []
    complete: dict[str, str] = {}
    for code, strings in sorted(languages.items(), key=lambda item: (item[0] != LAST_RESORT, item[0])):
        for name in strings:
            complete.setdefault(name, code)
    for code, strings in sorted(languages.items()):
        place = Location(path=paths[code])
        for name, owner in complete.items():
            if name not in strings:
                message = f'the text "{name}" is missing; strings/{owner}.yaml has it'
                others = {text for other in languages if other != code for text in languages[other]}
                hint = did_you_mean(name, set(strings) - others, listing=False)
                found.append(problem("theme/strings", place, message, hint=hint))
            elif places_of(strings[name]) != places_of(languages[owner][name]):
                wanted = ", ".join(f"{{{p}}}" for p in sorted(places_of(languages[owner][name]))) or "none"
                message = f'the text "{name}" must have the same places as in strings/{owner}.yaml: {wanted}'
                found.append(problem("theme/strings", place, message))
    return tuple(found)


def check_new_texts(
    texts: MappingOf[str, Strings], files: MappingOf[str, SourceFile], inherited: MappingOf[str, Strings]
) -> dict[str, Diagnostic]:
    """Of the texts of a child theme those that its parents do not have, in any language, and not all languages get from it.

    `texts` and their `files` are by locale code. The fault is where the text is written, and not in a parent's file.
    """
    known = {name for strings in inherited.values() for name in strings}
    found: dict[str, Diagnostic] = {}
    for code, strings in sorted(texts.items()):
        for name in sorted(set(strings) - known - set(found)):
            lacking = sorted(other for other in {*inherited, *texts} if name not in texts.get(other, {}))
            if lacking:
                message = f'the text "{name}" is none of the parent theme, and missing in {", ".join(lacking)}'
                folder = files[code].path.rpartition("/")[0]
                hint = did_you_mean(name, known, listing=False) or f"add it to {folder}/{lacking[0]}.yaml"
                found[name] = problem("theme/strings", _place_of(files[code], name), message, hint=hint)
    return found


def _place_of(file: SourceFile, name: str) -> Location:
    node = parse_yaml(decode_text(file).value or "", path=file.path).value
    keys = [key for key, _ in node.entries if key.text == name] if isinstance(node, Mapping) else []
    return (
        Location(path=file.path, line=keys[0].line, column=keys[0].column, length=len(name))
        if keys
        else Location(path=file.path)
    )


def places_of(entry: Entry) -> frozenset[str]:
    """The names in braces of a text, over all its forms. The form for one may leave out its number."""
    return frozenset(_PLACE.findall(entry.text))


def fallback_chain(locale: str) -> tuple[str, ...]:
    """The languages to try for a locale, nearest first: "zh-TW" -> zh-TW, zh-Hant, zh, en."""
    parts = locale.split("-")
    chain = ["-".join(parts[:end]) for end in range(len(parts), 0, -1)]
    if parts[0] == "zh" and len(parts) > 1 and parts[-1].upper() in _TRADITIONAL and "Hant" not in parts:
        chain.insert(len(chain) - 1, "zh-Hant")
    if LAST_RESORT not in chain:
        chain.append(LAST_RESORT)
    return tuple(dict.fromkeys(chain))


def language_of(locale: str, languages: MappingOf[str, Strings]) -> str:
    """The language of the theme that a page in `locale` speaks; the first by name if not even English is there."""
    for code in fallback_chain(locale):
        if code in languages:
            return code
    return min(languages)


class Message(str):
    """A text of the theme. As it is, it is a plain text; called with values, it fills its {places}.

    `count` also chooses the plural form: `text.articles(count=3)`.
    """

    __slots__ = ("forms", "html")
    forms: dict[str, str]
    html: str

    def __new__(cls, entry: Entry) -> Message:
        message = super().__new__(cls, entry.text)
        message.forms = entry.forms
        message.html = str(escape(entry.text))
        return message

    def __call__(self, **values: object) -> str:
        form = self.forms["other"]
        if values.get("count") == 1:
            form = self.forms.get("one", form)
        return fill_places(form, values)


def fill_places(text: str, values: MappingOf[str, object]) -> str:
    """Put values into {places}. A place without a value is a mistake of the template (ValueError)."""

    def value_of(match: re.Match[str]) -> str:
        if match.group(1) not in values:
            raise ValueError(f'the text "{text}" needs a value for {match.group()}')
        return str(values[match.group(1)])

    return _PLACE.sub(value_of, text)


class Words:
    """What a template sees as `text`: each text of the theme as an attribute, in the page's language.

    `language` is the code of the strings file in use.
    """

    __slots__ = ("_messages", "language")

    def __init__(self, language: str, strings: Strings) -> None:
        self.language = language
        self._messages = {name: Message(entry) for name, entry in strings.items()}

    def __getattr__(self, name: str) -> Message:
        try:
            return self._messages[name]
        except KeyError:
            raise AttributeError(name) from None

    def __contains__(self, name: str) -> bool:
        return name in self._messages

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._messages)
