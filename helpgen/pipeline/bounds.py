"""Bounds on the processor time and the memory of one piece of work, set from outside, so that the work stays pure.

Time is processor time: a busy machine stops nobody. Memory is address space beyond what the process had at the start.
Both exist where POSIX does, and in the main thread of a process: of builds and their workers, not of the preview.
"""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from types import FrameType
from typing import Final, NoReturn, TypeVar

Result = TypeVar("Result")

_MEGABYTE: Final = 1_000_000
_STATM: Final = "/proc/self/statm"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """Seconds of processor time, and megabytes (10^6 bytes) of memory; `names` are those of the two settings."""

    seconds: int
    megabytes: int
    names: tuple[str, str]


class OverrunError(Exception):
    """The work went beyond a bound; the message is a clause that names it."""


class _LateError(BaseException):
    """Not an Exception, so that no library takes it for its own."""


def within(bounds: Bounds, work: Callable[[], Result]) -> Result:
    """Do the work. Raises OverrunError when it takes more than its bounds."""
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "setitimer"):
        return work()
    try:
        before = signal.signal(signal.SIGPROF, _stop)
        try:
            signal.setitimer(signal.ITIMER_PROF, bounds.seconds)
            return _within_memory(bounds.megabytes, work)
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
            signal.signal(signal.SIGPROF, before)
    except _LateError:
        reason = f"took more than {bounds.seconds:,} seconds of processor time, the limit {bounds.names[0]}"
    except MemoryError:
        reason = f"took more than {bounds.megabytes:,} megabytes of memory, the limit {bounds.names[1]}"
    raise OverrunError(reason)


def _stop(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise _LateError


def _within_memory(megabytes: int, work: Callable[[], Result]) -> Result:
    # Elsewhere the kernel does not hold a process to this bound, or does not say how much it has.
    if sys.platform != "linux":
        return work()
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    with open(_STATM, "rb") as handle:
        pages = int(handle.read().split()[0])
    wanted = pages * resource.getpagesize() + megabytes * _MEGABYTE
    lowest = min((bound for bound in (wanted, soft, hard) if bound != resource.RLIM_INFINITY), default=wanted)
    resource.setrlimit(resource.RLIMIT_AS, (lowest, hard))
    try:
        return work()
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
