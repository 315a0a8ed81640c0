"""Addresses of the published site that no page of the new one answers: links in mails and chats would lead nowhere.

An article that was renamed or moved keeps its old address as an alias; this check says so when nobody thought of it.
"""

from __future__ import annotations

from collections.abc import Collection
from difflib import get_close_matches

from helpgen.model.article import Article
from helpgen.model.diagnostic import Diagnostic, problem
from helpgen.model.location import Location
from helpgen.model.site import Site
from helpgen.site.urls import output_path

RULE = "site/lost-address"


def lost_addresses(
    site: Site, files: Collection[str], published: Collection[str], *, config_path: str
) -> list[Diagnostic]:
    """One problem for each page of `published` (paths of HTML files) that is not among the new `files`.

    It stands at the new article that looks most like the one that moved, else at the settings.
    """
    present, before = set(files), set(published)
    lost = sorted(before - present)
    if not lost:
        return []
    moved = {
        entry.url: entry.article
        for part in site.locales
        for entry in part.entries
        if entry.translated and output_path(entry.url) not in before
    }
    return [_lost("/" + path.removesuffix("index.html"), moved, config_path) for path in lost]


def _lost(address: str, moved: dict[str, Article], config_path: str) -> Diagnostic:
    article = moved.get(_closest(address[1:], moved))
    message = f"the published site has a page at {address}; now there is no page and no redirect"
    if article is None:
        hint = f"give the address to the article that answers instead, in its front matter: aliases: [{address}]"
        return problem(RULE, Location(path=config_path), message, hint=hint)
    hint = f"if this article took its place, add to the front matter: aliases: [{address}]"
    return problem(RULE, Location(path=article.path, line=1, column=1), message, hint=hint)


def _closest(url: str, moved: dict[str, Article]) -> str:
    """The new address in the same language that is most like the lost one; "" if none is like it."""
    first = url.partition("/")[0]
    near = [candidate for candidate in moved if candidate.partition("/")[0] == first] or list(moved)
    if len(near) == 1:
        return near[0]
    return next(iter(get_close_matches(url, near, n=1)), "")
