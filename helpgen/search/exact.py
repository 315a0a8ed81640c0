"""Whether a query says just what a title or a recorded question says, but for case, width and punctuation. Twin: client/exact.js.

Questions beyond what a row of titles may hold are known by their fingerprints, so that they are recognised all the same.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence

from helpgen.search.analysis import normalise, single_terms, tokens
from helpgen.search.codec import encode_number
from helpgen.search.language import SIMPLIFIED

# A prime; products with 31 stay far below 2^53, so that JavaScript computes them alike. Two questions look the same once
# in 16 million times.
_MODULUS = 16_777_213


def spoken(text: str, simplified: Mapping[int, str] | None) -> str:
    """The words and characters of a text, one space between them."""
    return " ".join(single_terms(tokens(normalise(text, simplified))))


def fingerprint(words: str) -> int:
    """A number that stands for what `spoken` gives."""
    value = 0
    for character in words:
        value = (value * 31 + ord(character)) % _MODULUS
    return value


def is_exact(
    query: str, names: Iterable[str], fingerprints: Container[int], simplified: Mapping[int, str] | None
) -> bool:
    """Whether one of the names, or of the questions behind the fingerprints, is the query itself."""
    asked = spoken(query, simplified)
    return fingerprint(asked) in fingerprints or any(spoken(name, simplified) == asked for name in names)


def split_questions(questions: Sequence[str], most: int) -> tuple[list[str], str]:
    """The first questions that fit in `most` bytes, and the fingerprints of all others as base64 varints."""
    kept: list[str] = []
    digits = ""
    room = most
    for question in dict.fromkeys(questions):
        room -= len(question.encode())
        if room >= 0:
            kept.append(question)
        else:
            digits += encode_number(fingerprint(spoken(question, SIMPLIFIED)))
    return kept, digits
