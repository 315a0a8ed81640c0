"""helpgen.yaml -> SiteConfig, and the theme's settings in it by the theme's own table."""

from __future__ import annotations

from dataclasses import fields as dataclass_fields
from typing import Any

from helpgen.content.chat import PROVIDERS
from helpgen.content.decode import decode_text
from helpgen.content.fields import CONFIG_FIELDS, is_rule
from helpgen.content.positioned_yaml import Mapping, Node, Scalar, Sequence, parse_yaml
from helpgen.content.reader import Reader
from helpgen.content.schema import Record
from helpgen.model.config import BACKENDS, Chat, FooterLink, Limits, Locale, SiteConfig
from helpgen.model.diagnostic import Diagnostic, Outcome, problem
from helpgen.model.location import Location
from helpgen.model.rules import RULES
from helpgen.model.source import SourceFile
from helpgen.model.suggest import did_you_mean

CONFIG_FILE = "helpgen.yaml"


def parse_config(file: SourceFile) -> Outcome[SiteConfig]:
    """Read the settings of a site. The value is None if anything in them is wrong: a site is never built on a guess."""
    node, reader = _open(file)
    if node is None or not isinstance(node, Mapping):
        if node is not None:
            reader.slip(node)
        found = tuple(reader.diagnostics) or (_empty(file, node),)
        return Outcome(value=None, diagnostics=found)
    values = CONFIG_FIELDS.read(node, "", reader)
    if isinstance(values, dict):
        _check_relations(node, values, reader)
    if reader.diagnostics or not isinstance(values, dict):
        return Outcome(value=None, diagnostics=tuple(reader.diagnostics))
    return Outcome(value=_typed(values))


def missing_config() -> Diagnostic:
    """What there is to say of a folder that is no site."""
    hint = "run helpgen in the folder of a site, name it with --site, or start one: helpgen init my-help"
    return problem("config/missing", Location(path=CONFIG_FILE), f"there is no {CONFIG_FILE} here", hint=hint)


def parse_theme_settings(file: SourceFile, settings: Record) -> Outcome[dict[str, Any]]:
    """Read `theme.settings` of helpgen.yaml by the table that the theme declares; defaults where nothing is set."""
    node, reader = _open(file)
    reader.unknown_rule = reader.value_rule = "theme/setting"
    reader.diagnostics.clear()
    for name in ("theme", "settings"):
        node = (
            next((child for key, child in node.entries if key.text == name), None)
            if isinstance(node, Mapping)
            else None
        )
    if node is None:
        return Outcome(value={field.name: field.default for field in settings.fields})
    values = settings.read(node, "theme.settings", reader)
    return Outcome(value=values if isinstance(values, dict) else None, diagnostics=tuple(reader.diagnostics))


def setting_location(file: SourceFile, *names: str | int) -> Location:
    """Where a setting stands in helpgen.yaml or theme.yaml, for messages about it; the whole file if it is not there.

    A number is the place of an entry in a list; a single value counts as a list of one.
    """
    node, reader = _open(file)
    for name in names:
        if isinstance(name, str):
            entries = node.entries if isinstance(node, Mapping) else ()
            node = next((child for key, child in entries if key.text == name), None)
        elif isinstance(node, Sequence):
            node = node.items[name] if name < len(node.items) else None
    return reader.location(node) if node is not None else Location(path=file.path)


def _open(file: SourceFile) -> tuple[Node | None, Reader]:
    reader = Reader(file.path, (), "config/unknown-key", "config/value")
    decoded = decode_text(file)
    if decoded.value is None:
        reader.diagnostics.extend(decoded.diagnostics)
        return None, reader
    reader.lines = decoded.value.split("\n")
    parsed = parse_yaml(decoded.value, path=file.path)
    reader.diagnostics.extend((*decoded.diagnostics, *parsed.diagnostics))
    return parsed.value, reader


def _empty(file: SourceFile, node: Node | None) -> Diagnostic:
    message = "the file has no settings" if node is None else "the settings must be a mapping of names to values"
    hint = "it needs at least `title: …` and `locales: { en: { name: English } }`"
    return problem("config/missing", Location(path=file.path, line=1, column=1), message, hint=hint)


def _check_relations(node: Mapping, values: dict[str, Any], reader: Reader) -> None:
    """What the types alone cannot say: known rules in `checks`, known locales in texts, at least one locale."""
    by_name = {key.text: child for key, child in node.entries}
    locales = by_name.get("locales")
    if isinstance(locales, Mapping) and not locales.entries:
        reader.report(
            "config/value", locales, '"locales" must name at least one language', "for example en: { name: English }"
        )
    checks = by_name.get("checks")
    if isinstance(checks, Mapping):
        for key, _ in checks.entries:
            if not is_rule(key.text):
                reader.report(
                    "config/unknown-key", key, f'no rule is called "{key.text}"', did_you_mean(key.text, RULES)
                )
            elif RULES[key.text].fixed:
                reader.report("config/value", key, f'the severity of "{key.text}" cannot be changed')
    _check_chat(by_name.get("chat"), values["chat"], reader)
    codes = set(values["locales"])
    for name in ("title", "tagline", "popular_searches"):
        child = by_name.get(name)
        if isinstance(child, Mapping) and codes:
            _check_codes(child, name, codes, reader)


def _check_chat(node: Node | None, chat: dict[str, Any] | None, reader: Reader) -> None:
    """Each vendor needs other settings; a chat that could never open is a mistake of now, not of the first reader."""
    if node is None or not chat or chat["provider"] not in PROVIDERS:
        return
    for name in PROVIDERS[chat["provider"]].needs:
        if not chat[name]:
            hint = "docs/support-chat.md says where it is found"
            reader.report("config/value", node, f'"chat" needs "{name}" for the provider {chat["provider"]}', hint)


def _check_codes(node: Mapping, name: str, codes: set[str], reader: Reader) -> None:
    for key, _ in node.entries:
        if isinstance(key, Scalar) and key.text not in codes:
            message = f'"{name}" has a text for "{key.text}", which is not one of the locales'
            reader.report("config/value", key, message, did_you_mean(key.text, codes))


def _typed(values: dict[str, Any]) -> SiteConfig:
    locales = tuple(
        Locale(code=code, name=entry["name"], direction=entry["direction"]) for code, entry in values["locales"].items()
    )
    return SiteConfig(
        title=values["title"],
        tagline=values["tagline"],
        base_url=values["base_url"],
        locales=locales,
        theme=values["theme"]["name"],
        backends=BACKENDS[values["search"]["backend"]],
        footer=tuple(FooterLink(label=link["label"], url=link["url"]) for link in values["footer"]),
        popular_searches=values["popular_searches"],
        danger=values["danger"],
        contact=values["contact"],
        chat=Chat(**values["chat"]) if values["chat"] else None,
        checks=values["checks"],
        limits=Limits(**{field.name: values["limits"][field.name] for field in dataclass_fields(Limits)}),
    )
