"""Earlier results, by content.

The law of this cache: a result is stored under the digest of everything it was made from (helpgen's own source, the
stage, what all items share, the item); it is data (JSON), never code; it is checked against a digest of key and value
before use.
So an entry is right or it is a miss: a lost, damaged or foreign cache only costs time.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Sequence
from functools import cache
from importlib import metadata
from pathlib import Path
from types import TracebackType
from typing import TypeVar

from helpgen.pipeline.workers import Report, Runner, Stage, silent

Item = TypeVar("Item")
Shared = TypeVar("Shared")
Result = TypeVar("Result")

_SCHEMA = "CREATE TABLE IF NOT EXISTS memo (key BLOB PRIMARY KEY, digest BLOB NOT NULL, value BLOB NOT NULL)"
# Libraries whose version changes what the stages make.
_LIBRARIES = ("jinja2", "markdown-it-py", "mdit-py-plugins", "nh3", "pygments", "pyyaml", "imagesize", "msgspec")


# Bytes of new entries that wait in memory.
_MOST_WAITING = 32_000_000
# What of helpgen's own files changes results: its source, the data of the search, the script that asks canaries.
_OWN = (".py", ".json", ".mjs")


@cache
def own_digest() -> bytes:
    """Digest of helpgen's source and of the versions of what it stands on: another program makes other results."""
    package = Path(__file__).resolve().parent.parent
    total = hashlib.sha256()
    for path in sorted(path for path in package.rglob("*") if path.suffix in _OWN):
        total.update(path.relative_to(package).as_posix().encode() + b"\0")
        total.update(hashlib.sha256(path.read_bytes()).digest())
    for name in _LIBRARIES:
        total.update(f"{name}={metadata.version(name)}\0".encode())
    return total.digest()


class Memo:
    """A runner that answers what it knows and passes on the rest. Close it (or use `with`) to save what is new."""

    def __init__(self, folder: Path, inner: Runner) -> None:
        self._inner = inner
        self._path = folder / "memo.sqlite"
        self._used: set[bytes] = set()
        self._new: list[tuple[bytes, bytes, bytes]] = []
        self._waiting = 0
        self._written = False
        self._mapped = False
        self.hits: dict[str, tuple[int, int]] = {}
        self.problem = ""
        self._database = self._open()

    @property
    def report(self) -> Report:
        return self._inner.report

    @report.setter
    def report(self, report: Report) -> None:
        self._inner.report = report

    def map(self, stage: Stage[Item, Shared, Result], items: Sequence[Item], shared: Shared) -> list[Result]:
        """As `Runner.map`; only items without a stored result are passed on."""
        self._mapped = True
        base = _base(stage, shared)
        keys = [hashlib.sha256(base + stage.identify(item)).digest() for item in items]
        results: list[Result | None] = [self._load(stage, key) for key in keys]
        missing = [index for index, result in enumerate(results) if result is None]
        known, total = self.hits.get(stage.name, (0, 0))
        self.hits[stage.name] = (known + len(items) - len(missing), total + len(items))
        made = self._inner.map(stage, [items[index] for index in missing], shared)
        for index, result in zip(missing, made, strict=True):
            results[index] = result
            if stage.lasts(result):
                self._add(keys[index], stage.encode_result(result))
        self._used.update(keys)
        return [result for result in results if result is not None]

    def recall(self, stage: Stage[Item, Shared, Result], item: Item, shared: Shared) -> Result | None:
        """The stored result of one item, if there is one; nothing is passed on."""
        return self._load(stage, hashlib.sha256(_base(stage, shared) + stage.identify(item)).digest())

    def keep(self, stage: Stage[Item, Shared, Result], item: Item, shared: Shared, result: Result) -> None:
        """Store the result of one item that the stage itself cannot make."""
        key = hashlib.sha256(_base(stage, shared) + stage.identify(item)).digest()
        self._add(key, stage.encode_result(result))
        self._used.add(key)

    def save(self) -> None:
        """Store what is new and forget what two builds did not use. A cache that cannot be written costs only time."""
        # What used nothing new tells nothing about what is stale.
        if self._database is not None and (self._new or self._written):
            # Nor does a build that made little of an earlier one know what that needs.
            self._write(prune=self._mapped)

    def close(self) -> None:
        self.save()
        if self._database is not None:
            self._database.close()
            self._database = None

    def __enter__(self) -> Memo:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _load(self, stage: Stage[Item, Shared, Result], key: bytes) -> Result | None:
        if self._database is None:
            return None
        try:
            row = self._database.execute("SELECT digest, value FROM memo WHERE key = ?", (key,)).fetchone()
        except sqlite3.Error:
            self._discard()
            return None
        if row is None or not isinstance(row[1], bytes) or _digest(key, row[1]) != row[0]:
            return None
        try:
            return stage.decode_result(row[1])
        except ValueError:
            return None

    def _add(self, key: bytes, value: bytes) -> None:
        """Note an entry; it is written when enough have come together, so that they do not fill the memory."""
        self._new.append((key, _digest(key, value), value))
        self._waiting += len(value)
        if self._waiting > _MOST_WAITING and self._database is not None:
            self._write(prune=False)

    def _write(self, *, prune: bool) -> None:
        assert self._database is not None
        try:
            with self._database:
                self._database.executemany("INSERT OR REPLACE INTO memo VALUES (?, ?, ?)", self._new)
                if prune:
                    self._prune(self._database)
        except sqlite3.Error as error:
            self.problem = f"the cache could not be written: {error}"
        self._written = not prune
        self._new.clear()
        self._waiting = 0

    def _prune(self, database: sqlite3.Connection) -> None:
        (count,) = database.execute("SELECT count(*) FROM memo").fetchone()
        if count <= 2 * len(self._used) + 1_000:
            return
        stale = [(key,) for (key,) in database.execute("SELECT key FROM memo") if key not in self._used]
        database.executemany("DELETE FROM memo WHERE key = ?", stale)

    def _open(self) -> sqlite3.Connection | None:
        for attempt in (1, 2):
            try:
                self._path.parent.mkdir(parents=True, exist_ok=True)
                ignore = self._path.parent.parent / ".gitignore"
                if not ignore.exists():
                    ignore.write_text("*\n")
                return _connect(self._path)
            except (sqlite3.Error, OSError) as error:
                self.problem = f"the cache cannot be used: {error}"
                if attempt == 1:
                    self._discard()
        return None

    def _discard(self) -> None:
        """Throw a damaged cache away."""
        database = getattr(self, "_database", None)
        if database is not None:
            database.close()
            self._database = None
        try:
            _remove(self._path)
        except OSError as error:
            self.problem = f"the damaged cache cannot be removed: {error}"


def _digest(key: bytes, value: bytes) -> bytes:
    """Of the key too: a value that stands under another's key is no result of what that key stands for."""
    return hashlib.sha256(key + value).digest()


def _base(stage: Stage[Item, Shared, Result], shared: Shared) -> bytes:
    """What the keys of a stage's items begin with."""
    return hashlib.sha256(own_digest() + stage.name.encode() + b"\0" + stage.identify_shared(shared)).digest()


def _connect(path: Path) -> sqlite3.Connection:
    database = sqlite3.connect(path, timeout=10, check_same_thread=False)
    try:
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA synchronous = NORMAL")
        database.execute(_SCHEMA)
        database.execute("SELECT key, digest, value FROM memo LIMIT 1").fetchone()
        database.commit()
    except sqlite3.Error:
        database.close()
        raise
    return database


def _remove(path: Path) -> None:
    for name in _files(path):
        name.unlink(missing_ok=True)


def _files(path: Path) -> Iterable[Path]:
    return (path, path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm"))


def forget(folder: Path) -> None:
    """Remove a cache."""
    _remove(folder / "memo.sqlite")


__all__ = ["Memo", "forget", "own_digest", "silent"]
