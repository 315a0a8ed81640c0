"""A published site that is revised is what a whole build would have published: files, messages, figures, proof."""

from __future__ import annotations

import errno
import os
import random
import shutil
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from helpgen.cli import cli
from helpgen.model.build import Base
from helpgen.pipeline.options import Extent
from helpgen.pipeline.publish import SETTLED_SECONDS, PublishError
from helpgen.pipeline.standing import find_base
from tests.pipeline.many_articles import ARTICLES, build, build_cleanly, rewrite, use_many_files, write_site
from tests.site_folder import SiteFolder


@pytest.fixture(autouse=True)
def many_files(monkeypatch: pytest.MonkeyPatch) -> None:
    use_many_files(monkeypatch)


@pytest.fixture
def site(tmp_path: Path) -> SiteFolder:
    return write_site(tmp_path)


@pytest.mark.parametrize("proof", ["sample", "none"])
def test_a_walk_of_edits_is_what_clean_builds_make(site: SiteFolder, proof: Extent) -> None:
    choice = random.Random(5)
    build(site.root, proof=proof)
    revised = 0
    for step in range(7):
        for _ in range(choice.choice([1, 1, 3])):
            rewrite(site, choice.randrange(ARTICLES), choice)
        if step == 2:
            site.write("content/_data/redirects.yaml", "/old/*: /deposits/*\n/former/: gone\n")
        if step == 4:
            site.article("zh/deposits/a3", "改了标题", "正文。\n\n## 步骤 {#steps}\n\n一。\n")
        made, files, whole = build(site.root, proof=proof)
        expected, clean = build_cleanly(site, proof)
        revised += not whole
        assert files == clean
        assert made.diagnostics == expected.diagnostics
        assert made.stats.index_bytes == expected.stats.index_bytes
        assert made.stats.articles == expected.stats.articles
        assert (made.stats.proof is None) == (expected.stats.proof is None)
        if made.stats.proof and expected.stats.proof:
            assert replace(made.stats.proof, note="") == replace(expected.stats.proof, note="")
    assert revised >= 4


def test_the_next_build_after_a_revision_makes_nothing(site: SiteFolder) -> None:
    build(site.root)
    rewrite(site, 2, random.Random(1))
    made, files, whole = build(site.root)
    assert not whole
    again, same, _ = build(site.root)
    assert again.unchanged == len(files) - 1
    assert not again.files
    assert same == files
    assert again.diagnostics == made.diagnostics


def test_a_whole_build_after_revisions_remembers_their_articles(site: SiteFolder) -> None:
    build(site.root)
    rewrite(site, 2, random.Random(1))
    assert not build(site.root)[2]
    site.article("zh/security/keys", "另一个标题", "正文。\n")
    made, _, whole = build(site.root)
    assert whole
    known, total = made.stats.remembered["parse"]
    assert total - known == 1


def touch_output(site: SiteFolder) -> None:
    path = site.root / "build/zh/deposits/a5/index.html"
    path.write_bytes(path.read_bytes().replace(b"html", b"HTML", 1))


def lose_the_memory(site: SiteFolder) -> None:
    shutil.rmtree(site.root / ".helpgen")


def change_a_setting(site: SiteFolder) -> None:
    path = site.root / "helpgen.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("Lamp Help", "Lamp Centre"), encoding="utf-8")


@pytest.mark.parametrize("change", [touch_output, lose_the_memory, change_a_setting])
def test_nothing_is_revised_that_does_not_stand(site: SiteFolder, change: Callable[[SiteFolder], None]) -> None:
    build(site.root)
    rewrite(site, 2, random.Random(1))
    change(site)
    _, files, whole = build(site.root)
    assert whole
    assert files == build_cleanly(site)[1]


def build_for_staging(site: SiteFolder, *more: str) -> None:
    """Another build of the site, to the same folder: all of its pages have other addresses in them."""
    options = ["--jobs", "1", "--base-url", "https://staging.example/", *more]
    done = CliRunner().invoke(cli, ["build", "--site", str(site.root), *options])
    assert done.exit_code == 0, done.output


def test_a_revision_is_not_published_between_the_files_of_another_build(site: SiteFolder) -> None:
    build(site.root)
    rewrite(site, 2, random.Random(1))
    with pytest.raises(PublishError, match="build again"):
        build(site.root, meanwhile=lambda: build_for_staging(site))
    pages = [path.read_bytes() for path in (site.root / "build/zh").rglob("a*/index.html")]
    assert len(pages) >= ARTICLES
    assert all(b"staging.example" in page for page in pages)
    _, files, _ = build(site.root)
    assert files == build_cleanly(site)[1]


def test_a_site_that_goes_while_it_is_revised_is_built(site: SiteFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    build(site.root)
    rewrite(site, 2, random.Random(1))

    def find_and_lose(*arguments: Any, **options: Any) -> Base | None:
        base = find_base(*arguments, **options)
        shutil.rmtree(site.root / "build")
        return base

    monkeypatch.setattr("helpgen.cli.run.find_base", find_and_lose)
    _, files, whole = build(site.root)
    assert whole
    assert files == build_cleanly(site)[1]


def write_by_hand(site: SiteFolder) -> None:
    time.sleep(SETTLED_SECONDS)
    touch_output(site)
    time.sleep(SETTLED_SECONDS)


@pytest.mark.parametrize("change", [build_for_staging, write_by_hand])
@pytest.mark.parametrize("whole", [True, False])
def test_what_a_build_did_not_publish_is_not_remembered_as_its_own(
    site: SiteFolder, change: Callable[[SiteFolder], None], whole: bool
) -> None:
    if not whole:
        build(site.root)
        rewrite(site, 2, random.Random(1))
    assert build(site.root, afterwards=lambda: change(site))[2] == whole
    _, files, _ = build(site.root)
    assert files == build_cleanly(site)[1]


def test_an_older_site_that_is_moved_to_its_place_is_not_remembered(site: SiteFolder) -> None:
    """Nothing of it has been written lately."""
    out, other = site.root / "build", site.root / "other"
    build_for_staging(site, "--out", str(other))
    build(site.root, afterwards=lambda: (shutil.rmtree(out), other.rename(out)))
    _, files, _ = build(site.root)
    assert files == build_cleanly(site)[1]


@pytest.mark.parametrize("has_spare", [True, False])
def test_what_was_written_by_hand_while_a_site_is_revised_does_not_last(site: SiteFolder, has_spare: bool) -> None:
    spare = site.root / ".helpgen/spare" if has_spare else None
    build(site.root)
    rewrite(site, 2, random.Random(1))
    build(site.root, spare=spare)
    rewrite(site, 3, random.Random(1))
    assert not build(site.root, spare=spare, meanwhile=lambda: write_by_hand(site))[2]
    _, files, _ = build(site.root, spare=spare)
    assert files == build_cleanly(site)[1]


def test_where_there_are_no_links_a_revision_is_remembered_too(
    site: SiteFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_arguments: Any, **_options: Any) -> None:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))

    monkeypatch.setattr(os, "link", refuse)
    build(site.root)
    rewrite(site, 2, random.Random(1))
    time.sleep(SETTLED_SECONDS)
    _, files, whole = build(site.root)
    assert not whole
    assert not build(site.root)[0].files
    assert files == build_cleanly(site)[1]


def test_an_error_is_told_and_the_old_site_stays(site: SiteFolder) -> None:
    _, before, _ = build(site.root)
    rewrite(site, 2, random.Random(1))
    path = site.root / "content/zh/deposits/a2.md"
    good = path.read_text(encoding="utf-8")
    path.write_text(good + "\n[x](a1.md#nothing)\n", encoding="utf-8")
    made, files, _ = build(site.root)
    assert not made.ok
    assert files == before
    path.write_text(good, encoding="utf-8")
    made, files, whole = build(site.root)
    assert made.ok
    assert not whole
    assert files == build_cleanly(site)[1]
