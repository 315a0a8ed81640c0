"""A command of helpgen in a process of its own: started fast, watched, ended at its limit.

A fork server that has imported helpgen starts each command in some hundredths of a second. What only a new
interpreter can have (a hash seed, another encoding of the terminal) is for `run_anew`.
"""

from __future__ import annotations

import ctypes
import json
import multiprocessing
import os
import resource
import signal
import struct
import subprocess
import sys
import time
import traceback
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
# Header of capset(2), version 3, and no capability in its two sets: root without its rights over other files' modes.
_CAPABILITIES = (struct.pack("Ii", 0x20080522, 0), bytes(24))
_CONTEXT = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload(["audit.bad_inputs.preload"])


@dataclass(frozen=True, kw_only=True)
class Ended:
    """How a command ended. `code` is -9 after the time limit; `megabytes` is the most memory it had resident."""

    code: int
    out: str
    err: str
    seconds: float
    megabytes: float

    @cached_property
    def report(self) -> dict[str, Any]:
        """What `--json` printed; empty if that is no JSON."""
        try:
            found = json.loads(self.out)
        except ValueError:
            return {}
        return found if isinstance(found, dict) else {}

    @property
    def crashed(self) -> str:
        """Signs of a bug of ours; "" if there are none."""
        if self.code in (0, 1, 2) and "Traceback" not in self.err + self.out:
            return ""
        return f"exit {self.code} {self.err.strip()[-300:]}"


def run(
    arguments: Sequence[str],
    *,
    folder: Path,
    scratch: Path,
    environment: Mapping[str, str] | None = None,
    seconds: float = 120.0,
    unprivileged: bool = False,
) -> Ended:
    """Run `helpgen <arguments>` in a folder. `scratch` is where its output goes, outside the site."""
    scratch.mkdir(parents=True, exist_ok=True)
    began = time.monotonic()
    target = (list(arguments), str(folder), str(scratch), dict(environment or {}), unprivileged)
    process = _CONTEXT.Process(target=_child, args=target)
    process.start()
    process.join(seconds)
    late = process.is_alive()
    if late and process.pid is not None:
        os.killpg(process.pid, signal.SIGKILL)
        process.join()
    used = _read(scratch / "used")
    return Ended(
        code=-9 if late else (process.exitcode if process.exitcode is not None else -1),
        out=_read(scratch / "out"),
        err=_read(scratch / "err"),
        seconds=time.monotonic() - began,
        megabytes=float(used or 0),
    )


def run_anew(
    arguments: Sequence[str], *, folder: Path, environment: Mapping[str, str], seconds: float = 120.0
) -> Ended:
    """The same with a new interpreter; the environment is exactly the one given, with what finding helpgen needs."""
    base = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **environment}
    began = time.monotonic()
    command = [sys.executable, "-m", "helpgen", *arguments]
    done = subprocess.run(command, cwd=folder, env=base, capture_output=True, timeout=seconds, check=False)
    spent = time.monotonic() - began
    out, err = done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace")
    return Ended(code=done.returncode, out=out, err=err, seconds=spent, megabytes=0.0)


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""


def _child(arguments: list[str], folder: str, scratch: str, environment: dict[str, str], unprivileged: bool) -> None:
    os.setpgrp()
    for name, number in (("out", 1), ("err", 2)):
        opened = os.open(f"{scratch}/{name}", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666)
        os.dup2(opened, number)
    sys.stdout = open(1, "w", encoding="utf-8", errors="backslashreplace", closefd=False)  # noqa: SIM115
    sys.stderr = open(2, "w", encoding="utf-8", errors="backslashreplace", closefd=False)  # noqa: SIM115
    os.environ.update(environment)
    time.tzset()
    if unprivileged and os.geteuid() == 0 and ctypes.CDLL(None).capset(*_CAPABILITIES):
        raise OSError("the rights of root could not be dropped")
    os.chdir(folder)
    sys.argv = ["helpgen", *arguments]
    try:
        from helpgen.cli import main

        main()
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else 0 if ended.code is None else 1
    except BaseException:
        traceback.print_exc()
        code = 3
    else:
        code = 0
    sys.stdout.flush()
    sys.stderr.flush()
    own, children = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    Path(scratch, "used").write_text(str(max(own, children) / 1024), encoding="ascii")
    os._exit(code)
