"""Footnote definitions, `[^label]: text`, as a block rule.

The text may go on in lines indented by four spaces. Tokens: `footnote_open`/`_close` (`info` = label); the
renderer shows them at the end, in the order in which the text refers to them. `env["footnotes"]` maps each label
(case-folded) to the line of its definition.
"""

from __future__ import annotations

import re

from markdown_it.rules_block.state_block import StateBlock

_DEFINITION = re.compile(r"\[\^([^\[\]\s]{1,100})\]:[ \t]*")


def footnote_definition(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """The block rule."""
    start = state.bMarks[start_line] + state.tShift[start_line]
    if not state.src.startswith("[^", start) or state.is_code_block(start_line):
        return False
    match = _DEFINITION.match(state.src, start, state.eMarks[start_line])
    if not match:
        return False
    if silent:
        return True
    label = _define(state, start_line, match.group(1))
    token = state.push("footnote_open", "", 1)
    token.info = label
    saved = state.bMarks[start_line], state.tShift[start_line], state.sCount[start_line], state.parentType
    state.blkIndent += 4
    state.parentType = "footnote"
    state.bMarks[start_line], state.tShift[start_line] = match.end(), 0
    state.sCount[start_line] = state.blkIndent
    state.md.block.tokenize(state, start_line, end_line)
    state.blkIndent -= 4
    state.bMarks[start_line], state.tShift[start_line], state.sCount[start_line], state.parentType = saved
    state.line = max(state.line, start_line + 1)
    token.map = [start_line, state.line]
    state.push("footnote_close", "", -1).info = label
    return True


def _define(state: StateBlock, line: int, written: str) -> str:
    """Register the label; a second definition is reported and gets a label that nothing can refer to."""
    label = written.casefold()
    labels: dict[str, int] = state.env["footnotes"]
    if label in labels:
        message = f"the footnote [^{written}] is defined twice"
        state.env["problems"].append(("markdown/duplicate-definition", line, message, "give it another label"))
        label = f"{label} {line}"
    labels[label] = line
    return label
