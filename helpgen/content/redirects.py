"""`_data/redirects.yaml` -> what became of old addresses: moved, alone or with all that is below, or given up."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final

from helpgen.content.addresses import OldAddress, page_address
from helpgen.content.data import read_data
from helpgen.content.positioned_yaml import Mapping, Node, Scalar
from helpgen.content.reader import INVALID, Reader
from helpgen.content.schema import Json
from helpgen.model.diagnostic import Outcome
from helpgen.model.site import Move
from helpgen.model.source import SourceFile

GONE: Final = "gone"
_BELOW: Final = "/*"
_OLD: Final = OldAddress()
_NEW: Final = OldAddress(label="an address of this site, starting with /")


@dataclass(frozen=True, slots=True)
class _Moves:
    """Old addresses and where they lead now."""

    label: str = "a mapping from old addresses to new ones"

    @property
    def json_schema(self) -> Json:
        lines = {"type": "string", "pattern": f"^(/|{GONE}$)"}
        return {"type": "object", "propertyNames": {"pattern": "^/."}, "additionalProperties": lines}

    def read(self, node: Node, name: str, reader: Reader) -> Any:
        if not isinstance(node, Mapping):
            return reader.wrong(node, name or "the file", self.label, "for example /en/old-name/: /en/new-name/")
        moves = (_read_move(key, child, reader) for key, child in node.entries)
        return tuple(move for move in moves if move is not None)


REDIRECTS: Final = _Moves()


def parse_redirects(file: SourceFile) -> Outcome[tuple[Move, ...]]:
    """Read the lines in the order of the file."""
    moves, _, reader = read_data(file, REDIRECTS)
    return Outcome(value=moves or (), diagnostics=tuple(reader.diagnostics))


def _read_move(key: Scalar, node: Node, reader: Reader) -> Move | None:
    old, below = _read_address(key, "the old address", _OLD, reader)
    at = reader.location(key)
    if isinstance(node, Scalar) and node.text == GONE:
        return Move(old=old, new=None, below=below, at=at) if old is not None else None
    if isinstance(node, Scalar) and node.text == "/":
        new, all_below = "", False
    else:
        found, all_below = _read_address(node, key.text, _NEW, reader)
        if found is None:
            return None
        new = found
    if old is None:
        return None
    if below != all_below:
        wanted = f"an address that ends in {_BELOW} too" if below else f"an address without {_BELOW}"
        reader.wrong(
            node,
            key.text,
            wanted,
            f"both addresses of a folder end in {_BELOW}; write {GONE} if nothing took its place",
        )
        return None
    if old == new:
        reader.wrong(node, key.text, "another address than the old one")
        return None
    return Move(old=old, new=new, below=below, at=at)


def _read_address(node: Node, name: str, kind: OldAddress, reader: Reader) -> tuple[str | None, bool]:
    """The address of a page, None if it is none; and whether it stands for all that is below it."""
    below = isinstance(node, Scalar) and node.text.endswith(_BELOW)
    if isinstance(node, Scalar) and below:
        node = replace(node, text=node.text.removesuffix("*"))
    path = kind.read(node, name, reader)
    return (None if path is INVALID else page_address(path)), below
