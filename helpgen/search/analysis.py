"""Text → terms, the half of search that must be the same in Python and in the browser (client/analysis.js).

Steps:
1. `normalise`: drop invisible characters, NFKC (full width = half width), lower case, Traditional → Simplified.
2. Cut into runs: Han, kana and Hangul together; all other letters, digits and marks together.
3. `tokens`: a run of the first kind gives each character and each pair of neighbours at the position of the first;
   a run of the second kind is one word, without the accents of Latin letters and the apostrophe of "isn't".

Lower case and not case folding, because JavaScript has no other. Why characters and pairs of them: docs/search.md.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable, Mapping
from itertools import pairwise
from typing import NamedTuple

from helpgen.search.characters import (
    ACCENT,
    ACCENTED,
    APOSTROPHE,
    CJK_RUN,
    CJK_START,
    HAN,
    INVISIBLE,
    ODD,
    ODD_IN_FIRST_PLANE,
    RUN,
    UNSTABLE,
    WORD_RUN,
)
from helpgen.search.language import TRADITIONAL

# Raised with every change that gives other terms for some text; an index of another version is refused.
ANALYSIS_VERSION = 1

# Characters; a longer run of letters is cut, since nobody searches for it and it would fill a shard.
MAX_WORD = 40

# The marks of Chinese sentences and their normal forms. A text with nothing else to change has its normal form without
# having it made, which takes ten times as long as replacing them.
_WIDE = tuple((wide, unicodedata.normalize("NFKC", wide)) for wide in "，：（）；？！")

# Positions; two words further apart, stop words counted, are no phrase.
PAIR_REACH = 4


class Token(NamedTuple):
    """A term at a place: `position` counts characters of Han and words; [start, end) is in the normalised text.

    A tuple, because a search makes tens of thousands: a dataclass takes four times as long to be made.
    """

    text: str
    position: int
    start: int
    end: int


def normalise(text: str, simplified: Mapping[int, str] | None = None) -> str:
    """The text that is cut into runs. `simplified` is a table for `str.translate`, Traditional → Simplified."""
    if text.isascii():
        return text.lower()
    stable = UNSTABLE.sub(" ", INVISIBLE.sub("", text)) if _is_odd(text) else text
    for wide, plain in _WIDE:
        stable = stable.replace(wide, plain)
    # Greek final sigma depends on what follows, in two implementations that need not agree: make it the plain one.
    lowered = unicodedata.normalize("NFKC", stable).lower().replace("ς", "σ")
    # Looking is several times as fast as translating, and most Chinese texts have nothing to translate.
    return lowered.translate(simplified) if simplified and TRADITIONAL.search(lowered) else lowered


def _is_odd(text: str) -> bool:
    """Whether a text has characters that are dropped or replaced first."""
    in_first_plane = len(text.encode("utf-16-le", "surrogatepass")) == 2 * len(text)
    return (ODD_IN_FIRST_PLANE if in_first_plane else ODD).search(text) is not None


def is_cjk(term: str) -> bool:
    """Whether a term comes from a run of Han, kana or Hangul."""
    # Most words are ASCII, which tells without a search.
    return not term.isascii() and CJK_START.match(term) is not None


def is_han(character: str) -> bool:
    """Whether a character is Han: only these have a Traditional form or a pinyin."""
    return HAN.match(character) is not None


def tokens(text: str) -> list[Token]:
    """All tokens of a normalised text in order of position, a pair after its first character."""
    found: list[Token] = []
    position = 0
    for run in RUN.finditer(text):
        start, characters = run.start(), run.group()
        if not is_cjk(characters):
            found.append(Token(_word(characters), position, start, run.end()))
            position += 1
            continue
        for offset, character in enumerate(characters):
            at = start + offset
            found.append(Token(character, position, at, at + 1))
            if offset + 1 < len(characters):
                pair = characters[offset : offset + 2]
                found.append(Token(pair, position, at, at + 2))
            position += 1
    return found


def terms(text: str) -> list[str]:
    """The texts of `tokens` without their places and in no order: what an index counts, several times as fast."""
    found = word_terms(text)
    for run in _cjk_runs(text):
        found += run
        found += map(str.__add__, run, run[1:])
    return found


def word_terms(text: str) -> list[str]:
    """Those of the `terms` that are words."""
    found: list[str] = WORD_RUN.findall(text)
    if text.isascii() and "'" not in text and max(map(len, found), default=0) <= MAX_WORD:
        return found
    # A word as most are is its own term, as `_word` would find with more questions.
    return [run if run.isascii() and len(run) <= MAX_WORD and "'" not in run else _word(run) for run in found]


def character_terms(text: str) -> list[str]:
    """Those of the `terms` that are single characters of Han, kana and Hangul."""
    return list("".join(_cjk_runs(text)))


def pair_terms(text: str) -> list[str]:
    """Those of the `terms` that are pairs of characters."""
    return [pair for run in _cjk_runs(text) for pair in map(str.__add__, run, run[1:])]


def _cjk_runs(text: str) -> list[str]:
    return [] if text.isascii() else CJK_RUN.findall(text)


def phrase_terms(text: str, stop_words: Collection[str]) -> list[str]:
    """The `word_pairs` and `triples` of a text, in no order: what an index counts, without making tokens."""
    found: list[str] = []
    words: list[tuple[str, int]] = []
    position = 0
    for run in RUN.findall(text):
        if is_cjk(run):
            found += map("".join, zip(run, run[1:], run[2:], strict=False))
            position += len(run)
            continue
        word = _word(run)
        if word not in stop_words:
            found += [f" {first} {word}" for first, at in words[-2:] if position - at <= PAIR_REACH]
            words.append((word, position))
        position += 1
    return found


def single_terms(found: Iterable[Token]) -> tuple[str, ...]:
    """The characters and words of a text in order, without pairs."""
    return tuple(t.text for t in found if not (is_cjk(t.text) and len(t.text) == 2))


def content_terms(found: Iterable[Token]) -> tuple[str, ...]:
    """The terms that stand for a phrase: its words, and pairs of characters; a character only where it stands alone."""
    listed = list(found)
    paired = {n for t in listed if is_cjk(t.text) and len(t.text) == 2 for n in (t.position, t.position + 1)}
    return tuple(t.text for t in listed if not is_cjk(t.text) or len(t.text) == 2 or t.position not in paired)


def word_pairs(found: Iterable[Token], stop_words: Collection[str]) -> list[str]:
    """Pairs of words that stand beside each other or have one between them, stop words left out: evidence of a phrase.

    Each is " first second"; the space in front keeps them together, before all other terms.
    """
    words = [t for t in found if t.text not in stop_words and not is_cjk(t.text)]
    pairs: list[str] = []
    for number, second in enumerate(words):
        for first in words[max(0, number - 2) : number]:
            if second.position - first.position <= PAIR_REACH:
                pairs.append(f" {first.text} {second.text}")
    return pairs


def triples(found: Iterable[Token]) -> list[str]:
    """Three characters of Han, kana or Hangul in a row: evidence of a phrase, as pairs of words are.

    In the vocabulary a triple stands right behind its first pair, so that one shard has both.
    """
    pairs = [t for t in found if len(t.text) == 2 and is_cjk(t.text)]
    return [one.text + other.text[1] for one, other in pairwise(pairs) if other.position == one.position + 1]


def _word(run: str) -> str:
    """One word as a term: without apostrophe, cut to `MAX_WORD`, Latin letters without accents (é = e, ü = u)."""
    word = APOSTROPHE.sub("", run)[:MAX_WORD]
    if ACCENTED.search(word):
        return ACCENT.sub("", unicodedata.normalize("NFD", word))
    return word
