"""What a process of a build asks of the system: hardly to look for garbage, to end with its parent or when it is told to, to
take memory back, to do something else beside it.

Ctrl-C comes to every process of a terminal. It is for the first one alone, which ends the others: they never see it.
"""

from __future__ import annotations

import ctypes
import gc
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing import current_process, get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any, TypeVar

Result = TypeVar("Result")

# When to look for circles of objects: among new ones now and then, among all of them hardly ever.
YOUNG = (50_000, 20, 1_000)
# Seconds.
_TURN = 0.0005
# linux/prctl.h
_PR_SET_PDEATHSIG = 1
# Ends a worker in the middle of its work.
_STOP = signal.SIGUSR1


@contextmanager
def shielded() -> Iterator[None]:
    """Processes that begin in this block are met by no Ctrl-C before they can ignore it."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, _STOP})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def begin_worker(parent: int) -> None:
    """In a worker, at its start: what is there stays, so that nobody looks through it again and again."""
    gc.freeze()
    gc.set_threshold(*YOUNG)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_BLOCK, {_STOP})
    _end_with(parent)


@contextmanager
def stoppable() -> Iterator[None]:
    """In a worker: it may be ended within this block. Outside it hands something over, and its parent would wait for the rest."""
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {_STOP})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_BLOCK, {_STOP})


def stop_workers(workers: Iterable[BaseProcess]) -> None:
    """End those in a `stoppable` block at once, the others when they next come to one."""
    for worker in workers:
        if worker.pid is not None and worker.is_alive():
            with suppress(ProcessLookupError):
                os.kill(worker.pid, _STOP)


def hand_over_quickly() -> None:
    """Let threads take turns more often than every 5 ms: the one that feeds the workers waits for its turn at each chunk."""
    sys.setswitchinterval(_TURN)


def _end_with(parent: int) -> None:
    """Let the kernel end this process when its parent is killed: it would wait for work forever."""
    if sys.platform != "linux":
        return
    call = getattr(ctypes.CDLL(None), "prctl", None)
    if call is not None:
        call(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def give_back_memory() -> None:
    """Let Python and the C library give what is free now to the system: they keep it for a next large item that never comes."""
    # Also empties Python's own lists of free tuples and lists, a few of which keep whole arenas.
    gc.collect()
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None) if sys.platform == "linux" else None
    if trim is not None:
        trim(0)


def beside(function: Callable[..., Result], *arguments: Any) -> Callable[[], Result]:
    """Begin a function in a process of its own; the result is waited for when it is asked for, once.

    Where no process can be forked (a fork of a program with threads may hang), and where that one dies, the function is called
    here, when its result is asked for.
    """
    if sys.platform != "linux" or threading.active_count() > 1 or current_process().daemon:
        return lambda: function(*arguments)
    context = get_context("fork")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_answer, args=(sender, os.getpid(), function, arguments), daemon=True)
    with shielded():
        process.start()
    sender.close()

    def result() -> Result:
        with receiver, suppress(EOFError, OSError):
            said: list[Result] = receiver.recv()
            process.join()
            if said:
                return said[0]
        return function(*arguments)

    return result


def _answer(sender: Connection, parent: int, function: Callable[..., Result], arguments: tuple[Any, ...]) -> None:
    """In the other process: send a list of the result. What goes wrong here goes wrong again where it can be told."""
    _end_with(parent)
    said: list[Result] = []
    with suppress(Exception):
        said.append(function(*arguments))
    sender.send(said)
