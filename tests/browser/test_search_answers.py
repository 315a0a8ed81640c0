"""Answers, topics, completions and the last searches, as readers meet them."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.axe import violations
from tests.browser.conftest import Opener

KEPT = "localStorage.getItem('hg-searches')"


def ask(page: Page, query: str) -> None:
    page.keyboard.press("/")
    page.keyboard.insert_text(query)
    expect(page.locator("[role=option]").first).to_be_visible()


@pytest.mark.parametrize(
    ("path", "answer"),
    [
        ("zh/search/?q=怎样退出其他设备？", "设备管理"),
        ("en/search/?q=Where do I find my UID?", "9-digit|nine-digit|UID"),
    ],
)
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_a_certain_answer_is_quoted_with_a_link_to_its_heading(
    open_page: Opener, path: str, answer: str, scheme: str, width: int
) -> None:
    watched = open_page(path, color_scheme=scheme, viewport={"width": width, "height": 800})
    box = watched.page.locator("section.answer")
    expect(box.locator("blockquote")).to_contain_text(re.compile(answer))
    expect(box.locator("h2 a")).to_have_attribute("href", re.compile("account-faq/#h-"))
    assert violations(watched.page) == []
    assert watched.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    box.locator("h2 a").click()
    watched.page.wait_for_url(re.compile("account-faq/#h-"))
    assert watched.faults == []


def test_where_nothing_is_certain_it_is_said_with_the_way_to_a_person(open_page: Opener) -> None:
    watched = open_page("en/search/?q=will my cat like the app tomorrow")
    said = watched.page.locator(".no-answer")
    expect(said).to_contain_text("No article answers this for certain")
    expect(said.locator("a")).to_have_attribute("href", re.compile("contact"))
    expect(watched.page.locator("section.answer")).to_have_count(0)
    assert watched.faults == []


def test_a_topic_narrows_the_results_and_more_are_a_click_away(open_page: Opener) -> None:
    watched = open_page("zh/search/?q=手机")
    page = watched.page
    chips = page.locator(".chips").first.get_by_role("button")
    expect(chips.first).to_have_attribute("aria-pressed", "true")
    results = page.locator(".results > li")
    before = results.count()
    second = chips.nth(1)
    wanted = int(second.locator(".chip-count").inner_text())
    second.focus()
    page.keyboard.press("Enter")
    expect(results).to_have_count(wanted)
    assert wanted < before
    expect(page.locator(".chips").first.locator(".chip[aria-pressed=true]")).to_be_focused()
    expect(page.locator(".results-count")).to_contain_text(str(wanted))
    page.locator(".more-results").click()
    assert results.count() > before
    assert watched.faults == []


def test_a_platform_leaves_out_what_is_for_others_only(open_page: Opener) -> None:
    watched = open_page("en/search/?q=api error install app")
    page = watched.page
    group = page.get_by_role("group", name="Platforms of the results")
    results = page.locator(".results > li")
    expect(group).to_be_visible()
    before = results.all_inner_texts()
    assert any("API keys" in text for text in before)
    group.get_by_role("button", name="iOS").click()
    expect(group.get_by_role("button", name="iOS")).to_be_focused()
    expect(results).to_have_count(int(group.get_by_role("button", name="iOS").locator(".chip-count").inner_text()))
    after = results.all_inner_texts()
    assert not any("API keys" in text for text in after)
    assert after == [text for text in before if text in after]
    assert watched.faults == []


def test_a_misspelt_word_is_put_right_by_a_link(open_page: Opener) -> None:
    page = open_page("en/search/?q=depsit not arrived").page
    link = page.locator(".did-you-mean a")
    expect(link).to_have_attribute("href", re.compile("q=deposit"))
    link.click()
    expect(page.locator("#hg-q")).to_have_value(re.compile("^deposit"))
    page.go_back()
    expect(page.locator("#hg-q")).to_have_value("depsit not arrived")


def test_completions_follow_the_results_and_fill_the_box(open_page: Opener) -> None:
    watched = open_page("zh/")
    page = watched.page
    ask(page, "账户")
    first = page.locator(".completion").first
    expect(first).to_be_visible()
    text = first.inner_text()
    hits = page.locator("a.hit").count()
    for _ in range(hits + 1):
        page.keyboard.press("ArrowDown")
    expect(first).to_have_attribute("aria-selected", "true")
    assert page.locator("#hg-q").get_attribute("aria-activedescendant") == first.get_attribute("id")
    assert violations(page) == []
    page.keyboard.press("Enter")
    expect(page.locator("#hg-q")).to_have_value(text)
    expect(page.locator("[role=option]").first).to_be_visible()
    assert watched.faults == []


def test_the_last_searches_stay_on_the_device_and_can_be_removed(open_page: Opener) -> None:
    watched = open_page("zh/search/?q=提币手续费")
    page = watched.page
    page.locator(".results").wait_for()
    page.goto(re.sub("search/.*", "search/?q=UID", page.url))
    page.locator(".results").wait_for()
    page.goto(re.sub("search/.*", "", page.url))
    page.keyboard.press("/")
    rows = page.locator(".recent li")
    expect(rows).to_have_count(2)
    assert violations(page) == []
    rows.first.locator(".recent-away").click()
    expect(rows).to_have_count(1)
    expect(page.locator("#hg-q")).to_be_focused()
    rows.first.locator(".recent-ask").click()
    expect(page.locator("#hg-q")).to_have_value("提币手续费")
    expect(page.locator("[role=option]").first).to_be_visible()
    page.locator("#hg-q").fill("")
    page.locator(".recent-head button").click()
    expect(page.locator(".panel")).to_be_hidden()
    assert page.evaluate(KEPT) is None
    assert watched.faults == []


@pytest.mark.parametrize(
    "query",
    [
        "abandon ability able about above absent absorb abstract absurd abuse access accident",
        "4111 1111 1111 1111",
        "my code is 482910",
        "１２３４５６",
        "0x52908400098527886E0F7030069857D2E4169EE7",
        "someone@example.com",
    ],
)
def test_what_could_be_a_secret_is_never_kept(open_page: Opener, query: str) -> None:
    page = open_page("en/search/").page
    page.locator("#hg-q").fill(query)
    page.keyboard.press("Enter")
    expect(page.locator(".results-count, .message").first).to_be_attached()
    page.reload()
    page.wait_for_timeout(200)
    assert page.evaluate(KEPT) is None
