"""The two kinds of HTML that may stand as blocks: comments, which are dropped, and `<details>`.

`<details>` or `<details open>` stands at the start of a line, then `<summary>…</summary>` on the same or the next
line, then Markdown, then `</details>` at the end of a line. Everything else that looks like HTML is left to the
inline rules, which show it as text.

Tokens: `details_open`/`_close` (`info` = "open" or ""), `summary_open`/`_close` round the words of the summary.
"""

from __future__ import annotations

import re

from markdown_it.rules_block.state_block import StateBlock

from helpgen.content.markdown.containers import line_text

_OPEN = re.compile(r"<details(?:[ \t]+(open)(?:=\"(?:open)?\")?)?[ \t]*>[ \t]*", re.IGNORECASE)
_SUMMARY = re.compile(r"<summary[ \t]*>(.*?)</summary[ \t]*>[ \t]*", re.IGNORECASE)
_CLOSE = re.compile(r"</details[ \t]*>[ \t]*$", re.IGNORECASE)
_COMMENT = re.compile(r"<!--(?!-?>)")
_DEPTH = 50


def comment(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """`<!--` at the start of a line until the line with `-->`, blank lines included; nothing may follow on that line."""
    start = state.bMarks[start_line] + state.tShift[start_line]
    # `<!-->` is a whole comment, and what follows it is text: the inline rule sees to that.
    if not _COMMENT.match(state.src, start) or state.is_code_block(start_line):
        return False
    if state.env.get("no_comment_end") == end_line:
        return False
    for line in range(start_line, end_line):
        begin = start + 4 if line == start_line else state.bMarks[line]
        if line > start_line and not state.isEmpty(line) and state.sCount[line] < state.blkIndent:
            return False
        at = state.src.find("-->", begin, state.eMarks[line])
        if at >= 0:
            if state.src[at + 3 : state.eMarks[line]].strip():
                return False
            if not silent:
                state.line = line + 1
            return True
    # Every later `<!--` of this block would search in vain as well.
    state.env["no_comment_end"] = end_line
    return False


def details(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """The block rule for `<details>`."""
    start = state.bMarks[start_line] + state.tShift[start_line]
    if state.src[start : start + 8].lower() != "<details" or state.is_code_block(start_line):
        return False
    opening = _OPEN.match(state.src, start, state.eMarks[start_line])
    if not opening:
        return False
    last = _find_end(state, start_line, end_line)
    if last < 0:
        return False
    if silent:
        return True
    token = state.push("details_open", "", 1)
    token.info, token.map = "open" if opening.group(1) else "", [start_line, last + 1]
    closing = state.src[state.bMarks[last] : state.eMarks[last]].lower().rindex("</details")
    saved = _cut(state, last, None, state.bMarks[last] + closing)
    old_parent, old_max = state.parentType, state.lineMax
    state.parentType, state.lineMax = "container", last + 1
    line, at = _push_summary(state, start_line, last, opening.end())
    more = _cut(state, line, at, None) if line <= last else None
    state.md.block.tokenize(state, line, last + 1)
    state.push("details_close", "", -1)
    if more:
        _restore(state, line, more)
    _restore(state, last, saved)
    state.parentType, state.lineMax = old_parent, old_max
    state.line = last + 1
    return True


def _find_end(state: StateBlock, start_line: int, end_line: int) -> int:
    """The line whose end is the matching `</details>`, or -1."""
    depth = 0
    for line in range(start_line, end_line):
        if not state.isEmpty(line) and state.sCount[line] < state.blkIndent:
            return -1
        text = line_text(state, line)
        depth += text[:8].lower() == "<details"
        depth -= bool("<" in text and _CLOSE.search(text))
        if depth == 0:
            return line
        if depth > _DEPTH:
            return -1
    return -1


def _push_summary(state: StateBlock, line: int, last: int, at: int) -> tuple[int, int]:
    """Push the summary, if there is one; answers the line and offset after it."""
    if at >= state.eMarks[line] and line < last:
        line += 1
        at = state.bMarks[line] + state.tShift[line]
    match = _SUMMARY.match(state.src, at, state.eMarks[line])
    if not match:
        return line, at
    state.push("summary_open", "", 1).map = [line, line + 1]
    token = state.push("inline", "", 0)
    token.content, token.map, token.children = match.group(1).strip(), [line, line + 1], []
    state.push("summary_close", "", -1)
    return line, match.end()


Marks = tuple[int, int, int, int]


def _cut(state: StateBlock, line: int, begin: int | None, end: int | None) -> Marks:
    """Let a line begin or end elsewhere while its inside is parsed; answers the marks to restore."""
    marks = (state.bMarks[line], state.eMarks[line], state.tShift[line], state.sCount[line])
    if begin is not None and begin > state.bMarks[line] + state.tShift[line]:
        state.bMarks[line], state.tShift[line], state.sCount[line] = begin, 0, state.blkIndent
    if end is not None:
        state.eMarks[line] = max(end, state.bMarks[line])
        state.tShift[line] = min(state.tShift[line], state.eMarks[line] - state.bMarks[line])
    return marks


def _restore(state: StateBlock, line: int, marks: Marks) -> None:
    state.bMarks[line], state.eMarks[line], state.tShift[line], state.sCount[line] = marks
