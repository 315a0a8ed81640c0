"""Where the fields of a file are read: what is wrong is collected with its place, so that one run reports all faults."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from helpgen.content.full_width import COLON, Slip, find_slip, report_slip
from helpgen.content.positioned_yaml import Node, Scalar
from helpgen.content.positioned_yaml import Sequence as YamlList
from helpgen.model.diagnostic import Diagnostic, problem
from helpgen.model.location import Location

# What `read` of a type gives for a value that cannot be used.
INVALID: Final = object()


@dataclass(slots=True)
class Reader:
    """Collects the problems of one file. `unknown_rule` and `value_rule` name the rules of this kind of file."""

    path: str
    lines: Sequence[str]
    unknown_rule: str
    value_rule: str
    diagnostics: list[Diagnostic] = field(default_factory=list)

    def location(self, node: Node) -> Location:
        length = node.length if isinstance(node, Scalar) else 1
        return Location(path=self.path, line=node.line, column=node.column, length=length)

    def report(self, rule: str, node: Node, message: str, hint: str = "") -> None:
        excerpt = self.lines[node.line - 1] if 0 < node.line <= len(self.lines) else ""
        self.diagnostics.append(problem(rule, self.location(node), message, hint=hint, excerpt=excerpt))

    def wrong(self, node: Node, name: str, wanted: str, hint: str = "") -> object:
        named = f'"{name}"' if name else "the file"
        self.report(self.value_rule, node, f"{named} must be {wanted}, not {describe(node)}", hint)
        return INVALID

    def slip(self, node: Node, *, name: re.Pattern[str] | None = None) -> Slip | None:
        """Report a name with a full-width colon where a mapping or the name of a field is wanted; None if there is none.

        With a form of `name`, where a text may stand as well: then only such a name at the beginning of a line is one.
        """
        if not isinstance(node, Scalar) or not node.plain or COLON not in node.text:
            return None
        found = find_slip(self.lines, node.line - 1, node.column - 1)
        excerpt = self.lines[node.line - 1]
        if found is None or (name and not (name.match(found.name) and excerpt[: node.column - 1].isspace())):
            return None
        self.diagnostics.append(report_slip(found, self.path, 1, excerpt, or_text=name is not None))
        return found


def describe(node: Node) -> str:
    """What a node is, in words: for "must be …, not …"."""
    if isinstance(node, Scalar):
        if node.text == "" and node.plain:
            return "empty"
        text = node.text if len(node.text) <= 40 else node.text[:39] + "…"
        return f'"{text}"' if node.plain else f'the text "{text}"'
    return "a list" if isinstance(node, YamlList) else "a mapping"
