"""What pages beside each other have in common is made once.

1. `gather_reads` says which values a partial reads, its own partials included. One that shows what differs on every page, or is
   no mere piece of text (it has blocks, macros, a parent), is made anew each time.
2. Pages in one folder, with the same view of the site and the same look, share a `Neighbourhood`. There a partial is made once for
   all that it reads. The site, the words and the way up to other folders are the same for all, so they need no asking.
3. A link into a page's own folder is written differently there ("./"), so on such a page the partial is made anew.

What a page shows is the same with it and without.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from jinja2 import nodes
from jinja2.runtime import Context

from helpgen.model.page import ArticleCard, CategoryCard, ChannelCard, ContentsEntry, NavLink, Page, SiteView

# The name under which templates carry the place of their page; no template can write it.
PLACE: Final = " place"
_SHARED: Final = frozenset({"site", "text"})
# Equal values of these write the same text. Of others that is not known: 1 equals True.
_PLAIN: Final = frozenset({str, bool, int, type(None), ArticleCard, CategoryCard, ChannelCard, ContentsEntry, NavLink})
_ABSENT: Final = object()
# What the articles of one category mostly show alike. Whatever else a partial reads of its page differs on each of them.
_ALIKE: Final = frozenset({"page.breadcrumbs", "page.category", "page.channels", "page.platforms"})
_MOST_LINKS: Final = 1 << 14

Render = Callable[[Context], Iterator[str]]
# What a template reads ("where", "page.channels"), and the partials that it names; None: it may read anything.
Reads = tuple[frozenset[str], frozenset[str]] | None


@dataclass(frozen=True, slots=True)
class _Fragment:
    """A partial as text. `folders` are all those into which its links lead, `links` the addresses themselves."""

    text: str
    links: tuple[str, ...]
    folders: frozenset[str]


@dataclass(slots=True)
class Neighbourhood:
    """What the pages in one folder share: links by address, and partials by name."""

    site: SiteView | None = None
    text: object = None
    links: dict[str, str] = field(default_factory=dict)
    fragments: dict[tuple[object, ...], _Fragment] = field(default_factory=dict)

    def begin(self, site: SiteView, text: object) -> None:
        """Forget everything: the pages that come now see the site otherwise."""
        self.site, self.text = site, text
        self.links.clear()
        self.fragments.clear()

    def keep_link(self, url: str, link: str) -> None:
        if len(self.links) >= _MOST_LINKS:
            self.links.clear()
        self.links[url] = link


@dataclass(slots=True)
class Place:
    """Where a page stands. `folder` is its own; `linked` are the addresses that the partial being made links to."""

    page: Page
    folder: str
    near: Neighbourhood
    base_path: str | None = None
    linked: list[str] | None = None


def remembering(name: str, render: Render, reads: tuple[str, ...]) -> Render:
    """`render` of a partial that reads this ("page.channels", "where") besides the site and the words."""
    fields = [read.removeprefix("page.") for read in reads if read.startswith("page.")]
    names = [read for read in reads if not read.startswith("page.")]

    def remembered(context: Context) -> Iterator[str]:
        place: Place | None = context.parent.get(PLACE)
        key = _key(name, context.parent, place, fields, names) if place is not None else None
        if place is None or key is None:
            yield from render(context)
            return
        found = place.near.fragments.get(key)
        if found is None:
            found = _make(render, context, place)
            if place.folder not in found.folders:
                place.near.fragments[key] = found
        elif place.folder in found.folders:
            yield from render(context)
            return
        elif place.linked is not None:
            place.linked.extend(found.links)
        yield found.text

    return remembered


def _make(render: Render, context: Context, place: Place) -> _Fragment:
    outer, place.linked = place.linked, []
    try:
        text = "".join(render(context))
        links = tuple(dict.fromkeys(place.linked))
    finally:
        place.linked = outer
    if outer is not None:
        outer.extend(links)
    return _Fragment(text, links, frozenset(folder for link in links for folder in _folders(link)))


def _folders(url: str) -> Iterator[str]:
    at = url.find("/")
    while at >= 0:
        yield url[: at + 1]
        at = url.find("/", at + 1)


def _key(
    name: str, values: Mapping[str, Any], place: Place, fields: list[str], names: list[str]
) -> tuple[object, ...] | None:
    """The partial and what it reads; None where something is not what the neighbours share, or cannot be compared."""
    # A template may give these names to something else.
    told = (values.get("page"), values.get("site"), values.get("text"))
    if any(one is not other for one, other in zip(told, (place.page, place.near.site, place.near.text), strict=True)):
        return None
    key: list[object] = [name]
    key.extend(getattr(place.page, field_name, _ABSENT) for field_name in fields)
    for read in names:
        value = values.get(read, _ABSENT)
        if value is not _ABSENT and type(value) not in _PLAIN:
            return None
        key.append(value)
        key.append(type(value))
    return tuple(key)


_NOT_A_PIECE: Final = (
    nodes.Extends, nodes.Block, nodes.Import, nodes.FromImport, nodes.Macro, nodes.CallBlock,
)  # fmt: skip


def find_reads(tree: nodes.Template) -> Reads:
    """What a template reads itself; None if it may read anything."""
    if next(tree.find_all(_NOT_A_PIECE), None) is not None:
        return None
    partials = [include.template for include in tree.find_all(nodes.Include)]
    names = [node for node in tree.find_all(nodes.Name) if node.ctx == "load"]
    of_page = [
        node.attr
        for node in tree.find_all(nodes.Getattr)
        if isinstance(node.node, nodes.Name) and node.node.name == "page"
    ]
    # The page as a whole, or a partial whose name is not written out.
    if sum(node.name == "page" for node in names) != len(of_page) or not all(
        isinstance(partial, nodes.Const) for partial in partials
    ):
        return None
    reads = {node.name for node in names} - _SHARED - {"page"}
    return (
        frozenset(reads | {f"page.{name}" for name in of_page}),
        frozenset(partial.value for partial in partials if isinstance(partial, nodes.Const)),
    )


def gather_reads(own: Mapping[str, Reads]) -> dict[str, tuple[str, ...]]:
    """For each partial that can be remembered, what it and its own partials read, sorted: variables, and "page.x"."""
    found = {}
    for name in own:
        reads: set[str] = set()
        todo, seen = [name], {name}
        while todo:
            part = own.get(todo.pop())
            if part is None:
                break
            reads |= part[0]
            if any(read.startswith("page.") and read not in _ALIKE for read in part[0]):
                break
            todo.extend(part[1] - seen)
            seen |= part[1]
        else:
            found[name] = tuple(sorted(reads))
    return found
