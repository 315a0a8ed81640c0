"""Searching as readers do: typing, arrows, Enter; in both languages, with a keyboard and with a phone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Opener, Site, Watched, served
from tests.site_folder import SiteFolder

# What customers ask, and the articles that answer it: one of them must be among the first three.
QUESTIONS = [
    ("zh", "提币没到", ["deposits/withdrawals/withdrawal-not-arrived"]),
    ("zh", "充值了怎么还没到账", ["deposits/deposit-not-arrived"]),
    ("zh", "收不到验证码", ["registration/code-not-received"]),
    ("zh", "换手机了谷歌验证器没了", ["security/reset-2fa", "security/lost-phone"]),
    ("zh", "转错链了能找回吗", ["deposits/wrong-network"]),
    ("zh", "怎么找人工客服", ["contact/live-chat", "contact/ways-to-contact"]),
    ("en", "my withdrawal has not arrived", ["deposits/withdrawals/withdrawal-not-arrived"]),
    ("en", "forgot memo", ["deposits/memo-tag"]),
    ("en", "lost my phone 2fa", ["security/reset-2fa", "security/lost-phone"]),
    ("en", "why was my id rejected", ["identity/refused-reasons"]),
    ("en", "how do I talk to a human", ["contact/live-chat", "contact/ways-to-contact"]),
    (
        "en",
        "is this email really from you",
        ["contact/official-channels", "security/phishing", "security/anti-phishing-code"],
    ),
]


def ask(page: Page, query: str) -> None:
    page.keyboard.press("/")
    expect(page.locator("#hg-q")).to_be_focused()
    page.keyboard.insert_text(query)
    expect(page.locator("[role=option]").first).to_be_visible()


@pytest.mark.parametrize(("locale", "query", "answers"), QUESTIONS, ids=[query for _, query, _ in QUESTIONS])
def test_a_customers_question_is_answered_in_the_first_three_hits(
    open_page: Opener, locale: str, query: str, answers: list[str]
) -> None:
    watched = open_page(f"{locale}/")
    ask(watched.page, query)
    # Completions, which are no links, follow the hits.
    links = watched.page.locator("a[role=option]").evaluate_all("options => options.map((option) => option.href)")
    first = [re.sub(r"^https?://[^/]+/[a-z]+/|/(#.*)?$", "", link) for link in links[:3]]
    assert set(first) & set(answers), first
    assert watched.faults == []


def test_arrow_down_and_enter_land_on_the_heading(open_page: Opener) -> None:
    watched = open_page("zh/")
    page = watched.page
    ask(page, "提币没到")
    page.keyboard.press("ArrowDown")
    active = page.locator("#hg-q").get_attribute("aria-activedescendant")
    assert active
    chosen = page.locator(f"[id='{active}']")
    expect(chosen).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/zh/.+/"))
    anchor = page.evaluate("decodeURIComponent(location.hash.slice(1))")
    if anchor:
        top = page.evaluate("id => document.getElementById(id).getBoundingClientRect().top", anchor)
        assert -5 <= top <= 450
    assert watched.faults == []


def test_the_number_of_results_is_announced_and_escape_closes(open_page: Opener) -> None:
    page = open_page("en/").page
    ask(page, "withdrawal fee")
    box = page.locator("#hg-q")
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(box).to_have_attribute("role", "combobox")
    expect(page.locator("[role=status], [aria-live=polite]").filter(has_text=re.compile(r"\d"))).not_to_have_count(0)
    page.keyboard.press("Escape")
    expect(box).to_have_attribute("aria-expanded", "false")


@pytest.mark.parametrize("keys", ["/", "Control+k"])
def test_two_keys_lead_to_the_box_from_any_page(open_page: Opener, keys: str) -> None:
    page = open_page("zh/deposits/deposit-not-arrived/").page
    page.keyboard.press(keys)
    expect(page.locator("#hg-q")).to_be_focused()


def test_nothing_of_the_search_is_loaded_before_the_box_is_touched(open_page: Opener, demo: Site) -> None:
    watched = open_page("zh/")
    watched.page.wait_for_timeout(500)
    assert not [
        url for url in watched.requests if "/search/" in url.removeprefix(demo.address)[3:] or "manifest" in url
    ]
    ask(watched.page, "提币")
    assert [url for url in watched.requests if "manifest.json" in url]
    assert all(url.startswith(demo.address) for url in watched.requests)


def test_the_search_page_answers_its_address(open_page: Opener) -> None:
    watched = open_page("zh/search/?q=收不到验证码")
    hits = watched.page.locator("main a", has_text="收不到验证码")
    expect(hits.first).to_be_visible()
    assert watched.page.locator("main mark").count() > 0
    assert watched.faults == []


@pytest.mark.parametrize(
    "query", ["<img src=x onerror=alert(1)>", "__proto__", "((((", "\u202eabc", "%", "a" * 9_000, "\ud83d", " "]
)
def test_hostile_queries_are_only_text(open_page: Opener, query: str) -> None:
    watched = open_page("en/")
    page = watched.page
    page.keyboard.press("/")
    page.evaluate(
        "q => { const box = document.getElementById('hg-q'); box.value = q; box.dispatchEvent(new Event('input', {bubbles: true})); }",
        query,
    )
    page.wait_for_timeout(400)
    assert watched.faults == []
    assert page.locator("img[src='x']").count() == 0


def test_a_missing_index_is_said_and_the_categories_stay(open_page: Opener) -> None:
    watched = open_page("zh/")
    page = watched.page
    page.context.route("**/manifest.json", lambda route: route.fulfill(status=404, body="no"))
    page.keyboard.press("/")
    page.keyboard.insert_text("提币")
    message = page.locator("[role=status]:visible, [aria-live]:visible, .search-panel:visible").first
    expect(message).to_contain_text(re.compile("搜索"))
    assert page.locator("main a[href*='deposits/']").first.is_visible()
    assert [fault for fault in watched.faults if "404" not in fault] == []


def test_without_an_answer_the_reader_is_led_to_a_human(open_page: Opener) -> None:
    page = open_page("en/search/?q=qqqqqqzzzzzz").page
    expect(page.locator("main a[href*='contact-us/']").first).to_be_visible()


def test_pinyin_typed_with_an_input_method_is_not_searched_half_way(open_page: Opener) -> None:
    watched = open_page("zh/")
    page = watched.page
    page.keyboard.press("/")
    page.evaluate(
        """() => {
          const box = document.getElementById('hg-q');
          box.dispatchEvent(new CompositionEvent('compositionstart', {bubbles: true}));
          box.value = 'ti bi';
          box.dispatchEvent(new InputEvent('input', {bubbles: true, isComposing: true}));
        }"""
    )
    page.wait_for_timeout(400)
    assert page.locator("[role=option]").count() == 0
    page.evaluate(
        """() => {
          const box = document.getElementById('hg-q');
          box.value = '提币';
          box.dispatchEvent(new CompositionEvent('compositionend', {bubbles: true, data: '提币'}));
          box.dispatchEvent(new InputEvent('input', {bubbles: true}));
        }"""
    )
    expect(page.locator("[role=option]").first).to_be_visible()


def test_a_hit_in_another_language_names_it(browser: Browser, tmp_path: Path) -> None:
    """The small site has an article that is missing in English; English readers find it, marked as Chinese."""
    folder = SiteFolder.small(tmp_path / "site")
    folder.publish()
    with served(folder.root / "build") as site:
        watched = Watched.open(browser.new_context(), f"{site.address}en/")
        ask(watched.page, "保管密钥")
        first = watched.page.locator("[role=option]").first
        expect(first).to_contain_text("保管密钥")
        expect(first.locator(".hit-language")).to_have_text("中文")
        watched.page.context.close()
        assert watched.faults == []
