"""Which documents stand in a category or are for a platform, for filters. client/facets.js is its twin.

The manifest tells each value's documents as runs of neighbours: documents are in order of key, so a category is one run, and
a filter costs no request. A document that names no platform is for every platform.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any, Final

from helpgen.search.codec import decode_numbers, encode_number
from helpgen.search.index import AnalysedDocument

CATEGORY: Final = "category"
PLATFORM: Final = "platform"
KINDS: Final = (CATEGORY, PLATFORM)

# {kind: {value: numbers of its documents}}
Facets = Mapping[str, Mapping[str, frozenset[int]]]


def write_facets(documents: Sequence[AnalysedDocument]) -> dict[str, dict[str, str]]:
    """{kind: {value: runs}}; runs are base64 varints: how many documents to pass over, how many to take, and so on."""
    found: dict[str, dict[str, list[int]]] = {kind: {} for kind in KINDS}
    for number, document in enumerate(documents):
        if document.path:
            found[CATEGORY].setdefault(document.path[0], []).append(number)
        for platform in document.platforms:
            found[PLATFORM].setdefault(platform, []).append(number)
    return {
        kind: {value: _runs(numbers) for value, numbers in sorted(values.items())} for kind, values in found.items()
    }


def read_facets(value: Any, documents: int) -> Facets:
    """The reverse of `write_facets`. Raises ValueError for anything unexpected."""
    return {kind: {name: _documents(runs, documents) for name, runs in _items(value[kind])} for kind in KINDS}


def filter_of(facets: Facets, filters: Mapping[str, str]) -> Callable[[int], bool] | None:
    """Whether a document may be shown; None where every one may.

    `filters` maps a kind to the value wanted, "" for any. Raises ValueError for a kind that there is not.
    """
    wanted = {kind: value for kind, value in filters.items() if value}
    if unknown := next((kind for kind in wanted if kind not in KINDS), ""):
        raise ValueError(f'no filter "{unknown}"; there are: {", ".join(KINDS)}')
    if not wanted:
        return None
    sets = [facets[kind].get(value, frozenset()) for kind, value in wanted.items() if kind != PLATFORM]
    here: frozenset[int] = frozenset()
    others: frozenset[int] = frozenset()
    if PLATFORM in wanted:
        here = facets[PLATFORM].get(wanted[PLATFORM], frozenset())
        others = frozenset().union(*facets[PLATFORM].values()) - here
    return lambda document: document not in others and all(document in one for one in sets)


def platforms_of(facets: Facets, document: int) -> tuple[str, ...]:
    """What a document is for, in order; empty for everything."""
    return tuple(value for value, documents in facets[PLATFORM].items() if document in documents)


def _runs(numbers: Sequence[int]) -> str:
    starts = [n for before, n in pairwise((-2, *numbers)) if n != before + 1]
    ends = [n for n, after in pairwise((*numbers, -2)) if after != n + 1]
    text, passed = "", 0
    for start, end in zip(starts, ends, strict=True):
        text += encode_number(start - passed) + encode_number(end + 1 - start)
        passed = end + 1
    return text


def _documents(runs: Any, documents: int) -> frozenset[int]:
    numbers = decode_numbers(runs)
    found: list[int] = []
    passed = 0
    for gap, length in zip(numbers[::2], numbers[1::2], strict=True):
        if passed + gap + length > documents:
            raise ValueError("a facet has more documents than there are")
        found.extend(range(passed + gap, passed + gap + length))
        passed += gap + length
    return frozenset(found)


def _items(value: Any) -> Iterable[tuple[str, Any]]:
    if not isinstance(value, dict) or not all(isinstance(one, str) for pair in value.items() for one in pair):
        raise ValueError("no facets")
    return value.items()
