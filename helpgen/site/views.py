"""What the pages of one language share, and the small views that many of them show: cards, trails, the language switch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from helpgen.model.page import ArticleCard, CategoryCard, ChannelCard, Language, NavLink, SiteView
from helpgen.model.site import Entry, LocaleSite, Shelf, Site
from helpgen.model.support import Channel
from helpgen.site.kinship import Find, named, related_articles
from helpgen.site.urls import CASE, CHAT, CONTACT, DANGER, INDEX_FOLDER, SEARCH, VERIFY, home_url

# Categories that every page of a language links to. All of a hundred would be most of each page's bytes, and each new one
# would change every page; nobody reads such a list either.
CATEGORIES_EVERYWHERE: Final = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What all pages of one language need; made once per language."""

    site: Site
    locale_site: LocaleSite
    view: SiteView
    entries: Mapping[str, Entry]
    related: Mapping[str, tuple[str, ...]]
    channels: tuple[ChannelCard, ...]
    urls: Mapping[tuple[str, str], str]
    translated: frozenset[tuple[str, str]]

    @property
    def locale(self) -> str:
        return self.locale_site.locale


def make_context(
    site: Site,
    locale_site: LocaleSite,
    settings: dict[str, object],
    urls: Mapping[tuple[str, str], str],
    translated: frozenset[tuple[str, str]],
    support_url: str = "",
    related: Mapping[str, tuple[str, ...]] | None = None,
) -> Context:
    """`related` are those of `related_keys`, found anew if they are not given."""
    entries = {entry.article.translation_key: entry for entry in locale_site.entries}
    view = _site_view(site, locale_site, entries, settings, support_url)
    channels = tuple(_channel_card(channel, site, locale_site.locale, entries) for channel in site.channels)
    return Context(
        site=site, locale_site=locale_site, view=view, entries=entries, channels=channels,
        related=related_keys(locale_site) if related is None else related,
        urls=urls, translated=translated,
    )  # fmt: skip


def related_keys(locale_site: LocaleSite, find: Find = related_articles) -> dict[str, tuple[str, ...]]:
    """Related articles by translation key; `find` finds them by their keys."""
    articles = [entry.article for entry in locale_site.entries]
    keys = {article.key: article.translation_key for article in articles}
    found = find(tuple(map(named, articles)))
    return {keys[key]: tuple(keys[other] for other in others) for key, others in found.items()}


def _site_view(
    site: Site,
    locale_site: LocaleSite,
    entries: Mapping[str, Entry],
    settings: dict[str, object],
    support_url: str,
) -> SiteView:
    config, code = site.config, locale_site.locale
    locale = next(locale for locale in config.locales if locale.code == code)
    home = home_url(code, site.prefixed)
    contact = home + CONTACT if site.channels else ""
    if not contact:
        contact = next((entries[key].url for key in config.contact if key in entries), "")
    popular = config.popular_searches
    footer = tuple(
        NavLink(title=config.localised(link.label, code), url=_address(link.url, entries)) for link in config.footer
    )
    base, shelves = config.base_url, locale_site.shelves
    return SiteView(
        title=config.localised(config.title, code),
        tagline=config.localised(config.tagline, code),
        locale=code,
        direction=locale.direction,
        home_url=home,
        search_url=home + SEARCH,
        contact_url=contact,
        index_url=INDEX_FOLDER if "json" in config.backends else "",
        base_path="/" + base.split("://", 1)[1].partition("/")[2] if base else "/",
        danger=_danger_link(site, home, entries),
        categories=tuple(NavLink(title=s.category.title, url=s.url) for s in shelves[:CATEGORIES_EVERYWHERE]),
        more_categories=len(shelves) > CATEGORIES_EVERYWHERE,
        footer=footer,
        popular_searches=popular.get(code) or popular.get("") or (),
        settings=settings,
        offline=config.offline,
        support_url=support_url,
        case_url=home + CASE if has_case(site) else "",
        verify_url=home + VERIFY if has_official(site) else "",
    )


def has_case(site: Site) -> bool:
    """Whether messages are written here, so that there is something to keep."""
    return bool(site.channels and site.support.scenarios)


def has_official(site: Site) -> bool:
    """Whether there is a list of what is ours, so that anything can be compared with it."""
    return any(channel.official for channel in site.channels)


def _danger_link(site: Site, home: str, entries: Mapping[str, Entry]) -> NavLink | None:
    """Where the red link leads: to the page made for it, else to the article that the settings name."""
    article = entries.get(site.config.danger)
    title = article.article.front.title if article else ""
    if site.support.danger:
        return NavLink(title=title, url=home + DANGER)
    return NavLink(title=title, url=article.url) if article else None


def _address(address: str, entries: Mapping[str, Entry]) -> str:
    """An address of the config: a full one, or that of an article."""
    if ":" in address:
        return address
    entry = entries.get(address)
    return entry.url if entry else ""


def _channel_card(channel: Channel, site: Site, locale: str, entries: Mapping[str, Entry]) -> ChannelCard:
    def text(texts: dict[str, str]) -> str:
        return site.config.localised(texts, locale)

    shown = channel.address.partition(":")[2] if channel.address.startswith(("mailto:", "tel:")) else ""
    return ChannelCard(
        id=channel.id,
        kind=channel.kind,
        name=text(channel.name),
        url=home_url(locale, site.prefixed) + CHAT if has_chat(site, channel) else _address(channel.address, entries),
        address=shown,
        description=text(channel.description),
        hours=text(channel.hours),
        reply_time=text(channel.reply_time),
        good_for=text(channel.good_for),
        never_for=text(channel.never_for),
        public=channel.public,
    )


def has_chat(site: Site, channel: Channel) -> bool:
    """Whether this channel is the live chat that has a page of its own."""
    return site.config.chat is not None and site.config.chat.channel == channel.id


def languages_of(context: Context, name: str) -> tuple[Language, ...]:
    """The language switch of a page: the same page, or that language's home where it has no such page."""
    site = context.site
    if len(site.config.locales) < 2:
        return ()
    result = []
    for locale in site.config.locales:
        home = home_url(locale.code, site.prefixed)
        if name in ("", SEARCH, CONTACT, DANGER, CASE, CHAT, VERIFY):
            url, translated = home + name, True
        else:
            url = context.urls.get((locale.code, name), home)
            translated = (locale.code, name) in context.translated
        current = locale.code == context.locale
        result.append(Language(code=locale.code, name=locale.name, url=url, current=current, translated=translated))
    return tuple(result)


def category_cards(context: Context) -> tuple[CategoryCard, ...]:
    return tuple(
        CategoryCard(
            title=shelf.category.title,
            description=shelf.category.description,
            icon=shelf.category.icon,
            url=shelf.url,
            count=len(shelf.all_entries),
        )
        for shelf in context.locale_site.shelves
    )


def article_card(context: Context, entry: Entry, *, with_category: bool = False) -> ArticleCard:
    category = ""
    if with_category:
        top = entry.article.category.partition("/")[0]
        category = next((s.category.title for s in context.locale_site.shelves if s.category.path == top), "")
    return ArticleCard(
        title=entry.article.front.title,
        summary=entry.article.front.summary,
        url=entry.url,
        category=category,
        locale="" if entry.translated else entry.article.locale,
        kind=entry.article.front.type,
    )


def mark_category(view: SiteView, url: str) -> SiteView:
    """The view with its link to a category marked; itself where it has none."""
    if all(link.url != url for link in view.categories):
        return view
    return replace(view, categories=tuple(replace(link, current=link.url == url) for link in view.categories))


def breadcrumbs_of(context: Context, *shelves: Shelf | None) -> tuple[NavLink, ...]:
    home = NavLink(title=context.view.title, url=context.view.home_url)
    return (home, *(NavLink(title=s.category.title, url=s.url) for s in shelves if s is not None))
