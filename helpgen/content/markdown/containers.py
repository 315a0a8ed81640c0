"""`:::note Title` … `:::`, `:::steps`, `:::never-ask`, and `:::tabs` with `== Label` lines, as a block rule.

1. `container`: the rule. It finds the closing line first, then lets the parser read what is between.
2. `_find_end`: a longer fence may hold shorter ones, and fences inside code blocks do not count.

Tokens: `container_open`/`_close` (`info` = kind), `container_title_open`/`_close` round the title's words,
`tab_open`/`_close` (`info` = label). Problems go to `env["problems"]` as (rule, line, message, hint).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

from markdown_it.rules_block.state_block import StateBlock

from helpgen.model.suggest import did_you_mean

ADMONITIONS = ("note", "tip", "warning", "danger")
# Shows what the site says that support never asks for; it has no text of its own.
NEVER_ASK = "never-ask"
KINDS = (*ADMONITIONS, "steps", "tabs", NEVER_ASK)
_OPEN = re.compile(r"(:{3,})[ \t]*([^\W\d_][\w-]*)[ \t]*(.*?)[ \t]*")
_CLOSE = re.compile(r"(:{3,})[ \t]*")
_CODE = re.compile(r"(`{3,}|~{3,})([^`]*)")
_LIST_MARKER = re.compile(r"(?:(?:[-+*]|\d{1,9}[.)])[ \t]+)+")
_TAB = re.compile(r"==[ \t]+(.*?)[ \t]*")
# More fences open than can ever be nested: the search stops, and the depth is reported by the parser.
_OPEN_LIMIT = 200


@dataclass(slots=True)
class _End:
    """The closing line (or the first line that is no longer inside), and the `== Label` lines of this container."""

    line: int
    closed: bool
    tabs: list[tuple[int, str]] = field(default_factory=list)


def line_text(state: StateBlock, line: int) -> str:
    """A line without what belongs to the blocks around it."""
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


def container(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """The block rule."""
    at = state.bMarks[start_line] + state.tShift[start_line]
    if not state.src.startswith(":::", at) or state.is_code_block(start_line):
        return False
    text = line_text(state, start_line)
    opening = _OPEN.fullmatch(text)
    if not opening:
        return bool(_CLOSE.fullmatch(text)) and (silent or _stray(state, start_line, text))
    if silent:
        return True
    fence, kind, title = opening.groups()
    kind = kind.lower()
    end = _find_end(state, start_line, end_line, len(fence))
    _check(state, start_line, kind, end)
    token = state.push("container_open", "", 1)
    token.info, token.map = kind, [start_line, end.line]
    old_parent, old_max = state.parentType, state.lineMax
    state.parentType, state.lineMax = "container", end.line
    _push_title(state, start_line, title)
    if kind == "tabs":
        _push_tabs(state, start_line, end)
    else:
        state.md.block.tokenize(state, start_line + 1, end.line)
    state.push("container_close", "", -1).info = kind
    state.parentType, state.lineMax = old_parent, old_max
    state.line = end.line + (1 if end.closed else 0)
    return True


def _check(state: StateBlock, line: int, kind: str, end: _End) -> None:
    problems = state.env["problems"]
    if kind not in KINDS:
        hint = did_you_mean(kind, KINDS)
        problems.append(("markdown/container", line, f'unknown block ":::{kind}"', hint))
    if not end.closed:
        hint = "close it by a line of ::: (as many colons as it was opened with)"
        problems.append(("markdown/container", line, f'the block ":::{kind}" is never closed', hint))
    elif kind == NEVER_ASK:
        if not all(state.isEmpty(inside) for inside in range(line + 1, end.line)):
            hint = 'write it below "never_ask" in content/_data/scenarios.yaml'
            problems.append(("markdown/container", line, 'the block ":::never-ask" has no text of its own', hint))
    elif all(state.isEmpty(inside) for inside in range(line + 1, end.line)):
        problems.append(("markdown/container", line, f'the block ":::{kind}" is empty', "write its text, or delete it"))


def _stray(state: StateBlock, line: int, text: str) -> bool:
    """A closing fence that closes nothing stays visible as text."""
    hint = "delete it, or write the line that opens the block, for example :::note"
    state.env["problems"].append(("markdown/container", line, '":::" closes nothing', hint))
    _push_paragraph(state, line, text.rstrip())
    state.line = line + 1
    return True


def _push_paragraph(state: StateBlock, line: int, text: str) -> None:
    state.push("paragraph_open", "p", 1).map = [line, line + 1]
    _push_inline(state, line, text)
    state.push("paragraph_close", "p", -1)


def _push_inline(state: StateBlock, line: int, text: str) -> None:
    token = state.push("inline", "", 0)
    token.content, token.map, token.children = text, [line, line + 1], []


def _push_title(state: StateBlock, line: int, title: str) -> None:
    if title.startswith("[") and title.endswith("]") and "[" not in title[1:]:
        title = title[1:-1]  # the form of Docusaurus, :::note[Title]
    state.push("container_title_open", "", 1).map = [line, line + 1]
    if title:
        _push_inline(state, line, title)
    state.push("container_title_close", "", -1)


def _push_tabs(state: StateBlock, start_line: int, end: _End) -> None:
    """Each `== Label` line starts a tab that lasts until the next one."""
    first = end.tabs[0][0] if end.tabs else end.line
    if any(not state.isEmpty(line) for line in range(start_line + 1, first)):
        message, hint = 'a ":::tabs" block starts with a tab', 'write a line "== iOS" (or another label) first'
        state.env["problems"].append(("markdown/container", start_line, message, hint))
        state.lineMax = first
        state.md.block.tokenize(state, start_line + 1, first)
    for (line, label), (next_line, _) in pairwise((*end.tabs, (end.line, ""))):
        token = state.push("tab_open", "", 1)
        token.info, token.map = label, [line, next_line]
        state.lineMax = next_line
        state.md.block.tokenize(state, line + 1, next_line)
        state.push("tab_close", "", -1)


def _find_end(state: StateBlock, start_line: int, end_line: int, colons: int) -> _End:
    """Go down the lines with the stack of open fences until the own one is closed, or its surroundings end."""
    open_fences, code = [colons], ""
    tabs: list[tuple[int, str]] = []
    for line in range(start_line + 1, end_line):
        text = line_text(state, line)
        if not text:
            continue
        if state.sCount[line] < state.blkIndent:
            return _End(line, False, tabs)
        if code:
            if text.rstrip(" \t") == text[0] * len(text.rstrip(" \t")) and text.startswith(code):
                code = ""
            continue
        text = _LIST_MARKER.sub("", text, count=1) if text[0] in "-+*0123456789" else text
        if text[:3] in ("```", "~~~") and (match := _CODE.fullmatch(text)):
            code = match.group(1)
        elif text.startswith(":::"):
            _follow(open_fences, text)
            if not open_fences:
                return _End(line, True, tabs)
            if len(open_fences) > _OPEN_LIMIT:
                break
        elif len(open_fences) == 1 and text.startswith("==") and (match := _TAB.fullmatch(text)) and match.group(1):
            tabs.append((line, match.group(1)))
    return _End(end_line, False, tabs)


def _follow(open_fences: list[int], text: str) -> None:
    """Open or close a fence: a closing line closes the innermost one of its own length, else the innermost shorter one."""
    if opening := _OPEN.fullmatch(text):
        open_fences.append(len(opening.group(1)))
    elif closing := _CLOSE.fullmatch(text):
        length = len(closing.group(1))
        fitting = [i for i, colons in enumerate(open_fences) if colons == length]
        fitting = fitting or [i for i, colons in enumerate(open_fences) if colons < length]
        if fitting:
            del open_fences[fitting[-1] :]
