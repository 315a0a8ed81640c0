"""Headings: their ids, their anchor links, the passages they begin, the questions of a FAQ and the steps of a troubleshooter.

1. `reserve`: ids that the author gave (`## Fees {#fees}`) are taken before any id is made of words.
2. `write`: words first, then the opening tag before them, because the id is made of the words.
3. In a FAQ each `##` opens a `<section class="question">` that lasts until the next one; in a troubleshooter, a
   `<section class="step">`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape

from markdown_it.token import Token

from helpgen.content.markdown.inline import InlineWriter
from helpgen.content.markdown.source import Report
from helpgen.content.markdown.steps import StepWriter
from helpgen.content.markdown.writer import Writer
from helpgen.content.slugs import PREFIX, Slugger
from helpgen.model.article import ArticleType, Heading

_OWN_ID = re.compile(r"[ \t]*\{#([\w-]{1,100})\}[ \t]*$")
_ANCHORED = range(2, 5)


class HeadingWriter:
    """Writes the headings of one article."""

    def __init__(
        self,
        writer: Writer,
        inline: InlineWriter,
        report: Report,
        labels: Mapping[str, str],
        kind: ArticleType,
        steps: StepWriter,
    ) -> None:
        self._writer = writer
        self._inline = inline
        self._report = report
        self._anchor_label = escape(labels["anchor"])
        self._is_faq = kind == "faq"
        self._is_troubleshooter = kind == "troubleshooter"
        self._steps = steps
        self._own: dict[int, str] = {}
        self._slugs = Slugger()
        # The last heading and those that it is part of: the level in the text, and the one that is shown.
        self._above: list[tuple[int, int]] = []
        self._titles = 0
        self._sections = 0
        self._answer_from = -1
        self._question_line = 0

    def reserve(self, tokens: list[Token]) -> None:
        """Take the ids that the author gave, and cut them off the headings' words."""
        taken: dict[str, int] = {}
        for index, token in enumerate(tokens):
            if token.type != "heading_open":
                continue
            inline = tokens[index + 1]
            inline.meta["atx"] = token.markup.startswith("#")
            match = _OWN_ID.search(inline.content) if "{#" in inline.content else None
            if not match:
                continue
            own = match.group(1).removeprefix(PREFIX) or "section"
            inline.content = inline.content[: match.start()]
            if own in taken:
                line = (token.map or [0])[0]
                message = f'the id "{own}" is given twice; it was first given in line {self._report.source.first_line + taken[own]}'
                self._report.add_line(
                    "markdown/duplicate-id", line, message, hint="give one of the headings another id"
                )
            else:
                taken[own] = (token.map or [0])[0]
                self._own[index] = own
        self._slugs = Slugger(taken)

    def write(self, tokens: list[Token], index: int) -> None:
        """Write the heading whose three tokens start at `index`."""
        token, html = tokens[index], self._writer.html
        line = (token.map or [0])[0]
        level = self._checked_level(int(token.tag[1]), line)
        self._writer.take_line()
        at = len(html)
        html.append("")
        self._inline.write(tokens[index + 1])
        text = "".join(self._writer.line).strip()
        slug = self._own.get(index) or self._slugs.unique(text)
        location = self._report.source.location(line, self._column(line), len(text))
        heading = Heading(level=level, text=text, anchor=PREFIX + slug, location=location)
        self._writer.headings.append(heading)
        opening = f'<h{level} id="{escape(slug)}">'
        begins = level == 2 and token.level == 0
        if begins and self._is_faq:
            opening = self._next_question(line, at) + opening
        elif begins and self._is_troubleshooter:
            opening = self._next_section(self._steps.begin(heading)) + opening
        html[at] = opening
        if level in _ANCHORED:
            html.append(f'<a class="anchor" href="#{PREFIX}{escape(slug)}" aria-label="{self._anchor_label}">#</a>')
        html.append(f"</h{level}>\n")
        self._begin(level, text, PREFIX + slug)
        if begins and self._is_faq:
            self._answer_from = len(html)

    def finish(self) -> None:
        """Close the last question or step; a FAQ without a question is an error."""
        if self._is_faq and self._sections == 0:
            message = "this FAQ has no question: each question is a heading of its own, written with ##"
            self._report.add_line("markdown/faq-questions", 0, message, hint='write "## Question", or drop "type: faq"')
        elif self._is_faq:
            self._check_answer(len(self._writer.html))
        if self._sections:
            self._writer.html.append("</section>\n")

    def _begin(self, level: int, text: str, anchor: str) -> None:
        """A heading of the second or third level begins a passage; a deeper one is a line of its passage."""
        if level <= 3:
            self._writer.take_line()
            self._writer.start_passage(anchor, text)
        else:
            self._writer.end_line()

    def _checked_level(self, level: int, line: int) -> int:
        """The level that is shown: an H1 becomes H2, because the title is the page's H1; none is more than one below the last.

        What skips a level comes up to where it belongs, and so do its sisters and all below them: a screen reader tells
        by the levels what is part of what.
        """
        before = self._above[-1][0] if self._above else 1
        if level == 1:
            # One H1 is common: the title again, in the words of an older system. It is shown as H2 and no fault.
            self._titles += 1
            if self._titles > 1:
                message = "the title is the only H1 of a page; this one is shown as H2"
                self._report.add_line("markdown/heading-level", line, message, hint="write it with ##")
            level = 2
        elif level > before + 1:
            message = f"H{level} after H{before} skips a level; it is shown without the gap"
            hint = f"write it with {'#' * (before + 1)}"
            self._report.add_line("markdown/heading-level", line, message, hint=hint)
        while self._above and self._above[-1][0] >= level:
            self._above.pop()
        shown = self._above[-1][1] + 1 if self._above else 2
        self._above.append((level, shown))
        return shown

    def _next_question(self, line: int, at: int) -> str:
        if self._sections:
            self._check_answer(at)
        self._question_line = line
        return self._next_section("question")

    def _next_section(self, classes: str) -> str:
        before = "</section>\n" if self._sections else ""
        self._sections += 1
        return f'{before}<section class="{classes}">'

    def _check_answer(self, end: int) -> None:
        if end <= self._answer_from:
            message = "this question has no answer"
            self._report.add_line(
                "markdown/faq-questions", self._question_line, message, hint="write the answer below it"
            )

    def _column(self, line: int) -> int:
        text = self._report.source.lines[line]
        return len(text) - len(text.lstrip())
