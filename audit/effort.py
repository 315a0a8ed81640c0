"""What the rows of the audit share: where the checkout is, and how much to try."""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def processors() -> int:
    """How many this process may use, which may be fewer than the machine has."""
    allowed = getattr(os, "sched_getaffinity", None)
    return len(allowed(0)) if allowed is not None else os.cpu_count() or 1


def effort(short: int, whole: int) -> int:
    """How often something is tried: `whole` when HELPGEN_AUDIT is "whole", else `short`."""
    return whole if os.environ.get("HELPGEN_AUDIT") == "whole" else short
