"""The second backend: a Whoosh index for servers, behind the same `search`. The only module of search that touches the disk.

Steps of `write_whoosh`: terms of `analyse_document` into Whoosh's fields → a digest of each file → digests.json.
Steps of `open_whoosh`: check digests.json against the digest that the caller knows, every file against digests.json, and only
then hand the checked bytes to Whoosh, from memory: it unpickles what it reads, so a changed file could run code.

The analysis is ours; Whoosh splits at spaces what has been analysed before. Only its API that all its distributions share
is used. Its ranking is BM25F too, without pairs of words and with Whoosh's own coordination, so results differ a little.
"""

from __future__ import annotations

import hashlib
import json
import math
import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

from whoosh import fields, query, scoring
from whoosh.analysis import RegexTokenizer
from whoosh.filedb.filestore import RamStorage
from whoosh.filedb.structfile import StructFile

from helpgen.search import checked, highlight
from helpgen.search.checked import Manifest, Row
from helpgen.search.constants import BUILD, FIELDS, RANK
from helpgen.search.errors import IndexCorruptError, IndexMissingError
from helpgen.search.exact import is_exact
from helpgen.search.facets import CATEGORY, KINDS, PLATFORM
from helpgen.search.index import AnalysedDocument, is_derived, terms_of
from helpgen.search.language import QUESTION_WORDS, SIMPLIFIED, STOP_WORDS, TALK_WORDS, stems_english
from helpgen.search.query import Group, Query, QueryTerm, family, group_terms, parse_query
from helpgen.search.ranges import Ranges
from helpgen.search.rank import Weighted, near_factor, title_factor
from helpgen.search.results import Hit, Results, locale_of

DIGESTS = "digests.json"
# Share of the score that depends on how many of the query's terms match (Whoosh's documentation suggests 0.9).
COORDINATION = 0.9
# Articles whose texts are looked through for what stands together.
NEAREST = 6
# Stands for "every platform" in a document that names none.
ANY_PLATFORM = "*"
# Megabytes of postings, as Whoosh reckons them, that are sorted at a time.
SORTED_MB = 128

# A score, what it is of, and what Whoosh has stored of it.
_Entry = tuple[float, Row, Mapping[str, Any]]


def whoosh_files(documents: Iterable[AnalysedDocument], *, locale: str = "") -> dict[str, bytes]:
    """The index of one locale as files by name, digests.json among them. The same documents give the same bytes.

    `locale` is that of the readers, by default the documents' own.
    """
    storage = _Memory()
    with _same_names():
        writer = storage.create_index(_schema()).writer(limitmb=SORTED_MB)
        for document in sorted(documents, key=lambda one: one.key):
            locale = locale or document.locale
            for number in range(len(document.units)):
                writer.add_document(**_stored(document, number))
        writer.commit(optimize=True)
    files = {name: bytes(data) for name, data in sorted(storage.files.items()) if not name.endswith("LOCK")}
    digests = {name: _digest(data) for name, data in files.items()}
    return {**files, DIGESTS: json.dumps({"locale": locale, "files": digests}, indent=1).encode()}


class _Memory(RamStorage):  # type: ignore[misc]
    """Whoosh's storage in memory would still put its scratch files at one fixed path in /tmp, where two builds meet."""

    def temp_storage(self, name: str | None = None) -> RamStorage:  # noqa: ARG002
        return _Memory()

    def create_file(self, name: str, **options: Any) -> StructFile:
        return StructFile(_Run(self.files, name), name=name) if _is_run(name) else super().create_file(name, **options)

    def open_file(self, name: str, **options: Any) -> StructFile:
        return StructFile(BytesIO(self.files[name])) if _is_run(name) else super().open_file(name, **options)


class _Run(BytesIO):
    """Sorted postings that had no room. Whoosh closes this file itself, not what is around it, so it keeps its own bytes."""

    def __init__(self, files: dict[str, bytes], name: str) -> None:
        super().__init__()
        self._files, self._name = files, name

    def close(self) -> None:
        if not self.closed:
            self._files[self._name] = self.getvalue()
        super().close()


def _is_run(name: str) -> bool:
    return name.endswith(".run")


def write_whoosh(documents: Iterable[AnalysedDocument], folder: Path, *, locale: str = "") -> str:
    """Write the index of one locale into an empty folder; the SHA-256 of its digests.json, to be kept elsewhere."""
    files = whoosh_files(documents, locale=locale)
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return _digest(files[DIGESTS])


@contextmanager
def _same_names() -> Iterator[None]:
    """Whoosh names its segments by chance; the same documents shall give the same files, so chance starts afresh."""
    before = random.getstate()
    random.seed(0)
    try:
        yield
    finally:
        random.setstate(before)


def open_whoosh(folder: Path, expected: str) -> WhooshIndex:
    """The index in a folder, if it is the one whose digests.json had the digest `expected`.

    Raises IndexMissingError if there is none, IndexCorruptError if any byte differs.
    """
    try:
        data = (folder / DIGESTS).read_bytes()
        if _digest(data) != expected:
            raise IndexCorruptError(f"{folder / DIGESTS} is not the one this site was built with; build the site again")
        digests = json.loads(data)
        storage = RamStorage()
        for name, digest in digests["files"].items():
            storage.files[name] = _checked_bytes(folder / name, digest)
    except FileNotFoundError as error:
        raise IndexMissingError(f"{error.filename} is not there; build the site with the whoosh backend") from error
    return WhooshIndex(storage.open_index(), digests["locale"])


class WhooshIndex:
    """One locale's index, asked like `SearchIndex`."""

    def __init__(self, opened: Any, locale: str) -> None:
        self._index = opened
        self._locale = locale

    @property
    def categories(self) -> frozenset[str]:
        """The labels that the filter "category" knows."""
        with self._index.reader() as reader:
            return frozenset(filter(None, reader.field_terms(CATEGORY)))

    def search(
        self, text: str, *, limit: int = 10, filters: Mapping[str, str] | None = None, explain: bool = False
    ) -> Results:
        """The best `limit` articles for a query. `explain` is accepted and has no effect: Whoosh does not tell.

        `filters` are those of `SearchIndex.search`.
        """
        del explain
        with self._index.searcher(weighting=_weighting()) as searcher:
            manifest = _settings(self._locale, searcher.doc_count_all())
            parsed = parse_query(text, manifest, SIMPLIFIED)
            terms = [term for term in parsed.terms if not term.evidence]
            vocabulary = _Vocabulary(searcher.reader(), manifest)
            groups = [
                group
                for group in group_terms(parsed, manifest, vocabulary.knows, vocabulary.family)
                if not group.term.evidence
            ]
            weighted = [_weighted(group, vocabulary, manifest.unit_count) for group in groups]
            asked = query.Or([_query(group) for group in groups if group.variants], scale=COORDINATION)
            best: dict[str, _Entry] = {}
            found = searcher.search(asked, limit=limit * 5, filter=_filter(filters or {})) if terms else []
            for hit in found:
                row = _row(hit)
                names = _names(row, hit)
                factor = max(title_factor(weighted, parsed, name, manifest.rank, SIMPLIFIED) for name in names)
                score = hit.score * factor
                if row.key not in best or score > best[row.key][0]:
                    best[row.key] = (score, row, hit.fields())
            exact = {key for key, (_, row, _) in best.items() if is_exact(text, row.names, (), SIMPLIFIED)}

            def place(entry: _Entry) -> tuple[bool, float, str]:
                return entry[1].key not in exact, -entry[0], entry[1].key

            ranked = sorted(best.values(), key=place)[:limit]
            near = [_nearer(entry, parsed, weighted) for entry in ranked[:NEAREST]]
            ranked = [*sorted(near, key=place), *ranked[NEAREST:]]
            return Results(
                query=text,
                hits=tuple(self._hit(*entry, weighted) for entry in ranked),
                total=max(len(best), len(ranked)),
                unknown=tuple(g.term.text for g in groups if not g.variants and not g.term.cjk),
            )

    def _hit(self, score: float, row: Row, stored: Mapping[str, Any], weighted: Sequence[Weighted]) -> Hit:
        sections = _sections(row, stored)
        best = highlight.best_section(sections, weighted, SIMPLIFIED)
        anchor, heading, text = sections[best.number] if sections else ("", "", "")
        return Hit(
            key=row.key,
            url=row.url,
            title=row.title,
            title_parts=highlight.marked(row.title, weighted, SIMPLIFIED),
            path=row.path,
            section=heading,
            anchor=anchor,
            excerpt=highlight.excerpt(text, best.stretch, weighted, SIMPLIFIED),
            score=score,
            locale=locale_of(row.key, self._locale),
            kind="faq" if row.faq else "article",
            platforms=tuple(json.loads(stored["row"])["platforms"]),
        )


def _names(row: Row, stored: Mapping[str, Any]) -> tuple[str, ...]:
    return (row.units[stored["unit"]][1],) if stored["unit"] else (row.title, *row.questions)


def _sections(row: Row, stored: Mapping[str, Any]) -> list[highlight.Section]:
    """The sections of an article, or the one of a question."""
    sections = checked.sections(json.loads(stored["sections"]))
    return [one for one in sections if one[0] == row.units[stored["unit"]][0]] if stored["unit"] else sections


def _nearer(entry: _Entry, parsed: Query, weighted: Sequence[Weighted]) -> _Entry:
    """An entry with its score times the factor of what stands together, as step 5 of `SearchIndex` has it."""
    score, row, stored = entry
    best = highlight.best_section(_sections(row, stored), weighted, SIMPLIFIED)
    nearness = highlight.nearness(_names(row, stored), best.mass, weighted, SIMPLIFIED, RANK.near_text)
    return score * near_factor(nearness, parsed, RANK), row, stored


class _Vocabulary:
    """The terms of all fields of a Whoosh reader."""

    def __init__(self, reader: Any, manifest: Manifest) -> None:
        self._reader = reader
        self._manifest = manifest

    def knows(self, term: str) -> bool:
        return any((name, term) in self._reader for name in FIELDS)

    def family(self, term: QueryTerm) -> list[str]:
        if term.evidence:
            return []
        first, _ = family(term, self._manifest)
        return sorted({data.decode() for name in FIELDS for data in self._reader.expand_prefix(name, first)})

    def frequency(self, variants: Iterable[str]) -> int:
        """Units that have the commonest of these terms in one field: what idf needs, near enough for marks."""
        return max((self._reader.doc_frequency(name, v) for name in FIELDS for v in variants), default=0)


def _schema() -> fields.Schema:
    tokens = RegexTokenizer(r"[^ ]+")
    texts = {
        name: fields.TEXT(analyzer=tokens, phrase=False, field_boost=weight)
        for name, weight in zip(FIELDS, BUILD.weights, strict=True)
    }
    facets = {CATEGORY: fields.ID, PLATFORM: fields.KEYWORD}
    return fields.Schema(unit=fields.STORED, row=fields.STORED, sections=fields.STORED, **facets, **texts)


def _stored(document: AnalysedDocument, number: int) -> dict[str, Any]:
    """What Whoosh gets of one unit: the terms of each field, as often as they occur, and what its hit shows."""
    texts = {
        name: " ".join(" ".join([term] * count) for term, count in terms_of(counted) if not is_derived(term))
        for name, counted in zip(FIELDS, document.units[number].counts, strict=True)
    }
    row = {
        "key": document.key,
        "url": document.url,
        "title": document.title,
        "path": document.path,
        "faq": document.kind == "faq",
        "platforms": document.platforms,
        "units": [(unit.anchor, unit.heading) for unit in document.units],
        "questions": document.questions,
    }
    sections = json.dumps(document.sections, ensure_ascii=False)
    facets = {CATEGORY: "".join(document.path[:1]), PLATFORM: " ".join(document.platforms) or ANY_PLATFORM}
    return {**facets, "unit": number, "row": json.dumps(row, ensure_ascii=False), "sections": sections, **texts}


def _row(hit: Mapping[str, Any]) -> Row:
    row = json.loads(hit["row"])
    return Row(
        key=row["key"],
        url=row["url"],
        title=row["title"],
        path=tuple(row["path"]),
        faq=row["faq"],
        excerpt_file="",
        units=tuple((anchor, heading) for anchor, heading in row["units"]),
        questions=tuple(row["questions"]),
        fingerprints=frozenset(),
    )


def _settings(locale: str, units: int) -> Manifest:
    """What `parse_query` and `group_terms` want to know, without the shards that this backend does not have."""
    return Manifest(
        locale=locale,
        generation="",
        unit_count=units,
        document_of=(),
        first_unit=(),
        terms=Ranges(),
        titles=1,
        traditional=True,
        syllables=frozenset(),
        stems=stems_english(locale),
        endings=frozenset(),
        question_words=frozenset(QUESTION_WORDS),
        stop_words=frozenset(STOP_WORDS),
        talk_words=frozenset(TALK_WORDS),
        rank=RANK,
        synonyms=(),
        facets={},
        files={},
    )


def _filter(filters: Mapping[str, str]) -> query.Query | None:
    """Filters as a query; a document that names no platform is for every one."""
    wanted = {kind: value for kind, value in filters.items() if value}
    if unknown := next((kind for kind in wanted if kind not in KINDS), ""):
        raise ValueError(f'no filter "{unknown}"; there are: {", ".join(KINDS)}')
    parts = [query.Term(CATEGORY, wanted[CATEGORY])] if CATEGORY in wanted else []
    if PLATFORM in wanted:
        parts.append(query.Or([query.Term(PLATFORM, wanted[PLATFORM]), query.Term(PLATFORM, ANY_PLATFORM)]))
    return query.And(parts) if parts else None


def _query(group: Group) -> query.Query:
    """A group as a query: the best of its variants in the best of the fields."""
    return query.DisjunctionMax(
        [
            query.Term(name, variant, boost=group.term.weight * percent / 100)
            for variant, percent in group.variants.items()
            for name in FIELDS
        ]
    )


def _weighted(group: Group, vocabulary: _Vocabulary, units: int) -> Weighted:
    matched = vocabulary.frequency(group.variants)
    idf = math.log(1 + (units - matched + 0.5) / (matched + 0.5))
    return Weighted(group=group, weight=math.floor(1000 * group.term.weight * idf**RANK.idf_power + 0.5), matches={})


def _weighting() -> scoring.BM25F:
    norms = {f"{name}_B": norm for name, norm in zip(FIELDS, BUILD.length_norms, strict=True)}
    return scoring.BM25F(K1=BUILD.k1, **norms)


def _checked_bytes(path: Path, digest: str) -> bytes:
    data = path.read_bytes()
    if _digest(data) != digest:
        raise IndexCorruptError(f"{path} has been changed since the build; build the site again")
    return data


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
