"""The words of a paragraph: tokens -> HTML and plain text, in one pass.

1. `InlineWriter.write`: parse the paragraph, decide on its HTML tags, then one small function per token type.
2. links.py judges what links and images lead to, and writes them.
3. `finish`: what is reported once for the whole article (HTML that is shown as text).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from html import escape
from typing import Any

from markdown_it.token import Token

from helpgen.content.markdown.engine import InlineState
from helpgen.content.markdown.html_tags import FOREIGN, balance
from helpgen.content.markdown.links import LinkWriter
from helpgen.content.markdown.positions import Positions
from helpgen.content.markdown.rules import inline_parser
from helpgen.content.markdown.source import Report
from helpgen.content.markdown.writer import Writer
from helpgen.content.sanitise import footnote_id

# Characters of scripts that are written without spaces: a line break between two of them is no space either.
_NO_SPACE = re.compile(
    "[\u2e80-\u312f\u3190-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff01-\uff60\uffe0-\uffe6\U00020000-\U0003ffff]"
)
_DEPTH = 40


class InlineWriter:
    """Writes paragraphs of one article."""

    def __init__(self, writer: Writer, report: Report, expansion: int, env: dict[str, Any]) -> None:
        self.writer = writer
        self.report = report
        self.links = LinkWriter(writer, report, len(report.source.text), expansion)
        self.footnote_order: list[str] = []
        self.footnote_numbers: dict[str, int] = {}
        self.footnote_uses: dict[str, int] = {}
        self._env = env
        self._markdown, self._parser = inline_parser()
        self._html: dict[str, tuple[int, int, int]] = {}
        self._depth = 0
        self._positions: Positions | None = None
        self._token = Token("inline", "", 0)
        self._too_deep = False

    def is_plain(self, token: Token) -> bool:
        """Whether a paragraph has words and nothing else: what they are is then known without parsing them."""
        return bool(token.content) and self._parser.is_plain(token.content)

    def parse(self, token: Token) -> list[Token]:
        """The tokens of a paragraph's words, its HTML tags decided, its undefined references and broken links reported."""
        self._token, self._positions = token, None
        if self.is_plain(token):
            return [Token("text", "", 0, content=token.content)]
        children: list[Token] = []
        state = InlineState(token.content, self._markdown, self._env, children)
        self._parser.run(state)
        if "<" in token.content:
            balance(children)
        for start, end, label in state.undefined:
            line, column, length = self.positions.span(start, end)
            kind = "footnote" if label.startswith("^") else "reference"
            message = f'the {kind} "[{label}]" is not defined, so it is shown as it is written'
            self.report.add("markdown/undefined-reference", line, column, message, length=length)
        for miss in state.misses:
            line, column, length = self.positions.span(miss.start, miss.end)
            self.report.add(miss.rule, line, column, miss.message, hint=miss.hint, length=length)
        return children

    @property
    def has_footnotes(self) -> bool:
        """Whether the article defines any footnote."""
        return bool(self._env["footnotes"])

    @property
    def positions(self) -> Positions:
        """Where the offsets of the current paragraph are in the file; made only if somebody asks."""
        if self._positions is None:
            self._positions = Positions(self.report.source.lines, self._token)
        return self._positions

    def _span(self, start: int, end: int) -> tuple[int, int, int]:
        return self.positions.span(start, end)

    def write(self, token: Token) -> None:
        """Parse and write a paragraph's words."""
        self.write_tokens(self.parse(token))

    def write_figure(self, image: Token) -> None:
        """Write the image of a paragraph that `parse` has just answered and that holds nothing else."""
        self.links.write_figure(image, self._span)

    def write_tokens(self, tokens: list[Token]) -> None:
        """Write words that `parse` has just answered."""
        html, line = self.writer.html, self.writer.line
        index, count = 0, len(tokens)
        while index < count:
            token = tokens[index]
            if token.type in ("text", "text_special"):
                content = token.content
                html.append(escape(content, quote=False))
                line.append(content)
            elif token.type == "link_open":
                index = self.links.write_link(tokens, index, self._span, self.write_tokens)
            else:
                _WRITE[token.type](self, tokens, index)
            index += 1

    def finish(self) -> None:
        """Report each name of an HTML tag that was shown as text once, with its number."""
        for name, (line, column, count) in self._html.items():
            what = "the comment <!-- is never closed" if name == "!--" else f"<{name}> is shown as text"
            times = f" ({count} times, first here)" if count > 1 else ""
            hint = "write it as `code` if it is meant as text; HTML is limited to a few inline elements, see docs/writing.md"
            self.report.add("markdown/html", line, column, what + times, hint=hint, length=len(name) + 1)

    def _code(self, tokens: list[Token], index: int) -> None:
        content = tokens[index].content
        self.writer.html.append(f"<code>{escape(content, quote=False)}</code>")
        self.writer.line.append(content)

    def _soft_break(self, tokens: list[Token], index: int) -> None:
        before = self.writer.line[-1][-1:] if self.writer.line else ""
        after = tokens[index + 1].content[:1] if index + 1 < len(tokens) else ""
        if _NO_SPACE.match(before) and _NO_SPACE.match(after):
            return
        self.writer.html.append("\n")
        if before != " ":
            self.writer.line.append(" ")

    def _html_break(self, _tokens: list[Token], _index: int) -> None:
        self.writer.html.append("<br>")
        self.writer.line.append(" ")

    def _hard_break(self, _tokens: list[Token], _index: int) -> None:
        self.writer.html.append("<br>\n")
        self.writer.line.append(" ")

    def _open(self, tokens: list[Token], index: int) -> None:
        self._depth += 1
        if self._depth <= _DEPTH:
            self.writer.html.append(f"<{tokens[index].tag}>")
        elif not self._too_deep:
            self._too_deep = True
            line, column = self.positions.locate(0)
            message = f"emphasis nested more than {_DEPTH} deep; the innermost is left out"
            self.report.add("markdown/nesting", line, column, message)

    def _close(self, tokens: list[Token], index: int) -> None:
        if self._depth <= _DEPTH:
            self.writer.html.append(f"</{tokens[index].tag}>")
        self._depth -= 1

    def _html_open(self, tokens: list[Token], index: int) -> None:
        token = tokens[index]
        title = token.meta["title"]
        self.writer.html.append(f'<{token.info} title="{escape(title)}">' if title else f"<{token.info}>")

    def _html_close(self, tokens: list[Token], index: int) -> None:
        self.writer.html.append(f"</{tokens[index].info}>")

    def _html_text(self, tokens: list[Token], index: int) -> None:
        token = tokens[index]
        self.writer.html.append(escape(token.content, quote=False))
        if token.info not in FOREIGN:
            self.writer.line.append(token.content)
        if token.info in self._html:
            line, column, count = self._html[token.info]
            self._html[token.info] = (line, column, count + 1)
        else:
            self._html[token.info] = (*self.positions.locate(token.meta["at"]), 1)

    def _image(self, tokens: list[Token], index: int) -> None:
        self.links.write_image(tokens[index], self._span)

    def _footnote(self, tokens: list[Token], index: int) -> None:
        label = tokens[index].meta["label"]
        if label not in self.footnote_numbers:
            self.footnote_order.append(label)
            self.footnote_numbers[label] = len(self.footnote_order)
        number = self.footnote_numbers[label]
        uses = self.footnote_uses[label] = self.footnote_uses.get(label, 0) + 1
        place = f"ref-{number}" if uses == 1 else f"ref-{number}-{uses}"
        self.writer.html.append(
            f'<sup><a class="footnote-ref" id="{footnote_id(place)}" href="#fn-{number}">{number}</a></sup>'
        )


_Write = Callable[[InlineWriter, list[Token], int], None]
_WRITE: Mapping[str, _Write] = {
    "code_inline": InlineWriter._code,
    "softbreak": InlineWriter._soft_break,
    "hardbreak": InlineWriter._hard_break,
    "html_break": InlineWriter._html_break,
    "em_open": InlineWriter._open,
    "em_close": InlineWriter._close,
    "strong_open": InlineWriter._open,
    "strong_close": InlineWriter._close,
    "s_open": InlineWriter._open,
    "s_close": InlineWriter._close,
    "html_open": InlineWriter._html_open,
    "html_close": InlineWriter._html_close,
    "html_text": InlineWriter._html_text,
    "image": InlineWriter._image,
    "footnote_ref": InlineWriter._footnote,
}
