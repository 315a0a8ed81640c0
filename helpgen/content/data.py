"""The other YAML files of the content: `_category.yaml`, `_data/synonyms.yaml`; and how every data file is read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from helpgen.content.decode import decode_text
from helpgen.content.fields import CATEGORY_FIELDS, SYNONYMS
from helpgen.content.place import Layout, place_of
from helpgen.content.positioned_yaml import Mapping, Node, parse_yaml
from helpgen.content.reader import INVALID, Reader
from helpgen.content.schema import Type
from helpgen.content.secrets import find_secrets
from helpgen.model.category import Category
from helpgen.model.diagnostic import Outcome
from helpgen.model.source import SourceFile

CATEGORY_FILE = "_category.yaml"
DATA_FILES = ("channels.yaml", "redirects.yaml", "scenarios.yaml", "synonyms.yaml")


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
    values, node, reader = read_data(file, CATEGORY_FIELDS)
    diagnostics = tuple(reader.diagnostics)
    if not isinstance(values, dict) or not values["title"]:
        return Outcome(value=None, diagnostics=diagnostics)
    entries = node.entries if isinstance(node, Mapping) else ()
    category = Category(
        locale=placed.value.locale,
        path=placed.value.category,
        source=file.path,
        icon_location=next((reader.location(child) for key, child in entries if key.text == "icon"), None),
        **values,
    )
    return Outcome(value=category, diagnostics=diagnostics)


def parse_synonyms(file: SourceFile) -> Outcome[dict[str, SynonymTable]]:
    """Read the synonyms by locale code."""
    values, _, reader = read_data(file, SYNONYMS)
    tables = {code: SynonymTable(**entry) for code, entry in (values or {}).items()}
    return Outcome(value=tables, diagnostics=tuple(reader.diagnostics))


def read_data(file: SourceFile, schema: Type) -> tuple[Any, Node | None, Reader]:
    """A data file by its table: the values (None if it could not be read), the YAML, and the reader with what was found."""
    reader = Reader(file.path, (), "data/unknown-key", "data/value")
    decoded = decode_text(file)
    if decoded.value is None:
        reader.diagnostics.extend(decoded.diagnostics)
        return None, None, reader
    reader.diagnostics.extend(decoded.diagnostics)
    reader.lines = decoded.value.split("\n")
    reader.diagnostics.extend(find_secrets(decoded.value, file.path))
    parsed = parse_yaml(decoded.value, path=file.path)
    reader.diagnostics.extend(parsed.diagnostics)
    if parsed.value is None:
        return None, None, reader
    values = schema.read(parsed.value, "", reader)
    return (None if values is INVALID else values), parsed.value, reader
