"""An article as its own file tells it: nothing here depends on another file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from helpgen.model.location import Location

ArticleType = Literal["article", "faq", "troubleshooter"]

# What an article can be for; the theme has a name for each.
PLATFORMS: Final = ("ios", "android", "web", "desktop", "api")


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontMatter:
    """The fields of an article's front matter, typed. Their table, with a line on each, is `content/fields.py`."""

    title: str
    slug: str
    summary: str = ""
    order: float | None = None
    type: ArticleType = "article"
    questions: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    platforms: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    updated: str = ""
    reviewed: str = ""
    draft: bool = False
    featured: bool = False
    search_boost: float = 1.0
    search_exclude: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading of the body: `anchor` is its id in the page (`h-…`), `text` its plain words."""

    level: int
    text: str
    anchor: str
    location: Location


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A link or image that points into the site: its address is known only once all files are read.

    `target` is as written (`../deposits/find-txid.md#where`, `img/a.png`, `#here`), percent-decoded.
    """

    kind: Literal["link", "image"]
    target: str
    location: Location
    excerpt: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """The plain text under one heading, for the search index; the first one (`anchor` "") is the lead."""

    anchor: str
    heading: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What a reader can choose at a step of a troubleshooter.

    `target` is as written: a step of the same article (`#code-refused`), a scenario of support (`scenario:login`), or
    another file.
    """

    label: str
    target: str
    location: Location
    excerpt: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A step of a troubleshooter: a heading of the second level and what stands under it. `anchor` is that of the heading."""

    anchor: str
    title: str
    location: Location
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """The article's HTML with a hole for each reference.

    `pieces` alternates strings of gated HTML and integers: indexes into `references`. For a link the hole is the
    value of its `href`; for an image it is the attributes `src`, `width` and `height` (the hole stands where
    the whole ` src="…" width="…" height="…"` goes). Only a troubleshooter has `steps`.
    """

    pieces: tuple[str | int, ...] = ()
    references: tuple[Reference, ...] = ()
    headings: tuple[Heading, ...] = ()
    passages: tuple[Passage, ...] = ()
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One Markdown file, parsed.

    `path` is that of the file; `locale` the code of its language; `category` its folder below the locale
    ("deposits", "deposits/withdrawals", or "" for a page outside every category); `key` is
    `<locale>/<category>/<slug>`, `translation_key` the same without the locale (by file name, so that
    translations may have slugs of their own). `title_location` is for messages about the article as a whole,
    `slug_location` and `alias_locations` (one for each alias) for those about its addresses, `related_locations` (one for
    each entry) for those about its related articles.
    """

    path: str
    key: str
    translation_key: str
    locale: str
    category: str
    front: FrontMatter
    body: Body
    title_location: Location
    slug_location: Location
    alias_locations: tuple[Location, ...] = ()
    related_locations: tuple[Location, ...] = ()

    @property
    def slug(self) -> str:
        return self.front.slug
