"""A new folder in the place of an old one, in one step.

1. Fill a staging folder beside it: hard links of the files that are as before, new files for the others; force it to disk.
   Where the old one has a spare (spare.py), that is the staging folder, and only what differs is changed in it.
2. Exchange the two in one system call. Where there is none, in three renames; the next build puts back what a killed one moved
   aside (`put_back`).
3. Make of the old one the spare of the new one, or take it away.
"""

from __future__ import annotations

import ctypes
import errno
import glob
import os
import shutil
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from itertools import chain, groupby
from pathlib import Path

from helpgen.pipeline.manifest import BATCH, MANIFEST, THREADS, batched
from helpgen.pipeline.spare import change_files, keep_spare, take_spare

# linux/fs.h, fcntl.h; sys/stdio.h of macOS
_RENAME_EXCHANGE = 2
_AT_FDCWD = -100
_RENAME_SWAP = 2
# Up to so many files and folders are made, and forced to disk, one by one; for more, threads and one sync are quicker.
_SYNC_SINGLY = 64
# Why a folder cannot be exchanged for another, where the system's own words are no help.
_WHY = {
    errno.EBUSY: "a mount point cannot be exchanged for the new site; choose a folder inside it as --out",
    errno.EXDEV: "a folder that lies in a lower layer of an overlay file system cannot be exchanged for the new site;"
    " remove it first, or choose another --out",
}


def leftovers(out: Path) -> Iterator[Path]:
    """The staging folders that killed builds have left beside `out`."""
    return out.parent.glob(f".{glob.escape(out.name)}.staging-*")


def put_back(out: Path) -> None:
    """Put the old site back where a killed build has moved it aside and put no new one in its place."""
    if os.path.lexists(out) and not (out.is_dir() and not any(out.iterdir())):
        return
    for aside in leftovers(out):
        if aside.name.startswith(_aside(out, "")) and not aside.is_symlink() and (aside / MANIFEST).is_file():
            aside.rename(out)
            return


def replace_folder(
    files: Mapping[str, bytes], kept: Collection[str], gone: Collection[str], out: Path, spare: Path | None = None
) -> None:
    """Put a folder with these files, and those of `out` that are kept, in the place of `out`.

    `gone` are the others that `out` has now. `spare` is where its spare may be, and will be; None: there shall be none.
    """
    staging = _staging(out)
    try:
        if spare is not None and take_spare(spare, staging, out):
            _change(staging, files, gone)
        else:
            _fill(staging, files, kept, out)
        _swap(staging, out)
        # The old site, if there was one.
        if staging.exists() and (spare is None or not keep_spare(staging, spare, out, files, gone)):
            _remove(staging, kept)
    finally:
        if staging.exists():
            shutil.rmtree(staging, ignore_errors=True)


def _staging(out: Path) -> Path:
    return out.parent / f".{out.name}.staging-{os.getpid()}"


def _aside(out: Path, number: object) -> str:
    return f".{out.name}.staging-old-{number}"


def _remove(folder: Path, known: Collection[str]) -> None:
    """Take away files that are known to be there, which is quicker than to look for them; `rmtree` does the rest."""
    root = f"{folder}/"

    def remove_file(path: str) -> None:
        with suppress(OSError):
            os.unlink(root + path)

    def remove_folder(path: str) -> None:
        with suppress(OSError):
            os.rmdir(root + path)

    _for_each(remove_file, sorted(known))
    # A folder before the one that it lies in.
    for level in reversed(_levels(known)):
        _for_each(remove_folder, level)


def _fill(staging: Path, files: Mapping[str, bytes], kept: Collection[str], out: Path) -> None:
    """Put these files into a new folder, and those of `out` that are kept; all are on the disk when it returns."""
    root, old = f"{staging}/", f"{out}/"
    os.mkdir(staging)
    levels = _levels(chain(files, kept))
    for level in levels:
        _for_each(lambda folder: os.mkdir(root + folder), level)
    folders = ["", *chain.from_iterable(levels)]
    singly = max(len(files), len(folders)) <= _SYNC_SINGLY

    def put(path: str) -> None:
        data = files.get(path)
        if data is None:
            if not _link(old + path, root + path):
                _copy(old + path, root + path, sync=singly)
            return
        _write(root + path, data, sync=singly)

    # Neighbours one after the other: the file system has their folder at hand.
    _for_each(put, sorted(chain(files, kept)))
    if not singly:
        # All files, links and folders at once.
        _sync_file_system(staging)
        return
    for folder in folders:
        _sync_folder(staging / folder)


def _change(staging: Path, files: Mapping[str, bytes], gone: Collection[str]) -> None:
    """Put these files into a folder in the place of its own, and take away those that are gone; all is on the disk then."""
    root = f"{staging}/"
    singly = len(files) + len(gone) <= _SYNC_SINGLY
    touched = change_files(root, files, gone, lambda path: _write(root + path, files[path], sync=singly))
    if not singly:
        _sync_file_system(staging)
        return
    for folder in sorted(touched):
        _sync_folder(staging / folder)


def _for_each(do: Callable[[str], None], paths: Sequence[str]) -> None:
    """Do it for each path; of many several at once, since the kernel has most of the work."""
    if len(paths) <= _SYNC_SINGLY:
        for path in paths:
            do(path)
        return

    def do_all(batch: Iterable[str]) -> None:
        for path in batch:
            do(path)

    with ThreadPoolExecutor(THREADS) as pool:
        for _ in pool.map(do_all, batched(paths, BATCH)):
            pass


def _levels(paths: Iterable[str]) -> list[list[str]]:
    """The folders in which these files lie, and those in which these lie: sorted, the outermost first."""
    found: set[str] = set()
    for path in paths:
        folder = path.rpartition("/")[0]
        while folder and folder not in found:
            found.add(folder)
            folder = folder.rpartition("/")[0]
    by_depth = groupby(sorted(found, key=lambda folder: (folder.count("/"), folder)), lambda folder: folder.count("/"))
    return [list(level) for _, level in by_depth]


def _write(path: str, data: bytes, *, sync: bool) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o666)
    with open(descriptor, "wb", buffering=0) as handle:
        # One call writes less than all only where the disk is full, and then the next one says so.
        rest = memoryview(data)
        while rest:
            rest = rest[handle.write(rest) or 0 :]
        if sync:
            os.fsync(descriptor)


def _copy(source: str, target: str, *, sync: bool) -> None:
    """With the time at which it was written: a file that is as before looks so, too."""
    written = os.stat(source).st_mtime_ns
    _write(target, Path(source).read_bytes(), sync=sync)
    os.utime(target, ns=(written, written))


def _link(source: str, target: str) -> bool:
    """A hard link, where the file system has them."""
    try:
        os.link(source, target, follow_symlinks=False)
    except OSError as error:
        if error.errno in (errno.EPERM, errno.EXDEV, errno.EMLINK, errno.ENOTSUP, errno.ENOSYS):
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
    """Put the staging folder in the place of the old one, which is the staging folder then."""
    try:
        if not out.exists():
            staging.rename(out)
        elif not _rename_exchange(staging, out):
            _rename_in_turn(staging, out)
    except OSError as error:
        raise OSError(error.errno, _WHY.get(error.errno or 0, error.strerror), str(out)) from error
    _sync_folder(out.parent)


def _rename_in_turn(staging: Path, out: Path) -> None:
    """Exchange two folders where no call does it: there is a moment without a site."""
    old = out.with_name(_aside(out, os.getpid()))
    try:
        out.rename(old)
        staging.rename(out)
    finally:
        if not out.exists():
            old.rename(out)
    # Under that name there is only a whole site: `put_back` must never meet one that is half taken away.
    old.rename(staging)


def _rename_exchange(first: Path, second: Path) -> bool:
    """renameat2(2) with RENAME_EXCHANGE, or renamex_np(2) of macOS with RENAME_SWAP; false where there is neither."""
    try:
        library = ctypes.CDLL(None, use_errno=True)
    except OSError:
        return False
    paths = os.fsencode(first), os.fsencode(second)
    if hasattr(library, "renameat2"):
        done = library.renameat2(_AT_FDCWD, paths[0], _AT_FDCWD, paths[1], _RENAME_EXCHANGE)
    elif hasattr(library, "renamex_np"):
        done = library.renamex_np(*paths, _RENAME_SWAP)
    else:
        return False
    if done == 0:
        return True
    number = ctypes.get_errno()
    if number in (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP):
        return False
    raise OSError(number, os.strerror(number), str(second))
