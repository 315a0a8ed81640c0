"""The files of an index after a few of its documents have got other texts or titles, made from the files as they were.

1. Which postings are different: those of the terms whose score in a unit has changed. Scores depend on one document and on
   the average lengths, which have so few digits that an edit hardly ever moves them.
2. The lists of these terms and the shards that they stand in (`revised_terms.py`).
3. The rows and excerpts of the documents, the names of all shards (`revised_files.py`), the manifest.

The outcome is, to the byte, that of `write_index` over all documents. Where more would have to change than this (another
average, another number of shards, an index small enough to travel in its manifest) there is none, and the index is written anew.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from helpgen.search import pinyin
from helpgen.search.codec import SCORE_BITS
from helpgen.search.constants import BUILD, INLINE_BYTES, TITLES_PER_SHARD
from helpgen.search.index import AnalysedDocument, Lengths, post
from helpgen.search.ranges import character_count, typo_count, word_limits
from helpgen.search.revised_files import RevisedFiles, Shard
from helpgen.search.revised_terms import Postings, RevisedTerms
from helpgen.search.shards import (
    Ledger,
    excerpt_file,
    generation_of,
    is_traditional,
    simplified_pairs,
    syllables_of,
    title_row,
    to_json,
    write_excerpts,
)
from helpgen.search.store import MANIFEST, SIMPLIFIED_FILE, Store
from helpgen.search.suffixes import has_stemmer

Read = Callable[[str], bytes]
Change = tuple[AnalysedDocument, AnalysedDocument]


@dataclass(frozen=True, slots=True, kw_only=True)
class Revised:
    """Files that are new or different, names that are gone, and the ledger of the index as it is now."""

    files: dict[str, bytes]
    gone: frozenset[str]
    ledger: Ledger


def revise_index(
    read: Read, ledger: Ledger, changes: Sequence[Change], *, inline_bytes: int = INLINE_BYTES
) -> Revised | None:
    """`read` gives the files of the index as it was, `changes` are documents of it as they were and as they are."""
    manifest = json.loads(read(MANIFEST))
    lengths = _lengths(ledger.lengths, changes)
    alike = all(_in_same_place(old, new) for old, new in changes)
    if "files" in manifest or not alike or lengths.averages != ledger.lengths.averages:
        return None
    store = Store(read)
    terms = RevisedTerms(store, ledger)
    if not terms.update(_changed_postings(changes, ledger, lengths.averages)) or _counts(terms) != _counts(ledger):
        return None
    if terms.words_differ and (manifest["endings"] or has_stemmer(manifest["locale"])):
        return None
    spans = list(terms.recut(word_limits(terms.words)))
    if not all(span.ranges for span in spans):
        return None
    files = RevisedFiles(store)
    shared = _excerpts(files, ledger.shared, changes)
    kinds = {
        "terms": terms.term_shards(spans),
        "titles": _title_shards(files, ledger, changes),
        "typos": terms.typo_shards(),
    }
    manifest["terms"], manifest["parts"] = terms.beginnings(spans)
    manifest["share"], manifest["digests"] = files.name(kinds, manifest["share"])
    simplified = read(SIMPLIFIED_FILE)
    if terms.han_differs:
        simplified = to_json(simplified_pairs(terms.han(json.loads(simplified)[1])))
        files.put(SIMPLIFIED_FILE, simplified)
    revised = replace(
        ledger,
        lengths=lengths,
        words=terms.words,
        characters=terms.characters,
        typos=terms.typos,
        syllables=ledger.syllables + terms.count(lambda term: term.startswith(pinyin.SYLLABLES)),
        traditional=ledger.traditional + sum(new.traditional - old.traditional for old, new in changes),
        size=ledger.size + files.growth,
        full=terms.full,
        shared=shared,
    )
    if revised.size <= inline_bytes:
        return None
    manifest["traditional"], manifest["syllables"] = is_traditional(revised), syllables_of(revised)
    manifest["generation"] = generation_of(manifest, simplified)
    return Revised(files={MANIFEST: to_json(manifest), **files.new}, gone=frozenset(files.gone), ledger=revised)


def _counts(sizes: Ledger | RevisedTerms) -> tuple[object, ...]:
    """What decides how terms are spread over shards."""
    return word_limits(sizes.words), character_count(sizes.characters), typo_count(sizes.typos)


def _in_same_place(old: AnalysedDocument, new: AnalysedDocument) -> bool:
    """Whether the place of a document among the others, its numbers and its filters are the same."""

    def place(one: AnalysedDocument) -> tuple[object, ...]:
        return one.key, one.locale, one.kind, one.path, one.platforms, len(one.units)

    return place(old) == place(new)


def _lengths(before: Lengths, changes: Sequence[Change]) -> Lengths:
    gone, come = Lengths.of([old for old, _ in changes]), Lengths.of([new for _, new in changes])

    def total(name: str) -> tuple[int, ...]:
        columns = zip(getattr(before, name), getattr(gone, name), getattr(come, name), strict=True)
        return tuple(all_ - less + more for all_, less, more in columns)

    return Lengths(terms=total("terms"), units=total("units"))


def _changed_postings(changes: Sequence[Change], ledger: Ledger, averages: Sequence[float]) -> Postings:
    found: defaultdict[str, dict[int, int | None]] = defaultdict(dict)
    for old, new in changes:
        first = ledger.first_units[bisect_left(ledger.keys, old.key)]
        before, after = _postings(old, first, averages), _postings(new, first, averages)
        for term in before.keys() | after.keys():
            here, there = before.get(term, {}), after.get(term, {})
            for unit in here.keys() | there.keys():
                if here.get(unit) != there.get(unit):
                    found[term][unit] = there.get(unit)
    return found


def _postings(document: AnalysedDocument, first: int, averages: Sequence[float]) -> dict[str, dict[int, int]]:
    """By term and unit."""
    lists: defaultdict[str, list[int]] = defaultdict(list)
    for unit, analysed in enumerate(document.units, start=first):
        post(lists, unit << SCORE_BITS, analysed, document.boost, averages, BUILD)
    return {term: {posting >> SCORE_BITS: posting for posting in postings} for term, postings in lists.items()}


def _excerpts(files: RevisedFiles, shared: Mapping[str, int], changes: Sequence[Change]) -> dict[str, int]:
    """Put in the new excerpts, take out those that no document has any more; who shares which now."""
    delta: Counter[str] = Counter()
    data: dict[str, bytes] = {}
    for old, new in changes:
        before, after = write_excerpts(old), write_excerpts(new)
        data[excerpt_file(after)] = after
        delta[excerpt_file(before)] -= 1
        delta[excerpt_file(after)] += 1
    counts = dict(shared)
    for name, more in delta.items():
        had = counts.pop(name, 1 if files.has(name) else 0)
        count = had + more
        if had and not count:
            files.drop(name)
        elif count and not had:
            files.add(name, data[name])
        if count > 1:
            counts[name] = count
    return counts


def _title_shards(files: RevisedFiles, ledger: Ledger, changes: Sequence[Change]) -> list[Shard]:
    names = files.store.manifest.shards["titles"]
    shards: list[Shard] = list(range(len(names)))
    for _, new in changes:
        number, place = divmod(bisect_left(ledger.keys, new.key), TITLES_PER_SHARD)
        before = shards[number]
        content = json.loads(before if isinstance(before, bytes) else files.store.read(names[number]))
        content["rows"][place] = title_row(new, content["rows"][place][3], write_excerpts(new))
        data = to_json(content)
        shards[number] = number if data == files.store.read(names[number]) else data
    return shards
