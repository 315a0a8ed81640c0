"""Site -> the view of every page. One function per kind of page; each puts in only what its template shows."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from helpgen.model.article import Article
from helpgen.model.config import SiteConfig
from helpgen.model.page import (
    ArticleCard,
    ArticlePage,
    CategoryPage,
    ContentsEntry,
    HomePage,
    NavLink,
    NotFoundPage,
    Page,
    RedirectPage,
    SearchPage,
    SectionView,
)
from helpgen.model.site import Entry, Shelf, Site
from helpgen.site.head import article_data, breadcrumb_data, page_head
from helpgen.site.kinship import Find, related_articles
from helpgen.site.navigation import side_navigation
from helpgen.site.official import verify_page
from helpgen.site.support_pages import case_page, chat_page, contact_page, danger_page
from helpgen.site.urls import (
    NOT_FOUND_FILE,
    SEARCH,
    absolute_url,
)
from helpgen.site.views import (
    Context,
    article_card,
    breadcrumbs_of,
    category_cards,
    has_case,
    has_official,
    languages_of,
    make_context,
    mark_category,
    related_keys,
)

FEATURED_LIMIT = 8
# The contents of a short article are in view anyway.
CONTENTS_FROM = 3


# By locale the keys of related articles by translation key.
Related = Mapping[str, Mapping[str, tuple[str, ...]]]


def plan_pages(
    site: Site,
    theme_settings: dict[str, object] | None = None,
    support_urls: Mapping[str, str] | None = None,
    related: Related | None = None,
) -> tuple[Page, ...]:
    """The views of all pages, in the order home, categories, articles, others; per language, then redirects.

    `support_urls` are, by locale, the addresses of what scripts read about scenarios and channels; `related` are those of
    `find_related`, found anew if they are not given.
    """
    support = support_urls or {}
    pages: list[Page] = []
    urls, translated = _page_addresses(site)
    for locale_site in site.locales:
        settings = theme_settings or site.theme_settings
        support_url = support.get(locale_site.locale, "")
        kin = related[locale_site.locale] if related is not None else None
        context = make_context(site, locale_site, settings, urls, translated, support_url, kin)
        pages.extend(_locale_pages(context))
        if locale_site.locale == site.config.default_locale:
            pages.append(_not_found(context))
            if site.prefixed:
                pages.append(_root(context))
    pages.extend(_redirect(site, index) for index in range(len(site.redirects)))
    return tuple(pages)


def plan_articles(
    site: Site,
    theme_settings: dict[str, object],
    support_urls: Mapping[str, str],
    related: Related,
    paths: Collection[str],
) -> Iterator[ArticlePage]:
    """Of the views of `plan_pages` those of the articles at these paths."""
    urls, translated = _page_addresses(site)
    for part in site.locales:
        support_url = support_urls.get(part.locale, "")
        context = make_context(site, part, theme_settings, urls, translated, support_url, related[part.locale])
        for shelf in part.shelves:
            if any(entry.article.path in paths for entry in shelf.all_entries):
                yield from _shelf_articles(context, shelf, paths)
        for entry in part.loose:
            if entry.article.path in paths:
                yield _article(context, entry, (), None, None, None)


def find_related(site: Site, find: Find = related_articles) -> dict[str, dict[str, tuple[str, ...]]]:
    """Related articles of every language; `find` finds those of one."""
    return {part.locale: related_keys(part, find) for part in site.locales}


def _page_addresses(site: Site) -> tuple[dict[tuple[str, str], str], frozenset[tuple[str, str]]]:
    """The address of each page by (locale, what it is), for the language switch, and which are in that language."""
    urls: dict[tuple[str, str], str] = {}
    translated = set()
    for part in site.locales:
        for entry in part.entries:
            name = f"article:{entry.article.translation_key}"
            urls[part.locale, name] = entry.url
            if entry.translated:
                translated.add((part.locale, name))
        for shelf in (s for top in part.shelves for s in (top, *top.sections)):
            name = f"category:{shelf.category.path}"
            urls[part.locale, name] = shelf.url
            translated.add((part.locale, name))
    return urls, frozenset(translated)


def _locale_pages(context: Context) -> Iterator[Page]:
    yield _home(context, context.view.home_url)
    for shelf in context.locale_site.shelves:
        yield _category(context, shelf, None)
        for section in shelf.sections:
            yield _category(context, section, shelf)
        yield from _shelf_articles(context, shelf)
    for entry in context.locale_site.loose:
        yield _article(context, entry, (), None, None, None)
    yield _search(context)
    if context.channels:
        yield contact_page(context)
    if context.site.support.danger:
        yield danger_page(context)
    if has_case(context.site):
        yield case_page(context)
    chat = context.site.config.chat
    if chat and any(channel.id == chat.channel for channel in context.channels):
        yield chat_page(context, chat)
    if has_official(context.site):
        yield verify_page(context)


def _home(context: Context, url: str) -> HomePage:
    languages = languages_of(context, "")
    config = context.site.config
    # The root repeats the default language's home; search engines are told that the latter is the page.
    head = page_head(
        config, context.locale, context.view.home_url, description=context.view.tagline, languages=languages
    )
    featured = [e for e in context.locale_site.entries if e.article.front.featured][:FEATURED_LIMIT]
    return HomePage(
        url=url,
        site=context.view,
        head=head,
        languages=languages,
        categories=category_cards(context),
        featured=tuple(article_card(context, entry, with_category=True) for entry in featured),
        channels=context.channels,
        pages=tuple(article_card(context, entry) for entry in context.locale_site.loose),
    )


def _root(context: Context) -> HomePage:
    return _home(context, "")


def _category(context: Context, shelf: Shelf, parent: Shelf | None) -> CategoryPage:
    category = shelf.category
    breadcrumbs = breadcrumbs_of(context, parent)
    languages = languages_of(context, f"category:{category.path}")
    config = context.site.config
    head = page_head(
        config,
        context.locale,
        shelf.url,
        title=category.title,
        description=category.description,
        languages=languages,
        json_ld=breadcrumb_data(config, breadcrumbs, category.title, shelf.url),
    )
    sections = tuple(
        SectionView(
            title=section.category.title,
            description=section.category.description,
            url=section.url,
            articles=tuple(article_card(context, entry) for entry in section.entries),
        )
        for section in shelf.sections
    )
    return CategoryPage(
        url=shelf.url,
        site=mark_category(context.view, (parent or shelf).url),
        head=head,
        languages=languages,
        title=category.title,
        description=category.description,
        icon=category.icon or (parent.category.icon if parent else ""),
        breadcrumbs=breadcrumbs,
        articles=tuple(article_card(context, entry) for entry in shelf.entries),
        sections=sections,
    )


def _shelf_articles(context: Context, shelf: Shelf, paths: Collection[str] | None = None) -> Iterator[ArticlePage]:
    """The pages of the articles of one shelf; only of those at these paths, if any are given."""
    order = shelf.all_entries
    context = replace(context, view=mark_category(context.view, shelf.url))
    section_of = {entry.url: section for section in shelf.sections for entry in section.entries}
    for index, entry in enumerate(order):
        if paths is not None and entry.article.path not in paths:
            continue
        before = order[index - 1] if index else None
        after = order[index + 1] if index + 1 < len(order) else None
        section = section_of.get(entry.url)
        yield _article(context, entry, (shelf, section) if section else (shelf,), shelf, before, after)


def _article(
    context: Context,
    entry: Entry,
    trail: tuple[Shelf, ...],
    shelf: Shelf | None,
    before: Entry | None,
    after: Entry | None,
) -> ArticlePage:
    article, config = entry.article, context.site.config
    front = article.front
    breadcrumbs = breadcrumbs_of(context, *trail)
    languages = languages_of(context, f"article:{article.translation_key}")
    own_language = absolute_url(config.base_url, entry.url)
    head = page_head(
        config,
        context.locale,
        entry.url,
        title=front.title,
        description=front.summary,
        languages=languages,
        json_ld=_structured(config, entry, breadcrumbs),
    )
    if not entry.translated:
        # The same text stands at its own language's address: that one is the page to be found.
        source = context.urls.get((article.locale, f"article:{article.translation_key}"), "")
        head = replace(head, canonical=absolute_url(config.base_url, source) if own_language else "", alternates=())
    body_locale = next(locale for locale in config.locales if locale.code == article.locale)
    return ArticlePage(
        url=entry.url,
        site=context.view,
        head=head,
        languages=languages,
        key=article.key,
        kind=front.type,
        title=front.title,
        summary=front.summary,
        body=entry.html,
        body_locale=article.locale,
        body_direction=body_locale.direction,
        breadcrumbs=breadcrumbs,
        contents=_contents(article),
        navigation=side_navigation(shelf, entry.url) if shelf else (),
        related=_related(context, entry),
        channels=tuple(channel for channel in context.channels if not channel.public),
        platforms=front.platforms,
        updated=front.updated,
        reviewed=front.reviewed,
        previous=NavLink(title=before.article.front.title, url=before.url) if before else None,
        next=NavLink(title=after.article.front.title, url=after.url) if after else None,
        category=NavLink(title=trail[-1].category.title, url=trail[-1].url) if trail else None,
    )


def revise_article(page: ArticlePage, entry: Entry, config: SiteConfig) -> ArticlePage:
    """The page of an article of which only the text has changed, and not what others see of it (`face_of`)."""
    head = replace(page.head, json_ld=tuple(_structured(config, entry, page.breadcrumbs)))
    return replace(page, head=head, body=entry.html, contents=_contents(entry.article))


def _contents(article: Article) -> tuple[ContentsEntry, ...]:
    headings = [h for h in article.body.headings if h.level in (2, 3)]
    if len(headings) < CONTENTS_FROM or article.front.type == "troubleshooter":
        return ()
    return tuple(ContentsEntry(title=h.text, anchor=h.anchor, level=h.level) for h in headings)


def _structured(config: SiteConfig, entry: Entry, breadcrumbs: Sequence[NavLink]) -> list[dict[str, object]]:
    own = article_data(config, entry) if entry.translated else []
    return [*breadcrumb_data(config, breadcrumbs, entry.article.front.title, entry.url), *own]


def _related(context: Context, entry: Entry) -> tuple[ArticleCard, ...]:
    keys = entry.article.front.related or context.related.get(entry.article.translation_key, ())
    found = [context.entries[key] for key in keys if key in context.entries]
    return tuple(article_card(context, other) for other in found if other.url != entry.url)


def _search(context: Context) -> SearchPage:
    languages = languages_of(context, SEARCH)
    url = context.view.search_url
    return SearchPage(
        url=url,
        site=context.view,
        head=page_head(context.site.config, context.locale, url, languages=languages, index=False),
        languages=languages,
        categories=category_cards(context),
        channels=context.channels,
        pages=tuple(article_card(context, entry) for entry in context.locale_site.loose),
    )


def _not_found(context: Context) -> NotFoundPage:
    return NotFoundPage(
        url=NOT_FOUND_FILE,
        site=context.view,
        head=page_head(context.site.config, context.locale, NOT_FOUND_FILE, index=False),
        languages=languages_of(context, ""),
        categories=category_cards(context),
    )


def _redirect(site: Site, index: int) -> RedirectPage:
    redirect = site.redirects[index]
    return RedirectPage(
        url=redirect.source,
        target=redirect.target,
        title=redirect.title,
        locale=redirect.locale,
        canonical=absolute_url(site.config.base_url, redirect.target),
    )
