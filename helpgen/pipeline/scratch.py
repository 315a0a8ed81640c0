"""A folder for the time of a block, among the system's temporary files.

It is locked as long as its process lives, and the kernel drops the lock of a process that dies. So whoever can lock a folder of
this kind has found what a killed build left, and takes it away.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_PREFIX = "helpgen-canaries-"
_TRIES = 10


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """A new folder, gone after the block. Raises OSError when there can be none."""
    folder, lock = _make()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        if lock >= 0:
            os.close(lock)


def clear_scratch() -> None:
    """Take away what killed builds of this user have left. What cannot be taken away costs only its place."""
    with suppress(OSError), os.scandir(tempfile.gettempdir()) as entries:
        left = [Path(entry.path) for entry in entries if entry.name.startswith(_PREFIX)]
        for folder in left:
            with suppress(OSError):
                lock = _locked(folder)
                if lock >= 0:
                    shutil.rmtree(folder, ignore_errors=True)
                    os.close(lock)


def _make() -> tuple[Path, int]:
    """The folder and its lock, which is -1 where the file system knows none."""
    for _ in range(_TRIES):
        folder = Path(tempfile.mkdtemp(prefix=_PREFIX))
        try:
            lock = _locked(folder)
        except (BlockingIOError, FileNotFoundError):
            # Another build took it for a leftover, in the moment before it was locked.
            continue
        except OSError:
            lock = -1
        if folder.is_dir():
            return folder, lock
        if lock >= 0:
            os.close(lock)
    raise OSError(f"no folder could be kept in {tempfile.gettempdir()}")


def _locked(folder: Path) -> int:
    """A lock on a folder of this user. Raises OSError, BlockingIOError when another process has it."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        if os.fstat(descriptor).st_uid != os.geteuid():
            raise PermissionError(f"{folder} is another user's")
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(descriptor)
        raise
    return descriptor
