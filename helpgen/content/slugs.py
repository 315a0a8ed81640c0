"""Names in addresses: the ids of headings and the last part of a page's path.

1. `heading_slug`: the words of a heading, as GitHub makes its anchors (so that links work there and here).
2. `Slugger`: the same, made unique within one article.
3. `path_slug`: a title or file name as a part of an address.
4. `anchor_table`, `find_anchor`: what a link's `#fragment` may be, and the id it means.

In HTML every id of ours starts with `h-`: a heading "cookie" must never become `document.cookie`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from helpgen.content.devices import is_device
from helpgen.model.article import Heading

PREFIX = "h-"
_NOT_ASCII_SLUG = re.compile(r"[^a-z0-9_\- ]")
_NOT_ASCII_WORD = re.compile(r"[^a-z0-9]+")
_SEPARATORS = re.compile(r"[\s\-_./\\]+")
_PATH_BYTES = 160


def heading_slug(text: str) -> str:
    """The GitHub-style slug of a heading: lower case, spaces as hyphens, punctuation out, every script kept.

    Steps as in the `github-slugger` package: letters, marks, numbers, connector punctuation, hyphens and
    spaces stay. "" if nothing is left.
    """
    lowered = unicodedata.normalize("NFC", text.strip()).lower()
    if lowered.isascii():
        return _NOT_ASCII_SLUG.sub("", lowered).replace(" ", "-")
    kept = (char for char in lowered if char in "- " or char.isalnum() or unicodedata.category(char) in _KEPT)
    return "".join(kept).replace(" ", "-")


_KEPT = frozenset({"Mn", "Mc", "Me", "Pc", "Nl", "No", "Lm"})


class Slugger:
    """Slugs that differ within one article: the second "Fees" is `fees-1`, the third `fees-2`.

    A counter per slug keeps it linear where seeking a free number from 1 each time would be quadratic.
    `taken` are ids that the author gave; no heading without an id of its own may claim one of them.
    """

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._next: dict[str, int] = dict.fromkeys(taken, 1)

    def unique(self, text: str) -> str:
        """The slug of a heading's text, with `-1`, `-2` … if it has been used; "section" if the text has no letter."""
        base = slug = heading_slug(text) or "section"
        while slug in self._next:
            number = self._next[base]
            self._next[base] = number + 1
            slug = f"{base}-{number}"
        self._next[slug] = 1
        return slug


@lru_cache(maxsize=1024)
def path_slug(name: str) -> str:
    """A title or file name (without its ending) as one part of an address.

    Letters and digits of every script, lower case, full-width forms made half-width, everything else one hyphen;
    at most 160 bytes in UTF-8; "" if nothing is left.
    """
    plain = unicodedata.normalize("NFKC", name).lower()
    if plain.isascii():
        kept = _NOT_ASCII_WORD.sub("-", plain)
    else:
        kept = "".join(char if char.isalnum() or unicodedata.category(char)[0] == "M" else "-" for char in plain)
    slug = _SEPARATORS.sub("-", unicodedata.normalize("NFC", kept)).strip("-")
    cut = slug.encode()[:_PATH_BYTES].decode(errors="ignore").strip("-")
    return f"{cut}-page" if is_device(cut) else cut


def anchor_table(headings: Sequence[Heading]) -> Mapping[str, str]:
    """Every fragment that may name one of the headings -> its id (`h-…`).

    Three forms lead to a heading: its id, its id without `h-`, and the slug that GitHub gives it (which differs
    when the author set an id). Ids win over slugs, earlier headings over later ones.
    """
    table: dict[str, str] = {}
    for heading in headings:
        table.setdefault(heading.anchor, heading.anchor)
        table.setdefault(heading.anchor.removeprefix(PREFIX), heading.anchor)
    on_github = Slugger()
    for heading in headings:
        table.setdefault(on_github.unique(heading.text), heading.anchor)
    return table


def find_anchor(headings: Sequence[Heading], fragment: str) -> str | None:
    """The id of the heading that a link's fragment (without `#`, percent-decoded) means, or None.

    For many links into one article make its `anchor_table` once instead.
    """
    table = anchor_table(headings)
    wanted = unicodedata.normalize("NFC", fragment)
    return table.get(wanted) or table.get(wanted.lower())
