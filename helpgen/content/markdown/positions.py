"""From an offset in a paragraph's text back to line and column of the file.

markdown-it strips what belongs to the blocks (indentation, `>`, list markers) before it parses a paragraph's
words, so an offset there is not a column. What is left of each line is still the *end* of the source line; only
`#` headings and table cells are cut on the right as well, and have rules of their own.

1. `Positions.locate`: offset -> line, then the column where the text of that line starts, remembered per line.
2. `_line_start`, `_heading_start`, `_cell_offset`: that column, for the three kinds of text.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from markdown_it.token import Token

_BLANK = " \t\n\v\f\r\xa0"
# What may stand before a table row in its line: indentation, quote marks, a list or definition marker.
_ROW_PREFIX = re.compile(r"(?:[\s>]|[-+*:~]\s|\d{1,9}[.)]\s)*")


class Positions:
    """The places of one inline token. `token.meta` may say `cell` (number of its column in a table) or `atx`."""

    def __init__(self, lines: tuple[str, ...], token: Token) -> None:
        self._lines = lines
        self._content = token.content
        self._first = token.map[0] if token.map else 0
        self._cell: int | None = token.meta.get("cell")
        self._atx: bool = token.meta.get("atx", False)
        self._breaks = [i for i, char in enumerate(token.content) if char == "\n"] if "\n" in token.content else []
        self._starts: dict[int, int] = {}

    def locate(self, offset: int) -> tuple[int, int]:
        """Line and column, both from 0, of an offset into the token's text."""
        row = bisect_right(self._breaks, offset - 1)
        line = self._first + row
        if self._cell is not None:
            return line, self._cell_column(line, offset)
        if row not in self._starts:
            self._starts[row] = self._start(line, row)
        return line, max(0, self._starts[row] + offset - self._row_offset(row))

    def span(self, start: int, end: int) -> tuple[int, int, int]:
        """Line, column and length of a part of the text; a part of several lines is measured to the end of the first."""
        line, column = self.locate(start)
        last_line, last_column = self.locate(end)
        if last_line == line:
            return line, column, max(1, last_column - column)
        return line, column, max(1, len(self._lines[line].rstrip()) - column)

    def _row_offset(self, row: int) -> int:
        return self._breaks[row - 1] + 1 if row else 0

    def _start(self, line: int, row: int) -> int:
        """The column where the row's text would start if it had kept its own leading blanks."""
        end = self._breaks[row] if row < len(self._breaks) else len(self._content)
        text = self._content[self._row_offset(row) : end]
        source = self._lines[line] if line < len(self._lines) else ""
        if self._atx:
            return _heading_start(source, text)
        return _line_start(source, text)

    def _cell_column(self, line: int, offset: int) -> int:
        """Cells are few and short: their rows are split again for each place asked for."""
        assert self._cell is not None
        return _cell_offset(self._lines[line], self._cell, self._content, offset)


def _line_start(source: str, text: str) -> int:
    """Where a text starts that is the end of its source line, but for blanks on both sides."""
    stripped = text.strip(_BLANK)
    leading = len(text) - len(text.lstrip(_BLANK))
    bare = source.rstrip(_BLANK)
    if bare.endswith(stripped):
        return len(bare) - len(stripped) - leading
    return source.rfind(stripped) - leading  # a summary, or text before `</details>`


def _heading_start(source: str, text: str) -> int:
    """The words of a `## heading` come after its first run of `#`."""
    after = source.find("#")
    while after < len(source) and source[after : after + 1] == "#":
        after += 1
    return max(0, source.find(text, after))


def _cell_offset(source: str, cell: int, content: str, offset: int) -> int:
    """Split the row at its unescaped pipes as GFM does, find the cell, then walk over `\\|`, which the cell has as `|`."""
    pieces: list[tuple[int, str]] = []
    start, position = 0, 0
    while position < len(source):
        if source[position] == "|" and (position == 0 or source[position - 1] != "\\"):
            pieces.append((start, source[start:position]))
            start = position + 1
        position += 1
    pieces.append((start, source[start:]))
    if _ROW_PREFIX.fullmatch(pieces[0][1]):
        cell += 1
    if cell >= len(pieces):
        return 0
    start, piece = pieces[cell]
    # In a row without a pipe in front, what belongs to the blocks around the table may stand before the first cell.
    from_start = start + len(piece) - len(piece.lstrip(_BLANK))
    from_end = len(piece.rstrip(_BLANK)) - len(content) - content.count("|")
    column = from_start if cell else from_end
    for char in content[:offset]:
        column += 2 if char == "|" else 1
    return max(0, column)
