"""How good a search is, from the places at which the first right answers came.

A place counts from 1; 0 stands for no right answer among the hits. Sources: reciprocal rank, E. Voorhees, "The TREC-8
Question Answering Track Report", 1999; success@k is the share of questions with a right answer among the first k hits.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

# Hits that are looked at.
DEPTH = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Of `questions` questions: shares from 0 to 1, and the mean reciprocal rank over the first `DEPTH` hits."""

    questions: int
    success1: float
    success3: float
    mrr: float


def place_of(hits: Sequence[str], answers: Collection[str]) -> int:
    """The place of the first hit that is one of the answers."""
    return next((place for place, hit in enumerate(hits[:DEPTH], start=1) if hit in answers), 0)


def figures(places: Iterable[int]) -> Figures:
    """The figures of questions that have an answer; all are 0 when there are none."""
    listed = list(places)
    count = len(listed) or 1
    return Figures(
        questions=len(listed),
        success1=sum(place == 1 for place in listed) / count,
        success3=sum(1 <= place <= 3 for place in listed) / count,
        mrr=sum(1 / place for place in listed if place) / count,
    )


def moved(before: Mapping[str, int], now: Mapping[str, int]) -> tuple[list[str], list[str]]:
    """The questions of both runs whose answer came later (or no longer), and those whose answer came earlier."""
    both = [question for question in now if question in before]

    def rank(place: int) -> int:
        return place or DEPTH + 1

    worse = [question for question in both if rank(now[question]) > rank(before[question])]
    better = [question for question in both if rank(now[question]) < rank(before[question])]
    return worse, better
