"""Other programs that work for a build, and how what waits for them ends when the build does.

1. Such a program has a session of its own. Ctrl-C is for the build: a program that died of it would seem to have failed.
2. A thread of the build that waits is told by an event that nobody wants its work any more (`stop_with`). It looks at that
   event while it waits, and from item to item of what takes long (`while_wanted`).
"""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import suppress
from typing import Final, TypeVar

Item = TypeVar("Item")

# How often whoever waits for a program looks whether it should go on waiting, in seconds.
_LOOK: Final = 0.05
_this_thread = threading.local()


class StoppedError(Exception):
    """The build ends, and nobody wants this work any more."""


def stop_with(stopping: threading.Event) -> None:
    """What this thread does from now on ends soon after the event is set."""
    _this_thread.stopping = stopping


def check_stop() -> None:
    """Raises StoppedError if this thread should end its work."""
    stopping: threading.Event | None = getattr(_this_thread, "stopping", None)
    if stopping is not None and stopping.is_set():
        raise StoppedError


def while_wanted(items: Iterable[Item]) -> Iterator[Item]:
    """Each of them. Raises StoppedError when this thread should end its work."""
    for item in items:
        check_stop()
        yield item


def run_programs(command: Sequence[str], given: Sequence[bytes], seconds: float) -> list[tuple[int, bytes]]:
    """As `run_program`, at the same time for each of what is `given`."""
    if len(given) == 1:
        return [run_program(command, given[0], seconds)]
    of_build: threading.Event | None = getattr(_this_thread, "stopping", None)
    stopping = of_build or threading.Event()
    with ThreadPoolExecutor(len(given), initializer=stop_with, initargs=(stopping,)) as threads:
        try:
            programs = [threads.submit(run_program, command, one, seconds) for one in given]
            # Again and again: Python hears of no Ctrl-C that came just before it began to wait for a thread.
            while wait(programs, timeout=_LOOK).not_done:
                pass
        except BaseException:
            # The main thread has no such event; but Ctrl-C comes to it, and it would wait here for all of them.
            if of_build is None:
                stopping.set()
            raise
    return [program.result() for program in programs]


def run_program(command: Sequence[str], given: bytes, seconds: float) -> tuple[int, bytes]:
    """The exit code of a program, and what it prints when it is `given` this.

    Raises StoppedError, and TimeoutExpired when it takes longer than so many seconds; the program is killed then.
    """
    until = time.monotonic() + seconds
    pipe = subprocess.PIPE
    # From a file: `communicate` that was once interrupted by its timeout gives nothing more to a pipe.
    with tempfile.TemporaryFile() as file:
        file.write(given)
        file.seek(0)
        with subprocess.Popen(command, stdin=file, stdout=pipe, stderr=pipe, start_new_session=True) as program:
            try:
                while True:
                    check_stop()
                    try:
                        printed, _ = program.communicate(timeout=_LOOK)
                    except subprocess.TimeoutExpired:
                        if time.monotonic() > until:
                            raise
                    else:
                        return program.returncode, printed
            except BaseException:
                # With what it has begun itself: `node` may be a script that runs the real one.
                with suppress(ProcessLookupError):
                    os.killpg(program.pid, signal.SIGKILL)
                raise
