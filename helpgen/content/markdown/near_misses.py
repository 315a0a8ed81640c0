"""What is nearly Markdown and would be shown as it is written, without a word: `##标题`, `：：：warning`, `[文章]（a.md）`.

1. `broken_link` is asked where a `[` begins no link: only there, so that text costs nothing, and never within code.
2. `near_miss`, a block rule that never matches, sees lines that begin like a heading or block and are none; only of an
   article that has one `report_lines` looks at the paragraphs.

A hashtag (`#充值`) and a remark (`[注]（见下文）`) are no mistakes: of what can be either, only the plain cases are told.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Any, Final, NamedTuple

from markdown_it.rules_block.state_block import StateBlock
from markdown_it.token import Token

from helpgen.content.markdown.positions import Positions
from helpgen.content.markdown.source import Report

_FULL_WIDTH: Final = "markdown/full-width"
_AS_WRITTEN: Final = "so it is shown as it is written"
_TO_ASCII = str.maketrans("\uff1a\uff03\uff08\uff09", ":#()")
# Addresses and paths as authors write them; what else stands between parentheses is a remark.
_ADDRESS = re.compile(
    r"(?:https?://|www\.|mailto:|tel:|scenario:|\.{1,2}/|#[^\W\d])\S.*"
    r"|[^\s].*\.(?:md|html?|png|jpe?g|gif|webp|svg|avif|pdf|docx?|xlsx?|csv|zip|mp4|txt)(?:#\S*)?",
    re.IGNORECASE,
)
_WORDS: Final = r"\[([^\[\]\n]{0,300})\]"
_WRONG_BRACKETS = re.compile(
    _WORDS + r"(?:\uff08([^()\uff08\uff09\n]{1,500})[)\uff09]|\(([^()\uff08\uff09\n]{1,500})\uff09)"
)
_SPACED = re.compile(
    _WORDS + r"""\([ \t]*((?:[^()<>"'\n]|\([^()<>"'\n]*\)){1,500}?)(?:[ \t]+(?:"[^"\n]*"|'[^'\n]*'))?[ \t]*\)"""
)
_STARTS: Final = ("#", "\uff03", "\uff1a\uff1a", "\uff1a:", ":\uff1a", "::\uff1a")
_LINE = re.compile(
    r"^[ \t]*(?:(?P<fence>[:\uff1a]{3,})|(?P<marks>[#\uff03]{1,6})(?![#\uff03])(?P<space>\s*))(?P<rest>.*)", re.M
)
_HAN = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]")
_CODE = re.compile(r"(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)", re.DOTALL)


class Miss(NamedTuple):
    """What to say of a part of a text, from one offset to another."""

    start: int
    end: int
    rule: str
    message: str
    hint: str


def broken_link(text: str, start: int, end: int) -> Miss | None:
    """The link or image that was meant at a `[` which begins none."""
    match = _WRONG_BRACKETS.match(text, start, end)
    if match:
        words, address = match.group(1), (match.group(2) or match.group(3)).strip()
        if not _ADDRESS.fullmatch(address):
            return None
        message = f'full-width parentheses round "{address}" make no link, {_AS_WRITTEN}'
        return Miss(start, match.end(), _FULL_WIDTH, message, f"write [{words}]({address})")
    match = _SPACED.match(text, start, end)
    if match is None:
        return None
    words, address = match.groups()
    if not re.search(r"\s", address) or not _ADDRESS.fullmatch(address):
        return None
    message = f'the address "{address}" holds a space and makes no link, {_AS_WRITTEN}'
    hint = f"put it between < and >: [{words}](<{address}>); or take the space out of the file's name"
    return Miss(start, match.end(), "markdown/link-space", message, hint)


def near_miss(state: StateBlock, start_line: int, _end_line: int, _silent: bool) -> bool:
    """A block rule that only notes that there is a line for `report_lines`."""
    if state.src.startswith(_STARTS, state.bMarks[start_line] + state.tShift[start_line]):
        state.env["near_miss"] = True
    return False


def report_lines(report: Report, tokens: Sequence[Token], env: dict[str, Any]) -> None:
    """Name the lines of paragraphs that were meant as a heading, or as the beginning or end of a block."""
    if not env.get("near_miss"):
        return
    for opening, token in pairwise(tokens):
        if opening.type != "paragraph_open":
            continue
        alone = opening.level == 0 and "\n" not in token.content
        code = [match.span() for match in _CODE.finditer(token.content)]
        for match in _LINE.finditer(token.content):
            miss = _line(match, alone=alone)
            if miss and not any(start < miss.start < end for start, end in code):
                line, column, length = Positions(report.source.lines, token).span(miss.start, miss.end)
                report.add(miss.rule, line, column, miss.message, hint=miss.hint, length=length)


def _line(match: re.Match[str], *, alone: bool) -> Miss | None:
    """What is wrong with a line; `alone`: it is a paragraph of its own, and in no list or block."""
    fence, marks, space, rest = match.group("fence", "marks", "space", "rest")
    if fence:
        if fence.isascii():
            return None
        message = f'"{fence}" begins and ends no block, {_AS_WRITTEN}'
        return Miss(*match.span("fence"), _FULL_WIDTH, message, f'write "{fence.translate(_TO_ASCII)}{rest.strip()}"')
    ascii_space = bool(space) and not space.strip(" \t\n")
    is_tag = len(marks) == 1 and not space
    if not rest or (is_tag and not (alone and _HAN.match(rest) and not re.search("[#\uff03]", rest))):
        return None
    hint = f'write "{marks.translate(_TO_ASCII)} {rest.strip()[:60]}"'
    if not marks.isascii():
        return Miss(*match.span("marks"), _FULL_WIDTH, f'"{marks}" begins no heading, {_AS_WRITTEN}', hint)
    if ascii_space:
        return None
    message = f'"{marks}" without a space after it begins no heading, {_AS_WRITTEN}'
    return Miss(*match.span("marks"), "markdown/heading-space", message, hint)
