"""Live reload in real Chromium, and what a page of another site can do to the preview: nothing."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator
from contextlib import suppress

import pytest
from playwright.sync_api import Browser, Page, expect
from playwright.sync_api import Error as PlaywrightError

from tests.server.preview_process import Preview, token_of
from tests.site_folder import SiteFolder
from tests.support.data import CHANNELS, with_support

pytestmark = pytest.mark.browser
PATH = "/zh/deposits/not-arrived/"
LONG = "先查链上确认。\n\n" + "".join(f"第{number}段，讲很多别的事情。\n\n" for number in range(120))
TABS = ":::tabs\n== iOS\n苹果的步骤\n\n== Android\n安卓的步骤\n:::\n"


@pytest.fixture
def page(site: SiteFolder, preview: Preview, browser: Browser) -> Iterator[Page]:
    """A long article of the preview, open; the test fails on any error or violation that the browser tells of."""
    site.article("zh/deposits/not-arrived", "充币没有到账", f"{TABS}\n{LONG}## 查找 TxID {{#txid}}\n\n在这里。\n")
    preview.wait_until_shown(PATH, "第119段")
    preview.wait_until_shown("/zh/security/phishing/", "识别钓鱼网站")
    context = browser.new_context(viewport={"width": 1000, "height": 700})
    opened = context.new_page()
    complaints: list[str] = []
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    opened.goto(preview.address + PATH, wait_until="load")
    stay(opened)
    yield opened
    context.close()
    assert [text for text in complaints if "Failed to load resource" not in text] == []


def stay(page: Page) -> None:
    """Leave a mark that a reload wipes out."""
    page.evaluate("() => { window.stayed = true; }")


def stayed(page: Page) -> bool:
    return bool(page.evaluate("() => window.stayed === true"))


def edit(site: SiteFolder, path: str, old: str, new: str) -> None:
    target = site.root / path
    text = target.read_text()
    assert old in text
    target.write_text(text.replace(old, new))


def test_an_edit_reloads_and_the_place_stays(site: SiteFolder, page: Page) -> None:
    page.evaluate("() => scrollTo({ top: 1500, behavior: 'instant' })")
    edit(site, "content/zh/deposits/not-arrived.md", "第40段", "改过的四十段")
    expect(page.get_by_text("改过的四十段")).to_be_attached()
    assert not stayed(page)
    page.wait_for_load_state()
    page.wait_for_timeout(200)
    assert abs(page.evaluate("() => scrollY") - 1500) <= 2


def test_tabs_and_folds_stay(site: SiteFolder, page: Page) -> None:
    page.get_by_role("tab", name="Android").click()
    expect(page.get_by_text("安卓的步骤")).to_be_visible()
    edit(site, "content/zh/deposits/not-arrived.md", "安卓的步骤", "安卓的新步骤")
    expect(page.get_by_text("安卓的新步骤")).to_be_visible()
    expect(page.get_by_role("tab", name="Android")).to_have_attribute("aria-selected", "true")


def test_the_query_being_typed_stays(site: SiteFolder, page: Page) -> None:
    box = page.locator("input[name=q]").first
    box.click()
    box.type("钓鱼")
    edit(site, "content/zh/deposits/not-arrived.md", "第1段", "改过的一段")
    expect(page.get_by_text("改过的一段")).to_be_attached()
    expect(box).to_have_value("钓鱼")
    expect(box).to_be_focused()


def test_the_query_of_the_results_page_stays(site: SiteFolder, preview: Preview, page: Page) -> None:
    page.goto(f"{preview.address}/zh/search/?q=%E9%92%93%E9%B1%BC")
    stay(page)
    edit(site, "helpgen.yaml", "zh: 灯塔帮助中心", "zh: 改名的灯塔")
    expect(page.get_by_text("改名的灯塔").first).to_be_attached()
    assert not stayed(page)
    assert page.url.endswith("?q=%E9%92%93%E9%B1%BC")


def test_an_edit_elsewhere_leaves_the_page_alone(site: SiteFolder, preview: Preview, page: Page) -> None:
    edit(site, "content/zh/security/phishing.md", "看[", "仔细看[")
    preview.wait_until_shown("/zh/security/phishing/", "仔细看")
    page.wait_for_timeout(500)
    assert stayed(page)


def test_css_is_swapped_without_a_reload(site: SiteFolder, preview: Preview, page: Page) -> None:
    site.write("themes/child/theme.yaml", "name: child\nparent: lighthouse\n")
    site.write("themes/child/assets/css/tokens.css", ":root { --mark: 1; }\n")
    site.write("helpgen.yaml", (site.root / "helpgen.yaml").read_text() + "theme: {name: child}\n")
    mark = "() => getComputedStyle(document.documentElement).getPropertyValue('--mark').trim()"
    deadline(page, mark, "1")
    page.wait_for_load_state()
    stay(page)
    page.evaluate("() => scrollTo({ top: 900, behavior: 'instant' })")
    before = len(preview.lines)
    site.write("themes/child/assets/css/tokens.css", ":root { --mark: 2; }\n")
    deadline(page, mark, "2")
    assert stayed(page)
    assert page.evaluate("() => scrollY") == 900
    assert page.locator('link[rel="stylesheet"]').count() == 1
    preview.wait_for(r"tokens\.css changed → styles in", after=before)


def deadline(page: Page, script: str, wanted: object) -> None:
    """Ask until it is so: the page's policy forbids the polling that Playwright would put into it."""
    for _ in range(300):
        # While the page is loaded anew there is nothing to ask.
        with suppress(PlaywrightError):
            if page.evaluate(script) == wanted:
                return
        page.wait_for_timeout(50)
    raise AssertionError(f"{script} never gave {wanted!r}")


def test_the_overlay_comes_and_goes(site: SiteFolder, page: Page) -> None:
    edit(site, "content/zh/deposits/not-arrived.md", "title:", "titel: 错\ntitle:")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    expect(dialog.get_by_role("heading")).to_have_text("1 problem")
    expect(dialog.locator(".place")).to_have_text("content/zh/deposits/not-arrived.md:2:1")
    expect(dialog.locator(".message")).to_contain_text("unknown field")
    expect(dialog.locator(".source")).to_have_text("titel: 错")
    expect(dialog.locator(".at")).to_have_text("titel")
    expect(dialog.locator(".hint")).to_contain_text('"title"')
    expect(page.get_by_text("第40段")).to_be_attached()
    assert stayed(page)
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    page.get_by_role("button", name="1 problem").click()
    expect(dialog).to_be_visible()
    edit(site, "content/zh/deposits/not-arrived.md", "titel: 错\n", "")
    expect(dialog).to_be_hidden()
    expect(page.get_by_role("button", name="1 problem")).to_have_count(0)
    assert stayed(page)


def test_the_overlay_shows_text_only(site: SiteFolder, page: Page) -> None:
    page.on("dialog", lambda dialog: pytest.fail(f"a script ran: {dialog.message}"))
    edit(site, "content/zh/security/keys.md", "title:", '"<img src=x onerror=alert(1)>": 1\ntitle:')
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("<img src=x onerror=alert(1)>")
    assert dialog.locator("img").count() == 0


def test_a_draft_is_marked(site: SiteFolder, preview: Preview, page: Page) -> None:
    site.article("zh/security/soon", "还没写完", "草稿。\n", extra="draft: true")
    preview.wait_until_shown("/zh/security/soon/", "草稿")
    page.goto(f"{preview.address}/zh/security/soon/")
    expect(page.get_by_text("Draft: not in the published site")).to_be_visible()
    edit(site, "content/zh/security/soon.md", "draft: true", "draft: false")
    expect(page.get_by_text("Draft: not in the published site")).to_have_count(0)


def test_a_removed_article_gives_way_to_the_404_page(site: SiteFolder, page: Page) -> None:
    site.remove("content/zh/deposits/not-arrived.md").remove("content/en/deposits/not-arrived.md")
    site.article("zh/security/phishing", "识别钓鱼网站", "没有链接。\n").article(
        "en/security/phishing", "Phishing", "No.\n"
    )
    expect(page.locator("body.lost-page")).to_be_attached()


def test_the_page_before_the_first_good_build(site: SiteFolder, browser: Browser) -> None:
    path = site.root / "content/zh/security/keys.md"
    good = path.read_text()
    path.write_text(good.replace("title:", "foo: 1\ntitle:"))
    preview = Preview.start(site.root, "--port", "0")
    page = browser.new_page()
    try:
        page.goto(f"{preview.address}/zh/security/keys/")
        expect(page.get_by_role("dialog")).to_be_visible()
        path.write_text(good)
        expect(page.get_by_role("heading", name="保管密钥")).to_be_visible()
    finally:
        page.close()
        preview.stop()


def test_a_new_server_on_the_same_port_takes_the_page_over(site: SiteFolder, preview: Preview, page: Page) -> None:
    assert preview.stop() == 0
    edit(site, "content/zh/deposits/not-arrived.md", "第40段", "重启后的四十段")
    again = Preview.start(site.root, "--port", str(preview.port))
    try:
        expect(page.get_by_text("重启后的四十段")).to_be_attached(timeout=15_000)
        edit(site, "content/zh/deposits/not-arrived.md", "重启后的四十段", "又改了的四十段")
        expect(page.get_by_text("又改了的四十段")).to_be_attached()
    finally:
        page.goto("about:blank")
        again.stop()


FOREIGN = """<!doctype html><meta charset="utf-8"><title>foreign</title><body><iframe id="frame"></iframe>"""
ATTACKS = """async ([base, token, client]) => {
  const heard = {};
  heard.fetch = await fetch(`${base}/zh/`).then((answer) => answer.text()).catch(() => "refused");
  heard.opaque = await fetch(`${base}/zh/`, { mode: "no-cors" }).then((answer) => answer.type).catch(() => "refused");
  heard.events = await new Promise((tell) => {
    const source = new EventSource(`${base}/_helpgen/events?token=${token}&path=/zh/`);
    source.onmessage = (event) => tell(event.data);
    source.onerror = () => { source.close(); tell("refused"); };
  });
  heard.script = await new Promise((tell) => {
    const script = document.createElement("script");
    script.src = `${base}${client}`;
    script.onload = () => tell("loaded");
    script.onerror = () => tell("refused");
    document.head.append(script);
  });
  heard.image = await new Promise((tell) => {
    const image = new Image();
    image.onload = () => tell("loaded");
    image.onerror = () => tell("refused");
    image.src = `${base}/zh/`;
  });
  return heard;
}"""


@pytest.fixture
def foreign_address() -> Iterator[str]:
    """Another site, on another port of this machine."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(FOREIGN.encode())

        def log_message(self, *_arguments: object) -> None:
            return

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://evil.example:{server.server_port}/"
    server.shutdown()
    server.server_close()


def test_a_foreign_page_gets_nothing(asked: Preview, browser: Browser, foreign_address: str) -> None:
    """Even with the secret of the stream, and also from another port of this very machine."""
    own = asked.get("/zh/").text
    token, client = token_of(own), own.partition('src="/_helpgen/')[2].partition("?")[0]
    for address in (foreign_address, foreign_address.replace("evil.example", "127.0.0.1")):
        page = browser.new_page()
        page.goto(address)
        heard = page.evaluate(ATTACKS, [asked.address, token, f"/_helpgen/{client}"])
        page.close()
        opaque = heard.pop("opaque")
        assert set(heard.values()) == {"refused"}, heard
        # An opaque answer cannot be read; that it is there at all says only that a server listens.
        assert opaque in ("refused", "opaque")


def test_a_foreign_page_cannot_frame_the_preview(asked: Preview, browser: Browser, foreign_address: str) -> None:
    page = browser.new_page()
    page.goto(foreign_address)
    page.evaluate(f"() => {{ document.getElementById('frame').src = '{asked.address}/zh/'; }}")
    page.wait_for_timeout(500)
    assert not any("帮助中心" in frame.content() for frame in page.frames if frame is not page.main_frame)
    page.close()


def test_a_rebound_name_gets_nothing(asked: Preview, browser: Browser) -> None:
    """DNS rebinding: a foreign name that leads to 127.0.0.1, on the preview's own port."""
    page = browser.new_page()
    answer = page.goto(f"http://evil.example:{asked.port}/zh/")
    assert answer is not None
    assert answer.status == 421
    assert "帮助中心" not in page.content()
    page.close()


POSTED = """async (address) => {
  const told = [];
  document.addEventListener("securitypolicyviolation", (event) => told.push(event.blockedURI));
  const status = await fetch(address, { method: "POST", body: "{}" }).then((answer) => answer.status, () => 0);
  await new Promise((done) => setTimeout(done, 100));
  return { status, told };
}"""


@pytest.fixture
def desk() -> Iterator[str]:
    """Where messages are taken, on another port of this machine: another origin."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.send_response(201)
            self.send_header("Access-Control-Allow-Origin", "*")
            self.end_headers()

        def log_message(self, *_arguments: object) -> None:
            return

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/messages"
    server.shutdown()
    server.server_close()


def test_an_endpoint_on_another_host_is_reached_from_the_contact_page_alone(
    site: SiteFolder, browser: Browser, desk: str
) -> None:
    with_support(site, CHANNELS.replace("https://desk.example.com/messages", desk))
    preview = Preview.start(site.root, "--port", "0")
    page = browser.new_page()
    try:
        preview.wait_for("Built")
        page.goto(f"{preview.address}/en/contact-us/")
        assert page.evaluate(POSTED, desk) == {"status": 201, "told": []}
        page.goto(f"{preview.address}/en/")
        refused = page.evaluate(POSTED, desk)
        assert refused["status"] == 0
        # Once by the policy in the head, once by that of the header.
        assert refused["told"] == [desk, desk]
    finally:
        page.close()
        preview.stop()
