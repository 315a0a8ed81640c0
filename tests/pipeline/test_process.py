"""What goes on in a process beside this one, whatever becomes of that process."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from helpgen.pipeline.process import beside
from tests.site_folder import SiteFolder

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
print("two see what one sees:", folder_state(folder, large=True) == folder_state(folder), bool(folder_state(folder).digest))
"""
# Builds a site three times, as if it were large: from nothing, with nothing changed, with a page changed by hand.
BUILDS = """
import sys
from pathlib import Path
from click.testing import CliRunner
from helpgen.cli import cli
from helpgen.pipeline import process, standing

began = []
real = process.beside
standing.beside = lambda function, *arguments: began.append(function.__name__) or real(function, *arguments)
standing.LARGE = 0
site = Path(sys.argv[1])
for step in range(3):
    if step == 2:
        (site / "build/index.html").write_text("by hand")
    began.clear()
    done = CliRunner().invoke(cli, ["build", "--site", str(site), "--jobs", "1"], catch_exceptions=False)
    print(done.exit_code, *began, "render" in done.output, "by hand" in (site / "build/index.html").read_text())
"""


def run(program: str, folder: Path) -> list[str]:
    """What a program says, in a process of its own."""
    command = [sys.executable, "-c", program, str(folder)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere all is done in one process")
def test_what_is_begun_beside(tmp_path: Path) -> None:
    names = [f"en/c{number % 7}/a{number}/index.html" for number in range(30)]
    for name in (*names, "a\nb \u2028 c.txt", "en/x/y/z/deep 深.txt", os.fsdecode(b"zh/\xff.bin")):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    assert run(PROGRAM, tmp_path) == [
        "begun before anybody asks: True",
        "in another process: True",
        "what dies there is done here: done",
        "what fails there fails here: no such thing in this process",
        "two see what one sees: True True",
    ]


def test_a_large_site_stands_by_what_was_seen_beside(site: SiteFolder) -> None:
    first, second, third = run(BUILDS, site.root)
    assert first == "0 True False"
    assert second == "0 _state False False"
    assert third == "0 _state True False"


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
