"""Other programs, real ones: what they are given and say, and how they end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from helpgen.pipeline.canaries import Question, ask_all
from helpgen.pipeline.programs import StoppedError, check_stop, run_program, stop_with
from tests.processes import PATIENCE, hearing_interrupts, is_alive, wait_until

ROOT = Path(__file__).resolve().parents[2]

# A script that runs the real program, as some installers make them; nobody's interrupt ends either.
SLEEPS = "trap '' INT; sleep 600 & echo $! > \"$0\"; wait"


# Two programs, asked from the main thread. Each leaves the number of a process that it begins.
TWO = """
import sys
from helpgen.pipeline.programs import run_programs

run_programs(["/bin/sh", "-c", 'sleep 600 & echo $! > "$0/$!.new"; mv "$0/$!.new" "$0/$!"; wait', sys.argv[1]], [b"", b""], 600)
"""


def sleeping(mark: Path) -> list[str]:
    return ["/bin/sh", "-c", SLEEPS, str(mark)]


def test_it_is_given_much_and_says_much() -> None:
    given = bytes(range(256)) * 10_000
    assert run_program(["cat"], given, 60) == (0, given)
    # Slower to take it than anybody waits at a time.
    assert run_program(["/bin/sh", "-c", "sleep 0.5; cat"], given, 60) == (0, given)
    assert run_program(["/bin/sh", "-c", "exit 7"], given, 60) == (7, b"")


def test_one_that_takes_too_long_is_killed_with_what_it_began(tmp_path: Path) -> None:
    with pytest.raises(subprocess.TimeoutExpired):
        run_program(sleeping(tmp_path / "mark"), b"", 1)
    pid = int((tmp_path / "mark").read_text())
    wait_until(lambda: not is_alive(pid))


def test_a_thread_that_is_stopped_does_not_wait_for_it(tmp_path: Path) -> None:
    stopping, mark = threading.Event(), tmp_path / "mark"
    with ThreadPoolExecutor(1, initializer=stop_with, initargs=(stopping,)) as thread:
        done = thread.submit(run_program, sleeping(mark), b"", 600)
        wait_until(lambda: mark.exists() and mark.read_text().endswith("\n"))
        stopping.set()
        with pytest.raises(StoppedError):
            done.result()
    pid = int(mark.read_text())
    wait_until(lambda: not is_alive(pid))


def test_the_main_thread_waits_for_none_of_several_after_an_interrupt(tmp_path: Path) -> None:
    command = [sys.executable, "-c", TWO, str(tmp_path)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with hearing_interrupts():
        process = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
    with process:
        wait_until(lambda: len([path for path in tmp_path.iterdir() if path.name.isdigit()]) == 2)
        pids = [int(path.name) for path in tmp_path.iterdir()]
        process.send_signal(signal.SIGINT)
        try:
            assert process.wait(PATIENCE) == -signal.SIGINT
        finally:
            process.kill()
    wait_until(lambda: not any(map(is_alive, pids)))


def test_one_thread_is_stopped_and_no_other() -> None:
    stopping = threading.Event()
    stopping.set()
    with ThreadPoolExecutor(1, initializer=stop_with, initargs=(stopping,)) as thread:
        assert isinstance(thread.submit(check_stop).exception(), StoppedError)
    check_stop()


def test_a_thread_that_is_stopped_asks_nothing_itself(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    stopping = threading.Event()
    stopping.set()
    with ThreadPoolExecutor(1, initializer=stop_with, initargs=(stopping,)) as thread:
        asked = thread.submit(ask_all, {"en": {}}, [Question(locale="en", query="a", limit=1)], {})
        assert isinstance(asked.exception(), StoppedError)
