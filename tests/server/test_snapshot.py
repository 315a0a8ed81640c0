"""What a path shows, and what an open page is told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpgen.model.diagnostic import problem
from helpgen.model.location import Location
from helpgen.server.snapshot import Found, Snapshot, changed_pages, find, page_state, version_of

STYLE = b'<link rel="stylesheet" href="../assets/site.%s.css">'
FILES = {
    "index.html": b"home",
    "404.html": b"lost",
    "zh/a/index.html": STYLE % b"11111111" + b"text",
    "assets/site.11111111.css": b"a",
}


@pytest.mark.parametrize(
    ("path", "kind", "name"),
    [
        ("/", "file", "index.html"),
        ("/zh/a/", "file", "zh/a/index.html"),
        ("/zh/a", "folder", "zh/a/"),
        ("/zh/a/index.html", "file", "zh/a/index.html"),
        ("/zh", "missing", "404.html"),
        ("//zh/a/", "missing", "404.html"),
        ("//", "missing", "404.html"),
        ("/zh/../index.html", "missing", "404.html"),
        ("/./", "missing", "404.html"),
        ("/zh\\a\\", "missing", "404.html"),
    ],
)
def test_find(path: str, kind: str, name: str) -> None:
    found = find(FILES, path)
    assert (found.kind, found.name) == (kind, name)


@given(st.text())
def test_only_built_files_are_ever_found(path: str) -> None:
    found = find(FILES, f"/{path}")
    assert found.name in FILES or found == Found("folder", f"{path}/")
    assert found.kind != "folder" or f"{path}/index.html" in FILES


def test_another_stylesheet_is_not_another_version() -> None:
    old = Snapshot(files=FILES)
    new = Snapshot(files={**FILES, "zh/a/index.html": STYLE % b"22222222" + b"text"})
    assert version_of(old, "/zh/a/") == version_of(new, "/zh/a/")
    assert page_state(old, "/zh/a/")["styles"] == ["../assets/site.11111111.css"]
    assert page_state(new, "/zh/a/")["styles"] == ["../assets/site.22222222.css"]
    assert changed_pages(old.files, new.files) == ([], False)


def test_another_text_or_one_more_stylesheet_is() -> None:
    old = version_of(Snapshot(files=FILES), "/zh/a/")
    for page in (STYLE % b"11111111" + b"other", STYLE % b"11111111" * 2 + b"text"):
        assert version_of(Snapshot(files={**FILES, "zh/a/index.html": page}), "/zh/a/") != old


def test_a_page_that_goes_becomes_the_404_page() -> None:
    gone = {name: data for name, data in FILES.items() if name != "zh/a/index.html"}
    assert version_of(Snapshot(files=gone), "/zh/a/") == version_of(Snapshot(files=FILES), "/nowhere/")
    assert changed_pages(FILES, gone) == (["zh/a/index.html"], False)


def test_a_problem_comes_with_its_line_in_three_pieces() -> None:
    place = Location(path="content/zh/a.md", line=4, column=3, length=2)
    error = problem("link/broken", place, "no such page", hint="look again", excerpt="看这里呢")
    state = page_state(Snapshot(files=FILES, errors=(error,)), "/")
    (shown,) = state["problems"]
    assert shown["place"] == "content/zh/a.md:4:3"
    assert (shown["before"], shown["at"], shown["after"]) == ("看这", "里呢", "")
    assert shown["hint"] == "look again"


def test_a_long_line_is_cut_and_many_problems_are_counted() -> None:
    place = Location(path="a.md", line=1, column=501, length=1)
    error = problem("link/broken", place, "no such page", excerpt="x" * 500 + "!" + "y" * 500)
    state = page_state(Snapshot(files=FILES, errors=(error,) * 25), "/")
    assert len(state["problems"]) == 20
    assert state["more"] == 5
    assert state["problems"][0]["at"] == "!"
    assert len(state["problems"][0]["before"]) < 100
