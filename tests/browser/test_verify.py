"""Is it really us? Judged in the page, offline; without scripts the list of what is ours."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.axe import violations
from tests.browser.conftest import Opener

CASES = [
    ("en", "https://www.skerry.example/login", "official", "Official"),
    ("en", "https://www.skеrry.example", "imitation", "U+0435"),
    ("zh", "https://skerry.example.login-safe.example", "imitation", "不在结尾"),
    ("zh", "https://skerry-support.example", "imitation", "加了别的词"),
    ("zh", "@skerry_official", "official", "Telegram"),
    ("zh", "13800138000", "unknown", "没有电话号码"),
    ("en", "support@skerry.example", "official", "anti-phishing"),
    ("en", "@elonmusk", "unknown", "Not ours"),
    ("en", "skerry", "unreadable", "proves nothing"),
]


@pytest.mark.parametrize(("locale", "text", "verdict", "said"), CASES)
def test_a_pasted_text_is_judged_without_the_network(
    open_page: Opener, locale: str, text: str, verdict: str, said: str
) -> None:
    watched = open_page(f"{locale}/verify/", viewport={"width": 390, "height": 800})
    page = watched.page
    expect(page.locator("[data-verify][data-ready]")).to_be_visible()
    page.context.set_offline(True)
    before = len(watched.requests)
    page.fill("#hg-verify", text)
    page.keyboard.press("Enter")
    result = page.locator("[data-verify-result] .verdict")
    expect(result).to_have_attribute("data-verdict", verdict)
    expect(result).to_contain_text(said)
    assert len(watched.requests) == before
    assert text not in page.url
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme="light" if scheme == "light" else "dark")
        assert violations(page) == []
    assert watched.faults == []


def test_a_changed_text_has_no_verdict_yet(open_page: Opener) -> None:
    page = open_page("en/verify/").page
    expect(page.locator("[data-verify][data-ready]")).to_be_visible()
    page.fill("#hg-verify", "skerry-login.com")
    page.click("[data-verify] button")
    expect(page.locator(".verdict")).to_be_visible()
    page.locator("#hg-verify").press("End")
    page.keyboard.type("x")
    expect(page.locator(".verdict")).to_have_count(0)


def test_without_scripts_the_list_is_there_and_the_box_is_not(open_page: Opener) -> None:
    page = open_page("en/verify/", java_script_enabled=False).page
    expect(page.locator("[data-verify]")).to_be_hidden()
    expect(page.locator(".official")).to_contain_text("skerry.example")
    expect(page.locator(".official")).to_contain_text("@skerry_official Telegram")
    expect(page.locator("main")).to_contain_text("None. Whoever uses one is not us.")


def test_it_is_reached_from_the_foot_of_every_page(open_page: Opener) -> None:
    page = open_page("zh/deposits/deposit-not-arrived/").page
    page.locator("footer a", has_text="这是官方的吗").click()
    page.wait_for_url("**/zh/verify/")
