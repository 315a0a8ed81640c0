"""The assistant in a real browser: it loads on the first touch, answers, guards, remembers, forgets, and hands over."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.axe import violations
from tests.browser.conftest import Opener, Watched, served
from tests.site_folder import CONFIG, SiteFolder
from tests.support.data import with_support

ARTICLE = "zh/deposits/how-to-deposit/"
PHRASE = "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about"


def open_assistant(watched: Watched) -> Page:
    page = watched.page
    page.locator("[data-assistant]").click()
    expect(page.locator("#hg-ask")).to_be_focused()
    return page


def ask(page: Page, text: str) -> None:
    said = page.locator(".said-assistant")
    before = said.count()
    page.locator("#hg-ask").fill(text)
    page.keyboard.press("Enter")
    expect(said).to_have_count(before + 1)


def test_nothing_is_loaded_before_it_is_touched(open_page: Opener) -> None:
    watched = open_page(ARTICLE)
    watched.page.wait_for_timeout(300)
    assert [url for url in watched.requests if "assistant" in url and not url.endswith("assistant-start.js")] == []
    open_assistant(watched)
    assert any(url.endswith("/support/assistant.js") for url in watched.requests)
    assert watched.faults == []


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 320)])
def test_it_answers_with_a_quote_and_its_link(open_page: Opener, scheme: str, width: int) -> None:
    watched = open_page(ARTICLE, color_scheme=scheme, viewport={"width": width, "height": 740})
    page = open_assistant(watched)
    ask(page, "你好，请问交易手续费怎么收的，谢谢")
    expect(page.locator(".said-answer blockquote")).to_have_count(1)
    address = page.locator(".said-answer .said-source").get_attribute("href")
    assert address is not None
    assert "trading/trading-fees/" in address
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert watched.faults == []


TALK = {
    "zh": ("提币手续费是多少", "还没到账", "我的账户里有一笔提币不是我操作的", "给我写一首诗吧"),
    "en": ("how much is the withdrawal fee", "it has not arrived", "my account has been hacked", "zzgrq"),
}
PERSON = {"zh": "转人工", "en": "Talk to a person"}


@pytest.mark.parametrize("locale", ["zh", "en"])
@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 1280), ("light", 390), ("dark", 320)])
def test_every_kind_of_reply_is_accessible(open_page: Opener, locale: str, scheme: str, width: int) -> None:
    watched = open_page(f"{locale}/", color_scheme=scheme, viewport={"width": width, "height": 740})
    page = open_assistant(watched)

    def accessible() -> None:
        assert violations(page) == []

    accessible()
    for text in TALK[locale]:
        ask(page, text)
        accessible()
    page.get_by_role("button", name=PERSON[locale]).last.click()
    expect(page.locator(".said-person .said-ways")).to_be_visible()
    page.locator("#hg-ask").fill(PHRASE)
    page.keyboard.press("Enter")
    expect(page.locator(".assistant-notice .guard")).to_be_visible()
    accessible()
    kinds = [str(kind) for kind in page.locator(".said-assistant").evaluate_all("all => all.map((e) => e.className)")]
    for kind in ("answer", "clarify", "danger", "nothing", "person"):
        assert any(f"said-{kind}" in name for name in kinds), (kind, kinds)
    assert watched.faults == []


def test_two_troubles_that_fit_alike_are_asked_about(open_page: Opener) -> None:
    watched = open_page("en/", locale="en-GB")
    page = open_assistant(watched)
    ask(page, "it has not arrived")
    choices = page.locator(".said-clarify .said-choices")
    expect(choices.get_by_role("button", name="My deposit has not arrived")).to_be_visible()
    choices.get_by_role("button", name="My withdrawal has not arrived").click()
    expect(page.locator(".said-perhaps").last.locator("a").first).to_have_attribute("href", re.compile("withdrawal"))
    assert watched.faults == []


def test_what_is_about_danger_names_the_way_out(open_page: Opener) -> None:
    watched = open_page("en/", locale="en-GB")
    page = open_assistant(watched)
    ask(page, "why did my own sign-in trigger a notice")
    expect(page.locator(".said-answer .said-risk a[href$='at-risk/']")).to_be_visible()
    ask(page, "how much is the withdrawal fee")
    expect(page.locator(".said-risk")).to_have_count(1)
    assert watched.faults == []


def test_in_danger_the_freeze_steps_and_the_fastest_way_come_first(open_page: Opener) -> None:
    watched = open_page("en/deposits/how-to-deposit/", locale="en-GB")
    page = open_assistant(watched)
    ask(page, "I think my account has been hacked")
    reply = page.locator(".said-danger")
    expect(reply.locator(".said-steps li").first).to_contain_text("Security centre")
    expect(reply.get_by_role("link", name="Live chat")).to_be_visible()
    assert watched.faults == []


CRIES = {
    "zh": ("我的账户被盗了", "安全中心", "在线客服"),
    "en": ("my account was hacked", "Security centre", "Live chat"),
}
FAULTS: dict[str, Callable[[Route], object]] = {
    "missing": lambda route: route.fulfill(status=404),
    "unreachable": lambda route: route.abort(),
    "never answers": lambda _: None,
}


@pytest.mark.parametrize("locale", ["zh", "en"])
@pytest.mark.parametrize("fault", list(FAULTS))
def test_danger_is_heard_whatever_is_wrong_with_the_index(open_page: Opener, locale: str, fault: str) -> None:
    cry, step, channel = CRIES[locale]
    page = open_page(f"{locale}/").page
    page.route(f"**/search/{locale}/**", FAULTS[fault])
    open_assistant(Watched(page))
    ask(page, cry)
    reply = page.locator(".said-danger")
    expect(reply.locator(".said-steps li").first).to_contain_text(step)
    expect(reply.get_by_role("link", name=channel)).to_be_visible()
    expect(reply.locator(".said-ways a.button")).to_have_attribute(
        "href", re.compile(r"contact-us/\?scenario=account-at-risk$")
    )
    # What the scenario names is there without a search.
    expect(reply.locator(".said-links a[href*='security/unfamiliar-login/']")).to_be_visible()
    expect(page.locator(".assistant-notice")).to_be_empty()


@pytest.mark.parametrize(
    ("locale", "cry", "step"), [("zh", "我的账户被盗了", "先冻结"), ("en", "my account was hacked", "Freeze it")]
)
def test_danger_is_heard_on_a_site_that_has_no_index_for_browsers(
    browser: Browser, tmp_path: Path, locale: str, cry: str, step: str
) -> None:
    site = with_support(
        SiteFolder.small(tmp_path / "site").write("helpgen.yaml", CONFIG + "search: {backend: whoosh}\n")
    )
    site.publish()
    assert list((site.root / "build" / "search").glob("*/*")) == []
    context = browser.new_context(locale="en-GB")
    with served(site.root / "build") as place:
        page = open_assistant(Watched.open(context, f"{place.address}{locale}/"))
        ask(page, cry)
        expect(page.locator(".said-danger .said-steps li")).to_have_text([step])
        expect(page.locator(".said-danger .said-links a[href*='security/phishing/']")).to_be_visible()
    context.close()


@pytest.mark.parametrize(("locale", "name"), [("zh", "账户或资产正有危险"), ("en", "My account or money is in danger")])
def test_the_name_of_the_dangerous_scenario_is_a_cry_for_help(open_page: Opener, locale: str, name: str) -> None:
    watched = open_page(f"{locale}/")
    page = open_assistant(watched)
    page.locator(".said-choices").get_by_role("button", name=name).click()
    expect(page.locator(".said-danger .said-steps li").first).to_be_visible()
    assert watched.faults == []


def test_no_help_leads_on_to_the_steps_and_then_to_a_person(open_page: Opener) -> None:
    watched = open_page(ARTICLE)
    page = open_assistant(watched)
    ask(page, "提币显示已完成，可是对方没收到")
    page.get_by_role("button", name="没帮上忙").click()
    expect(page.locator(".said-guide a")).to_contain_text("一步步排查")
    for _ in range(8):
        again = page.get_by_role("button", name="没帮上忙")
        if again.count() == 0:
            break
        count = page.locator(".said-assistant").count()
        again.click()
        expect(page.locator(".said-assistant")).to_have_count(count + 1)
    expect(page.locator(".said-person .said-ways")).to_be_visible()
    assert watched.faults == []


def test_nothing_is_made_up_when_nothing_fits(open_page: Opener) -> None:
    page = open_assistant(open_page(ARTICLE))
    ask(page, "给我写一首诗吧")
    expect(page.locator(".said-nothing")).to_contain_text("没有找到答案")
    expect(page.locator(".said-nothing a")).to_have_count(0)


def test_a_secret_is_neither_asked_nor_kept(open_page: Opener) -> None:
    watched = open_page("en/", locale="en-GB")
    page = open_assistant(watched)
    page.locator("#hg-ask").fill(f"my wallet is {PHRASE} why is my deposit missing")
    page.keyboard.press("Enter")
    warning = page.locator(".assistant-notice .guard")
    expect(warning).to_be_visible()
    assert page.locator(".said-reader").count() == 0
    assert "abandon" not in (
        page.evaluate("JSON.stringify(localStorage)") + page.evaluate("JSON.stringify(sessionStorage)")
    )
    warning.get_by_role("button").click()
    assert "abandon" not in page.locator("#hg-ask").input_value()
    assert "deposit missing" in page.locator("#hg-ask").input_value()
    assert watched.faults == []


def test_the_conversation_is_kept_shown_again_exported_and_deleted(open_page: Opener, tmp_path: Path) -> None:
    watched = open_page(ARTICLE)
    page = open_assistant(watched)
    ask(page, "提币手续费是多少")
    page.goto(page.url.replace("how-to-deposit", "find-txid"))
    page = open_assistant(watched)
    expect(page.locator(".said-reader")).to_contain_text("提币手续费是多少")
    with page.expect_download() as download:
        page.get_by_role("button", name="存为文本").click()
    target = tmp_path / "conversation.txt"
    download.value.save_as(target)
    text = target.read_text(encoding="utf-8")
    assert "提币手续费是多少" in text
    assert "http://127.0.0.1" in text
    page.get_by_role("button", name="删除对话").click()
    expect(page.locator(".said-reader")).to_have_count(0)
    assert page.evaluate("localStorage.getItem('hg-assistant')") is None
    assert watched.faults == []


def test_it_hands_over_to_the_composer_with_what_was_said(open_page: Opener) -> None:
    watched = open_page(ARTICLE)
    page = open_assistant(watched)
    ask(page, "我昨天充了200个U一直没到账，UID 712345678")
    page.get_by_role("button", name="转人工").last.click()
    page.get_by_role("link", name="带着这些情况写给客服").click()
    page.wait_for_url("**/zh/contact-us/?scenario=deposit")
    opened = page.locator("details[data-scenario=deposit]")
    expect(opened).to_have_attribute("open", "")
    values = page.evaluate(
        "[...document.querySelectorAll('details[open] input, details[open] textarea')].map(e => e.value)"
    )
    assert "712345678" in values
    assert "200 USDT" in values
    assert watched.faults == []


def test_what_was_kept_by_others_runs_nothing(open_page: Opener) -> None:
    watched = open_page(ARTICLE)
    page = watched.page
    evil = "<img src=x onerror=alert(1)>"
    link = {"title": evil, "url": "javascript:alert(1)"}
    turn = {
        "who": "assistant",
        "at": "",
        "kind": "perhaps",
        "question": evil,
        "quote": None,
        "links": [link],
        "guide": link,
    }
    kept = json.dumps([{"who": "reader", "at": "", "text": evil}, turn, 7, None])
    page.evaluate("kept => localStorage.setItem('hg-assistant', kept)", kept)
    page = open_assistant(watched)
    expect(page.locator(".said-reader")).to_contain_text("<img")
    assert page.locator(".said img").count() == 0
    assert page.locator(".said a[href^='javascript']").count() == 0
    assert watched.faults == []


def test_by_keyboard_and_escape(open_page: Opener) -> None:
    page = open_page(ARTICLE).page
    opener = page.locator("[data-assistant]")
    opener.focus()
    page.keyboard.press("Space")
    expect(page.locator("#hg-ask")).to_be_focused()
    expect(opener).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Escape")
    expect(page.locator("dialog.assistant")).to_be_hidden()
    expect(opener).to_be_focused()


def test_without_javascript_it_is_a_link_to_the_contact_page(open_page: Opener) -> None:
    page = open_page(ARTICLE, java_script_enabled=False).page
    link = page.locator(".assistant-open")
    expect(link).to_be_visible()
    link.click()
    page.wait_for_url("**/zh/contact-us/")


def test_offline_it_says_so_and_offers_a_person(open_page: Opener) -> None:
    page = open_assistant(open_page(ARTICLE))
    page.route("**/search/zh/**", lambda route: route.abort())
    page.locator("#hg-ask").fill("提币要多久")
    page.keyboard.press("Enter")
    expect(page.locator(".assistant-notice .said-ways")).to_be_visible()
