"""Each class of unsafe template is found, with its line; nothing in the theme itself is."""

from __future__ import annotations

import pytest

from helpgen.theme.lint import lint_documents, lint_template
from helpgen.theme.values import Template
from tests.theme import shop

ERRORS = [
    ("<h1>{{ page.title|safe }}</h1>", "|safe"),
    ("{{ page.title | upper | safe }}", "|safe"),
    ("{{ Markup(page.title) }}", "Markup"),
    ("{% autoescape false %}{{ page.title }}{% endautoescape %}", "autoescape"),
    ("<script>var t = '{{ page.title }}';</script>", "script"),
    ('<script type="application/json">{{ page.title }}</script>', "tojson"),
    ('<script type="application/json">{{ page.title | tojson }}; more</script>', "tojson"),
    ('<script src="https://cdn.example/x.js"></script>', "cdn.example"),
    ("<script src=https://cdn.example/x.js></script>", "no quotes"),
    ("<style>.x{color:red}</style>", "style"),
    ('<p style="color:red">x</p>', "style"),
    ('<b onclick="f()">x</b>', "onclick"),
    ('<b ONCLICK="f()">x</b>', "onclick"),
    ("<a title={{ page.title }}>x</a>", "no quotes"),
    ('<a href="javascript:f()">x</a>', "run script"),
    ('<iframe srcdoc="x"></iframe>', "iframe"),
    ('<base href="https://evil.example/">', "base"),
    ("  \n ", "empty"),
]


@pytest.mark.parametrize(("text", "words"), ERRORS)
def test_errors(text: str, words: str) -> None:
    found = lint_template(Template(path="t.html", source=text))
    assert any(words in problem.message for problem in found if problem.severity == "error"), found
    assert all(problem.rule == "theme/unsafe" for problem in found)


def test_place_of_a_fault() -> None:
    text = "<p>fine</p>\n{# |safe here is a remark\n over two lines #}\n  <b>{{ page.title | safe }}</b>"
    [problem] = lint_template(Template(path="themes/x/t.html", source=text))
    assert (problem.location.line, problem.excerpt) == (4, "  <b>{{ page.title | safe }}</b>")
    assert problem.location.column == text.split("\n")[3].index("| safe") + 1


def test_address_without_a_filter_is_a_warning() -> None:
    [problem] = lint_template(Template(path="t.html", source='<a href="{{ page.source_url }}">x</a>'))
    assert (problem.severity, "url" in problem.message) == ("warning", True)


@pytest.mark.parametrize(
    "text",
    [
        '<a href="{{ page.url | url }}">x</a>',
        '<a href="{{ site.search_url | url }}?q={{ query | urlencode }}">x</a>',
        '<a href="#{{ entry.anchor }}">x</a>',
        '<script type="module" src="{{ "js/main.js" | asset }}"></script>',
        '<script type="application/ld+json">{{ {"a": page.title} | tojson }}</script>',
        "<p>safe words, a style of writing, on call</p>",
        '<option value="x" selected>x</option>',
        '<p class="{% if a > b %}x{% endif %}">x</p>',
    ],
)
def test_what_is_allowed(text: str) -> None:
    assert lint_template(Template(path="t.html", source=text)) == ()


def test_page_without_language_or_title() -> None:
    bare = Template(path="t.html", source="<!doctype html><body>{% block main %}{% endblock %}")
    [problem] = lint_documents([[bare]])
    assert problem.severity == "warning"
    assert "lang" in problem.message
    assert "title" in problem.message
    whole = Template(path="t.html", source='<!doctype html><html lang="{{ site.locale }}">{% include "head.html" %}')
    head = Template(path="head.html", source="<title>{{ page.head.title }}</title>")
    assert lint_documents([[whole, head]]) == ()


def test_lighthouse_is_clean() -> None:
    for template in shop.lighthouse().templates.values():
        assert lint_template(template) == ()
