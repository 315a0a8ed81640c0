"""The built files -> the output folder, in one step.

1. Take a lock beside the output (`.build.lock`), clear what a killed build left behind.
2. Refuse a folder that is not ours: one without our manifest, or one that holds or lies in the sources.
3. Fill a staging folder beside it: hard links of the files that are as before, new files for the others; force it to disk.
4. Exchange the two folders in one system call. Until then the old site is whole; from then on the new one is.

A reader never meets a mixture, and a build that dies leaves the old site.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
import stat
import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from helpgen.model.build import Base, Build, Changes, Trace
from helpgen.pipeline.manifest import (
    MANIFEST,
    THREADS,
    entry_of,
    is_inside,
    manifest_digest,
    manifest_of,
    read_manifest,
    write_manifest,
)
from helpgen.pipeline.process import beside
from helpgen.pipeline.staging import leftovers, put_back, replace_folder

# Longer than a tick of the clock by which a file system dates changes.
SETTLED_SECONDS = 0.03
# Down to here a large folder is looked through before it is shared out: a language's categories, an index's kinds of files.
_SHARED_LEVELS = 2


class PublishError(Exception):
    """The output cannot be written; the message names the path and the reason. The old site is untouched."""


def publish(
    files: Mapping[str, bytes],
    out: Path,
    *,
    sources: Path,
    extra: Mapping[str, str] | None = None,
    spare: Path | None = None,
) -> Changes:
    """Make `out` hold exactly these files (and our manifest). `extra` is kept in the manifest.

    `spare` is where a spare of `out` is kept (spare.py), so that a change of it costs only what it changes; None for nowhere.

    Raises PublishError when the folder is not ours, is in use by another build, or cannot be written.
    """
    out = out.absolute()
    _must_stay_inside(files)
    try:
        _refuse_foreign(out, sources.resolve())
        out.parent.mkdir(parents=True, exist_ok=True)
        with _lock(out) as clock:
            begun = clock()
            _clear_leftovers(out)
            manifest = manifest_of(files, extra or {})
            changes = _exchange({**files, MANIFEST: manifest}, out, spare)
            return replace(changes, trace=_trace(manifest, begun, clock()))
    except OSError as error:
        raise PublishError(f"{error.filename or out}: {error.strerror or error}") from error


def _must_stay_inside(paths: Iterable[str]) -> None:
    """Raises ValueError for a path that leads out of the output.

    No stage makes one; were there a hole in one of them, nothing outside would be written all the same.
    """
    for path in paths:
        if not is_inside(path):
            raise ValueError(f"{path!r} leads out of the output")


def publish_build(build: Build, out: Path, *, sources: Path, spare: Path | None = None) -> Changes:
    """Publish a build's public files to `out` and its private ones (the Whoosh index) to `<out>.whoosh` beside it.

    The public manifest carries the digests of the private indexes: whoever opens one can tell that it is the one that
    was built with the site. `spare` is where a spare of `out` is kept.
    """
    if build.unchanged is not None:
        if not build.files and not build.gone:
            return Changes(written=(), removed=(), unchanged=build.unchanged)
        assert build.base is not None
        return publish_changes(build.files, build.gone, out, build.base, sources=sources, spare=spare)
    private = private_folder(out)
    beside_it = publish(build.private, private, sources=sources) if build.private else None
    changes = publish(build.files, out, sources=sources, extra=build.digests, spare=spare)
    if not build.private:
        _remove_private(private)
    return replace(changes, private=beside_it)


def _remove_private(private: Path) -> None:
    """Take away an index that the site has no more, and what a killed build left of it. Raises PublishError."""
    try:
        if has_leftovers(private):
            with _lock(private):
                _clear_leftovers(private)
        if (private / MANIFEST).is_file():
            shutil.rmtree(private)
    except OSError as error:
        raise PublishError(f"{error.filename or private}: {error.strerror or error}") from error


def publish_changes(
    files: Mapping[str, bytes],
    gone: Collection[str],
    out: Path,
    base: Base,
    *,
    sources: Path,
    spare: Path | None = None,
) -> Changes:
    """Make `out`, which is still the `base` that these files were made for, hold them beside its own, without those `gone`.

    What the manifest says of the others stays. Raises PublishError as `publish` does, and where another build has published
    to `out` since: its files would stand between ours.
    """
    out = out.absolute()
    _must_stay_inside(files)
    try:
        _refuse_foreign(out, sources.resolve())
        with _lock(out) as clock:
            _clear_leftovers(out)
            manifest = read_manifest(out)
            if manifest is None or manifest_digest(out) != base.manifest:
                raise PublishError(f"{out} was changed meanwhile, most likely by another build; build again")
            listed: dict[str, dict[str, Any]] = manifest["files"]  # type: ignore[assignment]
            _must_stay_inside(listed)
            kept = listed.keys() - files.keys() - set(gone)
            entries = {path: listed[path] for path in kept} | {path: entry_of(data) for path, data in files.items()}
            new = write_manifest(entries, manifest["extra"])
            removed = tuple(sorted(set(gone) & listed.keys()))
            replace_folder({**files, MANIFEST: new}, kept, removed, out, spare)
            trace = _trace(new, base.seen, clock())
    except OSError as error:
        raise PublishError(f"{error.filename or out}: {error.strerror or error}") from error
    return Changes(written=tuple(sorted(files)), removed=removed, unchanged=len(kept), trace=trace)


def _trace(manifest: bytes, begun: int, ended: int) -> Trace:
    return Trace(manifest=hashlib.sha256(manifest).hexdigest(), begun=begun, ended=ended)


def private_folder(out: Path) -> Path:
    """`build.whoosh` for `build`: beside the public folder, never inside."""
    return out.absolute().parent / (out.absolute().name + ".whoosh")


@dataclass(frozen=True, slots=True)
class FolderState:
    """A `digest` of what the file system says of all files of a folder: size, times, number; "" if that tells nothing.

    `latest` is the time of the latest change of any kind; `written` are the paths of what was written after a moment.
    """

    digest: str
    latest: int
    written: frozenset[str]


def folder_state(out: Path, *, since: int = sys.maxsize, large: bool = False) -> FolderState:
    """The state of a folder, and what was written there `since` a moment (nanoseconds), if one is given.

    Whoever writes into a file, replaces it, or adds or takes one away changes the state, also when they set its times back:
    the time of a file's last change of any kind (ctime) is the kernel's. To be asked when nothing has been written for
    `SETTLED_SECONDS`, so that no later change can bear the same time. A `large` folder is looked through by two processes.
    """
    root = f"{os.fspath(out.absolute())}/"
    seen = _Seen(since)
    folders = [""]
    for _level in range(_SHARED_LEVELS if large else 0):
        folders = [inner for folder in folders for inner in _look(root, folder, seen)]
    other = beside(_look_below, root, folders[1::2], since) if large else None
    below = _look_below(root, folders[::2] if large else folders, since)
    parts = [seen, below, *([other()] if other is not None else [])]
    lines = sorted(line for part in parts for line in part.lines)
    # Times of whole seconds or milliseconds: two changes in a row may look like one.
    fine = any(part.fine for part in parts)
    return FolderState(
        digest=hashlib.sha256("".join(lines).encode("utf-8", "surrogateescape")).hexdigest() if fine else "",
        latest=max(part.latest for part in parts),
        written=frozenset(path for part in parts for path in part.written),
    )


@dataclass(slots=True)
class _Seen:
    """A line for each file that was looked at; `fine` if the time of some change has more digits than milliseconds."""

    since: int
    lines: list[str] = field(default_factory=list)
    fine: bool = False
    latest: int = 0
    written: list[str] = field(default_factory=list)


def _look_below(root: str, folders: Sequence[str], since: int) -> _Seen:
    """What the file system says of the files below some folders."""
    seen = _Seen(since)
    todo = list(folders)
    while todo:
        todo += _look(root, todo.pop(), seen)
    return seen


def _look(root: str, folder: str, seen: _Seen) -> list[str]:
    """The folders in a folder; its files are noted in `seen`."""
    found: list[str] = []
    with os.scandir(root + folder) as entries:
        for entry in entries:
            path = folder + entry.name
            if entry.is_dir(follow_symlinks=False):
                found.append(path + "/")
                continue
            info = entry.stat(follow_symlinks=False)
            changed = info.st_ctime_ns
            seen.fine = seen.fine or changed % 1_000_000 != 0
            if changed > seen.latest:
                seen.latest = changed
            # A link that is made or taken away is a change of the file, too, but writes nothing into it.
            if info.st_mtime_ns > seen.since:
                seen.written.append(path)
            seen.lines.append(f"{path}\0{info.st_mode} {info.st_size} {changed} {info.st_mtime_ns} {info.st_ino}\n")
    return found


def count_standing(out: Path, digest: str, *, sources: Path) -> int | None:
    """How many files `out` has, if they are exactly those of the manifest with this digest, each with its own; else None.

    Every file is read: what somebody has changed by hand is made again.
    """
    out = out.absolute()
    try:
        _refuse_foreign(out, sources.resolve())
        with _lock(out):
            raw = (out / MANIFEST).read_bytes()
            if hashlib.sha256(raw).hexdigest() != digest or any(leftovers(out)):
                return None
            listed: dict[str, dict[str, Any]] = json.loads(raw)["files"]
            if set(_listing(out)) != {*listed, MANIFEST}:
                return None
            with ThreadPoolExecutor(THREADS) as pool:
                fine = all(pool.map(lambda item: _has_digest(out / item[0], item[1]["sha256"]), listed.items()))
            return len(listed) if fine else None
    except (OSError, PublishError, ValueError):
        return None


def _has_digest(path: Path, digest: str) -> bool:
    return not path.is_symlink() and hashlib.sha256(path.read_bytes()).hexdigest() == digest


def _refuse_foreign(out: Path, sources: Path) -> None:
    real = out.resolve()
    if out.is_symlink():
        raise PublishError(f"{out} is a symbolic link; give the folder itself as --out")
    for guarded in (sources / "content", sources / "themes"):
        if real == guarded or guarded in real.parents or real in guarded.parents or real in (sources, *sources.parents):
            raise PublishError(f"{out} holds the site's sources, or lies inside them; choose another --out")
    if not out.exists():
        return
    if not out.is_dir():
        raise PublishError(f"{out} is a file, not a folder")
    if os.path.lexists(out / ".git"):
        raise PublishError(
            f"{out} is a working folder of Git, whose history would be lost; build elsewhere and copy it"
        )
    if any(out.iterdir()) and not (out / MANIFEST).is_file():
        raise PublishError(f"{out} was not made by helpgen and is not empty; empty it, or choose another --out")


@contextmanager
def _lock(out: Path) -> Iterator[Callable[[], int]]:
    """Only one build writes at a time. The kernel drops the lock of a process that dies.

    Gives a clock: it tells the time as the file system dates its files, which may be that of another machine.
    """
    path = out.parent / f".{out.name}.lock"
    while True:
        # Never through a link: the file that it makes would lie wherever the link leads.
        descriptor = os.open(path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC | os.O_NOFOLLOW, 0o644)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            os.close(descriptor)
            if isinstance(error, BlockingIOError):
                raise PublishError(f"another build is writing {out}; wait for it to end") from error
            raise PublishError(
                f"{path} cannot be locked ({error.strerror}); choose an --out on another disk"
            ) from error
        if _is_same_file(descriptor, path):
            break
        # Another build removed the file between our open and our lock: this lock guards nothing.
        os.close(descriptor)

    def clock() -> int:
        os.utime(descriptor)
        return os.fstat(descriptor).st_mtime_ns

    try:
        yield clock
    finally:
        # Unlink while still holding it: whoever opens the path next makes a lock of its own.
        path.unlink(missing_ok=True)
        os.close(descriptor)


def _is_same_file(descriptor: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(descriptor), path.stat())
    except FileNotFoundError:
        return False


def _clear_leftovers(out: Path) -> None:
    put_back(out)
    for path in leftovers(out):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            # No build makes it, but it would stand in the way of one.
            path.unlink()


def has_leftovers(out: Path) -> bool:
    """Whether a killed build has left something beside the folder."""
    return any(leftovers(out.absolute()))


def _exchange(complete: Mapping[str, bytes], out: Path, spare: Path | None) -> Changes:
    """Make `out` hold these files and no others; one of them is the manifest."""
    present = set(_listing(out))
    same = {path for path in complete.keys() & present if _equals(f"{out}/{path}", complete[path])}
    written = sorted(path for path in complete.keys() - same if path != MANIFEST)
    removed = sorted(present - complete.keys())
    unchanged = len(same - {MANIFEST})
    if out.is_dir() and same == set(complete) and not removed:
        return Changes(written=(), removed=(), unchanged=unchanged)
    replace_folder({path: data for path, data in complete.items() if path not in same}, same, removed, out, spare)
    return Changes(written=tuple(written), removed=tuple(removed), unchanged=unchanged)


def _listing(folder: Path) -> Iterator[str]:
    start = len(str(folder)) + 1
    for base, _, names in os.walk(folder):
        below = base[start:] + "/" if len(base) >= start else ""
        for name in names:
            yield below + name


def _equals(path: str, data: bytes) -> bool:
    try:
        info = os.lstat(path)
        if info.st_size != len(data) or not stat.S_ISREG(info.st_mode):
            return False
        with open(path, "rb") as handle:
            return handle.read() == data
    except OSError:
        return False
