"""The body as its author sees it: lines and places; and the collector of the problems found in it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from helpgen.content.hidden import NO_CHARACTERS, is_visible
from helpgen.model.diagnostic import Diagnostic, problem
from helpgen.model.location import Location

# NUL, as CommonMark says, and what is no character: no page may hold it, and helpgen has its own marks among it (see sanitise.py).
_REPLACED = re.compile(f"[\0{NO_CHARACTERS}]")
_LINE_ENDS = re.compile(r"\r\n?")
# A caret under column 5,000 helps nobody, and each reference of a very long line would carry the whole of it.
_EXCERPT_LIMIT = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The body of one article: `lines` without line ends; `first_line` is the line of the file where it starts (from 1).

    `text` and `lines` have U+FFFD for what is no character; `written` has what the author wrote there. `visible` is true
    where that has nothing of the kind, nor anything else that is hidden.
    `base_url` is the full address of the article's own site, "" if it has none.
    """

    path: str
    first_line: int
    text: str
    lines: tuple[str, ...]
    written: str
    visible: bool
    base_url: str = ""

    def location(self, line: int, column: int = 0, length: int = 0) -> Location:
        """The place in the file of a line and column of the body, both counted from 0."""
        return Location(path=self.path, line=self.first_line + line, column=column + 1, length=length)

    def excerpt(self, line: int) -> str:
        """The line for a message; "" for one too long to be shown."""
        text = self.lines[line] if 0 <= line < len(self.lines) else ""
        return text if len(text) <= _EXCERPT_LIMIT else ""


def read_source(text: str, *, path: str, first_line: int, base_url: str = "") -> Source:
    """The body with one kind of line end and without NUL or what is no character (each becomes U+FFFD)."""
    written = _LINE_ENDS.sub("\n", text) if "\r" in text else text
    visible = is_visible(written)
    clean = written if visible else _REPLACED.sub("\ufffd", written)
    return Source(
        path=path,
        first_line=first_line,
        text=clean,
        lines=tuple(clean.split("\n")),
        written=written,
        visible=visible,
        base_url=base_url,
    )


class Report:
    """Collects the problems of one article while it is parsed; it lives no longer than one call of `parse_body`."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.diagnostics: list[Diagnostic] = []

    def add(self, rule: str, line: int, column: int, message: str, *, hint: str = "", length: int = 0) -> None:
        """One problem at a line and column of the body, both counted from 0."""
        place = self.source.location(line, column, length)
        excerpt = self.source.excerpt(line)
        self.diagnostics.append(problem(rule, place, message, hint=hint, excerpt=excerpt))

    def add_line(self, rule: str, line: int, message: str, *, hint: str = "") -> None:
        """One problem that concerns a whole line; the column is that of its first character."""
        text = self.source.lines[line] if line < len(self.source.lines) else ""
        stripped = text.strip()
        self.add(rule, line, len(text) - len(text.lstrip()), message, hint=hint, length=len(stripped))
