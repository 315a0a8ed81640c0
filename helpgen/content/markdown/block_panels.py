"""Notes, steps, tabs, quotes and `<details>`: tokens -> HTML and plain text. For the signature see block_basics.py."""

from __future__ import annotations

import re
from html import escape

from markdown_it.token import Token

from helpgen.content.markdown.containers import ADMONITIONS, NEVER_ASK
from helpgen.content.markdown.labels import NEVER_ASK_LINES
from helpgen.content.markdown.page import Page
from helpgen.content.slugs import heading_slug

_ALERT = re.compile(r"\[!(NOTE|TIP|IMPORTANT|WARNING|CAUTION|DANGER)\][ \t]*(?:\n|$)", re.IGNORECASE)
_ALERT_KINDS = {"important": "note", "caution": "danger"}


def write_quote(page: Page, tokens: list[Token], index: int) -> None:
    """A quote, or the note that GitHub writes as a quote that begins with `[!NOTE]`."""
    page.enter(tokens[index])
    inline = tokens[index + 2] if tokens[index + 1].type == "paragraph_open" else None
    match = _ALERT.match(inline.content) if inline else None
    if inline is None or match is None:
        page.append("<blockquote>\n")
        page.closings.append("</blockquote>\n")
        return
    kind = match.group(1).lower()
    kind = _ALERT_KINDS.get(kind, kind)
    _open_admonition(page, kind)
    _write_title(page, page.labels[kind])
    page.closings.append("</div>\n")
    inline.content = inline.content[match.end() :]
    inline.map = [inline.map[0] + 1, inline.map[1]] if inline.map else None


def write_quote_close(page: Page, _tokens: list[Token], _index: int) -> None:
    page.leave()
    page.append(page.closings.pop())


def write_container(page: Page, tokens: list[Token], index: int) -> None:
    token = tokens[index]
    page.enter(token)
    if token.info in ADMONITIONS:
        _open_admonition(page, token.info)
    elif token.info == "steps":
        _check_steps(page, tokens, index)
        page.append('<div class="steps">\n')
    elif token.info == "tabs":
        page.append('<div class="tabs" data-tabs="">\n')
    elif token.info == NEVER_ASK:
        _write_never_ask(page, token)
    else:
        page.append("<div>")


def _write_never_ask(page: Page, token: Token) -> None:
    lines = page.labels.get(NEVER_ASK_LINES, "").splitlines()
    if not lines:
        message = '":::never-ask" has nothing to show'
        hint = 'list below "never_ask" in content/_data/scenarios.yaml what support never asks for'
        page.report.add_line("markdown/container", (token.map or [0])[0], message, hint=hint)
    _open_admonition(page, "warning")
    _write_title(page, page.labels["never-ask"])
    page.append("<ul>\n")
    for line in lines:
        page.append(f"<li>{escape(line, quote=False)}</li>\n")
        page.writer.line.append(line)
        page.writer.end_line()
    page.append("</ul>\n")


def write_container_title(page: Page, tokens: list[Token], index: int) -> int:
    """The title of a note; without one, the word for its kind. Other blocks show a title as a paragraph."""
    kind = tokens[index - 1].info
    if tokens[index + 1].type != "inline":
        if kind in ADMONITIONS:
            _write_title(page, page.labels[kind])
        return index + 1
    page.append('<p class="admonition-title">' if kind in ADMONITIONS else "<p>")
    page.inline.write(tokens[index + 1])
    page.append("</p>\n")
    page.writer.end_line()
    return index + 2


def write_container_close(page: Page, _tokens: list[Token], _index: int) -> None:
    page.leave()
    page.append("</div>\n")


def write_tab(page: Page, tokens: list[Token], index: int) -> None:
    token = tokens[index]
    page.enter(token)
    platform = heading_slug(token.info) or "tab"
    page.append(
        f'<section class="tab" data-platform="{escape(platform)}">'
        f'<p class="tab-label">{escape(token.info, quote=False)}</p>\n'
    )
    page.writer.line.append(token.info)
    page.writer.end_line()


def write_tab_close(page: Page, _tokens: list[Token], _index: int) -> None:
    page.leave()
    page.append("</section>\n")


def write_details(page: Page, tokens: list[Token], index: int) -> None:
    page.enter(tokens[index])
    page.append('<details open="">' if tokens[index].info else "<details>")


def write_details_close(page: Page, _tokens: list[Token], _index: int) -> None:
    page.leave()
    page.append("</details>\n")


def write_summary_close(page: Page, _tokens: list[Token], _index: int) -> None:
    page.append("</summary>\n")
    page.writer.end_line()


def _open_admonition(page: Page, kind: str) -> None:
    page.append(f'<div class="admonition {kind}" role="note">')


def _write_title(page: Page, words: str) -> None:
    page.append(f'<p class="admonition-title">{escape(words, quote=False)}</p>\n')
    page.writer.line.append(words)
    page.writer.end_line()


def _check_steps(page: Page, tokens: list[Token], index: int) -> None:
    following = next(i for i in range(index, len(tokens)) if tokens[i].type == "container_title_close") + 1
    line = (tokens[index].map or [0])[0]
    if tokens[following].type not in ("ordered_list_open", "container_close"):
        message, hint = '":::steps" holds something other than a numbered list', 'begin each step with "1. "'
        page.report.add_line("markdown/container", line, message, hint=hint)
