"""Where in a source file something stands."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """A place in a file of the site.

    `path` is relative to the site's root, with forward slashes. `line` and `column` count from 1, columns in
    characters; 0 means "the file as a whole". `length` is the number of characters to underline.
    """

    path: str
    line: int = 0
    column: int = 0
    length: int = 0

    def __str__(self) -> str:
        parts = [self.path]
        if self.line:
            parts.append(str(self.line))
            if self.column:
                parts.append(str(self.column))
        return ":".join(parts)
