"""Types of addresses: that of the site's root, and old ones, which a page of this site once had.

An old one is as somebody copied it from a browser. It is decoded once, before anything is checked, and never again: what
was checked is what is published.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any, Final
from urllib.parse import unquote

from helpgen.content.devices import is_device
from helpgen.content.positioned_yaml import Node, Scalar
from helpgen.content.reader import INVALID, Reader
from helpgen.content.schema import Json, Text

_ROOT: Final = Text(
    label="the full address of the site's root",
    pattern=re.compile(
        # A host (an address of IPv6 in brackets), a port up to 65,535, a path without "." and ".." as parts, for these go
        # away when somebody joins paths.
        r"https?://(?:\[[0-9A-Fa-f:.]+\]|[^\s/\\?#@<>\"':;,\[\]]+)"
        r"(?::(?:[0-5]?[0-9]{1,4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5]))?"
        r"(?!.*/\.{1,2}(?:/|\Z))(/[^\s\\?#<>\"']*)?\Z"
    ),
    hint="for example https://help.example.com/",
)
_PATH: Final = Text(
    label="an old address of this site, starting with /",
    # Not the root itself, no part empty, "." or "..".
    # Nor a character that some system cannot store: an old address becomes a folder.
    pattern=re.compile(r"(?!.*//)(?!.*/\.{1,2}(?:/|$))/[^\s\\<>\"'?#:*|]+\Z"),
    hint="for example /hc/articles/360001-deposit",
    max_length=500,
    part_bytes=200,
)
_ENCODED = re.compile(r"%[0-9A-Fa-f]{2}")


@dataclass(frozen=True, slots=True)
class BaseUrl:
    """The full address under which the pages of the site stand; the value ends with a slash."""

    label: str = _ROOT.label

    @property
    def json_schema(self) -> Json:
        return _ROOT.json_schema

    def read(self, node: Node, name: str, reader: Reader) -> Any:
        address = _ROOT.read(node, name, reader)
        return address if address is INVALID or address.endswith("/") else f"{address}/"


@dataclass(frozen=True, slots=True)
class OldAddress:
    """A path from the root of the site, percent-encoded or not; the value is decoded."""

    label: str = _PATH.label

    @property
    def json_schema(self) -> Json:
        return _PATH.json_schema

    def read(self, node: Node, name: str, reader: Reader) -> Any:
        if not isinstance(node, Scalar):
            return _PATH.read(node, name, reader)
        try:
            decoded = unquote(node.text, errors="strict")
        except UnicodeDecodeError:
            return reader.wrong(node, name, self.label, "what follows its % is not UTF-8")
        if _ENCODED.search(decoded):
            return reader.wrong(node, name, self.label, "it is percent-encoded twice")
        path = _PATH.read(replace(node, text=decoded), name, reader)
        if path is not INVALID and any(map(is_device, path.split("/"))):
            return reader.wrong(node, name, self.label, "one of its parts is the name of a device on Windows")
        return path


def page_address(path: str) -> str:
    """A path from the root as the address of a page: without its first slash, with one at the end unless it names a file."""
    address = path.lstrip("/")
    return address if address.endswith(("/", ".html", ".htm")) else f"{address}/"
