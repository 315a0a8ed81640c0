"""A secret in the search box goes nowhere: not into the address, the recent searches, the index's requests or the page."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.axe import violations
from tests.browser.conftest import Opener

PHRASE = "legal winner thank year wave sausage worth useful legal winner thank yellow"
SECRETS = [
    ("en", PHRASE, "a seed phrase"),
    ("zh", "助记词：的 一 是 在 不 了 有 和 人 这 中 大", "助记词"),
    ("zh", "登录密码是Harbour7，登不进去", "密码"),
    ("en", "my private key 5HueCGU8rMjxEXxiPuD5BDku4MkFqeZyd4dZ1jvhTVqvbTLvyTJ", "a private key"),
]


def kept(page: Page) -> str:
    return str(page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}, location.href, document.title])"))


@pytest.mark.parametrize(("locale", "secret", "name"), SECRETS)
def test_the_box_warns_and_asks_nothing(open_page: Opener, locale: str, secret: str, name: str) -> None:
    watched = open_page(f"{locale}/")
    page = watched.page
    page.keyboard.press("/")
    expect(page.locator("[role=combobox]")).to_be_focused()
    page.keyboard.insert_text(secret)
    expect(page.locator(".panel .message strong")).to_contain_text(name)
    expect(page.locator("form [role=status]")).to_contain_text(name)
    page.keyboard.press("Enter")
    page.wait_for_timeout(200)
    assert page.url.endswith(f"/{locale}/")
    word = secret.split()[-1]
    assert word not in kept(page)
    assert not any(word in request for request in watched.requests)
    assert violations(page) == []
    page.locator(".panel .message button").click()
    expect(page.locator("#hg-q")).to_have_value("")
    assert watched.faults == []


@pytest.mark.parametrize(("locale", "secret", "name"), SECRETS)
def test_the_page_of_results_warns_and_cleans_its_address(
    open_page: Opener, locale: str, secret: str, name: str
) -> None:
    watched = open_page(f"{locale}/search/?q={secret}")
    page = watched.page
    expect(page.locator("[data-results] .message strong")).to_contain_text(name)
    page.locator("#hg-q").press("Enter")
    page.wait_for_timeout(200)
    assert page.url.endswith("/search/")
    assert secret.split()[-1] not in kept(page)
    page.fill("#hg-q", "提币没到" if locale == "zh" else "withdrawal")
    expect(page.locator("[data-results] .hit").first).to_be_visible()
    assert "?q=" in page.url
    assert watched.faults == []


def test_an_ordinary_search_loads_no_guard(open_page: Opener) -> None:
    watched = open_page("zh/")
    watched.page.keyboard.press("/")
    watched.page.keyboard.insert_text("提币没到")
    expect(watched.page.locator("[role=option]").first).to_be_visible()
    assert not any("/support/" in request for request in watched.requests)


def test_a_transaction_id_is_searched_for(open_page: Opener) -> None:
    watched = open_page("en/")
    watched.page.keyboard.press("/")
    watched.page.keyboard.insert_text("txid 88df016429689c079f3b2f6ad39fa052532c56795b733da78a91ebe6a713944b")
    expect(watched.page.locator(".panel .message, .panel [role=option]").first).to_be_visible()
    expect(watched.page.locator(".panel")).not_to_contain_text("private key")
    assert watched.faults == []
