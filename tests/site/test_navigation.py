"""The navigation beside an article: whole in a small category, cut to what is near in a large one."""

from __future__ import annotations

from pathlib import Path

from helpgen.model.page import ArticlePage, NavGroup
from helpgen.pipeline.memory import Memory
from helpgen.pipeline.workers import Inline
from helpgen.site.navigation import NAVIGATION_LIMIT
from tests.site_folder import SiteFolder


def navigation(site: SiteFolder, url: str) -> tuple[NavGroup, ...]:
    memory = Memory(Inline())
    assert site.build(memory).ok
    pages = (page for page in memory.last["render"].items if isinstance(page, ArticlePage))
    return next(page.navigation for page in pages if page.url == url)


def test_a_small_category_is_shown_whole(tmp_path: Path) -> None:
    site = SiteFolder.small(tmp_path)
    site.article("zh/deposits/inner/one", "里面", "文。\n")
    groups = navigation(site, "zh/deposits/inner/one/")
    assert len(groups) == 2
    assert all(group.links for group in groups)


def test_a_large_category_shows_what_is_near_and_names_the_rest(tmp_path: Path) -> None:
    site = SiteFolder.small(tmp_path)
    for number in range(NAVIGATION_LIMIT + 40):
        site.article(f"zh/many/a/n{number:03}", f"第 {number:03} 篇", "文。\n")
    site.article("zh/many/b/other", "别的", "文。\n")
    middle = navigation(site, "zh/many/a/n050/")
    assert [group.title for group in middle] == ["A", "B"]
    links = middle[0].links
    assert len(links) == NAVIGATION_LIMIT
    assert [link.url for link in links if link.current] == ["zh/many/a/n050/"]
    assert links[NAVIGATION_LIMIT // 2].current
    assert middle[1].links == ()
    first, last = navigation(site, "zh/many/a/n000/")[0].links, navigation(site, "zh/many/a/n099/")[0].links
    assert first[0].current
    assert last[-1].current
    assert len(first) == len(last) == NAVIGATION_LIMIT
