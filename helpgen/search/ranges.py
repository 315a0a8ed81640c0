"""The vocabulary in shards: how it is cut, and where a term is to be found. client/ranges.js reads it.

- Words are looked up with their forms: their shards follow each other in order, in ranges, and the manifest has where each
  begins.
- Characters of Han, kana and Hangul, their pairs and triples are looked up one by one: a hash tells the shard, and the
  manifest has only how many there are. A pair lies beside itself the other way round and beside the triples that begin with
  it, so these cost no request of their own.
- Words that a misspelt one may stand for are looked up by its ending and its length, by a hash too.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from helpgen.search.analysis import is_cjk
from helpgen.search.codec import decode_numbers, encode_number
from helpgen.search.constants import CHARACTER_BYTES, MOST_RANGES, RANGE_BYTES, RANGE_PARTS, RANGE_STEP, TYPO_BYTES
from helpgen.search.fuzzy import typo_keys

# Ranges that one word may draw in for its forms; its own is among them.
MAX_RANGES = 3

_NUMBER = re.compile("[g-z0-9_-]*[A-Za-f]")


def hashed_place(key: str, shards: int) -> int:
    """In which of so many shards a key is."""
    value = 0
    for character in key:
        value = (value * 31 + ord(character)) % 65_521
    return value % shards


def character_key(term: str) -> str:
    """What places a term of characters: itself, or its first two characters in order."""
    return "".join(sorted(term[:2]))


def shard_count(total: int, size: int) -> int:
    """How many shards of about a size in bytes; the same for totals that differ by little, so that an edit renames few."""
    needed = -(-total // size)
    step = 1 << max(0, needed.bit_length() - 3)
    return -(-needed // step) * step


def character_count(total: int) -> int:
    """How many shards of characters there are, where their terms take so many bytes."""
    return shard_count(total, CHARACTER_BYTES)


def typo_count(total: int) -> int:
    """The same of words by their endings, each counted for every one of its keys."""
    return shard_count(total, TYPO_BYTES)


def word_ranges(terms: Sequence[str], sizes: Mapping[str, int]) -> list[list[list[str]]]:
    """The words, which come in order, cut in ranges and these in shards. `sizes` are the bytes that each takes.

    A word with many forms reads at most three ranges, however they are cut: so what a search finds does not depend on it.
    """
    limits = word_limits(sum(sizes[term] for term in terms))
    return [shards_of_range(part, sizes, limits) for part in cut([(term, sizes[term]) for term in terms], limits[0])]


def word_limits(whole: int) -> tuple[int, int]:
    """Bytes at most of a range of words and of each of its shards, where all words together take `whole`."""
    limit = max(RANGE_BYTES, -(-whole // (MOST_RANGES * RANGE_STEP)) * RANGE_STEP)
    parts = next((parts for most, parts in RANGE_PARTS if whole < most * limit), 1)
    # An eighth more than its share, so that no crumb is left over.
    return limit, limit * 9 // (8 * parts)


def shards_of_range(terms: Sequence[str], sizes: Mapping[str, int], limits: tuple[int, int]) -> list[list[str]]:
    """The words of one range in shards."""
    return list(cut(((term, sizes[term]) for term in terms), limits[1]))


def character_shards(terms: Sequence[str], sizes: Mapping[str, int]) -> list[list[str]]:
    """The terms of characters by their hash; a shard may be empty."""
    shards: list[list[str]] = [[] for _ in range(character_count(sum(sizes[term] for term in terms)))]
    for term in terms:
        shards[hashed_place(character_key(term), len(shards))].append(term)
    return shards


def typo_shards(words: Iterable[str], sizes: Mapping[str, int]) -> list[list[str]]:
    """Words by the endings and lengths under which a misspelt one looks for them; a shard may be empty."""
    keyed = [(key, word) for word in words for key in typo_keys(word)]
    shards: list[set[str]] = [set() for _ in range(typo_count(sum(sizes[word] for _, word in keyed)))]
    for key, word in keyed:
        shards[hashed_place(key, len(shards))].add(word)
    return [sorted(shard) for shard in shards]


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


def separators(shards: Sequence[Sequence[str]]) -> list[str]:
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
    """Where terms are: `begins[shard]` of words, `range_of[shard]` is the number of its range, `start[range]` its first
    shard, with the number of shards at the end; behind these come so many shards of `characters`."""

    begins: tuple[str, ...] = ()
    range_of: tuple[int, ...] = ()
    start: tuple[int, ...] = (0,)
    characters: int = 0

    @property
    def count(self) -> int:
        """How many shards there are."""
        return len(self.begins) + self.characters

    def shards_of(self, first: str, last: str, own: str) -> list[int]:
        """Numbers of the shards that the terms from `first` to `last` fall in; if many, of three ranges from that of `own` on.

        For a character, a pair or a triple all three are the same.
        """
        if is_cjk(first):
            return [len(self.begins) + hashed_place(character_key(first), self.characters)] if self.characters else []
        if not self.begins:
            return []
        low, high = place_in(self.begins, first), place_in(self.begins, last)
        if self.range_of[high] - self.range_of[low] >= MAX_RANGES:
            number = self.range_of[place_in(self.begins, own)]
            low = max(low, self.start[number])
            high = min(high, self.start[min(number + MAX_RANGES, len(self.start) - 1)] - 1)
        return list(range(low, high + 1))


def read_ranges(begins: Sequence[str], parts: Sequence[int], characters: int) -> Ranges:
    """`parts` is how many shards each range of words has. Raises ValueError when they do not add up."""
    start = [0]
    for count in parts:
        start.append(start[-1] + count)
    if 0 in parts or start[-1] != len(begins):
        raise ValueError("ranges and shards do not add up")
    return Ranges(
        begins=tuple(begins),
        range_of=tuple(n for n, (one, other) in enumerate(pairwise(start)) for _ in range(one, other)),
        start=tuple(start),
        characters=characters,
    )


def place_in(begins: Sequence[str], term: str) -> int:
    """The shard that a term is in, if it is in any."""
    return max(0, bisect_right(begins, term) - 1)
