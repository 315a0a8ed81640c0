"""Texts that are there to be replaced, in an article that is published all the same.

1. What `helpgen new` writes: lines that tell the author what to write.
2. Links to example.com, which stand in the site of `helpgen init` and lead nowhere.
"""

from __future__ import annotations

import re
from typing import Final

from helpgen.content.templates import INSTRUCTIONS
from helpgen.model.diagnostic import Diagnostic, problem
from helpgen.model.location import Location

# By RFC 2606 nobody can ever have these.
_EXAMPLE = re.compile(
    r"(?:[a-z][a-z0-9+.-]*://|mailto:)(?:[^\s/@]*@)?(?:[\w-]+\.)*example\.(?:com|net|org)\b", re.IGNORECASE
)
_LINK = re.compile(rf"\]\(\s*<?(?P<address>{_EXAMPLE.pattern})", re.IGNORECASE)
HINT: Final = "write your own address"


def is_example(address: str) -> bool:
    """Whether an address leads to a host that exists only in examples."""
    return _EXAMPLE.match(address) is not None


def find_placeholders(text: str, path: str) -> tuple[Diagnostic, ...]:
    """What was found in the text of one article, each kind once, at its first place."""
    lines = text.split("\n")
    found: list[Diagnostic] = []
    if not INSTRUCTIONS.isdisjoint(lines):
        numbers = [number for number, line in enumerate(lines, start=1) if line in INSTRUCTIONS]
        first = numbers[0]
        more = f", and so are {len(numbers) - 1} more" if len(numbers) > 1 else ""
        message = f"this line is an instruction of `helpgen new` to the author{more}"
        place = Location(path=path, line=first, column=1, length=len(lines[first - 1]))
        hint = "write the text that it asks for, or mark the article `draft: true`"
        found.append(problem("content/placeholder", place, message, hint=hint, excerpt=lines[first - 1]))
    link = _LINK.search(text) if "example." in text.lower() else None
    if link is not None:
        line = text.count("\n", 0, link.start("address")) + 1
        column = link.start("address") - text.rfind("\n", 0, link.start("address"))
        place = Location(path=path, line=line, column=column, length=len(link["address"]))
        message = f"a link leads to {link['address']}, which is only an example"
        found.append(problem("link/example", place, message, hint=HINT, excerpt=lines[line - 1]))
    return tuple(found)
