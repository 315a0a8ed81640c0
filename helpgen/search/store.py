"""Reading the files of `shards.py`, each once, and refusing what is not as it should be. client/shards.js is its twin.

`Store.load_*` are the only doors to the bytes; `Store.vocabulary` is what has been read of the terms so far.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from helpgen.search import checked
from helpgen.search.checked import Manifest, Row
from helpgen.search.codec import cut_frequency, decode_postings
from helpgen.search.errors import IndexCorruptError, IndexMissingError, SearchIndexError
from helpgen.search.fuzzy import typo_key
from helpgen.search.ranges import hashed_place

MANIFEST = "manifest.json"
# Traditional → Simplified: always of this name, so that the client can ask for it beside the manifest.
SIMPLIFIED_FILE = "simplified.json"

Read = Callable[[str], bytes]


@dataclass(slots=True)
class Vocabulary:
    """The terms of the shards that are here, by shard, and their posting lists still as text."""

    lists: dict[str, str] = field(default_factory=dict)
    shards: dict[int, list[str]] = field(default_factory=dict)


class Store:
    """One locale's files behind `read(name) -> bytes`, which raises FileNotFoundError or KeyError for a missing one."""

    def __init__(self, read: Read) -> None:
        self.read = read
        self._cache: dict[str, Any] = {}
        self.manifest: Manifest = _check(MANIFEST, self._json(MANIFEST), checked.manifest)
        self.vocabulary = Vocabulary()

    def load_terms(self, numbers: Iterable[int]) -> None:
        """Add shards to the vocabulary."""
        for number in numbers:
            if number not in self.vocabulary.shards:
                terms, lists = self._checked(self.manifest.shards["terms"][number], checked.terms)
                self.vocabulary.shards[number] = terms
                self.vocabulary.lists.update(zip(terms, lists, strict=True))

    def postings(self, term: str) -> list[int]:
        """The postings of a term whose shard is here, none if it does not occur."""
        text = self.vocabulary.lists.get(term)
        if text is None:
            return []
        try:
            return decode_postings(text, self.manifest.unit_count)
        except ValueError as error:
            raise IndexCorruptError(f"the postings of {term!r} are damaged: {error}; build the site again") from error

    def frequency(self, term: str) -> int:
        """How many units have a term whose list was cut; 0 for one whose postings tell."""
        try:
            return min(cut_frequency(self.vocabulary.lists.get(term, "")), self.manifest.unit_count)
        except (ValueError, IndexError) as error:
            raise IndexCorruptError(f"the postings of {term!r} are damaged: {error}; build the site again") from error

    def terms_between(self, numbers: Iterable[int], first: str, last: str) -> list[str]:
        """The terms of shards that are here from `first` up to but without `last`, in order."""
        found: list[str] = []
        for number in numbers:
            terms = self.vocabulary.shards[number]
            found += terms[bisect_left(terms, first) : bisect_left(terms, last)]
        return found

    def load_rows(self, documents: Iterable[int]) -> dict[int, Row]:
        """The rows of documents by their numbers."""
        rows: dict[int, Row] = {}
        for number in documents:
            shard, place = divmod(number, self.manifest.titles)
            name = self.manifest.shards["titles"][shard]
            shard_rows = self._checked(name, checked.rows)
            if place >= len(shard_rows):
                raise IndexCorruptError(f"{name} lacks a document; build the site again")
            rows[number] = shard_rows[place]
        return rows

    def load_excerpt(self, row: Row) -> list[tuple[str, str, str]]:
        """The sections of a document: (anchor, heading, text)."""
        sections: list[tuple[str, str, str]] = self._checked(row.excerpt_file, checked.sections)
        return sections

    def load_simplified(self) -> dict[int, str]:
        """Traditional → Simplified for `str.translate`."""
        table: dict[int, str] = self._checked(SIMPLIFIED_FILE, checked.pairs)
        return table

    def load_typos(self, word: str) -> list[str]:
        """Words that end like a misspelt one, with their posting lists where these are short."""
        shards = self.manifest.shards["typos"]
        if not shards:
            return []
        words, lists = self._checked(shards[hashed_place(typo_key(word), len(shards))], checked.terms)
        self.vocabulary.lists.update((other, text) for other, text in zip(words, lists, strict=True) if text)
        return list(words)

    def _checked(self, name: str, check: Callable[[Any], Any]) -> Any:
        if name not in self._cache:
            value = self.manifest.files[name] if name in self.manifest.files else self._json(name)
            self._cache[name] = _check(name, value, check)
        return self._cache[name]

    def _json(self, name: str) -> Any:
        try:
            return json.loads(self.read(name))
        except (FileNotFoundError, KeyError, NotADirectoryError) as error:
            raise IndexMissingError(f"{name} is not there; build the site first") from error
        except (ValueError, RecursionError) as error:
            raise IndexCorruptError(f"{name} is not JSON; build the site again") from error


def _check(name: str, value: Any, check: Callable[[Any], Any]) -> Any:
    try:
        return check(value)
    except SearchIndexError:
        raise
    except (ValueError, TypeError, KeyError, IndexError) as error:
        raise IndexCorruptError(f"{name} is damaged ({error}); build the site again") from error
