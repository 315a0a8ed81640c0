"""A site built with --offline, opened from the disk: reading, going on, searching, changing the language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest
from playwright.sync_api import Browser, Page, expect

from helpgen.pipeline.build import build_site
from helpgen.pipeline.options import BuildOptions
from helpgen.pipeline.publish import publish_build
from helpgen.pipeline.read import read_search_client, read_site
from helpgen.pipeline.workers import Inline
from tests.browser.conftest import Watched
from tests.conftest import ROOT


@pytest.fixture(scope="module")
def disk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo of this repository, in a folder whose name needs escaping."""
    out = tmp_path_factory.mktemp("帮助 100%") / "handbook"
    build = build_site(read_site(ROOT), Inline(), BuildOptions(search_client=read_search_client(), offline=True))
    assert build.ok, [d for d in build.diagnostics if d.severity == "error"]
    publish_build(build, out, sources=ROOT)
    return out


@pytest.fixture
def watched(browser: Browser, disk: Path) -> Iterator[Watched]:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="zh-CN")
    yield Watched.open(context, (disk / "zh" / "index.html").as_uri())
    context.close()


def _key(page: Page) -> str:
    """Where the page is, from the folder of the site on."""
    return unquote(page.url).partition("/handbook/")[2]


def test_every_link_of_the_site_names_a_file_that_is_there(disk: Path) -> None:
    links = 0
    for path in disk.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        for link in re.findall(
            r'(?:href|src|action)="([^"]*)"', text.partition("<main")[0] + text.partition("</main>")[2]
        ):
            if re.match(r"[a-z]+:|#|/", link):
                continue
            target = unquote(link.partition("#")[0].partition("?")[0])
            assert (path.parent / target).is_file(), f"{path.relative_to(disk)}: {link}"
            links += 1
    assert links > 1_000
    assert not list(disk.rglob("terms"))


def test_reading_and_changing_the_language(watched: Watched) -> None:
    page = watched.page
    page.locator("main a[href*='deposits/']").first.click()
    page.locator("main a[href$='deposit-not-arrived/index.html']").first.click()
    expect(page.locator("h1")).to_be_visible()
    assert _key(page) == "zh/deposits/deposit-not-arrived/index.html"
    page.locator("main a[href*='../']").first.click()
    expect(page.locator("h1")).to_be_visible()
    page.go_back()
    english = page.locator("a[hreflang=en]").first.get_attribute("href")
    assert english
    page.goto(page.evaluate("address => new URL(address, location.href).href", english))
    assert _key(page) == "en/deposits/deposit-not-arrived/index.html"
    assert page.locator("html").get_attribute("lang") == "en"
    assert watched.faults == []


def test_searching_in_the_box_and_on_the_page_of_results(watched: Watched) -> None:
    page = watched.page
    page.keyboard.press("/")
    page.keyboard.insert_text("提币没到")
    expect(page.locator("[role=option]").first).to_be_visible()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/search/index.html"))
    expect(page.locator(".results li").first).to_be_visible()
    page.locator("main input").fill("充值沒有到帳")
    expect(page.locator(".results a[href*='deposit-not-arrived/index.html']").first).to_be_visible()
    page.locator(".results a").first.click()
    expect(page.locator("h1")).to_be_visible()
    assert _key(page).startswith("zh/deposits/")
    assert watched.faults == []
    assert {request.partition(":")[0] for request in watched.requests} == {"file"}


def test_a_missing_index_is_told_and_the_topics_stay(browser: Browser, disk: Path) -> None:
    context = browser.new_context(locale="en-US")
    context.route("**/search/data.en.js", lambda route: route.abort())
    watched = Watched.open(context, (disk / "en" / "index.html").as_uri())
    page = watched.page
    page.keyboard.press("/")
    page.keyboard.insert_text("withdrawal")
    expect(page.locator(".panel .message a").first).to_be_visible()
    assert [fault for fault in watched.faults if "ERR_FAILED" not in fault] == []
    context.close()
