"""Words of which a few have changed, cut anew where it must be: with the same outcome as `ranges.word_ranges`.

Cutting goes from the left to the right and forgets all before a cut. So it starts at the range before the first that is
touched, and ends as soon as a cut falls where one was before: from there on everything is as it was.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from helpgen.search.ranges import Ranges, shards_of_range


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """The ranges from `first` up to but without `end` are now these, each in its shards."""

    first: int
    end: int
    ranges: list[list[list[str]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recut:
    """The ranges as they were, the terms of one as they are now, and the sizes of these."""

    ranges: Ranges
    terms_of: Callable[[int], Sequence[str]]
    sizes: Mapping[str, int]
    limits: tuple[int, int]

    def spans(self, touched: Collection[int]) -> Iterator[Span]:
        """What takes the place of the ranges that have other terms, or terms of other sizes, and of their neighbours."""
        end = 0
        for number in sorted(touched):
            if number >= end:
                span = self._span(number, touched)
                yield span
                end = span.end

    def _span(self, number: int, touched: Collection[int]) -> Span:
        # The first term of a range decides where the range before it ends.
        first = max(0, number - 1)
        parts: list[list[str]] = []
        part: list[str] = []
        total = 0
        for at in range(first, len(self.ranges.start) - 1):
            for place, term in enumerate(self.terms_of(at)):
                size = self.sizes[term]
                if part and total + size > self.limits[0]:
                    parts.append(part)
                    if place == 0 and at not in touched and at + 1 not in touched:
                        return self._made(first, at, parts)
                    part, total = [], 0
                part.append(term)
                total += size
        return self._made(first, len(self.ranges.start) - 1, [*parts, part] if part else parts)

    def _made(self, first: int, end: int, parts: Sequence[Sequence[str]]) -> Span:
        ranges = [shards_of_range(part, self.sizes, self.limits) for part in parts]
        return Span(first=first, end=end, ranges=ranges)
