"""A spare of the published folder: a second folder with the very same files under the same names, by hard links.

To make ten thousand folders and links anew for each edit takes longer than the edit. So the folder that an exchange has taken
out of use is brought up to date and kept with the memory. The next build changes it where the new site differs, and exchanges
again.

It is trusted for nothing: a spare is used only if each of its files is the very file (the same inode) that the published folder
has under that name, and neither has another. Whatever is in the way of a spare costs only time.
"""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import suppress
from pathlib import Path


def take_spare(spare: Path, staging: Path, out: Path) -> bool:
    """Move the spare of `out` to `staging`; false if there is none. What lies there and is none is taken away."""
    try:
        if spare.parent.is_symlink() or not _is_folder(spare) or os.lstat(spare).st_dev != os.lstat(out.parent).st_dev:
            return False
        # To be looked at where no other build can exchange it any more.
        os.rename(spare, staging)
    except OSError:
        return False
    with suppress(OSError):
        if _is_folder(out) and _is_same(f"{staging}/", f"{out}/"):
            return True
    shutil.rmtree(staging)
    return False


def keep_spare(old: Path, spare: Path, out: Path, changed: Collection[str], gone: Collection[str]) -> bool:
    """Make of the folder that was `out` before the exchange a spare of what is there now; false if that cannot be done."""
    try:
        if spare.parent.is_symlink() or not spare.parent.is_dir():
            return False
        change_files(f"{old}/", changed, gone, lambda path: os.link(out / path, old / path, follow_symlinks=False))
        if _is_folder(spare):
            # Of a build to another folder.
            shutil.rmtree(spare)
        elif os.path.lexists(spare):
            os.unlink(spare)
        os.rename(old, spare)
    except OSError:
        return False
    return True


def change_files(
    root: str, changed: Iterable[str], gone: Collection[str], put: Callable[[str], None]
) -> Collection[str]:
    """Take away what is gone and the old form of what has changed, and `put` the new one. The folders that were touched."""
    touched = {""}
    for path in gone:
        os.unlink(root + path)
    # A folder before the one that it lies in; those stay in which something is left.
    for folder in sorted({folder for path in gone for folder in _folders_of(path)}, reverse=True):
        try:
            os.rmdir(root + folder)
        except OSError:
            touched.add(folder)
    for path in changed:
        with suppress(FileNotFoundError):
            os.unlink(root + path)
        for folder in _folders_of(path):
            touched.add(folder)
            if os.path.isdir(root + folder):
                break
        os.makedirs(root + path.rpartition("/")[0], exist_ok=True)
        put(path)
    return touched


def _folders_of(path: str) -> Iterator[str]:
    """The folders in which a file lies, the innermost first."""
    while path := path.rpartition("/")[0]:
        yield path


def _is_folder(path: Path) -> bool:
    try:
        return stat.S_ISDIR(os.lstat(path).st_mode)
    except FileNotFoundError:
        return False


def _is_same(first: str, second: str) -> bool:
    """Whether two folders have the same folders and the very same files, name by name."""
    todo = [""]
    while todo:
        below = todo.pop()
        entries = _entries(first + below)
        if entries != _entries(second + below):
            return False
        todo.extend(f"{below}{name}/" for name, number in entries.items() if number is None)
    return True


def _entries(folder: str) -> dict[str, int | None]:
    """By name the number of a file's inode, None for a folder."""
    with os.scandir(folder) as entries:
        return {entry.name: None if entry.is_dir(follow_symlinks=False) else entry.inode() for entry in entries}
