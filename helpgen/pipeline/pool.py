"""The processes of a build: there when the first work comes, others when one was killed, ended in order or at once."""

from __future__ import annotations

import gc
import os
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from typing import Any, TypeVar

from helpgen.pipeline.process import begin_worker, hand_over_quickly, shielded, stop_workers

Result = TypeVar("Result")


class Pool:
    """So many processes, as long as they are needed."""

    def __init__(self, processes: int) -> None:
        self._processes = processes
        self._changing = threading.Lock()
        self._executor: ProcessPoolExecutor | None = None

    def executor(self) -> ProcessPoolExecutor:
        """What work is given to: all of a batch to the same one."""
        executor = self._executor
        if executor is not None and _is_broken(executor):
            self.end()
            executor = None
        if executor is None:
            executor = self._executor = _begin(self._processes)
        return executor

    def end(self) -> None:
        """End the processes when they have done what they have. The preview's end and its builder may both come to it."""
        with self._changing:
            executor, self._executor = self._executor, None
        if executor is not None:
            executor.shutdown(cancel_futures=True)

    def stop(self) -> None:
        """End the processes in the middle of their work."""
        executor = self._executor
        if executor is not None:
            # What the standard library has for this, since Python 3.14, may cut a process off in the middle of its answer.
            stop_workers(list((executor._processes or {}).values()))
        self.end()


def submit(executor: ProcessPoolExecutor, function: Callable[..., Result], *arguments: Any) -> Future[Result]:
    """Give a process some work, which may be what the process begins for."""
    with shielded():
        return executor.submit(function, *arguments)


def _begin(processes: int) -> ProcessPoolExecutor:
    # A fork has everything imported already, and shares it in memory. A fork of a program with threads may hang, so the
    # preview spawns its processes, as does whatever is no Linux, where system libraries have threads.
    alone = sys.platform == "linux" and threading.active_count() == 1
    if alone:
        # What is there now is looked through by nobody again, so its pages stay shared.
        gc.freeze()
    hand_over_quickly()
    context = get_context("fork" if alone else "spawn")
    executor = ProcessPoolExecutor(processes, mp_context=context, initializer=begin_worker, initargs=(os.getpid(),))
    # Spawned ones too begin together: of one that came later, the pool might not hear that it died, or not end it after another.
    executor._safe_to_dynamically_spawn_children = False  # type: ignore[attr-defined]
    return executor


def _is_broken(executor: ProcessPoolExecutor) -> bool:
    """Whether one of the processes was killed, maybe while it had nothing to do: then no other does anything any more."""
    try:
        submit(executor, int)
    except BrokenProcessPool:
        return True
    return False
