"""Looking rules up by first character gives the very tokens that asking all of them gives."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it.parser_block import ParserBlock

from helpgen.content.markdown.block_parser import BlockParser
from helpgen.content.markdown.engine import Markdown
from helpgen.content.markdown.rules import with_blocks

OURS, THEIRS = (with_blocks(parser, 8, 1_000) for parser in (BlockParser(), ParserBlock()))
PIECES = (
    *(
        "a",
        "字",
        "# ",
        "## h",
        "- ",
        "* ",
        "+ ",
        "1. ",
        "12) ",
        "> ",
        "```",
        "~~~",
        "---",
        "===",
        "***",
        "___",
        "| a | b |",
    ),
    *(
        "|---|:-:|",
        ":::note",
        ":::",
        ":::tabs",
        "== A",
        ": def",
        "~ def",
        "[a]: /x",
        "[^1]: n",
        "<!-- c",
        "-->",
        "<details>",
    ),
    *("<summary>s</summary>", "</details>", "<b>", " ", "  ", "    ", "\t", "\n", "\n", "\n", "\n\n", "\v", "\u00a0"),
)


def tokens(markdown: Markdown, text: str) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    env: dict[str, Any] = {"references": {}, "footnotes": {}, "problems": []}
    found = markdown.block.parse(text, markdown, env, []) or []
    return [token.as_dict() for token in found], env


@settings(max_examples=600, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=24).map("".join))
def test_the_tokens_are_markdown_its(text: str) -> None:
    assert tokens(OURS, text) == tokens(THEIRS, text)


@pytest.mark.parametrize("path", sorted((Path(__file__).parent / "cases").glob("*.md")), ids=lambda path: path.stem)
def test_the_cases_have_the_same_tokens(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert tokens(OURS, text) == tokens(THEIRS, text)


def test_commonmarks_rules_are_the_ones_that_are_asked() -> None:
    def names(markdown: Markdown) -> list[str]:
        return [name for name in markdown.block.ruler.get_active_rules() if name != "single_line"]

    assert names(OURS) == names(THEIRS)
