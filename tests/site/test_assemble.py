"""Joining files to a site: translations, addresses, links, redirects, order."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest

from tests.site_folder import CONFIG, SiteFolder
from tests.support.data import with_support


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[dict[str, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("a", "link", "img"):
            self.found.append({"tag": tag, **dict(attrs)})


def links(site: SiteFolder, page: str) -> list[dict[str, str | None]]:
    parser = _Links()
    parser.feed(site.build().files[page].decode())
    return parser.found


def hrefs(site: SiteFolder, page: str) -> list[str]:
    return [link["href"] or "" for link in links(site, page) if link["tag"] == "a" and "href" in link]


def test_a_link_between_files_becomes_a_link_between_pages(site: SiteFolder) -> None:
    assert "../../deposits/not-arrived/#h-txid" in hrefs(site, "zh/security/phishing/index.html")


def test_a_missing_translation_shows_the_source_language_and_says_so(site: SiteFolder) -> None:
    html = site.build().files["en/security/keys/index.html"].decode()
    assert "只在中文里有" in html
    assert 'lang="zh"' in html
    assert "site/untranslated" in [d.rule for d in site.build().diagnostics]


def test_links_of_an_untranslated_text_stay_in_the_readers_language(site: SiteFolder) -> None:
    assert "../phishing/" in hrefs(site, "en/security/keys/index.html")


def test_translations_know_each_other(site: SiteFolder) -> None:
    alternates = {
        link["hreflang"]: link["href"]
        for link in links(site, "zh/deposits/not-arrived/index.html")
        if link["tag"] == "link" and link.get("hreflang")
    }
    base = "https://help.example.com"
    assert alternates == {
        "zh": f"{base}/zh/deposits/not-arrived/",
        "en": f"{base}/en/deposits/not-arrived/",
        "x-default": f"{base}/zh/deposits/not-arrived/",
    }


def test_an_untranslated_page_is_not_an_alternate_and_points_to_its_source(site: SiteFolder) -> None:
    found = links(site, "en/security/keys/index.html")
    assert not [link for link in found if link.get("hreflang") and link["tag"] == "link"]
    assert [link["href"] for link in found if link.get("rel") == "canonical"] == [
        "https://help.example.com/zh/security/keys/"
    ]


def test_a_translation_may_have_a_slug_of_its_own(site: SiteFolder) -> None:
    site.article("en/deposits/not-arrived", "Deposit not arrived", "Text.\n", extra="slug: missing-deposit")
    site.article("en/security/phishing", "Phishing", "[see](../deposits/not-arrived.md)\n")
    files = site.build().files
    assert "en/deposits/missing-deposit/index.html" in files
    assert "en/deposits/not-arrived/index.html" not in files
    assert "../../deposits/missing-deposit/" in hrefs(site, "en/security/phishing/index.html")
    assert "../../../en/deposits/missing-deposit/" in hrefs(site, "zh/deposits/not-arrived/index.html")


@pytest.mark.parametrize(
    ("target", "rule", "hint"),
    [
        ("nothing.md", "link/broken", ""),
        ("../deposits/not-arived.md", "link/broken", 'did you mean "not-arrived.md"?'),
        ("../deposits/not-arrived", "link/broken", 'write "../deposits/not-arrived.md"'),
        ("not-arrived.md", "link/broken", "a file of this name is content/en/deposits/not-arrived.md"),
        ("../deposits/not-arrived.md#txidd", "link/anchor", 'did you mean "txid"?'),
        ("#nowhere", "link/anchor", ""),
        ("../../../../etc/passwd", "link/outside", "copy the file into content/"),
        ("/zh/nothing/", "link/absolute", "write the full address"),
        ("/zh/deposits/not-arrived/", "link/absolute", "write the path of its .md file, relative to this one"),
        ("/old/place", "link/redirect", "link to ../deposits/not-arrived.md"),
    ],
)
def test_a_wrong_link_is_reported_at_its_column(site: SiteFolder, target: str, rule: str, hint: str) -> None:
    body = (site.root / "content/zh/deposits/not-arrived.md").read_text()
    site.write("content/zh/deposits/not-arrived.md", body.replace("---\n\n", "aliases: [/old/place]\n---\n\n", 1))
    site.article("zh/security/keys", "保管密钥", f"第一段。\n\n看看[这里]({target})。\n")
    found = site.find(rule)
    assert str(found.location) == "content/zh/security/keys.md:9:3"
    assert hint in found.hint
    assert found.excerpt == f"看看[这里]({target})。"


def test_a_link_to_a_folder_is_a_link_to_its_category(site: SiteFolder) -> None:
    site.article("zh/security/keys", "保管密钥", "[全部](../deposits/) [首页](..)\n")
    found = hrefs(site, "zh/security/keys/index.html")
    assert "../../deposits/" in found
    assert "../../" in found


def test_a_draft_is_nowhere_and_a_link_to_it_is_an_error(site: SiteFolder) -> None:
    site.article("zh/security/secret-plan", "秘密计划", "还没写完。\n", extra="draft: true")
    assert not any("秘密计划".encode() in data for data in site.build().files.values())
    assert not any("secret-plan" in path for path in site.build().files)
    assert "zh/security/secret-plan/index.html" in site.build(drafts=True).files
    site.article("zh/security/keys", "保管密钥", "[看](secret-plan.md)\n")
    assert site.problems() == ["content/zh/security/keys.md:7:1 link/draft"]


def test_two_articles_at_one_address_name_both_files(site: SiteFolder) -> None:
    site.article("zh/deposits/other", "另一篇", "文字。\n", extra="slug: not-arrived")
    found = site.find("site/duplicate-address")
    assert found.location.path == "content/zh/deposits/other.md"
    assert "content/zh/deposits/not-arrived.md" in found.message


def test_addresses_that_differ_only_in_case_collide(site: SiteFolder) -> None:
    site.article("zh/deposits/other", "另一篇", "文字。\n", extra="slug: Not-Arrived")
    assert "letter case" in site.find("site/duplicate-address").message


def test_old_addresses_redirect_and_one_claimed_twice_is_an_error(site: SiteFolder) -> None:
    site.article("zh/deposits/fees", "手续费", "文字。\n", extra="aliases: [/hc/1, /hc/old.html]")
    files = site.build().files
    assert b"../../zh/deposits/fees/" in files["hc/1/index.html"]
    assert b"../zh/deposits/fees/" in files["hc/old.html"]
    site.article("zh/deposits/other", "另一篇", "文字。\n", extra="aliases: [/hc/1]")
    assert "content/zh/deposits/fees.md" in site.find("site/alias").message


def test_an_alias_may_not_take_a_living_page(site: SiteFolder) -> None:
    site.article("zh/deposits/fees", "手续费", "文字。\n", extra="aliases: [/zh/security/phishing/]")
    assert site.find("site/alias").location.path == "content/zh/deposits/fees.md"


def test_order_comes_before_title(site: SiteFolder) -> None:
    site.article("zh/deposits/b", "乙", "文字。\n", extra="order: 1").article(
        "zh/deposits/a", "甲", "文字。\n", extra="order: 2"
    )
    html = site.build().files["zh/deposits/index.html"].decode()
    places = [html.index(f">{title}") for title in ("乙", "甲", "充币没有到账")]
    assert places == sorted(places)


def test_sections_nest_once(site: SiteFolder) -> None:
    site.write("content/zh/deposits/withdrawals/_category.yaml", "title: 提币\n")
    site.article("zh/deposits/withdrawals/fees", "提币手续费", "文字。[上层](../not-arrived.md)\n")
    build = site.build()
    assert build.ok, build.diagnostics
    assert "zh/deposits/withdrawals/fees/index.html" in build.files
    assert "提币手续费" in build.files["zh/deposits/index.html"].decode()
    site.article("zh/deposits/withdrawals/deeper/x", "太深", "文字。\n")
    assert site.problems("error") == ["content/zh/deposits/withdrawals/deeper/x.md file/misplaced"]


def test_a_folder_that_is_no_language_is_an_error_with_a_suggestion(site: SiteFolder) -> None:
    site.article("zn/deposits/x", "放错了", "文字。\n")
    assert 'did you mean "zh"?' in site.find("file/misplaced").hint


def test_a_site_with_one_language_needs_no_folder_for_it(tmp_path: object) -> None:
    from pathlib import Path

    assert isinstance(tmp_path, Path)
    site = SiteFolder(tmp_path / "one").write("helpgen.yaml", "title: Help\nlocales: {en: {name: English}}\n")
    site.write("content/start/_category.yaml", "title: Start\n").article("start/first", "First steps", "Text.\n")
    build = site.build()
    assert build.ok, build.diagnostics
    assert {"index.html", "start/index.html", "start/first/index.html", "search/index.html"} <= set(build.files)
    assert not any(path.startswith("en/") for path in build.files)


def test_related_articles_share_telling_words(site: SiteFolder) -> None:
    for number in range(12):
        site.article(
            f"zh/security/other-{number}", f"杂项{chr(0x4E00 + 37 * number)}{chr(0x5E00 + 53 * number)}", "文字。\n"
        )
    site.article("zh/deposits/late", "充币到账慢", "文字。\n")
    html = site.build().files["zh/deposits/late/index.html"].decode()
    related = html[html.index("related") :]
    assert "充币没有到账" in related
    assert "杂项" not in related[: related.index("</ul>")]


def test_named_articles_of_the_settings_must_exist(site: SiteFolder) -> None:
    site.write("helpgen.yaml", CONFIG + "danger: security/phising\nfooter: [{label: x, url: security/keys}]\n")
    found = site.find("site/unknown-key")
    assert found.location.path == "helpgen.yaml"
    assert 'did you mean "security/phishing"?' in found.hint


def test_the_sitemap_lists_each_page_once_and_no_search_page(site: SiteFolder) -> None:
    sitemap = site.build().files["sitemap.xml"].decode()
    assert sitemap.count("<loc>https://help.example.com/zh/deposits/not-arrived/</loc>") == 1
    assert sitemap.count("<loc>https://help.example.com/zh/</loc>") == 1
    assert "search" not in sitemap
    assert "en/security/keys" not in sitemap


@pytest.mark.parametrize(
    ("setting", "place", "name"),
    [
        ("danger: security/fishing\n", "6:9", "security/fishing"),
        ("contact:\n  - deposits/not-arrived\n  - security/fishing\n", "8:5", "security/fishing"),
        ("contact: security/fishing\n", "6:10", "security/fishing"),
        ("footer:\n  - label: x\n    url: contact/terms\n", "8:10", "contact/terms"),
        ("chat:\n  provider: url\n  channel: life\n  address: https://chat.example/\n", "8:12", "life"),
    ],
)
def test_a_setting_that_names_nothing_is_told_at_its_line(
    site: SiteFolder, setting: str, place: str, name: str
) -> None:
    found = with_support(site).write("helpgen.yaml", CONFIG + setting).find("site/unknown-key")
    assert str(found.location) == f"helpgen.yaml:{place}"
    assert f'"{name}"' in found.message
    assert found.hint


def test_a_related_article_that_does_not_exist_is_told_at_its_entry(site: SiteFolder) -> None:
    site.article("zh/security/new", "新", "正文。\n", "related:\n  - deposits/not-arrived\n  - security/fishing")
    found = site.find("link/related")
    assert str(found.location) == "content/zh/security/new.md:7:5"
    assert found.hint == 'did you mean "security/phishing"?'


def test_who_names_an_article_with_an_error_in_it_has_made_no_mistake(site: SiteFolder) -> None:
    with_support(site).write("helpgen.yaml", CONFIG + "danger: security/phishing\n")
    for locale in ("zh", "en"):
        site.write(f"content/{locale}/security/phishing.md", "---\ntitle：新\n---\n\n正文。\n")
    assert {d.rule for d in site.build().diagnostics if d.severity == "error"} == {"yaml/syntax"}


def test_a_translation_with_an_error_in_it_is_not_missing(site: SiteFolder) -> None:
    before = with_support(site).problems("warning", "info")
    site.write("content/en/security/phishing.md", "---\ntitle：新\n---\n\n正文。\n")
    assert site.problems("warning", "info") == before


def test_two_articles_with_one_alias_are_told_what_to_remove(site: SiteFolder) -> None:
    for name in ("one", "two"):
        site.article(f"zh/security/{name}", name, "正文。\n", "aliases: [/old/]")
    assert site.find("site/alias").hint == "remove the alias from one of the two articles"
    site.remove("content/zh/security/one.md").remove("content/zh/security/two.md")
    site.article("zh/security/one", "one", "正文。\n", "aliases: [/zh/security/phishing/]")
    assert site.find("site/alias").hint == "remove the alias from this article"
