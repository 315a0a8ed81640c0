"""The blocks of an article: one pass over the tokens gives HTML, references, headings and passages.

1. `write_article`: headings that have an id of their own are noted, then each token goes to a small function by its
   type (`_WRITE`), or is a fixed piece of HTML (`_FIXED`).
2. Footnotes are skipped where they are defined, and written at the end.

The functions are in block_basics.py, block_panels.py and block_tables.py; what they share is in page.py.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from markdown_it.token import Token

from helpgen.content.markdown import block_basics as basics
from helpgen.content.markdown import block_panels as panels
from helpgen.content.markdown import block_tables as tables
from helpgen.content.markdown.footnote_list import Ranges, footnote_ranges, write_footnotes
from helpgen.content.markdown.page import Page


def write_article(page: Page, tokens: list[Token]) -> None:
    """Write a whole article, footnotes and all."""
    notes = footnote_ranges(tokens) if page.inline.has_footnotes else {}
    page.headings.reserve(tokens)
    _write_range(page, tokens, 0, len(tokens), notes)
    page.headings.finish()
    write_footnotes(page, tokens, notes, _write_range)
    page.inline.finish()
    page.writer.end_passage()


def _write_range(page: Page, tokens: list[Token], start: int, end: int, notes: Ranges) -> None:
    index = start
    html = page.writer.html
    while index < end:
        token = tokens[index]
        fixed = _FIXED.get(token.type)
        if fixed is not None:
            html.append(fixed)
        elif token.type == "footnote_open":
            index = notes[token.info][1]
        else:
            index = _WRITE[token.type](page, tokens, index) or index
        index += 1


_FIXED: Mapping[str, str] = {
    "hr": "<hr>\n",
    "bullet_list_close": "</ul>\n",
    "ordered_list_close": "</ol>\n",
    "table_close": "</table></div>\n",
    "thead_open": "<thead>",
    "thead_close": "</thead>\n",
    "tbody_open": "<tbody>",
    "tbody_close": "</tbody>\n",
    "dl_open": "<dl>\n",
    "dl_close": "</dl>\n",
    "dt_open": "<dt>",
    "summary_open": "<summary>",
}
_WRITE: Mapping[str, Callable[[Page, list[Token], int], int | None]] = {
    "paragraph_open": basics.write_paragraph,
    "inline": basics.write_inline,
    "heading_open": basics.write_heading,
    "fence": basics.write_code,
    "code_block": basics.write_code,
    "bullet_list_open": basics.write_list,
    "ordered_list_open": basics.write_list,
    "list_item_open": basics.write_item,
    "list_item_close": basics.write_item_close,
    "dt_close": basics.write_term_close,
    "dd_open": basics.write_definition,
    "dd_close": basics.write_definition_close,
    "blockquote_open": panels.write_quote,
    "blockquote_close": panels.write_quote_close,
    "container_open": panels.write_container,
    "container_title_open": panels.write_container_title,
    "container_close": panels.write_container_close,
    "tab_open": panels.write_tab,
    "tab_close": panels.write_tab_close,
    "details_open": panels.write_details,
    "details_close": panels.write_details_close,
    "summary_close": panels.write_summary_close,
    "table_open": tables.write_table,
    "tr_open": tables.write_row,
    "tr_close": tables.write_row_close,
    "th_open": tables.write_cell_open,
    "td_open": tables.write_cell_open,
}
