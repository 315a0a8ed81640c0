"""Reading a site's folder: everything in it, nothing outside, and no name that a system could not hold."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from helpgen.pipeline.read import builtin_themes, read_site
from tests.site_folder import CONFIG, SiteFolder
from tests.support.data import with_support


def names(root: Path) -> list[str]:
    return [file.path for file in read_site(root).content]


def problems(root: Path) -> list[str]:
    return [f"{d.location.path} {d.rule}" for d in read_site(root).diagnostics]


def test_files_come_sorted_with_their_digest(site: SiteFolder) -> None:
    files = read_site(site.root)
    assert files.config is not None
    paths = [file.path for file in files.content]
    assert paths == sorted(paths)
    assert "content/zh/deposits/not-arrived.md" in paths
    assert all(len(file.digest) == 64 for file in files.content)
    assert "lighthouse" in files.themes


def test_the_builtin_theme_is_found() -> None:
    assert (builtin_themes() / "lighthouse" / "theme.yaml").is_file()


def test_a_link_that_leads_out_is_refused_and_one_inside_is_followed(site: SiteFolder, tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_text("secret")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "other.md").write_text("secret")
    content = site.root / "content/zh/deposits"
    (content / "out.md").symlink_to(tmp_path / "secret.md")
    (content / "outdir").symlink_to(tmp_path / "folder")
    (content / "round").symlink_to(content)
    (content / "dangling.md").symlink_to(content / "nothing.md")
    (content / "inside.md").symlink_to(content / "not-arrived.md")
    assert problems(site.root) == [
        "content/zh/deposits/dangling.md file/symlink",
        "content/zh/deposits/out.md file/symlink",
        "content/zh/deposits/outdir file/symlink",
        "content/zh/deposits/round file/symlink",
    ]
    assert "content/zh/deposits/inside.md" in names(site.root)
    assert not any("secret" in file.data.decode() for file in read_site(site.root).content)


@pytest.mark.parametrize(
    "name",
    ["con.md", "LPT1.md", "a:b.md", "a*b.md", "a\\b.md", "trailing.md.", "trailing ", " leading.md", "a\u200bb.md",
     "a\u2011b.md", "a\u202eb.md", "x" * 210 + ".md", "new\nline.md"],
)  # fmt: skip
def test_names_that_some_system_cannot_hold_are_refused(site: SiteFolder, name: str) -> None:
    site.write(f"content/zh/deposits/{name}", "---\ntitle: x\n---\ntext\n")
    assert [problem.rsplit(" ", 1)[1] for problem in problems(site.root)] == ["file/name"]


def test_a_name_that_is_not_utf8_is_refused(site: SiteFolder) -> None:
    raw = os.fsencode(site.root) + b"/content/zh/deposits/\xff.md"
    with open(raw, "wb") as handle:
        handle.write(b"---\ntitle: x\n---\ntext\n")
    assert [problem.rsplit(" ", 1)[1] for problem in problems(site.root)] == ["file/name"]


@pytest.mark.parametrize("name", ["a b%.md", "café.md", "-dash.md", "提现 指南.md", "<b>.txt".replace("<b>", "(b)")])
def test_ordinary_names_are_fine(site: SiteFolder, name: str) -> None:
    site.write(f"content/zh/deposits/{name}", "---\ntitle: x\n---\ntext\n")
    assert problems(site.root) == []


def test_what_is_no_regular_file_is_refused(site: SiteFolder) -> None:
    os.mkfifo(site.root / "content/zh/deposits/pipe.md")
    (site.root / "content/zh/deposits/folder.md").mkdir()
    (site.root / "content/zh/deposits/_category.yaml").unlink(missing_ok=True)
    (site.root / "content/zh/deposits/_category.yaml").mkdir()
    assert problems(site.root) == [
        "content/zh/deposits/_category.yaml file/not-regular",
        "content/zh/deposits/folder.md file/not-regular",
        "content/zh/deposits/pipe.md file/not-regular",
    ]


def test_hidden_files_are_not_read(site: SiteFolder) -> None:
    site.write("content/.git/config", "x").write("content/zh/.draft.md", "x")
    assert not any("/." in name for name in names(site.root))


def test_content_that_is_a_link_to_elsewhere_is_one_error(site: SiteFolder, tmp_path: Path) -> None:
    with_support(site).write("helpgen.yaml", CONFIG + "danger: security/phishing\n")
    elsewhere = tmp_path / "elsewhere"
    (site.root / "content").rename(elsewhere)
    (site.root / "content").symlink_to(elsewhere)
    assert site.problems() == ["content file/symlink"]
