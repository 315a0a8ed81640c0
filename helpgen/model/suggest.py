""" "Did you mean": the one helper behind every suggestion."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A hint that names the closest known word, or the known ones if none is close; empty if nothing is known."""
    choices = sorted(known)
    # Half of a two-letter code is one slip; in longer words half is too far.
    cutoff = 0.5 if len(word) <= 3 else 0.6
    close = get_close_matches(word.lower(), choices, n=1, cutoff=cutoff)
    if close:
        return f'did you mean "{close[0]}"?'
    if choices and len(choices) <= 12:
        return "known are: " + ", ".join(choices)
    return ""
