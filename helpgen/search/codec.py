"""Posting lists as text: base64 varints, the digits and the order of source maps ("VLQ"), without a sign.

A digit carries five bits, least significant first, and a sixth that says whether more follow. A list holds, for each
posting in ascending order, the gap to the unit before it, shifted up by four bits, and the score beside it. A list that
was cut begins with `CUT` and the number of units that have the term.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_VALUES = {digit: value for value, digit in enumerate(DIGITS)}
SCORE_BITS = 4
# Before the number of units that have a term, in a list that holds only the best of them.
CUT = "~"


def encode_number(value: int) -> str:
    """A number of 0 or more."""
    digits = ""
    while value >= 32:
        digits += DIGITS[32 | value & 31]
        value >>= 5
    return digits + DIGITS[value]


# Nine gaps in ten are below this; looking them up makes writing ten times as fast.
_SMALL = tuple(encode_number(value) for value in range(1 << 12))


def encode_postings(postings: Sequence[int]) -> str:
    """Postings are `unit << 4 | score`, ascending by unit, each unit once."""
    # A gap shifted up with its score is the posting less the one before without its score.
    if len(postings) == 1:
        # Half of all terms stand in one unit.
        return encode_number(postings[0])
    values = [posting - (before & ~15) for before, posting in pairwise((0, *postings))]
    try:
        return "".join([_SMALL[value] for value in values])
    except IndexError:
        pass
    return "".join([_SMALL[value] if value < len(_SMALL) else encode_number(value) for value in values])


def decode_numbers(text: str) -> list[int]:
    """The numbers of a text. Raises ValueError on a foreign digit, an unfinished number or one beyond 32 bits."""
    numbers: list[int] = []
    value = shift = 0
    for character in text:
        digit = _VALUES.get(character)
        if digit is None or shift > 30:
            raise ValueError("not a list of numbers")
        value |= (digit & 31) << shift
        if digit & 32:
            shift += 5
        else:
            numbers.append(value)
            value = shift = 0
    if shift:
        raise ValueError("a list of numbers breaks off")
    return numbers


def encode_cut_postings(postings: Sequence[int], most: int) -> str:
    """The postings with the highest scores, at most `most` unless more have the highest of all; and how many there were.

    Whole steps of the score are kept or left out, so that a document's place in the index does not decide.
    """
    if len(postings) <= most:
        return encode_postings(postings)
    counts = Counter(posting & 15 for posting in postings)
    least = max(counts)
    kept = counts[least]
    while least > 1 and kept + counts[least - 1] <= most:
        least -= 1
        kept += counts[least]
    return CUT + encode_number(len(postings)) + encode_postings([p for p in postings if p & 15 >= least])


def cut_frequency(text: str) -> int:
    """How many units had the term before its list was cut; 0 for a whole list."""
    return decode_numbers(text[1:])[0] if text.startswith(CUT) else 0


def decode_postings(text: str, units: int) -> list[int]:
    """The postings of a list, `unit << 4 | score`. Raises ValueError when a unit is not below `units`."""
    postings: list[int] = []
    unit = 0
    numbers = decode_numbers(text.removeprefix(CUT))
    for value in numbers[1:] if text.startswith(CUT) else numbers:
        unit += value >> SCORE_BITS
        postings.append(unit << SCORE_BITS | value & 15)
    if unit >= units and postings:
        raise ValueError("a list names a unit that does not exist")
    return postings
