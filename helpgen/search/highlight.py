"""Groups and texts → the best section, an excerpt of it, and the marks. client/highlight.js is its twin.

Steps:
1. `locate`: the tokens of a text with their places in the text as it is shown.
2. `best_section`: the section whose heading and densest stretch match most of the query.
3. `nearness`: how much of the query stands together, in a name or in a stretch of text.
4. `excerpt`: that stretch, begun and ended at sentences where it can be.
5. `marked`: a text as parts.

Widths count a character of Han, kana or Hangul as 2 and a word as its length + 1, so both twins measure alike.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from helpgen.search.analysis import Token, is_cjk, normalise, tokens
from helpgen.search.rank import Weighted
from helpgen.search.results import Part

# Width of an excerpt: two lines of a result list.
EXCERPT_WIDTH = 180
# Words or characters shown before the match when an excerpt has to begin within a long sentence.
CONTEXT = 8
# A sentence ends behind these; a full stop only before a space, for the sake of 2.4.0 and example.com.
_SENTENCE_END = re.compile("[。！？!?；;\n]+|[.](?=[ \u00a0]|$)")
_SPACES = re.compile("[ \n]+")
# Characters that NFKC may join to the one before.
_JOINING = re.compile("[\u0300-\u036f\u3099\u309a\u1161-\u11ff\uff9e\uff9f]")

Section = tuple[str, str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """[start, end) of a text, how much of the query it matches, whether its first sentence has a part in that, and
    whether sentences are cut at either end."""

    start: int
    end: int
    mass: int
    leads: bool
    cut_start: bool
    cut_end: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Spots:
    """The words and characters of a text in order: where each begins and ends, in which sentence it stands, and the width
    of all before it (one more than there are spots); where each sentence begins; the spots of each term."""

    starts: Sequence[int]
    ends: Sequence[int]
    sentences: Sequence[int]
    widths: Sequence[int]
    begins: Sequence[int]
    terms: Mapping[str, Sequence[int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Best:
    """The best section by its number, its best stretch, and the most of the query that a heading or a stretch of any
    section matches, as a sum of weights."""

    number: int
    stretch: Stretch
    mass: int


def group_numbers(groups: Sequence[Weighted]) -> dict[str, int]:
    """Term of the index → number of the group it stands for; the first group that has it. No text has terms of evidence."""
    numbers: dict[str, int] = {}
    for number, group in enumerate(groups):
        if group.group.term.evidence:
            continue
        for term in (*group.group.variants, *chain.from_iterable(group.group.phrases)):
            numbers.setdefault(term, number)
    return numbers


def locate(text: str, simplified: Mapping[int, str] | None) -> list[Token]:
    """The tokens of a text; [start, end) is in the text itself, whose normal form may be longer or shorter."""
    normal = normalise(text, simplified)
    if len(normal) == len(text):
        return tokens(normal)
    pieces: list[str] = []
    origins: list[int] = []
    start = 0
    for end in range(1, len(text) + 1):
        if end < len(text) and _JOINING.match(text[end]):
            continue
        piece = normalise(text[start:end], simplified)
        pieces.append(piece)
        origins += [start] * len(piece)
        start = end
    origins.append(len(text))
    return [
        Token(text=t.text, position=t.position, start=origins[t.start], end=max(origins[t.end], origins[t.start] + 1))
        for t in tokens("".join(pieces))
    ]


def best_section(sections: Sequence[Section], groups: Sequence[Weighted], simplified: Mapping[int, str] | None) -> Best:
    """The best section. A heading counts half as much again as text."""
    numbers = group_numbers(groups)
    best = Best(number=0, stretch=Stretch(start=0, end=0, mass=0, leads=False, cut_start=False, cut_end=False), mass=0)
    best_score, most = -1, 0
    for number, (_, heading, text) in enumerate(sections):
        named = _mass_of(heading, groups, numbers, simplified)
        stretch = best_stretch_of(text, groups, numbers, simplified)
        most = max(most, named, stretch.mass)
        score = 3 * named + 2 * stretch.mass
        if score > best_score:
            best_score, best = score, Best(number=number, stretch=stretch, mass=0)
    return Best(number=best.number, stretch=best.stretch, mass=most)


def nearness(
    names: Iterable[str], mass: int, groups: Sequence[Weighted], simplified: Mapping[int, str] | None, less: float
) -> float:
    """The share of the query, from 0 to 1, that stands together in one of an article's names, or in one of its headings or
    a stretch of its text (`mass`, as `best_section` gives it), which counts `less`."""
    numbers = group_numbers(groups)
    whole = sum(groups[number].weight for number in set(numbers.values()))
    named = max(_mass_of(name, groups, numbers, simplified) for name in names)
    return max(named, mass * less) / whole if whole else 0.0


def best_stretch_of(
    text: str, groups: Sequence[Weighted], numbers: Mapping[str, int], simplified: Mapping[int, str] | None
) -> Stretch:
    """The stretch of at most `EXCERPT_WIDTH` that matches most; rather one that begins with a match, rather one that
    begins a sentence, rather the earliest."""
    spots = _spots(text, simplified)
    if not spots.starts:
        return Stretch(start=0, end=len(text), mass=0, leads=False, cut_start=False, cut_end=False)
    matches: dict[int, set[int]] = {}
    for term, number in numbers.items():
        for spot in spots.terms.get(term, ()):
            matches.setdefault(spot, set()).add(number)
    matched = sorted(matches)
    best: Stretch | None = None
    for first in _firsts(spots, matched):
        stretch = _stretch(text, spots, matched, matches, first, groups)
        if best is None or _rank(stretch) > _rank(best):
            best = stretch
    assert best is not None
    return best


def excerpt(
    text: str, stretch: Stretch, groups: Sequence[Weighted], simplified: Mapping[int, str] | None
) -> tuple[Part, ...]:
    """A stretch of a text as parts, on one line, with "…" where a sentence is cut."""
    cut = _SPACES.sub(" ", text[stretch.start : stretch.end]).strip(" ")
    return marked(f"{'…' if stretch.cut_start else ''}{cut}{'…' if stretch.cut_end else ''}", groups, simplified)


def marked(text: str, groups: Sequence[Weighted], simplified: Mapping[int, str] | None) -> tuple[Part, ...]:
    """A text as parts. Question words are not marked, single characters of Han only where no pair of them matches."""
    numbers = group_numbers(groups)
    found = [(t, groups[numbers[t.text]].group.term) for t in locate(text, simplified) if t.text in numbers]
    hits = [(token, term) for token, term in found if not term.stop]
    pairs = any(term.pair for _, term in hits)
    parts: list[Part] = []
    done = 0
    for token, term in hits:
        if pairs and term.cjk and not term.pair:
            continue
        start = max(token.start, done)
        if token.end <= start:
            continue
        if start > done:
            parts.append(Part(text=text[done:start], mark=False))
        if parts and parts[-1].mark:
            parts[-1] = Part(text=parts[-1].text + text[start : token.end], mark=True)
        else:
            parts.append(Part(text=text[start : token.end], mark=True))
        done = token.end
    if done < len(text):
        parts.append(Part(text=text[done:], mark=False))
    return tuple(parts)


def _mass_of(
    text: str, groups: Sequence[Weighted], numbers: Mapping[str, int], simplified: Mapping[int, str] | None
) -> int:
    """The weight of all groups that a text matches."""
    found = {numbers[term] for term in _spots(text, simplified).terms if term in numbers}
    return sum(groups[number].weight for number in found)


def _spots(text: str, simplified: Mapping[int, str] | None) -> Spots:
    """The spots of a text; those of the texts that were asked for last are kept, since one question follows another."""
    if simplified is not None and simplified is not _remembered["simplified"]:
        _remembered["simplified"] = simplified
        _looked_through.cache_clear()
    return _looked_through(text, simplified is not None)


# The table of characters that the remembered texts were read with. Of one index, some questions need it and some do not.
_remembered: dict[str, Mapping[int, str] | None] = {"simplified": None}


@lru_cache(maxsize=4096)
def _looked_through(text: str, simplify: bool) -> Spots:
    passages = [match.end() for match in _SENTENCE_END.finditer(text)]
    starts: list[int] = []
    ends: list[int] = []
    sentences: list[int] = []
    widths = [0]
    begins: list[int] = []
    terms: dict[str, list[int]] = {}
    passed = 0
    for token in locate(text, _remembered["simplified"] if simplify else None):
        at = len(starts)
        cjk = is_cjk(token.text)
        if at and cjk and token.start == starts[-1]:
            # The pair at the place of its first character.
            terms.setdefault(token.text, []).append(at - 1)
            continue
        begins_sentence = not at
        while passed < len(passages) and passages[passed] <= token.start:
            passed += 1
            begins_sentence = True
        if begins_sentence:
            begins.append(at)
        starts.append(token.start)
        ends.append(token.end)
        sentences.append(len(begins) - 1)
        widths.append(widths[at] + (2 if cjk else len(token.text) + 1))
        terms.setdefault(token.text, []).append(at)
    return Spots(starts=starts, ends=ends, sentences=sentences, widths=widths, begins=begins, terms=terms)


def _rank(stretch: Stretch) -> tuple[int, bool, bool]:
    return stretch.mass, stretch.leads, not stretch.cut_start


def _firsts(spots: Spots, matched: Sequence[int]) -> list[int]:
    """Where an excerpt may begin, in order: with the text, with a sentence that a match is not too far from, and shortly
    before a match that is far into its sentence. One that begins elsewhere at a sentence matches nothing."""
    firsts = {0}
    for spot in matched:
        sentence = spots.sentences[spot]
        if spots.widths[spot] - spots.widths[spots.begins[sentence]] > EXCERPT_WIDTH // 2:
            firsts.add(max(0, spot - CONTEXT))
        while sentence >= 0 and spots.widths[spot + 1] - spots.widths[spots.begins[sentence]] <= EXCERPT_WIDTH:
            firsts.add(spots.begins[sentence])
            sentence -= 1
    return sorted(firsts)


def _stretch(
    text: str,
    spots: Spots,
    matched: Sequence[int],
    matches: Mapping[int, Iterable[int]],
    first: int,
    groups: Sequence[Weighted],
) -> Stretch:
    """From a place on as far as the width allows, but not beyond the last whole sentence if there is one."""
    sentences, count = spots.sentences, len(spots.starts)
    after = max(bisect_right(spots.widths, spots.widths[first] + EXCERPT_WIDTH) - 1, first + 1)
    cut_end = after < count and sentences[after] == sentences[after - 1]
    if cut_end and spots.begins[sentences[after]] > first:
        after, cut_end = spots.begins[sentences[after]], False
    found: set[int] = set()
    leads = False
    for spot in matched[bisect_left(matched, first) : bisect_left(matched, after)]:
        found |= set(matches[spot])
        leads = leads or sentences[spot] == sentences[first]
    end = spots.ends[after - 1] if cut_end else (spots.starts[after] if after < count else len(text))
    cut_start = first > 0 and sentences[first - 1] == sentences[first]
    start = spots.starts[first] if first else 0
    mass = sum(groups[number].weight for number in found)
    return Stretch(start=start, end=end, mass=mass, leads=leads, cut_start=cut_start, cut_end=cut_end)
