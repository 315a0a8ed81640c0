"""Earlier results, by content.

The law of this cache: a result is stored under the digest of everything it was made from (helpgen's own source, Python
and the libraries, the stage, what all items share, the item); it is data (JSON), never code; it is checked against a
digest of key and value before use.
So an entry is right or it is a miss: a lost, damaged or foreign cache only costs time.
"""

from __future__ import annotations

import hashlib
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any, Generic, TypeVar

import msgspec

from helpgen.pipeline.fingerprint import own_digest
from helpgen.pipeline.manifest import PublishedFiles
from helpgen.pipeline.stage import Made, Stage, entry_key
from helpgen.pipeline.workers import Report, Runner

Item = TypeVar("Item")
Shared = TypeVar("Shared")
Result = TypeVar("Result")
Value = TypeVar("Value")

_SCHEMA = "CREATE TABLE IF NOT EXISTS memo (key BLOB PRIMARY KEY, digest BLOB NOT NULL, value BLOB NOT NULL)"
# Bytes of new entries that wait in memory.
_MOST_WAITING = 8_000_000
# Seconds to wait for another build that holds the cache just now, and between two attempts.
_PATIENCE = 10.0
_PAUSE = 0.02
# What SQLite says of a file that is damaged or of another program. The rest (locked, a full disk, no right to read) passes.
_DAMAGE = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR)


@dataclass(frozen=True, slots=True)
class Note(Generic[Value]):
    """A kind of value that one build leaves for the next: it is kept under a subject, and nothing makes it anew."""

    name: str
    value_type: type[Value]


@dataclass(frozen=True, slots=True)
class _Published(Generic[Result]):
    """A stored result without the bytes of its file, which the published site has under this digest."""

    digest: str
    rest: Result


class _ToBeRead(Made[Result]):
    """A stored result whose file is read when the value is asked for, and kept by whoever asks."""

    __slots__ = ("_read",)

    def __init__(self, stage: Stage[Any, Any, Result], read: Callable[[], Made[Result]]) -> None:
        super().__init__(stage)
        self._read = read

    @property
    def is_here(self) -> bool:
        return False

    @property
    def value(self) -> Result:
        return self._read().value

    @property
    def data(self) -> bytes:
        return self._read().data


class Memo(Runner):
    """A runner that answers what it knows and passes on the rest. Close it (or use `with`) to keep what is new.

    Files of the site are not kept a second time: `published` finds them by their digests.
    """

    def __init__(self, folder: Path, inner: Runner, published: PublishedFiles | None = None) -> None:
        self._inner = inner
        self._published = published
        self._path = folder / "memo.sqlite"
        self._used: set[bytes] = set()
        self._new: list[tuple[bytes, bytes, bytes]] = []
        self._waiting = 0
        self._written = False
        self.hits: dict[str, tuple[int, int]] = {}
        self.problem = ""
        self._database: sqlite3.Connection | None = None
        self._open()

    @property
    def is_busy(self) -> bool:
        return self._inner.is_busy

    @property
    def folder(self) -> Path:
        """Where the cache lies."""
        return self._path.parent

    @property
    def report(self) -> Report:
        return self._inner.report

    @report.setter
    def report(self, report: Report) -> None:
        self._inner.report = report

    def start(
        self, stage: Stage[Item, Shared, Result], items: Sequence[Item], shared: Shared
    ) -> Iterator[Made[Result]]:
        """As `Runner.start`; only items without a stored result are passed on."""
        if not stage.remembered:
            return self._inner.start(stage, items, shared)
        base = _base(stage, shared)
        keys = [entry_key(base, stage.digest(item)) for item in items]
        stored = [self._recall(stage, key) for key in keys]
        missing = [item for item, made in zip(items, stored, strict=True) if made is None]
        known, total = self.hits.get(stage.name, (0, 0))
        self.hits[stage.name] = (known + len(items) - len(missing), total + len(items))
        self._used.update(keys)
        return self._join(stage, items, shared, keys, stored, self._inner.start(stage, missing, shared))

    def _join(
        self,
        stage: Stage[Any, Any, Result],
        items: Sequence[Any],
        shared: Any,
        keys: Sequence[bytes],
        stored: list[Made[Result] | _Published[Result] | None],
        new: Iterator[Made[Result]],
    ) -> Iterator[Made[Result]]:
        """What was stored, and what is new, which is stored on its way."""
        for index, key in enumerate(keys):
            made = stored[index]
            if isinstance(made, _Published):
                made = _ToBeRead(stage, partial(self._read_or_make, stage, made, items[index], shared))
            elif made is None:
                made = next(new)
                if stage.lasts is None or stage.lasts(made.value):
                    self._add(key, _kept(stage, made))
            # Whoever takes it keeps it as long as it is needed, and nobody longer.
            stored[index] = None
            yield made
        for _ in new:
            raise AssertionError(f"{stage.name} has more results than items")

    def rest(self) -> None:
        self._inner.rest()

    def recall(self, stage: Stage[Item, Shared, Result], digest: bytes, shared: Shared) -> Result | None:
        """The stored result of one item, by its digest, if there is one; nothing is passed on."""
        found = self._recall(stage, entry_key(_base(stage, shared), digest))
        made = self._read(stage, found) if isinstance(found, _Published) else found
        try:
            return made.value if made is not None else None
        except ValueError:
            return None

    def keep(self, stage: Stage[Item, Shared, Result], item: Item, shared: Shared, result: Result) -> None:
        """Store the result of one item that was made elsewhere."""
        key = entry_key(_base(stage, shared), stage.digest(item))
        self._add(key, _kept(stage, Made(stage, value=result)))
        self._used.add(key)

    def read_note(self, note: Note[Value], subject: str) -> Value | None:
        """What an earlier build has left under this subject, if anything."""
        stored = self._stored(_note_key(note, subject))
        try:
            return msgspec.json.decode(stored, type=note.value_type) if stored is not None else None
        except ValueError:
            return None

    def leave_note(self, note: Note[Value], subject: str, value: Value) -> None:
        """Leave it for the next build."""
        key = _note_key(note, subject)
        self._add(key, msgspec.json.encode(value))
        self._used.add(key)

    def save(self, *, prune: bool) -> None:
        """Store what is new. A cache that cannot be written costs only time.

        `prune` after a build that made everything and came to its end: what it did not use is forgotten when that is
        most of the cache. One that was stopped, or that made little of an earlier one, does not know what is needed.
        """
        # What used nothing new tells nothing about what is stale.
        if self._database is not None and (self._new or (prune and self._written)):
            self._write(prune=prune)

    def close(self) -> None:
        self.save(prune=False)
        if self._database is not None:
            self._database.close()
            self._database = None

    def __enter__(self) -> Memo:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _recall(self, stage: Stage[Item, Shared, Result], key: bytes) -> Made[Result] | _Published[Result] | None:
        """What is stored. The file of a site is not read before it is wanted: all of them together take much memory."""
        stored = self._stored(key)
        if stored is None or stage.with_published is None:
            return Made(stage, data=stored) if stored is not None else None
        try:
            digest, rest = msgspec.json.decode(stored, type=tuple[str, stage.result_type])  # type: ignore[name-defined]
        except ValueError:
            return None
        if not digest:
            return Made(stage, value=stage.with_published(rest, None))
        there = self._published is not None and self._published.may_hold(digest)
        return _Published(digest, rest) if there else None

    def _read(self, stage: Stage[Any, Any, Result], found: _Published[Result]) -> Made[Result] | None:
        """The result with the bytes of its file, if that still holds them."""
        content = self._published.find(found.digest) if self._published is not None else None
        if content is None or stage.with_published is None:
            return None
        return Made(stage, value=stage.with_published(found.rest, content))

    def _read_or_make(
        self, stage: Stage[Any, Any, Result], found: _Published[Result], item: Any, shared: Any
    ) -> Made[Result]:
        return self._read(stage, found) or self._make_again(stage, item, shared)

    def _make_again(self, stage: Stage[Item, Shared, Result], item: Item, shared: Shared) -> Made[Result]:
        """The result of an item that seemed to be known: its published file has the right size, and other bytes."""
        known, total = self.hits[stage.name]
        self.hits[stage.name] = (known - 1, total)
        (result,) = self._inner.map(stage, [item], shared)
        return Made(stage, value=result)

    def _stored(self, key: bytes) -> bytes | None:
        if self._database is None:
            return None
        try:
            row = self._database.execute("SELECT digest, value FROM memo WHERE key = ?", (key,)).fetchone()
        except sqlite3.Error as error:
            self._give_up(error)
            return None
        if row is None or not isinstance(row[1], bytes) or _digest(key, row[1]) != row[0]:
            return None
        return row[1]

    def _add(self, key: bytes, value: bytes) -> None:
        """Note an entry; it is written when enough have come together, so that they do not fill the memory."""
        if self._database is None:
            return
        self._new.append((key, _digest(key, value), value))
        self._waiting += len(value)
        if self._waiting > _MOST_WAITING:
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
            if _is_damage(error):
                self._give_up(error)
        self._written = not prune
        self._new.clear()
        self._waiting = 0

    def _prune(self, database: sqlite3.Connection) -> None:
        (count,) = database.execute("SELECT count(*) FROM memo").fetchone()
        if count <= 2 * len(self._used) + 1_000:
            return
        stale = [(key,) for (key,) in database.execute("SELECT key FROM memo") if key not in self._used]
        database.executemany("DELETE FROM memo WHERE key = ?", stale)

    def _open(self) -> None:
        """Open the cache, or make one; a damaged one is made anew."""
        link = _link_among(self._path)
        if link is not None:
            self.problem = f"the cache cannot be used: {link} is a symbolic link"
            return
        for _ in range(2):
            try:
                self._path.parent.mkdir(parents=True, exist_ok=True)
                ignore = self._path.parent.parent / ".gitignore"
                if not ignore.exists():
                    ignore.write_text("*\n")
                self._database = _connect(self._path)
                return
            except OSError as error:
                self.problem = f"the cache cannot be used: {error}"
                return
            except sqlite3.Error as error:
                self._give_up(error)
                if not _is_damage(error):
                    return

    def _give_up(self, error: sqlite3.Error) -> None:
        """Go on without the cache. Only a damaged one is removed: any other may be in use by another build."""
        if self._database is not None:
            self._database.close()
            self._database = None
        self._new.clear()
        self._waiting = 0
        if not _is_damage(error):
            self.problem = f"the cache cannot be used: {error}"
            return
        self.problem = f"the cache was damaged and has been removed: {error}"
        try:
            _remove(self._path)
        except OSError as failure:
            self.problem = f"the damaged cache cannot be removed: {failure}"


def _is_damage(error: sqlite3.Error) -> bool:
    return _code(error) in _DAMAGE


def _code(error: sqlite3.Error) -> int:
    """The primary code of an error; the Python module itself gives none when a text is no UTF-8."""
    return getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF


def _kept(stage: Stage[Any, Any, Result], made: Made[Result]) -> bytes:
    """JSON of a result, of one with the bytes of a file only its digest ("" without a file) and the rest."""
    if stage.published is None or stage.with_published is None:
        return made.data
    content = stage.published(made.value)
    digest = hashlib.sha256(content).hexdigest() if content is not None else ""
    return msgspec.json.encode((digest, stage.with_published(made.value, None)))


def _digest(key: bytes, value: bytes) -> bytes:
    """Of the key too: a value that stands under another's key is no result of what that key stands for."""
    return hashlib.sha256(key + value).digest()


def _base(stage: Stage[Item, Shared, Result], shared: Shared) -> bytes:
    """What the keys of a stage's items begin with."""
    return hashlib.sha256(own_digest() + stage.name.encode() + b"\0" + stage.identify_shared(shared)).digest()


def _note_key(note: Note[Any], subject: str) -> bytes:
    return hashlib.sha256(own_digest() + note.name.encode() + b"\0" + subject.encode()).digest()


def _link_among(path: Path) -> Path | None:
    """A symbolic link among the files and folders of the cache.

    One that comes with somebody's site would lead what is written into it, or removed from it, to another place.
    """
    folders = (path.parent.parent, path.parent)
    files = (folders[0] / ".gitignore", path.with_name(path.name + "-journal"), *_files(path))
    return next((name for name in (*folders, *files) if name.is_symlink()), None)


def _connect(path: Path) -> sqlite3.Connection:
    """Open the database; where two builds make a new one at the same time, SQLite itself does not wait."""
    end = time.monotonic() + _PATIENCE
    while True:
        try:
            return _connect_now(path)
        except sqlite3.OperationalError as error:
            if _code(error) != sqlite3.SQLITE_BUSY or time.monotonic() > end:
                raise
        time.sleep(_PAUSE)


def _connect_now(path: Path) -> sqlite3.Connection:
    database = sqlite3.connect(path, timeout=_PATIENCE, check_same_thread=False)
    try:
        # Of a new cache only. Most values are longer than the usual 4 kB, and each further page of one is a step more.
        database.execute("PRAGMA page_size = 16384")
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
