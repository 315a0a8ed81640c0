"""Every page type: accessible, within the strict CSP, whole without JavaScript, light, right in both schemes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.axe import violations
from tests.browser.conftest import PAGES, Opener, Site, compressed


def test_axe_would_find_a_fault(open_page: Opener) -> None:
    page = open_page(PAGES["home-en"]).page
    page.evaluate("document.querySelector('main').append(document.createElement('button'))")
    (found,) = violations(page)
    assert found.startswith("button-name: ")
    assert violations(page, "header") == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(open_page: Opener, name: str, scheme: str) -> None:
    watched = open_page(PAGES[name], color_scheme=scheme)
    watched.page.wait_for_timeout(300)
    assert violations(watched.page) == []
    assert watched.faults == []


@pytest.mark.parametrize("name", PAGES)
def test_nothing_runs_wide_at_320_pixels(open_page: Opener, name: str) -> None:
    watched = open_page(PAGES[name], viewport={"width": 320, "height": 640})
    wide = watched.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0
    assert violations(watched.page) == []


@pytest.mark.parametrize("name", PAGES)
def test_without_javascript_everything_is_there(open_page: Opener, name: str) -> None:
    page = open_page(PAGES[name], java_script_enabled=False).page
    expect(page.locator("h1")).to_have_count(1)
    expect(page.locator("h1")).not_to_be_empty()
    expect(page.locator("form[role=search]").first).to_be_visible()
    assert page.title().strip()
    if name in ("article", "article-en", "faq", "code"):
        headings = page.locator("main h2[id^=h-]")
        assert headings.count() >= 3
        assert all(headings.nth(index).is_visible() for index in range(headings.count()))
        assert page.locator(".tab").count() == page.locator(".tab:visible").count()


def test_a_tab_is_chosen_once_for_the_page_and_remembered(open_page: Opener, demo: Site) -> None:
    path = next(
        path.parent.relative_to(demo.files).as_posix() + "/"
        for path in sorted((demo.files / "zh").rglob("index.html"))
        if path.read_text(encoding="utf-8").count("data-tabs") >= 1
    )
    watched = open_page(path)
    page = watched.page
    tabs = page.locator("[role=tab]")
    expect(tabs.nth(1)).to_be_visible()
    second = tabs.nth(1)
    label = second.inner_text()
    second.click()
    expect(second).to_have_attribute("aria-selected", "true")
    page.reload()
    expect(page.locator("[role=tab]", has_text=label).first).to_have_attribute("aria-selected", "true")
    assert watched.faults == []


def test_dark_mode_follows_the_system_and_the_switch_without_a_flash(open_page: Opener) -> None:
    page = open_page("zh/", color_scheme="dark").page
    background = "getComputedStyle(document.documentElement).backgroundColor"
    dark = page.evaluate(background)
    assert sum(map(int, re.findall(r"\d+", dark)[:3])) < 150
    page.evaluate("localStorage.clear()")
    page.emulate_media(color_scheme="light")
    light = page.evaluate(background)
    assert sum(map(int, re.findall(r"\d+", light)[:3])) > 600
    # The script that sets the chosen scheme stands before the style sheet is applied to any content.
    head = page.evaluate("document.head.innerHTML")
    assert re.search(r"<script[^>]+scheme[^>]*></script>", head)


def test_the_chosen_scheme_survives_a_reload(open_page: Opener) -> None:
    page = open_page("zh/", color_scheme="light").page
    page.locator("details:has([data-schemes]) > summary").click()
    page.locator("[data-schemes] label", has=page.locator("input[value=dark]")).click()
    expect(page.locator("html")).to_have_attribute("data-scheme", "dark")
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-scheme", "dark")


@pytest.mark.parametrize("name", ["article", "article-en", "faq", "home", "contact"])
def test_a_page_is_light(open_page: Opener, demo: Site, name: str) -> None:
    """HTML, CSS and scripts of a first visit, compressed, without images: under 40 kB (the goal is 25)."""
    watched = open_page(PAGES[name])
    watched.page.wait_for_timeout(300)
    total = 0
    for url in dict.fromkeys(watched.requests):
        path = demo.files / url.removeprefix(demo.address).partition("?")[0]
        file = path / "index.html" if path.is_dir() else path
        if file.suffix in (".html", ".css", ".js", ".json"):
            total += compressed(file.read_bytes())
    assert 0 < total < 40_000, total


def test_no_page_has_inline_script_style_or_handler(demo: Site) -> None:
    pages = sorted(demo.files.rglob("*.html"))
    assert len(pages) > 140
    for path in pages:
        html = path.read_text(encoding="utf-8")
        scripts = re.findall(r"<script\b([^>]*)>(.*?)</script>", html, re.DOTALL)
        for attributes, content in scripts:
            data = 'type="application/json"' in attributes or 'type="application/ld+json"' in attributes
            assert data or not content.strip(), path
        assert not re.search(r"<style\b|\sstyle=|\son[a-z]+=\"|javascript:", html), path
        assert 'http-equiv="Content-Security-Policy"' in html, path


def test_every_link_of_the_built_site_leads_somewhere(demo: Site) -> None:
    """The built pages, not the sources: relative links, assets and anchors of every page."""
    ids: dict[Path, set[str]] = {}

    def ids_of(path: Path) -> set[str]:
        if path not in ids:
            ids[path] = set(re.findall(r'\sid="([^"]+)"', path.read_text(encoding="utf-8")))
        return ids[path]

    from urllib.parse import unquote, urljoin, urlsplit

    checked = 0
    for page in sorted(demo.files.rglob("*.html")):
        own = "/" + page.relative_to(demo.files).as_posix()
        for link in re.findall(r'\s(?:href|src|action)="([^"]+)"', page.read_text(encoding="utf-8")):
            parts = urlsplit(urljoin(f"http://x{own}", link.replace("&amp;", "&")))
            if parts.netloc != "x" or parts.scheme != "http":
                continue
            target = demo.files / unquote(parts.path).lstrip("/")
            file = target / "index.html" if target.is_dir() else target
            assert file.is_file(), f"{own}: {link}"
            if parts.fragment and file.suffix == ".html":
                assert unquote(parts.fragment) in ids_of(file), f"{own}: {link}"
            checked += 1
    assert checked > 3_000


def test_print_shows_the_article_and_not_the_frame(open_page: Opener) -> None:
    page = open_page(PAGES["article"]).page
    page.emulate_media(media="print")
    assert page.locator("h1").is_visible()
    assert not page.locator("form[role=search]").first.is_visible()
    assert not page.locator("footer nav").first.is_visible()


def test_the_language_switch_keeps_the_page(open_page: Opener, demo: Site) -> None:
    page = open_page("zh/deposits/deposit-not-arrived/").page
    link = page.locator("a[hreflang=en]:not(head a)").first
    assert link.evaluate("a => a.href") == f"{demo.address}en/deposits/deposit-not-arrived/"


def test_a_figure_grows_in_place(open_page: Opener) -> None:
    watched = open_page("zh/deposits/deposit-not-arrived/", viewport={"width": 1280, "height": 900})
    page = watched.page
    link = page.locator("figure a.zoom").first
    address = page.url
    link.click()
    page.wait_for_timeout(200)
    assert page.url.split("#")[0] == address
    assert watched.faults == []


def test_the_copy_button_copies_the_code(open_page: Opener) -> None:
    watched = open_page("zh/deposits/deposit-not-arrived/")
    page = watched.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    block = page.locator("div.code").first
    block.locator("button").click()
    page.wait_for_timeout(200)
    assert page.evaluate("navigator.clipboard.readText()").strip() == block.locator("code").inner_text().strip()
    assert watched.faults == []
