"""Ways in which a file of a cache can be wrong, drawn by chance: bits, cuts, swapped blocks, swapped rows, what is not ours."""

from __future__ import annotations

import pickle
import sqlite3
from collections.abc import Callable
from pathlib import Path
from random import Random

BLOCK = 512


class Bomb:
    """Writes a file when it is unpickled."""

    def __init__(self, mark: Path) -> None:
        self._mark = mark

    def __reduce__(self) -> tuple[object, ...]:
        return Path.write_text, (self._mark, "run")


def damage(path: Path, chance: Random, mark: Path) -> str:
    """Damage a database; the name of what was done. `mark` is written if anything of it is ever run as code."""
    kinds: dict[str, Callable[[Path, Random], None]] = {
        "bits": flip_bits,
        "bits of a row": _flip_row,
        "cut": cut,
        "blocks swapped": _swap_blocks,
        "rows swapped": swap_rows,
        "random bytes": lambda path, chance: _noise(path, chance),
        "a pickle for a row": lambda path, chance: _pickle_row(path, chance, mark),
        "a pickle for the file": lambda path, _: _pickle_file(path, mark),
    }
    name = chance.choice(list(kinds))
    kinds[name](path, chance)
    return name


def flip_bits(path: Path, chance: Random) -> None:
    """One to eight bits of a file."""
    data = bytearray(path.read_bytes())
    for _ in range(chance.randint(1, 8)):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    path.write_bytes(data)


def cut(path: Path, chance: Random) -> None:
    """The file ends somewhere."""
    data = path.read_bytes()
    path.write_bytes(data[: chance.randrange(len(data))])


def _noise(path: Path, chance: Random) -> None:
    path.write_bytes(chance.randbytes(chance.randrange(1, 5_000)))


def _swap_blocks(path: Path, chance: Random) -> None:
    data = bytearray(path.read_bytes())
    one, other = (chance.randrange(len(data) // BLOCK) * BLOCK for _ in range(2))
    data[one : one + BLOCK], data[other : other + BLOCK] = data[other : other + BLOCK], data[one : one + BLOCK]
    path.write_bytes(data)


def swap_rows(path: Path, chance: Random) -> None:
    """Digest and value of two rows: each is whole, under the wrong key."""
    with sqlite3.connect(path) as database:
        rows = database.execute("SELECT key, digest, value FROM memo ORDER BY key").fetchall()
        (key, *one), (other_key, *other) = chance.sample(rows, 2)
        database.execute("UPDATE memo SET digest = ?, value = ? WHERE key = ?", (*other, key))
        database.execute("UPDATE memo SET digest = ?, value = ? WHERE key = ?", (*one, other_key))
    database.close()


def _flip_row(path: Path, chance: Random) -> None:
    with sqlite3.connect(path) as database:
        key, value = chance.choice(database.execute("SELECT key, value FROM memo ORDER BY key").fetchall())
        data = bytearray(value)
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        database.execute("UPDATE memo SET value = ? WHERE key = ?", (bytes(data), key))
    database.close()


def _pickle_row(path: Path, chance: Random, mark: Path) -> None:
    with sqlite3.connect(path) as database:
        (key,) = chance.choice(database.execute("SELECT key FROM memo ORDER BY key").fetchall())
        database.execute("UPDATE memo SET value = ? WHERE key = ?", (pickle.dumps(Bomb(mark)), key))
    database.close()


def _pickle_file(path: Path, mark: Path) -> None:
    path.write_bytes(pickle.dumps(Bomb(mark)))
