"""The theme in a real Chromium: no violation of its policy or of WCAG, usable by keyboard, readable without script."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page

from tests.axe import violations
from tests.site_folder import SiteFolder

pytestmark = pytest.mark.browser

PAGES = [
    "zh/",
    "en/",
    "zh/deposits/",
    "zh/deposits/not-arrived/",
    "zh/deposits/faq/",
    "en/security/keys/",
    "zh/contact-us/",
    "zh/search/",
    "zh/search/?q=充币",
    "404.html",
]
BODY = """\
先看进度。

:::steps
1. 打开资产
2. 查看记录
:::

## 查找 TxID {#txid}

在钱包里复制。

## 按平台操作 {#platforms}

:::tabs
== iOS
苹果的做法。
== Android
安卓的做法。
:::

## 表格与代码 {#table}

| 状态 | 做法 |
| --- | --- |
| 成功 | 等待 |

```text
UID:
```

- [ ] 准备好 UID

:::danger 当心
不要把验证码告诉别人。
:::

:::tip
可以先等一等。
:::
"""
FAQ = "---\ntitle: 常见问题\ntype: faq\nsummary: 简短回答\n---\n\n## 要等多久 {#time}\n\n通常几分钟。\n"
CHANNELS = """\
chat:
  kind: chat
  name: 在线客服
  address: https://chat.example.com
mail:
  kind: email
  name: 邮件客服
  address: mailto:help@example.com
  never_for: 不要发送密码
"""
WATCH = (
    "addEventListener('securitypolicyviolation', e => console.error('CSP ' + e.violatedDirective + ' ' + e.blockedURI))"
)


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        pass


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """Serve a folder on loopback; the value is its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small site, built by helpgen."""
    root = tmp_path_factory.mktemp("browser")
    site = SiteFolder.small(root / "site").article("zh/deposits/not-arrived", "充币没有到账", BODY)
    site.write("content/zh/deposits/faq.md", FAQ).write("content/_data/channels.yaml", CHANNELS)
    build = site.build()
    assert build.ok, build.diagnostics
    for path, data in build.files.items():
        target = root / "public" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    return root / "public"


@pytest.fixture(scope="module")
def address(public: Path) -> Iterator[str]:
    with serving(public) as address:
        yield address


def open_page(browser: Browser, url: str, **options: Any) -> tuple[Page, list[str]]:
    """A page in a context of its own, and what went wrong in it so far (and will)."""
    context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, "locale": "zh-CN", **options})
    page = context.new_page()
    faults: list[str] = []
    page.add_init_script(WATCH)
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(url)
    page.wait_for_load_state("networkidle")
    return page, faults


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 320)])
@pytest.mark.parametrize("path", PAGES)
def test_no_violation_of_wcag_or_policy(browser: Browser, address: str, path: str, scheme: str, width: int) -> None:
    page, faults = open_page(browser, address + path, color_scheme=scheme, viewport={"width": width, "height": 800})
    assert violations(page) == []
    assert faults == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "the page scrolls sideways"
    page.context.close()


def test_search_by_keyboard_lands_on_the_heading(browser: Browser, address: str) -> None:
    page, faults = open_page(browser, address + "zh/security/phishing/")
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    loaded = page.evaluate("performance.getEntriesByType('resource').map(entry => entry.name)")
    assert loaded
    assert [name for name in loaded if "/search/" in name or "search-box" in name] == []
    page.keyboard.press("/")
    page.keyboard.type("按平台操作")
    option = page.locator("[role=option]").first
    option.wait_for()
    assert page.locator("#hg-q").get_attribute("aria-expanded") == "true"
    assert "条结果" in page.locator("form [role=status]").inner_text()
    page.keyboard.press("ArrowDown")
    assert option.get_attribute("aria-selected") == "true"
    assert page.locator("#hg-q").get_attribute("aria-activedescendant") == option.get_attribute("id")
    assert violations(page) == []
    page.keyboard.press("Enter")
    page.wait_for_url("**/zh/deposits/not-arrived/#h-platforms")
    assert any("/search/zh/" in url for url in requests)
    assert faults == []
    page.context.close()


def test_search_waits_for_the_input_method(browser: Browser, address: str) -> None:
    page, _ = open_page(browser, address + "zh/deposits/not-arrived/")
    page.click("#hg-q")
    page.locator(".panel").wait_for(state="attached")
    typing = page.context.new_cdp_session(page)
    for letters in ("c", "ch", "chongbi"):
        typing.send("Input.imeSetComposition", {"text": letters, "selectionStart": 1, "selectionEnd": 1})
        page.wait_for_timeout(150)
    assert page.locator(".panel").is_hidden()
    typing.send("Input.insertText", {"text": "充币"})
    page.locator("[role=option]").first.wait_for()
    assert page.url.endswith("/not-arrived/")
    page.keyboard.press("Escape")
    assert page.locator(".panel").is_hidden()
    page.context.close()


def test_failures_and_empty_results_lead_on(browser: Browser, address: str) -> None:
    page, _ = open_page(browser, address + "zh/deposits/not-arrived/")
    page.route("**/search/zh/**", lambda route: route.abort())
    page.click("#hg-q")
    page.keyboard.type("充币")
    message = page.locator(".panel .message")
    message.wait_for()
    assert "网络好像断开了" in message.inner_text()
    assert message.locator("ul a").count() == 2
    page.unroute("**/search/zh/**")
    page.fill("#hg-q", "qqqqxxxx")
    page.get_by_text("没有找到「qqqqxxxx」").wait_for()
    assert message.get_by_role("link", name="联系人工客服").count() == 1
    page.context.close()


def test_results_have_an_address(browser: Browser, address: str) -> None:
    page, _ = open_page(browser, address + "zh/")
    page.fill("#hg-q", "充币")
    page.keyboard.press("Enter")
    page.wait_for_url("**/zh/search/?q=*")
    page.locator(".results .hit").first.wait_for()
    assert page.title().startswith("充币 · ")
    page.fill("#hg-q", "钓鱼")
    page.wait_for_url(f"**/zh/search/?q={quote('钓鱼')}")
    page.context.close()


def test_tabs_remember_the_platform(browser: Browser, address: str) -> None:
    page, _ = open_page(browser, address + "zh/deposits/not-arrived/")
    page.get_by_role("tab", name="iOS").focus()
    page.keyboard.press("ArrowRight")
    assert page.get_by_text("安卓的做法。").is_visible()
    assert page.get_by_text("苹果的做法。").is_hidden()
    page.reload()
    page.locator("[data-ready]").wait_for()
    assert page.get_by_role("tab", name="Android").get_attribute("aria-selected") == "true"
    page.context.close()


def test_scheme_switch_is_kept_without_a_flash(browser: Browser, address: str) -> None:
    page, _ = open_page(browser, address + "zh/", color_scheme="light")
    page.click("summary:has-text('外观')")
    page.get_by_label("深色").check(force=True)
    dark = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    page.add_init_script(
        "addEventListener('DOMContentLoaded', () => { window.first = document.documentElement.dataset.scheme })"
    )
    page.reload()
    assert page.evaluate("window.first") == "dark"
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == dark != "rgb(255, 255, 255)"
    page.context.close()


def test_a_no_leads_on(browser: Browser, address: str) -> None:
    page, _ = open_page(browser, address + "zh/deposits/not-arrived/")
    page.get_by_role("button", name="没有").click()
    assert page.get_by_role("link", name="换个说法再搜").is_visible()
    page.get_by_role("link", name="换个说法再搜").click()
    assert page.evaluate("document.activeElement.id") == "hg-q"
    page.context.close()


def test_everything_is_there_without_script(browser: Browser, address: str) -> None:
    page, _ = open_page(browser, address + "zh/deposits/not-arrived/", java_script_enabled=False)
    for text in ("苹果的做法。", "安卓的做法。", "iOS"):
        assert page.get_by_text(text, exact=True).first.is_visible()
    assert page.get_by_text("这篇文章有帮助吗").is_hidden()
    page.fill("#hg-q", "充币")
    page.keyboard.press("Enter")
    page.wait_for_url("**/zh/search/?q=*")
    assert page.get_by_role("heading", name="按主题查找").is_visible()
    page.context.close()


def test_nothing_moves_while_a_page_loads(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.add_init_script(
        "window.shift = 0; new PerformanceObserver(list => { for (const e of list.getEntries()) window.shift += e.value })"
        ".observe({ type: 'layout-shift', buffered: true })"
    )
    page.goto(address + "zh/deposits/not-arrived/")
    page.locator("[data-ready]").wait_for()
    page.wait_for_load_state("networkidle")
    assert page.evaluate("window.shift") < 0.001
    context.close()


def test_the_site_works_below_a_path(browser: Browser, public: Path) -> None:
    with serving(public.parent) as root:
        for path in ("", "zh/", "zh/deposits/not-arrived/", "zh/search/?q=充币"):
            page, faults = open_page(browser, f"{root}{public.name}/{path}")
            assert page.locator("link[rel=stylesheet]").evaluate("link => link.sheet.cssRules.length") > 0
            assert faults == []
            page.context.close()
