"""Pinyin without tones: terms of the index from characters, and syllables of the query from letters. Twin: client/pinyin.js.

Two neighbouring characters give the terms ":ri zhi" (every reading of both) and ";rz" (their initials). A term for a pair of
syllables stands for all characters that sound like it, so a query costs one look-up a pair and not one a homophone
(measured by the prototype: MRR .86 against .50).

Steps for a query: cut each word into as few syllables as can be, all ways of doing so; join neighbouring words; look up each
pair of neighbours. The last syllable may be unfinished.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

SYLLABLES = ":"
INITIALS = ";"
# Characters; no syllable is longer (zhuang).
LONGEST_SYLLABLE = 6
# Words longer than this are no pinyin that somebody types; it bounds the work.
LONGEST_WORD = 60
# Letters of a word that stands beside pinyin without a space; shorter ones are chance.
SHORTEST_OTHER = 3
# Ways of cutting one word that are looked at.
MOST_CUTS = 16

Cut = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PinyinGroup:
    """Terms that stand for one pair of neighbouring syllables; with `unfinished` also all terms that they begin."""

    terms: tuple[str, ...]
    unfinished: bool


def pair_terms(characters: str, readings: Mapping[str, Sequence[str]]) -> list[str]:
    """The terms of all neighbours of a run of Han, by the readings of each character."""
    found: list[str] = []
    for firsts, seconds in pairwise(readings.get(character, ()) for character in characters):
        if len(firsts) == len(seconds) == 1:
            # As below, for the commonest case by far.
            found += (f"{SYLLABLES}{firsts[0]} {seconds[0]}", f"{INITIALS}{firsts[0][0]}{seconds[0][0]}")
            continue
        pairs = [(a, b) for a in firsts for b in seconds]
        found += [f"{SYLLABLES}{a} {b}" for a, b in pairs]
        found += [f"{INITIALS}{initials}" for initials in sorted({a[0] + b[0] for a, b in pairs})]
    return found


def cuts(word: str, syllables: Collection[str], unfinished: bool) -> list[Cut]:
    """The ways to cut a word into as few syllables as can be, in order of the alphabet; none if it is no pinyin.

    With `unfinished` the last piece may be the beginning of a syllable, if the word cannot be cut otherwise.
    """
    if not word or len(word) > LONGEST_WORD:
        return []
    whole = _cuts(word, syllables, frozenset())
    if whole or not unfinished:
        return whole
    begun = frozenset(syllable[:length] for syllable in syllables for length in range(1, len(syllable)))
    return _cuts(word, syllables, begun)


def groups(words: Sequence[Sequence[Cut]], unfinished: bool) -> list[PinyinGroup]:
    """A group for each pair of neighbouring syllables of words that have been cut; one for a single syllable."""
    columns: list[list[tuple[str, str]]] = []
    for number, ways in enumerate(words):
        if number:
            columns.append([(before[-1], way[0]) for before in words[number - 1] for way in ways])
        for place in range(len(ways[0]) - 1):
            columns.append([(way[place], way[place + 1]) for way in ways])
    if not columns:
        return [PinyinGroup(terms=tuple(f"{SYLLABLES}{way[0]}" for way in words[0]), unfinished=True)]
    return [
        PinyinGroup(
            terms=tuple(dict.fromkeys(f"{SYLLABLES}{a} {b}" for a, b in column)),
            unfinished=unfinished and number == len(columns) - 1,
        )
        for number, column in enumerate(columns)
    ]


def initial_groups(word: str, shortest: int = 3) -> list[PinyinGroup]:
    """A group for each pair of neighbouring letters of a word that may be initials; none if it cannot be.

    One letter again and again is no such word: it has but one pair, which is as little as two letters say.
    """
    if len(word) > 2 and len(set(word)) == 1:
        return []
    if not shortest <= len(word) <= 12 or any(letter not in "abcdefghjklmnopqrstwxyz" for letter in word):
        return []
    return [PinyinGroup(terms=(f"{INITIALS}{a}{b}",), unfinished=False) for a, b in pairwise(word)]


def beside(word: str, syllables: Collection[str]) -> list[tuple[list[PinyinGroup], str]]:
    """The ways to read a word as pinyin, or else initials, and one other word before or behind it: their groups and the
    other word, those with the most pinyin first."""
    if len(word) > LONGEST_WORD:
        return []
    lengths = range(len(word) - SHORTEST_OTHER, 1, -1)
    parts = [part for n in lengths for part in ((word[:n], word[n:]), (word[-n:], word[:-n]))]
    spelt = [(groups([cut], False), other) for part, other in parts if (cut := cuts(part, syllables, False))]
    return spelt + [(begun, other) for part, other in parts if (begun := initial_groups(part, shortest=2))]


def _cuts(word: str, syllables: Collection[str], last: Collection[str]) -> list[Cut]:
    """`best[i]` are the shortest cuts of the word's end from i on; a piece of `last` may only stand at the end."""
    best: list[list[Cut]] = [[] for _ in word] + [[()]]
    for start in range(len(word) - 1, -1, -1):
        found: list[Cut] = []
        for end in range(start + 1, min(len(word), start + LONGEST_SYLLABLE) + 1):
            piece = word[start:end]
            if best[end] and (piece in syllables or (end == len(word) and piece in last)):
                found += [(piece, *rest) for rest in best[end]]
        fewest = min(map(len, found), default=0)
        best[start] = sorted(cut for cut in found if len(cut) == fewest)[:MOST_CUTS]
    return best[0]
