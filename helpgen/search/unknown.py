"""Words that the index does not have: pinyin, then misspelt words, pinyin beside a word, then initials. Twin: client/unknown.js.

`resolve` takes the groups of a query and gives those to search with, what stays unknown, and what was put right.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from helpgen.search import fuzzy, pinyin
from helpgen.search.query import LAST, Group, Query, QueryTerm
from helpgen.search.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """`corrected` maps a misspelt word to the commonest of those it was taken for."""

    groups: tuple[Group, ...]
    unknown: tuple[str, ...]
    corrected: dict[str, str]


def resolve(store: Store, query: Query, groups: Sequence[Group]) -> Resolved:
    """The groups with pinyin and misspelt words resolved as far as the index has anything for them."""
    sounded, explained = _pinyin(store, query)
    put_right: list[Group] = []
    unknown: list[str] = []
    corrected: dict[str, str] = {}
    for group in groups:
        word = group.term.text
        if word in explained:
            continue
        put_right.append(group)
        if group.variants or group.phrases or group.term.evidence:
            continue
        if group.term.cjk:
            put_right[-1] = replace(group, variants=_crossed(store, query.crossed.get(word, ())))
            continue
        near = _nearest(store, word)
        if near:
            put_right[-1] = replace(group, variants=dict.fromkeys(near, store.manifest.rank.fuzzy_percent))
            corrected[word] = max(near, key=lambda other: len(store.postings(other)))
            continue
        others = _beside(store, word) or _initials(store, word)
        put_right += others
        if not others:
            unknown.append(word)
    return Resolved(groups=(*put_right, *sounded), unknown=tuple(unknown), corrected=corrected)


def _pinyin(store: Store, query: Query) -> tuple[list[Group], set[str]]:
    """Groups for the words that are pinyin, and these words as far as the index does not have them as such."""
    groups: list[Group] = []
    explained: set[str] = set()
    lists = store.vocabulary.lists
    syllables = store.manifest.syllables
    if not syllables or all(word in lists for run in query.runs for word in run):
        return groups, explained
    for number, run in enumerate(query.runs):
        words: list[str] = []
        ways: list[Sequence[pinyin.Cut]] = []
        for place, word in enumerate((*run, "")):
            unfinished = query.unfinished and number == len(query.runs) - 1 and place == len(run) - 1
            cut = pinyin.cuts(word, syllables, unfinished)
            if cut:
                words.append(word)
                ways.append(cut)
            if words and (not cut or unfinished):
                foreign = [other for other in words if other not in lists]
                found = pinyin.groups(ways, bool(cut) and unfinished) if foreign else []
                sounded = _looked_up(store, found, store.manifest.rank.pinyin)
                if sounded:
                    groups += sounded
                    explained.update(foreign)
                words, ways = [], []
    return groups, explained


def _crossed(store: Store, others: Iterable[str]) -> dict[str, int]:
    """The pairs of characters that one may be a slip for, as far as the index has them."""
    found: dict[str, int] = {}
    for other in others:
        store.load_terms(store.manifest.terms.shards_of(other, other, other))
        if other in store.vocabulary.lists:
            found[other] = store.manifest.rank.fuzzy_percent
    return found


def _beside(store: Store, word: str) -> list[Group]:
    """Groups for pinyin or initials run together with a word of the index ("xiazaiapp", "appxz"), the longest pinyin first."""
    syllables = store.manifest.syllables
    if not syllables:
        return []
    parts = pinyin.beside(word, syllables)
    for _, other in parts:
        store.load_terms(store.manifest.terms.shards_of(other, other, other))
    for found, other in parts:
        if other in store.vocabulary.lists:
            sounded = _looked_up(store, found, store.manifest.rank.pinyin)
            if sounded and all(group.variants for group in sounded):
                term = QueryTerm(text=other, weight=1.0, cjk=False, pair=False, stop=False, unfinished=False)
                return [*sounded, Group(term=term, variants={other: 100})]
    return []


def _initials(store: Store, word: str) -> list[Group]:
    """Groups for a word of initials, all of which the index must have: single letters are weak evidence."""
    if not store.manifest.syllables:
        return []
    groups = _looked_up(store, pinyin.initial_groups(word), store.manifest.rank.initials)
    return groups if all(group.variants for group in groups) else []


def _looked_up(store: Store, found: Sequence[pinyin.PinyinGroup], weight: float) -> list[Group]:
    """Groups of the index for those of the query; none at all if the index lacks more than half of them."""
    groups: list[Group] = []
    for one in found:
        variants: dict[str, int] = {}
        for term in one.terms:
            shards = store.manifest.terms.shards_of(term, term + LAST if one.unfinished else term, term)
            store.load_terms(shards)
            if term in store.vocabulary.lists:
                variants[term] = 100
            if one.unfinished:
                for other in store.terms_between(shards, term, term + LAST):
                    variants.setdefault(other, store.manifest.rank.prefix_percent)
        groups.append(Group(term=_term(one, weight), variants=variants))
    matched = sum(1 for group in groups if group.variants)
    return groups if matched * 2 >= len(groups) else []


def _term(one: pinyin.PinyinGroup, weight: float) -> QueryTerm:
    return QueryTerm(text=one.terms[0], weight=weight, cjk=False, pair=True, stop=False, unfinished=one.unfinished)


def _nearest(store: Store, word: str) -> list[str]:
    """The words of the index that a misspelt one may stand for, with their shards read."""
    if not fuzzy.is_correctable(word):
        return []
    beginning, _ = fuzzy.halves(word)
    shards = store.manifest.terms.shards_of(beginning, beginning + LAST, word)
    store.load_terms(shards)
    forwards = store.terms_between(shards, beginning, beginning + LAST)
    near = fuzzy.nearest(word, forwards)
    if not fuzzy.are_near(word, near):
        near = fuzzy.nearest(word, [*forwards, *store.load_typos(word)])
    for other in near:
        if other not in store.vocabulary.lists:
            store.load_terms(store.manifest.terms.shards_of(other, other, other))
    return near
