"""The configured parsers, made once per process: which rules there are, and in which order.

Blocks: markdown-it's CommonMark rules and tables; ours for comments, `<details>`, `:::` blocks and footnotes; the
definition lists of mdit-py-plugins. Words: see inline_rules.py.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from markdown_it import rules_block
from markdown_it.parser_block import ParserBlock
from markdown_it.ruler import RuleOptionsType
from markdown_it.rules_block.state_block import StateBlock
from markdown_it.rules_block.table import escapedSplit
from mdit_py_plugins.deflist import deflist_plugin

from helpgen.content.markdown.block_parser import BlockParser
from helpgen.content.markdown.containers import container
from helpgen.content.markdown.engine import InlineParser, Markdown, RuleTable, new_markdown
from helpgen.content.markdown.footnotes import footnote_definition
from helpgen.content.markdown.html_blocks import comment, details
from helpgen.content.markdown.inline_rules import RULES, RULES2
from helpgen.content.markdown.near_misses import near_miss

_INTERRUPTS: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote", "list"]}


@cache
def block_parser(nesting: int, table_cells: int) -> Markdown:
    """The parser for blocks with the site's limits."""
    return with_blocks(BlockParser(), nesting, table_cells)


def with_blocks(parser: ParserBlock, nesting: int, table_cells: int) -> Markdown:
    """helpgen's block rules in a parser (a test compares ours with markdown-it's own)."""
    markdown = new_markdown(nesting)
    markdown.block = parser
    markdown.enable(["table"])
    # HTML is off, so its rule never matches.
    markdown.block.ruler.disable("html_block")
    rules = markdown.block.ruler
    rules.at("table", _limited_table(table_cells), {"alt": ["paragraph", "reference"]})
    rules.before("fence", "container", container, _INTERRUPTS)
    rules.before("reference", "comment", comment, {"alt": ["paragraph", "reference", "blockquote"]})
    rules.before("reference", "details", details, {"alt": ["paragraph", "reference", "blockquote"]})
    rules.before("reference", "footnote", footnote_definition, {"alt": ["paragraph", "reference"]})
    rules.after("heading", "near_miss", near_miss, {"alt": ["paragraph"]})
    deflist_plugin(markdown)
    return markdown


@cache
def inline_parser() -> tuple[Markdown, InlineParser]:
    """The parser for the words of a paragraph."""
    return with_rules(RULES)


def with_rules(rules: RuleTable) -> tuple[Markdown, InlineParser]:
    """A parser for words with a table of rules (the CommonMark tests use one with HTML on)."""
    markdown = new_markdown(20)
    parser = InlineParser(rules, RULES2)
    markdown.inline = parser
    return markdown, parser


def _limited_table(limit: int) -> Callable[[StateBlock, int, int, bool], bool]:
    """markdown-it's table rule, which refuses a table before it is made of more cells than the limit."""

    def table(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
        following = start_line + 1
        if following >= end_line:
            return False
        begin = state.bMarks[following] + state.tShift[following]
        # Asked at every line of the article: the line of dashes decides.
        if begin >= state.eMarks[following] or state.src[begin] not in "|-:":
            return False
        accepted = rules_block.table(state, start_line, end_line, True)
        if silent or not accepted:
            return accepted
        dashes = state.src[state.bMarks[start_line + 1] : state.eMarks[start_line + 1]]
        columns = sum(1 for part in dashes.split("|") if part.strip())
        rows = 1  # the header; the line of dashes is none
        while start_line + rows + 1 < end_line and not state.isEmpty(start_line + rows + 1) and rows * columns <= limit:
            rows += 1
        if rows * columns > limit:
            message = f"a table of more than {limit:,} cells, the limit limits.table_cells"
            hint = "split it, or raise the limit in helpgen.yaml"
            state.env["problems"].append(("markdown/table-cells", start_line, message, hint))
            return False
        before = len(state.tokens)
        rules_block.table(state, start_line, end_line, False)
        _report_long_rows(state, before)
        return True

    return table


def _report_long_rows(state: StateBlock, first: int) -> None:
    """GFM leaves out what stands in a row after its last column; whoever wrote it is told. `first` is the table's first token."""
    tokens = state.tokens[first:]
    columns = sum(token.type == "th_open" for token in tokens)
    for token in tokens:
        if token.type != "tr_open" or token.map is None:
            continue
        line = token.map[0]
        text = state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]].strip()
        # Most rows have no pipe too many, and need not be cut up.
        if text.count("|") - text.startswith("|") - text.endswith("|") < columns:
            continue
        cells = escapedSplit(text)
        beyond = [cell.strip() for cell in cells[columns + (cells[0] == "") :] if cell.strip()]
        if beyond:
            shown = ", ".join(f'"{cell[:40]}"' for cell in beyond[:3])
            message = f"this row has more cells than the table has columns ({columns}); {shown} would not be shown"
            hint = "add a column to the first row, or write \\| where the character itself is meant"
            state.env["problems"].append(("markdown/table-row", line, message, hint))
