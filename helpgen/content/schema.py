"""Types of fields: each reads a YAML node into a typed value, describes itself, and gives its JSON Schema.

A `Reader` (reader.py) goes with every read: it knows the file and collects what is wrong, so one run reports all faults.
`read` returns `INVALID` where the value could not be used; the field then keeps its default.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Final, Protocol

from helpgen.content.hidden import hidden_characters
from helpgen.content.positioned_yaml import Mapping, Node, Scalar
from helpgen.content.positioned_yaml import Sequence as YamlList
from helpgen.content.reader import INVALID, Reader
from helpgen.model.diagnostic import Outcome
from helpgen.model.suggest import did_you_mean

Json = dict[str, Any]

# Direction controls and invisible characters can make a text look like another one (CVE-2021-42574). In a title or a name
# these are refused whatever stands around them; hidden.py knows the others.
_HIDDEN = re.compile("[\u200e\u200f\u00ad\u061c]")
# Spaces, and letters that show nothing: the fillers of Hangul, the empty pattern of Braille, selectors of a variant.
_SHOWN = re.compile("[^\\s\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\ufe00-\ufe0f\uffa0]")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\x80-\x84\x86-\x9f]")
# A day; after it a time, with parts of a second and a zone that nobody reads.
_DAY = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[Tt ]([0-9]{2}:[0-9]{2}(?::[0-9]{2})?)\S*(?: ?\S+)?)?\Z")
_FAR: Final = 1_000_000
_ANY_NAME = re.compile(r"\w")
_NUMBER = re.compile(r"[-+]?(\d+(\.\d*)?|\.\d+)\Z")


class Type(Protocol):
    """What a field's value may be."""

    @property
    def label(self) -> str:
        """A few words for messages and docs, with an article where one belongs: "a date (YYYY-MM-DD)"."""

    @property
    def json_schema(self) -> Json:
        """The JSON Schema of the value."""

    def read(self, node: Node, name: str, reader: Reader) -> Any:
        """The typed value, or INVALID after reporting why."""


def read_argument(text: str, type_: Type, name: str) -> Outcome[Any]:
    """An argument of a command as a field of this type would be read; `name` is what messages call it."""
    reader = Reader("", (), "config/unknown-key", "config/value")
    value = type_.read(Scalar(text, plain=False, line=1, column=1, length=len(text)), name, reader)
    return Outcome(value=None if value is INVALID else value, diagnostics=tuple(reader.diagnostics))


def _hidden_in(text: str) -> str:
    """The first character of a text that nobody sees; "" if there is none."""
    if text.isascii() and text.isprintable():
        return ""
    found = _HIDDEN.search(text) or _CONTROL.search(text.replace("\n", " ").replace("\t", " "))
    return found.group() if found else next((text[at] for at in hidden_characters(text)), "")


@dataclass(frozen=True, slots=True)
class Text:
    """A line of text that shows something; `pattern` narrows it, `hint` tells the right form.

    `part_bytes` is the most that a part between slashes may have in UTF-8, for what becomes a file's name; 0 for no bound.
    """

    label: str = "a text"
    pattern: re.Pattern[str] | None = None
    hint: str = ""
    max_length: int = 2_000
    part_bytes: int = 0

    @property
    def json_schema(self) -> Json:
        schema: Json = {"type": ["string", "number", "boolean"], "maxLength": self.max_length}
        if self.pattern:
            schema = {"type": "string", "pattern": self.pattern.pattern.replace(r"\Z", "$")}
        return schema

    def read(self, node: Node, name: str, reader: Reader) -> Any:
        if not isinstance(node, Scalar) or (node.plain and node.text in ("", "~", "null")):
            return reader.wrong(node, name, self.label, self.hint)
        text = unicodedata.normalize("NFC", " ".join(node.text.split()))
        hidden = _hidden_in(node.text)
        if hidden:
            code = f"U+{ord(hidden):04X}"
            reader.report(reader.value_rule, node, f'"{name}" holds the invisible character {code}', "remove it")
            return INVALID
        if not _SHOWN.search(text):
            return reader.wrong(node, name, f"{self.label} that shows something", "write at least one word")
        if len(text) > self.max_length:
            message = f'"{name}" has {len(text)} characters, more than {self.max_length}'
            reader.report(reader.value_rule, node, message, "shorten it")
            return INVALID
        longest = max(len(part.encode()) for part in text.split("/")) if self.part_bytes else 0
        if longest > self.part_bytes:
            message = f'"{name}" has a part of {longest} bytes, more than {self.part_bytes}'
            reader.report(reader.value_rule, node, message, "shorten it")
            return INVALID
        if self.pattern and not self.pattern.match(text):
            return reader.wrong(node, name, self.label, self.hint)
        return text


@dataclass(frozen=True, slots=True)
class Flag:
    """true or false, unquoted."""

    label: str = "true or false"

    @property
    def json_schema(self) -> Json:
        return {"type": "boolean"}

    def read(self, node: Node, name: str, reader: Reader) -> Any:
        if isinstance(node, Scalar) and node.plain and node.text in ("true", "false"):
            return node.text == "true"
        return reader.wrong(node, name, self.label, "write true or false, without quotes")


@dataclass(frozen=True, slots=True)
class Number:
    """A number between two bounds."""

    minimum: float = -_FAR
    maximum: float = _FAR
    whole: bool = False

    @property
    def label(self) -> str:
        kind = "a whole number" if self.whole else "a number"
        if (self.minimum, self.maximum) == (-_FAR, _FAR):
            return kind
        return f"{kind} from {self.minimum:,g} to {self.maximum:,.16g}"

    @property
    def json_schema(self) -> Json:
        return {"type": "integer" if self.whole else "number", "minimum": self.minimum, "maximum": self.maximum}

    def read(self, node: Node, name: str, reader: Reader) -> Any:
        if isinstance(node, Scalar) and node.plain and len(node.text) < 30 and _NUMBER.match(node.text):
            value = float(node.text)
            if self.minimum <= value <= self.maximum and (not self.whole or value.is_integer()):
                return int(value) if self.whole else value
        return reader.wrong(node, name, self.label)


@dataclass(frozen=True, slots=True)
class Date:
    """A calendar day. The time of day of a timestamp is not kept: a page shows the day as written, in any time zone."""

    label: str = "a date (YYYY-MM-DD)"

    @property
    def json_schema(self) -> Json:
        return {"type": "string", "format": "date"}

    def read(self, node: Node, name: str, reader: Reader) -> Any:
        if isinstance(node, Scalar):
            match = _DAY.match(node.text)
            if match:
                try:
                    day = datetime.date.fromisoformat(match.group(1)).isoformat()
                except ValueError:
                    return reader.wrong(node, name, "a day that exists (YYYY-MM-DD)")
                try:
                    datetime.time.fromisoformat(match.group(2) or "00:00")
                except ValueError:
                    return reader.wrong(node, name, "a day, or a day with a time that exists")
                return day
        return reader.wrong(node, name, self.label, "for example 2026-11-05")


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few words."""

    words: tuple[str, ...]

    @property
    def label(self) -> str:
        return "one of " + ", ".join(self.words)

    @property
    def json_schema(self) -> Json:
        return {"enum": list(self.words)}

    def read(self, node: Node, name: str, reader: Reader) -> Any:
        if isinstance(node, Scalar) and node.text in self.words:
            return node.text
        hint = did_you_mean(node.text, self.words) if isinstance(node, Scalar) else ""
        return reader.wrong(node, name, self.label, hint)


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list; a single value counts as a list of one."""

    item: Type
    maximum: int = 500

    @property
    def label(self) -> str:
        return f"a list; each entry {self.item.label}"

    @property
    def json_schema(self) -> Json:
        return {"type": "array", "items": self.item.json_schema, "maxItems": self.maximum}

    def read(self, node: Node, name: str, reader: Reader) -> Any:
        if isinstance(node, Scalar) and node.plain and node.text in ("", "~", "null"):
            return ()
        items = node.items if isinstance(node, YamlList) else (node,)
        if len(items) > self.maximum:
            reader.report(reader.value_rule, node, f'"{name}" has {len(items)} entries, more than {self.maximum}')
            return INVALID
        values = [self.item.read(_as_word(item), name, reader) for item in items]
        return tuple(value for value in values if value is not INVALID)


def _as_word(node: Node) -> Node:
    """In a list, `null` is a word: whoever means nothing writes nothing."""
    return replace(node, plain=False) if isinstance(node, Scalar) and node.text in ("null", "~") else node


@dataclass(frozen=True, slots=True)
class MapOf:
    """A mapping from names of one form to values of one type."""

    key: Text
    value: Type

    @property
    def label(self) -> str:
        return f"a mapping from {self.key.label} to {self.value.label}"

    @property
    def json_schema(self) -> Json:
        schema: Json = {"type": "object", "additionalProperties": self.value.json_schema}
        if self.key.pattern:
            schema["propertyNames"] = self.key.json_schema
        return schema

    def read(self, node: Node, name: str, reader: Reader) -> Any:
        if not isinstance(node, Mapping):
            return INVALID if reader.slip(node) else reader.wrong(node, name, self.label)
        result: dict[str, Any] = {}
        for key, child in node.entries:
            if self.key.pattern and reader.slip(key):
                continue
            read_key = self.key.read(key, f"{name}: key" if name else "the name", reader)
            value = self.value.read(child, f"{name}.{key.text}" if name else key.text, reader)
            if read_key is not INVALID and value is not INVALID:
                result[read_key] = value
        return result


@dataclass(frozen=True, slots=True)
class Localised:
    """One value for all languages, or a mapping from locale code to value. Read as a dict; "" = every language."""

    inner: Type

    @property
    def label(self) -> str:
        return f"{self.inner.label}, or a mapping from language code to {self.inner.label}"

    @property
    def json_schema(self) -> Json:
        each = {"type": "object", "additionalProperties": self.inner.json_schema}
        return {"anyOf": [self.inner.json_schema, each]}

    def read(self, node: Node, name: str, reader: Reader) -> Any:
        if isinstance(node, Mapping):
            return MapOf(LOCALE_CODE, self.inner).read(node, name, reader)
        if reader.slip(node, name=LOCALE_CODE.pattern):
            return INVALID
        value = self.inner.read(node, name, reader)
        return INVALID if value is INVALID else {"": value}


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A row of a table of fields: its name, type, default and one line for the reader of the docs."""

    name: str
    type: Type
    default: Any
    doc: str
    required: bool = False


@dataclass(frozen=True, slots=True)
class Record:
    """A mapping with named fields, read as a dict that has every field (defaults where one is absent)."""

    fields: tuple[Field, ...]
    label: str = "a mapping of fields"

    @property
    def json_schema(self) -> Json:
        properties = {f.name: {**f.type.json_schema, "description": f.doc} for f in self.fields}
        schema: Json = {"type": "object", "properties": properties, "additionalProperties": False}
        needed = [f.name for f in self.fields if f.required]
        return {**schema, "required": needed} if needed else schema

    def read(self, node: Node, name: str, reader: Reader) -> Any:
        if isinstance(node, Scalar) and node.plain and node.text in ("", "~", "null"):
            node = Mapping((), node.line, node.column)
        if not isinstance(node, Mapping):
            return INVALID if reader.slip(node) else reader.wrong(node, name, self.label)
        known = {f.name: f for f in self.fields}
        result = {f.name: f.default for f in self.fields}
        seen = set()
        for key, child in node.entries:
            row = known.get(key.text)
            if row is None:
                slip = reader.slip(key)
                if slip is not None:
                    seen.add(slip.name)
                    continue
                shown = f"{name}.{key.text}" if name else key.text
                reader.report(reader.unknown_rule, key, f'unknown field "{shown}"', did_you_mean(key.text, known))
                continue
            seen.add(key.text)
            value = row.type.read(child, f"{name}.{key.text}" if name else key.text, reader)
            if value is not INVALID:
                result[key.text] = value
        for row in self.fields:
            if row.required and row.name not in seen:
                shown = f"{name}.{row.name}" if name else row.name
                reader.report(reader.value_rule, node, f'"{shown}" is missing', f"{row.doc}")
        return result


@dataclass(frozen=True, slots=True)
class Either:
    """The first of two types for a single value, the second otherwise."""

    single: Type
    many: Type
    convert: Callable[[Any], Any]

    @property
    def label(self) -> str:
        return f"{self.single.label}, or {self.many.label}"

    @property
    def json_schema(self) -> Json:
        return {"anyOf": [self.single.json_schema, self.many.json_schema]}

    def read(self, node: Node, name: str, reader: Reader) -> Any:
        if isinstance(node, Scalar):
            if reader.slip(node, name=_ANY_NAME):
                return INVALID
            value = self.single.read(node, name, reader)
            return INVALID if value is INVALID else self.convert(value)
        return self.many.read(node, name, reader)


LOCALE_CODE: Final = Text(
    label="a language code (BCP 47)",
    # Some codes of three letters are names of devices on Windows, which has no folder called so.
    pattern=re.compile(r"(?!(?:con|aux|prn|nul)(?:-|\Z))[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}\Z"),
    hint="for example zh, en, zh-TW, pt-BR",
)
