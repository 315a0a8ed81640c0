"""YAML with places, and without its traps.

1. The text is read as a stream of events (libyaml where PyYAML has it), never by recursion, so nesting cannot
   exhaust the stack; reading stops at `MAX_DEPTH`.
2. Anchors, aliases, tags and merge keys are refused: helpgen's files need none, and they can swell without bound.
3. Every scalar stays text with its place; the schema types it, so `no`, `012` and `22:22` are what was written.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import yaml

from helpgen.content.full_width import explain_error, report_slip
from helpgen.model.diagnostic import Diagnostic, Outcome, problem
from helpgen.model.location import Location

MAX_DEPTH = 20
# YAML 1.1 ends lines at these, editors do not: as spaces they cannot move the lines of messages.
_NOT_LINE_ENDS = str.maketrans("\x85\u2028\u2029", "   ")
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Scalar:
    """A single value as written. `plain` is false for quoted and block texts."""

    text: str
    plain: bool
    line: int
    column: int
    length: int


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list."""

    items: tuple[Node, ...]
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys and values in the order of the file; keys are unique."""

    entries: tuple[tuple[Scalar, Node], ...]
    line: int
    column: int


Node = Scalar | Sequence | Mapping


@dataclass(slots=True)
class _Open:
    """A collection that is still being read."""

    is_mapping: bool
    line: int
    column: int
    items: list[Node] = field(default_factory=list)
    keys: set[str] = field(default_factory=set)

    def close(self) -> Node:
        if not self.is_mapping:
            return Sequence(tuple(self.items), self.line, self.column)
        pairs = zip(self.items[::2], self.items[1::2], strict=True)
        return Mapping(tuple((key, value) for key, value in pairs if isinstance(key, Scalar)), self.line, self.column)


class _RefusedError(Exception):
    """Reading stops here; carries the finding."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.message)
        self.diagnostic = diagnostic


def parse_yaml(text: str, *, path: str, first_line: int = 1) -> Outcome[Node]:
    """Read one YAML document; `first_line` is the line of the file on which `text` starts.

    The value is None for an empty document or after an error (then there is a diagnostic).
    """
    return _parse(text.translate(_NOT_LINE_ENDS), path, first_line, _Loader)


def _parse(text: str, path: str, first_line: int, loader: Any) -> Outcome[Node]:
    lines = text.split("\n")
    try:
        root, found = _read(text, path, first_line, lines, loader)
    except _RefusedError as refusal:
        return Outcome(value=None, diagnostics=(refusal.diagnostic,))
    except yaml.MarkedYAMLError as error:
        if "nesting depth" in (error.problem or "") and loader is not yaml.SafeLoader:
            # libyaml has a bound of its own (1,000 levels) and looks ahead, so it gives up before it tells of our twenty-first.
            return _parse(text, path, first_line, yaml.SafeLoader)
        return Outcome(value=None, diagnostics=(_syntax(error, path, first_line, lines),))
    except yaml.reader.ReaderError as error:
        code = error.character if isinstance(error.character, int) else ord(str(error.character)[0])
        line, column = _where(text, chr(code))
        message = f"the character U+{code:04X} is not allowed here"
        place = Location(path=path, line=first_line + line, column=column + 1, length=1)
        return Outcome(value=None, diagnostics=(problem("yaml/syntax", place, message, hint="remove it"),))
    return Outcome(value=root, diagnostics=tuple(found))


def _read(text: str, path: str, first_line: int, lines: list[str], loader: Any) -> tuple[Node | None, list[Diagnostic]]:
    stack: list[_Open] = []
    root: Node | None = None
    found: list[Diagnostic] = []
    documents = 0

    def refuse(rule: str, event: Any, message: str, hint: str = "") -> _RefusedError:
        line, column = event.start_mark.line, event.start_mark.column
        place = Location(path=path, line=first_line + line, column=column + 1, length=1)
        return _RefusedError(problem(rule, place, message, hint=hint, excerpt=_excerpt(lines, line)))

    def add(node: Node, event: Any) -> None:
        nonlocal root
        if not stack:
            root = node
            return
        top = stack[-1]
        if top.is_mapping and len(top.items) % 2 == 0:
            if not isinstance(node, Scalar):  # reported where it starts; left out when the mapping is closed
                top.items.append(node)
                return
            if node.text == "<<" and node.plain:
                raise refuse("yaml/forbidden", event, "merge keys (<<) are not read", "write the fields out")
            if node.text in top.keys:
                found.append(
                    refuse("yaml/duplicate-key", event, f'"{node.text}" is given twice', "keep one").diagnostic
                )
            top.keys.add(node.text)
        top.items.append(node)

    event: Any
    for event in yaml.parse(text, Loader=loader):
        kind = type(event)
        if kind is yaml.DocumentStartEvent:
            documents += 1
            if documents > 1:
                raise refuse("yaml/syntax", event, "a second YAML document starts here", "remove this --- line")
        elif kind is yaml.AliasEvent:
            raise refuse("yaml/forbidden", event, f"the alias *{event.anchor} is not read", "write the value out")
        elif kind in (yaml.ScalarEvent, yaml.SequenceStartEvent, yaml.MappingStartEvent):
            if event.anchor is not None:
                raise refuse("yaml/forbidden", event, f"the anchor &{event.anchor} is not read", "remove it")
            if event.tag is not None and event.tag != "!":
                raise refuse("yaml/forbidden", event, f"the tag {event.tag} is not read", "remove it")
            mark = event.start_mark
            line, column = first_line + mark.line, mark.column + 1
            if kind is yaml.ScalarEvent:
                same_line = event.end_mark.line == mark.line
                length = event.end_mark.column - mark.column if same_line else 1
                plain = event.style in (None, "")
                add(Scalar(event.value, plain, line, column, max(length, 1)), event)
            else:
                if stack and stack[-1].is_mapping and len(stack[-1].items) % 2 == 0:
                    message = "a key must be a single word or text, not a list or mapping"
                    found.append(refuse("yaml/syntax", event, message).diagnostic)
                if len(stack) >= MAX_DEPTH:
                    raise refuse("yaml/too-deep", event, f"nested more than {MAX_DEPTH} levels deep")
                stack.append(_Open(kind is yaml.MappingStartEvent, line, column))
        elif kind in (yaml.SequenceEndEvent, yaml.MappingEndEvent):
            add(stack.pop().close(), event)
    return root, found


def _where(text: str, character: str) -> tuple[int, int]:
    """Line and column, from 0, of the first such character; the start if it is not there."""
    at = max(text.find(character), 0)
    return text.count("\n", 0, at), at - text.rfind("\n", 0, at) - 1


def _excerpt(lines: list[str], index: int) -> str:
    return lines[index].rstrip("\r") if 0 <= index < len(lines) else ""


def _syntax(error: yaml.MarkedYAMLError, path: str, first_line: int, lines: list[str]) -> Diagnostic:
    """Say what libyaml found in words that help an editor."""
    slip = explain_error(error, lines)
    if slip is not None:
        return report_slip(slip, path, first_line, _excerpt(lines, slip.line))
    mark: Any = error.problem_mark or error.context_mark
    line = min(mark.line, max(len(lines) - 1, 0)) if mark else 0
    column = mark.column if mark else 0
    excerpt = _excerpt(lines, line)
    said = error.problem or "cannot be read"
    message, hint = f"YAML: {said}", ""
    if "\t" in excerpt[: len(excerpt) - len(excerpt.lstrip())] or (
        "cannot start any token" in said and "\t" in excerpt
    ):
        message, hint = "a tab is used for indentation", "use spaces"
    elif "mapping values are not allowed" in said:
        hint = "put a text that contains a colon between quotes"
    elif "cannot start any token" in said:
        hint = "put a text that starts with a special character between quotes"
    elif "escape" in said or "hexdecimal" in said:
        # libyaml marks the start of the text; the escape is what its author has to find.
        message, hint = (
            "a \\ in this text begins no escape that YAML knows",
            "write \\\\ for \\ itself, or use single quotes",
        )
    elif "quoted scalar" in (error.context or ""):
        hint = "close the quote"
        if error.context_mark is not None:
            line, column = error.context_mark.line, error.context_mark.column
            excerpt = _excerpt(lines, line)
            message = "a quoted text is never closed"
    elif "while parsing a flow" in (error.context or "") and error.context_mark is not None and line >= len(lines) - 1:
        line, column = error.context_mark.line, error.context_mark.column
        excerpt = _excerpt(lines, line)
        message, hint = "a bracket is never closed", "close it on the same line"
    elif "did not find expected" in said:
        hint = "check the indentation and the quotes of this line and the one above"
    line = min(line, len(lines) - 1)
    place = Location(path=path, line=first_line + line, column=column + 1, length=1)
    return problem("yaml/syntax", place, message, hint=hint, excerpt=excerpt)
