"""Tables: tokens -> HTML and plain text, one line of text a row. For the signature see block_basics.py."""

from __future__ import annotations

from html import escape

from markdown_it.token import Token

from helpgen.content.markdown.page import Page


def write_table(page: Page, _tokens: list[Token], _index: int) -> None:
    page.tables += 1
    # Regions are told apart by their names, so the second table has a number.
    name = page.labels["table"] + (f" {page.tables}" if page.tables > 1 else "")
    page.append(f'<div class="table-wrap" role="region" tabindex="0" aria-label="{escape(name)}"><table>\n')


def write_row(page: Page, _tokens: list[Token], _index: int) -> None:
    page.cell = 0
    page.append("<tr>")


def write_cell_open(page: Page, tokens: list[Token], index: int) -> int:
    token, inline = tokens[index], tokens[index + 1]
    align = str(token.attrs.get("style", "")).removeprefix("text-align:")
    page.append(f'<{token.tag} class="align-{align}">' if align else f"<{token.tag}>")
    inline.meta["cell"] = page.cell
    page.cell += 1
    before = len(page.writer.line)
    page.inline.write(inline)
    # One line of plain text a row: its cells make one sense together.
    page.writer.line[before:] = ["".join(page.writer.line[before:]).strip()]
    if not page.writer.line[-1]:
        page.writer.line.pop()
    page.append(f"</{token.tag}>")
    return index + 2


def write_row_close(page: Page, _tokens: list[Token], _index: int) -> None:
    page.append("</tr>\n")
    page.writer.end_line(" · ")
