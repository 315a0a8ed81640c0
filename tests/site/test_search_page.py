"""The search page, as it is without JavaScript."""

from __future__ import annotations

from pathlib import Path

from tests.site_folder import SiteFolder


def test_without_categories_the_search_page_lists_the_articles(tmp_path: Path) -> None:
    """Without JavaScript it would otherwise offer nothing."""
    site = SiteFolder(tmp_path)
    site.write("helpgen.yaml", "title: One\nlocales: {en: {name: English}}\n")
    site.write("content/a.md", "---\ntitle: Lost a phone\n---\nText.\n")
    page = site.build().files["search/index.html"].decode("utf-8")
    assert '<a href="../a/"><span class="article-title">Lost a phone</span>' in page
