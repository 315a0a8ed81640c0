"""Addresses and links between them, against what a browser's resolver makes of them."""

from __future__ import annotations

from urllib.parse import unquote, urljoin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpgen.site.urls import absolute_url, article_url, category_url, home_url, output_path, relative_url

PARTS = st.text(alphabet="ab提币-_:.~ %?#&'\"", min_size=1, max_size=6).filter(lambda part: part.strip(". ") != "")
ADDRESSES = st.builds(
    lambda parts, last: "/".join(parts) + ("/" if parts else "") + last,
    st.lists(PARTS, max_size=4),
    st.sampled_from(["", "404.html", "img.png"]),
)


@pytest.mark.parametrize(
    ("source", "target", "link"),
    [
        ("", "zh/", "zh/"),
        ("", "", "./"),
        ("zh/", "", "../"),
        ("zh/a/", "zh/b/", "../b/"),
        ("zh/a/b/", "zh/a/b/", "./"),
        ("zh/a/b/", "zh/a/", "../"),
        ("zh/a/b/", "assets/x.css", "../../../assets/x.css"),
        ("404.html", "zh/a/", "zh/a/"),
        ("zh/提币/", "zh/充币/", "../%E5%85%85%E5%B8%81/"),
        ("", "a:b/", "./a:b/"),
    ],
)
def test_links(source: str, target: str, link: str) -> None:
    assert relative_url(source, target) == link


@given(ADDRESSES, ADDRESSES)
def test_a_browser_resolves_each_link_to_its_target(source: str, target: str) -> None:
    base = absolute_url("https://h.example/some/folder/", source)
    resolved = urljoin(base, relative_url(source, target))
    assert unquote(resolved) == unquote("https://h.example/some/folder/") + target


def test_addresses_with_and_without_a_language_folder() -> None:
    assert article_url("zh", "deposits/withdrawals", "fees", True) == "zh/deposits/withdrawals/fees/"
    assert article_url("en", "", "about", False) == "about/"
    assert category_url("en", "deposits", False) == "deposits/"
    assert (home_url("en", True), home_url("en", False)) == ("en/", "")


def test_a_folder_is_answered_by_its_index_page() -> None:
    assert [output_path(url) for url in ("", "zh/a/", "404.html")] == ["index.html", "zh/a/index.html", "404.html"]
