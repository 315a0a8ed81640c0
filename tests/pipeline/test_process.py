"""What goes on in a process beside this one, whatever becomes of that process."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from helpgen.pipeline.process import beside

ROOT = Path(__file__).resolve().parents[2]
# A process without threads, as that of a command is and that of the tests is not.
PROGRAM = """
import os, signal, sys, time
from pathlib import Path
from helpgen.pipeline.process import beside
from helpgen.pipeline.publish import folder_state

here, folder = os.getpid(), Path(sys.argv[1])

def begin(name):
    (folder / name).write_text("begun")
    return os.getpid()

def die():
    if os.getpid() != here:
        os.kill(os.getpid(), signal.SIGKILL)
    return "done"

def fail():
    raise ValueError(f"no such thing in {'this' if os.getpid() == here else 'that'} process")

result = beside(begin, "mark")
until = time.monotonic() + 20
while not (folder / "mark").exists() and time.monotonic() < until:
    time.sleep(0.01)
print("begun before anybody asks:", (folder / "mark").exists())
print("in another process:", result() != here)
print("what dies there is done here:", beside(die)())
try:
    beside(fail)()
except ValueError as error:
    print("what fails there fails here:", error)
print("two see what one sees:", folder_state(folder, large=True) == folder_state(folder) != "")
"""


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere all is done in one process")
def test_what_is_begun_beside(tmp_path: Path) -> None:
    for number in range(30):
        path = tmp_path / f"en/c{number % 7}/a{number}/index.html"
        path.parent.mkdir(parents=True)
        path.write_text(str(number))
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(tmp_path)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert done.stdout.splitlines() == [
        "begun before anybody asks: True",
        "in another process: True",
        "what dies there is done here: done",
        "what fails there fails here: no such thing in this process",
        "two see what one sees: True",
    ]


def test_where_there_are_threads_it_is_done_here_when_it_is_asked_for() -> None:
    stop = threading.Event()
    thread = threading.Thread(target=stop.wait)
    thread.start()
    try:
        result = beside(os.getpid)
    finally:
        stop.set()
        thread.join()
    assert result() == os.getpid()
