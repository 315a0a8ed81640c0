"""What can go wrong between a page and its index: the reader is told, the topics stay, and nothing breaks."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from tests.browser.conftest import Site, Watched

MANIFEST = re.compile(r"/search/en/manifest\.json$")
TERMS = re.compile(r"/search/en/terms/")
# What the browser itself notes of a request that failed; anything else in the console is a fault of ours.
NETWORK = re.compile("Failed to load resource|ERR_")


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-US")
    yield made
    made.close()


def _faults(watched: Watched) -> list[str]:
    return [fault for fault in watched.faults if not NETWORK.search(fault)]


def _ask(page: Page, query: str = "withdrawal not arrived") -> None:
    page.keyboard.press("/")
    page.keyboard.insert_text(query)


def _expect_message(page: Page, words: str) -> None:
    """The panel says it, and leads on by topics that exist."""
    expect(page.locator(".panel .message strong")).to_contain_text(words)
    topics = page.locator(".panel .message li a")
    expect(topics.first).to_be_visible()
    assert topics.count() == page.locator("[data-topics] a").count() > 3


def _answer(body: str) -> Callable[[Route], None]:
    return lambda route: route.fulfill(status=200, content_type="application/json", body=body)


def _changed(site: Site, **fields: Any) -> str:
    manifest = json.loads((site.files / "search/en/manifest.json").read_text(encoding="utf-8"))
    return json.dumps({**manifest, **fields})


@pytest.mark.parametrize("pattern", [MANIFEST, TERMS], ids=["manifest", "shard"])
@pytest.mark.parametrize("damage", ["missing", "broken"])
def test_a_missing_or_broken_file_is_told(
    context: BrowserContext, demo: Site, pattern: re.Pattern[str], damage: str
) -> None:
    lost = (lambda route: route.fulfill(status=404)) if damage == "missing" else _answer('["half a sh')
    context.route(pattern, lost)
    watched = Watched.open(context, demo.address + "en/")
    _ask(watched.page)
    _expect_message(watched.page, "Search is not available")
    assert _faults(watched) == []


def test_it_works_again_when_the_file_is_back(context: BrowserContext, demo: Site) -> None:
    context.route(TERMS, lambda route: route.fulfill(status=503))
    watched = Watched.open(context, demo.address + "en/")
    _ask(watched.page)
    _expect_message(watched.page, "Search is not available")
    context.unroute(TERMS)
    watched.page.keyboard.insert_text(" yet")
    expect(watched.page.locator("[role=option]").first).to_be_visible()
    assert _faults(watched) == []


def test_an_old_page_asks_the_new_index(context: BrowserContext, demo: Site) -> None:
    """The page has read a manifest whose shards are gone: it reads the new one and finds."""
    digests = json.loads((demo.files / "search/en/manifest.json").read_text(encoding="utf-8"))["digests"]
    old = {kind: re.sub("(?s)(.)(...)", r"_\2", text) for kind, text in digests.items()}
    stale = _changed(demo, digests=old, generation="0123456789ab")
    asked: list[str] = []

    def first_old(route: Route) -> None:
        asked.append(route.request.url)
        _answer(stale)(route) if len(asked) == 1 else route.continue_()

    context.route(MANIFEST, first_old)
    watched = Watched.open(context, demo.address + "en/")
    _ask(watched.page)
    expect(watched.page.locator("[role=option]").first).to_be_visible()
    assert len(asked) == 2
    assert _faults(watched) == []


def test_an_index_of_a_version_that_the_page_does_not_know_asks_to_reload(context: BrowserContext, demo: Site) -> None:
    context.route(MANIFEST, _answer(_changed(demo, format=99)))
    watched = Watched.open(context, demo.address + "en/")
    _ask(watched.page)
    expect(watched.page.locator(".panel .message strong")).to_contain_text("out of date")
    context.unroute(MANIFEST)
    with watched.page.expect_navigation():
        watched.page.locator(".panel .message button").click()
    _ask(watched.page)
    expect(watched.page.locator("[role=option]").first).to_be_visible()
    assert _faults(watched) == []


def test_without_a_network_the_reader_is_told_and_with_it_the_search_goes_on(
    context: BrowserContext, demo: Site
) -> None:
    watched = Watched.open(context, demo.address + "en/")
    page = watched.page
    page.locator("#hg-q").focus()
    expect(page.locator("#hg-q")).to_have_attribute("role", "combobox")
    page.wait_for_load_state("networkidle")
    context.set_offline(True)
    _ask(page, "phishing")
    _expect_message(page, "offline")
    context.set_offline(False)
    page.keyboard.insert_text(" site")
    expect(page.locator("[role=option]").first).to_be_visible()
    assert _faults(watched) == []


@pytest.mark.parametrize("place", ["en/", "en/search/?q=withdrawal not arrived"], ids=["box", "page"])
def test_a_slow_network_is_told_after_a_second_and_the_results_come(
    context: BrowserContext, demo: Site, place: str
) -> None:
    released: list[Route] = []
    context.route(TERMS, lambda route: released.append(route))
    watched = Watched.open(context)
    page = watched.page
    start = time.monotonic()
    page.goto(demo.address + place)
    if "q=" not in place:
        _ask(page)
    message = page.locator(".message", has_text="slow")
    expect(message).to_be_visible()
    assert time.monotonic() - start >= 1
    expect(message.locator("li a").first).to_be_visible()
    for route in released:
        route.continue_()
    expect(page.locator("[role=option], .results li").first).to_be_visible()
    expect(message).to_be_hidden()
    assert _faults(watched) == []


def test_scripts_of_the_page_of_results_that_do_not_come_are_told(context: BrowserContext, demo: Site) -> None:
    context.route(re.compile(r"/search-page\.js$"), lambda route: route.abort())
    watched = Watched.open(context, demo.address + "en/search/?q=fees")
    expect(watched.page.locator("[data-results] [role=status]")).to_contain_text("You seem to be offline")
    expect(watched.page.locator("[data-browse] a").first).to_be_visible()
    assert _faults(watched) == []
