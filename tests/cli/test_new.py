"""`helpgen new`: the beginning of an article, in a real site."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from helpgen.cli import cli
from tests.site_folder import SiteFolder


def new(site: SiteFolder, *arguments: str) -> Result:
    return CliRunner().invoke(cli, ["new", *arguments, "--site", str(site.root)])


def written(result: Result, path: Path) -> str:
    assert result.exit_code == 0, result.output
    assert str(path) in result.output
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize("template", ["article", "faq"])
@pytest.mark.parametrize(("locale", "title"), [("zh", "充币没有到账怎么办"), ("en", "Deposit not arrived: what now?")])
def test_what_it_writes_is_a_good_draft(site: SiteFolder, template: str, locale: str, title: str) -> None:
    result = new(site, template, title, "--category", "deposits", "--locale", locale, "--slug", "begun")
    text = written(result, site.root / f"content/{locale}/deposits/begun.md")
    assert "\ndraft: true\n" in text
    assert ("\ntype: faq\n" in text) == (template == "faq")
    assert f"{locale}/deposits/begun/index.html" not in site.build().files
    # The other language shows it too, because its translation is missing: that is all there is to say about it.
    drafts = site.build(drafts=True)
    assert {d.rule for d in drafts.diagnostics} == {"site/untranslated"}
    page = drafts.files[f"{locale}/deposits/begun/index.html"].decode()
    assert title in page


@pytest.mark.parametrize("template", ["article", "faq", "troubleshooter"])
@pytest.mark.parametrize("locale", ["zh", "en"])
def test_a_skeleton_that_is_no_draft_any_more_is_a_warning(site: SiteFolder, template: str, locale: str) -> None:
    path = site.root / f"content/{locale}/deposits/begun.md"
    text = written(new(site, template, "T", "--category", "deposits", "--locale", locale, "--slug", "begun"), path)
    path.write_text(text.replace("draft: true\n", ""), encoding="utf-8")
    found = site.find("content/placeholder")
    assert (found.severity, found.location.path, found.location.line) == (
        "warning",
        path.relative_to(site.root).as_posix(),
        3,
    )
    assert "and so are" in found.message
    path.write_text("---\ntitle: T\n---\n## Check first {#check}\n\n1. Open **Wallet**.\n", encoding="utf-8")
    assert "content/placeholder" not in {d.rule for d in site.build().diagnostics}


def test_the_name_comes_from_the_title(site: SiteFolder) -> None:
    written(new(site, "article", "提币 / 手续费"), site.root / "content/zh/提币-手续费.md")
    written(new(site, "article", "Fees & Limits!", "--locale", "en"), site.root / "content/en/fees-limits.md")


def test_a_title_full_of_yaml_stays_a_title(site: SiteFolder) -> None:
    title = 'Fees: "maker" # and {taker}'
    written(new(site, "article", title, "--locale", "en", "--slug", "fees"), site.root / "content/en/fees.md")
    pages = site.build(drafts=True).files
    assert "Fees: &#34;maker&#34; # and {taker}" in pages["en/fees/index.html"].decode()


def test_a_section_and_its_folder_are_made(site: SiteFolder) -> None:
    result = new(site, "article", "Fees", "--category", "Deposits/Withdrawals", "--locale", "en")
    written(result, site.root / "content/en/deposits/withdrawals/fees.md")


def test_a_new_category_has_its_file_and_a_title(site: SiteFolder) -> None:
    result = new(site, "faq", "Trading fees", "--category", "Trading & Fees/spot-market", "--locale", "en")
    top = site.root / "content/en/trading-fees"
    assert f'Wrote {top}/_category.yaml: the category is called "Trading & Fees"' in result.output
    assert f'Wrote {top}/spot-market/_category.yaml: the category is called "Spot market"' in result.output
    path = top / "spot-market/trading-fees.md"
    text = written(result, path)
    path.write_text(text.replace("draft: true\n", ""), encoding="utf-8")
    build = site.build()
    assert "site/category-missing" not in {d.rule for d in build.diagnostics}
    page = build.files["en/trading-fees/spot-market/index.html"].decode()
    assert "Trading &amp; Fees" in page
    assert "Spot market" in page


def test_a_category_that_a_language_has_named_is_not_named_again(site: SiteFolder) -> None:
    site.remove("content/zh/deposits/_category.yaml")
    result = new(site, "article", "keys", "--category", "deposits")
    assert "_category.yaml" not in result.output
    assert not (site.root / "content/zh/deposits/_category.yaml").exists()


def test_a_slug_that_is_none_is_not_changed_in_silence(site: SiteFolder) -> None:
    result = new(site, "article", "T", "--slug", "a b/c")
    written(result, site.root / "content/zh/a-b-c.md")
    assert 'The slug "a b/c" became a-b-c' in result.output
    assert "became" not in new(site, "article", "T", "--slug", "fees").output


def test_the_default_language_is_the_first(site: SiteFolder) -> None:
    written(new(site, "article", "keys two", "--category", "security"), site.root / "content/zh/security/keys-two.md")


def test_a_site_without_language_folders_gets_none(tmp_path: Path) -> None:
    site = SiteFolder(tmp_path).write("helpgen.yaml", "title: Help\nlocales: {en: {name: English}}\n")
    site.write("content/start.md", "---\ntitle: Start\n---\nHere.\n")
    written(new(site, "article", "Next"), tmp_path / "content/next.md")


def test_nothing_is_written_over(site: SiteFolder) -> None:
    path = site.root / "content/zh/security/keys.md"
    before = path.read_bytes()
    result = new(site, "article", "Keys", "--category", "security")
    assert result.exit_code == 1
    assert "exists already" in result.output
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("article", "T", "--locale", "fr"), "not a language of the site"),
        (("article", "T", "--category", "a/b/c"), "at most one section"),
        (("article", "T", "--category", "../.."), "at most one section"),
        (("article", "!!!"), "give one with --slug"),
        (("article", "Fine", "--slug", "!!!"), "Invalid value for --slug"),
        (("article", ""), "Invalid value for TITLE"),
        (("article", "a\u202eb"), "Invalid value for TITLE"),
        (("manual", "T"), "manual"),
    ],
)
def test_wrong_usage_is_explained(site: SiteFolder, arguments: tuple[str, ...], said: str) -> None:
    before = sorted(site.root.rglob("*"))
    result = new(site, *arguments)
    assert result.exit_code == 2
    assert said in result.output
    assert sorted(site.root.rglob("*")) == before


def test_it_needs_a_site(tmp_path: Path) -> None:
    result = new(SiteFolder(tmp_path), "article", "T")
    assert result.exit_code == 1
    assert "no helpgen.yaml" in result.output
