"""The parser of blocks, which asks only the rules that a line's first character can start.

markdown-it asks all rules at every line, and all that may end a paragraph at every line of one; nearly all lines begin
with a letter, which starts nothing.

1. `_STARTS` says what each rule starts with; a rule that is not in it is asked at every line.
2. `BlockParser.tokenize` is markdown-it's, with the rules looked up by character. A line that is indented like code is
   put to all rules.
3. `_Ruler` hands out one rule for a whole chain of rules that end a paragraph, quote or list: it looks up as well.
4. `single_line`: a paragraph of one line, the commonest block of all, without the search for its end. At a line whose first
   character starts nothing it is asked first: the rules before it want a line right below, or a definition after a blank one.
5. `_mark_lines`: where each line begins and ends, found for all lines at once; only indented ones are looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from itertools import accumulate
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.common.utils import mdTrim
from markdown_it.parser_block import ParserBlock
from markdown_it.ruler import Ruler
from markdown_it.rules_block.state_block import StateBlock
from markdown_it.token import Token

BlockRule = Callable[[StateBlock, int, int, bool], bool]

_DIGITS = "0123456789"
_STARTS: Mapping[str, str] = {
    "code": "",
    "container": ":",
    "fence": "`~",
    "blockquote": ">",
    "hr": "*-_",
    "list": "*-+" + _DIGITS,
    "comment": "<",
    "details": "<",
    "footnote": "[",
    "reference": "[",
    "heading": "#",
    "near_miss": "#:\uff03\uff1a",
}
_CHARACTERS = sorted(set("".join(_STARTS.values())))
_CHAINS = ("paragraph", "reference", "blockquote", "list")
_SINGLE_LINE = "single_line"


class _Table:
    """The rules of one chain by the character that a line begins with, in their order."""

    def __init__(self, named: Sequence[tuple[str, BlockRule]]) -> None:
        self.all = tuple(rule for _, rule in named)
        others = [(name, rule) for name, rule in named if name not in _STARTS]
        self.others = tuple(rule for _, rule in sorted(others, key=lambda other: other[0] != _SINGLE_LINE))
        self.by_character = {
            character: tuple(rule for name, rule in named if character in _STARTS.get(name, character))
            for character in _CHARACTERS
        }

    def find(self, state: StateBlock, line: int) -> tuple[BlockRule, ...]:
        """The rules that may match at a line."""
        if state.sCount[line] - state.blkIndent >= 4:
            return self.all
        at = state.bMarks[line] + state.tShift[line]
        return self.by_character.get(state.src[at : at + 1], self.others)

    def ends(self, state: StateBlock, line: int, end_line: int, silent: bool) -> bool:
        """The chain as one rule: does any of its rules match?"""
        return any(rule(state, line, end_line, silent) for rule in self.find(state, line))


class _Ruler(Ruler[BlockRule]):
    """Answers for each chain the one rule that stands for it. No rule may be added after the first answer."""

    def table(self, chain: str) -> _Table:
        return _Table([(r.name, r.fn) for r in self.__rules__ if r.enabled and (not chain or chain in r.alt)])

    @cached_property
    def _chains(self) -> dict[str, list[BlockRule]]:
        return {chain: [self.table(chain).ends] for chain in _CHAINS}

    def getRules(self, chainName: str = "") -> list[BlockRule]:  # noqa: N802, N803
        return self._chains.get(chainName) or super().getRules(chainName)


class BlockParser(ParserBlock):
    """markdown-it's parser of blocks with rules by first character."""

    def __init__(self) -> None:
        super().__init__()
        ruler = _Ruler()
        for rule in self.ruler.__rules__:
            ruler.push(rule.name, rule.fn, {"alt": rule.alt})
        self.ruler = ruler
        ruler.before("lheading", _SINGLE_LINE, single_line)

    @cached_property
    def _table(self) -> _Table:
        assert isinstance(self.ruler, _Ruler)
        return self.ruler.table("")

    def parse(self, src: str, md: MarkdownIt, env: Any, outTokens: list[Token]) -> list[Token] | None:  # noqa: N803
        """The tokens of a text, or None if it is empty."""
        if not src:
            return None
        state = StateBlock("", md, env, outTokens)
        _mark_lines(state, src)
        self.tokenize(state, 0, state.lineMax)
        return state.tokens

    def tokenize(self, state: StateBlock, startLine: int, endLine: int) -> None:  # noqa: N803
        """Make the tokens of a range of lines."""
        find = self._table.find
        line, most = startLine, state.md.options.maxNesting
        begins, shifts, ends = state.bMarks, state.tShift, state.eMarks
        seen_empty = False
        while line < endLine:
            while line < state.lineMax and begins[line] + shifts[line] >= ends[line]:
                line += 1
            state.line = line
            if line >= endLine or state.sCount[line] < state.blkIndent:
                break
            if state.level >= most:
                state.line = endLine
                break
            for rule in find(state, line):
                if rule(state, line, endLine, False):
                    break
            # A list is loose if a blank line stands between its blocks, not if one comes at its end.
            state.tight = not seen_empty
            line = state.line
            if line - 1 < endLine and begins[line - 1] + shifts[line - 1] >= ends[line - 1]:
                seen_empty = True
            if line < endLine and begins[line] + shifts[line] >= ends[line]:
                seen_empty = True
                line += 1
                state.line = line


def _mark_lines(state: StateBlock, src: str) -> None:
    """Fill a state that was made of an empty text with what markdown-it notes of each line; the last is none (see there)."""
    lines = src.split("\n")
    # What comes after the last line end is a line only if it shows something.
    if not lines[-1].strip(" \t"):
        lines.pop()
    count = len(lines)
    state.src = src
    state.bMarks = [*accumulate((len(line) + 1 for line in lines), initial=0)]
    state.eMarks = [start - 1 for start in state.bMarks[1:]]
    state.bMarks[-1] = len(src)
    state.eMarks.append(len(src))
    state.tShift = [0] * (count + 1)
    state.sCount = [0] * (count + 1)
    state.bsCount = [0] * (count + 1)
    state.lineMax = count
    for number, line in enumerate(lines):
        if line[:1] in (" ", "\t"):
            shift = len(line) - len(line.lstrip(" \t"))
            state.tShift[number] = shift
            # A tab goes on to the next column that is a multiple of four.
            state.sCount[number] = len(line[:shift].expandtabs(4))


def single_line(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:  # noqa: ARG001
    """A paragraph whose next line is blank or the end, unless a definition follows; others are left to
    markdown-it. Code has been asked before."""
    following = start_line + 1
    if following < state.lineMax:
        if not state.isEmpty(following):
            return False
        begin = state.bMarks[following + 1] + state.tShift[following + 1] if following + 1 < end_line else -1
        if begin >= 0 and state.src[begin : begin + 1] in (":", "~"):
            return False
    first = state.bMarks[start_line] + state.tShift[start_line]
    words = mdTrim(state.src[first : state.eMarks[start_line]])
    state.line = following
    level = state.level
    state.tokens += (
        Token("paragraph_open", "p", 1, map=[start_line, following], level=level, block=True),
        Token("inline", "", 0, map=[start_line, following], level=level + 1, children=[], content=words, block=True),
        Token("paragraph_close", "p", -1, level=level, block=True),
    )
    return True
