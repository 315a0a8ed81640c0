"""What came of a row of the audit, and where that is kept from one run to the next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import msgspec


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many things were tried, what failed, and why a row could not be tried at all.

    `notes` are worth saying though nothing failed: what is not there yet, what helpgen does otherwise on purpose.
    """

    tried: int
    failed: tuple[str, ...] = ()
    skipped: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A row that was tried, and the seconds that it took."""

    tally: Tally
    seconds: float


def read_kept(path: Path | None) -> dict[str, Kept]:
    """The rows in a file by their names; none without a file."""
    return msgspec.json.decode(path.read_bytes(), type=dict[str, Kept]) if path is not None and path.exists() else {}


def write_kept(path: Path | None, rows: Mapping[str, Kept]) -> None:
    if path is not None:
        path.write_bytes(msgspec.json.format(msgspec.json.encode(rows)) + b"\n")
