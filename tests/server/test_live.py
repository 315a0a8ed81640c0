"""A site that changes under a preview: what is served, what the terminal says."""

from __future__ import annotations

import os
import re
import signal
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from helpgen.pipeline.workers import WORTH_A_PROCESS
from tests.processes import children_of, wait_until
from tests.server.preview_process import Preview
from tests.site_folder import SiteFolder

PAGE = "/zh/deposits/not-arrived/"


def test_an_edit_is_served_and_told_in_one_line(site: SiteFolder, preview: Preview) -> None:
    before = len(preview.lines)
    site.article("zh/deposits/not-arrived", "充币没有到账", "改过的正文。\n\n## 查找 TxID {#txid}\n")
    preview.wait_until_shown(PAGE, "改过的正文")
    line = preview.wait_for("changed", after=before).string
    assert re.fullmatch(r"content/zh/deposits/not-arrived\.md changed → \d+ pages? in \d+ ms", line), line


def test_a_file_that_is_just_being_written_is_no_mistake(site: SiteFolder, preview: Preview) -> None:
    """Editors that write into the file empty it first; on a busy machine what follows comes later than a watch waits."""
    target = site.root / "content/zh/deposits/not-arrived.md"
    text = target.read_text(encoding="utf-8")
    before = len(preview.lines)
    target.write_bytes(b"")
    time.sleep(0.06)
    target.write_text(text.replace("先查链上确认", "后来才写完"), encoding="utf-8")
    preview.wait_until_shown(PAGE, "后来才写完")
    line = preview.wait_for("changed", after=before).string
    assert re.fullmatch(r"content/zh/deposits/not-arrived\.md changed → \d+ pages? in \d+ ms", line), line


def test_a_file_that_stays_empty_is_told(site: SiteFolder, preview: Preview) -> None:
    before = len(preview.lines)
    (site.root / "content/zh/deposits/not-arrived.md").write_bytes(b"")
    assert "1 error" in preview.wait_for("changed", after=before).string


def test_the_search_index_follows_the_pages(site: SiteFolder, preview: Preview) -> None:
    old = preview.get("/search/zh/manifest.json").body
    before = len(preview.lines)
    site.article("zh/security/new", "全新的一篇", "讲的是彩虹。\n")
    preview.wait_until_shown("/zh/security/new/", "彩虹")
    preview.wait_for("changed", after=before)
    assert preview.get("/search/zh/manifest.json").body != old


def test_renaming_over_the_file_is_a_change(site: SiteFolder, preview: Preview) -> None:
    """How most editors save."""
    target = site.root / "content/zh/security/keys.md"
    for number in range(3):
        other = target.with_name(".keys.md.swp")
        other.write_text(target.read_text().replace("只在中文里有", f"第{number}次保存，只在中文里有"))
        os.replace(other, target)
        preview.wait_until_shown("/zh/security/keys/", f"第{number}次保存")


def test_the_config_may_be_renamed_over_too(site: SiteFolder, preview: Preview) -> None:
    target = site.root / "helpgen.yaml"
    for name in ("灯塔一号", "灯塔二号"):
        other = target.with_name("helpgen.yaml.new")
        other.write_text(re.sub("zh: 灯塔[^,]*", f"zh: {name}", target.read_text()))
        os.replace(other, target)
        preview.wait_until_shown("/zh/", name)


def test_many_saves_end_in_the_last_one(site: SiteFolder, preview: Preview) -> None:
    target = site.root / "content/zh/security/keys.md"
    text = target.read_text()
    for number in range(40):
        target.write_text(text.replace("只在中文里有", f"存了{number}次。"))
    preview.wait_until_shown("/zh/security/keys/", "存了39次")


def test_a_new_folder_and_a_removed_one(site: SiteFolder, preview: Preview) -> None:
    site.write("content/zh/trading/_category.yaml", "title: 交易\n").article("zh/trading/fees", "费率", "很低。\n")
    preview.wait_until_shown("/zh/trading/fees/", "很低")
    site.remove("content/zh/trading")
    preview.wait_until_shown("/zh/trading/fees/", "lost-page")


def test_a_theme_that_comes_later_is_watched(site: SiteFolder, preview: Preview) -> None:
    manifest = "name: child\nparent: lighthouse\n"
    site.write("themes/child/theme.yaml", manifest)
    config = (site.root / "helpgen.yaml").read_text()
    site.write("helpgen.yaml", config + "theme:\n  name: child\n")
    footer = "themes/child/templates/partials/footer.html"
    site.write(footer, "<p>脚注甲</p>\n")
    preview.wait_until_shown("/zh/", "脚注甲")
    site.write(footer, "<p>脚注乙</p>\n")
    preview.wait_until_shown("/zh/", "脚注乙")


def test_an_error_leaves_the_last_good_page(site: SiteFolder, preview: Preview) -> None:
    before = len(preview.lines)
    path = site.root / "content/zh/deposits/not-arrived.md"
    good = path.read_text()
    path.write_text(good.replace("title:", "titel: x\ntitle:").replace("先查链上", "后查链上"))
    preview.wait_for(r"not-arrived\.md:2:1: error: unknown field", after=before)
    preview.wait_for("1 error in .*; the last good pages stay", after=before)
    assert "先查链上" in preview.get(PAGE).text
    path.write_text(good.replace("先查链上", "再查链上"))
    preview.wait_until_shown(PAGE, "再查链上")


def test_a_site_that_starts_with_an_error(site: SiteFolder) -> None:
    path = site.root / "content/zh/security/keys.md"
    good = path.read_text()
    path.write_text("---\ntitle: <b>x\nfoo: 1\n---\n\ntext\n")
    preview = Preview.start(site.root, "--port", "0")
    try:
        answer = preview.get("/zh/")
        assert answer.status == 503
        assert "content/zh/security/keys.md:3:1" in answer.text
        assert "livereload.js" in answer.text
        preview.wait_for("1 error in .*; nothing to show yet")
        path.write_text(good)
        preview.wait_until_shown("/zh/security/keys/", "只在中文里有")
    finally:
        preview.stop()


def test_a_refused_file_that_is_deleted(site: SiteFolder) -> None:
    path = site.root / "content/zh/security/b?.md"
    path.write_text("# b\n")
    preview = Preview.start(site.root, "--port", "0")
    try:
        preview.wait_for("1 error in .*; nothing to show yet")
        assert preview.get("/zh/security/keys/").status == 503
        # When a watch has begun, everything is read once; what is deleted then would be seen in any case.
        before = len(preview.lines)
        site.article("zh/security/phishing", "识别钓鱼网站", "改过的正文。\n")
        preview.wait_for("changed", after=before)
        path.unlink()
        preview.wait_until_shown("/zh/security/keys/", "只在中文里有")
    finally:
        preview.stop()


@pytest.mark.skipif(sys.platform == "darwin", reason="its file system takes no such names")
def test_a_name_that_is_no_utf_8_ends_no_watch(site: SiteFolder) -> None:
    preview = Preview.start(site.root, "--port", "0")
    try:
        preview.wait_for("Built")
        for folder in (b"content/zh/security", b"."):
            odd = os.path.join(os.fsencode(site.root), folder, b"\xff.md")
            Path(os.fsdecode(odd)).write_text("# b\n")
            time.sleep(0.5)
            Path(os.fsdecode(odd)).unlink()
            time.sleep(0.5)
        site.article("zh/security/phishing", "识别钓鱼网站", "改过的正文。\n")
        preview.wait_until_shown("/zh/security/phishing/", "改过的正文")
        config = site.root / "helpgen.yaml"
        config.write_text(config.read_text(encoding="utf-8").replace("灯塔", "另一座灯塔", 1), encoding="utf-8")
        preview.wait_until_shown("/zh/security/phishing/", "另一座灯塔")
    finally:
        preview.stop()


@pytest.mark.parametrize(("option", "status"), [([], 200), (["--no-drafts"], 404)])
def test_drafts(site: SiteFolder, option: list[str], status: int) -> None:
    site.article("zh/security/soon", "还没写完", "草稿。\n", extra="draft: true")
    preview = Preview.start(site.root, "--port", "0", *option)
    try:
        assert preview.get("/zh/security/soon/").status == status
    finally:
        preview.stop()


def test_nothing_is_written_but_the_cache(site: SiteFolder, preview: Preview) -> None:
    assert preview.get("/zh/").status == 200
    assert {path.name for path in site.root.iterdir()} == {"content", "helpgen.yaml", ".helpgen"}


@pytest.mark.skipif(sys.platform != "linux" or os.cpu_count() == 1, reason="kills a worker that it finds in /proc")
def test_a_killed_worker_is_no_bug_and_the_next_build_has_others(site: SiteFolder) -> None:
    for number in range(WORTH_A_PROCESS):
        site.article(f"zh/security/a{number}", f"文章{number}", "正文。\n" * 40)
    preview = Preview.start(site.root, "--port", "0")
    try:
        wait_until(lambda: workers_of(preview) != [])
        os.kill(workers_of(preview)[0], signal.SIGKILL)
        preview.wait_for(
            "helpgen: error: a worker process died during .* most likely the memory of the machine ran out"
        )
        preview.wait_for("nothing to show yet")
        assert "worker process died" in preview.get("/zh/").text
        site.article("zh/security/new", "全新的一篇", "讲的是彩虹。\n")
        preview.wait_until_shown("/zh/security/new/", "彩虹")
        assert "bug in helpgen" not in "\n".join(preview.lines)
    finally:
        preview.stop()


def workers_of(preview: Preview) -> list[int]:
    """Its spawned processes, without the one in which Python keeps track of what they share."""
    found = []
    for pid in children_of(preview.process.pid):
        with suppress(OSError):
            if b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes():
                found.append(pid)
    return found
