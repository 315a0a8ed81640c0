"""Documents → Index.

Steps:
1. `analyse_document`: one document by itself → term counts of its units. Can be remembered and run anywhere.
2. `build_index`: all of them → for each term, the units that have it, each with a score of 4 bits.

A unit is what is ranked: an article, or one question of a "faq". Units of one document are neighbours.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from helpgen.search.analysis import is_cjk, normalise, terms, tokens, word_pairs
from helpgen.search.characters import RUN
from helpgen.search.codec import SCORE_BITS
from helpgen.search.constants import BUILD, FIELDS, PAIRED_FIELDS, BuildConstants
from helpgen.search.document import Kind, SearchDocument
from helpgen.search.language import READINGS, SIMPLIFIED, STOP_WORDS, TRADITIONAL
from helpgen.search.pinyin import INITIALS, SYLLABLES, pair_terms

# First characters of terms that no token of a text has: pairs of words, pinyin, initials.
DERIVED = (" ", SYLLABLES, INITIALS)
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class AnalysedUnit:
    """Term counts of one unit, a mapping a field in the order of `FIELDS`."""

    anchor: str
    heading: str
    counts: tuple[Mapping[str, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnalysedDocument:
    """What the index needs of one document; made of strings, numbers, tuples and mappings, so that JSON can hold it.

    `sections` are (anchor, heading, text) for excerpts; `traditional` tells whether characters had to be simplified.
    """

    key: str
    locale: str
    url: str
    title: str
    path: tuple[str, ...]
    kind: Kind
    boost: float
    units: tuple[AnalysedUnit, ...]
    sections: tuple[tuple[str, str, str], ...]
    traditional: bool

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> AnalysedDocument:
        """The document that `dataclasses.asdict` and JSON have made a mapping of; trusted, since it is our own memory."""
        units = (
            AnalysedUnit(anchor=unit["anchor"], heading=unit["heading"], counts=tuple(unit["counts"]))
            for unit in value["units"]
        )
        return cls(
            key=value["key"],
            locale=value["locale"],
            url=value["url"],
            title=value["title"],
            path=tuple(value["path"]),
            kind=value["kind"],
            boost=value["boost"],
            units=tuple(units),
            sections=tuple((anchor, heading, text) for anchor, heading, text in value["sections"]),
            traditional=value["traditional"],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """One locale's index. `postings[term]` holds `unit << 4 | score` in ascending order, scores 1 to 15.

    `documents` are in order of key; `first_units[i]` is the first unit of document i.
    """

    locale: str
    documents: tuple[AnalysedDocument, ...]
    first_units: tuple[int, ...]
    unit_count: int
    postings: Mapping[str, Sequence[int]]


def analyse_document(document: SearchDocument) -> AnalysedDocument:
    """The term counts and the excerpt texts of one document."""
    sections = tuple((s.anchor, _clean(s.heading), _clean(s.text)) for s in document.sections)
    title = _clean(document.title)
    everything = " ".join([title, *(f"{heading} {text}" for _, heading, text in sections)])
    return AnalysedDocument(
        key=document.key,
        locale=document.locale,
        url=document.url,
        title=title,
        path=tuple(_clean(label) for label in document.path),
        kind=document.kind,
        boost=document.boost,
        units=_faq_units(document) if document.kind == "faq" else (_article_unit(document),),
        sections=sections,
        traditional=TRADITIONAL.search(everything) is not None,
    )


def build_index(documents: Iterable[AnalysedDocument], constants: BuildConstants = BUILD, *, locale: str = "") -> Index:
    """The index of one locale; the order in which the documents come does not matter.

    `locale` is that of the readers, by default the documents' own; a document that is not translated keeps its own.
    Raises ValueError when two documents have the same key, or when their locales differ and `locale` is not given.
    """
    ordered = tuple(sorted(documents, key=lambda document: document.key))
    _check_documents(ordered, locale)
    averages = _average_lengths(ordered)
    postings: dict[str, list[int]] = {}
    first_units: list[int] = []
    unit = 0
    for document in ordered:
        first_units.append(unit)
        for analysed in document.units:
            for term, score in _scores(analysed, document.boost, averages, constants).items():
                postings.setdefault(term, []).append(unit << SCORE_BITS | score)
            unit += 1
    return Index(
        locale=locale or (ordered[0].locale if ordered else ""),
        documents=ordered,
        first_units=tuple(first_units),
        unit_count=unit,
        postings=postings,
    )


def _article_unit(document: SearchDocument) -> AnalysedUnit:
    headings = "\n".join(section.heading for section in document.sections)
    body = "\n".join(section.text for section in document.sections)
    questions, keywords = "\n".join(document.questions), "\n".join(document.keywords)
    return _unit("", "", document.title, headings, questions, keywords, body, "\n".join(document.path))


def _faq_units(document: SearchDocument) -> tuple[AnalysedUnit, ...]:
    """The lead with what is said of the whole page, then each question; there the page's title is only context."""
    leads = "\n".join(section.text for section in document.sections if not section.heading)
    questions, keywords = "\n".join(document.questions), "\n".join(document.keywords)
    lead = _unit("", "", document.title, "", questions, keywords, leads, "\n".join(document.path))
    context = "\n".join([document.title, *document.path])
    asked = (
        _unit(section.anchor, _clean(section.heading), section.heading, "", "", "", section.text, context)
        for section in document.sections
        if section.heading
    )
    return (lead, *asked)


def _unit(anchor: str, heading: str, *fields: str) -> AnalysedUnit:
    counts = tuple(_counts(name, normalise(text, SIMPLIFIED)) for name, text in zip(FIELDS, fields, strict=True))
    return AnalysedUnit(anchor=anchor, heading=heading, counts=counts)


def _counts(field: str, normal: str) -> dict[str, int]:
    counts = Counter(terms(normal))
    if field in PAIRED_FIELDS:
        for line in normal.split("\n"):
            counts.update(word_pairs(tokens(line), STOP_WORDS))
            for run in filter(is_cjk, RUN.findall(line)):
                counts.update(pair_terms(run, READINGS))
    return dict(counts)


def _clean(text: str) -> str:
    """Without halves of surrogate pairs, which UTF-8 cannot hold."""
    return _SURROGATE.sub("\ufffd", text)


def _check_documents(documents: Sequence[AnalysedDocument], locale: str) -> None:
    for one, other in pairwise(documents):
        if one.key == other.key:
            raise ValueError(f"two documents have the key {one.key!r}")
        if not locale and one.locale != other.locale:
            raise ValueError(f"an index is of one locale, these are {one.locale!r} and {other.locale!r}")


def _average_lengths(documents: Sequence[AnalysedDocument]) -> tuple[float, ...]:
    """Terms a unit in each field, over the units that have the field at all; 1 where none has."""
    averages: list[float] = []
    for number in range(len(FIELDS)):
        lengths = [_length(unit.counts[number]) for document in documents for unit in document.units]
        present = sum(1 for length in lengths if length)
        averages.append(sum(lengths) / present if present else 1.0)
    return tuple(averages)


def _length(counts: Mapping[str, int]) -> int:
    """Terms in a field; pairs of words and pinyin say again what others say."""
    return sum(count for term, count in counts.items() if term[0] not in DERIVED)


def _scores(unit: AnalysedUnit, boost: float, averages: Sequence[float], constants: BuildConstants) -> dict[str, int]:
    """The BM25F contribution of each term of a unit without its idf, in `levels` steps of (k1 + 1) / levels."""
    frequencies: dict[str, float] = {}
    for counts, weight, norm, average in zip(
        unit.counts, constants.weights, constants.length_norms, averages, strict=True
    ):
        if not counts:
            continue
        factor = weight / (1 - norm + norm * _length(counts) / average)
        for term, count in counts.items():
            frequencies[term] = frequencies.get(term, 0.0) + factor * count
    k1, levels = constants.k1, constants.levels
    scale = boost * levels
    return {
        term: min(levels, max(1, int(scale * frequency / (k1 + frequency) + 0.5)))
        for term, frequency in frequencies.items()
    }
