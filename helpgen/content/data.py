"""The other YAML files of the content: `_category.yaml`, `_data/channels.yaml`, `_data/synonyms.yaml`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from helpgen.content.decode import decode_text
from helpgen.content.fields import CATEGORY_FIELDS, CHANNELS, SYNONYMS
from helpgen.content.place import Layout, place_of
from helpgen.content.positioned_yaml import parse_yaml
from helpgen.content.schema import INVALID, Reader, Type
from helpgen.model.category import Category
from helpgen.model.diagnostic import Diagnostic, Outcome
from helpgen.model.source import SourceFile
from helpgen.model.support import Channel

CATEGORY_FILE = "_category.yaml"
DATA_FILES = ("channels.yaml", "synonyms.yaml")


@dataclass(frozen=True, slots=True, kw_only=True)
class SynonymTable:
    """Synonyms of one language: groups that mean the same, and words that lead to others."""

    two_way: tuple[tuple[str, ...], ...] = ()
    one_way: dict[str, tuple[str, ...]] = field(default_factory=dict)


def parse_category(file: SourceFile, layout: Layout) -> Outcome[Category]:
    """Read a `_category.yaml`; its folder says which category it is."""
    placed = place_of(file.path, layout)
    if placed.value is None:
        return Outcome(value=None, diagnostics=placed.diagnostics)
    values, diagnostics = _read(file, CATEGORY_FIELDS)
    if not isinstance(values, dict) or not values["title"]:
        return Outcome(value=None, diagnostics=diagnostics)
    category = Category(locale=placed.value.locale, path=placed.value.category, source=file.path, **values)
    return Outcome(value=category, diagnostics=diagnostics)


def parse_channels(file: SourceFile) -> Outcome[tuple[Channel, ...]]:
    """Read the ways to reach a human, in the order of the file."""
    values, diagnostics = _read(file, CHANNELS)
    channels = tuple(
        Channel(id=name, **entry) for name, entry in (values or {}).items() if entry["name"] and entry["address"]
    )
    return Outcome(value=channels, diagnostics=diagnostics)


def parse_synonyms(file: SourceFile) -> Outcome[dict[str, SynonymTable]]:
    """Read the synonyms by locale code."""
    values, diagnostics = _read(file, SYNONYMS)
    tables = {code: SynonymTable(**entry) for code, entry in (values or {}).items()}
    return Outcome(value=tables, diagnostics=diagnostics)


def _read(file: SourceFile, schema: Type) -> tuple[Any, tuple[Diagnostic, ...]]:
    decoded = decode_text(file)
    if decoded.value is None:
        return None, decoded.diagnostics
    parsed = parse_yaml(decoded.value, path=file.path)
    reader = Reader(file.path, decoded.value.split("\n"), "data/unknown-key", "data/value", [*decoded.diagnostics, *parsed.diagnostics])
    if parsed.value is None:
        return None, tuple(reader.diagnostics)
    values = schema.read(parsed.value, "", reader)
    return (None if values is INVALID else values), tuple(reader.diagnostics)
