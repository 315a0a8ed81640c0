"""The disk -> "something changed".

Two watches: one over the folders of the sources (content, themes), with all that is in them, and one over the site's
own folder without what lies below. The second sees helpgen.yaml even when an editor saves by renaming (a watch on the
file itself would be left with the old one), and folders that come or go; then the first watch is set up anew.
Build output and caches are in neither.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

from watchfiles import Change, watch
from watchfiles._rust_notify import WatchfilesRustInternalError

_FOLDERS: Final = ("content", "themes")
_CONFIGS: Final = ("helpgen.yaml", "helpgen.yml")
# Writes that follow each other closer than this are one change: editors truncate, write and rename.
_QUIET_MS: Final = 12
_GROUP_MS: Final = 250
_SETTLED_MS: Final = 1_500


class Watch:
    """Watches a site until `stop` is set. Start it before the first build, so that no change falls between."""

    def __init__(self, site: Path, further: Sequence[Path], stop: threading.Event) -> None:
        self._site = site.resolve()
        self._further = [path.resolve() for path in further]
        self._stop = stop
        self._changed = threading.Event()
        self._again = threading.Event()
        self._lock = threading.Lock()
        self._paths: set[str] | None = set()

    def start(self) -> None:
        """Start both watches."""
        threading.Thread(target=self._watch_root, name="watch-root", daemon=True).start()
        threading.Thread(target=self._watch_folders, name="watch-folders", daemon=True).start()

    def wait(self, seconds: float) -> bool:
        """Wait for a change, so long at most; tells whether there was one."""
        if not self._changed.wait(seconds):
            return False
        # Cleared before the files are read: a change during the build sets it again.
        self._changed.clear()
        return True

    def take(self) -> frozenset[str] | None:
        """The paths that have changed since they were last taken; None if more may have changed than is known."""
        with self._lock:
            paths, self._paths = self._paths, set()
        return None if paths is None else frozenset(paths)

    def peek(self, seconds: float) -> bool:
        """Wait so long, or until there is a change, and tell whether there is one; `wait` will still tell of it."""
        return self._changed.wait(seconds)

    def nudge(self) -> None:
        """Make `wait` return."""
        self._changed.set()

    def note(self, paths: Iterable[str] | None) -> None:
        """Make `wait` tell of a change of these paths; None for any."""
        with self._lock:
            if paths is None or self._paths is None:
                self._paths = None
            else:
                self._paths.update(paths)
        self._changed.set()

    def _watch_root(self) -> None:
        while not self._stop.is_set():
            with suppress(WatchfilesRustInternalError):
                self._follow_root()
            # For what changed while there was no watch.
            self.note(None)

    def _follow_root(self) -> None:
        found = watch(
            self._site,
            recursive=False,
            watch_filter=lambda _change, path: Path(path).name in (*_FOLDERS, *_CONFIGS),
            step=_QUIET_MS,
            debounce=_GROUP_MS,
            stop_event=self._stop,
            ignore_permission_denied=True,
        )
        for changes in found:
            if any(Path(path).name in _FOLDERS and change is not Change.modified for change, path in changes):
                self._again.set()
            self.note(None)

    def _watch_folders(self) -> None:
        while not self._stop.is_set():
            self._again.clear()
            folders = [path for path in (*(self._site / name for name in _FOLDERS), *self._further) if path.is_dir()]
            if not folders:
                self._again.wait(0.5)
                continue
            found = watch(
                *dict.fromkeys(folders),
                watch_filter=None,
                step=_QUIET_MS,
                debounce=_GROUP_MS,
                stop_event=_Either(self._stop, self._again),
                rust_timeout=_SETTLED_MS,
                yield_on_timeout=True,
                ignore_permission_denied=True,
            )
            # A change of a file whose name is no UTF-8 ends a watch. The next one reads everything, as each does.
            with suppress(WatchfilesRustInternalError):
                for number, changes in enumerate(found):
                    if number == 0:
                        # In any case: for what changed while the watch was set up.
                        self.note(None)
                    elif changes:
                        self.note(path for _, path in changes)


class _Either:
    """Set as soon as one of two events is: all that the watch asks of an event."""

    def __init__(self, *events: threading.Event) -> None:
        self._events = events

    def is_set(self) -> bool:
        return any(event.is_set() for event in self._events)
