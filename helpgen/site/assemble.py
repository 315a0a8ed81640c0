"""Articles, categories, channels and images -> Site: every relation joined, every address claimed once.

1. Leave drafts out (unless they are asked for); remember their paths, so that links to them can be told.
2. Per language, take each article's translation, or the source language's where one is missing.
3. Give every page its address; a second claim on one is an error that names both files.
4. Resolve the links of every body for the page that shows it.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from helpgen.content.config import setting_location
from helpgen.content.place import CHANNELS_FILE, CONTENT, Layout, folder_title, place_of
from helpgen.content.slugs import anchor_table
from helpgen.model.article import Article
from helpgen.model.category import Category
from helpgen.model.config import SiteConfig
from helpgen.model.diagnostic import Diagnostic, Outcome, problem
from helpgen.model.html import Html
from helpgen.model.location import Location
from helpgen.model.media import Image
from helpgen.model.site import Entry, LocaleSite, Move, Shelf, Site
from helpgen.model.source import SourceFile
from helpgen.model.suggest import did_you_mean
from helpgen.model.support import Channel, Support
from helpgen.site.claims import OURS, Claims, reserved_folders
from helpgen.site.headers import HEADERS_FILE
from helpgen.site.links import LinkMap, resolve_body
from helpgen.site.navigation import order_key
from helpgen.site.redirects import Living, Places, plan_redirects
from helpgen.site.urls import (
    CASE,
    CHAT,
    CONTACT,
    DANGER,
    NOT_FOUND_FILE,
    SEARCH,
    VERIFY,
    article_url,
    category_url,
    home_url,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """What a site is assembled from. `failed` are the paths of files in which an error is (which is said there), and
    `config_file` holds the settings, for the places in messages about them."""

    config: SiteConfig
    layout: Layout
    articles: tuple[Article, ...]
    categories: tuple[Category, ...] = ()
    channels: tuple[Channel, ...] = ()
    support: Support = field(default_factory=Support)
    moves: tuple[Move, ...] = ()
    media: tuple[Image, ...] = ()
    drafts: bool = False
    unreadable: frozenset[str] = frozenset()
    failed: frozenset[str] = frozenset()
    config_file: SourceFile = field(default_factory=lambda: SourceFile(path="helpgen.yaml", data=b"", digest=""))


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """A site, and what its references were resolved with."""

    site: Site
    links: LinkMap


def assemble_site(inputs: Inputs) -> Outcome[Joined]:
    """Join everything. The value is there even after errors, so that later checks can go on."""
    published, drafts = _published(inputs)
    claims = Claims(reserved=reserved_folders([locale.code for locale in inputs.config.locales]))
    _claim_our_pages(inputs, claims)
    plans = [_plan_locale(locale.code, published, inputs, claims) for locale in inputs.config.locales]
    old = plan_redirects(published, inputs.moves, _places(inputs, plans), claims)
    links = _link_map(inputs, published, drafts, plans, old.files)
    diagnostics: list[Diagnostic] = [*claims.diagnostics, *old.diagnostics]
    locales = []
    for plan in plans:
        locale_site, problems = _shelve(plan, inputs, links)
        locales.append(locale_site)
        diagnostics.extend(problems)
    failed = _failed_articles(inputs)
    diagnostics.extend(_check_named_articles(inputs, published, failed))
    site = Site(
        config=inputs.config,
        locales=tuple(locales),
        redirects=tuple(old.redirects),
        gone=tuple(old.gone),
        channels=inputs.channels,
        support=inputs.support,
        images=inputs.media,
        prefixed=inputs.layout.prefixed,
        theme_settings=dict(inputs.config.theme_settings),
        failed_articles=failed,
        channels_failed=CHANNELS_FILE in inputs.failed,
    )
    return Outcome(value=Joined(site=site, links=links), diagnostics=tuple(diagnostics))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Planned:
    """An article and its address in one language."""

    article: Article
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _LocalePlan:
    locale: str
    entries: tuple[_Planned, ...]
    categories: dict[str, Category]


def _published(inputs: Inputs) -> tuple[tuple[Article, ...], frozenset[str]]:
    drafts = frozenset(a.path for a in inputs.articles if a.front.draft and not inputs.drafts)
    ordered = sorted((a for a in inputs.articles if a.path not in drafts), key=lambda a: a.path)
    return tuple(ordered), drafts


def _claim_our_pages(inputs: Inputs, claims: Claims) -> None:
    urls = ["", NOT_FOUND_FILE, "sitemap.xml", "robots.txt", HEADERS_FILE]
    for locale in inputs.config.locales:
        urls += _our_pages(inputs, locale.code)
    for url in urls:
        claims.claim(url, OURS, Location(path=inputs.config_file.path))


def _our_pages(inputs: Inputs, locale: str) -> list[str]:
    home = home_url(locale, inputs.layout.prefixed)
    urls = [home, home + SEARCH]
    if inputs.channels:
        urls.append(home + CONTACT)
        urls += [home + CASE] if inputs.support.scenarios else []
        urls += [home + CHAT] if inputs.config.chat else []
        urls += [home + VERIFY] if any(channel.official for channel in inputs.channels) else []
    if inputs.support.danger:
        urls.append(home + DANGER)
    return urls


def _plan_locale(locale: str, published: Sequence[Article], inputs: Inputs, claims: Claims) -> _LocalePlan:
    """Choose the text of each article for one language and claim the addresses."""
    rank = {code: index for index, code in enumerate(inputs.layout.locales)}
    chosen: dict[str, Article] = {}
    for article in published:
        current = chosen.get(article.translation_key)
        if current is not None and current.locale == article.locale:
            # Two files of one language with the same name but for its spelling: the addresses will collide too.
            chosen[f"{article.translation_key}\0{article.path}"] = article
        elif current is None or _closer(article, current, locale, rank):
            chosen[article.translation_key] = article
    prefixed = inputs.layout.prefixed
    entries = []
    folders: dict[str, str] = {}
    for article in chosen.values():
        url = article_url(locale, article.category, article.front.slug, prefixed)
        if claims.claim(url, article.path, article.slug_location):
            entries.append(_Planned(article=article, url=url))
        for path in _ancestors(article.category):
            folders.setdefault(path, posixpath.dirname(article.path))
    for path, folder in sorted(folders.items()):
        claims.claim(category_url(locale, path, prefixed), f"the category {path}", Location(path=folder))
    return _LocalePlan(locale=locale, entries=tuple(entries), categories=_categories(locale, folders, inputs, rank))


def _closer(article: Article, current: Article, locale: str, rank: dict[str, int]) -> bool:
    if current.locale == locale:
        return False
    return article.locale == locale or rank[article.locale] < rank[current.locale]


def _ancestors(category: str) -> list[str]:
    parts = category.split("/") if category else []
    return ["/".join(parts[: depth + 1]) for depth in range(len(parts))]


def _categories(locale: str, folders: dict[str, str], inputs: Inputs, rank: dict[str, int]) -> dict[str, Category]:
    """Each category of one language: its own `_category.yaml`, another language's, or one made of the folder's name."""
    result: dict[str, Category] = {}
    for path, folder in folders.items():
        candidates = [category for category in inputs.categories if category.path == path]
        candidates.sort(key=lambda c: (c.locale != locale, rank.get(c.locale, len(rank))))
        if candidates:
            result[path] = candidates[0]
            continue
        source_parts = folder.removeprefix(CONTENT).split("/")
        names = source_parts[1:] if inputs.layout.prefixed else source_parts
        name = names[path.count("/")] if path.count("/") < len(names) else path.rsplit("/", 1)[-1]
        result[path] = Category(locale=locale, path=path, title=folder_title(name))
    return result


def _places(inputs: Inputs, plans: Sequence[_LocalePlan]) -> Places:
    """Where an old address may lead to."""
    config, prefixed = inputs.config, inputs.layout.prefixed
    others: dict[str, Living] = {}
    for plan in plans:
        site_title = config.localised(config.title, plan.locale)
        others |= {url: Living(title=site_title, locale=plan.locale) for url in _our_pages(inputs, plan.locale)}
        for path, category in plan.categories.items():
            url = category_url(plan.locale, path, prefixed)
            others[url] = Living(title=category.title, locale=plan.locale)
    return Places(
        articles={(plan.locale, planned.article.path): planned.url for plan in plans for planned in plan.entries},
        others=others,
        locales=inputs.layout.locales if prefixed else (),
    )


def _link_map(
    inputs: Inputs,
    published: Sequence[Article],
    drafts: frozenset[str],
    plans: Sequence[_LocalePlan],
    redirect_files: dict[str, str],
) -> LinkMap:
    prefixed = inputs.layout.prefixed
    folders: dict[tuple[str, str], str] = {}
    pages: dict[str, str] = {}
    for plan in plans:
        home = home_url(plan.locale, prefixed)
        for url in (home, home + SEARCH, home + CONTACT, home + DANGER, home + CASE, home + CHAT, home + VERIFY):
            pages.setdefault(url, "")
        folders[plan.locale, "content"] = home
        for path in plan.categories:
            pages.setdefault(category_url(plan.locale, path, prefixed), "")
        for planned in plan.entries:
            pages.setdefault(planned.url, planned.article.path)
            folder = posixpath.dirname(planned.article.path)
            for depth, path in enumerate(reversed(_ancestors(planned.article.category))):
                for _ in range(depth and 1):
                    folder = posixpath.dirname(folder)
                folders.setdefault((plan.locale, folder), category_url(plan.locale, path, prefixed))
            if prefixed:
                folders.setdefault((plan.locale, f"{CONTENT}{planned.article.locale}"), home)
    return LinkMap(
        base_url=inputs.config.base_url,
        offline=inputs.config.offline,
        articles={a.path: a for a in published},
        drafts=drafts,
        unreadable=inputs.unreadable,
        urls={(p.locale, e.article.translation_key): e.url for p in plans for e in p.entries},
        folders=folders,
        media={image.path: image for image in inputs.media},
        pages=pages,
        redirects=redirect_files,
        anchors=_Anchors(published),
        named=_grouped((posixpath.basename(a.path), a.path) for a in published),
        beside=_grouped(
            (posixpath.dirname(path), posixpath.basename(path))
            for path in (*(article.path for article in published), *(image.path for image in inputs.media))
        ),
        contact={plan.locale: home_url(plan.locale, prefixed) + CONTACT for plan in plans if inputs.channels},
        scenarios=frozenset(scenario.id for scenario in inputs.support.scenarios),
    )


class _Anchors(dict[str, Mapping[str, str]]):
    """The anchors of articles by path, found when the first link asks for them: few articles are linked with a fragment."""

    def __init__(self, articles: Iterable[Article]) -> None:
        super().__init__()
        self._articles = {article.path: article for article in articles}

    def __missing__(self, path: str) -> Mapping[str, str]:
        self[path] = found = anchor_table(self._articles[path].body.headings)
        return found


def _grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    groups: dict[str, list[str]] = {}
    for name, value in pairs:
        groups.setdefault(name, []).append(value)
    return {name: tuple(sorted(values)) for name, values in groups.items()}


def _shelve(plan: _LocalePlan, inputs: Inputs, links: LinkMap) -> tuple[LocaleSite, list[Diagnostic]]:
    """Put the entries of one language on their shelves, in order, with their links resolved."""
    diagnostics: list[Diagnostic] = []
    by_category: dict[str, list[Entry]] = {path: [] for path in plan.categories}
    loose: list[Entry] = []
    for planned in sorted(plan.entries, key=lambda planned: order_key(planned.article)):
        html, found = _body(planned, plan.locale, links)
        if planned.article.locale == plan.locale:
            diagnostics.extend(found)
        entry = Entry(locale=plan.locale, article=planned.article, url=planned.url, html=html)
        by_category.get(planned.article.category, loose).append(entry)
    tops = [category for path, category in plan.categories.items() if "/" not in path]
    shelves = []
    for category in sorted(tops, key=order_key):
        inner = [c for path, c in plan.categories.items() if path.startswith(f"{category.path}/")]
        sections = tuple(_shelf(c, plan.locale, by_category, inputs) for c in sorted(inner, key=order_key))
        shelves.append(replace(_shelf(category, plan.locale, by_category, inputs), sections=sections))
    return LocaleSite(locale=plan.locale, shelves=tuple(shelves), loose=tuple(loose)), diagnostics


def _shelf(category: Category, locale: str, entries: dict[str, list[Entry]], inputs: Inputs) -> Shelf:
    url = category_url(locale, category.path, inputs.layout.prefixed)
    return Shelf(category=category, url=url, entries=tuple(entries[category.path]))


def _body(planned: _Planned, locale: str, links: LinkMap) -> tuple[Html, tuple[Diagnostic, ...]]:
    return resolve_body(planned.article, planned.url, locale, links)


def _failed_articles(inputs: Inputs) -> frozenset[str]:
    """The keys of the articles in which an error is."""
    places = (place_of(path, inputs.layout).value for path in inputs.failed if path.endswith(".md"))
    return frozenset(place.translation_key for place in places if place is not None)


def _check_named_articles(inputs: Inputs, published: Sequence[Article], failed: frozenset[str]) -> list[Diagnostic]:
    """`danger`, `contact`, `related`, footer links and channels must name articles that are published."""
    known = {article.translation_key for article in published} | failed
    config, file = inputs.config, inputs.config_file
    found: list[Diagnostic] = []

    def check(name: str, key: str, *at: str | int, place: Location | None = None) -> None:
        if key not in known:
            message = f'{name} names "{key}", which is no published article'
            hint = did_you_mean(key, known) or "name it by its path below the language, without .md: category/slug"
            found.append(problem("site/unknown-key", place or setting_location(file, *at), message, hint=hint))

    if config.danger:
        check('"danger"', config.danger, "danger")
    for number, key in enumerate(config.contact):
        check('"contact"', key, "contact", number)
    for number, link in enumerate(config.footer):
        if ":" not in link.url:
            check("a footer link", link.url, "footer", number, "url")
    channels = [channel.id for channel in inputs.channels]
    if config.chat and config.chat.channel not in channels and CHANNELS_FILE not in inputs.failed:
        message = f'"chat" names the channel "{config.chat.channel}", which is not in channels.yaml'
        hint = did_you_mean(config.chat.channel, channels)
        found.append(problem("site/unknown-key", setting_location(file, "chat", "channel"), message, hint=hint))
    for channel in inputs.channels:
        if ":" not in channel.address:
            check(f'the channel "{channel.id}"', channel.address, place=channel.at)
    for article in published:
        for key, place in zip(article.front.related, article.related_locations, strict=True):
            if key not in known:
                message = f'"related" names "{key}", which is no published article'
                found.append(problem("link/related", place, message, hint=did_you_mean(key, known)))
    return found
