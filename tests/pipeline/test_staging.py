"""A folder in the place of another where the system does not help: no exchange in one call, no links, mounts."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from helpgen.pipeline import staging
from helpgen.pipeline.publish import PublishError, publish

ROOT = Path(__file__).resolve().parents[2]
OLD, NEW = {"index.html": b"old", "a/index.html": b"same"}, {"index.html": b"new", "a/index.html": b"same"}
# Publishes where two folders cannot be exchanged in one call, and is killed before the new one is in its place.
KILLED = """
import os, signal, sys
from pathlib import Path
from helpgen.pipeline import staging
from helpgen.pipeline.publish import publish

root, rename = Path(sys.argv[1]), Path.rename

def rename_or_die(path, target):
    if target == root / "build":
        os.kill(os.getpid(), signal.SIGKILL)
    return rename(path, target)

staging._rename_exchange = lambda first, second: False
Path.rename = rename_or_die
publish({"index.html": b"new"}, root / "build", sources=root)
"""
PUBLISH_TWICE = """
import sys
from pathlib import Path
from helpgen.pipeline.publish import PublishError, publish
root = Path(sys.argv[1])
for data in (b"one", b"two"):
    try:
        publish({"index.html": data, "same.html": b"same"}, root / "build", sources=root)
        print("published")
    except PublishError as error:
        print(error)
print(*sorted(path.name for path in root.iterdir()))
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    publish(OLD, tmp_path / "site/build", sources=tmp_path / "site")
    return tmp_path / "site"


@pytest.fixture
def no_exchange(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a file system, or a system, that has no such call."""
    monkeypatch.setattr(staging, "_rename_exchange", lambda _first, _second: False)


def on_disk(root: Path) -> dict[str, bytes]:
    build = root / "build"
    paths = (path for path in build.rglob("*.html"))
    return {path.relative_to(build).as_posix(): path.read_bytes() for path in paths}


@pytest.mark.usefixtures("no_exchange")
def test_without_an_exchange_all_is_the_same(root: Path) -> None:
    spare = root / ".helpgen/spare"
    spare.parent.mkdir()
    for files in (NEW, OLD, NEW):
        publish(files, root / "build", sources=root, spare=spare)
        assert on_disk(root) == files
        assert (spare / "index.html").samefile(root / "build/index.html")
        assert sorted(path.name for path in root.iterdir()) == [".helpgen", "build"]


@pytest.mark.usefixtures("no_exchange")
def test_the_old_site_is_put_back_when_the_new_one_cannot_be_moved(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rename = Path.rename

    def fail(path: Path, target: Path) -> Path:
        if target == root / "build" and ".staging-old-" not in path.name:
            raise OSError(errno.EIO, os.strerror(errno.EIO), str(path))
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", fail)
    with pytest.raises(PublishError, match=f"{root}/build: Input/output error"):
        publish(NEW, root / "build", sources=root)
    assert on_disk(root) == OLD
    assert [path.name for path in root.iterdir()] == ["build"]


@pytest.mark.parametrize("somebody_makes_a_folder", [False, True])
def test_the_next_build_puts_back_what_a_killed_one_moved_aside(root: Path, somebody_makes_a_folder: bool) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", KILLED, str(root)], env=environment, check=False, timeout=60)
    assert done.returncode == -signal.SIGKILL
    assert not (root / "build").exists()
    if somebody_makes_a_folder:
        (root / "build").mkdir()
    with pytest.raises(PublishError, match="too long"):
        publish({**NEW, "x" * 300: b"cannot be written"}, root / "build", sources=root)
    assert on_disk(root) == OLD
    publish(NEW, root / "build", sources=root)
    assert on_disk(root) == NEW
    assert [path.name for path in root.iterdir()] == ["build"]


def test_nothing_is_put_back_where_a_site_stands(root: Path) -> None:
    shutil.copytree(root / "build", root / ".build.staging-old-1")
    (root / ".build.staging-old-1/index.html").write_bytes(b"older")
    publish(OLD, root / "build", sources=root)
    assert on_disk(root) == OLD
    assert [path.name for path in root.iterdir()] == ["build"]


@pytest.mark.parametrize("number", [errno.EPERM, errno.ENOSYS])
def test_where_there_are_no_links_files_are_copied_with_their_times(
    root: Path, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(source: str, *_arguments: object, **_options: object) -> None:
        raise OSError(number, os.strerror(number), source)

    monkeypatch.setattr(os, "link", refuse)
    before = (root / "build/a/index.html").stat()
    publish(NEW, root / "build", sources=root)
    after = (root / "build/a/index.html").stat()
    assert on_disk(root) == NEW
    assert after.st_ino != before.st_ino
    assert after.st_mtime_ns == before.st_mtime_ns


def in_own_mounts(commands: str, root: Path) -> str:
    """What the program says when its `build` is what these commands of a shell mount; the mounts end with it."""
    if shutil.which("unshare") is None:
        pytest.skip("there is no unshare here")
    script = f'{commands} || exit 77; exec "$PYTHON" -c "$PROGRAM" "$ROOT"'
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "PYTHON": sys.executable,
        "PROGRAM": PUBLISH_TWICE,
        "ROOT": str(root),
    }
    # Who is not root becomes it in a namespace of their own, in which less can be mounted.
    user = ["--map-root-user"] if os.geteuid() else []
    command = ["unshare", *user, "--mount", "sh", "-c", script]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=60)
    if done.returncode == 77 or "unshare" in done.stderr:
        pytest.skip(f"nothing can be mounted here: {done.stderr.strip()}")
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("kind", ["-t tmpfs tmpfs", "--bind $ROOT/other"])
def test_a_mount_point_is_refused_and_a_folder_inside_it_advised(tmp_path: Path, kind: str) -> None:
    for name in ("build", "other"):
        (tmp_path / name).mkdir()
    first, second, left = in_own_mounts(f"mount {kind} $ROOT/build", tmp_path).splitlines()
    assert first == second
    assert first == (
        f"{tmp_path}/build: a mount point cannot be exchanged for the new site; choose a folder inside it as --out"
    )
    assert left == "build other"


def test_a_folder_in_a_lower_layer_is_refused_and_stays(tmp_path: Path) -> None:
    publish({"index.html": b"zero", "same.html": b"same"}, tmp_path / "lower/build", sources=tmp_path / "lower")
    for name in ("upper", "work", "root"):
        (tmp_path / name).mkdir()
    layers = "lowerdir=$ROOT/../lower,upperdir=$ROOT/../upper,workdir=$ROOT/../work,redirect_dir=off"
    said = in_own_mounts(f"mount -t overlay overlay -o {layers} $ROOT", tmp_path / "root")
    first, _, left = said.splitlines()
    assert first.startswith(f"{tmp_path}/root/build: ")
    assert "remove it first" in first
    assert left == "build"
