"""A text of the content -> the secrets in it that are real by their own arithmetic or form.

Writers copy from screens and chats. Found are only things that can be nothing else, so that no article about security raises a
false alarm:

1. Seed phrases of BIP-39, English and both Chinese lists, whose checksum holds. Those of the specification's own examples, which
   repeat their words, are none.
2. Private keys with a checksum (WIF, extended keys) or as PEM.
3. Access keys of well-known services by their prefix, unless they are plainly made up ("sk_live_xxxx").

What only its surroundings give away (a password, a code) is left to the reviewer. The guard of the reader's messages
(`support/client/guard.js`) looks for more, because there a false alarm costs less.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from typing import Final

from helpgen.content.phrase_words import CHINESE, ENGLISH
from helpgen.model.diagnostic import Diagnostic, problem
from helpgen.model.location import Location

_LENGTHS: Final = (24, 21, 18, 15, 12)
_FEWEST: Final = 12
# Examples of the specification repeat words; among twelve drawn by chance, three repetitions come once in a million.
_MOST_REPEATED: Final = 2
_AROUND_WORDS: Final = "0123456789.,;:|/()*`'\"_-"
_WORD: Final = re.compile(r"[A-Za-z]+")
_BETWEEN: Final = re.compile(r"[\s\d.,;:|/()*`'\"_-]{1,12}")
_APART: Final = re.compile("[ \t\u3000\n,，、|/·-][\u4e00-\u9fff](?=[ \t\u3000\n,，、|/·-])")
_SPACED: Final = re.compile(r"(?:[\u4e00-\u9fff][ \t\u3000\n,，、|/·-]+){11,23}[\u4e00-\u9fff](?![\u4e00-\u9fff])")
_BASE58: Final = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_LONG: Final = 51
_CHECKED: Final = re.compile(
    r"(?<![0-9A-Za-z])(?:[1-9A-HJ-NP-Za-km-z]{51,52}|[xyztuv]prv[1-9A-HJ-NP-Za-km-z]{107})(?![0-9A-Za-z])"
)
_PEM: Final = re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----\s+(?:[A-Za-z0-9+/=]{16,}\s+){2,}-----END")
_SERVICE: Final = re.compile(
    r"(?<![0-9A-Za-z])(?:[sr]k_live_[0-9A-Za-z]{16,}|sk-(?:proj-|ant-)?[A-Za-z0-9_-]{32,}|gh[pousr]_[0-9A-Za-z]{36}"
    r"|github_pat_[0-9A-Za-z_]{40,}|glpat-[0-9A-Za-z_-]{20}|xox[abprs]-[0-9A-Za-z-]{24,}|AKIA[0-9A-Z]{16}(?=\W+[0-9A-Za-z/+]{40}(?!\w)))"
)
_SIGNS: Final = ("k_live_", "sk-", "ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_", "glpat-", "xox", "AKIA")
_DISTINCT: Final = 10
_MADE_UP: Final = re.compile(r"x{4}|\.{3}|1234|abcd|example|your|test", re.IGNORECASE)


def find_secrets(text: str, path: str) -> tuple[Diagnostic, ...]:
    """The problems of one file. A message never repeats the secret: what CI prints, others read."""
    found = []
    tokens = text.split()
    for what, finder in _FINDERS:
        for start in finder(text, tokens):
            line = text.count("\n", 0, start) + 1
            first = text.rfind("\n", 0, start) + 1
            place = Location(path=path, line=line, column=start - first + 1, length=1)
            message = f"this is {what}, and whoever reads it has what it opens"
            hint = "take it out, and replace it everywhere: what stood in a file counts as known"
            found.append(problem("content/secret", place, message, hint=hint))
    return tuple(found)


def _english_phrases(text: str, tokens: list[str]) -> Iterator[int]:
    if not _may_hold_phrase(tokens):
        return
    words = [*_WORD.finditer(text)]
    at = _FEWEST - 1
    while at < len(words):
        if words[at].group().lower() not in ENGLISH:
            at += _FEWEST
            continue
        first, last = _run(text, words, at)
        yield from _phrases(
            [ENGLISH[word.group().lower()] for word in words[first : last + 1]], words[first : last + 1]
        )
        at = last + _FEWEST


def _may_hold_phrase(tokens: list[str]) -> bool:
    """Whether twelve words of the list stand in a row, with or without numbers between them.

    Such a row has one at every twelfth token, or right before it; nearly no prose gets any further.
    """

    def listed(at: int) -> bool:
        return tokens[at].strip(_AROUND_WORDS).lower() in ENGLISH

    def goes_on(at: int) -> bool:
        return listed(at) or not tokens[at].strip(_AROUND_WORDS)

    for at in range(_FEWEST - 1, len(tokens), _FEWEST):
        if listed(at) or listed(at - 1):
            first = next((i + 1 for i in range(at - 1, -1, -1) if not goes_on(i)), 0)
            last = next((i for i in range(at + 1, len(tokens)) if not goes_on(i)), len(tokens))
            if last - first >= _FEWEST and sum(map(listed, range(first, last))) >= _FEWEST:
                return True
    return False


def _run(text: str, words: list[re.Match[str]], at: int) -> tuple[int, int]:
    """The first and last word of the unbroken run of listed words round a place."""

    def joined(index: int) -> bool:
        gap = text[words[index].end() : words[index + 1].start()]
        return words[index].group().lower() in ENGLISH and bool(_BETWEEN.fullmatch(gap))

    first = last = at
    while first > 0 and words[first - 1].group().lower() in ENGLISH and joined(first - 1):
        first -= 1
    while last + 1 < len(words) and joined(last) and words[last + 1].group().lower() in ENGLISH:
        last += 1
    return first, last


def _chinese_phrases(text: str, _tokens: list[str]) -> Iterator[int]:
    if text.isascii() or len(_APART.findall(text)) < _FEWEST - 2:
        return
    for match in _SPACED.finditer(text):
        signs = [*re.finditer("[\u4e00-\u9fff]", text[match.start() : match.end()])]
        for table in CHINESE:
            numbers = [table.get(sign.group(), -1) for sign in signs]
            if -1 not in numbers and len(numbers) in _LENGTHS and _holds(numbers):
                yield match.start()
                break


def _phrases(numbers: list[int], words: list[re.Match[str]]) -> Iterator[int]:
    first = 0
    while first + _FEWEST <= len(numbers):
        length = next((n for n in _LENGTHS if first + n <= len(numbers) and _holds(numbers[first : first + n])), 0)
        if length:
            yield words[first].start()
        first += length or 1


def _holds(numbers: list[int]) -> bool:
    """The checksum of BIP-39: the last bits are the first of the hash of the others."""
    if len(numbers) - len(set(numbers)) > _MOST_REPEATED:
        return False
    bits = "".join(f"{number:011b}" for number in numbers)
    size = len(bits) // 33
    entropy = int(bits[:-size], 2).to_bytes(len(bits[:-size]) // 8, "big")
    return f"{hashlib.sha256(entropy).digest()[0]:08b}"[:size] == bits[-size:]


def _keys(text: str, tokens: list[str]) -> Iterator[int]:
    # A key has no space in it, so only what is as long as one is looked into.
    may_hold = any(_has_long_run(token) for token in tokens if len(token) >= _LONG)
    for match in _CHECKED.finditer(text) if may_hold else ():
        if _is_key(match.group()):
            yield match.start()
    for match in _PEM.finditer(text):
        if not _MADE_UP.search(match.group()):
            yield match.start()


def _has_long_run(text: str) -> bool:
    """Whether there may be a row of letters and digits as long as a key: it has one at every 51st place, and half a row beside."""
    half = _LONG // 2
    return any(
        text[at].isalnum()
        and any(row.isascii() and row.isalnum() for row in (text[at - half : at], text[at : at + half]))
        for at in range(_LONG - 1, len(text), _LONG)
    )


def _is_key(key: str) -> bool:
    """Base58 with a checksum, as long as a private key (version, 32 bytes, perhaps a mark) or an extended one."""
    number = 0
    for sign in key:
        number = number * 58 + _BASE58.index(sign)
    data = number.to_bytes((number.bit_length() + 7) // 8, "big")
    checked = hashlib.sha256(hashlib.sha256(data[:-4]).digest()).digest()[:4] == data[-4:]
    return checked and len(data) in (37, 38, 82)


def _service_keys(text: str, _tokens: list[str]) -> Iterator[int]:
    if not any(sign in text for sign in _SIGNS):
        return
    for match in _SERVICE.finditer(text):
        if len(set(match.group())) >= _DISTINCT and not _MADE_UP.search(match.group()):
            yield match.start()


# Each is given the text, and the same cut at its spaces.
_FINDERS: Final[tuple[tuple[str, Callable[[str, list[str]], Iterator[int]]], ...]] = (
    ("a seed phrase", _english_phrases),
    ("a seed phrase", _chinese_phrases),
    ("a private key", _keys),
    ("an access key of a service", _service_keys),
)
