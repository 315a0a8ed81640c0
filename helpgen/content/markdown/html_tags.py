"""Which of the HTML tags in a paragraph stand, and which are shown as text.

A tag stands if it is on the list, has no attribute but `title` of `<abbr>`, and its partner is in the right
place: HTML and Markdown elements must nest, so `<b>*x</b>*` keeps its `<b>` as text. One pass with a stack.
"""

from __future__ import annotations

import re
from html import unescape

from markdown_it.token import Token

ELEMENTS = frozenset({"kbd", "sub", "sup", "mark", "abbr", "u", "s", "small", "b", "i", "strong", "em", "code"})
# Elements of HTML that authors bring from elsewhere. Their tags are shown, but they are no words of the article: neither
# the search nor the id of a heading knows them. (A placeholder such as <your-uid> is a word.)
FOREIGN = frozenset(
    {"a", "area", "article", "aside", "base", "blink", "body", "button", "center", "cite", "col", "colgroup", "data"}
    | {"dfn", "dialog", "div", "embed", "font", "footer", "form", "frame", "frameset", "head", "header", "html"}
    | {"iframe", "img", "input", "ins", "label", "link", "main", "map", "marquee", "math", "meta", "nav", "noscript"}
    | {"object", "option", "p", "picture", "q", "s", "script", "section", "select", "source", "span", "style", "svg"}
    | {
        "table",
        "tbody",
        "td",
        "template",
        "textarea",
        "tfoot",
        "th",
        "thead",
        "time",
        "title",
        "tr",
        "var",
        "video",
        "wbr",
    }
)
_TITLE = re.compile(r"""\s+title=(?:"([^"]*)"|'([^']*)')\s*""")
_DEPTH = 20


def balance(tokens: list[Token]) -> None:
    """Set `type` of each `html_tag` to html_open, html_close, html_break or html_text."""
    stack: list[Token] = []
    for token in tokens:
        if token.type == "html_tag":
            _classify(token, stack)
        elif token.nesting == 1:
            stack.append(token)
        elif token.nesting == -1:
            # What an HTML tag opened inside a Markdown element must have closed there.
            while stack and stack[-1].type == "html_open":
                stack.pop().type = "html_text"
            if stack:
                stack.pop()
    for token in stack:
        if token.type == "html_open":
            token.type = "html_text"


def _classify(token: Token, stack: list[Token]) -> None:
    name, rest, closes = token.info, token.meta["rest"], token.meta["closes"]
    token.type = "html_text"
    if name == "br" and not rest.strip(" \t\n/"):
        token.type = "html_break"
    elif name not in ELEMENTS:
        return
    elif closes:
        if stack and stack[-1].type == "html_open" and stack[-1].info == name and not rest.strip():
            stack.pop()
            token.type = "html_close"
    elif len(stack) < _DEPTH:
        title = _TITLE.fullmatch(rest) if name == "abbr" else None
        if title or not rest.strip():
            token.meta["title"] = unescape(title.group(1) or title.group(2) or "") if title else ""
            token.type = "html_open"
            stack.append(token)
