"""The colon of Chinese keyboards, ：, where YAML wants its own: the likeliest slip in a file of settings.

YAML takes it for a letter. So `draft：true` is no field but a text, and what is said of it stands lines below or nowhere.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from helpgen.model.diagnostic import Diagnostic, problem
from helpgen.model.location import Location

COLON: Final = "\uff1a"
_NAMED = re.compile(rf"""[ \t]*(?:-[ \t]+)*(["']?)(\w[\w.-]*)\1[ \t]*{COLON}""")
_FIELD = re.compile(r":(?:\s|\Z)")


@dataclass(frozen=True, slots=True)
class Slip:
    """A name and the full-width colon after it: line and column of the colon, from 0."""

    name: str
    line: int
    column: int


def find_slip(lines: Sequence[str], line: int, column: int = 0) -> Slip | None:
    """The slip that begins at a place, if there is one."""
    match = _NAMED.match(lines[line], column) if 0 <= line < len(lines) else None
    return Slip(match.group(2), line, match.end() - 1) if match else None


def explain_error(error: Any, lines: Sequence[str]) -> Slip | None:
    """The slip that made libyaml stop (a `MarkedYAMLError`); it is found at the error or in a line above it.

    A field so written is a text that goes on until something follows that no text may have.
    """
    mark, said = error.problem_mark, error.problem or ""
    if mark is None:
        return None
    before = lines[mark.line][: mark.column + 1].rstrip() if mark.line < len(lines) else ""
    if before.endswith(COLON) or before[:-1].rstrip().endswith(COLON):
        name = re.search(rf"""([\w.-]*)["']?[ \t]*{COLON}.?\Z""", before)
        return Slip(name.group(1) if name else "", mark.line, before.rindex(COLON))
    if "simple key" in (error.context or "") and error.context_mark is not None:
        return _above(lines, error.context_mark.line)
    if "<document start>" in said:
        return _above(lines, mark.line)
    if "mapping values are not allowed" in said:
        found = _above(lines, mark.line)
        # Here the lines above may be prose as well, in which such a colon is right.
        return found if found is not None and found.name.isascii() else None
    return None


def _above(lines: Sequence[str], last: int) -> Slip | None:
    """The nearest slip at or above a line, with no field in between."""
    for line in range(min(last, len(lines) - 1), -1, -1):
        found = find_slip(lines, line)
        if found is not None:
            return found
        if line != last and _FIELD.search(lines[line].partition("#")[0]):
            return None
    return None


def report_slip(slip: Slip, path: str, first_line: int, excerpt: str, *, or_text: bool = False) -> Diagnostic:
    """What to say of it; `first_line` is the line of the file that counts as 0, `or_text`: it may be meant as a text."""
    place = Location(path=path, line=first_line + slip.line, column=slip.column + 1, length=1)
    hint = f'write "{slip.name}: " with the colon of an English keyboard and a space after it'
    if or_text:
        hint += ", or put the whole text between quotes"
    message = f"a full-width colon {COLON} where YAML wants : and a space"
    return problem("yaml/syntax", place, message, hint=hint, excerpt=excerpt)
