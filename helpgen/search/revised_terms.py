"""The terms of an index of which a few documents have other texts: what was touched of them, and its shards.

- Words stand in ranges: those with other terms, or lists of other lengths, are cut anew (`recut.py`).
- Characters stand in the shards that their hashes tell; words by their endings in those of each of their keys.
"""

from __future__ import annotations

import json
from bisect import insort
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain

from helpgen.search.analysis import is_cjk, is_han
from helpgen.search.codec import CUT, SCORE_BITS, decode_postings, encode_number, encode_postings
from helpgen.search.fuzzy import typo_keys
from helpgen.search.ranges import delta_coded, hashed_place, separators
from helpgen.search.recut import Recut, Span
from helpgen.search.revised_files import Shard
from helpgen.search.shards import (
    Ledger,
    is_correctable,
    lines_of,
    posting_text,
    short_text,
    term_content,
    term_size,
    to_json,
    typo_size,
)
from helpgen.search.store import Store

# For each term the units in which it has another posting: the new one, or None where it is gone.
Postings = Mapping[str, Mapping[int, int | None]]


class RevisedTerms:
    """The terms of an index, read as far as they are touched.

    `words`, `characters`, `typos` and `full` are what the ledger calls so; `touched` has the numbers of the ranges of words
    whose terms, or lists, have changed.
    """

    def __init__(self, store: Store, ledger: Ledger) -> None:
        self._store = store
        self._ranges: dict[int, list[str]] = {}
        self._hashed: dict[int, list[str]] = {}
        self._come: set[str] = set()
        self._left: set[str] = set()
        # Of words that misspelt ones are compared with: the short list beside each, before and now; None for no such word.
        self._short: dict[str, tuple[str | None, str | None]] = {}
        self.full = dict(ledger.full)
        self.words = ledger.words
        self.characters = ledger.characters
        self.typos = ledger.typos
        self.touched: set[int] = set()

    @property
    def lists(self) -> dict[str, str]:
        """The posting lists of the terms that have been read, as text."""
        return self._store.vocabulary.lists

    def update(self, changed: Postings) -> bool:
        """Put in the new postings; false where there is no shard yet in which a term could be."""
        ranges = self._store.manifest.terms
        for term, units in changed.items():
            shards = ranges.shards_of(term, term, term)
            if not shards:
                return False
            if is_cjk(term):
                self._update_term(self._characters_in(shards[0]), term, units)
            else:
                number = ranges.range_of[shards[0]]
                self.touched.add(number)
                self._update_term(self.terms_of(number), term, units)
        return True

    def _update_term(self, terms: list[str], term: str, units: Mapping[int, int | None]) -> None:
        before = self.lists.get(term)
        postings = {posting >> SCORE_BITS: posting for posting in self._decode(term, before)}
        postings = {unit: posting for unit, posting in postings.items() if unit not in units}
        postings |= {unit: posting for unit, posting in units.items() if posting is not None}
        ordered = sorted(postings.values())
        text = posting_text(term, ordered) if ordered else None
        self._count(term, before, text)
        self.full.pop(term, None)
        if text is None:
            terms.remove(term)
            del self.lists[term]
            self._left.add(term)
            return
        if before is None:
            insort(terms, term)
            self._come.add(term)
        if text.startswith(CUT):
            self.full[term] = encode_postings(ordered)
        self.lists[term] = text

    def _count(self, term: str, before: str | None, after: str | None) -> None:
        growth = _sized(term_size, term, after) - _sized(term_size, term, before)
        if is_cjk(term):
            self.characters += growth
            return
        self.words += growth
        if is_correctable(term):
            short = tuple(None if text is None else short_text(text) for text in (before, after))
            self._short[term] = (short[0], short[1])
            self.typos += _sized(typo_size, term, short[1]) - _sized(typo_size, term, short[0])

    def _decode(self, term: str, text: str | None) -> list[int]:
        whole = self.full.get(term, text)
        return decode_postings(whole, self._store.manifest.unit_count) if whole else []

    def terms_of(self, number: int) -> list[str]:
        """The words of one range in order, as they are now."""
        if number not in self._ranges:
            start = self._store.manifest.terms.start
            shards = range(start[number], start[number + 1])
            self._store.load_terms(shards)
            self._ranges[number] = list(chain.from_iterable(self._store.vocabulary.shards[shard] for shard in shards))
        return self._ranges[number]

    def _characters_in(self, shard: int) -> list[str]:
        if shard not in self._hashed:
            self._store.load_terms([shard])
            self._hashed[shard] = list(self._store.vocabulary.shards[shard])
        return self._hashed[shard]

    def recut(self, limits: tuple[int, int]) -> Iterator[Span]:
        """The ranges of words that are cut anew."""
        sizes = _Sizes(self.lists)
        recut = Recut(ranges=self._store.manifest.terms, terms_of=self.terms_of, sizes=sizes, limits=limits)
        return recut.spans(self.touched)

    def count(self, wanted: Callable[[str], bool]) -> int:
        """How many more terms of a kind there are than before."""
        return sum(map(wanted, self._come)) - sum(map(wanted, self._left))

    @property
    def words_differ(self) -> bool:
        """Whether there is a word more or less that misspelt ones are compared with."""
        return any(map(is_correctable, self._come | self._left))

    @property
    def han_differs(self) -> bool:
        """Whether there is a character of Han more or less."""
        return any(len(term) == 1 and is_han(term) for term in self._come | self._left)

    def han(self, before: str) -> set[str]:
        """The characters of Han that are terms, as far as they matter to the table of Traditional ones."""
        return (set(before) - self._left) | {term for term in self._come if len(term) == 1}

    def term_shards(self, spans: Sequence[Span]) -> list[Shard]:
        """All shards of terms: those of words, then those of characters."""
        ranges = self._store.manifest.terms
        shards: list[Shard] = []
        at = 0
        for span in spans:
            shards += range(ranges.start[at], ranges.start[span.first])
            shards += [to_json(term_content(shard, self.lists)) for one in span.ranges for shard in one]
            at = span.end
        shards += range(ranges.start[at], len(ranges.begins))
        for number in range(len(ranges.begins), ranges.count):
            terms = self._hashed.get(number)
            shards.append(number if terms is None else to_json(term_content(terms, self.lists)))
        return shards

    def typo_shards(self) -> list[Shard]:
        """All shards of words by their endings."""
        names = self._store.manifest.shards["typos"]
        touched: defaultdict[int, set[str]] = defaultdict(set)
        for word, (before, after) in self._short.items():
            if before != after:
                for key in typo_keys(word):
                    touched[hashed_place(key, len(names))].add(word)
        return [self._typo_shard(n, names[n], touched[n]) if n in touched else n for n in range(len(names))]

    def _typo_shard(self, number: int, name: str, changed: set[str]) -> Shard:
        data = self._store.read(name)
        words, lists = (part.split("\n") for part in json.loads(data))
        short = {word: text for word, text in zip(words, lists, strict=True) if word and word not in changed}
        short |= {word: after for word in changed if (after := self._short[word][1]) is not None}
        content = to_json(term_content(sorted(short), short))
        return number if content == data else content

    def beginnings(self, spans: Sequence[Span]) -> tuple[str | None, str]:
        """`terms` and `parts` of the manifest: where each shard of words begins, how many each range has."""
        old = self._store.manifest.terms
        begins: list[str] = []
        parts: list[int] = []
        spans_at = {span.first: span for span in spans}
        number, last = 0, ""
        while number < len(old.start) - 1:
            span = spans_at.get(number)
            if span is None:
                shards = list(old.begins[old.start[number] : old.start[number + 1]])
                if last:
                    # The term before its first one may be another.
                    shards[0] = _after(last, [self.terms_of(number)[:1]])[0]
                begins += shards
                parts.append(len(shards))
                number, last = number + 1, ""
                continue
            if not last and number:
                last = self.terms_of(number - 1)[-1]
            made = [shard for one in span.ranges for shard in one]
            begins += _after(last, made)
            parts += [len(one) for one in span.ranges]
            number, last = span.end, made[-1][-1]
        return lines_of(delta_coded(begins)), "".join(map(encode_number, parts))


class _Sizes(dict[str, int]):
    """Bytes of terms in a shard, computed when they are asked for."""

    def __init__(self, lists: Mapping[str, str]) -> None:
        super().__init__()
        self._lists = lists

    def __missing__(self, term: str) -> int:
        self[term] = size = term_size(term, self._lists[term])
        return size


def _sized(size: Callable[[str, str], int], term: str, text: str | None) -> int:
    return 0 if text is None else size(term, text)


def _after(last: str, shards: Sequence[Sequence[str]]) -> list[str]:
    """Where these shards begin, behind the term `last`."""
    return separators([[last], *shards])[1:] if last else separators(shards)
