"""What all block functions share while one article is written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from markdown_it.token import Token

from helpgen.content.markdown.headings import HeadingWriter
from helpgen.content.markdown.inline import InlineWriter
from helpgen.content.markdown.source import Report
from helpgen.content.markdown.steps import StepWriter
from helpgen.content.markdown.writer import Writer
from helpgen.model.article import ArticleType
from helpgen.model.config import Limits


class Page:
    """The state of one pass over the tokens; it lives no longer than one call of `parse_body`.

    `closings` is the stack of closing tags of quotes (a quote may turn out to be a note), `tables` and `cell` count
    the tables of the article and the cells of the current row.
    """

    def __init__(
        self,
        report: Report,
        labels: Mapping[str, str],
        kind: ArticleType,
        limits: Limits,
        env: dict[str, Any],
    ) -> None:
        self.writer = Writer()
        self.report = report
        self.labels = labels
        self.inline = InlineWriter(self.writer, report, limits.expansion, env)
        self.steps = StepWriter(report, kind == "troubleshooter")
        self.headings = HeadingWriter(self.writer, self.inline, report, labels, kind, self.steps)
        self.closings: list[str] = []
        self.tables = 0
        self.cell = 0
        self._nesting = limits.nesting
        self._depth = 0
        self._too_deep = False

    def append(self, html: str) -> None:
        """Write a piece of HTML."""
        self.writer.html.append(html)

    def enter(self, token: Token) -> None:
        """One level deeper into lists, quotes and blocks; the first place beyond the limit is reported."""
        self._depth += 1
        if self._depth > self._nesting and not self._too_deep:
            self._too_deep = True
            line = token.map[0] if token.map else 0
            message = (
                f"blocks nested more than {self._nesting} deep (the limit limits.nesting);"
                " what is much deeper is not shown"
            )
            hint = "write it flatter, or raise the limit in helpgen.yaml"
            self.report.add_line("markdown/nesting", line, message, hint=hint)

    def leave(self) -> None:
        """One level up again."""
        self._depth -= 1
