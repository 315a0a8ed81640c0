"""Files for machines: sitemap.xml and robots.txt."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from helpgen.model.config import SiteConfig
from helpgen.model.page import ArticlePage, Page, RedirectPage


def write_feeds(config: SiteConfig, pages: Sequence[Page]) -> dict[str, bytes]:
    """Files by path. A sitemap needs full addresses, so there is none without a base_url."""
    files = {"robots.txt": _robots(config)}
    if config.base_url:
        files["sitemap.xml"] = _sitemap(pages)
    return files


def _robots(config: SiteConfig) -> bytes:
    lines = ["User-agent: *", "Allow: /"]
    if config.base_url:
        lines.append(f"Sitemap: {config.base_url}sitemap.xml")
    return ("\n".join(lines) + "\n").encode()


def _sitemap(pages: Sequence[Page]) -> bytes:
    """Every page that may be indexed, at its canonical address, with its translations."""
    entries = []
    seen = set()
    for page in pages:
        if isinstance(page, RedirectPage) or page.head.robots or page.head.canonical in seen:
            continue
        seen.add(page.head.canonical)
        parts = [f"<loc>{escape(page.head.canonical, quote=False)}</loc>"]
        if isinstance(page, ArticlePage) and page.updated:
            parts.append(f"<lastmod>{page.updated}</lastmod>")
        parts += [
            f'<xhtml:link rel="alternate" hreflang="{escape(link.hreflang)}" href="{escape(link.url)}"/>'
            for link in page.head.alternates
        ]
        entries.append(f"<url>{''.join(parts)}</url>")
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    return f'{head} xmlns:xhtml="http://www.w3.org/1999/xhtml">\n{chr(10).join(entries)}\n</urlset>\n'.encode()
