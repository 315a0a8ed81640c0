"""Commands in processes of their own: seconds from start to end, seconds of the processors, and the most memory together.

The seconds of the processors are those of all processes of the command; they hardly change when the machine has other
work, as seconds by the clock do.

Memory is the sum of the proportional set sizes (PSS, from /proc): what processes share is counted once. It is looked up
every quarter of a second, so that a peak shorter than this may be missed.
"""

from __future__ import annotations

import contextlib
import os
import resource
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

PERIOD: Final = 0.25


@dataclass(frozen=True, slots=True)
class Run:
    """What a command took, with all the processes below it: seconds by the clock and of the processors, bytes at the peak."""

    seconds: float
    cpu: float
    memory: int


def run(commands: Sequence[Sequence[str]], folder: Path, environment: Mapping[str, str] | None = None) -> Run:
    """Run commands one after the other in a folder. Ends the program with their output when one fails.

    What earlier commands wrote is forced to disk first, so that nobody waits for another's bytes.
    """
    os.sync()
    peak = 0
    before = _cpu()
    start = time.perf_counter()
    for command in commands:
        process = subprocess.Popen(
            command, cwd=folder, env={**os.environ, **(environment or {})},
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        watch = _Watch(process.pid)
        output, _ = process.communicate()
        peak = max(peak, watch.stop())
        if process.returncode:
            raise SystemExit(f"{' '.join(command)} ended with {process.returncode}:\n{output.decode()[-4000:]}")
    return Run(time.perf_counter() - start, _cpu() - before, peak)


class _Watch:
    """Looks up the memory of a tree of processes until it is stopped."""

    def __init__(self, pid: int) -> None:
        self._pid, self._peak, self._ended = pid, 0, threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def stop(self) -> int:
        self._ended.set()
        self._thread.join()
        return self._peak

    def _look(self) -> None:
        while not self._ended.wait(PERIOD):
            self._peak = max(self._peak, sum(map(_memory, tree(self._pid))))


def tree(pid: int) -> list[int]:
    """A process and all below it, as far as they are alive."""
    found = [pid]
    for one in found:
        with contextlib.suppress(OSError):
            for task in Path(f"/proc/{one}/task").iterdir():
                found += map(int, (task / "children").read_text().split())
    return found


def _cpu() -> float:
    """Seconds of the processors that all ended processes below this one have had."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _memory(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) * 1024
