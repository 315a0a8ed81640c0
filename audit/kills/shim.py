"""The shim, compiled, and builds under it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

KINDS = {
    "w": "write",
    "p": "pwrite",
    "t": "ftruncate",
    "f": "fsync",
    "d": "fdatasync",
    "s": "syncfs",
    "r": "rename",
    "x": "exchange",
    "l": "link",
    "u": "unlink",
    "e": "rmdir",
    "m": "mkdir",
    "o": "open",
}
SOURCE = Path(__file__).with_name("shim.c")


@dataclass(frozen=True, kw_only=True)
class Ended:
    """How a build ended: its exit code (-9 when killed), a letter of KINDS for each call that changes the disk, what it said.

    `places`, of a build that was watched: where in the code each of these calls was made (see places.py).
    """

    code: int
    kinds: str
    said: str
    places: Sequence[str] = ()


def compiler() -> str | None:
    """The C compiler of this machine, if it has one."""
    return shutil.which("cc") or shutil.which("gcc")


def compile_shim(folder: Path) -> Path:
    """The shim as a library in a folder. Raises CalledProcessError with the compiler's words."""
    library = folder / "shim.so"
    command = [compiler() or "cc", "-shared", "-fPIC", "-O2", "-o", str(library), str(SOURCE), "-ldl"]
    subprocess.run(command, check=True, capture_output=True, text=True)
    return library


class Driver:
    """A process that builds sites on demand, with the shim before the C library. It first builds `warm`, to be quick afterwards.

    `scratch` has its temporary files, and those of nobody else.
    """

    def __init__(self, library: Path, warm: Path) -> None:
        self.scratch = warm.with_name(f"{warm.name}-scratch")
        self.scratch.mkdir()
        environment = {
            **os.environ,
            "LD_PRELOAD": str(library),
            "PYTHONDONTWRITEBYTECODE": "1",
            "TMPDIR": str(self.scratch),
        }
        self._process = subprocess.Popen(
            [sys.executable, "-m", "audit.kills.driver", str(warm)],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def build(self, site: Path, *, at: int = 0, fault: int = 0, watched: bool = False) -> Ended:
        """Build a site; its `at`-th call kills it, or fails with errno `fault`; 0 for none. `watched`: with the places."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        job = {"site": str(site), "at": at, "errno": fault, "watched": watched}
        self._process.stdin.write(json.dumps(job) + "\n")
        self._process.stdin.flush()
        return Ended(**json.loads(self._process.stdout.readline()))

    def close(self) -> None:
        if self._process.stdin is not None:
            self._process.stdin.close()
        self._process.wait()
        if self._process.stdout is not None:
            self._process.stdout.close()

    def __enter__(self) -> Driver:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
