"""Publishing: in one step, only into a folder of ours, and only what differs is written."""

from __future__ import annotations

import errno
import fcntl
import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from helpgen.model.build import Base, Changes
from helpgen.pipeline.manifest import MANIFEST, manifest_digest, manifest_of, read_manifest
from helpgen.pipeline.publish import SETTLED_SECONDS, PublishError, folder_state, publish, publish_changes

FILES = {"index.html": b"one", "zh/a/index.html": b"two", "assets/x.css": b"three"}


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    (tmp_path / "site" / "content").mkdir(parents=True)
    return tmp_path / "site"


def on_disk(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != MANIFEST
    }


def base_of(out: Path) -> Base:
    return Base(manifest=manifest_digest(out), seen=time.time_ns())


def test_a_first_build_writes_everything(sources: Path) -> None:
    changes = publish(FILES, sources / "build", sources=sources)
    assert on_disk(sources / "build") == FILES
    assert set(changes.written) == set(FILES)
    assert changes.removed == ()
    assert [path.name for path in sources.iterdir()] == ["content", "build"] or not list(sources.glob(".build*"))


def test_only_what_differs_is_written_and_what_nobody_made_is_removed(sources: Path) -> None:
    out = sources / "build"
    publish(FILES, out, sources=sources)
    before = (out / "assets/x.css").stat().st_ino
    (out / "stray.txt").write_text("left by somebody")
    changes = publish({**FILES, "index.html": b"new"}, out, sources=sources)
    assert (changes.written, changes.removed, changes.unchanged) == (("index.html",), ("stray.txt",), 2)
    assert (out / "assets/x.css").stat().st_ino == before
    assert on_disk(out) == {**FILES, "index.html": b"new"}


def test_a_build_that_changes_nothing_touches_nothing(sources: Path) -> None:
    out = sources / "build"
    publish(FILES, out, sources=sources)
    before = out.stat().st_ino
    assert publish(FILES, out, sources=sources).unchanged == len(FILES)
    assert out.stat().st_ino == before


def test_a_file_that_was_tampered_with_is_written_again(sources: Path) -> None:
    out = sources / "build"
    publish(FILES, out, sources=sources)
    (out / "index.html").write_bytes(b"bad")
    assert publish(FILES, out, sources=sources).written == ("index.html",)
    assert on_disk(out) == FILES


def test_the_manifest_lists_every_file_with_its_digest(sources: Path) -> None:
    publish(FILES, sources / "build", sources=sources, extra={"private": "ab"})
    manifest = json.loads((sources / "build" / MANIFEST).read_bytes())
    assert manifest["files"]["index.html"] == {"bytes": 3, "sha256": hashlib.sha256(b"one").hexdigest()}
    assert set(manifest["files"]) == set(FILES)
    assert manifest["extra"] == {"private": "ab"}


@pytest.mark.parametrize("content", [b"", b"{}", b"[" * 100_000, b'{"version": 99, "files": {}}'])
def test_a_manifest_of_another_kind_is_none(tmp_path: Path, content: bytes) -> None:
    (tmp_path / MANIFEST).write_bytes(content)
    assert read_manifest(tmp_path) is None


@pytest.mark.parametrize("out", ["content", "content/build", "themes/x", "."])
def test_the_sources_are_never_an_output(sources: Path, out: str) -> None:
    with pytest.raises(PublishError, match="sources"):
        publish(FILES, sources / out, sources=sources)


def test_a_folder_that_is_not_ours_is_refused(sources: Path) -> None:
    foreign = sources / "photos"
    foreign.mkdir()
    (foreign / "cat.jpg").write_bytes(b"miaow")
    with pytest.raises(PublishError, match="not made by helpgen"):
        publish(FILES, foreign, sources=sources)
    assert on_disk(foreign) == {"cat.jpg": b"miaow"}


@pytest.mark.parametrize("path", ["/index.html", "../x", "a/../../x", "a//b", "a\\..\\x", "./x"])
def test_no_path_leads_out_of_the_output(sources: Path, path: str) -> None:
    with pytest.raises(ValueError, match="leads out"):
        publish({"index.html": b"x", path: b"x"}, sources / "build", sources=sources)
    assert not (sources / "build").exists()


@pytest.mark.parametrize("as_file", [False, True])
def test_a_working_folder_of_git_is_refused_though_it_is_ours(sources: Path, as_file: bool) -> None:
    out = sources / "build"
    publish(FILES, out, sources=sources)
    (out / ".git").write_text("gitdir: x") if as_file else (out / ".git").mkdir()
    with pytest.raises(PublishError, match="Git"):
        publish({"index.html": b"new"}, out, sources=sources)
    assert (out / ".git").exists()
    assert (out / "index.html").read_bytes() == FILES["index.html"]


def test_a_link_or_a_file_is_refused(sources: Path, tmp_path: Path) -> None:
    (sources / "link").symlink_to(tmp_path)
    (sources / "file").write_text("x")
    for name in ("link", "file"):
        with pytest.raises(PublishError):
            publish(FILES, sources / name, sources=sources)


def test_two_builds_do_not_write_at_once(sources: Path) -> None:
    handle = os.open(sources / ".build.lock", os.O_CREAT | os.O_RDWR)
    fcntl.flock(handle, fcntl.LOCK_EX)
    with pytest.raises(PublishError, match="another build"):
        publish(FILES, sources / "build", sources=sources)
    os.close(handle)
    publish(FILES, sources / "build", sources=sources)


def test_leftovers_of_a_killed_build_are_cleared(sources: Path) -> None:
    stale = sources / ".build.staging-99999"
    stale.mkdir()
    (stale / "half.html").write_text("<ht")
    publish(FILES, sources / "build", sources=sources)
    assert not list(sources.glob(".build*"))


def test_what_only_looks_like_a_leftover_does_not_stop_a_build(sources: Path, tmp_path: Path) -> None:
    precious = tmp_path / "precious"
    precious.mkdir()
    (precious / "file").write_text("somebody's")
    (sources / ".build.staging-1").symlink_to(precious)
    (sources / ".build.staging-2").write_text("a file")
    publish(FILES, sources / "build", sources=sources)
    assert not list(sources.glob(".build*"))
    assert (precious / "file").read_text() == "somebody's"


def test_the_lock_follows_no_link(sources: Path, tmp_path: Path) -> None:
    (sources / ".build.lock").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(PublishError, match=r"\.build\.lock"):
        publish(FILES, sources / "build", sources=sources)
    assert not (tmp_path / "elsewhere").exists()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_is_named(sources: Path) -> None:
    sources.chmod(0o500)
    try:
        with pytest.raises(PublishError, match="Permission denied"):
            publish(FILES, sources / "build", sources=sources)
    finally:
        sources.chmod(0o700)


KILLED = """
import sys
from pathlib import Path
from helpgen.pipeline.publish import publish
root = Path(sys.argv[1])
number = 0
while True:
    number += 1
    publish({f"{page}/index.html": f"{number}".encode() * 500 for page in range(60)}, root / "build", sources=root)
"""


@pytest.mark.parametrize("delay", [0.02, 0.05, 0.09, 0.14, 0.2])
def test_a_killed_build_leaves_one_whole_site(sources: Path, delay: float) -> None:
    """A process publishes version after version; wherever it is killed, every page is of one version."""
    publish({f"{page}/index.html": b"0" * 500 for page in range(60)}, sources / "build", sources=sources)
    process = subprocess.Popen([sys.executable, "-c", KILLED, str(sources)])
    try:
        while (sources / "build/0/index.html").read_bytes().startswith(b"0"):
            assert process.poll() is None
            time.sleep(0.01)
        time.sleep(delay)
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()
    found = on_disk(sources / "build")
    assert len(found) == 60
    assert len(set(found.values())) == 1
    publish(FILES, sources / "build", sources=sources)
    assert on_disk(sources / "build") == FILES
    assert not list(sources.glob(".build*"))


def test_changes_are_published_like_a_whole(sources: Path) -> None:
    out = sources / "build"
    old = {"index.html": b"one", "zh/a/index.html": b"two", "search/zh/0.json": b"{}", "zh/b/index.html": b"three"}
    publish(old, out, sources=sources, extra={"zh": "x"})
    changed = {"zh/a/index.html": b"TWO", "search/zh/1.json": b"[]"}
    changes = publish_changes(changed, {"search/zh/0.json"}, out, base_of(out), sources=sources)
    assert replace(changes, trace=None) == Changes(
        written=("search/zh/1.json", "zh/a/index.html"), removed=("search/zh/0.json",), unchanged=2
    )
    expected = sources / "expected"
    whole = {**old, **changed}
    del whole["search/zh/0.json"]
    publish(whole, expected, sources=sources, extra={"zh": "x"})
    found = [
        {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        for folder in (out, expected)
    ]
    assert found[0] == found[1]


def test_changes_need_the_folder_that_they_were_made_for(sources: Path) -> None:
    out = sources / "build"
    publish(FILES, out, sources=sources)
    base = base_of(out)
    publish({**FILES, "index.html": b"of another build"}, out, sources=sources)
    before = on_disk(out)
    with pytest.raises(PublishError, match="was changed meanwhile"):
        publish_changes({"zh/a/index.html": b"new"}, set(), out, base, sources=sources)
    assert on_disk(out) == before
    shutil.rmtree(out)
    with pytest.raises(PublishError, match="was changed meanwhile"):
        publish_changes({"zh/a/index.html": b"new"}, set(), out, base, sources=sources)
    assert not out.exists()


def test_a_file_system_without_locks_is_told(sources: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As NFS without its lock service; none can be had here."""

    def refuse(_descriptor: int, _operation: int) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    publish(FILES, sources / "build", sources=sources)
    monkeypatch.setattr(fcntl, "flock", refuse)
    before = os.listdir("/dev/fd")
    with pytest.raises(PublishError, match=r"\.build\.lock cannot be locked .*another disk"):
        publish({"index.html": b"new"}, sources / "build", sources=sources)
    assert len(os.listdir("/dev/fd")) == len(before)
    assert on_disk(sources / "build") == FILES


def test_a_manifest_is_json_with_a_line_for_each_value() -> None:
    files = {'zh/“a"\\/index.html': b"one", "b.html": b""}
    written = manifest_of(files, {"zh": "充"})
    assert written == json.dumps(json.loads(written), ensure_ascii=False, indent=0, sort_keys=True).encode() + b"\n"
    assert manifest_of({}, {}) == json.dumps(json.loads(manifest_of({}, {})), indent=0, sort_keys=True).encode() + b"\n"


@pytest.mark.parametrize("change", ["content", "content and times", "new", "gone", "replaced", "mode", "link"])
def test_the_state_of_a_folder_tells_of_every_change(sources: Path, change: str) -> None:
    out = sources / "build"
    publish({"index.html": b"one", "zh/a/index.html": b"two"}, out, sources=sources)
    time.sleep(SETTLED_SECONDS)
    before = folder_state(out)
    assert before.digest
    assert folder_state(out) == before
    assert folder_state(out, since=before.latest).written == set()
    path = out / "zh/a/index.html"
    info = path.stat()
    if change.startswith("content"):
        path.write_bytes(b"TWO")
    if change == "content and times":
        os.utime(path, ns=(info.st_atime_ns, info.st_mtime_ns))
    if change == "new":
        (out / "zh/new").write_bytes(b"")
    if change == "gone":
        path.unlink()
    if change == "replaced":
        other = out.with_name("other")
        other.write_bytes(b"two")
        os.utime(other, ns=(info.st_atime_ns, info.st_mtime_ns))
        other.replace(path)
    if change == "mode":
        path.chmod(0o600)
    if change == "link":
        path.rename(out.with_name("moved"))
        path.symlink_to(out.with_name("moved"))
    after = folder_state(out, since=before.latest)
    assert after.digest != before.digest
    assert (after.latest > before.latest) == (change != "gone")
    written = {"content": {"zh/a/index.html"}, "new": {"zh/new"}}.get(change)
    assert written is None or after.written == written
