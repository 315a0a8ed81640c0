"""The ranking said once more, as plainly as it can be: no shards, no postings, no quantised text, one document after another.

It reads documents and a query and gives (key, score) for the best. Misspelt words and pinyin are not its business.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from helpgen.search import SearchDocument, highlight
from helpgen.search import query as query_module
from helpgen.search.analysis import is_cjk, normalise, terms, tokens, triples, word_pairs
from helpgen.search.constants import BUILD, RANK
from helpgen.search.language import QUESTION_WORDS, SIMPLIFIED, STOP_WORDS, TALK_WORDS
from helpgen.search.query import QueryTerm
from helpgen.search.rank import Weighted
from helpgen.search.stem import stem

Bag = list[str]
# Documents that are ranked again by what stands together.
NEAREST = 6
# A term, its own weight, and what stands for it in the index, in hundredths.
Group = tuple[str, float, dict[str, int]]


def best(documents: Sequence[SearchDocument], query: str) -> list[tuple[str, float]]:
    """The ten best (key, score), both rerankings included. Documents must be short articles, in order of key."""
    bags = [_fields(document) for document in documents]
    impacts = [_impacts(bags, number, documents[number].boost) for number in range(len(bags))]
    vocabulary = sorted({term for impact in impacts for term in impact})
    asked = _asked(query)
    groups = [(term, weight, _variants(term, vocabulary, query)) for term, weight in asked]
    weights = [_weight(weight, variants, impacts) for _, weight, variants in groups]
    question = _is_question(query)
    whole = sum(w for (t, _, v), w in zip(groups, weights, strict=True) if not _is_phrase(t) and _matched(v, impacts))
    scores: list[tuple[float, int]] = []
    for number, impact in enumerate(impacts):
        total = mass = 0
        for (term, _, variants), weight in zip(groups, weights, strict=True):
            value = max((percent * impact.get(variant, 0) for variant, percent in variants.items()), default=0)
            total += weight * value
            mass += weight if value and not _is_phrase(term) else 0
        if total:
            power = RANK.coordination_question if question else RANK.coordination_keywords
            scores.append((total / 1_500_000 * (mass / whole) ** power, number))
    top = sorted(scores, key=lambda entry: (-entry[0], entry[1]))[:10]
    titled = [(n, score * _best_factor(documents[n], groups, question)) for score, n in top]
    titled.sort(key=lambda entry: -entry[1])
    near = [(n, score * _near_factor(documents[n], groups, weights, question)) for n, score in titled[:NEAREST]]
    near.sort(key=lambda entry: -entry[1])
    return [(documents[n].key, score) for n, score in (*near, *titled[NEAREST:])]


def _fields(document: SearchDocument) -> list[Bag]:
    texts = (
        document.title,
        "\n".join(section.heading for section in document.sections),
        "\n".join(document.questions),
        "\n".join(document.keywords),
        "\n".join(section.text for section in document.sections),
        "\n".join(document.path),
    )
    bags: list[Bag] = []
    for number, text in enumerate(texts):
        bag = terms(normalise(text, SIMPLIFIED))
        if number < 4:
            for line in text.split("\n"):
                found = tokens(normalise(line, SIMPLIFIED))
                bag += word_pairs(found, STOP_WORDS) + triples(found)
        bags.append(bag)
    return bags


def _impacts(bags: Sequence[Sequence[Bag]], number: int, boost: float) -> dict[str, int]:
    """Robertson and Zaragoza, "The Probabilistic Relevance Framework", equation 3.19, without the idf, in 15 steps."""
    impacts: dict[str, int] = {}
    for term in {term for bag in bags[number] for term in bag}:
        frequency = 0.0
        for field, bag in enumerate(bags[number]):
            lengths = [sum(1 for other in fields[field] if not _is_phrase(other)) for fields in bags]
            # Two digits: with more, an edit of one text would change the scores of all others.
            average = float(f"{sum(lengths) / max(1, sum(1 for length in lengths if length)):.2g}")
            norm = BUILD.length_norms[field]
            if bag:
                frequency += BUILD.weights[field] * bag.count(term) / (1 - norm + norm * lengths[number] / average)
        step = boost * 15 * frequency / (BUILD.k1 + frequency)
        impacts[term] = min(15, max(1, math.floor(step + 0.5)))
    return impacts


def _asked(query: str) -> list[tuple[str, float]]:
    """The terms of the query with their weights, without those of the index's idf."""
    found = tokens(normalise(query, SIMPLIFIED))
    covered: set[int] = set()
    normal = {token.position: token.text for token in found if len(token.text) == 1 or not is_cjk(token.text)}
    for position in normal:
        for length in (1, 2, 3):
            span = [normal.get(position + n, "?") for n in range(length)]
            whole = "".join(span)
            little = {*STOP_WORDS, *TALK_WORDS} if _is_question(query) else STOP_WORDS
            if whole in little and (length == 1 or all(is_cjk(part) for part in span)):
                covered |= set(range(position, position + length))
    asked: dict[str, float] = {}
    unigram = RANK.unigram_question if _is_question(query) else RANK.unigram_keywords
    for token in found:
        places = range(token.position, token.position + (len(token.text) if is_cjk(token.text) else 1))
        little_weight = RANK.stop if _is_question(query) else RANK.stop_keywords
        weight = little_weight if all(place in covered for place in places) else 1.0
        asked.setdefault(token.text, weight * (unigram if is_cjk(token.text) and len(token.text) == 1 else 1.0))
    for pair in word_pairs(found, STOP_WORDS)[:6]:
        asked[pair] = RANK.word_pair
    for triple in () if _is_question(query) else triples(found):
        asked[triple] = RANK.triple
    return list(asked.items())


def _is_phrase(term: str) -> bool:
    return term[0] == " " or (is_cjk(term) and len(term) == 3)


def _variants(term: str, vocabulary: Sequence[str], query: str) -> dict[str, int]:
    last = tokens(normalise(query, SIMPLIFIED))[-1].text
    stop = term in STOP_WORDS or (_is_question(query) and term in TALK_WORDS)
    typing = not query.endswith(" ") and not is_cjk(last) and term.split(" ")[-1] == last
    own = RANK.prefix_percent if typing and stop else 100
    variants = {term: own} if term in vocabulary else {}
    for other in vocabulary:
        if other == term or is_cjk(term) or is_cjk(other):
            continue
        if term[0] != " " and stem(other) == stem(term):
            variants[other] = RANK.stem_percent
        elif typing and other.startswith(term):
            variants[other] = RANK.prefix_percent
    return variants


def _matched(variants: dict[str, int], impacts: Sequence[dict[str, int]]) -> int:
    return sum(1 for impact in impacts if any(variant in impact for variant in variants))


def _weight(weight: float, variants: dict[str, int], impacts: Sequence[dict[str, int]]) -> int:
    matched = _matched(variants, impacts)
    idf = math.log(1 + (len(impacts) - matched + 0.5) / (matched + 0.5))
    return math.floor(1000 * weight * math.pow(idf, RANK.idf_power) + 0.5)


def _is_question(query: str) -> bool:
    found = tokens(normalise(query, SIMPLIFIED))
    return (
        "?" in normalise(query)
        or any(token.text in QUESTION_WORDS for token in found)
        or sum(2 - is_cjk(t.text) for t in found if len(t.text) == 1 or not is_cjk(t.text)) >= RANK.question_length
        or any(is_cjk(word) and word in normalise(query, SIMPLIFIED) for word in QUESTION_WORDS)
    )


def _best_factor(
    document: SearchDocument, groups: Sequence[tuple[str, float, dict[str, int]]], question: bool
) -> float:
    """That of the title or recorded question that is most like the query."""
    return max(_title_factor(name, groups, question) for name in (document.title, *document.questions))


def _near_factor(document: SearchDocument, groups: Sequence[Group], weights: Sequence[int], question: bool) -> float:
    """The share of the query that stands in one name, one heading or one stretch; each term of the index counts once, for
    the first group that it stands for. Which stretch is the densest, highlight.py knows."""
    owner: dict[str, int] = {}
    for number, (term, _, variants) in enumerate(groups):
        for variant in () if _is_phrase(term) else variants:
            owner.setdefault(variant, number)
    whole = sum(weights[number] for number in set(owner.values()))

    def said(text: str) -> int:
        found = set(terms(normalise(text, SIMPLIFIED)))
        return sum(weights[number] for number in {owner[term] for term in found if term in owner})

    weighted = [_as_weighted(*one) for one in zip(groups, weights, strict=True)]
    stretches = [highlight.best_stretch_of(s.text, weighted, owner, SIMPLIFIED).mass for s in document.sections]
    texts = max([*stretches, *(said(section.heading) for section in document.sections)], default=0)
    names = max(map(said, (document.title, *document.questions)))
    share = max(names, texts * RANK.near_text) / whole if whole else 0
    return 1 + (RANK.near_question if question else RANK.near_keywords) * math.pow(share, 4)


def _as_weighted(group: Group, weight: int) -> Weighted:
    term, own, variants = group
    asked = QueryTerm(text=term, weight=own, cjk=is_cjk(term), pair=False, stop=False, unfinished=False)
    return Weighted(group=query_module.Group(term=asked, variants=variants), weight=weight, matches={})


def _title_factor(title: str, groups: Sequence[tuple[str, float, dict[str, int]]], question: bool) -> float:
    found = set(terms(normalise(title, SIMPLIFIED)))
    asked = [(term, variants) for term, _, variants in groups if not _is_phrase(term)]
    shared = sum(1 for _, variants in asked if found & set(variants))
    dice = 2 * shared / (len(asked) + len(found))
    if question:
        return 1 + RANK.title_question * dice
    return 1 + (RANK.title_characters if any(is_cjk(term) for term, _ in asked) else RANK.title_keywords) * dice
