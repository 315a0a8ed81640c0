"""Characters that nobody sees: they can make two words look alike, or show text in another order than it is read.

Allowed where a script needs them: zero-width joiners in emoji and in Arabic, Indic and Mongolian writing,
direction marks beside right-to-left letters, tags in the flags of England, Scotland and Wales.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

# Code points that Unicode keeps free for ever, the last two of each plane among them; no page may hold one.
NO_CHARACTERS = "\ufdd0-\ufdef" + "".join(
    f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000)
)
_HIDDEN = re.compile(
    "[\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb"
    f"\U0001d173-\U0001d17a\U000e0000-\U000e007f{NO_CHARACTERS}]"
)
# Those that Python holds for printed (`str.isprintable`).
_PRINTED = "\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0"
_JOINERS = "\u200c\u200d"
_MARKS = "\u061c\u200e\u200f"
# Scripts that write with joiners: Arabic to Nko, the Indic blocks to Sinhala, Myanmar, Khmer, Mongolian.
_JOINING = re.compile("[\u0600-\u07ff\u0840-\u0dff\u1000-\u109f\u1780-\u18af\ufb50-\ufdcf\ufe70-\ufefe]")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdcf\ufe70-\ufefe]")
_EMOJI = re.compile("[\u2190-\u2bff\u3030\u303d\u3297\u3299\ufe0f\U0001f000-\U0001faff\U000e007f]")


def is_visible(text: str) -> bool:
    """Whether it is plain that a text has none of these characters, nor NUL: false for some that have none, true for no other.

    Python knows of each character whether it is printed, and tells it of a whole text in a tenth of the time of a search.
    """
    if text.isascii():
        return "\0" not in text
    # What separates words and lines is not printed either; of what hides, only letters and marks are.
    shown = text.replace("\n", "").replace("\t", "").replace("\r", "").replace("\u3000", "").replace("\u00a0", "")
    return shown.isprintable() and not any(character in text for character in _PRINTED)


def hidden_characters(line: str) -> Iterator[int]:
    """Where in a line a character stands that nobody sees and the writing around it does not call for."""
    if is_visible(line):
        return
    # Asked once a line, and not at each of its marks.
    right_to_left: bool | None = None
    for match in _HIDDEN.finditer(line):
        if match.group() in _MARKS:
            if right_to_left is None:
                right_to_left = bool(_RIGHT_TO_LEFT.search(line))
            if not right_to_left:
                yield match.start()
        elif not _is_needed(match.group(), line, match.start()):
            yield match.start()


def _is_needed(char: str, line: str, at: int) -> bool:
    """Does the writing beside a character call for it?"""
    before, after = line[at - 1 : at], line[at + 1 : at + 2]
    if char in _JOINERS:
        scripted = bool(_JOINING.match(before))
        return scripted or (char == "\u200d" and bool(_EMOJI.match(before) and _EMOJI.match(after)))
    if "\U000e0020" <= char <= "\U000e007f":
        return before == "\U0001f3f4" or "\U000e0020" <= before <= "\U000e007f"
    return False
