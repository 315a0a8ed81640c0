"""The search: a query and the files of an index → results. The oracle of client/engine.js, and `helpgen search` itself.

Steps of `SearchIndex.search`, each reading no more files than it needs:
1. take the query apart, Traditional characters folded, and read the term shards it falls in,
2. group the terms of the index that stand for each of the query's; for unknown words try pinyin and misspellings,
3. score all units, keep the best of each document and as many documents as are shown,
4. read their titles and rank again by how well these match,
5. read the texts of the six best and rank these again by how much of the query stands together,
6. choose a section and an excerpt of those that are shown.

`answer` and `suggest` take the same steps as far as they need them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from helpgen.search import answer as answering
from helpgen.search import highlight
from helpgen.search.analysis import normalise, terms
from helpgen.search.answer import Answer, Evidence
from helpgen.search.checked import Row
from helpgen.search.errors import IndexCorruptError
from helpgen.search.exact import is_exact
from helpgen.search.facets import CATEGORY, filter_of, platforms_of
from helpgen.search.query import Query, QueryTerm, family, group_terms, parse_query
from helpgen.search.rank import Scored, Weighted, dice, near_factor, score_units, title_factor, weigh
from helpgen.search.results import Explanation, Hit, Results, locale_of
from helpgen.search.store import Read, Store
from helpgen.search.traditional import may_be_traditional
from helpgen.search.unknown import Resolved, resolve

# Documents whose titles are read and ranked again; more cost the browser a request each.
RERANKED = 10
# Of these the best whose texts are read and which are ranked once more: as many as the search box shows, so that no file is
# read for it alone. With all ten English phrases from the text .718 -> .728, everything else as it is.
NEAREST = 6


def open_index(read: Read) -> SearchIndex:
    """An index to search. `read(name)` gives the bytes of one file of a locale's search folder.

    Raises `IndexMissingError`, `IndexCorruptError` or `IndexVersionError`; so does `search`, which reads further files.
    """
    return SearchIndex(Store(read))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ranked:
    """A document after reranking; `number` is that of its best unit, 0 for the article itself.

    `exact` tells whether its title or a recorded question is the query itself; `near` is the factor of what stands together.
    """

    row: Row
    number: int
    scored: Scored
    factor: float
    exact: bool
    near: float = 1.0

    @property
    def score(self) -> float:
        return self.scored.score * self.factor * self.near

    @property
    def names(self) -> tuple[str, ...]:
        """What it is called: a FAQ's question by itself, an article also by its recorded questions."""
        return (self.row.units[self.number][1],) if self.number else (self.row.title, *self.row.questions)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """What steps 1 to 5 give: the documents that can be shown, best first; `total` match at all."""

    query: Query
    simplified: Mapping[int, str] | None
    resolved: Resolved
    weighted: Sequence[Weighted]
    ranked: Sequence[_Ranked]
    total: int


class SearchIndex:
    """One locale's index. Files are read once and kept."""

    def __init__(self, store: Store) -> None:
        self._store = store

    @property
    def categories(self) -> frozenset[str]:
        """The labels that the filter "category" knows."""
        return frozenset(self._store.manifest.facets[CATEGORY])

    def search(
        self, query: str, *, limit: int = 10, filters: Mapping[str, str] | None = None, explain: bool = False
    ) -> Results:
        """The best `limit` articles for a query in the reader's words. Any string will do; an empty one has no hits.

        `filters` maps "category" to a category's label or "platform" to a platform. Raises ValueError for other names.
        """
        found = self._nearest_first(self._find(query, limit, filters or {}))
        return Results(
            query=query,
            hits=tuple(self._hit(one, found, explain) for one in found.ranked[:limit]),
            total=found.total,
            unknown=found.resolved.unknown,
            did_you_mean=_reworded(found.query, found.resolved.corrected) if found.resolved.corrected else None,
        )

    def ranked_keys(self, query: str) -> tuple[str, ...]:
        """The keys of the ten best articles, best first, without excerpts: what a measurement needs."""
        return tuple(one.row.key for one in self._nearest_first(self._find(query, RERANKED, {})).ranked[:RERANKED])

    def answer(self, query: str) -> Answer | None:
        """The best article with the passage that answers, and how certain that is; None if nothing matches at all."""
        found = self._nearest_first(self._find(query, 1, {}))
        if not found.ranked:
            return None
        first = found.ranked[0]
        sections, best = self._section(first, found)
        section = sections[best.number] if sections else ("", "", "")
        text = section[2]
        limit = answering.FAQ_WIDTH if first.number else answering.PASSAGE_WIDTH
        start, end = answering.passage_range(text, best.stretch, limit, answering.may_be_cut(sections))
        evidence = _evidence(found, section[1])
        confidence = answering.confidence(evidence)
        return Answer(
            query=query,
            certain=confidence >= answering.CERTAIN and end > start,
            confidence=confidence,
            evidence=evidence,
            hit=self._hit(first, found, False),
            whole=start == 0 and end == len(text),
            blocks=answering.passage(text[start:end], found.weighted, found.simplified),
        )

    def suggest(self, prefix: str, *, limit: int = 5) -> tuple[str, ...]:
        """Titles, questions of FAQs and recorded questions that contain what has been typed; those of the best articles first."""
        typed = normalise(prefix).strip(" ")
        if not terms(typed):
            return ()
        names: dict[str, None] = {}
        for one in self._find(prefix, RERANKED, {}).ranked:
            for name in one.row.names:
                if typed in normalise(name):
                    names[name] = None
        return tuple(names)[:limit]

    def _find(self, text: str, limit: int, filters: Mapping[str, str]) -> _Found:
        """Steps 1 to 4, for at least `RERANKED` documents."""
        store, rank = self._store, self._store.manifest.rank
        query, simplified = self._parse(text)
        groups = group_terms(query, store.manifest, store.vocabulary.lists.__contains__, self._family)
        resolved = resolve(store, query, groups)
        weighted = [
            weigh(group, store.postings, store.frequency, store.manifest.unit_count, rank) for group in resolved.groups
        ]
        allowed = filter_of(store.manifest.facets, filters)
        documents = self._best_units(score_units(weighted, query, rank), allowed)
        pool = documents[: max(limit, RERANKED)]
        rows = store.load_rows(store.manifest.document_of[scored.unit] for scored in pool)
        return _Found(
            query=query,
            simplified=simplified,
            resolved=resolved,
            weighted=weighted,
            ranked=self._rerank(pool, rows, weighted, query, simplified),
            total=len(documents),
        )

    def _parse(self, text: str) -> tuple[Query, Mapping[int, str] | None]:
        """The query with its shards read. Only one that may be Traditional needs the table of Traditional characters."""
        store = self._store
        traditional = store.manifest.traditional or may_be_traditional(text)
        simplified = store.load_simplified() if traditional else None
        query = parse_query(text, store.manifest, simplified)
        self._load(query)
        return query, simplified

    def _load(self, query: Query) -> None:
        for term in query.terms:
            self._store.load_terms(self._shards(term))
            for other in chain.from_iterable(query.synonyms.get(term.text, ())):
                self._store.load_terms(self._store.manifest.terms.shards_of(other, other, other))

    def _shards(self, term: QueryTerm) -> list[int]:
        first, last = family(term, self._store.manifest)
        return self._store.manifest.terms.shards_of(first, last, term.text)

    def _family(self, term: QueryTerm) -> list[str]:
        first, last = family(term, self._store.manifest)
        return self._store.terms_between(self._shards(term), first, last)

    def _best_units(self, scored: Sequence[Scored], allowed: Callable[[int], bool] | None) -> list[Scored]:
        """The best unit of each document, best first."""
        documents: dict[int, Scored] = {}
        for one in scored:
            documents.setdefault(self._store.manifest.document_of[one.unit], one)
        return [one for document, one in documents.items() if allowed is None or allowed(document)]

    def _rerank(
        self,
        pool: Sequence[Scored],
        rows: Mapping[int, Row],
        weighted: Sequence[Weighted],
        query: Query,
        simplified: Mapping[int, str] | None,
    ) -> list[_Ranked]:
        manifest = self._store.manifest
        ranked: list[_Ranked] = []
        for one in pool:
            document = manifest.document_of[one.unit]
            row, number = rows[document], one.unit - manifest.first_unit[document]
            if number >= len(row.units):
                raise IndexCorruptError(f"{row.key} lacks a question; build the site again")
            exact = is_exact(query.text, row.names, row.fingerprints, simplified)
            named = _Ranked(row=row, number=number, scored=one, factor=1.0, exact=exact)
            factor = max(title_factor(weighted, query, name, manifest.rank, simplified) for name in named.names)
            ranked.append(replace(named, factor=factor))
        return sorted(ranked, key=_place)

    def _nearest_first(self, found: _Found) -> _Found:
        """Step 5. What follows these best stays behind them: the factor is never below 1."""
        rank = self._store.manifest.rank
        near: list[_Ranked] = []
        for one in found.ranked[:NEAREST]:
            _, best = self._section(one, found)
            nearness = highlight.nearness(one.names, best.mass, found.weighted, found.simplified, rank.near_text)
            near.append(replace(one, near=near_factor(nearness, found.query, rank)))
        return replace(found, ranked=[*sorted(near, key=_place), *found.ranked[NEAREST:]])

    def _section(self, one: _Ranked, found: _Found) -> tuple[list[highlight.Section], highlight.Best]:
        """The sections that may be quoted, and the best of them."""
        sections = self._store.load_excerpt(one.row)
        if one.number:
            # A question of a FAQ has been found by itself: quote its own answer.
            sections = [section for section in sections if section[0] == one.row.units[one.number][0]]
        return sections, highlight.best_section(sections, found.weighted, found.simplified)

    def _hit(self, one: _Ranked, found: _Found, explain: bool) -> Hit:
        row, weighted, simplified = one.row, found.weighted, found.simplified
        sections, best = self._section(one, found)
        anchor, heading, text = sections[best.number] if sections else ("", "", "")
        return Hit(
            key=row.key,
            url=row.url,
            title=row.title,
            title_parts=highlight.marked(row.title, weighted, simplified),
            path=row.path,
            section=heading,
            anchor=anchor,
            excerpt=highlight.excerpt(text, best.stretch, weighted, simplified),
            score=one.score,
            near=one.near,
            locale=locale_of(row.key, self._store.manifest.locale),
            kind="faq" if row.faq else "article",
            platforms=platforms_of(self._store.manifest.facets, self._store.manifest.document_of[one.scored.unit]),
            explanation=_explain(one, weighted) if explain else None,
        )


def _place(one: _Ranked) -> tuple[bool, float, int]:
    """What articles are sorted by: those asked for by name first, then the best, equals in the order of the index."""
    return not one.exact, -one.score, one.scored.unit


def _evidence(found: _Found, heading: str) -> Evidence:
    """What is known of the first hit. One whose title or recorded question is the query itself has no rival."""
    first, second = found.ranked[0], found.ranked[1] if len(found.ranked) > 1 else None
    title = first.row.units[first.number][1] if first.number else first.row.title
    name = 1.0 if first.exact else dice(found.weighted, title, found.simplified)
    return Evidence(
        fit=answering.fit(found.weighted, first.scored.unit),
        title=max(name, dice(found.weighted, heading, found.simplified)),
        margin=1 - second.score / first.score if second and not first.exact else 1.0,
        name=name,
    )


def _explain(one: _Ranked, weighted: Sequence[Weighted]) -> Explanation:
    unit = one.scored.unit
    groups = tuple(
        (group.group.term.text, group.weight * group.matches[unit] / 1_500_000)
        for group in weighted
        if unit in group.matches
    )
    return Explanation(
        groups=groups, coordination=one.scored.coordination, title_factor=one.factor, near_factor=one.near
    )


def _reworded(query: Query, corrected: Mapping[str, str]) -> str:
    """The query's words with the misspelt ones replaced, in the spelling of the index."""
    words = [term for term in query.terms if not term.pair and not term.evidence]
    text = ""
    for term in words:
        gap = " " if text and not term.cjk else ""
        text += gap + corrected.get(term.text, term.text)
    return text
