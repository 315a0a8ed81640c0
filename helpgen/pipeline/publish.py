"""The built files -> the output folder, in one step.

1. Take a lock beside the output (`.build.lock`), clear what a killed build left behind.
2. Refuse a folder that is not ours: one without our manifest, or one that holds or lies in the sources.
3. Fill a staging folder beside it: hard links of the files that are as before, new files for the others; force it to disk.
4. Exchange the two folders in one system call. Until then the old site is whole; from then on the new one is.

A reader never meets a mixture, and a build that dies leaves the old site.
"""

from __future__ import annotations

import ctypes
import errno
import fcntl
import hashlib
import json
import os
import shutil
from collections.abc import Collection, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import Any

from helpgen.model.build import Build, Changes
from helpgen.pipeline.manifest import (
    BATCH,
    MANIFEST,
    THREADS,
    batched,
    entry_of,
    manifest_of,
    read_manifest,
    write_manifest,
)

_RENAME_EXCHANGE = 2
_AT_FDCWD = -100
# Up to so many new files and folders are forced to disk one by one; for more, one sync of everything is quicker.
_SYNC_SINGLY = 64
# Longer than a tick of the clock by which a file system dates changes.
SETTLED_SECONDS = 0.03


class PublishError(Exception):
    """The output cannot be written; the message names the path and the reason. The old site is untouched."""


def publish(files: Mapping[str, bytes], out: Path, *, sources: Path, extra: Mapping[str, str] | None = None) -> Changes:
    """Make `out` hold exactly these files (and our manifest). `extra` is kept in the manifest.

    Raises PublishError when the folder is not ours, is in use by another build, or cannot be written.
    """
    out = out.absolute()
    _must_stay_inside(files)
    try:
        _refuse_foreign(out, sources.resolve())
        out.parent.mkdir(parents=True, exist_ok=True)
        with _lock(out):
            _clear_leftovers(out)
            return _exchange(files, out, extra or {})
    except OSError as error:
        raise PublishError(f"{error.filename or out}: {error.strerror or error}") from error


def _must_stay_inside(paths: Iterable[str]) -> None:
    """Raises ValueError for a path that leads out of the output.

    No stage makes one; were there a hole in one of them, nothing outside would be written all the same.
    """
    for path in paths:
        if any(part in ("", ".", "..") for part in path.split("/")) or "\\" in path or "\0" in path:
            raise ValueError(f"{path!r} leads out of the output")


def publish_build(build: Build, out: Path, *, sources: Path) -> Changes:
    """Publish a build's public files to `out` and its private ones (the Whoosh index) to `<out>.whoosh` beside it.

    The public manifest carries the digests of the private indexes: whoever opens one can tell that it is the one that
    was built with the site.
    """
    if build.unchanged is not None:
        if not build.files and not build.gone:
            return Changes(written=(), removed=(), unchanged=build.unchanged)
        return publish_changes(build.files, build.gone, out, sources=sources)
    private = private_folder(out)
    if build.private:
        publish(build.private, private, sources=sources)
    changes = publish(build.files, out, sources=sources, extra=build.digests)
    if not build.private:
        _remove_private(private)
    return changes


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


def publish_changes(files: Mapping[str, bytes], gone: Collection[str], out: Path, *, sources: Path) -> Changes:
    """Make `out`, a folder that we published, hold these files beside its own, without those that are `gone`.

    What the manifest says of the others stays. Raises PublishError as `publish` does.
    """
    out = out.absolute()
    _must_stay_inside(files)
    try:
        _refuse_foreign(out, sources.resolve())
        with _lock(out):
            _clear_leftovers(out)
            manifest = read_manifest(out)
            if manifest is None:
                raise PublishError(f"the manifest of {out} has gone while the site was built; build again")
            listed: dict[str, dict[str, Any]] = manifest["files"]  # type: ignore[assignment]
            _must_stay_inside(listed)
            kept = listed.keys() - files.keys() - set(gone)
            entries = {path: listed[path] for path in kept} | {path: entry_of(data) for path, data in files.items()}
            complete = {**files, MANIFEST: write_manifest(entries, manifest["extra"])}
            _replace(complete, kept, out)
    except OSError as error:
        raise PublishError(f"{error.filename or out}: {error.strerror or error}") from error
    removed = tuple(sorted(set(gone) & listed.keys()))
    return Changes(written=tuple(sorted(files)), removed=removed, unchanged=len(kept))


def private_folder(out: Path) -> Path:
    """`build.whoosh` for `build`: beside the public folder, never inside."""
    return out.absolute().parent / (out.absolute().name + ".whoosh")


def folder_state(out: Path) -> str:
    """A digest of what the file system says of all files of a folder: size, times, number. "" if that tells nothing.

    Whoever writes into a file, replaces it, or adds or takes one away changes the state, also when they set its times back:
    the time of a file's last change of any kind (ctime) is the kernel's. To be asked when nothing has been written for
    `SETTLED_SECONDS`, so that no later change can bear the same time.
    """
    total = hashlib.sha256()
    fine = 0
    for path, info in sorted(_states(os.fspath(out.absolute()), "")):
        fine = fine or info[2] % 1_000_000
        total.update(f"{path}\0{info}\n".encode("utf-8", "surrogateescape"))
    # Times of whole seconds or milliseconds: two changes in a row may look like one.
    return total.hexdigest() if fine else ""


def _states(folder: str, below: str) -> Iterator[tuple[str, tuple[int, ...]]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _states(entry.path, f"{below}{entry.name}/")
            else:
                info = entry.stat(follow_symlinks=False)
                yield below + entry.name, (info.st_mode, info.st_size, info.st_ctime_ns, info.st_mtime_ns, info.st_ino)


def count_standing(out: Path, digest: str, *, sources: Path) -> int | None:
    """How many files `out` has, if they are exactly those of the manifest with this digest, each with its own; else None.

    Every file is read: what somebody has changed by hand is made again.
    """
    out = out.absolute()
    try:
        _refuse_foreign(out, sources.resolve())
        with _lock(out):
            raw = (out / MANIFEST).read_bytes()
            if hashlib.sha256(raw).hexdigest() != digest or any(_leftovers(out)):
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
def _lock(out: Path) -> Iterator[None]:
    """Only one build writes at a time. The kernel drops the lock of a process that dies."""
    path = out.parent / f".{out.name}.lock"
    descriptor = -1
    try:
        while True:
            # Never through a link: the file that it makes would lie wherever the link leads.
            descriptor = os.open(path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC | os.O_NOFOLLOW, 0o644)
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if _is_same_file(descriptor, path):
                break
            # Another build removed the file between our open and our lock: this lock guards nothing.
            os.close(descriptor)
    except BlockingIOError as error:
        os.close(descriptor)
        raise PublishError(f"another build is writing {out}; wait for it to end") from error
    try:
        yield
    finally:
        # Unlink while still holding it: whoever opens the path next makes a lock of its own.
        path.unlink(missing_ok=True)
        os.close(descriptor)


def _is_same_file(descriptor: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(descriptor), path.stat())
    except FileNotFoundError:
        return False


def _staging(out: Path) -> Path:
    return out.parent / f".{out.name}.staging-{os.getpid()}"


def _clear_leftovers(out: Path) -> None:
    for path in _leftovers(out):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            # No build makes it, but it would stand in the way of one.
            path.unlink()


def has_leftovers(out: Path) -> bool:
    """Whether a killed build has left something beside the folder."""
    return any(_leftovers(out.absolute()))


def _leftovers(out: Path) -> Iterator[Path]:
    return out.parent.glob(f".{out.name}.staging-*")


def _exchange(files: Mapping[str, bytes], out: Path, extra: Mapping[str, str]) -> Changes:
    complete = {**files, MANIFEST: manifest_of(files, extra)}
    present = set(_listing(out))
    same = {path for path in complete.keys() & present if _equals(out / path, complete[path])}
    written = sorted(path for path in complete.keys() - same if path != MANIFEST)
    removed = sorted(present - complete.keys())
    unchanged = len(same - {MANIFEST})
    if out.is_dir() and same == set(complete) and not removed:
        return Changes(written=(), removed=(), unchanged=unchanged)
    _replace({path: data for path, data in complete.items() if path not in same}, same, out)
    return Changes(written=tuple(written), removed=tuple(removed), unchanged=unchanged)


def _replace(files: Mapping[str, bytes], kept: Collection[str], out: Path) -> None:
    """Put a folder with these files, and those of `out` that are kept, in the place of `out`."""
    staging = _staging(out)
    try:
        _fill(staging, files, kept, out)
        _swap(staging, out)
    finally:
        if staging.exists():
            shutil.rmtree(staging, ignore_errors=True)


def _listing(folder: Path) -> Iterator[str]:
    start = len(str(folder)) + 1
    for base, _, names in os.walk(folder):
        below = base[start:] + "/" if len(base) >= start else ""
        for name in names:
            yield below + name


def _equals(path: Path, data: bytes) -> bool:
    try:
        info = path.lstat()
        return info.st_size == len(data) and not path.is_symlink() and path.read_bytes() == data
    except OSError:
        return False


def _fill(staging: Path, files: Mapping[str, bytes], kept: Collection[str], out: Path) -> None:
    """Put these files into a new folder, and those of `out` that are kept; all are on the disk when it returns."""
    root, old = f"{staging}/", f"{out}/"
    os.mkdir(staging)
    folders = {""}
    for path in chain(files, kept):
        _make_folders(root, path.rpartition("/")[0], folders)
    singly = max(len(files), len(folders)) <= _SYNC_SINGLY

    def put(path: str) -> None:
        data = files.get(path)
        if data is None:
            if _link(old + path, root + path):
                return
            data = Path(old + path).read_bytes()
        _write(root + path, data, sync=singly)

    def put_all(paths: Iterable[str]) -> None:
        for path in paths:
            put(path)

    if len(files) + len(kept) <= _SYNC_SINGLY:
        put_all(chain(files, kept))
    else:
        # The kernel has most of the work, and does it for several at once.
        with ThreadPoolExecutor(THREADS) as pool:
            for _ in pool.map(put_all, batched(chain(files, kept), BATCH)):
                pass
    if not singly:
        # All files, links and folders at once.
        _sync_file_system(staging)
        return
    for folder in folders:
        _sync_folder(staging / folder)


def _write(path: str, data: bytes, *, sync: bool) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o666)
    with open(descriptor, "wb", buffering=0) as handle:
        # One call writes less than all only where the disk is full, and then the next one says so.
        rest = memoryview(data)
        while rest:
            rest = rest[handle.write(rest) or 0 :]
        if sync:
            os.fsync(descriptor)


def _make_folders(root: str, folder: str, made: set[str]) -> None:
    if folder not in made:
        _make_folders(root, folder.rpartition("/")[0], made)
        os.mkdir(root + folder)
        made.add(folder)


def _link(source: str, target: str) -> bool:
    """A hard link, where the file system has them."""
    try:
        os.link(source, target, follow_symlinks=False)
    except OSError as error:
        if error.errno in (errno.EPERM, errno.EXDEV, errno.EMLINK, errno.ENOTSUP):
            return False
        raise
    return True


def _sync_file_system(folder: Path) -> None:
    """syncfs(2): what has been written to the disk of this folder, and not to every disk of the machine."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        call = getattr(ctypes.CDLL(None, use_errno=True), "syncfs", None)
        if call is None:
            os.sync()
        elif call(descriptor) != 0:
            number = ctypes.get_errno()
            raise OSError(number, os.strerror(number), str(folder))
    finally:
        os.close(descriptor)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _swap(staging: Path, out: Path) -> None:
    """Put the staging folder in the place of the old one."""
    if not out.exists():
        staging.rename(out)
    elif not _rename_exchange(staging, out):
        # No such call here (not Linux, or a file system without it): two renames, with a moment between them.
        old = out.parent / f".{out.name}.staging-old-{os.getpid()}"
        out.rename(old)
        staging.rename(out)
        shutil.rmtree(old, ignore_errors=True)
    _sync_folder(out.parent)


def _rename_exchange(first: Path, second: Path) -> bool:
    """renameat2(2) with RENAME_EXCHANGE; false where it does not exist."""
    try:
        call = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return False
    done = call(_AT_FDCWD, os.fsencode(first), _AT_FDCWD, os.fsencode(second), _RENAME_EXCHANGE)
    if done == 0:
        return True
    number = ctypes.get_errno()
    if number in (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP):
        return False
    raise OSError(number, os.strerror(number), str(second))
