"""Groups and texts → the best section, an excerpt of it, and the marks. client/highlight.js is its twin.

Steps:
1. `locate`: the tokens of a text with their places in the text as it is shown.
2. `best_section`: the section whose heading and densest stretch match most of the query.
3. `excerpt`: that stretch, begun and ended at sentences where it can be.
4. `marked`: a text as parts.

Widths count a character of Han, kana or Hangul as 2 and a word as its length + 1, so both twins measure alike.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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
class Place:
    """A word or character of a text: the groups that match here, and whether a sentence begins here."""

    start: int
    end: int
    width: int
    sentence: int
    groups: frozenset[int]


def group_numbers(groups: Sequence[Weighted]) -> dict[str, int]:
    """Term of the index → number of the group it stands for; the first group that has it."""
    numbers: dict[str, int] = {}
    for number, group in enumerate(groups):
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


def best_section(
    sections: Sequence[Section], groups: Sequence[Weighted], simplified: Mapping[int, str] | None
) -> tuple[int, Stretch]:
    """The number of the best section and its best stretch. A heading counts half as much again as text."""
    numbers = group_numbers(groups)
    best, best_score, best_stretch = 0, -1, Stretch(start=0, end=0, mass=0, leads=False, cut_start=False, cut_end=False)
    for number, (_, heading, text) in enumerate(sections):
        found = {numbers[t.text] for t in locate(heading, simplified) if t.text in numbers}
        stretch = best_stretch_of(text, groups, numbers, simplified)
        score = 3 * sum(groups[group].weight for group in found) + 2 * stretch.mass
        if score > best_score:
            best, best_score, best_stretch = number, score, stretch
    return best, best_stretch


def best_stretch_of(
    text: str, groups: Sequence[Weighted], numbers: Mapping[str, int], simplified: Mapping[int, str] | None
) -> Stretch:
    """The stretch of at most `EXCERPT_WIDTH` that matches most; rather one that begins with a match, rather one that
    begins a sentence, rather the earliest."""
    places = _places(text, numbers, simplified)
    best: Stretch | None = None
    for first in _starts(places):
        stretch = _stretch(text, places, first, groups)
        if best is None or _rank(stretch) > _rank(best):
            best = stretch
    return best or Stretch(start=0, end=len(text), mass=0, leads=False, cut_start=False, cut_end=False)


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


def _places(text: str, numbers: Mapping[str, int], simplified: Mapping[int, str] | None) -> list[Place]:
    ends = [match.end() for match in _SENTENCE_END.finditer(text)]
    places: list[Place] = []
    sentence = 0
    for token in locate(text, simplified):
        group = numbers.get(token.text)
        found = frozenset() if group is None else frozenset({group})
        if places and is_cjk(token.text) and token.start == places[-1].start:
            # The pair at the place of its first character.
            places[-1] = Place(
                start=token.start,
                end=places[-1].end,
                width=2,
                sentence=places[-1].sentence,
                groups=places[-1].groups | found,
            )
            continue
        while sentence < len(ends) and ends[sentence] <= token.start:
            sentence += 1
        width = 2 if is_cjk(token.text) else len(token.text) + 1
        places.append(Place(start=token.start, end=token.end, width=width, sentence=sentence, groups=found))
    return places


def _rank(stretch: Stretch) -> tuple[int, bool, bool]:
    return stretch.mass, stretch.leads, not stretch.cut_start


def _starts(places: Sequence[Place]) -> list[int]:
    """Where an excerpt may begin: at every sentence, and shortly before a match that is far into its sentence."""
    starts: list[int] = []
    width = 0
    for number, place in enumerate(places):
        if number == 0 or places[number - 1].sentence != place.sentence:
            starts.append(number)
            width = 0
        elif width > EXCERPT_WIDTH // 2 and place.groups:
            starts.append(number - CONTEXT)
        width += place.width
    return starts


def _stretch(text: str, places: Sequence[Place], first: int, groups: Sequence[Weighted]) -> Stretch:
    """From a place on as far as the width allows, but not beyond the last whole sentence if there is one."""
    width = 0
    after = first
    while after < len(places) and width + places[after].width <= EXCERPT_WIDTH:
        width += places[after].width
        after += 1
    after = max(after, first + 1)
    cut_end = after < len(places) and places[after].sentence == places[after - 1].sentence
    if cut_end:
        whole = after
        while whole > first and places[whole - 1].sentence == places[after].sentence:
            whole -= 1
        if whole > first:
            after, cut_end = whole, False
    found: set[int] = set()
    leads = False
    for place in places[first:after]:
        found |= place.groups
        leads = leads or (bool(place.groups) and place.sentence == places[first].sentence)
    end = places[after - 1].end if cut_end else (places[after].start if after < len(places) else len(text))
    cut_start = first > 0 and places[first - 1].sentence == places[first].sentence
    start = places[first].start if first else 0
    mass = sum(groups[number].weight for number in found)
    return Stretch(start=start, end=end, mass=mass, leads=leads, cut_start=cut_start, cut_end=cut_end)
