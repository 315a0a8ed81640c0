"""Order and neighbours of articles."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import TypeVar

from helpgen.model.article import Article
from helpgen.model.category import Category
from helpgen.model.page import NavGroup, NavLink
from helpgen.model.site import Entry, Shelf

Ordered = TypeVar("Ordered", Article, Category)

# Links in the navigation beside an article. A list of hundreds helps nobody, and would be most of each page's bytes.
NAVIGATION_LIMIT = 60


def order_key(item: Article | Category) -> tuple[float, str, str]:
    """Sort by `order` (those without one last), then by title, then by path."""
    if isinstance(item, Article):
        order, title, path = item.front.order, item.front.title, item.translation_key
    else:
        order, title, path = item.order, item.title, item.path
    return (math.inf if order is None else order, title, path)


def side_navigation(shelf: Shelf, current: str) -> tuple[NavGroup, ...]:
    """The articles of one category, never of the whole site: a page is rendered again when what it shows changes.

    Beyond `NAVIGATION_LIMIT` only the page's own section is listed, around the page itself; the other sections are
    named, without their articles.
    """
    groups = [("", shelf.url, shelf.entries)]
    groups += [(section.category.title, section.url, section.entries) for section in shelf.sections]
    if sum(len(entries) for _, _, entries in groups) > NAVIGATION_LIMIT:
        groups[0] = (shelf.category.title, shelf.url, shelf.entries)
        return tuple(
            NavGroup(title=title, url=url, links=_links_around(entries, current))
            for title, url, entries in groups
            if entries
        )
    return tuple(
        NavGroup(title=title, url=url, links=tuple(_nav_link(entry, current) for entry in entries))
        for title, url, entries in groups
        if entries
    )


def _links_around(entries: Sequence[Entry], current: str) -> tuple[NavLink, ...]:
    """As many entries as the limit allows, the current one in their middle; none if it is not among them."""
    at = next((index for index, entry in enumerate(entries) if entry.url == current), -1)
    if at < 0:
        return ()
    start = max(0, min(at - NAVIGATION_LIMIT // 2, len(entries) - NAVIGATION_LIMIT))
    return tuple(_nav_link(entry, current) for entry in entries[start : start + NAVIGATION_LIMIT])


def _nav_link(entry: Entry, current: str) -> NavLink:
    return _link(entry.article.front.title, entry.url, entry.url == current)


@lru_cache(maxsize=1 << 12)
def _link(title: str, url: str, current: bool) -> NavLink:
    """A memo of a pure function: all pages of a category list the same links, and share them in memory."""
    return NavLink(title=title, url=url, current=current)
