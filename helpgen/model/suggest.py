""" "Did you mean": the one helper behind every suggestion."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

# Comparing a word with more candidates than this costs more than the suggestion is worth; of a longer list only those
# that begin most like the word are compared.
MANY = 24


def did_you_mean(word: str, known: Iterable[str], *, listing: bool = True) -> str:
    """A hint that names the closest known word; if none is close, the known ones if they are few and `listing`, else ""."""
    choices = sorted(known)
    lowered = word.lower()[:100]
    near = choices
    if len(choices) > MANY:
        alike = {choice: _common_start(lowered, choice.lower()) for choice in choices}
        near = sorted(choices, key=lambda choice: (-alike[choice], abs(len(choice) - len(word)), choice))[:MANY]
    # Half of a two-letter code is one slip; in longer words half is too far.
    cutoff = 0.5 if len(word) <= 3 else 0.6
    close = get_close_matches(
        lowered, [choice for choice in near if len(choice) <= 2 * len(word) + 2], n=1, cutoff=cutoff
    )
    if close:
        return f'did you mean "{close[0]}"?'
    if listing and choices and len(choices) <= 12:
        return "known are: " + ", ".join(choices)
    return ""


def _common_start(one: str, other: str) -> int:
    """How many characters two words have in common from the left."""
    for length, (a, b) in enumerate(zip(one, other, strict=False)):
        if a != b:
            return length
    return min(len(one), len(other))
