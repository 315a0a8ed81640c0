"""Addresses: every link is relative and safe, or refused."""

from __future__ import annotations

import posixpath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpgen.theme.filters import FilterError, link, relative

TABLE = [
    # url, page, link
    ("", "", "./"),
    ("zh/", "", "zh/"),
    ("", "zh/", "../"),
    ("zh/", "zh/", "./"),
    ("zh/deposits/a/", "zh/deposits/b/", "../a/"),
    ("zh/deposits/a/", "zh/deposits/a/", "./"),
    ("zh/deposits/a/#h-x", "zh/deposits/a/", "./#h-x"),
    ("en/deposits/a/", "zh/deposits/b/", "../../../en/deposits/a/"),
    ("zh/search/?q=a/b", "zh/", "search/?q=a/b"),
    ("assets/site.1.css", "zh/deposits/a/", "../../../assets/site.1.css"),
    ("assets/site.1.css", "404.html", "assets/site.1.css"),
    ("zh/充币/", "zh/", "充币/"),
    ("#h-x", "zh/", "#h-x"),
    ("/terms", "zh/", "/terms"),
    ("https://www.skerry.example/a?b#c", "zh/", "https://www.skerry.example/a?b#c"),
    ("mailto:help@skerry.example", "zh/", "mailto:help@skerry.example"),
    ("tel:+4412345", "zh/", "tel:+4412345"),
]
REFUSED = [
    "javascript:alert(1)",
    "JavaScript:alert(1)",
    "data:text/html,x",
    "vbscript:x",
    "blob:https://x",
    "//evil.example/",
    "https:evil.example",
    "http:/evil.example",
    "\\\\evil.example",
    "zh\\a/",
    " https://evil.example",
    "java\tscript:alert(1)",
    "zh/\n/",
    "\x00zh/",
]


@pytest.mark.parametrize(("url", "page", "expected"), TABLE)
def test_links(url: str, page: str, expected: str) -> None:
    assert link(url, page) == expected


@pytest.mark.parametrize("url", REFUSED)
def test_refused(url: str) -> None:
    with pytest.raises(FilterError):
        link(url, "zh/")


def test_below_a_base_path() -> None:
    assert link("zh/deposits/", "404.html", "/help/") == "/help/zh/deposits/"
    assert link("", "404.html", "/") == "/"
    assert link("https://a.example/", "404.html", "/help/") == "https://a.example/"


PART = st.text("abc充-:", min_size=1, max_size=4)
ADDRESS = st.builds(
    lambda parts, name: "".join(f"{p}/" for p in parts) + name, st.lists(PART, max_size=4), PART | st.just("")
)


@given(ADDRESS, ADDRESS)
def test_a_relative_link_leads_where_it_should(url: str, page: str) -> None:
    found = relative(url, page)
    reached = posixpath.normpath(posixpath.join("/", posixpath.dirname(page), found))
    assert reached == posixpath.normpath("/" + url)
    assert ":" not in found.split("/", 1)[0]
    assert not found.startswith("/")
