"""An address of the published site is not lost without a word."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

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
    assert "aliases: [/zh/security/keys/]" in found["hint"]
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


def test_an_article_that_is_gone_is_told_at_the_settings(tmp_path: Path) -> None:
    site = SiteFolder.small(tmp_path / "site")
    build(site)
    _, lost = build(site.remove("content/zh/security/keys.md"))
    assert {entry["file"] for entry in lost} == {"helpgen.yaml"}
    assert any("/zh/security/keys/" in entry["message"] for entry in lost)
