"""Documents → Index.

Steps:
1. `analyse_document`: one document by itself → term counts of its units. Can be remembered and run anywhere.
2. `build_index`: all of them → for each term, the units that have it, each with a score of 4 bits.

A unit is what is ranked: an article, or one question of a "faq". Units of one document are neighbours.
"""

from __future__ import annotations

import re
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, MutableSequence, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import Any

from helpgen.search.analysis import is_cjk, normalise, phrase_terms, terms
from helpgen.search.characters import CJK_RUN
from helpgen.search.codec import SCORE_BITS
from helpgen.search.constants import BUILD, FIELDS, PAIRED_FIELDS, BuildConstants
from helpgen.search.document import Kind, SearchDocument
from helpgen.search.language import READINGS, SIMPLIFIED, STOP_WORDS, TRADITIONAL
from helpgen.search.pinyin import INITIALS, SYLLABLES, pair_terms

# First characters of terms that no token of a text has: pairs of words, pinyin, initials.
DERIVED = (" ", SYLLABLES, INITIALS)
BODY = FIELDS.index("body")
# Documents with more Traditional characters than one in so many are Traditional; others only quote some.
TRADITIONAL_SHARE = 20
_STOP_WORDS = frozenset(STOP_WORDS)
_SURROGATE = re.compile("[\ud800-\udfff]")


# Pairs of a number and the terms that occur so often, as lines of one text: a tenth of the memory of a mapping, and read
# and written in a tenth of the time.
Counted = tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnalysedUnit:
    """Term counts of one unit, a `Counted` a field in the order of `FIELDS`, and the number of terms in each field.

    Pairs of words and pinyin are counted as terms but not in `lengths`: they only say again what others say.
    """

    anchor: str
    heading: str
    counts: tuple[Counted, ...]
    lengths: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnalysedDocument:
    """What the index needs of one document; made of strings, numbers and tuples, so that JSON can hold it.

    `sections` are (anchor, heading, text) for excerpts; `questions` are those of the front matter;
    `traditional` tells whether it is written in Traditional characters.
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
    questions: tuple[str, ...]
    traditional: bool
    platforms: tuple[str, ...] = ()

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> AnalysedDocument:
        """The document that `dataclasses.asdict` and JSON have made a mapping of; trusted, since it is our own memory."""
        units = (
            AnalysedUnit(
                anchor=unit["anchor"],
                heading=unit["heading"],
                counts=tuple(tuple((number, text) for number, text in counted) for counted in unit["counts"]),
                lengths=tuple(unit["lengths"]),
            )
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
            questions=tuple(value["questions"]),
            traditional=value["traditional"],
            platforms=tuple(value["platforms"]),
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Lengths:
    """By field: the terms of all units together, and how many units have the field at all."""

    terms: tuple[int, ...]
    units: tuple[int, ...]

    @classmethod
    def of(cls, documents: Sequence[AnalysedDocument]) -> Lengths:
        """Those of some documents."""
        columns = list(zip(*(unit.lengths for document in documents for unit in document.units), strict=True))
        fields = columns or [()] * len(FIELDS)
        return cls(terms=tuple(map(sum, fields)), units=tuple(sum(map(bool, lengths)) for lengths in fields))

    @property
    def averages(self) -> tuple[float, ...]:
        """Terms a unit in each field, in two digits; 1 where none has it.

        With more digits an edit of one text would change scores, and so the files, of all others.
        """
        return tuple(
            float(f"{terms / units:.2g}") if units else 1.0 for terms, units in zip(self.terms, self.units, strict=True)
        )


def is_derived(term: str) -> bool:
    """Whether a term only says again what others say: a pair of words, a triple of characters, pinyin."""
    return term[0] in DERIVED or (len(term) == 3 and is_cjk(term))


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
        questions=tuple(_clean(question) for question in document.questions),
        platforms=document.platforms,
        traditional=len(TRADITIONAL.findall(everything)) * TRADITIONAL_SHARE > len(everything),
    )


def build_index(documents: Iterable[AnalysedDocument], constants: BuildConstants = BUILD, *, locale: str = "") -> Index:
    """The index of one locale; the order in which the documents come does not matter.

    `locale` is that of the readers, by default the documents' own; a document that is not translated keeps its own.
    Raises ValueError when two documents have the same key, or when their locales differ and `locale` is not given.
    """
    ordered = tuple(sorted(documents, key=lambda document: document.key))
    _check_documents(ordered, locale)
    averages = Lengths.of(ordered).averages
    # Four bytes a posting, and not an object each.
    postings: defaultdict[str, MutableSequence[int]] = defaultdict(partial(array, "I"))
    first_units: list[int] = []
    unit = 0
    for document in ordered:
        first_units.append(unit)
        for analysed in document.units:
            post(postings, unit << SCORE_BITS, analysed, document.boost, averages, constants)
            unit += 1
    return Index(
        locale=locale or (ordered[0].locale if ordered else ""),
        documents=ordered,
        first_units=tuple(first_units),
        unit_count=unit,
        postings=dict(postings),
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
    normal = [normalise(text, SIMPLIFIED) for text in fields]
    counted = [Counter(terms(text)) for text in normal]
    lengths = tuple(counts.total() for counts in counted)
    for name, text, counts in zip(FIELDS, normal, counted, strict=True):
        if name in PAIRED_FIELDS:
            counts.update(_derived(text))
    return AnalysedUnit(anchor=anchor, heading=heading, counts=tuple(map(_grouped, counted)), lengths=lengths)


def _grouped(counts: Mapping[str, int]) -> Counted:
    # Three terms in four occur once; gathering these first takes half the time of sorting them in with the others.
    once = [term for term, count in counts.items() if count == 1]
    groups: dict[int, list[str]] = {1: once} if once else {}
    for term, count in counts.items():
        if count != 1:
            groups.setdefault(count, []).append(term)
    return tuple((count, "\n".join(group)) for count, group in groups.items())


def terms_of(counted: Counted) -> Iterator[tuple[str, int]]:
    """The terms of a field with their numbers."""
    return ((term, count) for count, text in counted for term in text.split("\n"))


def _derived(normal: str) -> Iterator[str]:
    """Pairs of words and pinyin, line by line: the last word of one heading and the first of the next are no phrase."""
    for line in normal.split("\n"):
        yield from phrase_terms(line, _STOP_WORDS)
        for run in CJK_RUN.findall(line):
            yield from pair_terms(run, READINGS)


def _clean(text: str) -> str:
    """Without halves of surrogate pairs, which UTF-8 cannot hold."""
    return _SURROGATE.sub("\ufffd", text)


def _check_documents(documents: Sequence[AnalysedDocument], locale: str) -> None:
    for one, other in pairwise(documents):
        if one.key == other.key:
            raise ValueError(f"two documents have the key {one.key!r}")
        if not locale and one.locale != other.locale:
            raise ValueError(f"an index is of one locale, these are {one.locale!r} and {other.locale!r}")


def post(
    postings: Mapping[str, MutableSequence[int]],
    first: int,
    unit: AnalysedUnit,
    boost: float,
    averages: Sequence[float],
    constants: BuildConstants,
) -> None:
    """Add a unit's postings, each `first` with a score in its lower bits.

    The score is the BM25F contribution of the term without its idf, in `levels` steps of (k1 + 1) / levels.
    """
    factors = [
        weight / (1 - norm + norm * length / average)
        for weight, norm, length, average in zip(
            constants.weights, constants.length_norms, unit.lengths, averages, strict=True
        )
    ]
    elsewhere: dict[str, float] = {}
    for number, counted in enumerate(unit.counts):
        if number != BODY:
            for count, text in counted:
                frequency = factors[number] * count
                for term in text.split("\n"):
                    elsewhere[term] = elsewhere.get(term, 0.0) + frequency
    # Nearly all terms stand in the body only, where those of one number have one score.
    for count, text in unit.counts[BODY]:
        frequency = factors[BODY] * count
        posting = first | _step(frequency, boost, constants)
        for term in text.split("\n"):
            if term in elsewhere:
                elsewhere[term] += frequency
            else:
                postings[term].append(posting)
    # Many of the others have the same few frequencies.
    known = {frequency: first | _step(frequency, boost, constants) for frequency in set(elsewhere.values())}
    for term, frequency in elsewhere.items():
        postings[term].append(known[frequency])


def _step(frequency: float, boost: float, constants: BuildConstants) -> int:
    step = boost * constants.levels * frequency / (constants.k1 + frequency)
    return min(constants.levels, max(1, int(step + 0.5)))
