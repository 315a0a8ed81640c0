"""A new folder in the place of an old one, in one step.

1. Fill a staging folder beside it: hard links of the files that are as before, new files for the others; force it to disk.
2. Exchange the two in one system call.
3. Take away the old one.
"""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
from collections.abc import Collection, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from itertools import chain
from pathlib import Path

from helpgen.pipeline.manifest import BATCH, THREADS, batched

_RENAME_EXCHANGE = 2
_AT_FDCWD = -100
# Up to so many new files and folders are forced to disk one by one; for more, one sync of everything is quicker.
_SYNC_SINGLY = 64


def leftovers(out: Path) -> Iterator[Path]:
    """The staging folders that killed builds have left beside `out`."""
    return out.parent.glob(f".{out.name}.staging-*")


def replace_folder(files: Mapping[str, bytes], kept: Collection[str], out: Path) -> None:
    """Put a folder with these files, and those of `out` that are kept, in the place of `out`."""
    staging = _staging(out)
    try:
        _fill(staging, files, kept, out)
        _swap(staging, out)
        # The old site, if there was one.
        _remove(staging, kept)
    finally:
        if staging.exists():
            shutil.rmtree(staging, ignore_errors=True)


def _staging(out: Path) -> Path:
    return out.parent / f".{out.name}.staging-{os.getpid()}"


def _remove(folder: Path, known: Collection[str]) -> None:
    """Take away files that are known to be there, which is quicker than to look for them; `rmtree` does the rest."""
    root = f"{folder}/"
    below: set[str] = set()
    for path in known:
        below.add(path.rpartition("/")[0])
        with suppress(OSError):
            os.unlink(root + path)
    # A folder before the one that it lies in.
    for path in sorted(below, reverse=True):
        with suppress(OSError):
            os.rmdir(root + path)


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
