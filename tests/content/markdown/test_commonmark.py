"""The 652 examples of CommonMark 0.31.2 against the parser with all our rules.

HTML is switched on for this test and the two rules that replace it (comments, `<details>`) off, because the examples
are about raw HTML; addresses are encoded as markdown-it encodes them. Everything else is what articles go through:
our table of inline rules, containers, footnotes, definition lists, tables, bare addresses, emphasis beside CJK.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from markdown_it import rules_inline
from markdown_it.common import normalize_url
from markdown_it.rules_core.state_core import StateCore
from markdown_it.rules_core.text_join import text_join

from helpgen.content.markdown import inline_rules
from helpgen.content.markdown.rules import block_parser, with_rules

EXAMPLES: list[dict[str, Any]] = json.loads(Path(__file__).with_name("commonmark.json").read_text("utf-8"))

_BARE = "a plain https:// address in the text is a link, as in GitHub's dialect"
# Where our output differs from the specification's, and why.
ACCEPTED: dict[int, str] = {602: _BARE, 608: _BARE, 611: _BARE}
# Where markdown-it writes the same in other characters: a line break in an empty quote, a scheme in lower case.
SAME_MEANING: dict[int, tuple[str, str]] = {
    218: ("<blockquote>\n</blockquote>", "<blockquote></blockquote>"),
    239: ("<blockquote>\n</blockquote>", "<blockquote></blockquote>"),
    240: ("<blockquote>\n</blockquote>", "<blockquote></blockquote>"),
    596: ('href="MAILTO:', 'href="mailto:'),
}


def _parsers() -> tuple[Any, Any, Any]:
    blocks = block_parser.__wrapped__(40, 20_000)
    blocks.options["html"] = True
    blocks.enable("html_block")
    blocks.disable(["comment", "details"])
    words, parser = with_rules({**inline_rules.RULES, "<": (inline_rules.autolink, rules_inline.html_inline)})
    words.options["html"] = True
    for markdown in (blocks, words):
        markdown.normalizeLink = normalize_url.normalizeLink
        markdown.normalizeLinkText = normalize_url.normalizeLinkText
        markdown.validateLink = normalize_url.validateLink
    return blocks, words, parser


BLOCKS, WORDS, PARSER = _parsers()


def render(text: str) -> str:
    env: dict[str, Any] = {"references": {}, "footnotes": {}, "problems": []}
    state = StateCore(text, BLOCKS, env)
    BLOCKS.block.parse(text, BLOCKS, env, state.tokens)
    for token in state.tokens:
        if token.type == "inline":
            token.children = PARSER.parse(token.content, WORDS, env, [])
    text_join(state)
    return str(BLOCKS.renderer.render(state.tokens, BLOCKS.options, env))


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: f"{example['section']}-{example['example']}")
def test_example(example: dict[str, Any]) -> None:
    output = render(example["markdown"])
    expected = example["html"].replace(*SAME_MEANING.get(example["example"], ("", "")))
    if example["example"] in ACCEPTED:
        assert output != expected, "this difference is gone: take it off the list"
    else:
        assert output == expected


def test_the_examples_are_all_there() -> None:
    assert len(EXAMPLES) == 652
    assert set(ACCEPTED) <= {example["example"] for example in EXAMPLES}
