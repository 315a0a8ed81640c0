"""The files of an index after a few of its documents have got other texts, made from the files as they were.

1. Which postings are different: those of the terms whose score in a unit has changed. Scores depend on one document and on
   the average lengths, which have so few digits that an edit hardly ever moves them.
2. The lists of these terms; the ranges that words stand in (`recut.py`) and their shards; the shards of characters and those of
   words by their endings, which a hash tells.
3. The rows and excerpts of the documents, the manifest.

The outcome is, to the byte, that of `write_index` over all documents. Where more would have to change than this (another
average, other sizes of ranges, another number of hashed shards, an index small enough to travel in its manifest) there is none,
and the index is written anew.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from helpgen.search import pinyin
from helpgen.search.analysis import is_cjk, is_han
from helpgen.search.checked import terms as read_terms
from helpgen.search.codec import CUT, SCORE_BITS, decode_postings, encode_number, encode_postings
from helpgen.search.constants import BUILD, INLINE_BYTES, TITLES_PER_SHARD
from helpgen.search.index import AnalysedDocument, Lengths, post
from helpgen.search.ranges import (
    character_key,
    character_shard_count,
    delta_coded,
    hashed_place,
    place_in,
    separators,
    typo_places,
    typo_shard_count,
    word_limits,
)
from helpgen.search.recut import Recut, Span
from helpgen.search.shards import (
    Ledger,
    digest_of,
    digest_share,
    excerpt_file,
    generation_of,
    is_correctable,
    is_traditional,
    lines_of,
    posting_text,
    simplified_pairs,
    syllables_of,
    term_content,
    term_size,
    title_row,
    to_json,
    typo_list,
    typo_size,
    write_excerpts,
)
from helpgen.search.store import MANIFEST, SIMPLIFIED_FILE, Store
from helpgen.search.suffixes import has_stemmer

Read = Callable[[str], bytes]
Change = tuple[AnalysedDocument, AnalysedDocument]
# A shard as it was, by its number, or its new content.
Shard = int | bytes


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
    alike = all(_same_but_text(old, new) for old, new in changes)
    if "files" in manifest or not alike or lengths.averages != ledger.lengths.averages:
        return None
    store = Store(read)
    vocabulary = _Vocabulary(store, ledger)
    if not vocabulary.update(_changed_postings(changes, ledger, lengths.averages)):
        return None
    limits = word_limits(vocabulary.words)
    if limits != word_limits(ledger.words) or not vocabulary.keeps_hashes():
        return None
    if vocabulary.words_differ and (manifest["endings"] or has_stemmer(manifest["locale"])):
        return None
    spans = list(vocabulary.recut(limits).spans(vocabulary.touched))
    if not all(span.ranges for span in spans):
        return None
    files = _Files(store)
    shared = _excerpts(files, ledger.shared, changes)
    kinds = {
        "terms": [*_word_shards(store, spans, vocabulary.lists), *vocabulary.character_shards()],
        "titles": _title_shards(files, ledger, changes),
        "typos": vocabulary.typo_shards(),
    }
    manifest["terms"], manifest["parts"] = _beginnings(store, spans, vocabulary)
    manifest["share"], manifest["digests"] = files.name(kinds, manifest["share"])
    simplified = read(SIMPLIFIED_FILE)
    if vocabulary.characters_differ:
        simplified = to_json(simplified_pairs(vocabulary.characters(json.loads(simplified)[1])))
        files.put(SIMPLIFIED_FILE, simplified)
    revised = replace(
        ledger,
        lengths=lengths,
        words=vocabulary.words,
        characters=vocabulary.characters_size,
        typos=vocabulary.typos_size,
        syllables=ledger.syllables + vocabulary.count(lambda term: term.startswith(pinyin.SYLLABLES)),
        traditional=ledger.traditional + sum(new.traditional - old.traditional for old, new in changes),
        size=ledger.size + files.growth,
        full=vocabulary.full,
        shared=shared,
    )
    if revised.size <= inline_bytes:
        return None
    manifest["traditional"], manifest["syllables"] = is_traditional(revised), syllables_of(revised)
    manifest["generation"] = generation_of(manifest, simplified)
    return Revised(files={MANIFEST: to_json(manifest), **files.new}, gone=frozenset(files.gone), ledger=revised)


def _same_but_text(old: AnalysedDocument, new: AnalysedDocument) -> bool:
    """Whether the place of a document in the index, its row and its filters are the same."""
    return len(old.units) == len(new.units) and old == replace(
        new, units=old.units, sections=old.sections, traditional=old.traditional
    )


def _lengths(before: Lengths, changes: Sequence[Change]) -> Lengths:
    gone, come = Lengths.of([old for old, _ in changes]), Lengths.of([new for _, new in changes])

    def total(name: str) -> tuple[int, ...]:
        columns = zip(getattr(before, name), getattr(gone, name), getattr(come, name), strict=True)
        return tuple(all_ - less + more for all_, less, more in columns)

    return Lengths(terms=total("terms"), units=total("units"))


# For each term the units in which it has another posting: the new one, or None where it is gone.
Postings = Mapping[str, Mapping[int, int | None]]


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


class _Vocabulary:
    """The terms of an index, read as far as they are touched: `touched` are ranges of words."""

    def __init__(self, store: Store, ledger: Ledger) -> None:
        self._store = store
        self._terms: dict[int, list[str]] = {}
        self._hashed: dict[int, list[str]] = {}
        self._changed: set[str] = set()
        self._come: set[str] = set()
        self._left: set[str] = set()
        self.full = dict(ledger.full)
        self.words, self.characters_size, self.typos_size = ledger.words, ledger.characters, ledger.typos
        self.touched: set[int] = set()

    @property
    def lists(self) -> dict[str, str]:
        return self._store.vocabulary.lists

    def update(self, changed: Postings) -> bool:
        """Put in the new postings; false where there has been no shard of a term's kind."""
        ranges = self._store.manifest.terms
        for term, units in changed.items():
            if not (ranges.characters if is_cjk(term) else ranges.begins):
                return False
            if is_cjk(term):
                terms = self._hashed_terms(hashed_place(character_key(term), ranges.characters))
            else:
                number = ranges.range_of[place_in(ranges.begins, term)]
                self.touched.add(number)
                terms = self.terms_of(number)
            self._update_term(terms, term, units)
        return True

    def _update_term(self, terms: list[str], term: str, units: Mapping[int, int | None]) -> None:
        before = self.lists.get(term)
        postings = {posting >> SCORE_BITS: posting for posting in self._decode(term, before)}
        postings = {unit: posting for unit, posting in postings.items() if unit not in units}
        postings |= {unit: posting for unit, posting in units.items() if posting is not None}
        ordered = sorted(postings.values())
        self.full.pop(term, None)
        self._changed.add(term)
        if before is not None:
            self._weigh(term, before, -1)
        if not ordered:
            terms.remove(term)
            del self.lists[term]
            self._left.add(term)
            return
        if before is None:
            terms.insert(bisect_left(terms, term), term)
            self._come.add(term)
        text = posting_text(term, ordered)
        if text.startswith(CUT):
            self.full[term] = encode_postings(ordered)
        self._weigh(term, text, 1)
        self.lists[term] = text

    def _weigh(self, term: str, text: str, sign: int) -> None:
        """Add the bytes of a term to those of its kind, or take them off."""
        if is_cjk(term):
            self.characters_size += sign * term_size(term, text)
        else:
            self.words += sign * term_size(term, text)
            self.typos_size += sign * typo_size(term, text)

    def _decode(self, term: str, text: str | None) -> list[int]:
        whole = self.full.get(term, text)
        return decode_postings(whole, self._store.manifest.unit_count) if whole else []

    def terms_of(self, number: int) -> list[str]:
        """The terms of one range in order, as they are now."""
        if number not in self._terms:
            start = self._store.manifest.terms.start
            shards = range(start[number], start[number + 1])
            self._store.load_terms(shards)
            self._terms[number] = list(chain.from_iterable(self._store.vocabulary.shards[shard] for shard in shards))
        return self._terms[number]

    def _hashed_terms(self, number: int) -> list[str]:
        """The terms of one shard of characters in order, as they are now."""
        if number not in self._hashed:
            shard = len(self._store.manifest.terms.begins) + number
            self._store.load_terms([shard])
            self._hashed[number] = list(self._store.vocabulary.shards[shard])
        return self._hashed[number]

    def keeps_hashes(self) -> bool:
        """Whether there are still as many shards of characters, and of words by their endings."""
        ranges, typos = self._store.manifest.terms, self._store.manifest.shards["typos"]
        found = character_shard_count(self.characters_size), typo_shard_count(self.typos_size)
        return found == (ranges.characters, len(typos))

    def character_shards(self) -> Iterator[Shard]:
        """Those of characters, by their numbers among all shards of terms, or their new contents."""
        first = len(self._store.manifest.terms.begins)
        for number in range(self._store.manifest.terms.characters):
            terms = self._hashed.get(number)
            yield first + number if terms is None else to_json(term_content(terms, self.lists))

    def typo_shards(self) -> list[Shard]:
        """Those of words by their endings."""
        names = self._store.manifest.shards["typos"]
        shards: list[Shard] = list(range(len(names)))
        words = list(filter(is_correctable, self._changed))
        for number in {place for word in words for place in typo_places(word, len(names))}:
            old = dict(zip(*read_terms(json.loads(self._store.read(names[number]))), strict=True))
            new = {word: text for word, text in old.items() if word not in self._left}
            here = [word for word in words if word not in self._left and number in typo_places(word, len(names))]
            new |= {word: typo_list(self.lists[word]) for word in here}
            shards[number] = to_json(term_content(sorted(new), new))
        return shards

    def recut(self, limits: tuple[int, int]) -> Recut:
        """What cuts it anew."""
        return Recut(ranges=self._store.manifest.terms, terms_of=self.terms_of, sizes=_Sizes(self.lists), limits=limits)

    def count(self, wanted: Callable[[str], bool]) -> int:
        """How many more terms of a kind there are than before."""
        return sum(map(wanted, self._come)) - sum(map(wanted, self._left))

    @property
    def words_differ(self) -> bool:
        return any(map(is_correctable, self._come | self._left))

    @property
    def characters_differ(self) -> bool:
        return any(len(term) == 1 and is_han(term) for term in self._come | self._left)

    def characters(self, before: str) -> set[str]:
        """The characters of Han that are terms, as far as they matter to the table."""
        return (set(before) - self._left) | {term for term in self._come if len(term) == 1}


class _Sizes(dict[str, int]):
    """Bytes of terms in a shard, computed when they are asked for."""

    def __init__(self, lists: Mapping[str, str]) -> None:
        super().__init__()
        self._lists = lists

    def __missing__(self, term: str) -> int:
        self[term] = size = term_size(term, self._lists[term])
        return size


def _word_shards(store: Store, spans: Sequence[Span], lists: Mapping[str, str]) -> list[Shard]:
    start = store.manifest.terms.start
    shards: list[Shard] = []
    at = 0
    for span in spans:
        shards += range(start[at], start[span.first])
        shards += [to_json(term_content(shard, lists)) for one in span.ranges for shard in one]
        at = span.end
    return [*shards, *range(start[at], start[-1])]


def _beginnings(store: Store, spans: Sequence[Span], vocabulary: _Vocabulary) -> tuple[str | None, str]:
    """`terms` and `parts` of the manifest: where each shard of words begins, and how many each range has."""
    old = store.manifest.terms
    begins: list[str] = []
    parts: list[int] = []
    ends = {span.first: span for span in spans}
    number, last = 0, ""
    while number < len(old.start) - 1:
        span = ends.get(number)
        if span is None:
            shards = list(old.begins[old.start[number] : old.start[number + 1]])
            begins += shards
            parts.append(len(shards))
            if last:
                # The term before its first one may be another.
                begins[-len(shards)] = _after(last, [vocabulary.terms_of(number)[:1]])[0]
            number, last = number + 1, ""
            continue
        if not last and number:
            last = vocabulary.terms_of(number - 1)[-1]
        shards_now = [shard for one in span.ranges for shard in one]
        begins += _after(last, shards_now)
        parts += [len(one) for one in span.ranges]
        number, last = span.end, shards_now[-1][-1]
    return lines_of(delta_coded(begins)), "".join(map(encode_number, parts))


def _after(last: str, shards: Sequence[Sequence[str]]) -> list[str]:
    """Where these shards begin, behind the term `last`."""
    return separators([[last], *shards])[1:] if last else separators(shards)


class _Files:
    """Which files are new and which are gone, against those that the store reads."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.new: dict[str, bytes] = {}
        self.gone: set[str] = set()
        self.growth = 0

    def has(self, name: str) -> bool:
        """Whether there was such a file."""
        try:
            self.store.read(name)
        except (KeyError, FileNotFoundError):
            return False
        return True

    def put(self, name: str, data: bytes) -> None:
        """A file of a name that stays; its content may be another."""
        before = self.store.read(name)
        if data != before:
            self.new[name] = data
            self.growth += len(data) - len(before)

    def add(self, name: str, data: bytes) -> None:
        self.new[name] = data
        self.growth += len(data)

    def drop(self, name: str) -> None:
        self.gone.add(name)
        self.growth -= len(self.store.read(name))

    def name(self, kinds: Mapping[str, Sequence[Shard]], share_before: int) -> tuple[int, dict[str, str]]:
        """Name all shards by the digests of their neighbourhoods; `share` and `digests` of the manifest."""
        share = digest_share(kinds)
        digests = {
            kind: "".join(self._name_kind(kind, list(shards), share, share_before)) for kind, shards in kinds.items()
        }
        return share, digests

    def _name_kind(self, kind: str, shards: list[Shard], share: int, share_before: int) -> Iterator[str]:
        before = self.store.manifest.shards[kind]
        after: dict[str, Shard] = {}
        for start in range(0, len(shards), share):
            group = shards[start : start + share]
            stays = share == share_before and group == list(range(start, min(start + share, len(before))))
            digest = _digest_in(before[start]) if stays else digest_of([self._content(kind, one) for one in group])
            yield digest
            after |= {f"{kind}/{start + n}-{digest}.json": one for n, one in enumerate(group)}
        for number, name in enumerate(before):
            if name not in after:
                self.drop(name)
            elif after[name] != number:
                self.put(name, self._content(kind, after[name]))
        for name in after.keys() - set(before):
            self.add(name, self._content(kind, after[name]))

    def _content(self, kind: str, shard: Shard) -> bytes:
        return shard if isinstance(shard, bytes) else self.store.read(self.store.manifest.shards[kind][shard])


def _digest_in(name: str) -> str:
    return name.rpartition(".")[0].partition("-")[2]


def _excerpts(files: _Files, shared: Mapping[str, int], changes: Sequence[Change]) -> dict[str, int]:
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


def _title_shards(files: _Files, ledger: Ledger, changes: Sequence[Change]) -> list[Shard]:
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
