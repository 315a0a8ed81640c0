"""An address of the published site is not lost without a word."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from helpgen.cli import cli
from tests.site_folder import SiteFolder


def build(site: SiteFolder, *arguments: str) -> tuple[int, list[dict[str, Any]]]:
    """The exit code, and what was said of lost addresses."""
    result = CliRunner().invoke(cli, ["build", "--site", str(site.root), "--jobs", "1", "--json", *arguments])
    found = json.loads(result.stdout)["diagnostics"]
    return result.exit_code, [entry for entry in found if entry["rule"] == "site/lost-address"]


def renamed(site: SiteFolder) -> SiteFolder:
    text = (site.root / "content/zh/security/keys.md").read_text(encoding="utf-8")
    return site.remove("content/zh/security/keys.md").write("content/zh/security/keeping-keys.md", text)


def test_a_renamed_article_is_named_once(tmp_path: Path) -> None:
    site = SiteFolder.small(tmp_path / "site")
    assert build(site) == (0, [])
    renamed(site)
    code, lost = build(site)
    assert code == 0
    (found,) = [entry for entry in lost if "/zh/security/keys/" in entry["message"]]
    assert (found["severity"], found["file"], found["line"]) == ("warning", "content/zh/security/keeping-keys.md", 1)
    assert "no redirect" in found["message"]
    assert "content/_data/redirects.yaml: /zh/security/keys/: /zh/security/keeping-keys/;" in found["hint"]
    assert "/zh/security/keys/: gone" in found["hint"]
    assert build(site) == (0, [])
    assert build(site, "--no-cache") == (0, [])


def test_a_strict_build_keeps_the_old_site_until_there_is_a_redirect(tmp_path: Path) -> None:
    site = SiteFolder.small(tmp_path / "site")
    assert build(site) == (0, [])
    renamed(site)
    page = site.root / "build/zh/security/keys/index.html"
    for _ in range(2):
        code, lost = build(site, "--strict")
        # The article had a page among the English ones too, where its translation is missing.
        assert (code, len(lost)) == (1, 2)
        assert page.is_file()
    text = (site.root / "content/zh/security/keeping-keys.md").read_text(encoding="utf-8")
    moved = text.replace("---\n", "---\naliases: [/zh/security/keys/, /en/security/keys/]\n", 1)
    site.write("content/zh/security/keeping-keys.md", moved)
    assert build(site)[1] == []
    assert "http-equiv" in page.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "line", ["/security/keys/: gone", "/security/keys: gone", "/zh/security/keys/: gone\n/en/security/*: gone"]
)
def test_a_strict_build_publishes_what_is_gone_on_purpose(tmp_path: Path, line: str) -> None:
    site = SiteFolder.small(tmp_path / "site")
    assert build(site) == (0, [])
    site.remove("content/zh/security/keys.md")
    assert build(site, "--strict")[0] == 1
    site.write("content/_data/redirects.yaml", f"{line}\n")
    assert build(site, "--strict") == (0, [])
    assert not (site.root / "build/zh/security/keys").exists()
    assert not (site.root / "build/en/security/keys").exists()
    assert build(site, "--strict", "--no-cache") == (0, [])


def test_a_line_for_another_address_excuses_nothing(tmp_path: Path) -> None:
    site = SiteFolder.small(tmp_path / "site")
    build(site)
    site.remove("content/zh/security/keys.md").write("content/_data/redirects.yaml", "/zh/security/keys/: gone\n")
    code, lost = build(site, "--strict")
    assert code == 1
    assert ["/en/security/keys/" in entry["message"] for entry in lost] == [True]


def test_a_folder_that_moves_is_one_line(tmp_path: Path) -> None:
    site = SiteFolder.small(tmp_path / "site").article("zh/deposits/fees", "手续费", "只有中文。\n")
    assert build(site) == (0, [])
    for locale in ("zh", "en"):
        (site.root / f"content/{locale}/deposits").rename(site.root / f"content/{locale}/funds")
        article = site.root / f"content/{locale}/security/phishing.md"
        article.write_text(article.read_text(encoding="utf-8").replace("../deposits/", "../funds/"), encoding="utf-8")
    code, lost = build(site, "--strict")
    assert (code, len(lost)) == (1, 6)
    hints = [entry["hint"] for entry in lost]
    for locale in ("zh", "en"):
        line = f"/{locale}/deposits/*: /{locale}/funds/*"
        assert [line in hint for hint in hints].count(True) == 3
    site.write("content/_data/redirects.yaml", "/deposits/*: /funds/*\n")
    assert build(site, "--strict") == (0, [])
    for locale, name in (("zh", ""), ("en", ""), ("zh", "fees/"), ("en", "fees/"), ("en", "not-arrived/")):
        page = (site.root / f"build/{locale}/deposits/{name}index.html").read_text(encoding="utf-8")
        steps = "../" * (2 if name else 1)
        assert f'content="0; url={steps}funds/{name}"' in page


def test_an_alias_holds_where_the_article_is_not_translated(tmp_path: Path) -> None:
    site = SiteFolder.small(tmp_path / "site")
    build(site)
    text = (renamed(site).root / "content/zh/security/keeping-keys.md").read_text(encoding="utf-8")
    site.write("content/zh/security/keeping-keys.md", text.replace("---\n", "---\naliases: [/zh/security/keys/]\n", 1))
    assert build(site, "--strict") == (0, [])
    for locale in ("zh", "en"):
        page = (site.root / f"build/{locale}/security/keys/index.html").read_text(encoding="utf-8")
        assert 'content="0; url=../keeping-keys/"' in page
        assert f'<html lang="{locale}">' in page
    # What another one names itself is left alone.
    site.article("en/security/phishing", "Phishing", "Text.\n", extra="aliases: [/en/security/keys/]")
    assert build(site) == (0, [])
    page = (site.root / "build/en/security/keys/index.html").read_text(encoding="utf-8")
    assert 'content="0; url=../phishing/"' in page


def test_an_article_that_is_gone_is_told_at_the_settings(tmp_path: Path) -> None:
    site = SiteFolder.small(tmp_path / "site")
    build(site)
    _, lost = build(site.remove("content/zh/security/keys.md"))
    assert {entry["file"] for entry in lost} == {"helpgen.yaml"}
    assert any("/zh/security/keys/" in entry["message"] for entry in lost)
