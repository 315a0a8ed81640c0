"""markdown-it-py, as helpgen drives it.

1. `Markdown`: its parser without its own opinion on links; ours is in targets.py, on finished tokens.
2. `InlineParser`: looks up the rules that a character can start, instead of asking all twelve of them.
3. `InlineState`: remembers what was found on the way, and lets bold text end beside Chinese punctuation.
4. `new_markdown`: the parser before our own rules; rules.py adds them.

Blocks and words have a parser each, because they need other limits: the depth of blocks is the user's
(`limits.nesting`); that of brackets is fixed, for each level of them costs a pass over the paragraph.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Any, cast

from markdown_it import MarkdownIt
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_inline.state_inline import Scanned, StateInline
from markdown_it.token import Token

from helpgen.content.markdown.near_misses import Miss

InlineRule = Callable[[StateInline, bool], bool]
InlineRule2 = Callable[[StateInline], None]
RuleTable = Mapping[str, tuple[InlineRule, ...]]

INLINE_DEPTH = 20
# What the rules that look at all tokens again have to pair.
_DELIMITERS = re.compile("[*_~]")
# Ideographs, kana, Hangul, and the punctuation and full-width forms that stand between them.
_CJK = re.compile(
    "[\u1100-\u11ff\u2e80-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\ufe30-\ufe4f\uff01-\uffee\U00020000-\U0003ffff]"
)


class Markdown(MarkdownIt):
    """The parser with addresses left as written: they are judged, decoded and encoded on the tokens."""

    def validateLink(self, url: str) -> bool:  # noqa: N802, ARG002
        return True

    def normalizeLink(self, url: str) -> str:  # noqa: N802
        return url

    def normalizeLinkText(self, link: str) -> str:  # noqa: N802
        return link


class InlineState(StateInline):
    """`undefined` collects (offset, end, label) of references without a definition, `misses` what was meant as a link and
    is none; `has_address` is whether the text has a `://` anywhere, looked up once and not again in each link."""

    def __init__(self, src: str, md: MarkdownIt, env: Any, tokens: list[Token]) -> None:
        super().__init__(src, md, env, tokens)
        self.undefined: list[tuple[int, int, str]] = []
        self.misses: list[Miss] = []
        self.has_address = "://" in src

    def scanDelims(self, start: int, canSplitWord: bool) -> Scanned:  # noqa: N802, N803
        """May a run of `*`, `_` or `~` open or close here?

        CommonMark asks for spaces or punctuation around it, which Chinese does not have: `**注意:**请先…` would stay
        as it is. Beside CJK, punctuation therefore counts as a letter (as in the "CJK-friendly emphasis" proposal
        to CommonMark); where there is no CJK, CommonMark's answer stands.
        """
        scanned = super().scanDelims(start, canSplitWord)
        end = start + scanned.length
        before = self.src[start - 1 : start]
        after = self.src[end : end + 1] if end < self.posMax else ""
        if not canSplitWord or not (_is_cjk(before) or _is_cjk(after)):
            return scanned
        left = not _is_space(after) and (not _is_western_mark(after) or _is_edge(before))
        right = not _is_space(before) and (not _is_western_mark(before) or _is_edge(after))
        return Scanned(left, right, scanned.length)


def _is_cjk(char: str) -> bool:
    return not char.isascii() and bool(_CJK.match(char))


def _is_space(char: str) -> bool:
    return not char or char.isspace()


def _is_western_mark(char: str) -> bool:
    return not _is_cjk(char) and unicodedata.category(char)[0] in "PS"


def _is_edge(char: str) -> bool:
    """May a word end here even if punctuation comes next?"""
    return _is_space(char) or _is_cjk(char) or _is_western_mark(char)


class InlineParser(ParserInline):
    """`rules` maps a character to the rules that can start with it; every other character is text."""

    def __init__(self, rules: RuleTable, rules2: tuple[InlineRule2, ...]) -> None:
        super().__init__()
        self._rules = rules
        self._rules2 = rules2
        starts = "".join(rules)
        # ":" starts an address only where there is one, so most paragraphs need not stop at it.
        self._stops = re.compile("[" + re.escape(starts.replace(":", "") + "]") + "]")
        self._stops_with_colon = re.compile("[" + re.escape(starts + "]") + "]")

    def is_plain(self, src: str) -> bool:
        """Whether a text has nothing that any rule could start with: most paragraphs, and the only ones that need no state."""
        return (self._stops_with_colon if "://" in src else self._stops).search(src) is None

    def run(self, state: StateInline) -> None:
        """Parse the whole of a state's text into its tokens."""
        self.tokenize(state)
        if _DELIMITERS.search(state.src):
            for rule in self._rules2:
                rule(state)

    def parse(self, src: str, md: MarkdownIt, env: Any, tokens: list[Token]) -> list[Token]:
        """The entry that markdown-it's image rule uses for the text of an image."""
        state = InlineState(src, md, env, tokens)
        self.run(state)
        return state.tokens

    def tokenize(self, state: StateInline) -> None:
        src, end = state.src, state.posMax
        stops = self._stops_with_colon if cast(InlineState, state).has_address else self._stops
        too_deep = state.level >= INLINE_DEPTH
        while state.pos < end:
            pos = state.pos
            match = stops.search(src, pos, end)
            stop = match.start() if match else end
            if stop > pos:
                state.append_pending(src[pos:stop])
                state.pos = stop
                continue
            done = False
            if not too_deep:
                for rule in self._rules.get(src[pos], ()):
                    done = rule(state, False)
                    if done:
                        break
            if not done:
                state.append_pending(src[pos])
                state.pos = pos + 1
        if state.pending:
            state.pushPending()

    def skipToken(self, state: StateInline) -> None:  # noqa: N802
        pos = state.pos
        known = state.cache.get(pos)
        if known is not None:
            state.pos = known
            return
        src = state.src
        match = self._stops.search(src, pos, state.posMax)
        stop = match.start() if match else state.posMax
        if stop > pos:
            state.pos = state.cache[pos] = stop
            return
        done = False
        if state.level < INLINE_DEPTH:
            for rule in self._rules.get(src[pos], ()):
                state.level += 1
                done = rule(state, True)
                state.level -= 1
                if done:
                    break
        else:
            state.pos = state.posMax
        if not done:
            state.pos += 1
        state.cache[pos] = state.pos


def new_markdown(nesting: int) -> Markdown:
    """CommonMark with tables and without HTML; nothing of ours added yet."""
    # A list of one level is two levels of tokens (list and item), and one more must fit so that the excess is seen.
    markdown = Markdown("commonmark", {"html": False, "maxNesting": 2 * nesting + 2})
    markdown.enable(["table"])
    return markdown
