"""What goes on in a process beside this one, whatever becomes of that process."""

from __future__ import annotations

import os
import signal
import threading
import time
from pathlib import Path

import pytest

from helpgen.pipeline.process import beside


def test_the_work_is_begun_at_once_in_another_process(tmp_path: Path) -> None:
    def work(name: str) -> str:
        (tmp_path / name).write_text("begun")
        return str(os.getpid())

    result = beside(work, "mark")
    until = time.monotonic() + 20
    while not (tmp_path / "mark").exists() and time.monotonic() < until:
        time.sleep(0.01)
    assert (tmp_path / "mark").exists(), "nobody has asked for the result yet"
    assert result() != str(os.getpid())


def test_where_there_are_threads_it_is_done_here_when_it_is_asked_for() -> None:
    stop = threading.Event()
    thread = threading.Thread(target=stop.wait)
    thread.start()
    try:
        result = beside(lambda: str(os.getpid()))
    finally:
        stop.set()
        thread.join()
    assert result() == str(os.getpid())


def test_what_dies_there_is_done_here() -> None:
    here = os.getpid()

    def work() -> str:
        if os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        return "done"

    assert beside(work)() == "done"


def test_what_fails_there_fails_here() -> None:
    def work() -> str:
        raise ValueError("no such thing")

    result = beside(work)
    with pytest.raises(ValueError, match="no such thing"):
        result()
