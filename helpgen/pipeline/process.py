"""What a process of a build asks of the system: hardly to look for garbage, to end with its parent, to take memory back."""

from __future__ import annotations

import ctypes
import gc
import os
import signal
import sys

# When to look for circles of objects: among new ones now and then, among all of them hardly ever.
YOUNG = (50_000, 20, 1_000)
# linux/prctl.h
_PR_SET_PDEATHSIG = 1


def begin_worker(parent: int) -> None:
    """In a worker, at its start: what is there stays, so that nobody looks through it again and again."""
    gc.freeze()
    gc.set_threshold(*YOUNG)
    _end_with(parent)


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
    """Let the C library give what is free now to the system: it keeps it for a next large item that never comes."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None) if sys.platform == "linux" else None
    if trim is not None:
        trim(0)
