"""The filters of templates: the only ways in which a value becomes an address, a date, JSON or an icon."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from jinja2 import TemplateRuntimeError, pass_context
from jinja2.runtime import Context

from helpgen.model.html import Html
from helpgen.model.suggest import did_you_mean
from helpgen.theme.foreign import LINK_SCHEMES
from helpgen.theme.fragments import PLACE, Place
from helpgen.theme.strings import Words, fill_places

_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
# What a browser drops or reads as something else: C0 controls, space at the ends, and the backslash.
_TRICKS = re.compile(r"[\x00-\x20\x7f\\]")


class FilterError(TemplateRuntimeError):
    """A value that a filter refuses: a mistake in the template or in the theme's files. The hint follows on a second line."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(f"{message}\n{hint}")


def make_url_filter(*, offline: bool) -> Callable[[Context, str], str]:
    """The filter that makes the link from a page to an address.

    An address of the site is relative to its root without a leading slash and becomes relative to the page, so that a
    site works below any path and from a disk; on the page for "not found", which is served at any depth, it starts with
    the site's base path instead. https, http, mailto and tel addresses, and "#…", are used as they are; anything else is
    refused. `offline` is for a site on a disk: there an address of the site names its file, also on the page for "not found".
    """

    @pass_context
    def url_filter(context: Context, url: str) -> str:
        place: Place | None = context.parent.get(PLACE)
        if place is None:
            raise FilterError("only a page has links", "leave out `without context`")
        address = str(url)
        if place.linked is not None:
            place.linked.append(address)
        # Pages in one folder show the same links again and again; only one into the page's own folder differs.
        own = not place.folder or address.startswith(place.folder)
        made = None if own else place.near.links.get(address)
        if made is None:
            made = (
                link(_file_of(address), place.page.url) if offline else link(address, place.page.url, place.base_path)
            )
            if not own:
                place.near.keep_link(address, made)
        return made

    return url_filter


def _file_of(url: str) -> str:
    """The address of the file that a site on a disk has at this address."""
    path, suffix = _split(url)
    inside = not _SCHEME.match(path) and not path.startswith("/") and (path or not suffix)
    return (f"{path}index.html" if inside and (not path or path.endswith("/")) else path) + suffix


def link(url: str, page_url: str, base_path: str | None = None) -> str:
    """`url` as seen from the page at `page_url`; below `base_path` if that is given."""
    if _is_whole(url):
        return url
    if base_path is not None:
        return base_path.rstrip("/") + "/" + url
    return relative(url, page_url)


# Pages of one category show the same links: what follows is asked for again and again.
@lru_cache(maxsize=1 << 14)
def _is_whole(url: str) -> bool:
    """Is an address used as it is, and not relative to a page? One that no page may link to is refused."""
    if _TRICKS.search(url.strip(" ")) or url != url.strip(" "):
        raise FilterError(f"the address {url!r} holds a space, a backslash or a control character")
    scheme = _SCHEME.match(url)
    if scheme:
        name = scheme.group()[:-1].lower()
        rest = url[scheme.end() :]
        if name not in LINK_SCHEMES or (name in ("http", "https") and not rest.startswith("//")):
            raise FilterError(f"the address {url!r} is not one a page may link to")
        return True
    if url.startswith("//"):
        raise FilterError(f"the address {url!r} leads to another site without saying so")
    return url.startswith(("#", "/"))


def relative(url: str, page_url: str) -> str:
    """The relative link between two addresses below the site's root."""
    folder = page_url[: page_url.rfind("/") + 1]
    if folder and not url.startswith(folder):
        # The way out of the page's own folder, and then the same way from there for all its neighbours.
        return "../" + _steps(url, folder[: folder.rfind("/", 0, -1) + 1])
    steps = _steps(url, folder)
    # A first part with a colon would be read as a scheme, and an empty link as this very page with its query.
    path = _split(steps)[0]
    if not path or ":" in path.split("/", 1)[0]:
        return f"./{steps}"
    return steps


@lru_cache(maxsize=1 << 14)
def _steps(url: str, folder: str) -> str:
    path, suffix = _split(url)
    here, (*folders, name) = folder.split("/")[:-1], path.split("/")
    shared = 0
    while shared < min(len(here), len(folders)) and here[shared] == folders[shared]:
        shared += 1
    return "../" * (len(here) - shared) + "".join(f"{part}/" for part in folders[shared:]) + name + suffix


def _split(url: str) -> tuple[str, str]:
    cut = min((at for at in (url.find("?"), url.find("#")) if at >= 0), default=len(url))
    return url[:cut], url[cut:]


def make_asset_filter(table: dict[str, str], url_filter: Callable[[Context, str], str]) -> Any:
    """The filter that turns the name of a shared file ("site.css") into the link to it."""

    @pass_context
    def asset_filter(context: Context, name: str) -> str:
        if name not in table:
            raise FilterError(f'there is no asset "{name}"', did_you_mean(name, table))
        return url_filter(context, table[name])

    return asset_filter


def make_icon_filter(icons: dict[str, str]) -> Any:
    """The filter that writes an icon of assets/icons into the page.

    Beside the gate of the content, this is the only place that makes `Html`: the icons are files of the theme, checked
    when it is loaded to hold nothing but shapes. `fallback` is for names that come from the content.
    """

    def icon_filter(name: str, fallback: str = "") -> Html:
        found = icons.get(name) or icons.get(fallback)
        if found is None:
            raise FilterError(f'there is no icon "{name}"', did_you_mean(name, icons))
        return Html(text=found)

    return icon_filter


@pass_context
def date_filter(context: Context, iso: str) -> str:
    """An ISO date as people write it in the page's language: 2026年11月5日, 5 November 2026."""
    words: Words = context["text"]
    try:
        day = datetime.date.fromisoformat(iso)
    except ValueError:
        raise FilterError(f"{iso!r} is not a date (YYYY-MM-DD)") from None
    months = words.date_months.split()
    return fill_places(words.date_format, {"day": day.day, "month": months[day.month - 1], "year": day.year})
