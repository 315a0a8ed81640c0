"""What goes into a page's `<head>`: title, canonical and hreflang links, structured data (schema.org)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from helpgen.model.config import SiteConfig
from helpgen.model.page import Alternate, Head, Language, NavLink
from helpgen.model.site import Entry
from helpgen.site.urls import absolute_url


def page_head(
    config: SiteConfig,
    locale: str,
    url: str,
    *,
    title: str = "",
    description: str = "",
    languages: Sequence[Language] = (),
    index: bool = True,
    json_ld: Sequence[dict[str, Any]] = (),
) -> Head:
    """The head of one page. Search engines get no canonical and hreflang links without a base_url to make them whole."""
    site_title = config.localised(config.title, locale)
    return Head(
        title=f"{title} · {site_title}" if title else site_title,
        description=description,
        canonical=absolute_url(config.base_url, url) if index else "",
        robots="" if index else "noindex",
        alternates=_alternates(config, languages) if index else (),
        json_ld=tuple(json_ld),
    )


def _alternates(config: SiteConfig, languages: Sequence[Language]) -> tuple[Alternate, ...]:
    translated = [language for language in languages if language.translated]
    if not config.base_url or len(translated) < 2:
        return ()
    links = [
        Alternate(hreflang=language.code, url=absolute_url(config.base_url, language.url)) for language in translated
    ]
    default = next((language for language in translated if language.code == config.default_locale), None)
    if default is not None:
        links.append(Alternate(hreflang="x-default", url=absolute_url(config.base_url, default.url)))
    return tuple(links)


def breadcrumb_data(config: SiteConfig, breadcrumbs: Sequence[NavLink], title: str, url: str) -> list[dict[str, Any]]:
    """A schema.org BreadcrumbList, if the site knows its own address."""
    if not config.base_url:
        return []
    trail = [*((link.title, link.url) for link in breadcrumbs), (title, url)]
    items = [
        {"@type": "ListItem", "position": position, "name": name, "item": absolute_url(config.base_url, target)}
        for position, (name, target) in enumerate(trail, start=1)
    ]
    return [{"@context": "https://schema.org", "@type": "BreadcrumbList", "itemListElement": items}]


def article_data(config: SiteConfig, entry: Entry) -> list[dict[str, Any]]:
    """A schema.org FAQPage for a FAQ, else an Article."""
    if not config.base_url:
        return []
    article = entry.article
    data: dict[str, Any] = {"@context": "https://schema.org", "inLanguage": article.locale}
    if article.front.type == "faq":
        questions = [
            {"@type": "Question", "name": passage.heading, "acceptedAnswer": {"@type": "Answer", "text": passage.text}}
            for passage in article.body.passages
            if passage.anchor and passage.text
        ]
        return [{**data, "@type": "FAQPage", "mainEntity": questions}]
    data |= {"@type": "Article", "headline": article.front.title, "url": absolute_url(config.base_url, entry.url)}
    if article.front.summary:
        data["description"] = article.front.summary
    if article.front.updated:
        data["dateModified"] = article.front.updated
    return [data]
