"""The way to a human, walked as a reader does: from the search to a message that is sent, in both languages."""

from __future__ import annotations

import email
import email.policy
import json
import re
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from helpgen.content.support import parse_support
from helpgen.model.source import SourceFile
from helpgen.model.support import Scenario, Support, SupportField
from helpgen.pipeline.publish import publish_build
from tests.axe import violations
from tests.browser.conftest import Opener, Site, Watched, served
from tests.conftest import ROOT
from tests.site_folder import SiteFolder
from tests.support.data import CHANNELS, with_support

TXID = "5c504ed432cb51138bcf09aa5e8a410dd4a1e204ef84bfed1be16dfba1b22060"
ADDRESS = "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t"
PHRASE = "legal winner thank year wave sausage worth useful legal winner thank yellow"
# What a mail program would be handed; a headless browser has none.
KEEP_LINKS = """
const click = HTMLAnchorElement.prototype.click;
window.mails = [];
HTMLAnchorElement.prototype.click = function () {
  if (this.href.startsWith("mailto:")) window.mails.push(this.href);
  else click.call(this);
};
"""


def demo_support() -> Support:
    data = (ROOT / "content/_data/scenarios.yaml").read_bytes()
    support = parse_support(SourceFile(path="scenarios.yaml", data=data, digest="")).value
    assert support is not None
    return support


SUPPORT = demo_support()
FIELDS = {field.id: field for field in SUPPORT.fields}
MAIL = {"zh": "用邮件程序打开", "en": "Open in my mail program"}
SENT = {"zh": "发了，帮我记下来", "en": "Yes, note it down for me"}
COMPLETE = {"zh": "客服需要的都写全了。", "en": "Everything that support needs is there."}
STORY = {
    "zh": "对方显示已完成，这里没有记录，已经核对过网络。",
    "en": "The other side says completed, here is no record.",
}


def fill(page: Page, field: SupportField, locale: str) -> None:
    control = page.locator(f"#hg-field-{field.id}")
    if field.type == "network":
        control.select_option("trc20")
    elif field.type == "choice":
        control.select_option("0")
    else:
        values = {
            "uid": "712345678",
            "datetime": "2026-02-04T21:15",
            "amount": "200 USDT",
            "txid": TXID,
            "address": ADDRESS,
        }
        values |= {"order": "2026110412345", "text": STORY[locale]}
        control.fill(values.get(field.type, "someone@example.com" if field.type == "email" else "iPhone 14, iOS 18"))


def open_scenario(page: Page, scenario: str) -> None:
    details = page.locator(f"#hg-scenario-{scenario}")
    details.locator("summary").first.click()
    expect(details.locator(".compose-form")).to_be_visible()


@pytest.mark.parametrize("locale", ["zh", "en"])
@pytest.mark.parametrize("scenario", SUPPORT.scenarios, ids=lambda scenario: scenario.id)
def test_from_the_search_to_a_message_that_is_sent(open_page: Opener, scenario: Scenario, locale: str) -> None:
    watched = open_page(f"{locale}/", viewport={"width": 390, "height": 800}, timezone_id="Asia/Shanghai")
    page = watched.page
    page.add_init_script(KEEP_LINKS)
    query = next(query.text for query in scenario.queries if query.locale == locale)
    page.fill("#hg-q", query)
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/**")
    slugs = [reference.name.rsplit("/", 1)[-1] for reference in scenario.articles]
    found = page.locator(", ".join(f'a.hit[href*="/{slug}/"]' for slug in slugs)).first
    found.click()
    # The article did not help: on to a person.
    page.locator(".human a.button").click()
    page.wait_for_url("**/contact-us/")
    open_scenario(page, scenario.id)
    for reference in scenario.fields:
        fill(page, FIELDS[reference.name], locale)
    expect(page.locator(".complete")).to_have_text(COMPLETE[locale])
    assert page.locator(".version").count() == (1 if locale == "zh" else 2)
    page.get_by_role("button", name=MAIL[locale]).first.click()
    page.wait_for_function("() => window.mails.length === 1")
    link = urlsplit(page.evaluate("window.mails[0]"))
    assert link.path.endswith("@skerry.example")
    sent = parse_qs(link.query)
    assert set(sent) == {"subject", "body"}
    assert "712345678" in sent["subject"][0] or "uid" not in [reference.name for reference in scenario.fields]
    assert scenario.name["zh"] in sent["body"][0]
    page.get_by_role("button", name=SENT[locale]).click()
    page.wait_for_url("**/my-case/")
    expect(page.locator(".case h2")).to_have_count(1)
    assert page.locator(".case dt").count() >= 3
    assert page.evaluate("localStorage.getItem('hg-draft')") is None
    assert watched.faults == []


COPY = {"zh": "复制消息", "en": "Copy the message"}
REMOVE = {"zh": "删掉这些", "en": "Remove it"}


@pytest.mark.parametrize("locale", ["zh", "en"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_the_composer_is_accessible_in_every_state(open_page: Opener, locale: str, scheme: str, width: int) -> None:
    """With errors and a secret; mended and sent; and as the card of what was sent."""
    watched = open_page(
        f"{locale}/contact-us/?scenario=deposit", color_scheme=scheme, viewport={"width": width, "height": 800}
    )
    page = watched.page

    def accessible() -> None:
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0

    expect(page.locator(".compose-form")).to_be_visible()
    page.fill("#hg-field-uid", "7123")
    page.locator("#hg-field-uid").blur()
    page.fill("#hg-field-story", f"My seed phrase is {PHRASE}, my deposit is missing")
    page.get_by_role("button", name=COPY[locale]).click()
    expect(page.locator(".guard")).to_be_visible()
    accessible()
    page.get_by_role("button", name=REMOVE[locale]).click()
    page.get_by_role("button", name=COPY[locale]).click()
    # By which channel the copy was sent, only the reader knows.
    expect(page.locator(".sent-question button")).to_have_count(2)
    page.locator(".sent-question button", has_text={"zh": "客服邮箱", "en": "E-mail support"}[locale]).click()
    page.wait_for_url("**/my-case/")
    expect(page.locator(".case dl")).to_contain_text("support@skerry.example")
    page.locator(".case summary").click()
    accessible()
    assert watched.faults == []


def test_fields_say_what_is_wrong_with_them(open_page: Opener) -> None:
    page = open_page("en/contact-us/?scenario=deposit").page

    def status(field: str, value: str) -> str:
        page.fill(f"#hg-field-{field}", value)
        page.locator(f"#hg-field-{field}").blur()
        return page.locator(f"#hg-field-{field}-status").inner_text()

    assert status("uid", "71234567") == "A UID has 9 digits; this has 8."
    page.select_option("#hg-field-network", "trc20")
    assert "another network: Ethereum (ERC20)" in status("txid", f"0x{TXID}")
    page.select_option("#hg-field-network", "erc20")
    assert page.locator("#hg-field-txid-status").inner_text() == "Looks right"
    assert "checksum" in status("address", "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAEd".replace("5aA", "5AA"))
    assert "in the future" in status("when", "2036-01-01T10:00")
    missing = page.locator(".gaps li").all_inner_texts()
    assert "UID: please check" in missing
    expect(page.locator("#hg-field-uid-status")).to_be_visible()
    expect(page.locator(".gaps li", has_text="UID: please check")).to_be_visible()
    assert "Amount and coin: not filled in" in missing
    page.locator(".gaps a", has_text="Amount").click()
    assert page.evaluate("document.activeElement.id") == "hg-field-amount"


def test_a_secret_stops_every_way_out_until_it_is_removed(open_page: Opener) -> None:
    watched = open_page("en/contact-us/?scenario=other")
    page = watched.page
    page.evaluate(f"() => {{ {KEEP_LINKS} }}")
    page.fill("#hg-field-topic", "Signing in")
    page.fill("#hg-field-story", f"12 words: {PHRASE}")
    before = len(watched.requests)
    for name in ("Copy, then open Live chat", "Open in my mail program", "Save as a mail file", "Copy the message"):
        page.get_by_role("button", name=name).first.click()
        expect(page.locator(".guard")).to_contain_text("a seed phrase")
        expect(page.locator(".guard")).not_to_contain_text("sausage")
        assert page.evaluate("window.mails.length") == 0
        expect(page.locator(".after-send")).to_be_empty()
    assert [request for request in watched.requests[before:] if not request.startswith(page.url.split("/en/")[0])] == []
    page.get_by_role("button", name="Remove it").click()
    assert "sausage" not in page.input_value("#hg-field-story")
    assert page.input_value("#hg-field-topic") == "Signing in"
    page.get_by_role("button", name="Open in my mail program").click()
    page.wait_for_function("() => window.mails.length === 1")
    assert "sausage" not in page.evaluate("window.mails[0] + localStorage.getItem('hg-draft')")


def test_a_draft_holds_no_secret(open_page: Opener) -> None:
    page = open_page("en/contact-us/?scenario=other").page
    page.fill("#hg-field-topic", "Signing in")
    page.fill("#hg-field-story", f"My coins are gone. {PHRASE}")
    page.wait_for_function("() => localStorage.getItem('hg-draft')?.includes('coins are gone')")
    assert "sausage" not in page.evaluate("localStorage.getItem('hg-draft')")
    expect(page.locator("#hg-field-story")).to_have_value(f"My coins are gone. {PHRASE}")
    page.reload()
    expect(page.locator("#hg-field-story")).to_have_value("My coins are gone. […]")


def test_a_draft_survives_a_reload_and_can_be_deleted(open_page: Opener) -> None:
    page = open_page("zh/contact-us/").page
    open_scenario(page, "trade")
    page.fill("#hg-field-pair", "BTC/USDT")
    page.fill("#hg-field-when", "2026-02-04T21:15")
    page.reload()
    expect(page.locator("#hg-field-pair")).to_have_value("BTC/USDT")
    expect(page.locator("#hg-field-when")).to_have_value("2026-02-04T21:15")
    expect(page.locator("#hg-scenario-trade .notice").first).to_have_text("您上次的草稿还在。")
    page.get_by_role("button", name="删除草稿").click()
    assert page.evaluate("localStorage.getItem('hg-draft')") is None
    page.reload()
    expect(page.locator("#hg-scenario-trade")).not_to_have_attribute("open", "")
    open_scenario(page, "trade")
    expect(page.locator("#hg-field-pair")).to_have_value("")


def test_that_solved_it_ends_politely_and_keeps_nothing(open_page: Opener) -> None:
    page = open_page("en/contact-us/?scenario=login").page
    page.fill("#hg-field-notice", "Wrong password")
    page.get_by_role("button", name="That solved it").click()
    expect(page.locator(".solved")).to_contain_text("Nothing was sent.")
    assert page.evaluate("localStorage.getItem('hg-draft')") is None


def test_what_is_handed_over_is_filled_in_once(open_page: Opener) -> None:
    page = open_page("en/").page
    handed = {
        "scenario": "deposit",
        "fields": {"amount": "200 USDT", "gone": "x"},
        "path": ["Is it confirmed? Yes"],
        "transcript": [{"who": "reader", "text": "Where are my coins?", "at": ""}],
    }
    page.evaluate("(text) => sessionStorage.setItem('hg-handover', text)", json.dumps(handed))
    page.goto(page.url + "contact-us/?scenario=deposit")
    expect(page.locator("#hg-field-amount")).to_have_value("200 USDT")
    expect(page.locator(".version pre").first).to_contain_text("Is it confirmed? Yes")
    expect(page.locator(".version pre").first).to_contain_text("Reader: Where are my coins?")
    assert page.evaluate("sessionStorage.getItem('hg-handover')") is None


def test_articles_that_fit_are_offered_while_one_types(open_page: Opener) -> None:
    page = open_page("en/contact-us/?scenario=other").page
    page.fill("#hg-field-story", "I forgot the memo when I deposited XRP, how do I get it back")
    expect(page.locator(".live-articles a.hit").first).to_be_visible()
    assert page.locator('.live-articles a.hit[href*="memo-tag"]').count() == 1


def test_a_secret_is_not_searched_for_while_one_types(open_page: Opener) -> None:
    watched = open_page("en/contact-us/?scenario=other")
    page = watched.page
    page.fill("#hg-field-story", f"My coins are gone. The words are {PHRASE}")
    page.wait_for_timeout(1500)
    assert [url for url in watched.requests if "/search/en/" in url] == []
    page.fill("#hg-field-story", "I forgot the memo when I deposited XRP")
    expect(page.locator(".live-articles a.hit").first).to_be_visible()
    assert any("/search/en/" in url for url in watched.requests)


def test_the_mail_file_and_the_reminder_are_what_they_say(open_page: Opener) -> None:
    page = open_page("zh/contact-us/?scenario=other").page
    page.fill("#hg-field-topic", "手续费")
    page.fill("#hg-field-story", "想知道提币手续费怎么算。" * 60)
    with page.expect_download() as download:
        page.get_by_role("button", name="存成邮件文件").click()
    saved = email.message_from_bytes(Path(download.value.path()).read_bytes(), policy=email.policy.default)
    assert (saved["To"], saved["Subject"]) == ("support@skerry.example", "[咨询] 手续费")
    assert "想知道提币手续费怎么算。" * 60 in saved.get_content()
    page.get_by_role("button", name=SENT["zh"]).click()
    page.wait_for_url("**/my-case/")
    with page.expect_download() as download:
        page.get_by_role("button", name="加到日历").click()
    entry = Path(download.value.path()).read_text(encoding="utf-8")
    assert entry.startswith("BEGIN:VCALENDAR")
    page.get_by_role("button", name="删除").click()
    expect(page.locator(".cases")).to_contain_text("这台设备上还没有记录。")
    assert page.evaluate("localStorage.getItem('hg-cases')") == "[]"


SHARE = """
window.shared = [];
navigator.share = (data) => {
  window.shared.push(data);
  return window.refuse ? Promise.reject(new DOMException("closed", "AbortError")) : Promise.resolve();
};
"""


def test_a_message_is_shared_by_what_the_device_offers(open_page: Opener) -> None:
    """Headless Chromium has no Web Share, so a stand-in takes its place; without one there is no button."""
    page = open_page("en/contact-us/?scenario=other").page
    expect(page.get_by_role("button", name="Copy the message")).to_be_visible()
    expect(page.get_by_role("button", name="Share …")).to_have_count(0)
    page.add_init_script(SHARE)
    page.reload()
    page.fill("#hg-field-topic", "Fees")
    page.fill("#hg-field-story", f"What does a withdrawal cost? {PHRASE}")
    share = page.get_by_role("button", name="Share …")
    share.click()
    expect(page.locator(".guard")).to_contain_text("a seed phrase")
    assert page.evaluate("window.shared") == []
    page.get_by_role("button", name="Remove it").click()
    page.evaluate("() => { window.refuse = true; }")
    share.click()
    page.wait_for_function("() => window.shared.length === 1")
    expect(page.locator(".after-send")).to_be_empty()
    page.evaluate("() => { window.refuse = false; }")
    share.click()
    expect(page.locator(".sent-question")).to_be_visible()
    (_, shared) = page.evaluate("window.shared")
    assert shared["title"] == "[咨询] Fees"
    assert "What does a withdrawal cost? […]" in shared["text"]
    assert "sausage" not in shared["text"]


def test_the_danger_page_names_the_fastest_channel_and_leads_to_the_message(open_page: Opener) -> None:
    page = open_page("en/deposits/find-txid/", viewport={"width": 390, "height": 800}).page
    page.locator(".danger-link").click()
    page.wait_for_url("**/at-risk/")
    expect(page.locator("[data-fastest]")).to_have_text("Fastest right now: Live chat")
    expect(page.locator(".channel-state").first).to_have_text("Open now")
    page.locator(".danger-write a").click()
    expect(page.locator("#hg-scenario-account-at-risk .compose-form")).to_be_visible()


def _tab_to(page: Page, selector: str) -> None:
    """Press Tab until the element has the focus, as somebody without a mouse does."""
    for _ in range(120):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement?.matches(selector) ?? false", selector):
            return
    raise AssertionError(f"the keyboard never reaches {selector}")


@pytest.mark.parametrize("locale", ["zh", "en"])
def test_a_message_is_written_and_sent_by_keyboard_alone(open_page: Opener, locale: str) -> None:
    watched = open_page(f"{locale}/contact-us/", viewport={"width": 320, "height": 640})
    page = watched.page
    page.evaluate(f"() => {{ {KEEP_LINKS} }}")
    _tab_to(page, "#hg-scenario-other summary")
    page.keyboard.press("Enter")
    expect(page.locator(".compose-form")).to_be_visible()
    for field, text in (("topic", "Fees"), ("story", STORY[locale])):
        _tab_to(page, f"#hg-field-{field}")
        page.keyboard.type(text)
    _tab_to(page, "[data-way=email] button")
    page.keyboard.press("Enter")
    page.wait_for_function("() => window.mails.length === 1")
    _tab_to(page, ".sent-question button")
    page.keyboard.press("Enter")
    page.wait_for_url("**/my-case/")
    expect(page.locator(".case h2")).to_contain_text("Fees")
    assert watched.faults == []


@pytest.mark.parametrize("locale", ["zh", "en"])
def test_without_scripts_every_scenario_is_whole(open_page: Opener, locale: str) -> None:
    """Its articles, the list of what to have at hand, and a way to send: a mail with its subject, or another channel."""
    page = open_page(f"{locale}/contact-us/", java_script_enabled=False).page
    for scenario in SUPPORT.scenarios:
        details = page.locator(f"#hg-scenario-{scenario.id}")
        details.locator("summary").click()
        expect(details.locator(".articles a")).to_have_count(len(scenario.articles))
        expect(details.locator(".have li")).to_have_count(len(scenario.fields) + len(scenario.optional))
        expect(details.locator(".ways-out a")).to_have_count(len(scenario.channels))
        href = details.locator('a[href^="mailto:"]').get_attribute("href") or ""
        mail = parse_qs(urlsplit(href).query)
        assert mail["subject"] == [_bare(scenario.subject[locale])]
        assert all(FIELDS[reference.name].label[locale] in mail["body"][0] for reference in scenario.fields)
        details.locator("summary").click()


def _bare(subject: str) -> str:
    """A subject without its parts in brackets that hold a place."""
    return re.sub(r"\[[^\[\]]*\{[^{}]*\}[^\[\]]*\]", "", subject).strip()


class _Desk(ThreadingHTTPServer):
    """A support desk that answers as told and remembers what it was sent."""

    status = 503
    received: list[tuple[str, dict[str, object]]]


class _Answer(BaseHTTPRequestHandler):
    server: _Desk

    def _allow(self, status: int) -> None:
        self.send_response(status)
        self.send_header("Access-Control-Allow-Origin", "*")
        self.send_header("Access-Control-Allow-Headers", "Content-Type, Idempotency-Key")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def do_OPTIONS(self) -> None:
        self._allow(204)

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.received.append((self.headers["Idempotency-Key"], body))
        self._allow(self.server.status)

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def desk() -> Iterator[_Desk]:
    server = _Desk(("127.0.0.1", 0), _Answer)
    server.received = []
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def small(tmp_path: Path, desk: _Desk) -> Iterator[Site]:
    """A small site whose mail channel takes messages by POST."""
    endpoint = f"http://127.0.0.1:{desk.server_port}/messages"
    folder = with_support(
        SiteFolder.small(tmp_path / "site"), CHANNELS.replace("https://desk.example.com/messages", endpoint)
    )
    build = folder.build()
    assert build.ok, build.diagnostics
    publish_build(build, tmp_path / "build", sources=folder.root)
    with served(tmp_path / "build") as site:
        yield site


def test_a_message_is_posted_once_and_lost_never(browser: Browser, small: Site, desk: _Desk) -> None:
    context = browser.new_context(locale="en-GB")
    page = Watched.open(context, f"{small.address}en/contact-us/?scenario=deposit").page
    page.fill("#hg-field-uid", "712345678")
    page.select_option("#hg-field-network", "trc20")
    page.fill("#hg-field-story", "Nothing has arrived since Monday.")
    send = page.get_by_role("button", name="Send now")
    send.click()
    expect(page.locator(".send-status")).to_contain_text("It was not sent, and nothing is lost.")
    expect(page.locator("#hg-field-story")).to_have_value("Nothing has arrived since Monday.")
    page.reload()
    desk.status = 201
    page.get_by_role("button", name="Send now").click()
    page.wait_for_url("**/my-case/")
    (first, sent), (second, again) = desk.received
    assert first == second == sent["key"]
    assert sent == again
    assert sent["fields"] == {"uid": "712345678", "network": "trc20", "story": "Nothing has arrived since Monday."}
    assert (sent["version"], sent["scenario"], sent["channel"], sent["language"]) == (1, "deposit", "mail", "zh")
    assert "网络：TRON" in sent["translation"]["body"]  # type: ignore[index]
    context.close()
