"""A query → what to look up, and what was found in the vocabulary → groups. client/query.js is its twin.

Steps:
1. `parse_query`: the query's terms in order, each once, with a weight; and whether it is a question.
2. `families`: for each word the part of the vocabulary in which its forms lie.
3. `group_terms`: for each term of the query the terms of the index that stand for it, each with a factor in hundredths.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from helpgen.search.analysis import Token, is_cjk, normalise, single_terms, tokens, triples, word_pairs
from helpgen.search.checked import Manifest
from helpgen.search.constants import RankConstants
from helpgen.search.stem import stem_of

# Terms of a query that are looked at; the longest of 14,000 measured questions has 180.
MAX_TERMS = 200
# Pairs of words that are looked up: each may cost the browser a request.
MAX_PAIRS = 6
# After every string of the vocabulary that begins with what stands before it.
LAST = "\uffff"

# Terms that stand for a synonym.
Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class QueryTerm:
    """A term of the query.

    `pair`: two characters of Han, kana or Hangul; `stop`: part of the asking, not of what is asked; `unfinished`: the
    last word, which the reader may still be typing; `evidence`: a pair of words or a triple of characters, which only
    adds to a score.
    """

    text: str
    weight: float
    cjk: bool
    pair: bool
    stop: bool
    unfinished: bool
    evidence: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A query taken apart. `text` is what the reader typed; `runs` are the words that stand together, for pinyin;
    `unfinished` tells whether the last of them may still be typed; `crossed` maps a pair of characters to those that may be
    meant if the index does not have it; `synonyms` maps a term to the phrases, terms each, that it may stand for."""

    text: str
    runs: tuple[tuple[str, ...], ...]
    unfinished: bool
    terms: tuple[QueryTerm, ...]
    question: bool
    crossed: Mapping[str, tuple[str, ...]]
    synonyms: Mapping[str, tuple[Phrase, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A term of the query and what stands for it in the index: terms, and phrases of which all terms must be there; with
    factors in hundredths."""

    term: QueryTerm
    variants: Mapping[str, int]
    phrases: Mapping[Phrase, int] = field(default_factory=dict)

    def stands_in(self, found: Collection[str]) -> bool:
        """Whether a text with these terms has anything that the group stands for."""
        return any(variant in found for variant in self.variants) or any(
            all(term in found for term in phrase) for phrase in self.phrases
        )


def parse_query(text: str, manifest: Manifest, simplified: Mapping[int, str] | None) -> Query:
    """The terms of a query, each once, in the order of their first place."""
    normal = normalise(text, simplified)
    found = tokens(normal)[: MAX_TERMS * 2]
    last = found[-1].text if found and found[-1].end == len(normal) and not is_cjk(found[-1].text) else ""
    question = _is_question(normal, found, manifest)
    little = manifest.stop_words | manifest.talk_words if question else manifest.stop_words
    stops = _stop_positions(found, little)
    terms: dict[str, QueryTerm] = {}
    for token in found:
        if token.text not in terms and len(terms) < MAX_TERMS:
            terms[token.text] = _term(token, stops, last, question, manifest.rank)
    for pair in dict.fromkeys(word_pairs(found, manifest.stop_words)[:MAX_PAIRS]):
        terms[pair] = QueryTerm(
            text=pair,
            weight=manifest.rank.word_pair,
            cjk=False,
            pair=False,
            stop=False,
            unfinished=bool(last) and pair.endswith(f" {last}"),
            evidence=True,
        )
    # Questions are worded in too many ways for triples to be evidence.
    for triple in () if question else dict.fromkeys(triples(found)):
        terms[triple] = QueryTerm(
            text=triple, weight=manifest.rank.triple, cjk=True, pair=False, stop=False, unfinished=False, evidence=True
        )
    return Query(
        text=text,
        runs=_runs(found),
        unfinished=bool(last),
        terms=tuple(terms.values()),
        question=question,
        crossed={} if question else _crossed(found),
        synonyms=_synonyms(found, manifest),
    )


def family(term: QueryTerm, manifest: Manifest) -> tuple[str, str]:
    """The first and last string between which the forms of a term lie in the vocabulary."""
    root = term.text
    stems = (manifest.stems or bool(manifest.endings)) and not term.evidence
    if term.cjk or not (term.unfinished or stems):
        return root, root
    if stems and len(root) > 2:
        common = _stem(root, manifest)
        length = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(common, root, strict=False)))
        # "tries" and "try" share "tr", their stem is "tri".
        root = root[: max(2, length - (1 if common.endswith("i") and length == len(common) else 0))]
    return root, root + LAST


def group_terms(
    query: Query, manifest: Manifest, known: Callable[[str], bool], between: Callable[[QueryTerm], Sequence[str]]
) -> list[Group]:
    """A group for each term of the query; its variants are empty when the index has nothing for it.

    `known` tells whether a term is in the vocabulary, `between` gives the part of it that `family` asked for.
    """
    groups: list[Group] = []
    for term in query.terms:
        variants = _variants(term, manifest, known(term.text), () if term.cjk else between(term))
        phrases: dict[Phrase, int] = {}
        for phrase in query.synonyms.get(term.text, ()):
            if not all(map(known, phrase)):
                continue
            if len(phrase) == 1:
                variants[phrase[0]] = max(variants.get(phrase[0], 0), manifest.rank.synonym_percent)
            else:
                phrases[phrase] = manifest.rank.synonym_percent
        groups.append(Group(term=term, variants=variants, phrases=phrases))
    return groups


def _variants(term: QueryTerm, manifest: Manifest, known: bool, near: Iterable[str]) -> dict[str, int]:
    """The term itself, words of the same stem, and if it is unfinished the words that it begins."""
    rank = manifest.rank
    # Who has typed "im" so far rather begins a word than asks for "I'm".
    own = rank.prefix_percent if term.stop and term.unfinished else 100
    variants = {term.text: own} if known else {}
    own_stem = _stem(term.text, manifest)
    for other in near:
        if other in variants or is_cjk(other):
            continue
        if not term.evidence and _stem(other, manifest) == own_stem:
            variants[other] = rank.stem_percent
        elif term.unfinished and other.startswith(term.text):
            variants[other] = rank.prefix_percent
    return variants


def _stem(word: str, manifest: Manifest) -> str:
    return stem_of(word, manifest.stems, manifest.endings)


def _term(token: Token, stops: set[int], last: str, question: bool, rank: RankConstants) -> QueryTerm:
    cjk = is_cjk(token.text)
    length = len(token.text) if cjk else 1
    unigram, little = (rank.unigram_question, rank.stop) if question else (rank.unigram_keywords, rank.stop_keywords)
    stop = all(position in stops for position in range(token.position, token.position + length))
    return QueryTerm(
        text=token.text,
        weight=(little if stop else 1.0) * (unigram if cjk and length == 1 else 1.0),
        cjk=cjk,
        pair=cjk and length == 2,
        stop=stop,
        unfinished=token.text == last,
    )


def _runs(found: Sequence[Token]) -> tuple[tuple[str, ...], ...]:
    """Words in order, those together that no other character stands between."""
    runs: list[list[str]] = []
    before = -1
    for token in found:
        if not is_cjk(token.text):
            if not runs or token.position != before + 1:
                runs.append([])
            runs[-1].append(token.text)
            before = token.position
    return tuple(map(tuple, runs))


def _synonyms(found: Sequence[Token], manifest: Manifest) -> dict[str, tuple[Phrase, ...]]:
    """For each term of a phrase of the query that has synonyms, the terms of these: a synonym stands for every pair of the
    phrase, and only as a whole."""
    singles = single_terms(found)
    phrases: dict[str, tuple[Phrase, ...]] = {}
    present = set(singles)
    for synonym in manifest.synonyms:
        length, other = len(synonym.phrase), synonym.found
        if not present.issuperset(synonym.phrase):
            # Of hundreds hardly any is in the query.
            continue
        if not other or not any(singles[n : n + length] == synonym.phrase for n in range(len(singles) - length + 1)):
            continue
        for term in synonym.asked:
            phrases[term] = (*phrases.get(term, ()), other)
    return phrases


def _crossed(found: Iterable[Token]) -> dict[str, tuple[str, ...]]:
    """For each pair of characters what it may be a slip of the keyboard for: the two exchanged, or one too many between."""
    pairs = {token.position: token.text for token in found if is_cjk(token.text) and len(token.text) == 2}
    crossed: dict[str, tuple[str, ...]] = {}
    for position, pair in pairs.items():
        one, other = pair[0], pair[1]
        before, after = pairs.get(position - 1), pairs.get(position + 1)
        others = [other + one, *((one + after[1],) if after else ()), *((before[0] + other,) if before else ())]
        crossed[pair] = tuple(dict.fromkeys((*crossed.get(pair, ()), *others)))
    return crossed


def _stop_positions(found: Sequence[Token], stop_words: frozenset[str]) -> set[int]:
    """Positions of the query that stop words cover; in Chinese these may be several characters."""
    positions: set[int] = set()
    single = {token.position: token.text for token in found if not (is_cjk(token.text) and len(token.text) == 2)}
    for position in single:
        word = ""
        for length in range(3):
            word += single.get(position + length, "")
            if word in stop_words:
                positions.update(range(position, position + length + 1))
            if not is_cjk(word):
                break
    return positions


def _is_question(normal: str, found: Sequence[Token], manifest: Manifest) -> bool:
    """Whether the query asks, or tells at such length that it is no list of keywords.

    A question mark, a true question word (particles such as 的 and 了 would misfire), or `question_length`, which counts a
    word twice and a character once.
    """
    if "?" in normal or any(token.text in manifest.question_words for token in found):
        return True
    length = sum(1 if is_cjk(term) else 2 for term in single_terms(found))
    if length >= manifest.rank.question_length:
        return True
    return any(word in normal for word in manifest.question_words if is_cjk(word))
