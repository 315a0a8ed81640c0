"""Where the one pass over the tokens writes: HTML, references, headings, and the plain text for search.

Plain text is gathered in three steps: words into the current line, lines into the current passage, passages by
heading. A hole for a reference is written as a mark that no article can contain (see sanitise.py).
"""

from __future__ import annotations

from helpgen.content.sanitise import hole
from helpgen.model.article import Heading, Passage, Reference


class Writer:
    """Collects the parts of one body; it lives no longer than one call of `parse_body`."""

    def __init__(self) -> None:
        self.html: list[str] = []
        self.references: list[Reference] = []
        self.headings: list[Heading] = []
        self.passages: list[Passage] = []
        self.line: list[str] = []
        self._lines: list[str] = []
        self._anchor = ""
        self._heading = ""

    def refer(self, reference: Reference) -> str:
        """Note a reference; answers the mark of its hole."""
        self.references.append(reference)
        return hole(len(self.references) - 1)

    def end_line(self, separator: str = "") -> str:
        """Finish a line of plain text (a paragraph, a heading); answers it."""
        text = separator.join(self.line).strip()
        self.line.clear()
        if text:
            self._lines.append(text)
        return text

    def take_line(self) -> str:
        """The words written since the last line, which then belong to no passage."""
        text = "".join(self.line).strip()
        self.line.clear()
        return text

    def add_lines(self, text: str) -> None:
        """Lines of plain text that are not words of a paragraph: code."""
        self._lines.extend(line.rstrip() for line in text.split("\n") if line.strip())

    def start_passage(self, anchor: str, heading: str) -> None:
        """Everything that follows stands under this heading."""
        self.end_passage()
        self._anchor, self._heading = anchor, heading

    def end_passage(self) -> None:
        """Close the current passage. The lead is kept only if it has text, a heading in any case."""
        if self._lines or self._anchor:
            self.passages.append(Passage(anchor=self._anchor, heading=self._heading, text="\n".join(self._lines)))
        self._lines = []
