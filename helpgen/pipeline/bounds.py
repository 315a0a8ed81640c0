"""Bounds on the processor time and the memory of pieces of work, set from outside, so that the work stays pure.

Time is processor time: a busy machine stops nobody. Memory is address space beyond what the process had when the piece
of work began; it is bounded on Linux. In the main thread of a process a signal ends what takes too long; in another
thread (the builder of the preview) a watcher beside it does.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from types import FrameType
from typing import Final, NoReturn, Protocol, TypeVar

Result = TypeVar("Result")

_MEGABYTE: Final = 1_000_000
_STATM: Final = "/proc/self/statm"
# How often the watcher of a thread looks at its clock, in seconds.
_LOOK: Final = 0.2
# Seconds of processor time after which work that goes on though it is late is interrupted again.
_AGAIN: Final = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """Seconds of processor time, and megabytes (10^6 bytes) of memory; `names` are those of the two settings."""

    seconds: int
    megabytes: int
    names: tuple[str, str]


class OverrunError(Exception):
    """The work went beyond a bound; the message is a clause that names it. Its cause was raised where the work was."""


class _LateError(BaseException):
    """Not an Exception, so that no library takes it for its own."""


class _Timer(Protocol):
    """Raises _LateError in the thread of the work, some time after `start`, again as long as it goes on, never after `stop`.

    Once is not enough: what is raised in a finaliser, or in what a library in C calls back, is lost there.
    """

    def start(self) -> None: ...

    def stop(self) -> None: ...


class Within:
    """Does pieces of work, one after the other, each within the same bounds."""

    def __init__(self, bounds: Bounds, timer: _Timer, statm: int) -> None:
        self._bounds = bounds
        self._timer = timer
        self._statm = statm

    def do(self, work: Callable[[], Result]) -> Result:
        """Do one piece of work. Raises OverrunError when it takes more than the bounds."""
        bounds = self._bounds
        # The timer runs only within the bound on memory: nothing interrupts the lines that lift that.
        lift = self._bound_memory()
        try:
            try:
                self._timer.start()
                return work()
            finally:
                self._timer.stop()
        except _LateError as error:
            # It may have come to the very line that stops the timer.
            self._timer.stop()
            reason = f"took more than {bounds.seconds:,} seconds of processor time, the limit {bounds.names[0]}"
            raise OverrunError(reason) from error
        except MemoryError as error:
            reason = f"took more than {bounds.megabytes:,} megabytes of memory, the limit {bounds.names[1]}"
            raise OverrunError(reason) from error
        finally:
            lift()

    def _bound_memory(self) -> Callable[[], None]:
        """Set the bound; the answer lifts it."""
        if self._statm < 0:
            return lambda: None
        import resource

        soft, hard = resource.getrlimit(resource.RLIMIT_AS)
        pages = int(os.pread(self._statm, 64, 0).split()[0])
        wanted = pages * resource.getpagesize() + self._bounds.megabytes * _MEGABYTE
        lowest = min((bound for bound in (wanted, soft, hard) if bound != resource.RLIM_INFINITY), default=wanted)
        resource.setrlimit(resource.RLIMIT_AS, (lowest, hard))
        return lambda: resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


@contextmanager
def bounded(bounds: Bounds) -> Iterator[Within]:
    """For the length of the block, work can be done within these bounds."""
    with ExitStack() as stack:
        timer = stack.enter_context(_timer(bounds.seconds))
        statm = -1
        # Elsewhere the kernel does not hold a process to this bound, or does not say how much it has.
        if sys.platform == "linux":
            statm = os.open(_STATM, os.O_RDONLY | os.O_CLOEXEC)
            stack.callback(os.close, statm)
        yield Within(bounds, timer, statm)


@contextmanager
def _timer(seconds: int) -> Iterator[_Timer]:
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "setitimer"):
        watcher = _Watcher(seconds)
        threading.Thread(target=watcher.watch, name="bounds", daemon=True).start()
        try:
            yield watcher
        finally:
            watcher.close()
        return
    before = signal.signal(signal.SIGPROF, _stop)
    try:
        yield _Alarm(seconds)
    finally:
        signal.signal(signal.SIGPROF, before)


def _stop(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise _LateError


class _Alarm:
    """The kernel's timer of the processor time of this process."""

    def __init__(self, seconds: int) -> None:
        self._seconds = seconds

    def start(self) -> None:
        signal.setitimer(signal.ITIMER_PROF, self._seconds, _AGAIN)

    def stop(self) -> None:
        signal.setitimer(signal.ITIMER_PROF, 0)


class _Watcher:
    """Looks at the clock of the thread that made it, from another thread, and interrupts it."""

    def __init__(self, seconds: int) -> None:
        self._seconds = seconds
        self._thread = ctypes.c_ulong(threading.get_ident())
        self._clock = _thread_clock()
        self._change = threading.Condition()
        self._until: float | None = None
        self._closed = False

    def start(self) -> None:
        self._until = self._clock() + self._seconds

    def stop(self) -> None:
        with self._change:
            self._until = None
            # What was sent a moment ago, and has not arrived, is called back.
            ctypes.pythonapi.PyThreadState_SetAsyncExc(self._thread, None)

    def close(self) -> None:
        with self._change:
            self._closed = True
            self._change.notify()

    def watch(self) -> None:
        with self._change:
            while not self._closed:
                if self._until is not None and self._clock() > self._until:
                    self._until += _AGAIN
                    ctypes.pythonapi.PyThreadState_SetAsyncExc(self._thread, ctypes.py_object(_LateError))
                self._change.wait(min(_LOOK, self._seconds / 4))


def _thread_clock() -> Callable[[], float]:
    """The processor time of this thread, to be read from any; where there is no such clock, the time of day's."""
    if not hasattr(time, "pthread_getcpuclockid"):
        return time.monotonic
    clock = time.pthread_getcpuclockid(threading.get_ident())
    return lambda: time.clock_gettime(clock)
