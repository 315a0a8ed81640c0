"""Paragraphs, rules, code, lists and definition lists: tokens -> HTML and plain text.

Each function writes the token at `index`, and answers the index of the last token it has used up if that is a
later one.
"""

from __future__ import annotations

import re
from html import escape

from markdown_it.token import Token

from helpgen.content.markdown.code import code_language, highlight
from helpgen.content.markdown.page import Page

_ITEM_ENDS = ("list_item_close", "dd_close")
_TASK = re.compile(r"\[([ xX])\][ \t]+")


def write_paragraph(page: Page, tokens: list[Token], index: int) -> int:
    token, inline = tokens[index], tokens[index + 1]
    if page.inline.is_plain(inline):
        _write_plain(page, inline.content, token.hidden, tokens[index + 3].type if token.hidden else "")
        return index + 2
    children = page.inline.parse(inline)
    image = _lone_image(children)
    if not children:
        return index + 2
    if image:
        page.inline.write_figure(image)
    elif token.hidden:
        page.inline.write_tokens(children)
        page.append("\n" if tokens[index + 3].type not in _ITEM_ENDS else "")
    else:
        page.append("<p>")
        page.inline.write_tokens(children)
        page.append("</p>\n")
    page.writer.end_line()
    return index + 2


def _write_plain(page: Page, words: str, hidden: bool, following: str) -> None:
    """Write a paragraph of words alone. Its end is a piece of its own: the way back from a footnote goes before it."""
    html, writer = page.writer.html, page.writer
    text = escape(words, quote=False)
    if not hidden:
        html += (f"<p>{text}", "</p>\n")
    else:
        html.append(text if following in _ITEM_ENDS else text + "\n")
    writer.line.append(words)
    writer.end_line()


def write_inline(page: Page, tokens: list[Token], index: int) -> None:
    page.inline.write(tokens[index])


def write_term_close(page: Page, _tokens: list[Token], _index: int) -> None:
    page.append("</dt>\n")
    page.writer.end_line()


def write_heading(page: Page, tokens: list[Token], index: int) -> int:
    page.headings.write(tokens, index)
    return index + 2


def write_code(page: Page, tokens: list[Token], index: int) -> None:
    token = tokens[index]
    language = code_language(token.info)
    attribute = f' data-language="{language}"' if language else ""
    code = highlight(token.content, language)
    page.append(f'<div class="code"{attribute}><pre tabindex="0"><code>{code}</code></pre></div>\n')
    page.writer.add_lines(token.content)


def write_list(page: Page, tokens: list[Token], index: int) -> None:
    token = tokens[index]
    if token.tag == "ul":
        if page.steps.take_choices(tokens, index):
            page.append('<ul class="choices">\n')
            return
        is_tasks = _is_task(tokens, index + 1)
        page.append('<ul class="task-list">\n' if is_tasks else "<ul>\n")
        return
    start = token.attrs.get("start")
    page.append(f'<ol start="{start}">\n' if start is not None else "<ol>\n")


def write_item(page: Page, tokens: list[Token], index: int) -> None:
    page.enter(tokens[index])
    if not _is_task(tokens, index):
        page.append("<li>")
        return
    inline = tokens[index + 2]
    match = _TASK.match(inline.content)
    assert match
    inline.content = inline.content[match.end() :]
    checked, label = (' checked=""', "done") if match.group(1) != " " else ("", "todo")
    name = escape(page.labels[label])
    page.append(f'<li class="task"><input type="checkbox" disabled=""{checked} aria-label="{name}"> ')


def write_item_close(page: Page, _tokens: list[Token], _index: int) -> None:
    page.leave()
    page.append("</li>\n")


def write_definition(page: Page, tokens: list[Token], index: int) -> None:
    page.enter(tokens[index])
    page.append("<dd>")


def write_definition_close(page: Page, _tokens: list[Token], _index: int) -> None:
    page.leave()
    page.append("</dd>\n")
    page.writer.end_line()


def _lone_image(children: list[Token]) -> Token | None:
    """The image of a paragraph that holds nothing else."""
    filled = [child for child in children if child.type == "image" or child.nesting or child.content.strip()]
    return filled[0] if len(filled) == 1 and filled[0].type == "image" else None


def _is_task(tokens: list[Token], index: int) -> bool:
    """Does the list item at `index` start with `[ ] ` or `[x] `?"""
    return tokens[index + 1].type == "paragraph_open" and bool(_TASK.match(tokens[index + 2].content))
