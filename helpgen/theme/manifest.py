"""theme.yaml -> what the theme says of itself.

1. Read the fields by a table, as every other file of helpgen.
2. Read each setting's default by the type that it declares: a theme cannot have a default that its user could not write.
3. Refuse a theme that needs a newer helpgen.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final

from helpgen.content.decode import decode_text
from helpgen.content.positioned_yaml import Mapping, Node, parse_yaml
from helpgen.content.reader import INVALID, Reader
from helpgen.content.schema import Choice, Field, Flag, ListOf, MapOf, Number, Record, Text, Type
from helpgen.model.diagnostic import Outcome
from helpgen.model.source import SourceFile

MANIFEST_FILE = "theme.yaml"
COLOUR: Final = Text(
    label="a colour (#rrggbb)",
    pattern=re.compile(r"#[0-9a-fA-F]{6}\Z"),
    hint='six hexadecimal digits between quotes, for example "#1f6f8b"',
)
IMAGE_PATH: Final = Text(
    label="the path of an SVG or PNG file in the site",
    pattern=re.compile(r"(?!/)(?!.*\.\.)[^\\:]+\.(svg|png)\Z", re.IGNORECASE),
    hint="relative to the site's root, for example media/logo.svg",
)
_NAME: Final = Text(label="a name (a-z, 0-9, -, _)", pattern=re.compile(r"[a-z][a-z0-9_-]{0,39}\Z"))
_VERSION: Final = Text(
    label='a lowest version (">=0.1")', pattern=re.compile(r">=\s*\d+(\.\d+){0,2}\Z"), hint='for example ">=0.1"'
)
_TYPES: Final[dict[str, Type]] = {
    "colour": COLOUR,
    "image": IMAGE_PATH,
    "flag": Flag(),
    "number": Number(),
    "text": Text(),
}
_BLANK: Final[dict[str, Any]] = {"colour": "#1f6f8b", "image": "", "flag": False, "number": 0, "text": ""}


class _SettingType:
    """One setting: its type decides how its default is read, so it cannot be a plain record."""

    label = "a mapping with type, default and doc"
    json_schema: dict[str, Any] = {"type": "object"}  # noqa: RUF012

    def read(self, node: Node, name: str, reader: Reader) -> Any:
        row = Record(
            (
                Field(name="type", type=Choice((*_TYPES, "choice")), default="text", required=True, doc="Its type."),
                Field(name="words", type=ListOf(Text()), default=(), doc="The words of a choice."),
                Field(name="default", type=_Any(), default=None, doc="Its value where the site sets none."),
                Field(name="doc", type=Text(), default="", required=True, doc="One line on what it does."),
            )
        ).read(node, name, reader)
        if not isinstance(row, dict):
            return INVALID
        kind: Type = Choice(row["words"]) if row["type"] == "choice" else _TYPES[row["type"]]
        fallback = row["words"][0] if row["words"] else _BLANK.get(row["type"], "")
        default = fallback if row["default"] is None else kind.read(row["default"], f"{name}.default", reader)
        return Field(name=name.rsplit(".", 1)[-1], type=kind, default=default, doc=row["doc"])


class _Any:
    """A value that is read later, by the type which its neighbour names."""

    label = "a value"
    json_schema: dict[str, Any] = {}  # noqa: RUF012

    def read(self, node: Node, name: str, reader: Reader) -> Node:  # noqa: ARG002
        return node


MANIFEST_FIELDS: Final = Record(
    (
        Field(name="name", type=_NAME, default="", required=True, doc="The theme's name: that of its folder."),
        Field(name="parent", type=_NAME, default="", doc="The theme that it changes; its own files win by name."),
        Field(name="requires", type=_VERSION, default=">=0", doc="The lowest version of helpgen that it works with."),
        Field(
            name="css", type=ListOf(_NAME), default=(), doc="The files of assets/css in their order; each is a layer."
        ),
        Field(name="settings", type=MapOf(_NAME, _SettingType()), default={}, doc="What a site may set, with types."),
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """A theme.yaml, typed. `parent` "" = none; `layers` empty = those of the parent."""

    name: str
    parent: str
    layers: tuple[str, ...]
    settings: tuple[Field, ...]


def parse_manifest(file: SourceFile, version: str) -> Outcome[Manifest]:
    """Read a theme.yaml; `version` is that of this helpgen."""
    decoded = decode_text(file)
    if decoded.value is None:
        return Outcome(value=None, diagnostics=decoded.diagnostics)
    reader = Reader(file.path, decoded.value.split("\n"), "theme/setting", "theme/setting")
    parsed = parse_yaml(decoded.value, path=file.path)
    reader.diagnostics.extend((*decoded.diagnostics, *parsed.diagnostics))
    node = parsed.value or Mapping((), 1, 1)
    values = MANIFEST_FIELDS.read(node, "", reader)
    if isinstance(values, dict) and isinstance(node, Mapping):
        _check_version(node, values["requires"], version, reader)
    if reader.diagnostics or not isinstance(values, dict):
        return Outcome(value=None, diagnostics=tuple(reader.diagnostics))
    settings = tuple(values["settings"].values())
    return Outcome(
        value=Manifest(name=values["name"], parent=values["parent"], layers=values["css"], settings=settings)
    )


def _check_version(node: Mapping, requires: str, version: str, reader: Reader) -> None:
    wanted = _numbers(requires)
    if wanted > _numbers(version):
        place = next((child for key, child in node.entries if key.text == "requires"), node)
        lowest = requires.lstrip(">= ")
        message = f"this theme needs helpgen {lowest} or later; this is {version}"
        reader.report("theme/setting", place, message, "install a newer helpgen, or an older version of the theme")


def _numbers(version: str) -> tuple[int, ...]:
    """The release numbers of a version, padded to three so that 1.2 and 1.2.0 compare equal."""
    found = [int(part) for part in re.findall(r"\d+", version)[:3]]
    return tuple(found + [0] * (3 - len(found)))
