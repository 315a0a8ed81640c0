"""Each class of unsafe template is found, with its line; nothing in the theme itself is."""

from __future__ import annotations

import pytest

from helpgen.model.source import SourceFile
from helpgen.theme.foreign import lint_styles
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
    ('<a href=" java&#115;cript:f()">x</a>', "run script"),
    ('<a href="java&Tab;script:f()">x</a>', "run script"),
    ('<a {{ page.title }}="x">x</a>', "outside of quotes"),
    ('<a class="x" {{ page.title }}>x</a>', "outside of quotes"),
    ("<{{ page.title }}>x</b>", "name of a tag"),
    ('<link rel="stylesheet" href="https://cdn.example/x.css">', "another host"),
    ('<svg><a xlink:href="javascript:alert(1)"></a></svg>', "run script"),
    ('<svg><image xlink:href="java&#115;cript:alert(1)"/></svg>', "run script"),
    ('<a href="#a" ping="https://evil.example/">x</a>', "another host"),
    ('<img src="a.png" alt="" srcset="a.png 1x, //evil.example/b.png 2x">', "another host"),
    ('<link rel="preload stylesheet" href="//cdn.example/x.css">', "another host"),
    ('<link rel="preconnect" href="https://cdn.example">', "another host"),
    ('<img src="https://cdn.example/x.png" alt="">', "another host"),
    ('<img src="\\\\cdn.example/x.png" alt="">', "another host"),
    ('<img srcset="x.png 1x, https://cdn.example/x.png 2x" alt="">', "another host"),
    ('<form action="https://evil.example/"></form>', "another host"),
    ('<meta http-equiv="refresh" content="0;url=https://evil.example">', "another host"),
    ('<meta http-equiv="Content-Security-Policy" content="script-src \'unsafe-inline\'">', "weakened"),
    ('<meta http-equiv="Content-Security-Policy" content="default-src *">', "weakened"),
    ('<meta http-equiv="Content-Security-Policy" content="script-src data:">', "weakened"),
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
        '<details class="menu"{% if site.open %} open{% endif %}>x</details>',
        '<link rel="canonical" href="https://help.example.com/">',
        '<link rel="license" href="https://creativecommons.org/licenses/by/4.0/">',
        '<a href="https://status.example.com/">Status</a>',
        "<!-- {{ page.title }} -->",
    ],
)
def test_what_is_allowed(text: str) -> None:
    assert lint_template(Template(path="t.html", source=text)) == ()


def test_styles_load_nothing_from_elsewhere() -> None:
    text = """@import url("print.css");\n/* url(https://a.example/x) */\n@import '//b.example/x.css';
.x { background: url( "https://c.example/x.png" ) }\n.y { background: url(data:image/png;base64,AAAA) }\n"""
    file = SourceFile(path="themes/x/assets/css/x.css", data=text.encode(), digest="")
    assert [(d.location.line, d.location.column) for d in lint_styles(file)] == [(3, 1), (4, 18)]


@pytest.mark.parametrize(
    "text",
    [
        r"a { background: \75rl(//evil.example/x) }",
        r"a { background: u\72 l(//evil.example/x) }",
        r"@\69mport '//evil.example/x.css';",
        'a { background: image-set("https://evil.example/x" 1x) }',
    ],
)
def test_styles_hide_no_address(text: str) -> None:
    file = SourceFile(path="themes/x/assets/css/x.css", data=text.encode(), digest="")
    assert [problem.rule for problem in lint_styles(file)] == ["theme/unsafe"]


def test_names_with_escapes_that_hide_nothing_are_fine() -> None:
    text = r".md\:grid:not(.a) { content: '\2014' } .\31 0:hover { width: calc(1px + 2px) }"
    assert list(lint_styles(SourceFile(path="x.css", data=text.encode(), digest=""))) == []


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
