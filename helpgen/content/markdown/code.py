"""Code blocks: the language from the fence's info string, and its colours as `<span class="…">`.

Pygments is imported when the first block needs it: half of all help centres have none, and it is slow to load.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from html import escape

_LANGUAGE = re.compile(r"\{?\.?([A-Za-z0-9+#-]{1,30})(?=[\s{},:]|$)")
# Lexers are regular expressions by many hands, some of them slow on odd input: larger blocks stay plain.
_HIGHLIGHT_LIMIT = 60_000
# Pygments' kinds of tokens that no style of ours colours: names that are only names, marks, what it does not know. They are two
# thirds of all tokens, and each would be an element.
COLOURLESS = frozenset({"err", "n", "nx", "o", "p", "pm", "w", "x"})
_PLAIN = frozenset({"", "text", "txt", "plain", "plaintext", "none", "console-output"})

Tokens = Callable[[str], Iterable[tuple[object, str]]]


def code_language(info: str) -> str:
    """The language that a fence's info string names, lower case, `[a-z0-9+#-]{1,30}`; "" for anything else."""
    match = _LANGUAGE.match(info.strip())
    return match.group(1).lower() if match else ""


def highlight(code: str, language: str) -> str:
    """The code as HTML, escaped; coloured if Pygments knows the language."""
    if language in _PLAIN or len(code) > _HIGHLIGHT_LIMIT:
        return escape(code, quote=False)
    lexer = _lexer(language)
    if lexer is None:
        return escape(code, quote=False)
    spans: list[str] = []
    current, texts = "", [""]
    for kind, text in lexer(code):
        name = _class_name(kind)
        if name != current:
            spans.append(_span(current, "".join(texts)))
            current, texts = name, []
        texts.append(text)
    spans.append(_span(current, "".join(texts)))
    return "".join(spans)


def _span(name: str, text: str) -> str:
    plain = escape(text, quote=False)
    return f'<span class="{name}">{plain}</span>' if name and text else plain


@lru_cache(maxsize=256)
def _lexer(language: str) -> Tokens | None:
    from pygments.lexers import get_lexer_by_name
    from pygments.util import ClassNotFound

    try:
        # The block is shown as it was written: no line of it is stripped or added.
        lexer = get_lexer_by_name(language, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return None
    return lexer.get_tokens


@cache
def _class_name(kind: object) -> str:
    """The short class of a Pygments token type ("k", "s2" …), of the nearest parent that has one; "" for what stays plain."""
    from pygments.token import STANDARD_TYPES, _TokenType

    assert isinstance(kind, _TokenType)
    while kind not in STANDARD_TYPES and kind.parent is not None:
        kind = kind.parent
    name = STANDARD_TYPES.get(kind, "")
    return "" if name in COLOURLESS else name
