"""Canaries: queries that an index must answer, made of its own documents. Pure; whoever has the index asks them.

1. `sample_documents`: which articles a sample is about, the same for the same site.
2. `plan_canaries`: for every article its title whole, halved, with one typo and in pinyin, its recorded questions, and each
   pair of characters or word that few titles share. Each text once, whoever gave it.
3. `take_sample`: a choice of these that is the same for the same site, even over the kinds.
4. `with_claimants`: who else may fairly come first. An article whose title or question has the same words answers as well,
   so it is left out of account; half a title or a word that many titles have asks for none of them, and is dropped.
5. `is_found`: whether fewer than `FIRST` others that may not come first stand before an article.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain, islice, pairwise, zip_longest
from typing import Literal

from helpgen.search import fuzzy
from helpgen.search.analysis import Token, character_terms, is_cjk, is_han, normalise, pair_terms, tokens, word_terms
from helpgen.search.document import SearchDocument
from helpgen.search.language import QUESTION_WORDS, READINGS, SIMPLIFIED, STOP_WORDS
from helpgen.search.stem import stem

Kind = Literal["title", "half", "typo", "pinyin", "question", "words"]

# Hits among which an article must be for its own question.
FIRST = 3
# Titles that may share a word or half a title for it to be a question for each of them.
SHARED = 3
# Sections that have a word; from here on it is a word of the site and not of one article.
COMMON = 20
# Hits that are asked for at most: as many as the engine ranks again by title.
ASKED = 10
# Letters of the words that are misspelt; one error in a shorter word often makes another word.
TYPO_LETTERS = 5
# Characters of Han; with one of fewer wrong, too little of a title is left.
TYPO_CHARACTERS = 3
# Letters of pinyin that somebody types without a space.
PINYIN_LETTERS = 40
_LITTLE = frozenset((*STOP_WORDS, *QUESTION_WORDS))
# The same words of several characters, longest first.
_LONG = sorted((word for word in _LITTLE if len(word) > 1 and is_cjk(word)), key=lambda word: (-len(word), word))
_ASKING = re.compile("|".join(_LONG))
# Every run of characters within one of them.
_PARTS = frozenset(word[start:end] for word in _LITTLE for end in range(len(word) + 1) for start in range(end))
_ASKING_APART = re.compile("|".join(map(" ".join, _LONG)))

# The first syllable of a character's readings → the characters that have it.
_SOUNDING: dict[tuple[str, ...], list[str]] = {}
for _character, _readings in READINGS.items():
    _SOUNDING.setdefault(_readings[:1], []).append(_character)


@dataclass(frozen=True, slots=True, kw_only=True)
class Canary:
    """A query and the keys of the articles that gave it, each of which must be found by it.

    `pieces` are the texts that it is made of; an article whose title or questions have all of them is one of the `claimants`.
    `limit` hits are asked for: room for all of these and `FIRST` others.
    """

    query: str
    kind: Kind
    own: tuple[str, ...]
    pieces: tuple[str, ...]
    claimants: tuple[str, ...] = ()

    @property
    def limit(self) -> int:
        return min(ASKED, FIRST + len(self.claimants))


def sample_documents(documents: Iterable[SearchDocument], count: int) -> list[SearchDocument]:
    """At most `count` articles, chosen by the digests of their keys."""
    return sorted(documents, key=lambda document: _digest(document.key))[:count]


def plan_canaries(
    documents: Sequence[SearchDocument], locale: str, about: Iterable[SearchDocument] | None = None
) -> list[Canary]:
    """The canaries of one index: of all its articles, or only of those that they are to be `about`.

    Articles of another language are proven in the index of their own.
    """
    shared: Counter[str] = Counter()
    for document in documents:
        shared.update({term for text in _titles(document) for term in _pieces_of(text)})
    found: dict[str, Canary] = {}
    for document in documents if about is None else about:
        if document.locale != locale:
            continue
        for canary in chain(_of_title(document, shared), _of_questions(document)):
            same = " ".join(_singles(canary.query))
            before = found.get(same)
            if before is None:
                found[same] = canary
            elif document.key not in before.own:
                found[same] = replace(before, own=(*before.own, document.key))
    return [canary for same, canary in found.items() if same]


def take_sample(canaries: Iterable[Canary], count: int) -> list[Canary]:
    """At most `count`, chosen by their digests, the kinds in turn, so that the first of them are a sample too."""
    kinds: dict[Kind, list[Canary]] = {}
    for canary in sorted(canaries, key=lambda canary: _digest(canary.query)):
        kinds.setdefault(canary.kind, []).append(canary)
    turns = chain.from_iterable(zip_longest(*(kinds[kind] for kind in sorted(kinds))))
    return [canary for canary in turns if canary is not None][:count]


def with_claimants(canaries: Iterable[Canary], documents: Sequence[SearchDocument]) -> list[Canary]:
    """The canaries that are fair, with their claimants."""
    stems = _Stems()
    titles = {document.key: [_phrase(text, stems) for text in _titles(document)] for document in documents}
    claims = {d.key: "|".join((*titles[d.key], *(_phrase(text, stems) for text in d.questions))) for d in documents}
    where: dict[str, set[str]] = {}
    for key, claim in claims.items():
        for term in set(claim.replace("|", " ").split()):
            where.setdefault(term, set()).add(key)
    fair: list[Canary] = []
    for canary in canaries:
        pieces = [_phrase(piece, stems) for piece in canary.pieces]
        needed = {term for piece in pieces for term in piece.split()}
        candidates = set.intersection(*(where.get(term, set()) for term in needed)) if needed else set()
        claimants = {key for key in candidates if all(piece in claims[key] for piece in pieces)}
        # Whose title has all that these words say, in any order, may come first too.
        said = {term for piece in pieces for term in _said(piece)} or needed
        held = set.intersection(*(where.get(term, set()) for term in said)) if said else set()
        holders = {key for key in held if any(said <= set(title.split()) for title in titles[key])}
        if canary.kind in ("half", "words", "typo") and len(holders) > SHARED:
            continue
        claimants |= holders
        fair.append(replace(canary, claimants=tuple(sorted(claimants))))
    return fair


def is_common(canary: Canary, documents: Iterable[SearchDocument]) -> bool:
    """Whether a word of a title is so common in the texts that no article can be expected to come first for it.

    Asked only of canaries that failed, because it reads every text.
    """
    if canary.kind != "words":
        return False
    texts = (normalise(f"{s.heading} {s.text}", SIMPLIFIED) for d in documents for s in d.sections)
    return sum(1 for _ in islice((text for text in texts if canary.query in text), COMMON)) == COMMON


def is_found(key: str, canary: Canary, hits: Sequence[str]) -> bool:
    """Whether one of the canary's own articles comes first enough in the keys of its hits."""
    place = hits.index(key) if key in hits else len(hits)
    others = sum(1 for hit in hits[:place] if hit not in canary.claimants)
    return others < FIRST and (key in hits or len(hits) >= canary.limit)


def _of_title(document: SearchDocument, shared: Counter[str]) -> Iterator[Canary]:
    title = document.title
    normal = normalise(title, SIMPLIFIED)
    found = tokens(normal)
    chinese = document.locale.lower().startswith("zh")
    yield _canary(title, "title", document)
    if chinese and (sounds := _pinyin(normal, found, _digest(title))):
        yield _canary(sounds, "pinyin", document, title)
    wrong = _misspelt(normal, found, _digest(title), chinese, shared)
    if wrong is not None:
        yield _canary(wrong[0], "typo", document, *wrong[1])
    if document.boost < 1:
        # Its author has put it behind the others; only who knows its title finds it first.
        return
    half = _half(normal, found)
    if half:
        yield _canary(half, "half", document)
    for piece in dict.fromkeys(_pieces_of(title)):
        if shared[piece] <= SHARED and not _says_little(piece):
            yield _canary(piece, "words", document)


def _of_questions(document: SearchDocument) -> Iterator[Canary]:
    return (_canary(question, "question", document) for question in document.questions)


def _canary(query: str, kind: Kind, document: SearchDocument, *texts: str) -> Canary:
    return Canary(query=query, kind=kind, own=(document.key,), pieces=texts or (query,))


def _titles(document: SearchDocument) -> list[str]:
    """What stands above a text of its own: the title, and in a FAQ each question."""
    faq = document.kind == "faq"
    return [document.title, *(section.heading for section in document.sections if faq and section.anchor)]


class _Stems(dict[str, str]):
    """Stems by word, each found once: the same words come in title after title."""

    def __missing__(self, word: str) -> str:
        self[word] = found = stem(word)
        return found


def _phrase(text: str, stems: _Stems) -> str:
    """The characters and stems of a text with a space around each, so that one text is in another or is not."""
    return f" {' '.join(stems[term] for term in _singles(text))} "


def _singles(text: str) -> list[str]:
    """The words and characters of a text in order, without pairs of characters."""
    words, characters, _pairs = _cut(text)
    return [*words, *characters]


# Every title is cut for what it shares with others, again for who may come first, and again for its own questions.
@lru_cache(maxsize=1 << 15)
def _cut(text: str) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """The words of a text, its characters, and its pairs of characters."""
    normal = normalise(text, SIMPLIFIED)
    return tuple(word_terms(normal)), tuple(character_terms(normal)), tuple(pair_terms(normal))


def _said(phrase: str) -> list[str]:
    """The terms of a phrase that are not part of the asking."""
    return [term for term in _ASKING_APART.sub("", phrase).split() if term not in _LITTLE]


def _pieces_of(title: str) -> list[str]:
    """The pairs of characters and the words of a title."""
    words, _characters, pairs = _cut(title)
    return [*words, *pairs]


def _says_little(piece: str) -> bool:
    """Part of the asking, not of what is asked; a lone letter or digit is no question either."""
    if not is_cjk(piece):
        return piece in _LITTLE or len(piece) < 2
    return piece in _PARTS or all(c in _LITTLE for c in piece)


def _half(normal: str, found: Sequence[Token]) -> str:
    """The first half of a title, the larger one; "" if it says nothing."""
    singles = [token for token in found if not (is_cjk(token.text) and len(token.text) == 2)]
    half = singles[: (len(singles) + 1) // 2]
    if len(singles) < 2 or (len(half) < 2 and is_cjk(half[0].text)):
        return ""
    text = normal[half[0].start : half[-1].end]
    return text if any(term not in _LITTLE for term in _singles(_ASKING.sub(" ", text))) else ""


def _misspelt(
    normal: str, found: Sequence[Token], seed: int, chinese: bool, known: Collection[str]
) -> tuple[str, tuple[str, ...]] | None:
    """A title with one typo, and what is left of it: a swap of two letters, or a character that sounds the same."""
    words = [t for t in found if not is_cjk(t.text) and len(t.text) >= TYPO_LETTERS and fuzzy.is_correctable(t.text)]
    words = [t for t in words if t.text not in _LITTLE and t.text == normal[t.start : t.end]]
    asking = {place for match in _ASKING.finditer(normal) for place in range(match.start(), match.end())}
    characters = [t for t in found if chinese and len(t.text) == 1 and is_han(t.text)]
    characters = [t for t in characters if t.text not in _LITTLE and t.start not in asking]
    place: Token | None = None
    other = ""
    if len(characters) >= TYPO_CHARACTERS:
        place = characters[seed % len(characters)]
        other = _homophone(place.text, seed)
    elif words:
        place = words[seed % len(words)]
        other = _swapped(place.text, seed)
    if place is None or not other or other in known:
        return None
    before, after = normal[: place.start], normal[place.end :]
    left = tuple(text for text in (before, after) if _singles(text))
    return f"{before}{other}{after}", left or (place.text,)


def _swapped(word: str, seed: int) -> str:
    """A word with two neighbouring letters of its inside swapped; "" if all of them are the same."""
    places = [n for n in range(1, len(word) - 2) if word[n] != word[n + 1]]
    if not places:
        return ""
    at = places[seed // 7 % len(places)]
    return f"{word[:at]}{word[at + 1]}{word[at]}{word[at + 2 :]}"


def _homophone(character: str, seed: int) -> str:
    """Another character that an input method offers for the same syllable; "" if there is none."""
    sounds = READINGS.get(character, ())[:1]
    others = [other for other in _SOUNDING.get(sounds, ()) if other != character]
    return others[seed // 7 % len(others)] if others else ""


def _pinyin(normal: str, found: Sequence[Token], seed: int) -> str:
    """A title as typed without an input method: syllables apart or, if they are few, together; "" if it has no Han."""
    pieces: list[str] = []
    end = -1
    for token in found:
        if is_cjk(token.text) and len(token.text) == 2:
            continue
        if not is_han(token.text):
            pieces.append(normal[token.start : token.end])
            end = -1
            continue
        readings = READINGS.get(token.text)
        if not readings:
            return ""
        together = seed % 2 and token.start == end and len(pieces[-1]) + len(readings[0]) <= PINYIN_LETTERS
        pieces[-1:] = [pieces[-1] + readings[0]] if together else [*pieces[-1:], readings[0]]
        end = token.end
    han = any(is_han(one) and is_han(other) for one, other in pairwise(normal))
    return " ".join(pieces) if han else ""


def _digest(text: str) -> int:
    """A number that is the same for the same text on every machine."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:6], "big")
