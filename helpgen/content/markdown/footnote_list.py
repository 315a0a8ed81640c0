"""The list of footnotes at the end of an article."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from markdown_it.token import Token

from helpgen.content.markdown.page import Page
from helpgen.content.sanitise import footnote_id

Ranges = dict[str, tuple[int, int]]
WriteRange = Callable[[Page, list[Token], int, int, Ranges], None]


def write_footnotes(page: Page, tokens: list[Token], notes: Ranges, write_range: WriteRange) -> None:
    """Write the footnotes, in the order in which the text refers to them; those nobody refers to come last."""
    if not notes:
        return
    html, numbers = page.writer.html, page.inline.footnote_numbers
    html.append(f'<section class="footnotes" aria-label="{escape(page.labels["footnotes"])}">\n<ol>\n')
    # A footnote may be the first to refer to another one, so the order grows while it is followed.
    for label in page.inline.footnote_order:
        _write_footnote(page, tokens, label, notes, write_range)
    for label in notes:
        if label not in numbers:
            _write_footnote(page, tokens, label, notes, write_range)
    html.append("</ol>\n</section>\n")


def _write_footnote(page: Page, tokens: list[Token], label: str, notes: Ranges, write_range: WriteRange) -> None:
    html, number = page.writer.html, page.inline.footnote_numbers.get(label)
    html.append(f'<li id="{footnote_id(str(number))}">' if number else "<li>")
    start, end = notes[label]
    write_range(page, tokens, start + 1, end, notes)
    back = []
    for use in range(1, page.inline.footnote_uses.get(label, 0) + 1):
        place = f"{number}" if use == 1 else f"{number}-{use}"
        name = escape(page.labels["back"])
        back.append(f' <a class="footnote-back" href="#fn-ref-{place}" aria-label="{name}">↩</a>')
    if html[-1] == "</p>\n":
        html[-1:] = [*back, "</p>\n"]
    else:
        html.extend(back)
    html.append("</li>\n")


def footnote_ranges(tokens: list[Token]) -> Ranges:
    """Label -> indexes of the tokens that open and close its definition."""
    starts: list[int] = []
    ranges: Ranges = {}
    for index, token in enumerate(tokens):
        if token.type == "footnote_open":
            starts.append(index)
        elif token.type == "footnote_close":
            ranges[token.info] = (starts.pop(), index)
    return dict(sorted(ranges.items(), key=lambda item: item[1]))
