"""Slugs of headings are those of GitHub; slugs of paths are safe everywhere."""

from __future__ import annotations

import pytest

from helpgen.content.slugs import Slugger, find_anchor, heading_slug, path_slug
from helpgen.model.article import Heading
from helpgen.model.location import Location


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Fees and limits", "fees-and-limits"),
        ("What's new? (2026)", "whats-new-2026"),
        ("Deeper & bold", "deeper--bold"),
        ("snake_case - dash", "snake_case---dash"),
        ("提币没有到账怎么办?", "提币没有到账怎么办"),
        ("「资产」→「充币」", "资产充币"),
        ("Über Straße", "über-straße"),
        ("हिन्दी में", "हिन्दी-में"),
        ("cafe\u0301", "café"),
        ("🎉 party", "-party"),
        ("!!!", ""),
    ],
)
def test_heading_slug(text: str, slug: str) -> None:
    assert heading_slug(text) == slug


def test_equal_headings_are_numbered() -> None:
    slugs = Slugger()
    assert [slugs.unique(text) for text in ("A", "A", "a-1", "A", "", "?")] == [
        "a", "a-1", "a-1-1", "a-2", "section", "section-1",
    ]  # fmt: skip


def test_ids_of_the_author_are_never_taken() -> None:
    slugs = Slugger(["fees"])
    assert slugs.unique("Fees") == "fees-1"


def test_equal_headings_cost_the_same_each() -> None:
    slugs = Slugger()
    made = [slugs.unique("Same") for _ in range(20_000)]
    assert made[-1] == "same-19999"
    assert len(set(made)) == 20_000


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Deposits & Withdrawals", "deposits-withdrawals"),
        ("充币与提币", "充币与提币"),
        ("API管理 v2.0", "api管理-v2-0"),
        ("../../etc", "etc"),
        ("  --a--  ", "a"),
        ("CON", "con-page"),
        ("a" * 500, "a" * 160),
        ("币" * 100, "币" * 53),
        ("...", ""),
    ],
)
def test_path_slug(name: str, slug: str) -> None:
    assert path_slug(name) == slug


def test_find_anchor_takes_ids_and_the_slugs_of_github() -> None:
    place = Location(path="a.md")
    headings = [
        Heading(level=2, text="费用", anchor="h-fees", location=place),
        Heading(level=2, text="Fees", anchor="h-fees-1", location=place),
        Heading(level=2, text="Fees", anchor="h-fees-2", location=place),
    ]
    assert find_anchor(headings, "fees") == "h-fees"
    assert find_anchor(headings, "h-fees") == "h-fees"
    assert find_anchor(headings, "费用") == "h-fees"
    assert find_anchor(headings, "Fees-2") == "h-fees-2"
    assert find_anchor(headings, "nope") is None
    assert find_anchor(headings, "") is None
