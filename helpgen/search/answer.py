"""The best hit → whether it answers, and the passage that says it. client/answer.js is its twin: same numbers, same text.

Steps:
1. `confidence`: a number from 0 to 1 of what the ranking knows; an answer is given from `CERTAIN` on.
2. `passage_range`: the sentences of a section to quote, the whole of it if it is short.
3. `passage`: these as blocks, paragraphs or numbered steps, with marks.

The weights and the threshold are learned by bench/answer_threshold.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from helpgen.search.analysis import is_cjk
from helpgen.search.constants import EXCERPT_BYTES
from helpgen.search.highlight import Section, Stretch, marked
from helpgen.search.rank import Weighted
from helpgen.search.results import Hit, Part

# Width of a passage, a character of Han, kana or Hangul as 2 and any other as 1: about ten lines on a phone.
PASSAGE_WIDTH = 420
# A question of a FAQ is quoted with its whole answer up to here.
FAQ_WIDTH = 800
# From this confidence on the passage is called an answer.
CERTAIN = 0.54
# So is one whose name, a title or a recorded question, is so like the query that hardly a word differs.
SAME_NAME = 0.9
# How much each part of the evidence says; shares of 1.
FIT, TITLE, MARGIN = 0.61, 0.11, 0.28
# Steps are numbered only where at least so many lines in sequence look like steps.
LEAST_STEPS = 3

_SENTENCE_END = re.compile("[。！？!?；;]+[」』”’）)]*|[.][”’)\"']*(?=[ \u00a0]|\\Z)")
_NUMBERED = re.compile("(?:第[一二三四五六七八九十]步|[Ss]tep [0-9]+|[0-9]{1,2}[.)、．](?![0-9]))[:：、. ]*")
# Not `str.strip()` alone: Python and JavaScript differ in what is blank.
_BLANK = " \t\u00a0\u3000"
# What a step begins with: the doing, in the words of help centres.
_DOING = re.compile(
    "(?:打开|打開|点|點|选|選|输入|輸入|粘贴|貼上|复制|複製|填|确认|確認|提交|上传|上傳|扫|掃|登录|登入|进入|進入|按|勾)"
    "|(?:Open|Tap|Click|Choose|Select|Enter|Type|Paste|Copy|Fill|Confirm|Submit|Upload|Scan|Go|Press|Check|Set|Sign|Log"
    "|Complete|Find|Turn|Add|Save|Read|Wait|Change|Follow)(?= )"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What the ranking knows of the best hit; each from 0 to 1.

    - `fit`: share of the query's weight that the article has, each word by how strongly it stands there (title and
      questions count most),
    - `title`: Dice coefficient between the query and the title, or the section's heading if that is higher,
    - `margin`: by how much of its score it is ahead of the second,
    - `name`: the same as `title`, but without the heading, which many articles may share.
    """

    fit: float
    title: float
    margin: float
    name: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A paragraph (one line), or the lines of numbered steps."""

    steps: bool
    lines: tuple[tuple[Part, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The best hit with its passage. Only if `certain` may a page call it an answer; `whole` tells that the section says
    no more than is quoted."""

    query: str
    certain: bool
    confidence: float
    evidence: Evidence
    hit: Hit
    whole: bool
    blocks: tuple[Block, ...]


def fit(weighted: Iterable[Weighted], unit: int) -> float:
    """Share of the query's weight that a unit has, as strongly as can be."""
    whole = strength = 0
    for group in weighted:
        if not group.group.term.evidence:
            whole += group.weight
            strength += group.weight * group.matches.get(unit, 0)
    # 1500 is the highest score of a posting, 15, times the factor of the word itself, 100.
    return strength / (whole * 1500) if whole else 0.0


def confidence(known: Evidence) -> float:
    """From 0 to 1; products and sums only, so that both twins give the same bits. 1 for who asks for an article by name."""
    if known.name >= SAME_NAME:
        return 1.0
    return FIT * known.fit + TITLE * known.title + MARGIN * known.margin


def passage_range(text: str, stretch: Stretch, width: int, may_be_cut: bool) -> tuple[int, int]:
    """[start, end) of whole sentences: all of a short text, else from the line of the densest stretch on.

    The last sentence of a text that may have been cut for the index is left out if it has no end, and others are there.
    """
    sentences = _sentences(text)
    if may_be_cut and len(sentences) > 1 and not _SENTENCE_END.search(text[sentences[-1][0] :]):
        del sentences[-1]
    if not sentences:
        return 0, 0
    end = sentences[-1][1]
    if _width(text[:end]) <= width:
        return 0, end
    first = max((n for n, (start, _) in enumerate(sentences) if start <= stretch.start), default=0)
    line = max((n for n in range(first + 1) if n == 0 or text[sentences[n][0] - 1] == "\n"), default=first)
    if _width(text[sentences[line][0] : sentences[first][1]]) <= width // 2:
        first = line
    last = first
    while last + 1 < len(sentences) and _width(text[sentences[first][0] : sentences[last + 1][1]]) <= width:
        last += 1
    return sentences[first][0], sentences[last][1]


def may_be_cut(sections: Sequence[Section]) -> bool:
    """Whether the index may lack the end of some section's text: it keeps `EXCERPT_BYTES` of an article."""
    kept = sum(len(text.encode()) for _, _, text in sections)
    return kept >= EXCERPT_BYTES - 4 * len(sections)


def passage(text: str, weighted: Sequence[Weighted], simplified: Mapping[int, str] | None) -> tuple[Block, ...]:
    """The lines of a text as blocks. Numbers that stand before steps are taken off: the list brings its own."""
    lines = [line.strip(_BLANK) for line in text.split("\n") if line.strip(_BLANK)]
    blocks: list[Block] = []
    for steps, group in groupby(lines, _looks_like_step):
        run = list(group)
        if steps and len(run) >= LEAST_STEPS:
            bare = [_NUMBERED.sub("", line, count=1) if _NUMBERED.match(line) else line for line in run]
            blocks.append(Block(steps=True, lines=tuple(marked(line, weighted, simplified) for line in bare)))
        else:
            blocks += [Block(steps=False, lines=(marked(line, weighted, simplified),)) for line in run]
    return tuple(blocks)


def _looks_like_step(line: str) -> bool:
    return (_NUMBERED.match(line) or _DOING.match(line)) is not None


def _sentences(text: str) -> list[tuple[int, int]]:
    """[start, end) of every sentence, none across lines."""
    found: list[tuple[int, int]] = []
    offset = 0
    for line in text.split("\n"):
        start = 0
        for match in _SENTENCE_END.finditer(line):
            found.append((offset + start, offset + match.end()))
            start = match.end()
        if line[start:].strip(_BLANK):
            found.append((offset + start, offset + len(line)))
        offset += len(line) + 1
    return found


def _width(text: str) -> int:
    return sum(2 if is_cjk(character) else 1 for character in text)
