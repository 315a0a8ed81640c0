"""What came of a row of the audit."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many things were tried, what failed, and why a row could not be tried at all.

    `notes` are worth saying though nothing failed: what is not there yet, what helpgen does otherwise on purpose.
    """

    tried: int
    failed: tuple[str, ...] = ()
    skipped: str = ""
    notes: tuple[str, ...] = ()
