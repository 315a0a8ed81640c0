"""Small whole sites, one for each property: `<property>/site/` is built, `<property>/expected.txt` says what comes of it.

The expectation lists every file of the output (hashes masked), every problem as the terminal shows it, and what a reader
sees of each page's main part. After a wanted change run with HELPGEN_UPDATE_GOLDEN=1 and read the difference.
"""

from __future__ import annotations

import os
import re
from html.parser import HTMLParser
from pathlib import Path

import click
import pytest

from helpgen.model.build import Build
from helpgen.report import format_diagnostic
from tests.site_folder import SiteFolder

HERE = Path(__file__).parent
SITES = sorted(path.parent for path in HERE.glob("*/site"))
_HASH = re.compile(r"\b[0-9a-f]{8,64}\b")
_VOID = {"br", "hr", "img", "input", "link", "meta"}


class _Outline(HTMLParser):
    """The main part of a page as lines: what is read, where it leads, which language it is in."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []
        self._depth = 0
        self._stack: list[str] = []
        self._words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "main":
            self._depth = 1
        if not self._depth or tag in _VOID:
            return
        self._flush()
        values = dict(attrs)
        kept = [f"{name}={values[name]}" for name in ("id", "href", "lang", "class") if values.get(name)]
        self._stack.append(tag)
        if tag in ("a", "h1", "h2", "h3", "section", "div", "p", "li", "figure", "details"):
            self.lines.append("  " * len(self._stack) + " ".join([tag, *kept]))

    def handle_endtag(self, tag: str) -> None:
        if not self._depth or tag in _VOID:
            return
        self._flush()
        if self._stack:
            self._stack.pop()
        if tag == "main":
            self._depth = 0

    def handle_data(self, data: str) -> None:
        if self._depth and "svg" not in self._stack:
            self._words.append(data)

    def _flush(self) -> None:
        text = " ".join("".join(self._words).split())
        self._words.clear()
        if text:
            self.lines.append("  " * (len(self._stack) + 1) + f'"{text}"')


def outline(html: str) -> list[str]:
    parser = _Outline()
    parser.feed(html)
    return [_HASH.sub("········", line) for line in parser.lines]


def describe(build: Build, shown: list[str]) -> str:
    lines = ["== files", *sorted({_HASH.sub("········", path) for path in build.files}), "", "== problems"]
    lines += [click.unstyle(format_diagnostic(found)) for found in build.diagnostics]
    for path in shown:
        lines += ["", f"== {path}", *outline(build.files[path].decode())]
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("folder", SITES, ids=lambda folder: folder.name)
def test_golden_site(folder: Path) -> None:
    build = SiteFolder(folder / "site").build()
    listed = folder / "shown.txt"
    shown = listed.read_text(encoding="utf-8").split() if listed.exists() and build.files else []
    described = describe(build, shown)
    expected = folder / "expected.txt"
    if os.environ.get("HELPGEN_UPDATE_GOLDEN"):
        expected.write_text(described, encoding="utf-8")
    assert described == expected.read_text(encoding="utf-8")


def test_there_are_golden_sites() -> None:
    assert len(SITES) >= 6
