"""Addresses that stand in a theme's own files: those that could run script, and those that load from elsewhere.

The pages' policy forbids both in the browser; a theme that tries is told when it is loaded, at its line.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from helpgen.model.diagnostic import Diagnostic, problem
from helpgen.model.location import Location
from helpgen.model.source import SourceFile

LINK_SCHEMES: Final = frozenset({"http", "https", "mailto", "tel"})
# Browsers drop these before they look for a scheme, and take a backslash for a slash.
_DROPPED = re.compile("[\t\n\r]|\\A[\x00-\x20]+")
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_CSS_ADDRESS = re.compile(r"(?:url\(\s*|@import\s+|image-set\(\s*(?=[\"']))[\"']?([^\"')\s;]+)", re.IGNORECASE)
# A function or rule whose name is written as code points: `\\75 rl(…)`. Nobody needs that but to hide it.
_CSS_DISGUISE = re.compile(r"@[\w-]{0,40}\\[0-9a-f]{1,6}|[\w-]{0,40}\\[0-9a-f][\w\\ \t-]{0,80}\(", re.IGNORECASE)


def scheme_of(address: str) -> str:
    """The scheme that a browser finds in an address as it stands in HTML; "" for none."""
    found = _SCHEME.match(_plain(address))
    return found.group(1).lower() if found else ""


def is_elsewhere(address: str) -> bool:
    """Whether an address as it stands in HTML or CSS leads to another host."""
    plain = _plain(address)
    return plain.startswith("//") or scheme_of(plain) in ("http", "https", "ws", "wss", "ftp")


def _plain(address: str) -> str:
    return _DROPPED.sub("", html.unescape(address)).replace("\\", "/")


@lru_cache(maxsize=128)
def lint_styles(file: SourceFile) -> tuple[Diagnostic, ...]:
    """Each address of a stylesheet that leads elsewhere, and each name that is written so as not to be found."""
    return tuple(_style_problems(file))


def _style_problems(file: SourceFile) -> Iterator[Diagnostic]:
    text = file.data.decode("utf-8", "replace")
    text = _CSS_COMMENT.sub(lambda match: re.sub(r"[^\n]", " ", match.group()), text)
    for found in _CSS_ADDRESS.finditer(text):
        if is_elsewhere(found.group(1)):
            message = f"the stylesheet loads {found.group(1)[:80]} from another host"
            hint = "the CSP allows none: put the file into the theme"
            yield problem("theme/unsafe", _place(file, text, found.start()), message, hint=hint)
    for found in _CSS_DISGUISE.finditer(text):
        message = f"{found.group()[:40]} writes a name in code points"
        yield problem("theme/unsafe", _place(file, text, found.start()), message, hint="write its letters")


def _place(file: SourceFile, text: str, at: int) -> Location:
    return Location(path=file.path, line=text.count("\n", 0, at) + 1, column=at - text.rfind("\n", 0, at))
