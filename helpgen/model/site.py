"""The whole site, joined: every relation between files is known and every address is decided."""

from __future__ import annotations

from dataclasses import dataclass, field

from helpgen.model.article import Article
from helpgen.model.category import Category
from helpgen.model.config import SiteConfig
from helpgen.model.html import Html
from helpgen.model.location import Location
from helpgen.model.media import Image
from helpgen.model.support import Channel, Support


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An article at its place in one language of the site.

    `locale` is the language of the pages around it; it differs from `article.locale` where a translation is missing.
    `url` is its address below the site's root; `html` its body with every link resolved.
    """

    locale: str
    article: Article
    url: str
    html: Html

    @property
    def translated(self) -> bool:
        return self.locale == self.article.locale


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """A category of one language with its entries in order, and its sections (which have none of their own)."""

    category: Category
    url: str
    entries: tuple[Entry, ...]
    sections: tuple[Shelf, ...] = ()

    @property
    def all_entries(self) -> tuple[Entry, ...]:
        """Its entries and those of its sections, in reading order."""
        return self.entries + tuple(entry for section in self.sections for entry in section.entries)


@dataclass(frozen=True, slots=True, kw_only=True)
class LocaleSite:
    """The site in one language. `loose` are entries outside every category."""

    locale: str
    shelves: tuple[Shelf, ...]
    loose: tuple[Entry, ...]

    @property
    def entries(self) -> tuple[Entry, ...]:
        return tuple(e for shelf in self.shelves for e in shelf.all_entries) + self.loose


@dataclass(frozen=True, slots=True, kw_only=True)
class Redirect:
    """An old address below the site's root (as a path of a page) and the page that it leads to."""

    source: str
    target: str
    title: str
    locale: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A line of `redirects.yaml`: an old address and the new one, None where it was given up. `below`: and all below it."""

    old: str
    new: str | None
    below: bool
    at: Location


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """Everything the pages are planned from.

    `failed_articles` are the keys of those that an error of their own keeps out, and `channels_failed` tells that there is one
    in the file of channels: whoever names something in these has made no mistake.
    """

    config: SiteConfig
    locales: tuple[LocaleSite, ...]
    redirects: tuple[Redirect, ...]
    gone: tuple[Move, ...] = ()
    channels: tuple[Channel, ...]
    support: Support = field(default_factory=Support)
    images: tuple[Image, ...]
    prefixed: bool
    theme_settings: dict[str, object]
    failed_articles: frozenset[str] = frozenset()
    channels_failed: bool = False
