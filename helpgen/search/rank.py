"""Groups and postings → scores. client/rank.js is its twin: same operations in the same order, so the same numbers.

Weights of groups and scores of postings are whole numbers, and roots are square roots, which every machine rounds
alike.

    score(unit) = Σ weight(group) · max(score · factor) · (matched weight / whole weight)^a
                  · (1 + b · Dice(query, title)) · (1 + c · nearness^4)

a, b and c depend on whether the query is a question. The last two factors are only known of the best.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from helpgen.search.analysis import normalise, terms
from helpgen.search.constants import RankConstants
from helpgen.search.query import Group, Query


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighted:
    """A group with its weight in thousandths and, for each unit that it matches, its best score · factor."""

    group: Group
    weight: int
    matches: Mapping[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """A unit with its score, and the part of it that comes from how much of the query it matches."""

    unit: int
    score: float
    coordination: float


def weigh(
    group: Group,
    postings: Callable[[str], Sequence[int]],
    frequency: Callable[[str], int],
    units: int,
    rank: RankConstants,
) -> Weighted:
    """idf of BM25 (as in Lucene, never negative) over the units that any variant matches, to the power `idf_power`.

    `frequency` is the number of units that have a term whose list of postings was cut, else 0.
    """
    matches: dict[int, int] = {}
    for variant, percent in group.variants.items():
        for posting in postings(variant):
            unit, value = posting >> 4, (posting & 15) * percent
            if value > matches.get(unit, 0):
                matches[unit] = value
    for phrase, percent in group.phrases.items():
        for unit, value in _phrase_matches(phrase, postings).items():
            if value * percent > matches.get(unit, 0):
                matches[unit] = value * percent
    count = max(len(matches), *map(frequency, group.variants), 0)
    idf = math.log(1 + (units - count + 0.5) / (count + 0.5))
    return Weighted(
        group=group, weight=math.floor(1000 * group.term.weight * idf**rank.idf_power + 0.5), matches=matches
    )


def _phrase_matches(phrase: Sequence[str], postings: Callable[[str], Sequence[int]]) -> dict[int, int]:
    """The units that have all terms of a phrase, each with the lowest of their scores."""
    first, *others = ({posting >> 4: posting & 15 for posting in postings(term)} for term in phrase)
    return {
        unit: min(value, *(other[unit] for other in others))
        for unit, value in first.items()
        if all(unit in other for other in others)
    }


def score_units(groups: Iterable[Weighted], query: Query, rank: RankConstants) -> list[Scored]:
    """All units that match anything, the best first; equals in the order of the index."""
    sums: dict[int, int] = {}
    masses: dict[int, int] = {}
    whole = 0
    for group in groups:
        evidence = group.group.term.evidence
        if group.matches and not evidence:
            whole += group.weight
        for unit, value in group.matches.items():
            sums[unit] = sums.get(unit, 0) + group.weight * value
            if not evidence:
                masses[unit] = masses.get(unit, 0) + group.weight
    power = rank.coordination_question if query.question else rank.coordination_keywords
    scored: list[Scored] = []
    for unit, total in sums.items():
        coordination = _power(masses.get(unit, 0) / whole, power) if whole else 1.0
        scored.append(Scored(unit=unit, score=total * coordination / 1_500_000, coordination=coordination))
    return sorted(scored, key=lambda one: (-one.score, one.unit))


def title_factor(
    groups: Sequence[Weighted], query: Query, title: str, rank: RankConstants, simplified: Mapping[int, str] | None
) -> float:
    """1 + b · Dice coefficient between the terms of the query and of a title."""
    characters = any(one.group.term.cjk and not one.group.term.evidence for one in groups)
    keywords = rank.title_characters if characters else rank.title_keywords
    return 1 + (rank.title_question if query.question else keywords) * dice(groups, title, simplified)


def near_factor(nearness: float, query: Query, rank: RankConstants) -> float:
    """1 + c · nearness^4: what stands together in one place is said there; half of it says little."""
    square = nearness * nearness
    return 1 + (rank.near_question if query.question else rank.near_keywords) * (square * square)


def dice(groups: Iterable[Weighted], text: str, simplified: Mapping[int, str] | None) -> float:
    """The Dice coefficient between the terms of the query and those of a title or heading."""
    found = set(terms(normalise(text, simplified)))
    asked = [group.group for group in groups if not group.group.term.evidence]
    shared = sum(1 for group in asked if group.stands_in(found))
    return 2 * shared / (len(asked) + len(found)) if shared else 0.0


def _power(share: float, power: float) -> float:
    """share^power for powers that are multiples of a quarter, by square roots and products only."""
    quarters = math.floor(power * 4 + 0.5)
    root = math.sqrt(math.sqrt(share))
    result = 1.0
    for _ in range(quarters):
        result *= root
    return result
