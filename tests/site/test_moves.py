"""Lines of `_data/redirects.yaml`: they lead to pages that are there, in one step, or the build says no."""

from __future__ import annotations

import json

import pytest

from tests.site_folder import SiteFolder

FILE = "content/_data/redirects.yaml"


def redirects(site: SiteFolder, lines: str) -> dict[str, str]:
    """Every old address and the place it leads to, of a site with these lines."""
    build = site.write(FILE, lines).build()
    assert [d for d in build.diagnostics if d.severity in ("error", "warning")] == []
    pages = {path: data.decode() for path, data in build.files.items() if b'http-equiv="refresh"' in data}
    return {
        "/" + path.removesuffix("index.html"): page.split("; url=", 1)[1].split('"', 1)[0]
        for path, page in pages.items()
    }


def test_they_lead_to_pages_of_every_kind(site: SiteFolder) -> None:
    lines = "/hc/1: /zh/security/\n/hc/2.html: /en/\n/hc/%E5%85%85: /zh/search/\n/en/old/: /en/security/phishing/\n"
    assert redirects(site, lines) == {
        "/hc/1/": "../../zh/security/",
        "/hc/2.html": "../en/",
        "/hc/充/": "../../zh/search/",
        "/en/old/": "../security/phishing/",
    }
    assert "保管密钥" not in site.build().files["hc/1/index.html"].decode()
    assert "安全" in site.build().files["hc/1/index.html"].decode()


def test_without_a_language_they_hold_for_all(site: SiteFolder) -> None:
    assert redirects(site, "/old/: /security/keys/\n/start/: /\n") == {
        "/zh/old/": "../security/keys/",
        "/en/old/": "../security/keys/",
        "/zh/start/": "../",
        "/en/start/": "../",
    }


def test_a_folder_leads_to_all_that_is_below_the_new_one_and_exact_lines_come_first(site: SiteFolder) -> None:
    lines = "/zh/guard/*: /zh/security/*\n/zh/guard/keys/: /zh/deposits/\n/zh/deposits/*: /zh/security/*\n"
    site.article("zh/deposits/fees", "手续费", "文字。\n", extra="aliases: [/zh/guard/phishing/]")
    assert redirects(site, lines) == {
        "/zh/guard/": "../security/",
        "/zh/guard/keys/": "../../deposits/",
        "/zh/guard/phishing/": "../../deposits/fees/",
        "/en/guard/phishing/": "../../deposits/fees/",
        # What is at the old folder still stays.
        "/zh/deposits/keys/": "../../security/keys/",
        "/zh/deposits/phishing/": "../../security/phishing/",
    }


def test_a_site_without_folders_of_languages_has_them_too(site: SiteFolder) -> None:
    site.write("helpgen.yaml", "title: T\nlocales: {zh: {name: 中文}}\n").remove("content/zh").remove("content/en")
    site.article("a/new", "新", "文字。\n").write("content/a/_category.yaml", "title: A\n")
    build = site.write(FILE, "/old/: /a/new/\n/b/*: /a/*\n/c/: /\n/d/: gone\n").build()
    assert [d.rule for d in build.diagnostics if d.severity == "error"] == []
    assert {"old/index.html", "b/index.html", "b/new/index.html", "c/index.html"} <= build.files.keys()


@pytest.mark.parametrize(
    ("lines", "line", "message", "hint"),
    [
        ("/zh/old/: /zh/security/fishing/\n", 1, 'no page is at "/zh/security/fishing/"', "/zh/security/phishing/"),
        ("/zh/old/*: /zh/securty/*\n", 1, 'no page is below "/zh/securty/"', "/zh/security/"),
        ("/zh/old/: /security/phishing/\n", 1, 'no page is at "/security/phishing/"', "/zh/security/phishing/"),
        ("/old/: /secrets/\n", 1, 'no page is at "/secrets/"', ""),
        ("/zh/a/: /zh/b/\n/zh/b/: /zh/security/\n", 1, 'no page is at "/zh/b/"', "write /zh/security/"),
        ("/zh/a/*: /zh/b/*\n/zh/b/*: /zh/security/*\n", 1, 'no page is below "/zh/b/"', "write /zh/security/*"),
        ("/zh/a/: /zh/b/\n/zh/b/: gone\n", 1, 'no page is at "/zh/b/"', "write gone"),
        ("/zh/a/: /zh/b/\n/zh/b/: /zh/a/\n", 1, 'no page is at "/zh/b/"', "write /zh/a/"),
        ("/zh/security/: /zh/\n", 1, '"/zh/security/" is already that of', "take this line out"),
        ("/security/keys/: /security/\n", 1, '"/zh/security/keys/" is already that of content/zh/security/keys.md', ""),
        ("/zh/old: /zh/security/\n/zh/old/: /zh/\n", 2, '"/zh/old/" is already that of line 1 of', "only one"),
        ("/assets/site.css/: /zh/\n", 1, "is already that of (a page that helpgen makes)", ""),
        ("/zh/a/: /404.html\n", 1, 'no page is at "/404.html"', ""),
        ("/security/keys/: gone\n", 1, '"/zh/security/keys/" is not gone', "take this line out"),
        ("/zh/old/: /zh/\n/zh/old: gone\n", 2, '"/zh/old/" is not gone', "take this line out"),
    ],
)
def test_what_leads_nowhere_or_stands_in_the_way_is_an_error(
    site: SiteFolder, lines: str, line: int, message: str, hint: str
) -> None:
    found = [d for d in site.write(FILE, lines).build().diagnostics if d.rule == "site/redirect"]
    assert {d.severity for d in found} == {"error"}
    first = found[0]
    assert (first.location.path, first.location.line, first.location.column) == (FILE, line, 1)
    assert message in first.message
    assert hint in first.hint
    assert site.build().files == {}


def test_a_draft_is_no_page(site: SiteFolder) -> None:
    site.article("zh/security/plan", "计划", "文字。\n", extra="draft: true").write(FILE, "/old/: /security/plan/\n")
    assert "no page" in site.find("site/redirect").message
    assert "zh/old/index.html" in site.build(drafts=True).files


def test_a_link_to_an_old_address_names_the_file(site: SiteFolder) -> None:
    site.write(FILE, "/zh/guard/*: /zh/security/*\n")
    site.article("zh/deposits/fees", "手续费", "看[这里](/zh/guard/keys/)。\n")
    assert "link to ../security/keys.md" in site.find("link/redirect").hint


def test_a_misspelt_file_is_told(site: SiteFolder) -> None:
    site.write("content/_data/redirect.yaml", "/a/: gone\n")
    assert 'did you mean "redirects.yaml"?' in site.find("data/unknown-file").hint


def test_the_redirects_are_no_pages_of_the_sitemap(site: SiteFolder) -> None:
    files = site.write(FILE, "/guard/*: /security/*\n").build().files
    assert b"/guard/" not in files["sitemap.xml"]
    assert "guard" not in json.dumps(
        [data.decode() for path, data in files.items() if path.startswith("search/zh/") and path.endswith(".json")]
    )
