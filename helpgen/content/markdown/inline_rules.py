"""The rules for words: markdown-it's own, which note where each link stands, and ours.

1. `link`, `image`, `autolink`: theirs; the token gets `meta` with `at` and `end`, offsets into the paragraph's text.
2. `footnote`: `[^label]`.
3. `bare_address`: `https://…` in the text is a link (http and https only; it ends at the first character that is
   not ASCII, so that `见https://a.example,然后` works).
4. `inline_html`: comments and tags become tokens; html_tags.py decides which of them stand.

All are linear: no rule looks further than the next `<`, or at a place that was looked at before.
"""

from __future__ import annotations

import re
from typing import cast

from markdown_it import rules_inline
from markdown_it.rules_inline.state_inline import StateInline
from markdown_it.token import Token

from helpgen.content.markdown.engine import InlineState, RuleTable
from helpgen.content.markdown.near_misses import broken_link

_UNDEFINED = re.compile(r"\[([^\[\]]{1,300})\]\[([^\[\]]{0,300})\]")
_FOOTNOTE = re.compile(r"\[\^([^\[\]\s]{1,100})\](?![(:])")
_ADDRESS = re.compile(r"(?<![A-Za-z0-9_])https?://[A-Za-z0-9][A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]*", re.IGNORECASE)
_TRAILING = "?!.,:*_~'\";&"
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9-]*)((?:[\s/][^<>]*)?)>")


def link(state: StateInline, silent: bool) -> bool:
    """`[text](address)`, `[text][label]`, `[label]`."""
    if silent:
        return rules_inline.link(state, True)
    start, count = state.pos, len(state.tokens)
    if rules_inline.link(state, False):
        _mark(state, count, "link_open", start)
        return True
    _note_undefined(state, start)
    return False


def _mark(state: StateInline, count: int, kind: str, start: int) -> None:
    """Note the place on the first token that a rule pushed; a text token may have come before it."""
    token = state.tokens[count]
    if token.type != kind:
        token = state.tokens[count + 1]
    token.meta = {"at": start, "end": state.pos, "by_label": state.src[state.pos - 1] == "]"}


def _note_undefined(state: StateInline, start: int) -> None:
    """`[text][label]` without a definition stays text; the author meant a link. `list[0][1]` was not meant so."""
    miss = broken_link(state.src, start, state.posMax)
    if miss is not None:
        cast(InlineState, state).misses.append(miss)
        return
    before = state.src[start - 1 : start] if start else " "
    if before in "_])" or (before.isascii() and before.isalnum()):
        return
    match = _UNDEFINED.match(state.src, start, state.posMax)
    if match:
        cast(InlineState, state).undefined.append((start, match.end(), match.group(2) or match.group(1)))


def image(state: StateInline, silent: bool) -> bool:
    """`![text](address)`."""
    start, count = state.pos, len(state.tokens)
    if not rules_inline.image(state, silent):
        return False
    if not silent:
        _mark(state, count, "image", start)
    return True


def autolink(state: StateInline, silent: bool) -> bool:
    """`<https://…>` and `<name@host>`."""
    start, count = state.pos, len(state.tokens)
    if not rules_inline.autolink(state, silent):
        return False
    if not silent:
        _mark(state, count, "link_open", start)
    return True


def footnote(state: StateInline, silent: bool) -> bool:
    """`[^label]`, if the article defines the label."""
    if not state.src.startswith("[^", state.pos):
        return False
    match = _FOOTNOTE.match(state.src, state.pos, state.posMax)
    if not match:
        return False
    label = match.group(1).casefold()
    if label not in state.env["footnotes"]:
        if not silent:
            cast(InlineState, state).undefined.append((state.pos, match.end(), "^" + match.group(1)))
        return False
    if not silent:
        token = state.push("footnote_ref", "", 0)
        token.meta = {"label": label}
    state.pos = match.end()
    return True


def bare_address(state: StateInline, silent: bool) -> bool:
    """A plain address in the text, entered at its colon: the scheme is already in the pending text."""
    if silent or state.linkLevel or not state.src.startswith("://", state.pos):
        return False
    scheme = 5 if state.src[state.pos - 5 : state.pos].lower() == "https" else 4
    start = state.pos - scheme
    match = _ADDRESS.match(state.src, start, state.posMax) if start >= 0 else None
    if not match or not state.pending.lower().endswith(match.group()[:scheme].lower()):
        return False
    address = _trimmed(match.group())
    state.pending = state.pending[:-scheme]
    count = len(state.tokens)
    opening = state.push("link_open", "a", 1)
    opening.attrs = {"href": address}
    text = state.push("text", "", 0)
    text.content = address
    state.push("link_close", "a", -1)
    state.pos = start + len(address)
    _mark(state, count, "link_open", start)
    opening.meta["by_label"] = False
    opening.info = "auto"
    return True


def _trimmed(address: str) -> str:
    """Without the punctuation that belongs to the sentence, and closing brackets that were not opened in it (as GFM)."""
    unopened = {")": address.count(")") - address.count("("), "]": address.count("]") - address.count("[")}
    end = len(address)
    while end:
        char = address[end - 1]
        if char in unopened and unopened[char] > 0:
            unopened[char] -= 1
        elif char not in _TRAILING:
            break
        end -= 1
    return address[:end]


def inline_html(state: StateInline, silent: bool) -> bool:
    """A comment (dropped), or a tag (a token `html_tag`; `info` is its name, `meta` says whether it closes)."""
    if state.src.startswith("<!--", state.pos):
        return _comment(state, silent)
    match = _TAG.match(state.src, state.pos, state.posMax)
    if not match:
        return False
    if not silent:
        token: Token = state.push("html_tag", "", 0)
        token.content = match.group()
        token.info = match.group(2).lower()
        token.meta = {"closes": bool(match.group(1)), "rest": match.group(3), "at": state.pos}
    state.pos = match.end()
    return True


def _comment(state: StateInline, silent: bool) -> bool:
    start = state.pos
    for short in ("<!-->", "<!--->"):
        if state.src.startswith(short, start):
            state.pos = start + len(short)
            return True
    # The last `-->` is looked up once per text: a thousand `<!--` without an end cost one search, not a thousand.
    if state.html_terminator_last("-->") < start:
        if not silent:
            state.push("html_tag", "", 0)
            token = state.tokens[-1]
            token.content, token.info = "<!--", "!--"
            token.meta = {"closes": False, "rest": "", "at": start}
            state.pos = start + 4
            return True
        return False
    end = state.src.find("-->", start + 4, state.posMax)
    if end < 0:
        return False
    state.pos = end + 3
    return True


RULES: RuleTable = {
    "\n": (rules_inline.newline,),
    "\\": (rules_inline.escape,),
    "`": (rules_inline.backtick,),
    "*": (rules_inline.emphasis.tokenize,),
    "_": (rules_inline.emphasis.tokenize,),
    "~": (rules_inline.strikethrough.tokenize,),
    "[": (footnote, link),
    "!": (image,),
    "<": (autolink, inline_html),
    "&": (rules_inline.entity,),
    ":": (bare_address,),
}
RULES2 = (rules_inline.link_pairs, rules_inline.strikethrough.postProcess, rules_inline.emphasis.postProcess)
