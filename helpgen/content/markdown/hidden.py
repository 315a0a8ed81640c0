"""Characters that nobody sees: they can make two words look alike, or show text in another order than it is read.

Allowed where a script needs them: zero-width joiners in emoji and in Arabic, Indic and Mongolian writing,
direction marks beside right-to-left letters, tags in the flags of England, Scotland and Wales.
"""

from __future__ import annotations

import re
import unicodedata

from helpgen.content.markdown.source import Report

_HIDDEN = re.compile(
    "[\u034f\u061c\u115f\u1160\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\u3164\ufeff\uffa0\U000e0001-\U000e007f]"
)
_JOINERS = "\u200c\u200d"
_MARKS = "\u061c\u200e\u200f"
# Scripts that write with joiners: Arabic to Nko, the Indic blocks to Sinhala, Myanmar, Khmer, Mongolian.
_JOINING = re.compile("[\u0600-\u07ff\u0840-\u0dff\u1000-\u109f\u1780-\u18af\ufb50-\ufdcf\ufe70-\ufefe]")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdcf\ufe70-\ufefe]")
_EMOJI = re.compile("[\u2190-\u2bff\u3030\u303d\u3297\u3299\ufe0f\U0001f000-\U0001faff\U000e007f]")
_NAMES = {"\ufeff": "ZERO WIDTH NO-BREAK SPACE (byte order mark)"}


def report_hidden(report: Report) -> None:
    """Name each kind of hidden character once, at its first place, with how often it occurs."""
    if report.source.text.isascii() or not _HIDDEN.search(report.source.text):
        return
    seen: dict[str, tuple[int, int, int]] = {}
    for number, line in enumerate(report.source.lines):
        for match in _HIDDEN.finditer(line):
            char = match.group()
            if not _is_needed(char, line, match.start()):
                first_line, column, count = seen.get(char, (number, match.start(), 0))
                seen[char] = (first_line, column, count + 1)
    for char, (number, column, count) in seen.items():
        times = f" ({count} times, first here)" if count > 1 else ""
        name = _NAMES.get(char) or unicodedata.name(char, "unnamed")
        report.add(
            "file/hidden-character",
            number,
            column,
            f"invisible character U+{ord(char):04X} {name}{times}",
            hint="delete it, or retype the word",
            length=1,
        )


def _is_needed(char: str, line: str, at: int) -> bool:
    """Does the writing around a hidden character call for it?"""
    before, after = line[at - 1 : at], line[at + 1 : at + 2]
    if char in _JOINERS:
        scripted = bool(_JOINING.match(before))
        return scripted or (char == "\u200d" and bool(_EMOJI.match(before) and _EMOJI.match(after)))
    if char in _MARKS:
        return bool(_RIGHT_TO_LEFT.search(line))
    if "\U000e0020" <= char <= "\U000e007f":
        return before == "\U0001f3f4" or "\U000e0020" <= before <= "\U000e007f"
    return False
