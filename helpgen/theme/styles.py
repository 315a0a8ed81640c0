"""The theme's CSS files -> one stylesheet.

1. Each file becomes a cascade layer of its own name, in the order that theme.yaml gives; so a later file wins over an
   earlier one whatever its selectors weigh.
2. The computed palette and the colours of code join the layer "tokens" and "code".
3. Comments and idle white space go.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from pygments.token import STANDARD_TYPES, Comment, Keyword, Literal, Name, Number, Operator, String

from helpgen.theme.palette import tokens_css

_QUIET = re.compile(r"""("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|url\([^)]*\))|/\*.*?\*/|\s+""", re.DOTALL)
_AROUND = re.compile(r"""("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|url\([^)]*\))|\s*([{};,])\s*|;\s*(?=})""")
# Which of the palette's code colours a kind of token gets; the first that fits, so the narrower come first.
_KINDS: Final = (
    (Comment, "comment"),
    (Keyword.Constant, "number"),
    (Keyword, "keyword"),
    (Operator.Word, "keyword"),
    (String, "string"),
    (Number, "number"),
    (Literal, "number"),
    (Name.Tag, "keyword"),
    (Name.Builtin, "name"),
    (Name.Function, "name"),
    (Name.Class, "name"),
    (Name.Decorator, "name"),
    (Name.Attribute, "name"),
)


def stylesheet(layers: tuple[str, ...], sources: Mapping[str, str], brand: str) -> str:
    """One stylesheet of all layers, with the palette of `brand`."""
    order = f"@layer {','.join(('palette', *layers, 'highlight'))};"
    parts = [f"@layer palette{{{tokens_css(brand)}}}"]
    parts += [f"@layer {name}{{{sources[name]}}}" for name in layers]
    parts.append(f"@layer highlight{{{highlight_css()}}}")
    return order + minify("".join(parts))


def highlight_css() -> str:
    """Rules for the classes that Pygments writes, in the colours of the palette (one set: the palette knows the scheme)."""
    classes: dict[str, list[str]] = {}
    for token, short in sorted(STANDARD_TYPES.items(), key=lambda item: item[1]):
        colour = next((name for kind, name in _KINDS if short and token[: len(kind)] == kind), "")
        if colour:
            classes.setdefault(colour, []).append(f".{short}")
    rules = [f".code :is({','.join(names)}){{color:var(--code-{colour})}}" for colour, names in sorted(classes.items())]
    return "".join(rules)


@lru_cache(maxsize=4)
def minify(css: str) -> str:
    """CSS without comments and idle white space; texts between quotes and url(…) stay as they are."""
    joined = _QUIET.sub(lambda match: match.group(1) or " ", css)
    tight = _AROUND.sub(lambda match: match.group(1) or match.group(2) or "", joined)
    return tight.replace(";}", "}").strip()
