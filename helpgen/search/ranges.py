"""The vocabulary in ranges and these in shards: how it is cut, and where a term is to be found. client/ranges.js reads it.

- Words are looked up with their forms: their shards follow each other in order, and the manifest has where each begins.
- Characters of Han, kana and Hangul and their pairs are looked up one by one: a hash tells the shard within a range, and the
  manifest has where the range begins and how many shards it has. That is a tenth of the beginnings.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, groupby, pairwise

from helpgen.search.analysis import is_cjk
from helpgen.search.codec import decode_numbers, encode_number
from helpgen.search.constants import CHARACTER_BYTES, MOST_PARTS, MOST_RANGES, RANGE_BYTES, RANGE_PARTS, RANGE_STEP

# Ranges that one word may draw in for its forms; its own is among them.
MAX_RANGES = 3
# Bytes of a range of characters and their pairs.
CHARACTER_LIMIT = MOST_PARTS * CHARACTER_BYTES

Shard = Sequence[str]

_NUMBER = re.compile("[g-z0-9_-]*[A-Za-f]")


def hashed_place(term: str, shards: int) -> int:
    """In which of so many shards of its range a term is."""
    value = 0
    for character in term:
        value = (value * 31 + ord(character)) % 65_521
    return value % shards


def term_ranges(terms: Sequence[str], sizes: Mapping[str, int]) -> list[list[list[str]]]:
    """The terms, which come in order, cut in ranges and these in shards. `sizes` are the bytes that each takes.

    A word with many forms reads at most three ranges, however they are cut: so what a search finds does not depend on it.
    """
    limits = word_limits(sum(size for term, size in sizes.items() if not is_cjk(term)))
    ranges: list[list[list[str]]] = []
    for hashed, run in groupby(terms, is_cjk):
        sized = [(term, sizes[term]) for term in run]
        parts = cut(sized, CHARACTER_LIMIT if hashed else limits[0])
        ranges += [shards_of_range(part, sizes, limits) for part in parts]
    return ranges


def word_limits(whole: int) -> tuple[int, int]:
    """Bytes at most of a range of words and of each of its shards, where all words together take `whole`."""
    limit = max(RANGE_BYTES, -(-whole // (MOST_RANGES * RANGE_STEP)) * RANGE_STEP)
    parts = next((parts for most, parts in RANGE_PARTS if whole < most * limit), 1)
    # An eighth more than its share, so that no crumb is left over.
    return limit, limit * 9 // (8 * parts)


def shards_of_range(terms: Sequence[str], sizes: Mapping[str, int], limits: tuple[int, int]) -> list[list[str]]:
    """The terms of one range in shards; `limits` are those of words."""
    if is_cjk(terms[0]):
        return _hashed(terms, sizes)
    return list(cut(((term, sizes[term]) for term in terms), limits[1]))


def _hashed(terms: Sequence[str], sizes: Mapping[str, int]) -> list[list[str]]:
    """The terms of a range in as many shards as they need; one may be left empty."""
    count = min(MOST_PARTS, -(-sum(sizes[term] for term in terms) // CHARACTER_BYTES))
    shards: list[list[str]] = [[] for _ in range(count)]
    for term in terms:
        shards[hashed_place(term, count)].append(term)
    return shards


def cut(sized: Iterable[tuple[str, int]], limit: int) -> Iterator[list[str]]:
    """Neighbours together up to `limit` bytes; what is larger stands alone, so that its neighbours stay cheap."""
    part: list[str] = []
    total = 0
    for text, size in sized:
        if part and total + size > limit:
            yield part
            part, total = [], 0
        part.append(text)
        total += size
    if part:
        yield part


def range_separators(ranges: Sequence[Sequence[Shard]]) -> list[str]:
    """Where shards of words begin, and ranges of characters."""
    return separators([shard for shards in ranges for shard in _as_looked_up(shards)])


def _as_looked_up(shards: Sequence[Shard]) -> Sequence[Shard]:
    terms = sorted(chain.from_iterable(shards))
    return [terms] if is_cjk(terms[0]) else shards


def separators(shards: Sequence[Shard]) -> list[str]:
    """The shortest beginning of each shard's first term that the term before it does not reach."""
    found: list[str] = []
    last = ""
    for shard in shards:
        first = shard[0]
        found.append(first[: next(n for n in range(1, len(first) + 1) if first[:n] > last)])
        last = shard[-1]
    return found


def delta_coded(texts: Sequence[str]) -> list[str]:
    """The first character of each as a number, how far it is from that of the one before; then the others."""
    firsts = [0, *(ord(text[0]) for text in texts)]
    return [
        encode_number(after - before) + text[1:] for (before, after), text in zip(pairwise(firsts), texts, strict=True)
    ]


def delta_decoded(lines: Iterable[str]) -> list[str]:
    """The reverse. Raises ValueError for what is no number or no character."""
    texts: list[str] = []
    first = 0
    for line in lines:
        found = _NUMBER.match(line)
        if not found:
            raise ValueError("a shard begins with no number")
        first += decode_numbers(found.group())[0]
        texts.append(chr(first) + line[found.end() :])
    return texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranges:
    """Where terms are: `begins[shard]` (the same for all shards of a hashed range), `range_of[shard]` is the number of its
    range, `start[range]` its first shard, with the number of shards at the end."""

    begins: tuple[str, ...] = ()
    range_of: tuple[int, ...] = ()
    start: tuple[int, ...] = (0,)

    def shards_of(self, first: str, last: str, own: str) -> list[int]:
        """Numbers of the shards that the terms from `first` to `last` fall in; if many, of three ranges from that of `own` on."""
        if not self.begins:
            return []
        low, high = place_in(self.begins, first), place_in(self.begins, last)
        if first == last and is_cjk(first):
            number = self.range_of[low]
            begin, end = self.start[number], self.start[number + 1]
            return [begin + hashed_place(first, end - begin) if is_cjk(self.begins[low]) else low]
        if self.range_of[high] - self.range_of[low] >= MAX_RANGES:
            number = self.range_of[place_in(self.begins, own)]
            low = max(low, self.start[number])
            high = min(high, self.start[min(number + MAX_RANGES, len(self.start) - 1)] - 1)
        return [shard for shard in range(low, high + 1) if not is_cjk(self.begins[shard])]


def read_ranges(begins: Sequence[str], parts: Sequence[int]) -> Ranges:
    """`parts` is how many shards each range has. Raises ValueError when they do not add up."""
    found: list[str] = []
    start = [0]
    taken = 0
    for count in parts:
        if not 1 <= count <= MOST_PARTS:
            raise ValueError("a range has no shard, or too many")
        hashed = taken < len(begins) and is_cjk(begins[taken])
        found += [begins[taken]] * count if hashed else begins[taken : taken + count]
        taken += 1 if hashed else count
        start.append(start[-1] + count)
    if taken != len(begins) or len(found) != start[-1]:
        raise ValueError("ranges and shards do not add up")
    return Ranges(
        begins=tuple(found),
        range_of=tuple(n for n, (one, other) in enumerate(pairwise(start)) for _ in range(one, other)),
        start=tuple(start),
    )


def place_in(begins: Sequence[str], term: str) -> int:
    """The shard that a term is in, if it is in any."""
    return max(0, bisect_right(begins, term) - 1)
