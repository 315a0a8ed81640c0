"""What neighbours have in common is made once, and every page is the same as if it had been made alone."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2 import Environment

from helpgen.model.page import ArticlePage, NavLink, Page
from helpgen.theme.fragments import find_reads, gather_reads
from helpgen.theme.render import render_page
from helpgen.theme.values import Look
from tests.theme import shop

AT_RISK = "zh/security/account-at-risk/"
ARTICLES: tuple[ArticlePage, ...] = (
    shop.article(),
    shop.article(url="zh/deposits/minimum/", title="最低充币数量", related=()),
    shop.article(url="zh/deposits/minimum/", breadcrumbs=(NavLink(title="首页", url="zh/"),), category=None),
    shop.article(channels=()),
    shop.article(platforms=("ios", "android")),
    # The danger link of every page leads to this one, and its own is written in another way.
    shop.article(url=AT_RISK),
    shop.article(url="zh/security/two-factor/"),
    # Below a page that others link to.
    shop.article(url=f"{AT_RISK}steps/"),
    shop.article(site=shop.site_view(categories=(NavLink(title="充币与提币", url="zh/deposits/", current=True),))),
    shop.article(site=shop.site_view(contact_url="")),
    shop.article(site=shop.site_view("en")),
    shop.article(
        url="en/deposits/minimum/",
        site=shop.site_view("en", settings={**shop.site_view().settings, "show_helpful": False}),
    ),
)


LOOK = shop.look()


def html_of(page: Page, look: Look) -> str:
    outcome = render_page(page, look)
    assert outcome.value is not None, outcome.diagnostics
    return outcome.value


def plain(look: Look) -> Look:
    """The same, remembering nothing."""
    return replace(look, fragments={}, digest=look.digest + "plain")


def test_what_neighbours_share_is_remembered() -> None:
    shared = {"appearance", "brand", "breadcrumbs", "data", "footer", "helpful", "human", "search"}
    assert {f"partials/{name}.html" for name in shared} <= set(LOOK.fragments)
    # These differ on every page.
    assert not {f"partials/{name}.html" for name in ("head", "header", "contents", "article-end")} & set(LOOK.fragments)


@settings(deadline=None)
@given(order=st.lists(st.sampled_from(range(len(ARTICLES))), min_size=2, max_size=16))
def test_in_any_order_pages_are_as_if_made_alone(order: list[int]) -> None:
    # Nothing is known of the pages of another look.
    look, alone = replace(LOOK, digest=f"{LOOK.digest} {order}"), plain(LOOK)
    for number in order:
        assert html_of(ARTICLES[number], look) == html_of(ARTICLES[number], alone)


def test_a_page_that_all_link_to_writes_its_own_address_as_its_own() -> None:
    assert '<a class="danger-link" href="../account-at-risk/">' in html_of(
        shop.article(url="zh/security/two-factor/"), LOOK
    )
    assert '<a class="danger-link" href="./">' in html_of(shop.article(url=AT_RISK), LOOK)


def made_by(theme: dict[str, str], *pages: Page) -> list[tuple[str, str]]:
    """Each page by a child theme, and the same by one that remembers nothing."""
    look = shop.look(shop.load(shop.child(**theme), "harbour"))
    return [(html_of(page, look), html_of(page, plain(look))) for page in pages]


def test_what_a_template_hands_to_its_partial_counts() -> None:
    theme = {
        "templates/partials/one.html": "[{{ value }}{{ channel.name if channel is defined }}]",
        "templates/pages/article.html": """<!doctype html><html lang="{{ site.locale }}"><head><title>x</title></head><body>
{% for value in (1, true, "1", page.title) %}{% include "partials/one.html" %}{% endfor %}
{% set value = 2 %}{% for channel in page.channels %}{% include "partials/one.html" %}{% endfor %}
</body></html>""",
    }
    other = shop.article(title="另一篇", channels=shop.article().channels[:1])
    (first, alone), (second, alone_too) = made_by(theme, shop.article(), other)
    assert (first, second) == (alone, alone_too)
    assert "[1][True][1][充币没有到账 &lt;怎么办&gt;]" in first
    assert "[1][True][1][另一篇]" in second
    assert first.count("[2") == len(shop.article().channels)
    assert second.count("[2") == 1


def test_a_partial_that_takes_another_for_the_site_is_made_anew() -> None:
    theme = {
        "templates/partials/one.html": "[{{ site.title }}]",
        "templates/pages/article.html": """<!doctype html><html lang="{{ site.locale }}"><head><title>x</title></head><body>
{% include "partials/one.html" %}{% set site = page.category %}{% include "partials/one.html" %}</body></html>""",
    }
    ((html, alone),) = made_by(theme, shop.article())
    assert html == alone
    assert "[礁灯帮助中心][充币与提币]" in html


def test_a_partial_that_takes_another_for_the_page_is_made_anew() -> None:
    theme = {
        "templates/partials/one.html": "[{{ page.channels | join }}]",
        "templates/pages/article.html": """<!doctype html><html lang="{{ site.locale }}"><head><title>x</title></head><body>
{% set page = {"channels": (page.title,)} %}{% include "partials/one.html" %}</body></html>""",
    }
    (first, alone), (second, alone_too) = made_by(theme, shop.article(), shop.article(title="另一篇"))
    assert (first, second) == (alone, alone_too)
    assert "[另一篇]" in second


def test_a_template_sees_the_words_by_their_names_alone() -> None:
    theme = {
        "templates/pages/article.html": '<!doctype html><html lang="zh"><head><title>{{ text.messages }}</title></head></html>'
    }
    look = shop.look(shop.load(shop.child(**theme), "harbour"))
    (problem,) = render_page(shop.article(), look).diagnostics
    assert 'the theme\'s text has no "messages"' in problem.message


def test_what_a_partial_reads() -> None:
    def reads(**sources: str) -> dict[str, tuple[str, ...]]:
        environment = Environment(autoescape=True)
        return gather_reads({name: find_reads(environment.parse(source)) for name, source in sources.items()})

    assert reads(a="{{ site.title }}{{ text.menu }}{{ where }}") == {"a": ("where",)}
    assert reads(a="{{ page.channels }}") == {"a": ("page.channels",)}
    assert reads(a="{% include 'b' %}", b="{{ where }}") == {"a": ("where",), "b": ("where",)}
    for differs in (
        "{{ page }}",
        "{{ page.title }}",
        "{{ page['channels'] }}",
        "{% block x %}{% endblock %}",
        "{% extends 'b' %}",
        "{% macro x() %}{% endmacro %}",
        "{% from 'b' import x %}",
        "{% include where %}",
    ):
        assert "a" not in reads(a=differs, b="b")
        assert "a" not in reads(a="{% include 'b' %}", b=differs)
