"""What readers wait for: nothing moves while a page loads, the next page is there before the click, the search comes late."""

from __future__ import annotations

import time

import pytest
from playwright.sync_api import Page, Route

from tests.browser.conftest import PAGES, Opener, Site, Watched

PHONE = {"viewport": {"width": 360, "height": 740}, "is_mobile": True, "has_touch": True}
SHIFTS = """
window.shifts = [];
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) window.shifts.push([entry.value, entry.sources.map((s) => s.node?.nodeName)]);
}).observe({ type: "layout-shift", buffered: true });
"""


def late(route: Route) -> None:
    """A picture that comes when everything else is there."""
    time.sleep(0.3)
    route.continue_()


def wait_for_request(watched: Watched, ending: str) -> bool:
    for _ in range(40):
        if any(url.endswith(ending) for url in watched.requests):
            return True
        watched.page.wait_for_timeout(50)
    return False


def wait_for_module(page: Page, name: str) -> None:
    # A function: an expression would be evaluated again at each look, which the page's policy forbids.
    page.wait_for_function(
        "name => performance.getEntriesByType('resource').some((one) => one.name.endsWith('/' + name))", arg=name
    )
    page.wait_for_timeout(100)


@pytest.mark.parametrize("settings", [{}, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("name", PAGES)
def test_nothing_moves_while_a_page_loads(
    open_page: Opener, demo: Site, name: str, settings: dict[str, object]
) -> None:
    watched = open_page("404.html", **settings)
    watched.page.add_init_script(SHIFTS)
    watched.page.route("**/assets/media/*", late)
    watched.page.goto(demo.address + PAGES[name], wait_until="networkidle")
    assert watched.page.evaluate("window.shifts") == []


def test_a_link_under_a_resting_mouse_is_fetched_once(open_page: Opener) -> None:
    watched = open_page("zh/deposits/")
    wait_for_module(watched.page, "prefetch.js")
    link = watched.page.locator("main a[href$='deposit-not-arrived/']").first
    for _ in range(2):
        link.hover()
        assert wait_for_request(watched, "/zh/deposits/deposit-not-arrived/")
        watched.page.mouse.move(0, 0)
    assert sum(url.endswith("/zh/deposits/deposit-not-arrived/") for url in watched.requests) == 1
    assert watched.faults == []


def test_a_link_under_a_finger_is_fetched(open_page: Opener) -> None:
    watched = open_page("zh/deposits/", **PHONE)
    wait_for_module(watched.page, "prefetch.js")
    watched.page.locator("main a[href$='memo-tag/']").first.dispatch_event("touchstart")
    assert wait_for_request(watched, "/zh/deposits/memo-tag/")
    assert watched.faults == []


def test_who_saves_data_downloads_no_page_unasked(open_page: Opener, demo: Site) -> None:
    watched = open_page("404.html")
    saving = (
        "Object.defineProperty(Navigator.prototype, 'connection', { value: { saveData: true, effectiveType: '4g' } })"
    )
    watched.page.add_init_script(saving)
    watched.page.goto(demo.address + "zh/deposits/")
    wait_for_module(watched.page, "prefetch.js")
    watched.requests.clear()
    watched.page.locator("main a[href$='memo-tag/']").first.hover()
    watched.page.wait_for_timeout(500)
    assert watched.requests == []


def test_the_search_is_loaded_when_its_box_is_touched(open_page: Opener) -> None:
    watched = open_page("zh/deposits/deposit-not-arrived/")
    watched.page.wait_for_load_state("networkidle")
    assert not [url for url in watched.requests if "/search/" in url or "search-box" in url]
    watched.page.locator("#hg-q").focus()
    assert wait_for_request(watched, "/search/zh/manifest.json")
    assert watched.faults == []
