"""A site built with --offline, opened from the disk: reading, searching, changing the language, and the whole way to a human."""

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
from helpgen.pipeline.read import read_search_client, read_site, read_support_client
from helpgen.pipeline.workers import Inline
from tests.browser.conftest import Watched
from tests.browser.test_composer import KEEP_LINKS, PHRASE
from tests.conftest import ROOT


@pytest.fixture(scope="module")
def disk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo of this repository, in a folder whose name needs escaping."""
    out = tmp_path_factory.mktemp("帮助 100%") / "handbook"
    options = BuildOptions(search_client=read_search_client(), support_client=read_support_client(), offline=True)
    build = build_site(read_site(ROOT), Inline(), options)
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


def test_a_message_is_written_guarded_and_noted(watched: Watched) -> None:
    page = watched.page
    page.add_init_script(KEEP_LINKS)
    page.goto(page.url.replace("/zh/index.html", "/en/contact-us/index.html"))
    page.locator("#hg-scenario-other summary").first.click()
    page.fill("#hg-field-topic", "Signing in")
    page.fill("#hg-field-story", "I forgot the memo when I deposited XRP.")
    expect(page.locator('.live-articles a.hit[href*="memo-tag/index.html"]')).to_be_visible()
    page.fill("#hg-field-story", f"I forgot the memo when I deposited XRP. {PHRASE}")
    page.get_by_role("button", name="Open in my mail program").click()
    expect(page.locator(".guard")).to_contain_text("a seed phrase")
    page.get_by_role("button", name="Remove it").click()
    page.get_by_role("button", name="Open in my mail program").click()
    page.wait_for_function("() => window.mails.length === 1")
    mail = unquote(page.evaluate("window.mails[0]"))
    assert "I forgot the memo when I deposited XRP. […]" in mail
    # Where the reader keeps the site is nobody's business.
    assert "handbook" not in mail
    page.get_by_role("button", name="Yes, note it down for me").click()
    page.wait_for_url("**/en/my-case/index.html")
    expect(page.locator(".case h2")).to_have_text("Question: Signing in")
    assert watched.faults == []
    assert {request.partition(":")[0] for request in watched.requests} <= {"file", "blob", "data"}


def test_the_assistant_answers_and_hands_over(watched: Watched) -> None:
    page = watched.page
    page.locator("[data-assistant]").click()
    page.locator("#hg-ask").fill("请问交易手续费怎么收的")
    page.keyboard.press("Enter")
    source = page.locator(".said-answer .said-source")
    expect(source).to_have_attribute("href", re.compile("trading/trading-fees/index.html"))
    page.locator("#hg-ask").fill("我昨天充了200个U一直没到账，UID 712345678")
    page.keyboard.press("Enter")
    expect(page.locator(".said-assistant")).to_have_count(3)
    page.get_by_role("button", name="转人工").last.click()
    page.get_by_role("link", name="带着这些情况写给客服").click()
    page.wait_for_url("**/zh/contact-us/index.html?scenario=deposit")
    expect(page.locator("#hg-field-uid")).to_have_value("712345678")
    talk = page.locator(".version pre").first.inner_text()
    assert "https://help.skerry.example/zh/trading/trading-fees/" in talk
    assert "file:" not in talk
    assert watched.faults == []


def test_the_verifier_judges(watched: Watched) -> None:
    page = watched.page
    page.locator("footer a", has_text="这是官方的吗").click()
    expect(page.locator("[data-verify][data-ready]")).to_be_visible()
    page.fill("#hg-verify", "https://www.skеrry.example")
    page.keyboard.press("Enter")
    expect(page.locator(".verdict")).to_have_attribute("data-verdict", "imitation")
    assert watched.faults == []


def test_a_troubleshooter_leads_to_its_message(watched: Watched) -> None:
    page = watched.page
    page.goto(page.url.replace("/zh/index.html", "/zh/troubleshoot/cannot-log-in/index.html"))
    expect(page.locator(".step:visible h2")).to_have_count(1)
    for words in ("验证器的6位数字总说不对", "时间是准的"):
        page.locator(".step:visible .choices").get_by_role("link", name=words).click()
    page.wait_for_url("**/zh/contact-us/index.html?scenario=login")
    expect(page.locator("#hg-scenario-login .compose-form")).to_be_visible()
    expect(page.locator("#hg-scenario-login")).to_contain_text("时间是准的，条目也没选错，还是不对")
    assert watched.faults == []


def test_the_danger_page_says_which_channel_is_open(watched: Watched) -> None:
    page = watched.page
    page.locator(".danger-link").click()
    expect(page.locator("[data-fastest]")).to_be_visible()
    page.locator(".danger-write a").click()
    expect(page.locator("#hg-scenario-account-at-risk .compose-form")).to_be_visible()
    assert watched.faults == []


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


VIOLATIONS = """async () => {
  const told = [];
  document.addEventListener("securitypolicyviolation", (event) => told.push(event.effectiveDirective));
  const script = document.createElement("script");
  try { script.textContent = "window.ran = true"; } catch { told.push("trusted types"); }
  const image = new Image();
  const failed = new Promise((done) => (image.onerror = done));
  image.src = "https://evil.example/x.png";
  document.body.append(image);
  await failed;
  await fetch("https://evil.example/").catch(() => {});
  await new Promise((done) => setTimeout(done, 100));
  return { told: [...new Set(told)].sort(), ran: window.ran === true };
}"""


def test_the_policy_holds_on_a_disk_too(browser: Browser, disk: Path) -> None:
    """A page opened from a disk has no header; its policy stands in its head, and files beside it are its own."""
    context = browser.new_context(locale="en-US")
    page = context.new_page()
    page.goto((disk / "en" / "index.html").as_uri())
    seen = page.evaluate(VIOLATIONS)
    assert seen["ran"] is False
    assert {"connect-src", "img-src"} <= set(seen["told"])
    context.close()
