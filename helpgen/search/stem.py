"""English stems by Porter's algorithm (M. F. Porter, "An algorithm for suffix stripping", Program 14(3), 1980).

The index holds surface words; stems are only compared, at query time. client/stem.js is the same, step for step;
both take their suffixes from the paper's tables. Words must be a-z only; shorter than three letters stay.
"""

from __future__ import annotations

import re
from collections.abc import Collection

# Letters of an ending at most, and of what has to be left of a word without it.
LONGEST_ENDING = 6
SHORTEST_STEM = 3

_CONSONANT = "[^aeiou]"
_VOWEL = "[aeiouy]"
_C = _CONSONANT + "[^aeiouy]*"
_V = _VOWEL + "[aeiou]*"
# m, the number of vowel-consonant sequences, is > 0, = 1, > 1 in what is left without the suffix.
_M_GT_0 = re.compile(f"^({_C})?{_V}{_C}")
_M_EQ_1 = re.compile(f"^({_C})?{_V}{_C}({_V})?$")
_M_GT_1 = re.compile(f"^({_C})?{_V}{_C}{_V}{_C}")
_HAS_VOWEL = re.compile(f"^({_C})?{_VOWEL}")
# A short syllable at the end: consonant, vowel, consonant that is not w, x or y.
_CVC = re.compile(f"^{_C}{_VOWEL}[^aeiouwxy]$")
_DOUBLE = re.compile(r"([^aeiouylsz])\1$")
_ENGLISH = re.compile("[a-z]{3,}")


def _table(text: str) -> tuple[tuple[str, str], ...]:
    """Pairs of a suffix and what stands for it."""
    return tuple((suffix, other) for suffix, _, other in (pair.partition(" ") for pair in text.split(",")))


_STEP_2 = _table(
    "ational ate,tional tion,enci ence,anci ance,izer ize,bli ble,alli al,entli ent,eli e,ousli ous,ization ize,"
    "ation ate,ator ate,alism al,iveness ive,fulness ful,ousness ous,aliti al,iviti ive,biliti ble,logi log"
)
_STEP_3 = _table("icate ic,ative ,alize al,iciti ic,ical ic,ful ,ness ")
# fmt: off
_STEP_4 = (
    "ement", "ance", "ence", "able", "ible", "ment", "ant", "ent", "ism", "ate", "iti", "ous", "ive", "ize", "al", "er",
    "ic", "ou",
)
# fmt: on


def stem(word: str) -> str:
    """The stem of an English word; any other word is its own."""
    if not _ENGLISH.fullmatch(word):
        return word
    # y at the beginning and after a vowel is a consonant: hide it from the vowel class.
    marked = re.sub("(^|[aeiou])y", r"\1Y", word)
    return _step_5(_step_4(_replace(_replace(_step_1c(_step_1ab(marked)), _STEP_2), _STEP_3))).lower()


def stem_of(word: str, english: bool, endings: Collection[str]) -> str:
    """The stem of a word by the manifest's knowledge of its language: Porter's for English, else without its longest ending."""
    if english and _ENGLISH.fullmatch(word):
        return stem(word)
    for length in range(min(LONGEST_ENDING, len(word) - SHORTEST_STEM), 0, -1):
        if word[-length:] in endings:
            return word[:-length]
    return word


def _step_1ab(word: str) -> str:
    if word.endswith(("sses", "ies")):
        word = word[:-2]
    elif word.endswith("s") and not word.endswith("ss"):
        word = word[:-1]
    if word.endswith("eed"):
        return word[:-1] if _M_GT_0.match(word[:-3]) else word
    ending = next((e for e in ("ed", "ing") if word.endswith(e)), "")
    if not ending or not _HAS_VOWEL.match(word[: -len(ending)]):
        return word
    word = word[: -len(ending)]
    if word.endswith(("at", "bl", "iz")):
        return word + "e"
    if _DOUBLE.search(word):
        return word[:-1]
    return word + "e" if _CVC.match(word) else word


def _step_1c(word: str) -> str:
    return word[:-1] + "i" if word.endswith("y") and _HAS_VOWEL.match(word[:-1]) else word


def _replace(word: str, table: tuple[tuple[str, str], ...]) -> str:
    for suffix, other in table:
        if word.endswith(suffix):
            rest = word[: -len(suffix)]
            return rest + other if _M_GT_0.match(rest) else word
    return word


def _step_4(word: str) -> str:
    if word.endswith(("sion", "tion")):
        return word[:-3] if _M_GT_1.match(word[:-3]) else word
    for suffix in _STEP_4:
        if word.endswith(suffix):
            rest = word[: -len(suffix)]
            return rest if _M_GT_1.match(rest) else word
    return word


def _step_5(word: str) -> str:
    if word.endswith("e"):
        rest = word[:-1]
        if _M_GT_1.match(rest) or (_M_EQ_1.match(rest) and not _CVC.match(rest)):
            word = rest
    return word[:-1] if word.endswith("ll") and _M_GT_1.match(word) else word
