"""Words that the index does not have → words that it has and that are nearly the same. client/fuzzy.js is its twin.

An error leaves the first or the last half of a word whole, so the candidates are the words that begin like it (they are
in a range of the vocabulary that is mostly here already) and, unless one of these has a single error, those that end like
it and are at most one letter longer or shorter.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

# Letters; shorter words have too many neighbours.
SHORTEST = 4
# From this length on two errors are forgiven.
TWO_ERRORS = 8
# Nearest words that are taken for what was meant.
MOST = 8


def is_correctable(word: str) -> bool:
    """Whether a word of the query may be taken for a misspelt one."""
    return len(word) >= SHORTEST and not any(character in "0123456789" for character in word)


def halves(word: str) -> tuple[str, str]:
    """A beginning and an ending of which one is whole if the word has one error; a swap in the middle included."""
    middle = len(word) // 2
    return word[:middle], word[-max(2, len(word) - middle - 1) :]


def typo_key(word: str) -> str:
    """Under which a misspelt word looks for those that end like it."""
    return f"{len(word)}{halves(word)[1]}"


def typo_keys(word: str) -> list[str]:
    """Under which a word is found by misspelt ones, shorter, as long and longer by one."""
    lengths = range(max(SHORTEST, len(word) - 1), len(word) + 2)
    return [f"{length}{word[-max(2, length - length // 2 - 1) :]}" for length in lengths]


def nearest(word: str, candidates: Iterable[str]) -> list[str]:
    """The candidates with the fewest errors, at most `MOST`, in order of the alphabet."""
    allowed = 2 if len(word) >= TWO_ERRORS else 1
    found: list[str] = []
    for candidate in sorted(set(candidates)):
        errors = distance(word, candidate, allowed)
        if errors < allowed:
            allowed, found = errors, [candidate]
        elif errors == allowed:
            found.append(candidate)
    return found[:MOST]


def are_near(word: str, near: Sequence[str]) -> bool:
    """Whether words that `nearest` found have a single error: then no other word can be nearer."""
    return bool(near) and distance(word, near[0], 1) == 1


def distance(one: str, other: str, limit: int) -> int:
    """Insertions, deletions, changes and swaps of neighbours (optimal string alignment); `limit` + 1 for more."""
    if abs(len(one) - len(other)) > limit:
        return limit + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        two_before, before, row = before, row, [i]
        for j, b in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, two_before[j - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return limit + 1
    return min(row[-1], limit + 1)
