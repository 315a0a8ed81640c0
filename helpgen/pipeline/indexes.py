"""The indexes of a built site, opened for a search on this machine.

A query without a language is put to every index: those of the languages that use its script first. The scores of two
indexes do not compare, so the hits of one language follow those of another.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from helpgen.model.suggest import did_you_mean
from helpgen.pipeline.manifest import read_manifest
from helpgen.pipeline.publish import private_folder
from helpgen.search.engine import open_index
from helpgen.search.errors import IndexMissingError
from helpgen.search.facets import CATEGORY
from helpgen.search.results import Results
from helpgen.search.whoosh_index import open_whoosh
from helpgen.site.urls import INDEX_FOLDER

_CJK_LANGUAGES = ("zh", "ja", "ko")


class _Searchable(Protocol):
    @property
    def categories(self) -> frozenset[str]:
        """The labels that the filter "category" knows."""

    def search(
        self, query: str, *, limit: int = 10, filters: Mapping[str, str] | None = None, explain: bool = False
    ) -> Results:
        """The best hits."""


@dataclass(frozen=True, slots=True)
class Index:
    """An open index of one language."""

    locale: str
    searchable: _Searchable


def open_indexes(out: Path, backend: str, locale: str) -> list[Index]:
    """Open the index of one language of a built site, or of all of them if `locale` is "".

    Raises a `SearchIndexError` that says what is missing or wrong.
    """
    if read_manifest(out) is None:
        raise IndexMissingError(f"{out} holds no built site; run helpgen build first")
    folder = out / INDEX_FOLDER if backend == "json" else private_folder(out)
    codes = sorted(path.parent.name for path in folder.glob("*/manifest.json"))
    if backend == "whoosh":
        codes = sorted(path.name for path in folder.iterdir() if path.is_dir()) if folder.is_dir() else []
    if not codes:
        raise IndexMissingError(f"the site has no {backend} index; set search.backend in helpgen.yaml and build again")
    if locale and locale not in codes:
        raise IndexMissingError(f'there is no index for "{locale}"; there are: {", ".join(codes)}')
    chosen = [locale] if locale else codes
    if backend == "json":
        return [Index(code, open_index(_reader(folder / code))) for code in chosen]
    return [Index(code, _open_whoosh(out, folder, code)) for code in chosen]


def search_all(
    indexes: list[Index], query: str, limit: int, explain: bool, filters: Mapping[str, str] | None = None
) -> Results:
    """The hits of all indexes, those of the query's own script first; an article comes once, in the first language.

    Raises a `SearchIndexError` for a category that none of them has.
    """
    if filters and filters.get(CATEGORY):
        _check_category(indexes, filters[CATEGORY])
    han = any(unicodedata.name(c, "").startswith(("CJK", "HIRAGANA", "KATAKANA", "HANGUL")) for c in query[:500])
    ordered = sorted(indexes, key=lambda index: index.locale.startswith(_CJK_LANGUAGES) != han)
    first, *others = [
        index.searchable.search(query, limit=limit, filters=filters, explain=explain) for index in ordered
    ]
    hits = list(first.hits)
    seen = {hit.key for hit in hits}
    for results in others:
        hits += [hit for hit in results.hits if hit.key not in seen]
        seen |= {hit.key for hit in results.hits}
    total = max(first.total, *(results.total for results in others)) if others else first.total
    return replace(first, hits=tuple(hits[:limit]), total=total)


def _check_category(indexes: list[Index], name: str) -> None:
    known = {category for index in indexes for category in index.searchable.categories}
    if name not in known:
        raise IndexMissingError(f'there is no category "{name}"; {did_you_mean(name, known)}'.rstrip("; "))


def _reader(folder: Path) -> Callable[[str], bytes]:
    return lambda name: (folder / name).read_bytes()


def _open_whoosh(out: Path, folder: Path, locale: str) -> _Searchable:
    """Opened only if it is the index whose digest the site's own manifest has: opening any other could run code."""
    digests = (read_manifest(out) or {}).get("extra")
    expected = digests.get(locale) if isinstance(digests, dict) else None
    if not isinstance(expected, str):
        raise IndexMissingError(f"{out} was built without a whoosh index; set search.backend and build again")
    return open_whoosh(folder / locale, expected)
