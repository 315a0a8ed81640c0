"""A troubleshooter in a real browser: one step at a time by mouse and keyboard, an article without scripts, a way to a person."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Page, expect

from tests.axe import violations
from tests.browser.conftest import Opener
from tests.conftest import ROOT

PATH = "zh/troubleshoot/cannot-log-in/"
GUIDES = sorted(path.stem for path in (ROOT / "content/zh/troubleshoot").glob("[!_]*.md"))


def choose(page: Page, words: str) -> None:
    page.locator(".step:visible .choices").get_by_role("link", name=words).click()


def test_one_step_at_a_time_with_a_way_back(open_page: Opener) -> None:
    watched = open_page(PATH)
    page = watched.page
    expect(page.locator(".step:visible h2")).to_have_count(1)
    expect(page.locator(".guide-place")).to_have_text("第1步，最多还有5步")
    assert page.locator(".guide-back").is_hidden()
    choose(page, "账号或密码错误")
    expect(page.locator(".step:visible h2")).to_contain_text("用的是注册时的邮箱或手机号吗")
    assert page.evaluate("document.activeElement.id") == "h-password"
    assert page.url.endswith("#h-password")
    choose(page, "账号没错")
    expect(page.locator("[data-guide-taken] li")).to_have_count(2)
    assert violations(page) == []
    page.go_back()
    expect(page.locator("[data-guide-taken] li")).to_have_count(1)
    page.reload()
    expect(page.locator("[data-guide-taken] li")).to_have_count(1)
    page.get_by_role("link", name="上一步").click()
    expect(page.locator(".step:visible h2")).to_contain_text("登录页上显示什么")
    expect(page.locator("[data-guide-taken]")).to_be_hidden()
    assert watched.faults == []


@pytest.mark.parametrize("locale", ["zh", "en"])
@pytest.mark.parametrize("name", GUIDES)
def test_every_step_is_accessible(open_page: Opener, locale: str, name: str) -> None:
    """In turn light and dark; what stands round the steps is examined with the other pages."""
    watched = open_page(f"{locale}/troubleshoot/{name}/", viewport={"width": 390, "height": 800})
    page = watched.page
    expect(page.locator("[data-ready]")).to_be_visible()
    for number, anchor in enumerate(page.locator(".step h2").evaluate_all("all => all.map((heading) => heading.id)")):
        page.emulate_media(color_scheme="dark" if number % 2 else "light")
        page.evaluate("anchor => { location.hash = anchor; }", anchor)
        expect(page.locator(f"#{anchor}")).to_be_visible()
        assert violations(page, "main") == []
    assert watched.faults == []


def test_the_way_is_walked_by_keyboard(open_page: Opener) -> None:
    page = open_page(PATH).page
    expect(page.locator("[data-ready]")).to_be_visible()
    page.locator(".step:visible .choices a").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#h-password")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#h-solved")).to_be_focused()
    expect(page.locator(".guide-place")).to_have_text("排查结束")


def test_the_answers_go_along_to_the_message(open_page: Opener) -> None:
    watched = open_page(PATH)
    page = watched.page
    choose(page, "验证器的6位数字总说不对")
    choose(page, "时间是准的")
    page.wait_for_url("**/zh/contact-us/?scenario=login")
    opened = page.locator("details[data-scenario=login]")
    expect(opened).to_have_attribute("open", "")
    expect(opened).to_contain_text("时间是准的，条目也没选错，还是不对")
    assert watched.faults == []


def test_a_step_has_an_address_and_the_skip_link_keeps_it(open_page: Opener) -> None:
    page = open_page(PATH + "#h-network").page
    expect(page.locator(".guided[data-ready]")).to_be_visible()
    expect(page.locator(".step:visible h2")).to_contain_text("检查网络和App")
    page.locator(".skip").focus()
    page.keyboard.press("Enter")
    assert page.url.endswith("#hg-main")
    expect(page.locator(".step:visible h2")).to_contain_text("检查网络和App")


def test_without_javascript_it_is_an_article(open_page: Opener) -> None:
    page = open_page(PATH, java_script_enabled=False).page
    steps = page.locator(".step")
    assert steps.count() == page.locator(".step:visible").count() > 8
    assert page.locator(".guide").is_hidden()
    link = page.locator(".choices a").first
    assert link.get_attribute("href") == "#h-password"


def test_without_its_script_the_steps_still_follow_the_links(open_page: Opener) -> None:
    page = open_page("zh/").page
    page.route("**/troubleshooter.js", lambda route: route.abort())
    page.goto(page.url.replace("/zh/", f"/{PATH}"))
    expect(page.locator(".step:visible h2")).to_have_count(1)
    choose(page, "账号或密码错误")
    expect(page.locator(".step:visible h2")).to_contain_text("用的是注册时的邮箱或手机号吗")


def test_a_kept_way_that_is_damaged_is_forgotten(open_page: Opener) -> None:
    watched = open_page(PATH)
    page = watched.page
    page.evaluate("sessionStorage.setItem('hg-way-zh/troubleshoot/cannot-log-in', '[{\"at\": 3}]')")
    page.goto(page.url + "#h-network")
    page.reload()
    expect(page.locator(".guided[data-ready]")).to_be_visible()
    expect(page.locator(".step:visible h2")).to_contain_text("检查网络和App")
    assert json.loads(page.evaluate("sessionStorage.getItem('hg-way-zh/troubleshoot/cannot-log-in')")) == []
    assert watched.faults == []
