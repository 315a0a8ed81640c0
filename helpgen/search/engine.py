"""The search: a query and the files of an index → results. The oracle of client/engine.js, and `helpgen search` itself.

Steps of `SearchIndex.search`, each reading no more files than it needs:
1. take the query apart and read the term shards it falls in (twice if it has Traditional characters),
2. group the terms of the index that stand for each of the query's; for unknown words try pinyin and misspellings,
3. score all units, keep the best of each document and as many documents as are shown,
4. read their titles and rank again by how well these match,
5. read their texts, choose a section and an excerpt.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from helpgen.search import highlight
from helpgen.search.analysis import is_han
from helpgen.search.checked import Row
from helpgen.search.errors import IndexCorruptError
from helpgen.search.query import Query, QueryTerm, family, group_terms, parse_query
from helpgen.search.rank import Scored, Weighted, score_units, title_factor, weigh
from helpgen.search.results import Explanation, Hit, Results, locale_of
from helpgen.search.store import Read, Store
from helpgen.search.unknown import resolve

# Documents whose titles are read and ranked again; more cost the browser a request each.
RERANKED = 10


def open_index(read: Read) -> SearchIndex:
    """An index to search. `read(name)` gives the bytes of one file of a locale's search folder.

    Raises `IndexMissingError`, `IndexCorruptError` or `IndexVersionError`; so does `search`, which reads further files.
    """
    return SearchIndex(Store(read))


class SearchIndex:
    """One locale's index. Files are read once and kept."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def search(self, query: str, *, limit: int = 10, explain: bool = False) -> Results:
        """The best `limit` articles for a query in the reader's words. Any string will do; an empty one has no hits."""
        store, rank = self._store, self._store.manifest.rank
        parsed, simplified = self._parse(query)
        groups = group_terms(parsed, store.manifest, store.vocabulary.lists.__contains__, self._family)
        resolved = resolve(store, parsed, groups)
        weighted = [weigh(group, store.postings, store.manifest.unit_count, rank) for group in resolved.groups]
        documents = self._best_units(score_units(weighted, parsed, rank))
        pool = documents[: max(limit, RERANKED)]
        rows = store.load_rows(store.manifest.document_of[scored.unit] for scored in pool)
        ranked = self._rerank(pool, rows, weighted, parsed, simplified)[:limit]
        return Results(
            query=query,
            hits=tuple(self._hit(*one, weighted, simplified, explain) for one in ranked),
            total=len(documents),
            unknown=resolved.unknown,
            did_you_mean=_reworded(parsed, resolved.corrected) if resolved.corrected else None,
        )

    def _parse(self, text: str) -> tuple[Query, Mapping[int, str] | None]:
        """The query with its shards read. An unknown character of Han may be a Traditional one."""
        store = self._store
        simplified = store.load_simplified() if store.manifest.traditional else None
        query = parse_query(text, store.manifest, simplified)
        self._load(query)
        if simplified is None and any(
            is_han(term.text) and not term.pair and term.text not in store.vocabulary.lists for term in query.terms
        ):
            simplified = store.load_simplified()
            query = parse_query(text, store.manifest, simplified)
            self._load(query)
        return query, simplified

    def _load(self, query: Query) -> None:
        for term in query.terms:
            self._store.load_terms(self._shards(term))
            for other in query.synonyms.get(term.text, ()):
                self._store.load_terms(self._store.shards_of(other, other, other))

    def _shards(self, term: QueryTerm) -> list[int]:
        first, last = family(term, self._store.manifest.stems)
        return self._store.shards_of(first, last, term.text)

    def _family(self, term: QueryTerm) -> list[str]:
        first, last = family(term, self._store.manifest.stems)
        return self._store.terms_between(self._shards(term), first, last)

    def _best_units(self, scored: Sequence[Scored]) -> list[Scored]:
        """The best unit of each document, best first."""
        documents: dict[int, Scored] = {}
        for one in scored:
            documents.setdefault(self._store.manifest.document_of[one.unit], one)
        return list(documents.values())

    def _rerank(
        self,
        pool: Sequence[Scored],
        rows: Mapping[int, Row],
        weighted: Sequence[Weighted],
        query: Query,
        simplified: Mapping[int, str] | None,
    ) -> list[tuple[Row, int, Scored, float]]:
        manifest = self._store.manifest
        ranked: list[tuple[Row, int, Scored, float]] = []
        for one in pool:
            document = manifest.document_of[one.unit]
            row, number = rows[document], one.unit - manifest.first_unit[document]
            if number >= len(row.units):
                raise IndexCorruptError(f"{row.key} lacks a question; build the site again")
            title = row.units[number][1] if number else row.title
            ranked.append((row, number, one, title_factor(weighted, query, title, manifest.rank, simplified or {})))
        return sorted(ranked, key=lambda entry: (-entry[2].score * entry[3], entry[2].unit))

    def _hit(
        self,
        row: Row,
        number: int,
        scored: Scored,
        factor: float,
        weighted: Sequence[Weighted],
        simplified: Mapping[int, str] | None,
        explain: bool,
    ) -> Hit:
        sections = self._store.load_excerpt(row)
        if number:
            # A question of a FAQ has been found by itself: quote its own answer.
            sections = [section for section in sections if section[0] == row.units[number][0]]
        best, stretch = highlight.best_section(sections, weighted, simplified)
        anchor, heading, text = sections[best] if sections else ("", "", "")
        return Hit(
            key=row.key,
            url=row.url,
            title=row.title,
            title_parts=highlight.marked(row.title, weighted, simplified),
            path=row.path,
            section=heading,
            anchor=anchor,
            excerpt=highlight.excerpt(text, stretch, weighted, simplified),
            score=scored.score * factor,
            locale=locale_of(row.key, self._store.manifest.locale),
            kind="faq" if row.faq else "article",
            explanation=_explain(scored, factor, weighted) if explain else None,
        )


def _explain(scored: Scored, factor: float, weighted: Sequence[Weighted]) -> Explanation:
    groups = tuple(
        (group.group.term.text, group.weight * group.matches[scored.unit] / 1_500_000)
        for group in weighted
        if scored.unit in group.matches
    )
    return Explanation(groups=groups, coordination=scored.coordination, title_factor=factor)


def _reworded(query: Query, corrected: Mapping[str, str]) -> str:
    """The query's words with the misspelt ones replaced, in the spelling of the index."""
    words = [term for term in query.terms if not term.pair and not term.evidence]
    text = ""
    for term in words:
        gap = " " if text and not term.cjk else ""
        text += gap + corrected.get(term.text, term.text)
    return text
