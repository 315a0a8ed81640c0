"""Runs in a process with the shim loaded: imports helpgen once, then forks a build for each line of its standard input.

A line is {"site": folder, "at": n, "errno": number}: the build's n-th call that changes the disk kills it (errno 0) or fails;
n = 0 lets it pass. The answer is {"code": exit code, -9 when killed, "kinds": a letter for each such call that there was, "said":
its messages}.
"""

from __future__ import annotations

import ctypes
import json
import os
import sys
import tempfile

from helpgen.cli import build as _build  # noqa: F401  imported before the fork, so that each build starts at once
from helpgen.cli import main

_SHIM = ctypes.CDLL(None)
_SHIM.hg_arm.argtypes = [ctypes.c_long, ctypes.c_int]
_SHIM.hg_kinds.restype = ctypes.c_char_p


def _build_in_child(site: str, at: int, number: int, said: int, counted: int) -> None:
    os.dup2(said, 1)
    os.dup2(said, 2)
    _SHIM.hg_arm(at, number)
    code = 0
    try:
        main(["build", "--site", site, "--jobs", "1"])
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else 1
    kinds = _SHIM.hg_kinds()
    _SHIM.hg_arm(-1, 0)
    sys.stdout.flush()
    with os.fdopen(counted, "wb") as handle:
        handle.write(kinds)
    os._exit(code)


def _run(site: str, at: int, number: int) -> dict[str, object]:
    reader, writer = os.pipe()
    with tempfile.TemporaryFile() as said:
        child = os.fork()
        if not child:
            try:
                _build_in_child(site, at, number, said.fileno(), writer)
            finally:
                os._exit(70)
        os.close(writer)
        with os.fdopen(reader, "rb") as counted:
            kinds = counted.read().decode("ascii")
        _, status = os.waitpid(child, 0)
        said.seek(0)
        text = said.read().decode(errors="replace")
    return {"code": os.waitstatus_to_exitcode(status), "kinds": kinds, "said": text}


def serve() -> None:
    """One answer a line, until the input ends."""
    for line in sys.stdin:
        job = json.loads(line)
        print(json.dumps(_run(job["site"], job["at"], job["errno"])), flush=True)


if __name__ == "__main__":
    serve()
