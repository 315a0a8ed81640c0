"""The one gate: the only place that makes `Html` of anything an author wrote.

1. The first layer are the tokens: HTML is off in the Markdown, and every tag, attribute and address is chosen there.
2. `html_gate` is the second: nh3 with a tight list, over the finished HTML. It must hold alone.
3. `cut` splits what has passed at the holes that references leave; `fill` puts their addresses in.

Marks: U+FDD0 n U+FDD1 is the hole of reference n, U+FDD2 begins the id of a footnote. Unicode keeps these code
points free for such use, the source of an article is cleaned of them and no entity can make one, so no text can
forge a mark. Every id that passes the gate gets the prefix `h-`; those of footnotes then become `fn-`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape, unescape

import nh3

from helpgen.model.article import Body
from helpgen.model.html import Html

_HOLE = re.compile(' src="\ufdd0([0-9]+)\ufdd1"|\ufdd0([0-9]+)\ufdd1')
# Stands for an image that is not there until its words take its place: no text holds this character.
_NO_IMAGE = "\ufdd3"
_INSIDE = rf'(?:[^"<>{_NO_IMAGE}]|"[^"]*")*'
_MISSING = re.compile(f"<img({_INSIDE}){_NO_IMAGE}({_INSIDE})>")
_ZOOM = re.compile(rf'<a [^<>]*href="{_NO_IMAGE}"[^<>]*>(.*?)</a>')
_ALT = re.compile(r' alt="([^"]*)"')
_IMAGE_VALUE = re.compile(r' src="([^"<>\s]*)"(?: width="[0-9]+" height="[0-9]+")?')

_TAGS = frozenset(
    [
        "a",
        "abbr",
        "b",
        "blockquote",
        "br",
        "code",
        "dd",
        "del",
        "details",
        "div",
        "dl",
        "dt",
        "em",
        "figcaption",
        "figure",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "i",
        "img",
        "input",
        "kbd",
        "li",
        "mark",
        "ol",
        "p",
        "pre",
        "s",
        "section",
        "small",
        "span",
        "strong",
        "sub",
        "summary",
        "sup",
        "table",
        "tbody",
        "td",
        "th",
        "thead",
        "tr",
        "u",
        "ul",
    ]
)
_ATTRIBUTES = {
    "a": {"href", "title", "id", "aria-label"},
    "abbr": {"title"},
    "details": {"open"},
    "div": {"data-language", "aria-label"},
    "img": {"src", "alt", "title"},
    "input": {"disabled", "checked", "aria-label"},
    "li": {"id"},
    "ol": {"start"},
    "section": {"data-platform", "aria-label"},
    **{f"h{level}": {"id"} for level in range(2, 7)},
}
_VALUES = {
    "a": {"rel": {"noopener noreferrer"}},
    "div": {"data-tabs": {""}, "role": {"note", "region"}, "tabindex": {"0"}},
    "img": {"loading": {"lazy"}, "decoding": {"async"}},
    "input": {"type": {"checkbox"}},
    "pre": {"tabindex": {"0"}},
}
_ALIGNED = {"align-left", "align-center", "align-right"}
# The short class names of Pygments' standard token types; a test compares them with Pygments itself, which is too
# slow to import here.
CODE_CLASSES = frozenset(
    [
        "bp",
        "c",
        "c1",
        "ch",
        "cm",
        "cp",
        "cpf",
        "cs",
        "dl",
        "err",
        "esc",
        "fm",
        "g",
        "gd",
        "ge",
        "ges",
        "gh",
        "gi",
        "go",
        "gp",
        "gr",
        "gs",
        "gt",
        "gu",
        "il",
        "k",
        "kc",
        "kd",
        "kn",
        "kp",
        "kr",
        "kt",
        "l",
        "ld",
        "m",
        "mb",
        "mf",
        "mh",
        "mi",
        "mo",
        "n",
        "na",
        "nb",
        "nc",
        "nd",
        "ne",
        "nf",
        "ni",
        "nl",
        "nn",
        "no",
        "nt",
        "nv",
        "nx",
        "o",
        "ow",
        "p",
        "pm",
        "py",
        "s",
        "s1",
        "s2",
        "sa",
        "sb",
        "sc",
        "sd",
        "se",
        "sh",
        "si",
        "sr",
        "ss",
        "sx",
        "vc",
        "vg",
        "vi",
        "vm",
        "w",
        "x",
    ]
)
_CLASSES = {
    "a": {"anchor", "external", "footnote-back", "footnote-ref", "zoom"},
    "div": {"admonition", "note", "tip", "warning", "danger", "steps", "tabs", "table-wrap", "code"},
    "figure": {"figure"},
    "li": {"task"},
    "p": {"admonition-title", "tab-label"},
    "section": {"tab", "question", "step", "end", "footnotes"},
    "span": set(CODE_CLASSES),
    "td": _ALIGNED,
    "th": _ALIGNED,
    "ul": {"task-list", "choices"},
}
_CLEANER = nh3.Cleaner(
    tags=_TAGS,
    attributes=_ATTRIBUTES,
    tag_attribute_values=_VALUES,
    allowed_classes=_CLASSES,
    url_schemes={"http", "https", "mailto", "tel"},
    link_rel=None,
    id_prefix="h-",
)


def keeps_address(address: str) -> bool:
    """Does the second layer let a link have this address? It drops, without a word, one that no browser could open."""
    return "href" in _CLEANER.clean(f'<a href="{escape(address)}">.</a>')


def hole(index: int) -> str:
    """The mark for the address of reference `index`: as the value of `href`, or as the value of `src`."""
    return f"\ufdd0{index}\ufdd1"


def footnote_id(name: str) -> str:
    """The value of an `id` attribute that the gate turns into `fn-<name>`."""
    return f"\ufdd2{name}"


def html_gate(html: str) -> str:
    """The HTML without anything that is not on the list; ids get their prefix. Marks pass unchanged.

    Linear for well-formed HTML of bounded depth, which is all that the parser makes. Never feed it free HTML of
    unbounded size: an HTML5 parser may need time and memory out of all proportion for it.
    """
    return _CLEANER.clean(html).replace('id="h-\ufdd2', 'id="fn-')


def cut(html: str) -> tuple[str | int, ...]:
    """Gated HTML as the pieces of a `Body`: strings, and the index of a reference at each hole."""
    # A text is searched for one character much faster than for a pattern, and many articles have no reference.
    if "\ufdd0" not in html:
        return (html,)
    parts = _HOLE.split(html)
    pieces: list[str | int] = [parts[0]]
    for position in range(1, len(parts), 3):
        pieces.append(int(parts[position] or parts[position + 1]))
        pieces.append(parts[position + 2])
    return tuple(pieces)


def fill(body: Body, values: Sequence[str]) -> Html:
    """The body with its holes filled: `values[i]` belongs to `body.references[i]`.

    For a link the value is the address (escaped here). For an image it is the attributes, as
    ` src="…" width="…" height="…"` (size optional) or "" if there is no such image, of which only the words are shown;
    where an image is the target of its own zoom link, its `src` is taken as the address. Raises ValueError for image
    attributes of another form and IndexError for a missing value: both are bugs of the caller.
    """
    filled: list[str] = []
    for position, piece in enumerate(body.pieces):
        if isinstance(piece, str):
            filled.append(piece)
        elif body.references[piece].kind == "link":
            filled.append(escape(values[piece]))
        else:
            match = _IMAGE_VALUE.fullmatch(values[piece]) if values[piece] else None
            if values[piece] and not match:
                raise ValueError(f"not the attributes of an image: {values[piece]!r}")
            before = body.pieces[position - 1] if position else ""
            in_link = isinstance(before, str) and before.endswith('href="')
            filled.append((match.group(1) if in_link else match.group()) if match else _NO_IMAGE)
    text = "".join(filled)
    return Html(text=_words_for_images(text) if _NO_IMAGE in text else text)


def _words_for_images(html: str) -> str:
    """An `img` without an address is no valid HTML, and a link that enlarges it leads nowhere: its words stand for it."""
    return _MISSING.sub(lambda found: _shown(found.group(1) + found.group(2)), _ZOOM.sub(r"\1", html))


def _shown(attributes: str) -> str:
    alt = _ALT.search(attributes)
    words = escape(unescape(alt.group(1)), quote=False) if alt else ""
    return f'<span class="image-missing">{words}</span>' if words else ""
