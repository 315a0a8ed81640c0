"""The memory of earlier builds: it changes the time of a build and nothing else."""

from __future__ import annotations

import contextlib
import hashlib
import json
import multiprocessing
import os
import re
import sqlite3
import sys
import threading
import tomllib
import tracemalloc
import unicodedata
import zlib
from collections.abc import Iterator
from dataclasses import replace
from importlib import metadata
from multiprocessing.synchronize import Barrier
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from helpgen.cli import cli
from helpgen.cli.options import CACHE
from helpgen.pipeline import fingerprint
from helpgen.pipeline import memo as memo_module
from helpgen.pipeline.fingerprint import own_digest
from helpgen.pipeline.manifest import MANIFEST, PublishedFiles
from helpgen.pipeline.memo import Memo, Note
from helpgen.pipeline.stage import Stage
from helpgen.pipeline.workers import WORTH_A_PROCESS, Inline, Workers
from tests.site_folder import CONFIG, SiteFolder

# What helpgen stands on and yet makes no results: the command line, the watch of the preview, and what these stand on.
NO_RESULTS = {"click", "watchfiles", "anyio", "idna", "typing-extensions", "cached-property"}


def remembered(site: SiteFolder, cache: Path) -> tuple[object, dict[str, tuple[int, int]]]:
    """A build as the command makes it: the memory has the pages of the site that was published last."""
    with Memo(cache, Inline(), PublishedFiles(site.root / "build")) as memo:
        build = site.build(memo)
        if build.ok:
            site.publish(build)
        return build, dict(memo.hits)


def test_a_second_build_remembers_everything_and_makes_the_same(site: SiteFolder, tmp_path: Path) -> None:
    first, cold = remembered(site, tmp_path / "cache")
    second, warm = remembered(site, tmp_path / "cache")
    assert all(known == 0 for known, _ in cold.values())
    assert all(known == total for known, total in warm.values())
    assert set(warm) >= {"parse", "render", "analyse"}
    assert first.files == second.files  # type: ignore[attr-defined]


def test_an_edit_makes_again_only_what_shows_it(site: SiteFolder, tmp_path: Path) -> None:
    remembered(site, tmp_path / "cache")
    site.article("zh/security/keys", "保管密钥", "改了正文。看[钓鱼](phishing.md)。\n")
    _, hits = remembered(site, tmp_path / "cache")
    parsed, articles = hits["parse"]
    rendered, pages = hits["render"]
    assert articles - parsed == 1
    # Its own page, and the English page that shows the Chinese text because the translation is missing.
    assert pages - rendered == 2


def test_known_pages_are_read_when_other_processes_have_ended(
    site: SiteFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    remembered(site, tmp_path / "cache")
    site.article("zh/security/keys", "保管密钥", "改了正文。看[钓鱼](phishing.md)。\n")
    order: list[str] = []
    find = PublishedFiles.find
    monkeypatch.setattr(Inline, "rest", lambda _: order.append("rest"))
    monkeypatch.setattr(PublishedFiles, "find", lambda *given: order.append("read") or find(*given))  # type: ignore[func-returns-value]
    _, hits = remembered(site, tmp_path / "cache")
    assert order == ["rest", *["read"] * hits["render"][0]]
    assert len(order) > 10


def test_pages_are_kept_once_in_the_published_site(site: SiteFolder, tmp_path: Path) -> None:
    first, _ = remembered(site, tmp_path / "cache")
    page = next(name for name in first.files if name.endswith("not-arrived/index.html"))  # type: ignore[attr-defined]
    # A template has its language only when a page is made of it.
    mark = b'<html lang=\\"zh'
    assert mark in json.dumps(first.files[page].decode()).encode()  # type: ignore[attr-defined]
    with sqlite3.connect(tmp_path / "cache" / "memo.sqlite") as database:
        assert not any(mark in value for (value,) in database.execute("SELECT value FROM memo"))
    # Whatever somebody wrote there is no page of ours, nor is a link to one.
    (site.root / "build" / page).write_text("<h1>By hand</h1>")
    moved = site.root / "moved.html"
    other = next(name for name in first.files if name.endswith("keys/index.html"))  # type: ignore[attr-defined]
    (site.root / "build" / other).rename(moved)
    (site.root / "build" / other).symlink_to(moved)
    second, hits = remembered(site, tmp_path / "cache")
    assert second.files == first.files  # type: ignore[attr-defined]
    known, total = hits["render"]
    assert total - known == 2
    site.remove("build")
    third, hits = remembered(site, tmp_path / "cache")
    assert third.files == first.files  # type: ignore[attr-defined]
    assert hits["render"][0] == 0


def test_a_page_of_the_right_size_and_other_bytes_is_made_again(site: SiteFolder, tmp_path: Path) -> None:
    first, _ = remembered(site, tmp_path / "cache")
    page = next(name for name in first.files if name.endswith("keys/index.html"))  # type: ignore[attr-defined]
    data = (site.root / "build" / page).read_bytes()
    (site.root / "build" / page).write_bytes(data.replace(b"<title>", b"<tit1e>", 1))
    second, hits = remembered(site, tmp_path / "cache")
    assert second.files == first.files  # type: ignore[attr-defined]
    known, total = hits["render"]
    assert total - known == 1


def test_a_manifest_that_names_files_elsewhere_gives_none_of_them(site: SiteFolder, tmp_path: Path) -> None:
    site.publish()
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    digest = hashlib.sha256(b"secret").hexdigest()
    manifest = site.root / "build" / MANIFEST
    said = json.loads(manifest.read_bytes())
    for path in (os.path.relpath(secret, site.root / "build"), str(secret)):
        said["files"][path] = {"bytes": 6, "sha256": digest}
        manifest.write_text(json.dumps(said))
        assert PublishedFiles(site.root / "build").find(digest) is None
    for odd in ('{"version": 1, "files": {"a": 3}, "extra": {}}', "[]", "{"):
        manifest.write_text(odd)
        assert PublishedFiles(site.root / "build").find(digest) is None


def test_problems_are_remembered_too(site: SiteFolder, tmp_path: Path) -> None:
    site.article("zh/deposits/bad", "坏链接", "![](missing.png)\n", extra="titel: x")
    first, _ = remembered(site, tmp_path / "cache")
    second, _ = remembered(site, tmp_path / "cache")
    assert first.diagnostics == second.diagnostics  # type: ignore[attr-defined]
    assert any(d.rule == "front-matter/unknown-field" for d in second.diagnostics)  # type: ignore[attr-defined]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_damaged_cache_only_costs_time(site: SiteFolder, tmp_path: Path, data: st.DataObject) -> None:
    cache = tmp_path / "cache"
    expected = site.build().files
    remembered(site, cache)
    path = cache / "memo.sqlite"
    raw = bytearray(path.read_bytes())
    kind = data.draw(st.sampled_from(["flip", "cut", "text", "empty"]))
    if kind == "flip":
        for place in data.draw(st.lists(st.floats(0, 0.9999), min_size=1, max_size=40)):
            raw[int(place * len(raw))] ^= 0x41
    elif kind == "cut":
        raw = raw[: int(data.draw(st.floats(0, 1)) * len(raw))]
    else:
        raw = bytearray(b"not a database at all" if kind == "text" else b"")
    path.write_bytes(raw)
    build, _ = remembered(site, cache)
    assert build.files == expected  # type: ignore[attr-defined]


def test_an_entry_whose_value_was_changed_is_not_used(site: SiteFolder, tmp_path: Path) -> None:
    remembered(site, tmp_path / "cache")
    with sqlite3.connect(tmp_path / "cache" / "memo.sqlite") as database:
        database.execute("UPDATE memo SET value = replace(CAST(value AS TEXT), '充币', '<script>')")
    build, hits = remembered(site, tmp_path / "cache")
    assert not any(b"<script>" in data for data in build.files.values())  # type: ignore[attr-defined]
    assert hits["parse"][0] < hits["parse"][1]


def test_an_entry_of_another_shape_is_a_miss(site: SiteFolder, tmp_path: Path) -> None:
    expected = site.build().files
    remembered(site, tmp_path / "cache")
    wrong = b'{"value": 3}'
    with sqlite3.connect(tmp_path / "cache" / "memo.sqlite") as database:
        database.execute("UPDATE memo SET value = ?, digest = ?", (wrong, hashlib.sha256(wrong).digest()))
    build, _ = remembered(site, tmp_path / "cache")
    assert build.files == expected  # type: ignore[attr-defined]


def test_a_cache_that_cannot_be_written_is_said_and_costs_only_time(site: SiteFolder, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where the folder should be")
    with Memo(tmp_path / "cache", Inline()) as memo:
        assert site.build(memo).ok
        assert "cache" in memo.problem


@pytest.mark.parametrize("name", [".helpgen", ".helpgen/cache", ".helpgen/.gitignore", ".helpgen/cache/memo.sqlite"])
def test_nothing_is_written_through_a_link_that_came_with_a_site(site: SiteFolder, tmp_path: Path, name: str) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    link = site.root / name
    link.parent.mkdir(parents=True, exist_ok=True)
    link.symlink_to(elsewhere if "." not in link.name[1:] else elsewhere / "new")
    with Memo(site.root / ".helpgen" / "cache", Inline()) as memo:
        assert site.build(memo).ok
        assert f"{link} is a symbolic link" in memo.problem
    assert list(elsewhere.iterdir()) == []


@pytest.mark.parametrize("jobs", [2, 3])
def test_processes_make_the_same_bytes(site: SiteFolder, tmp_path: Path, jobs: int) -> None:
    for number in range(WORTH_A_PROCESS):
        site.article(f"zh/deposits/extra-{number}", f"第{number}篇", f"正文{number}。\n\n## 小标题\n\n更多。\n")
    here = site.build()
    with Workers(jobs) as workers:
        assert site.build(workers).files == here.files
        for known in (0, WORTH_A_PROCESS):
            with Memo(tmp_path / "cache", workers) as memo:
                build = site.build(memo)
                assert memo.hits["parse"][0] >= known
            assert build.files == here.files
            assert build.diagnostics == here.diagnostics


def test_the_key_has_every_library_that_takes_part() -> None:
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted, found = [*project["dependencies"], *project["optional-dependencies"]["compress"]], set()
    while wanted:
        requirement = wanted.pop()
        named = re.match(r"[\w.-]+", requirement)
        assert named is not None, requirement
        name = re.sub(r"[-_.]+", "-", named.group()).lower()
        if "extra ==" not in requirement and name not in found | NO_RESULTS:
            found.add(name)
            wanted += metadata.requires(name) or []
    assert found == set(fingerprint._LIBRARIES)


@pytest.mark.parametrize(
    ("where", "name", "other"),
    [(sys, "version_info", (3, 99, 0, "final", 0)), (unicodedata, "unidata_version", "99.0.0"),
     (zlib, "ZLIB_RUNTIME_VERSION", "99.0"), (metadata, "version", lambda _: "99.0")],
)  # fmt: skip
def test_another_python_or_library_remembers_nothing(
    monkeypatch: pytest.MonkeyPatch, where: object, name: str, other: object
) -> None:
    before = own_digest()
    monkeypatch.setattr(where, name, other)
    assert own_digest.__wrapped__() != before


TEXT = Note("text", str)


def numbers(name: str) -> Stage[int, None, str]:
    """A stage of the smallest kind."""
    return Stage(
        name=name,
        function=lambda number, _shared: str(number),
        item_type=int,
        shared_type=None,
        result_type=str,
        parallel=False,
    )


@pytest.fixture
def locked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[sqlite3.Connection]:
    """The cache with one note in it, held by another program for as long as that likes."""
    with Memo(tmp_path / "cache", Inline()) as memo:
        memo.leave_note(TEXT, "a", "kept")
    monkeypatch.setattr(memo_module, "_PATIENCE", 0.1)
    other = sqlite3.connect(tmp_path / "cache" / "memo.sqlite", check_same_thread=False)
    # As a build that makes a new cache: SQLite itself does not wait for such a one.
    other.execute("PRAGMA journal_mode = DELETE")
    other.execute("BEGIN IMMEDIATE")
    yield other
    other.close()


def test_a_locked_cache_is_left_alone(locked: sqlite3.Connection, tmp_path: Path) -> None:
    with Memo(tmp_path / "cache", Inline()) as memo:
        assert memo.problem == "the cache cannot be used: database is locked"
        assert memo.map(numbers("number"), [1, 2], None) == ["1", "2"]
        memo.leave_note(TEXT, "b", "lost")
    locked.rollback()
    with Memo(tmp_path / "cache", Inline()) as memo:
        assert (memo.problem, memo.read_note(TEXT, "a"), memo.read_note(TEXT, "b")) == ("", "kept", None)


def test_a_lock_is_waited_for(locked: sqlite3.Connection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memo_module, "_PATIENCE", 60.0)
    release = threading.Timer(0.2, locked.rollback)
    release.start()
    with Memo(tmp_path / "cache", Inline()) as memo:
        assert (memo.problem, memo.read_note(TEXT, "a")) == ("", "kept")
    release.join()


def test_a_cache_that_is_locked_later_is_left_alone_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memo_module, "_PATIENCE", 0.1)
    path = tmp_path / "cache" / "memo.sqlite"
    with Memo(tmp_path / "cache", Inline()) as memo:
        memo.leave_note(TEXT, "a", "kept")
        memo.save(prune=False)
        with sqlite3.connect(path) as other:
            other.execute("BEGIN IMMEDIATE")
            memo.leave_note(TEXT, "b", "lost")
            memo.save(prune=False)
        assert memo.problem == "the cache could not be written: database is locked"
        assert memo.read_note(TEXT, "a") == "kept"
    other.close()
    with Memo(tmp_path / "cache", Inline()) as memo:
        assert (memo.problem, memo.read_note(TEXT, "a")) == ("", "kept")


def test_damage_that_only_a_write_meets_is_gone_with_the_next_build(tmp_path: Path) -> None:
    path = tmp_path / "cache" / "memo.sqlite"
    for round_, problem in enumerate(("", "the cache was damaged and has been removed", "")):
        with Memo(tmp_path / "cache", Inline()) as memo:
            assert memo.problem == ""
            for number in range(500):
                memo.leave_note(TEXT, f"{round_} {number}", "x" * 1_000)
            memo.save(prune=False)
            assert memo.problem.startswith(problem)
            assert bool(memo.problem) == bool(problem)
        if round_ == 0:
            data = path.read_bytes()
            path.write_bytes(data[: len(data) // 2] + bytes(len(data) - len(data) // 2))


def begin(cache: Path, number: int, together: Barrier, said: Path) -> None:
    """A build of its own process, which begins when the other does."""
    together.wait()
    with Memo(cache, Inline()) as memo:
        memo.leave_note(TEXT, str(number), "x" * 1_000)
    said.write_text(memo.problem)


def test_builds_that_begin_a_cache_together_both_keep_theirs(tmp_path: Path) -> None:
    context = multiprocessing.get_context("fork")
    for turn in range(8):
        cache = tmp_path / str(turn) / "cache"
        together = context.Barrier(3)
        said = [tmp_path / f"{turn}-{number}" for number in range(3)]
        builds = [context.Process(target=begin, args=(cache, n, together, path)) for n, path in enumerate(said)]
        for build in builds:
            build.start()
        for build in builds:
            build.join()
        assert [path.read_text() for path in said] == ["", "", ""]
        with Memo(cache, Inline()) as memo:
            assert all(memo.read_note(TEXT, str(number)) for number in range(3))


def test_a_build_that_was_stopped_forgets_nothing(tmp_path: Path) -> None:
    stages, many = [numbers(name) for name in ("parse", "render", "analyse", "prove")], list(range(1_000))
    with Memo(tmp_path / "cache", Inline()) as memo:
        for stage in stages:
            memo.map(stage, many, None)
        memo.save(prune=True)
    with contextlib.suppress(KeyboardInterrupt), Memo(tmp_path / "cache", Inline()) as memo:
        memo.map(stages[0], [*many, -1], None)
        raise KeyboardInterrupt
    with Memo(tmp_path / "cache", Inline()) as memo:
        for stage in stages:
            memo.map(stage, [*many, -1], None)
    assert memo.hits == {"parse": (1_001, 1_001), **dict.fromkeys(("render", "analyse", "prove"), (1000, 1001))}


def test_a_build_with_an_error_forgets_nothing_and_one_without_does(site: SiteFolder) -> None:
    """The error stops it before the pages and the index: what these need is not stale."""
    build = ["build", "--site", str(site.root), "--jobs", "1"]
    assert CliRunner().invoke(cli, build).exit_code == 0
    with sqlite3.connect(site.root / CACHE / "memo.sqlite") as database:
        stale = [(os.urandom(32), b"digest", b"value") for _ in range(3_000)]
        database.executemany("INSERT INTO memo VALUES (?, ?, ?)", stale)
    database.close()
    count = stored(site)
    site.write("helpgen.yaml", CONFIG + "theme: {name: nowhere}\n")
    site.article("zh/deposits/not-arrived", "充币没有到账", "改过的正文。\n\n## 查找 TxID {#txid}\n")
    assert CliRunner().invoke(cli, build).exit_code == 1
    assert stored(site) > count
    site.write("helpgen.yaml", CONFIG.replace("灯塔帮助中心", "别的名字"))
    assert CliRunner().invoke(cli, build).exit_code == 0
    assert stored(site) < 1_000


def stored(site: SiteFolder) -> int:
    with sqlite3.connect(site.root / CACHE / "memo.sqlite") as database:
        (count,) = database.execute("SELECT count(*) FROM memo").fetchone()
    database.close()
    return int(count)


def test_without_a_cache_nothing_waits_to_be_written(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where the folder should be")
    big = replace(numbers("big"), function=lambda number, _shared: str(number) * 1_000_000)
    with Memo(tmp_path / "cache", Inline()) as memo:
        tracemalloc.start()
        for _ in memo.start(big, [number % 10 for number in range(50)], None):
            pass
        held, _ = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert held < 10_000_000
