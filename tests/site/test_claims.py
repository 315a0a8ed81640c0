"""The registry of output addresses."""

from __future__ import annotations

import pytest

from helpgen.model.location import Location
from helpgen.site.claims import OURS, Claims, reserved_folders

PLACE = Location(path="a.md")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("en/fees/", "en/fees/"),
        ("en/Fees/", "en/fees/"),
        ("en/stra\u00dfe/", "en/strasse/"),
        ("en/caf\u00e9/", "en/cafe\u0301/"),
        ("sitemap.xml", "sitemap.xml/"),
        ("_headers", "_headers/old/"),
        ("en/old.html/", "en/old.html"),
        ("en/", "en/index.html"),
    ],
)
def test_a_second_claim_is_refused_and_names_the_first(first: str, second: str) -> None:
    for one, other in ((first, second), (second, first)):
        claims = Claims()
        assert claims.claim(one, "content/a.md", PLACE)
        assert not claims.claim(other, "content/b.md", PLACE)
        assert "content/a.md" in claims.diagnostics[0].message


def test_addresses_beside_and_below_each_other_are_fine() -> None:
    claims = Claims()
    urls = ("", "en/", "en/fees/", "en/fees/old/", "en/fees-2/", "old.html")
    assert all(claims.claim(url, url, PLACE) for url in urls)


def test_folders_of_our_own_files_are_nobody_elses() -> None:
    claims = Claims(reserved=reserved_folders(["en", "zh-Hant"]))
    for url in ("assets/x/", "Assets/", "search/en/manifest.json/", "search/ZH-hant/"):
        assert not claims.claim(url, "content/a.md", PLACE)
    assert claims.claim("search/", OURS, PLACE)
    assert claims.claim("search/how-to/", "content/a.md", PLACE)
