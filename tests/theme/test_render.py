"""Every kind of page renders to valid, safe HTML; a mistake in a template is told with its line and the right name."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ElementTree
from dataclasses import replace

import html5lib
import pytest

from helpgen.model.html import Html
from helpgen.model.page import Page
from helpgen.theme.render import TEMPLATES, page_digest, render_page, template_of
from helpgen.theme.values import Look
from tests.theme import shop

PAGES = shop.pages()
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
)


@pytest.fixture(scope="module")
def look() -> Look:
    return shop.look()


def render(page: Page, look: Look) -> str:
    outcome = render_page(page, look)
    assert outcome.value is not None, outcome.diagnostics
    return outcome.value


def parse(html: str) -> ElementTree.Element:
    """The document; any parse error of the HTML standard is an exception."""
    parser = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("etree"), strict=True, namespaceHTMLElements=False)
    return parser.parse(html)


def test_the_pages_use_every_template() -> None:
    assert {template_of(page) for page in PAGES.values()} == set(TEMPLATES)


@pytest.mark.parametrize("name", PAGES)
def test_html_is_valid(name: str, look: Look) -> None:
    document = parse(render(PAGES[name], look))
    ids = [element.attrib["id"] for element in document.iter() if "id" in element.attrib]
    assert len(ids) == len(set(ids))
    assert document.attrib["lang"] == "zh"
    assert len(list(document.iter("h1"))) == 1
    for element in document.iter():
        for reference in ("aria-labelledby", "for"):
            assert element.attrib.get(reference, ids[0] if ids else "") in (ids or [""]), (element.tag, reference)


@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_inline(name: str, look: Look) -> None:
    document = parse(render(PAGES[name], look))
    for element in document.iter():
        assert element.tag != "style"
        assert not [key for key in element.attrib if key.startswith("on") or key == "style"]
        if element.tag == "script" and "src" not in element.attrib:
            assert element.attrib["type"] in ("application/json", "application/ld+json")
            json.loads(element.text or "")
    policies = [
        e.attrib["content"] for e in document.iter("meta") if e.attrib.get("http-equiv") == "Content-Security-Policy"
    ]
    assert len(policies) == 1
    if name == "chat":
        # The one page with a policy of its own, made of the settings; tests/content/test_chat.py judges it.
        assert policies == [PAGES["chat"].policy]  # type: ignore[union-attr]
        return
    # The contact page may send a message to the endpoints of its channels.
    allowed = (
        POLICY.replace("connect-src 'self'", "connect-src 'self' https://desk.example.com")
        if name == "contact"
        else POLICY
    )
    assert name == "redirect" or policies == [allowed]


@pytest.mark.parametrize("name", PAGES)
def test_texts_are_escaped(name: str, look: Look) -> None:
    html = render(PAGES[name], look)
    assert "<script>alert" not in html
    assert "<tagged>" not in html
    assert "<怎么办>" not in html


@pytest.mark.parametrize("name", [name for name in PAGES if name != "redirect"])
def test_the_way_to_a_human_and_out_of_danger_is_on_every_page(name: str, look: Look) -> None:
    html = render(PAGES[name], look)
    assert 'class="danger-link"' in html
    assert ("mailto:help@skerry.example" if name == "contact" else "contact-us/") in html


def test_links_are_relative_and_absolute_where_depth_is_unknown(look: Look) -> None:
    assert 'href="../../../zh/"' not in render(PAGES["article"], look)
    assert 'href="../../"' in render(PAGES["article"], look)
    lost = parse(render(PAGES["not-found"], look))
    links = [element.attrib.get("href", element.attrib.get("src", "")) for element in lost.iter()]
    assert all(re.match(r"/help/|https:|mailto:|#|\Z", address) for address in links), links


def test_untranslated_text_bears_its_own_language(look: Look) -> None:
    html = render(PAGES["untranslated"], look)
    assert '<h1 lang="en" dir="ltr">' in html
    assert "暂无中文版" in html
    assert "contents-side" not in html


def test_dates_and_counts_in_both_languages(look: Look) -> None:
    assert "2026年11月5日" in render(shop.article(), look)
    assert "5 November 2026" in render(shop.article(site=shop.site_view("en")), look)
    assert "8篇文章" in render(PAGES["home"], look)


def test_settings_switch_parts_off(look: Look) -> None:
    site = shop.site_view()
    bare = shop.site_view(settings={**site.settings, "show_helpful": False})
    assert "data-helpful" in render(shop.article(), look)
    assert "data-helpful" not in render(shop.article(site=bare), look)


@pytest.mark.parametrize(
    ("expression", "message", "hint"),
    [
        ("{{ page.titel }}", 'this ArticlePage has no "titel"', 'did you mean "title"?'),
        ("{{ pgae.title }}", 'there is no "pgae" here', 'did you mean "page"?'),
        ("{{ text.dangr }}", 'the theme\'s text has no "dangr"', 'did you mean "danger"?'),
        ('{{ "serch" | icon }}', 'there is no icon "serch"', 'did you mean "search"?'),
        ('{{ "sitte.css" | asset }}', 'there is no asset "sitte.css"', 'did you mean "site.css"?'),
        ("{{ page.title | date }}", "is not a date", ""),
        ('{{ "javascript:x" | url }}', "not one a page may link to", ""),
        ("{{ text.articles() }}", "needs a value for {count}", ""),
        ("{{ ''.__class__ }}", "__class__", ""),
        ("{{ range(3) }}", 'there is no "range" here', ""),
        ("{{ lipsum() }}", 'there is no "lipsum" here', ""),
        ("{{ 'a' * (10 ** 10) }}", "beyond", ""),
        ("{{ 1 // 0 }}", "zero", ""),
    ],
)
def test_mistakes_name_template_line_and_right_name(expression: str, message: str, hint: str) -> None:
    files = {"templates/partials/footer.html": f"<footer>\n<p>\n{expression}</p></footer>"}
    theme = shop.load(shop.child(**files), "harbour")
    outcome = render_page(shop.article(), shop.look(theme))
    assert outcome.value is None
    [problem] = outcome.diagnostics
    assert (problem.rule, str(problem.location)) == (
        "theme/template",
        "themes/harbour/templates/partials/footer.html:3:1",
    )
    assert message in problem.message
    assert hint in problem.hint
    assert problem.excerpt == f"{expression}</p></footer>"


def test_the_body_passes_as_it_is_and_nothing_else_does(look: Look) -> None:
    html = render(shop.article(body=Html(text="<p>a &amp; <b>b</b></p>"), summary="<i>x</i>"), look)
    assert "<p>a &amp; <b>b</b></p>" in html
    assert "&lt;i&gt;x&lt;/i&gt;" in html


def test_digest_changes_with_what_a_page_uses_and_only_then(look: Look) -> None:
    home = {"templates/pages/home.html": '{% extends "layouts/base.html" %}{% block main %}<h1>x</h1>{% endblock %}'}
    other = shop.look(shop.load(shop.child(**home), "harbour"))
    assert page_digest(PAGES["home"], other) != page_digest(PAGES["home"], look)
    assert page_digest(PAGES["article"], other) == page_digest(PAGES["article"], look)
    english = shop.look(shop.load(shop.child(**{"strings/en.yaml": "skip: Skip it\n"}), "harbour"))
    in_english = shop.article(site=shop.site_view("en"))
    assert page_digest(in_english, english) != page_digest(in_english, look)


def test_pages_that_only_the_theme_can_name(look: Look) -> None:
    assert "<title>搜索 · 礁灯帮助中心</title>" in render(PAGES["search"], look)
    assert "<title>没有找到这个页面 · 礁灯帮助中心</title>" in render(PAGES["not-found"], look)
    nameless = replace(PAGES["contact"], title="")  # type: ignore[type-var]
    assert "<h1>联系人工客服</h1>" in render(nameless, look)
    assert "<title>联系人工客服 · 礁灯帮助中心</title>" in render(nameless, look)
