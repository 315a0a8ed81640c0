"""The hidden characters of an article, each kind named once. Which these are: helpgen/content/hidden.py."""

from __future__ import annotations

import re
import unicodedata

from helpgen.content.hidden import NO_CHARACTERS, hidden_characters
from helpgen.content.markdown.source import Report

_NAMES = {"\ufeff": "ZERO WIDTH NO-BREAK SPACE (byte order mark)"}
_NO_CHARACTER = re.compile(f"[{NO_CHARACTERS}]")


def report_hidden(report: Report) -> None:
    """Name each kind of hidden character once, at its first place, with how often it occurs."""
    if report.source.visible:
        return
    written = report.source.written
    seen: dict[str, tuple[int, int, int]] = {}
    for number, line in enumerate(written.split("\n")):
        for at in hidden_characters(line):
            first_line, column, count = seen.get(line[at], (number, at, 0))
            seen[line[at]] = (first_line, column, count + 1)
    for char, (number, column, count) in seen.items():
        times = f" ({count} times, first here)" if count > 1 else ""
        name = _NAMES.get(char) or unicodedata.name(char, "unnamed")
        message = f"invisible character U+{ord(char):04X} {name}{times}"
        if _NO_CHARACTER.match(char):
            message = f"U+{ord(char):04X} is no character{times}; readers see \ufffd in its place"
        report.add("file/hidden-character", number, column, message, hint="delete it, or retype the word", length=1)
