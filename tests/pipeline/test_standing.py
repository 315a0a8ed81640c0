"""A build that still stands is not made again; whatever differs makes it again."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from helpgen.cli import cli
from tests.site_folder import SiteFolder


@pytest.fixture
def site(tmp_path: Path) -> SiteFolder:
    folder = SiteFolder.small(tmp_path / "site")
    return folder.article("zh/deposits/odd", "坏链接", "看[不存在](nowhere.md#x)。\n").write(
        "helpgen.yaml",
        (folder.root / "helpgen.yaml").read_text(encoding="utf-8")
        + "search: {backend: both}\nchecks: {link/broken: warning}\n",
    )


def build(site: SiteFolder, *arguments: str) -> dict[str, Any]:
    result = CliRunner().invoke(cli, ["build", "--site", str(site.root), "--jobs", "1", "--json", *arguments])
    assert result.exit_code == 0, result.output
    outcome: dict[str, Any] = json.loads(result.stdout)
    return outcome


def on_disk(site: SiteFolder) -> dict[str, bytes]:
    folders = (site.root / "build", site.root / "build.whoosh")
    return {str(path): path.read_bytes() for folder in folders for path in folder.rglob("*") if path.is_file()}


def was_made(outcome: dict[str, Any]) -> bool:
    return "render" in outcome["seconds"]


def without_time(outcome: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in outcome.items() if name not in ("seconds", "changes", "remembered")}


def test_the_second_build_makes_nothing_and_says_the_same(site: SiteFolder) -> None:
    first = build(site)
    before = on_disk(site)
    second = build(site)
    assert was_made(first)
    assert not was_made(second)
    assert without_time(second) == without_time(first)
    assert any(problem["rule"] == "link/broken" for problem in second["diagnostics"])
    unchanged = len(first["changes"]["written"])
    assert second["changes"] == {"written": [], "removed": [], "unchanged": unchanged, "foreign": []}
    assert on_disk(site) == before


@pytest.mark.parametrize("backend", ["both", "json"])
@pytest.mark.parametrize("folder", [".build", ".build.whoosh"])
def test_what_a_killed_build_left_is_cleared_though_nothing_has_changed(
    site: SiteFolder, folder: str, backend: str
) -> None:
    config = site.root / "helpgen.yaml"
    config.write_text(config.read_text(encoding="utf-8").replace("backend: both", f"backend: {backend}"), "utf-8")
    build(site)
    before = on_disk(site)
    left = site.root / f"{folder}.staging-99999"
    left.mkdir()
    (left / "index.html").write_text("half of it", encoding="utf-8")
    build(site)
    assert not left.exists()
    assert on_disk(site) == before
    assert not was_made(build(site))


def edit(site: SiteFolder) -> None:
    site.article("zh/security/keys", "保管密钥", "改了。\n")


def tamper(site: SiteFolder) -> None:
    path = site.root / "build" / "index.html"
    path.write_bytes(path.read_bytes().replace(b"html", b"HTML"))


def tamper_private(site: SiteFolder) -> None:
    path = next(path for path in (site.root / "build.whoosh").rglob("*") if path.suffix == ".seg")
    path.write_bytes(path.read_bytes()[::-1])


def stray(site: SiteFolder) -> None:
    (site.root / "build" / "stray.txt").write_text("left by somebody")


def link(site: SiteFolder) -> None:
    path = site.root / "build" / "index.html"
    path.rename(site.root / "elsewhere.html")
    path.symlink_to(site.root / "elsewhere.html")


def lose(site: SiteFolder) -> None:
    (site.root / "build" / "index.html").unlink()


def remove(site: SiteFolder) -> None:
    shutil.rmtree(site.root / "build")


def remove_private(site: SiteFolder) -> None:
    shutil.rmtree(site.root / "build.whoosh")


@pytest.mark.parametrize("change", [edit, tamper, tamper_private, stray, link, lose, remove, remove_private])
def test_whatever_differs_is_made_again(site: SiteFolder, change: Callable[[SiteFolder], None]) -> None:
    build(site)
    change(site)
    assert was_made(build(site))
    again = on_disk(site)
    shutil.rmtree(site.root / "build")
    shutil.rmtree(site.root / "build.whoosh")
    build(site, "--no-cache")
    assert on_disk(site) == again


def test_options_are_inputs(site: SiteFolder) -> None:
    build(site)
    assert was_made(build(site, "--drafts"))
    assert was_made(build(site, "--base-url", "https://other.example/"))
    assert not was_made(build(site, "--base-url", "https://other.example/"))
    assert was_made(build(site, "--no-cache"))


def test_a_build_that_was_refused_does_not_stand(site: SiteFolder) -> None:
    result = CliRunner().invoke(cli, ["build", "--site", str(site.root), "--jobs", "1", "--strict"])
    assert result.exit_code == 1
    assert was_made(build(site))


def test_after_a_standing_build_the_memory_is_whole(site: SiteFolder) -> None:
    build(site)
    for _ in range(3):
        build(site)
    edit(site)
    parsed = build(site)["remembered"]["parse"]
    assert parsed["of"] - parsed["known"] == 1
