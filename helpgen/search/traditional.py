"""Whether a text may be written in Traditional characters: those that GB 2312 lacks, which has the Simplified ones.

So the table of Traditional characters is read only for queries that need it, and before anything else is. The browser knows
GB 2312 as well (client/traditional.js), so neither has a list of its own.
"""

from __future__ import annotations

from helpgen.search.analysis import is_han

# Characters of GB 2312 that are folded all the same.
EXCEPTIONS = "乾吒夥後徵捱摺於榘甯菸薹醣麴麽"


def may_be_traditional(text: str) -> bool:
    """Whether any character of Han in a text is one that a Simplified text hardly has."""
    return any(is_han(character) and _is_rare(character) for character in text)


def _is_rare(character: str) -> bool:
    if character in EXCEPTIONS:
        return True
    try:
        return not character.encode("gb2312")
    except UnicodeEncodeError:
        return True
