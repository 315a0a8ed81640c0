"""Runs in a process with the shim loaded: builds one site in peace, then forks a build for each line of its standard input.

The first build leaves all modules loaded and the theme's tables made, so that a struck build costs a tenth; it is the same
program all the same. Its folder is the argument.

A line is {"site": folder, "at": n, "errno": number, "watched": bool}: the build's n-th call that changes the disk kills it (errno 0)
or fails; n = 0 lets it pass. The answer is {"code": exit code, -9 when killed, "kinds": a letter for each such call that there was,
"places": for each of them the place in the code, if it was watched, "said": its messages}.
"""

from __future__ import annotations

import ctypes
import gc
import json
import os
import sys
import tempfile
from types import FrameType

from audit.kills.places import place_of
from helpgen.cli import main

_SHIM = ctypes.CDLL(None)
_SHIM.hg_arm.argtypes = [ctypes.c_long, ctypes.c_int]
_SHIM.hg_kinds.restype = ctypes.c_char_p
_Watcher = ctypes.CFUNCTYPE(None, ctypes.c_long, ctypes.c_int, ctypes.c_char_p)


def _build(site: str) -> int:
    try:
        main(["build", "--site", site, "--jobs", "1"])
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else 1
    return 0


def _build_in_child(job: dict[str, object], said: int, counted: int) -> None:
    os.dup2(said, 1)
    os.dup2(said, 2)
    site = str(job["site"])
    places: dict[int, str] = {}

    def note(call: int, descriptor: int, path: bytes | None) -> None:
        frame: FrameType | None = sys._getframe(1)
        places[call] = place_of(frame, descriptor, path, site)

    watcher = _Watcher(note)
    if job["watched"]:
        _SHIM.hg_watch(watcher)
    _SHIM.hg_arm(job["at"], job["errno"])
    code = _build(site)
    kinds = _SHIM.hg_kinds().decode("ascii")
    _SHIM.hg_arm(-1, 0)
    sys.stdout.flush()
    with os.fdopen(counted, "w", encoding="utf-8") as handle:
        json.dump({"kinds": kinds, "places": [places[call] for call in sorted(places)]}, handle)
    os._exit(code)


def _run(job: dict[str, object]) -> dict[str, object]:
    reader, writer = os.pipe()
    with tempfile.TemporaryFile() as said:
        child = os.fork()
        if not child:
            try:
                _build_in_child(job, said.fileno(), writer)
            finally:
                os._exit(70)
        os.close(writer)
        with os.fdopen(reader, encoding="utf-8") as counted:
            # A killed build has counted for nobody.
            counts = json.loads(counted.read() or '{"kinds": "", "places": []}')
        _, status = os.waitpid(child, 0)
        said.seek(0)
        text = said.read().decode(errors="replace")
    return {"code": os.waitstatus_to_exitcode(status), **counts, "said": text}


def _warm_up(site: str) -> None:
    """Build a site in this process, unheard: its standard output is for answers."""
    answers = os.dup(1)
    with open(os.devnull, "wb") as nothing:
        os.dup2(nothing.fileno(), 1)
    code = _build(site)
    sys.stdout.flush()
    os.dup2(answers, 1)
    os.close(answers)
    if code:
        sys.exit(f"{site} cannot be built even untouched")
    # What the children share with this process is not to be copied when one of them collects its garbage.
    gc.collect()
    gc.freeze()


def serve() -> None:
    """One answer a line, until the input ends."""
    _warm_up(sys.argv[1])
    for line in sys.stdin:
        print(json.dumps(_run(json.loads(line))), flush=True)


if __name__ == "__main__":
    serve()
