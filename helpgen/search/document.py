"""What search is given: one document an article, in plain text.

Nothing here knows Markdown, HTML or the site; the caller has already taken the marks off.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["article", "faq"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """The text under one heading.

    `anchor` is the id of the heading in the page. The lead, the text before the first heading, has "" for both.
    """

    anchor: str
    heading: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Synonyms:
    """Words and phrases of one locale that mean the same.

    - `two_way`: sets; who asks for one finds the others too.
    - `one_way`: (asked, found) pairs; who asks for the first finds the second too, but not the other way round.
    """

    two_way: tuple[tuple[str, ...], ...] = ()
    one_way: tuple[tuple[str, str], ...] = ()

    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Every (asked, found), in the order given, each once."""
        both = ((a, b) for words in self.two_way for a in words for b in words if a != b)
        return tuple(dict.fromkeys((*both, *self.one_way)))


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchDocument:
    """One article in one locale.

    - `key`: stable identity, `<locale>/<category>/<slug>`.
    - `url`: from the site's root, without a leading slash: `zh/deposits/not-arrived/`.
    - `path`: labels of the categories above it, outermost first.
    - `sections`: in reading order, the lead first. In a "faq" every other section is a question with its answer,
      found and ranked by itself.
    - `questions`, `keywords`: how readers ask for it, from the front matter.
    - `platforms`: what it is for ("ios", "android" …), none for everything.
    - `boost`: factor on its score, 1 for none, above 0.
    """

    key: str
    locale: str
    url: str
    title: str
    path: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()
    questions: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    platforms: tuple[str, ...] = ()
    boost: float = 1.0
    kind: Kind = "article"
