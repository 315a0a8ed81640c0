"""Parsed JSON of an index → checked values. Every check raises ValueError for anything unexpected.

client/checked.js is its twin. An index may come from a cache, a half-finished upload or another version of helpgen.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any, TypeVar

from helpgen.search.analysis import ANALYSIS_VERSION, content_terms, single_terms, tokens
from helpgen.search.codec import decode_numbers
from helpgen.search.constants import RankConstants
from helpgen.search.errors import IndexVersionError
from helpgen.search.facets import Facets, read_facets
from helpgen.search.ranges import Ranges, delta_decoded, read_ranges

# Raised with every change of the files that an older client would misread.
FORMAT_VERSION = 8

# A hit's address: relative, no scheme, no host, no way up; the browser makes a link of it.
_URL = re.compile(r"(?![/\\])(?!.*(?:^|/)\.\.(?:/|$))[^:\\?#\x00-\x20]*")
_FILE = re.compile(r"excerpts/[0-9a-f]{12}\.json")
_DIGESTS = re.compile(r"[\w-]*", re.ASCII)
# Letters of one digest in a shard's name.
_DIGEST = 4
_MOST_SHARE = 1 << 12

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A document as the title shards tell it; `units` are (anchor, heading), ("", "") for the first.

    `questions` are those recorded in the front matter, `fingerprints` (see exact.py) stand for further ones.
    """

    key: str
    url: str
    title: str
    path: tuple[str, ...]
    faq: bool
    excerpt_file: str
    units: tuple[tuple[str, str], ...]
    questions: tuple[str, ...]
    fingerprints: frozenset[int]

    @property
    def names(self) -> tuple[str, ...]:
        """Title, questions of a FAQ, recorded questions."""
        return (self.title, *(heading for _, heading in self.units[1:]), *self.questions)


@dataclass(frozen=True, slots=True, kw_only=True)
class Synonym:
    """A phrase as its single characters and words, the terms that stand for it, and those of what is found instead."""

    phrase: tuple[str, ...]
    asked: tuple[str, ...]
    found: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """`document_of[unit]` is the number of its document, `first_unit[document]` the other way round.

    `shards[kind][n]` is the file of a shard; `terms` tells where a term is.
    """

    locale: str
    generation: str
    unit_count: int
    document_of: tuple[int, ...]
    first_unit: tuple[int, ...]
    terms: Ranges
    titles: int
    traditional: bool
    syllables: frozenset[str]
    stems: bool
    endings: frozenset[str]
    question_words: frozenset[str]
    stop_words: frozenset[str]
    talk_words: frozenset[str]
    rank: RankConstants
    synonyms: tuple[Synonym, ...]
    facets: Facets
    files: Mapping[str, Any]
    shards: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def manifest(value: Any) -> Manifest:
    """The manifest. Raises IndexVersionError when another version wrote it."""
    data = _mapping(value)
    versions = (data.get("format"), data.get("analysis"))
    if versions != (FORMAT_VERSION, ANALYSIS_VERSION):
        raise IndexVersionError(
            f"the index has format {versions[0]} and analysis {versions[1]}, "
            f"this program reads {FORMAT_VERSION} and {ANALYSIS_VERSION}; build the site again"
        )
    documents, titles = _count(data["documents"]), max(1, _count(data["titles"]))
    first_unit, document_of = _groups(_text(data["groups"]), documents, _count(data["units"]))
    ranges = read_ranges(_begins(data["terms"]), decode_numbers(_text(data["parts"])), _count(data["characters"]))
    counts = {
        "terms": ranges.count,
        "typos": _count(data["typos"]),
        "titles": -(-documents // titles),
    }
    known, rank = _mapping(data["words"]), _list(data["rank"], _number)
    return Manifest(
        locale=_text(data["locale"]),
        generation=_text(data["generation"]),
        unit_count=len(document_of),
        document_of=document_of,
        first_unit=first_unit,
        terms=ranges,
        titles=titles,
        traditional=bool(data["traditional"]),
        syllables=frozenset(_text(data["syllables"]).split()),
        stems=bool(data["stems"]),
        endings=frozenset(_list(data["endings"], _text)),
        question_words=frozenset(_list(known["question"], _text)),
        stop_words=frozenset(_list(known["stop"], _text)),
        talk_words=frozenset(_list(known["talk"], _text)),
        rank=_rank(rank),
        synonyms=_synonyms(data["synonyms"]),
        facets=read_facets(_mapping(data["facets"]), documents),
        files=_mapping(data.get("files", {})),
        shards=_shards(_mapping(data["digests"]), _count(data["share"]), counts),
    )


def _rank(values: Sequence[float]) -> RankConstants:
    """The constants, which stand in the manifest in their order."""
    names = [one.name for one in fields(RankConstants)]
    return RankConstants(**dict(zip(names, values, strict=True)))  # type: ignore[arg-type]


def terms(value: Any) -> tuple[list[str], list[str]]:
    """The terms of a shard and their posting lists; there may be none."""
    first, second = value
    if not _text(first) and not _text(second):
        return [], []
    found, lists = lines(first), lines(second)
    if len(found) != len(lists):
        raise ValueError("terms and lists differ in number")
    return found, lists


def rows(value: Any) -> list[Row]:
    """The documents of a title shard."""
    paths = [tuple(_list(path, _text)) for path in _mapping(value)["paths"]]
    return [_row(row, paths) for row in _list(value["rows"], list)]


def sections(value: Any) -> list[tuple[str, str, str]]:
    """The sections of a document: (anchor, heading, text)."""
    return [(_text(anchor), _text(heading), _text(text)) for anchor, heading, text in _list(value, list)]


def pairs(value: Any) -> dict[int, str]:
    """A table for `str.translate` of two strings of equal length."""
    one, other = value
    return {ord(a): b for a, b in zip(_text(one), _text(other), strict=True)}


def lines(value: Any) -> list[str]:
    """A string of lines, at least one."""
    return _text(value).split("\n")


def _begins(value: Any) -> tuple[str, ...]:
    """Where shards begin; there may be none."""
    return () if value is None else tuple(delta_decoded(lines(value)))


def _synonyms(value: Any) -> tuple[Synonym, ...]:
    """Every pair of two that mean the same, and of what is asked and found; each phrase is taken apart once."""
    two_way, one_way = (_list(part, lambda texts: _list(texts, _phrase)) for part in value)
    pairs = [(asked, found) for phrases in two_way for asked in phrases for found in phrases if asked is not found]
    pairs += [(asked, found) for asked, *others in one_way for found in others]
    return tuple(Synonym(phrase=asked[0], asked=asked[1], found=found[1]) for asked, found in pairs)


def _phrase(value: Any) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """A phrase as its single characters and words, and the terms that stand for it."""
    found = tokens(_text(value))
    return single_terms(found), content_terms(found)


def _shards(digests: Mapping[str, Any], share: int, counts: Mapping[str, int]) -> dict[str, tuple[str, ...]]:
    """The files of all shards by kind. One digest stands for `share` neighbours."""
    if not 1 <= share <= _MOST_SHARE:
        raise ValueError("a number is out of range")
    files: dict[str, tuple[str, ...]] = {}
    for kind, count in counts.items():
        text = _text(digests[kind])
        if not _DIGESTS.fullmatch(text) or len(text) != -(-count // share) * _DIGEST:
            raise ValueError("shards and digests differ in number")
        parts = [text[start : start + _DIGEST] for start in range(0, len(text), _DIGEST)]
        files[kind] = tuple(f"{kind}/{number}-{parts[number // share]}.json" for number in range(count))
    return files


def _row(row: list[Any], paths: list[tuple[str, ...]]) -> Row:
    key, url, title, path, faq, excerpt_file, units, questions, fingerprints = row
    if not _URL.fullmatch(_text(url)) or not _FILE.fullmatch(_text(excerpt_file)):
        raise ValueError("an address is not relative")
    asked = tuple((_text(anchor), _text(heading)) for anchor, heading in _list(units, list))
    return Row(
        key=_text(key),
        url=url,
        title=_text(title),
        path=paths[_count(path)],
        faq=bool(faq),
        excerpt_file=excerpt_file,
        units=(("", ""), *asked),
        questions=tuple(_list(questions, _text)),
        fingerprints=frozenset(decode_numbers(_text(fingerprints))),
    )


def _groups(text: str, documents: int, units: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The first unit of each document and the document of each unit, from the documents that have several."""
    numbers = decode_numbers(text)
    extra: dict[int, int] = {}
    document = 0
    for gap, more in zip(numbers[::2], numbers[1::2], strict=True):
        document += gap
        extra[document] = more
    if documents + sum(extra.values()) != units:
        raise ValueError("units and documents do not add up")
    first: list[int] = []
    owner: list[int] = []
    for number in range(documents):
        first.append(len(owner))
        owner.extend([number] * (1 + extra.get(number, 0)))
    return tuple(first), tuple(owner)


def _mapping(value: Any) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise ValueError("no mapping")
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError("no text")
    return value


def _number(value: Any) -> float:
    if not isinstance(value, int | float) or not math.isfinite(value):
        raise ValueError("no number")
    return value


def _count(value: Any) -> int:
    if not isinstance(value, int) or not 0 <= value < 1 << 20:
        raise ValueError("a number is out of range")
    return value


def _list(value: Any, check: Callable[[Any], T]) -> list[T]:
    if not isinstance(value, list):
        raise ValueError("no list")
    return [check(item) for item in value]
