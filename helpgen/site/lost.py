"""Addresses of the published site that no page of the new one answers: links in mails and chats would lead nowhere.

A page that was renamed or moved keeps its old address as an alias or by a line of `_data/redirects.yaml`, where one that was
given up stands too; this check says so when nobody thought of it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from difflib import get_close_matches

from helpgen.content.place import REDIRECTS_FILE
from helpgen.content.redirects import GONE
from helpgen.model.article import Article
from helpgen.model.diagnostic import Diagnostic, problem
from helpgen.model.location import Location
from helpgen.model.site import Site
from helpgen.site.redirects import is_gone
from helpgen.site.urls import output_path

RULE = "site/lost-address"


def lost_addresses(
    site: Site, files: Collection[str], published: Collection[str], *, config_path: str
) -> list[Diagnostic]:
    """One problem for each page of `published` (paths of HTML files) that is not among the new `files`, nor said to be gone.

    It stands at the new article that looks most like the one that moved, else at the settings.
    """
    present, before = set(files), set(published)
    locales = [part.locale for part in site.locales] if site.prefixed else []
    missing = (path.removesuffix("index.html") for path in sorted(before - present))
    lost = [address for address in missing if not is_gone(address, site.gone, locales)]
    if not lost:
        return []
    moved = {
        entry.url: entry.article
        for part in site.locales
        for entry in part.entries
        if output_path(entry.url) not in before
    }
    closest = {address: _closest(address, moved) for address in lost}
    folders = _moved_folders(closest)
    return [_lost(address, closest[address], folders, moved, config_path) for address in lost]


def _lost(
    address: str, new: str, folders: Mapping[str, str], moved: Mapping[str, Article], config_path: str
) -> Diagnostic:
    article = moved.get(new)
    place = Location(path=article.path, line=1, column=1) if article is not None else Location(path=config_path)
    message = f"the published site has a page at /{address}; now there is no page and no redirect"
    folder = address if address in folders else _parent(address)
    if folder in folders:
        line = f"if the folder has moved, add to {REDIRECTS_FILE}: /{folder}*: /{folders[folder]}*"
    elif article is not None:
        line = f"if this article took its place, add to {REDIRECTS_FILE}: /{address}: /{new}"
    else:
        line = f"add to {REDIRECTS_FILE} what answers instead, /{address}: /…"
    return problem(RULE, place, message, hint=f"{line}; if nothing does, /{address}: {GONE}")


def _moved_folders(closest: Mapping[str, str]) -> dict[str, str]:
    """Lost folders and where they are now, of which a page has the same name in another one."""
    return {
        _parent(old): _parent(new)
        for old, new in closest.items()
        if new and old.removeprefix(_parent(old)) == new.removeprefix(_parent(new)) and _parent(old) in closest
    }


def _parent(address: str) -> str:
    return address[: address.rstrip("/").rfind("/") + 1]


def _closest(url: str, moved: Mapping[str, Article]) -> str:
    """The new address in the same language that is most like the lost one; "" if none is like it."""
    first = url.partition("/")[0]
    near = [candidate for candidate in moved if candidate.partition("/")[0] == first] or list(moved)
    if len(near) == 1:
        return near[0]
    return next(iter(get_close_matches(url, near, n=1)), "")
