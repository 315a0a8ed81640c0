"""The live chats of other firms, in a real browser against local stand-ins that know each vendor's documented calls.

What is proven: nothing is loaded from elsewhere before the reader agrees; then exactly the vendor's program, within the
page's policy; and what was said goes along by the vendor's own calls.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from helpgen.content.chat import PROVIDERS
from tests.axe import violations
from tests.browser.conftest import Watched, served
from tests.site_folder import CONFIG, SiteFolder

CHANNELS = """\
live-chat:
  kind: chat
  name: Live chat
  address: https://www.example.com/chat
  reply_time: 3 minutes
  open: { zone: UTC, weekly: { mon-sun: "00:00-24:00" } }
mail:
  kind: email
  name: E-mail
  address: mailto:help@example.com
  open: { zone: UTC, weekly: { mon-sun: "00:00-24:00" } }
  reply: { usual: 60 }
"""
SCENARIOS = """\
fields:
  uid: { type: uid, digits: 9, label: UID }
scenarios:
  login:
    name: Cannot sign in
    fields: [uid]
    articles: [security/phishing]
    channels: [live-chat]
    subject: Cannot sign in
"""
HANDOVER = {
    "scenario": "login",
    "fields": {"uid": "712345678"},
    "transcript": [
        {"who": "reader", "text": "I cannot sign in", "at": "2026-11-04T10:00:00Z"},
        {"who": "assistant", "text": "One of these may help.", "at": "2026-11-04T10:00:01Z"},
    ],
}
SAID = "UID: 712345678\n\n> I cannot sign in\n\nOne of these may help."

# Each stand-in notes the calls that its vendor documents, and answers as that vendor's program does.
RECORD = (
    "window.calls = window.calls || []; const note = (...call) => window.calls.push(JSON.parse(JSON.stringify(call)));"
)
VENDORS: dict[str, tuple[str, str, str, list[Any]]] = {
    "intercom": (
        "id: abc12345",
        "https://widget.intercom.io/widget/abc12345",
        "const queue = window.Intercom.q; window.Intercom = note; for (const call of queue) note(...call);",
        [["boot", {"app_id": "abc12345"}], ["showNewMessage", SAID]],
    ),
    "zendesk": (
        'id: 0a1b-2c3d\n  field: "360001"',
        "https://static.zdassets.com/ekr/snippet.js?key=0a1b-2c3d",
        "if (!document.getElementById('ze-snippet')) throw new Error('no snippet'); window.zE = note;",
        [
            ["messenger:set", "conversationTags", ["help-centre"]],
            ["messenger:set", "conversationFields", [{"id": "360001", "value": SAID}]],
            ["messenger", "open"],
        ],
    ),
    "crisp": (
        "id: 1111-2222",
        "https://client.crisp.chat/l.js",
        "note(window.CRISP_WEBSITE_ID); for (const call of window.$crisp) note(...call);"
        " window.$crisp = { push: (call) => note(...call) };",
        [
            ["1111-2222"],
            ["set", "session:data", [[["UID", "712345678"]]]],
            ["set", "message:text", [SAID]],
            ["do", "chat:open"],
        ],
    ),
    "chatwoot": (
        "id: token1\n  address: https://chat.example.com",
        "https://chat.example.com/packs/js/sdk.js",
        "window.chatwootSDK = { run(settings) { note('run', settings); window.$chatwoot = {"
        " setConversationCustomAttributes: (values) => note('attributes', values), toggle: (state) => note('toggle', state) };"
        " setTimeout(() => window.dispatchEvent(new Event('chatwoot:ready'))); } };",
        [
            ["run", {"websiteToken": "token1", "baseUrl": "https://chat.example.com"}],
            ["attributes", {"UID": "712345678", "conversation": SAID}],
            ["toggle", "open"],
        ],
    ),
    "tawk": (
        "id: 5f00/default",
        "https://embed.tawk.to/5f00/default",
        "Object.assign(window.Tawk_API, { setAttributes: (values) => note('attributes', values),"
        " addEvent: (name, values) => note('event', name, values), maximize: () => note('maximize') });"
        " setTimeout(() => window.Tawk_API.onLoad());",
        [["attributes", {"UID": "712345678"}], ["event", "help-centre", {"conversation": SAID}], ["maximize"]],
    ),
    "livechat": (
        'id: "12345678"',
        "https://cdn.livechatinc.com/tracking.js",
        "note(window.__lc.license); for (const [name, rest] of window.LiveChatWidget._q) note(name, ...rest);",
        [
            [12345678],
            ["call", "set_session_variables", {"UID": "712345678"}],
            ["call", "maximize", {"messageDraft": SAID}],
        ],
    ),
}

Opened = Callable[..., tuple[Watched, list[str]]]


@pytest.fixture
def open_chat(browser: Browser, tmp_path: Path) -> Iterator[Opened]:
    """Build a site with a chat, serve it, hand something over and open the chat page. Answers the page and what was
    asked of other hosts."""
    with_servers = []

    def opened(
        provider: str, settings: str, answer: str = "", channels: str = CHANNELS, text: dict[str, Any] = HANDOVER
    ) -> Any:
        site = SiteFolder.small(tmp_path / provider)
        site.write("helpgen.yaml", f"{CONFIG}chat:\n  provider: {provider}\n  channel: live-chat\n  {settings}\n")
        site.write("content/_data/channels.yaml", channels).write("content/_data/scenarios.yaml", SCENARIOS)
        build = site.build()
        assert build.ok, build.diagnostics
        out = tmp_path / f"{provider}-out"
        for path, data in build.files.items():
            (out / path).parent.mkdir(parents=True, exist_ok=True)
            (out / path).write_bytes(data)
        server = served(out)
        where = server.__enter__()
        context = browser.new_context(viewport={"width": 390, "height": 844}, locale="en-GB")
        with_servers.append((server, context))
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        elsewhere: list[str] = []

        def stand_in(route: Route) -> None:
            if route.request.url.startswith(where.address):
                route.continue_()
                return
            elsewhere.append(route.request.url)
            route.fulfill(
                body=RECORD + answer, content_type="text/javascript", headers={"access-control-allow-origin": "*"}
            )

        context.route("**/*", stand_in)
        watched = Watched.open(context, where.address + "en/")
        watched.page.evaluate("handed => sessionStorage.setItem('hg-handover', handed)", json.dumps(text))
        watched.page.goto(where.address + "en/live-chat/", wait_until="load")
        return watched, elsewhere

    yield opened
    for server, context in with_servers:
        context.close()
        server.__exit__(None, None, None)


def start(page: Page) -> None:
    page.get_by_role("button", name="I agree, start the chat").click()


@pytest.mark.parametrize("provider", VENDORS)
def test_it_opens_by_the_vendors_calls_after_consent(open_chat: Opened, provider: str) -> None:
    settings, script, stand_in, calls = VENDORS[provider]
    watched, elsewhere = open_chat(provider, settings, stand_in)
    page = watched.page
    expect(page.locator(".chat-carries")).to_have_text(SAID)
    assert elsewhere == []
    assert violations(page) == []
    start(page)
    page.wait_for_function("count => window.calls && window.calls.length >= count", arg=len(calls))
    assert page.evaluate("window.calls") == calls
    assert elsewhere == [script]
    assert watched.faults == []


ADDRESS_ONLY = "address: https://talk.example.com/new?text={text}"


def _policy(page: Page) -> dict[str, list[str]]:
    text = page.locator("meta[http-equiv]").get_attribute("content") or ""
    return {name: rest for name, *rest in (part.split() for part in text.split(";") if part.strip())}


@pytest.mark.parametrize("provider", [*VENDORS, "url"])
def test_its_page_names_its_hosts_and_lets_in_these_only(open_chat: Opened, provider: str) -> None:
    settings = VENDORS[provider][0] if provider in VENDORS else ADDRESS_ONLY
    own = ("chat.example.com",) if provider == "chatwoot" else ()
    hosts = {*PROVIDERS[provider].hosts, *own} if provider != "url" else set()
    watched, _ = open_chat(provider, settings)
    policy = _policy(watched.page)
    assert set(policy["script-src"]) == {"'self'", *(f"https://{host}" for host in hosts)}
    assert policy["base-uri"] == ["'none'"]
    assert "'unsafe-inline'" not in policy["script-src"]
    if hosts:
        assert set(policy["frame-src"]) == {f"https://{host}" for host in hosts}
        assert {f"wss://{host}" for host in hosts} <= set(policy["connect-src"])
    shown = set(watched.page.locator(".chat-hosts code").all_inner_texts())
    assert shown == (hosts or {"talk.example.com"})
    script = VENDORS[provider][1] if provider in VENDORS else ""
    named = {host.removeprefix("*.") for host in hosts}
    assert not script or any(script.split("/")[2].endswith(name) for name in named)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_its_page_is_accessible(open_chat: Opened, scheme: str) -> None:
    settings, _, stand_in, _ = VENDORS["crisp"]
    watched, _ = open_chat("crisp", settings, stand_in)
    page = watched.page
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.wait_for_timeout(300)
    for path in ("en/live-chat/", "zh/live-chat/"):
        page.goto(page.url.replace("en/live-chat/", path))
        expect(page.locator("[data-chat] button").first).to_be_visible()
        assert violations(page) == []


def test_the_composer_hands_its_message_to_the_chat(open_chat: Opened) -> None:
    settings, _, stand_in, _ = VENDORS["crisp"]
    watched, elsewhere = open_chat("crisp", settings, stand_in)
    page = watched.page
    page.goto(page.url.replace("live-chat/", "contact-us/?scenario=login"))
    page.fill("#hg-field-uid", "712345678")
    page.get_by_role("button", name="Take it to Live chat").click()
    page.wait_for_url("**/en/live-chat/")
    expect(page.locator(".chat-carries")).to_contain_text("UID: 712345678")
    assert elsewhere == []
    start(page)
    page.wait_for_function("() => window.calls && window.calls.length >= 3")
    texts = [call[2][0] for call in page.evaluate("window.calls") if call[:2] == ["set", "message:text"]]
    assert len(texts) == 1
    assert "UID: 712345678" in texts[0]
    assert watched.faults == []


def test_what_a_chat_cannot_take_is_in_the_clipboard(open_chat: Opened) -> None:
    settings, _, stand_in, _ = VENDORS["tawk"]
    watched, _ = open_chat("tawk", settings, stand_in)
    start(watched.page)
    expect(watched.page.locator("[data-chat] [role=alert]")).to_contain_text("in the clipboard")
    assert watched.page.evaluate("navigator.clipboard.readText()") == SAID


def test_a_plain_address_is_left_to_with_what_was_said(open_chat: Opened) -> None:
    watched, _ = open_chat("url", ADDRESS_ONLY)
    policy = watched.page.locator("meta[http-equiv]").get_attribute("content") or ""
    assert "talk.example.com" not in policy
    start(watched.page)
    watched.page.wait_for_url("https://talk.example.com/new?text=UID*")


def test_the_policy_lets_no_other_host_in(open_chat: Opened) -> None:
    settings, _, stand_in, _ = VENDORS["crisp"]
    intruder = (
        "const s = document.createElement('script'); s.src = 'https://evil.example/x.js'; document.head.append(s);"
    )
    watched, elsewhere = open_chat("crisp", settings, stand_in + intruder)
    start(watched.page)
    watched.page.wait_for_function("() => window.calls && window.calls.length >= 3")
    watched.page.wait_for_timeout(200)
    assert [url for url in elsewhere if "evil" in url] == []
    assert any("evil.example" in fault for fault in watched.faults)
    other = watched.page.url.replace("en/live-chat/", "en/security/phishing/")
    watched.page.goto(other)
    policy = watched.page.locator("meta[http-equiv]").get_attribute("content") or ""
    assert "crisp" not in policy
    assert "trusted-types 'none'" in policy


def test_a_chat_that_cannot_be_loaded_says_so(open_chat: Opened) -> None:
    settings, script, _, _ = VENDORS["crisp"]
    watched, _ = open_chat("crisp", settings)
    watched.page.context.route(script, lambda route: route.abort())
    start(watched.page)
    expect(watched.page.locator("[data-chat] [role=alert]")).to_contain_text("could not be loaded")


def test_a_secret_that_slipped_through_stops_it(open_chat: Opened) -> None:
    settings, _, stand_in, _ = VENDORS["crisp"]
    phrase = "abandon " * 11 + "about"
    handed = {**HANDOVER, "transcript": [{"who": "reader", "text": f"my words: {phrase}", "at": ""}]}
    watched, elsewhere = open_chat("crisp", settings, stand_in, text=handed)
    start(watched.page)
    expect(watched.page.locator("[data-chat] .guard")).to_be_visible()
    assert elsewhere == []


@pytest.mark.parametrize("provider", [*VENDORS, "url"])
def test_when_nobody_is_there_the_next_channel_is_offered(open_chat: Opened, provider: str) -> None:
    settings, _, stand_in, _ = VENDORS.get(provider, (ADDRESS_ONLY, "", "", []))
    closed = CHANNELS.replace(
        'open: { zone: UTC, weekly: { mon-sun: "00:00-24:00" } }', "open: { zone: UTC, weekly: {} }", 1
    )
    watched, elsewhere = open_chat(provider, settings, stand_in, channels=closed)
    expect(watched.page.locator(".chat-closed")).to_contain_text("E-mail")
    assert watched.page.get_by_role("button", name="I agree").count() == 0
    watched.page.get_by_role("button", name="Leave them a message all the same").click()
    expect(watched.page.get_by_role("button", name="I agree, start the chat")).to_be_visible()
    assert elsewhere == []
