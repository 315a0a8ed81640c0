"""What the preview shows now, and what that means for one open page.

1. `find` says which file answers a path: a lookup in the built files, nothing else.
2. `version_of` is the digest of that answer without the names of its stylesheets, so that a page knows whether it must
   reload or only swap a stylesheet.
3. `page_state` is what an open page is told.
"""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from helpgen.model.diagnostic import Diagnostic
from helpgen.site.urls import NOT_FOUND_FILE

_STYLESHEET: Final = re.compile(rb'<link\b[^>]*?\brel="stylesheet"[^>]*?>')
_HREF: Final = re.compile(rb'\bhref="([^"]*)"')
_SHOWN_PROBLEMS: Final = 20
_EXCERPT_SIDE: Final = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """The files of the last good build, and the errors of a later one that failed.

    `files` is empty until a build succeeds. `drafts` are those of the files that show a draft.
    """

    files: Mapping[str, bytes]
    errors: tuple[Diagnostic, ...] = ()
    drafts: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class Found:
    """How a path is answered: by a file, by a redirect to its folder (with the slash), or not at all."""

    kind: Literal["file", "folder", "missing"]
    name: str


def find(files: Mapping[str, bytes], path: str) -> Found:
    """Which file answers a decoded path. The path is only ever a key: `..` or a backslash is the name of no file."""
    name = path[1:]
    if name == "" or name.endswith("/"):
        page = f"{name}index.html"
        return Found("file", page) if page in files else Found("missing", NOT_FOUND_FILE)
    if name in files:
        return Found("file", name)
    if f"{name}/index.html" in files:
        return Found("folder", f"{name}/")
    return Found("missing", NOT_FOUND_FILE)


def version_of(snapshot: Snapshot, path: str) -> str:
    """The digest of what a path shows, stylesheets left out."""
    found = find(snapshot.files, path)
    content = without_styles(snapshot.files.get(found.name, b"nothing is built yet"))
    return hashlib.sha256(f"{found.kind}\0".encode() + content).hexdigest()[:20]


def without_styles(page: bytes) -> bytes:
    """The HTML with its stylesheet links emptied: what must be equal for a page to stay as it is."""
    return _STYLESHEET.sub(b"<link>", page)


def styles_of(page: bytes) -> list[str]:
    """The addresses of the stylesheets, as the page has them."""
    links = (_HREF.search(link) for link in _STYLESHEET.findall(page))
    return [html.unescape(link.group(1).decode("utf-8", "replace")) if link else "" for link in links]


def page_state(snapshot: Snapshot, path: str) -> dict[str, Any]:
    """What the page at a path is told: its version, its stylesheets, whether it is a draft, and the problems."""
    found = find(snapshot.files, path)
    return {
        "version": version_of(snapshot, path),
        "styles": styles_of(snapshot.files.get(found.name, b"")),
        "draft": found.name in snapshot.drafts,
        "problems": [_problem(error) for error in snapshot.errors[:_SHOWN_PROBLEMS]],
        "more": max(0, len(snapshot.errors) - _SHOWN_PROBLEMS),
    }


def changed_pages(old: Mapping[str, bytes], new: Mapping[str, bytes]) -> tuple[list[str], bool]:
    """Pages that are new, gone or show something else; and whether stylesheets changed. For the line in the terminal."""
    names = {name for name in old.keys() | new.keys() if old.get(name) != new.get(name)}
    pages = sorted(
        name
        for name in names
        if name.endswith(".html") and (name not in old or name not in new or not _looks_equal(old[name], new[name]))
    )
    return pages, any(name.endswith(".css") for name in names)


def _looks_equal(old: bytes, new: bytes) -> bool:
    return without_styles(old) == without_styles(new)


def errors_of(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Those that keep the site from being built."""
    return tuple(diagnostic for diagnostic in diagnostics if diagnostic.severity == "error")


def _problem(diagnostic: Diagnostic) -> dict[str, Any]:
    """A problem for the overlay. The source line comes in three pieces: browsers do not count columns as Python does."""
    place = diagnostic.location
    line = diagnostic.excerpt if place.column else ""
    start = min(max(place.column - 1, 0), len(line))
    end = min(start + max(place.length, 1), len(line))
    cut, stop = max(0, start - _EXCERPT_SIDE), end + _EXCERPT_SIDE
    return {
        "place": str(place),
        "rule": diagnostic.rule,
        "message": diagnostic.message,
        "hint": diagnostic.hint,
        "before": ("…" if cut else "") + line[cut:start],
        "at": line[start:end],
        "after": line[end:stop] + ("…" if stop < len(line) else ""),
    }
