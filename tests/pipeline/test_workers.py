"""Stages in other processes: begun before anybody waits, answered in order, stopped together."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from helpgen.pipeline.bounds import Bounds, OverrunError
from helpgen.pipeline.stage import Made, Stage
from helpgen.pipeline.workers import WORTH_A_PROCESS, Inline, WorkerDiedError, Workers
from tests.processes import is_alive, wait_until

ROOT = Path(__file__).resolve().parents[2]
ITEMS = list(range(WORTH_A_PROCESS * 2 + 5))
SLOW = 7


def square(number: int, offset: int) -> int:
    return number * number + offset


def thread_of(_item: int, _shared: None) -> str:
    return threading.current_thread().name


def pid_of(_item: int, _shared: None) -> int:
    return os.getpid()


def endless(number: int, _shared: int) -> int:
    while number == SLOW:
        pass
    return number


def one_second(_shared: int) -> Bounds:
    return Bounds(seconds=1, megabytes=1_000, names=("limits.seconds", "limits.megabytes"))


def too_slow(_number: int, _shared: int, _error: OverrunError) -> int:
    return -1


def not_tried(_number: int) -> int:
    return -2


def lasts(result: int) -> bool:
    return result >= 0


def kind_of_start(_item: int, _shared: None) -> str:
    """`spawn` leaves the name of what it runs in the command line; a fork keeps that of its parent."""
    return "spawn" if b"spawn_main" in Path("/proc/self/cmdline").read_bytes() else "fork"


def sleep_for_long(mark: str, _shared: None) -> str:
    Path(mark).write_text(str(os.getpid()))
    time.sleep(600)
    return mark


PROGRAM = """
import os, time
from helpgen.pipeline import bounds
from helpgen.pipeline.stage import Stage
from helpgen.pipeline.workers import Workers

def what(item, _shared):
    time.sleep(0.05)
    return f"{getattr(bounds, 'mark', 'spawned')} {os.getpid()}"

if __name__ == "__main__":
    bounds.mark = "forked"
    with Workers(2) as workers:
        stage = Stage(name="what", function=what, item_type=int, shared_type=None, result_type=str, large=True)
        found = {line.split()[1]: line.split()[0] for line in workers.map(stage, [1, 2, 3, 4], None)}
        print(*sorted(set(found.values())), *found, flush=True)
        time.sleep(60)
"""
# A worker is killed while its batch is being sent. Since Python 3.12.1 the pool holds its lock while it tells of that; earlier
# ones are made to do the same.
KILLED_WHILE_SENDING = """
import concurrent.futures.process as standard
import os, signal, sys, time
from contextlib import nullcontext
from dataclasses import dataclass
from multiprocessing import active_children
from helpgen.pipeline.stage import Stage
from helpgen.pipeline.workers import WorkerDiedError, Workers

class Later(standard._ExecutorManagerThread):
    def terminate_broken(self, cause):
        lock, self.shutdown_lock = self.shutdown_lock, nullcontext()
        with lock:
            super().terminate_broken(cause)

if sys.version_info < (3, 12, 1):
    standard._ExecutorManagerThread = Later

@dataclass
class Item:
    number: int

    @property
    def path(self):
        # Asked when the item is sent.
        if self.number == 1:
            os.kill(active_children()[0].pid, signal.SIGKILL)
            time.sleep(1)
        return f"item {self.number}"

def sleep(item, _shared):
    time.sleep(600)
    return item.number

stage = Stage(name="sleep", function=sleep, item_type=Item, shared_type=None, result_type=int, large=True)
with Workers(2) as workers:
    try:
        workers.map(stage, [Item(0), Item(1)], None)
    except WorkerDiedError as error:
        print(error)
"""
SQUARE = Stage(name="square", function=square, item_type=int, shared_type=int, result_type=int)


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    with Workers(2) as made:
        yield made


def test_whoever_has_others_at_work_is_busy_until_the_last_result() -> None:
    stage = Stage(name="square", function=square, item_type=int, shared_type=int, result_type=int)
    with Workers(2) as run:
        assert not run.is_busy
        results = run.start(stage, ITEMS, 1)
        assert run.is_busy
        assert [made.value for made in taken(results)] == [square(number, 1) for number in ITEMS]
        assert not run.is_busy
        run.map(stage, ITEMS[:3], 1)
        assert not run.is_busy
    assert not Inline().is_busy


def taken(results: Iterator[Made[int]]) -> list[Made[int]]:
    """So many results as there are items, without asking for one more."""
    return [next(results) for _ in ITEMS]


def test_results_come_in_the_order_of_the_items(workers: Workers) -> None:
    assert workers.map(SQUARE, ITEMS, 3) == [number * number + 3 for number in ITEMS] == Inline().map(SQUARE, ITEMS, 3)


def test_processes_that_rest_are_gone_and_others_go_on() -> None:
    stage = Stage(name="pid", function=pid_of, item_type=int, shared_type=None, result_type=int)
    with Workers(2) as workers:
        first = set(workers.map(stage, ITEMS, None))
        assert os.getpid() not in first
        workers.rest()
        assert not any(map(is_alive, first))
        assert not first & set(workers.map(stage, ITEMS, None))


def test_several_stages_go_on_at_once_and_are_taken_in_any_order(workers: Workers) -> None:
    first, second = workers.start(SQUARE, ITEMS, 0), workers.start(SQUARE, ITEMS, 1)
    assert [made.value for made in second] == [number * number + 1 for number in ITEMS]
    assert [made.value for made in first] == [number * number for number in ITEMS]


def test_a_result_is_the_bytes_that_a_memory_keeps(workers: Workers) -> None:
    for run in (workers, Inline()):
        assert [made.data for made in run.start(SQUARE, ITEMS, 0)] == [
            str(number * number).encode() for number in ITEMS
        ]


def test_what_stays_is_done_here_and_in_its_place(workers: Workers) -> None:
    stage = Stage(
        name="square",
        function=square,
        item_type=int,
        shared_type=int,
        result_type=int,
        stays=lambda item: not isinstance(item, int),
    )
    mixed = [0.5, *ITEMS, 1.5]
    assert workers.map(stage, mixed, 0) == [0.25, *(number * number for number in ITEMS), 2.25]  # type: ignore[list-item]


def test_large_items_have_a_process_each(workers: Workers) -> None:
    stage = Stage(
        name="large", function=square, item_type=int, shared_type=int, result_type=int, large=True, remembered=False
    )
    assert workers.map(stage, [2, 3], 0) == [4, 9]


def test_what_waits_has_a_thread_unless_one_process_was_asked_for(workers: Workers) -> None:
    stage = Stage(name="wait", function=thread_of, item_type=int, shared_type=None, result_type=str, waits=True)
    here = threading.current_thread().name
    assert workers.map(stage, [1], None) != [here]
    assert Workers(1).map(stage, [1], None) == [here]


@pytest.mark.skipif(
    sys.platform != "linux", reason="elsewhere processes are spawned, and nobody ends them with their parent"
)
def test_processes_share_what_is_there_and_end_with_a_parent_that_is_killed(tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text(PROGRAM)
    run = subprocess.Popen(
        [sys.executable, str(program)], stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(ROOT)}
    )
    assert run.stdout is not None
    before, *pids = run.stdout.readline().split()
    # A spawned process would have imported the module anew, and not know what this one has put into it.
    assert before == b"forked"
    assert len(pids) == 2
    run.kill()
    run.wait()
    wait_until(lambda: not any(map(is_alive, map(int, pids))))


def test_a_worker_that_is_killed_while_a_batch_is_sent_is_told() -> None:
    run = subprocess.run(
        [sys.executable, "-c", KILLED_WHILE_SENDING],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        timeout=60,
        check=False,
    )
    assert (run.stdout, run.stderr) == ("a worker process died during sleep near item 0\n", "")


def test_after_a_worker_was_killed_between_two_batches_others_work() -> None:
    stage = Stage(name="pid", function=pid_of, item_type=int, shared_type=None, result_type=int)
    with Workers(2) as workers:
        first = set(workers.map(stage, ITEMS, None))
        os.kill(min(first), signal.SIGKILL)
        # The pool has seen it when it has ended the others.
        wait_until(lambda: not any(map(is_alive, first)))
        assert not first & set(workers.map(stage, ITEMS, None))


def test_after_a_worker_was_killed_in_a_batch_others_work(tmp_path: Path) -> None:
    stage = Stage(name="sleep", function=sleep_for_long, item_type=str, shared_type=None, result_type=str, large=True)
    marks = [tmp_path / "a", tmp_path / "b"]
    with Workers(2) as workers:
        made = workers.start(stage, list(map(str, marks)), None)
        os.kill(pid_in(marks[1]), signal.SIGKILL)
        with pytest.raises(WorkerDiedError):
            next(made)
        assert workers.map(SQUARE, ITEMS, 3) == Inline().map(SQUARE, ITEMS, 3)


def test_an_error_ends_the_processes_in_the_middle_of_their_work(tmp_path: Path) -> None:
    stage = Stage(name="sleep", function=sleep_for_long, item_type=str, shared_type=None, result_type=str, large=True)
    marks = [tmp_path / "a", tmp_path / "b"]
    pids: list[int] = []

    def interrupted() -> None:
        with Workers(2) as workers:
            workers.start(stage, list(map(str, marks)), None)
            pids.extend(map(pid_in, marks))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert not any(map(is_alive, pids))


def pid_in(mark: Path) -> int:
    """Of the process that writes its number there at its start."""
    wait_until(lambda: mark.exists() and mark.read_text() != "")
    return int(mark.read_text())


def test_beside_threads_processes_are_spawned() -> None:
    """pytest-xdist and the preview have threads; a fork of these may hang."""
    told = threading.Event()
    thread = threading.Thread(target=told.wait)
    thread.start()
    try:
        with Workers(2) as other:
            stage = Stage(name="kind", function=kind_of_start, item_type=int, shared_type=None, result_type=str)
            assert set(other.map(stage, ITEMS, None)) == {"spawn"}
    finally:
        told.set()
        thread.join()


def test_after_an_overrun_the_rest_is_not_tried_in_any_process(workers: Workers) -> None:
    stage = Stage(
        name="endless",
        function=endless,
        item_type=int,
        shared_type=int,
        result_type=int,
        bounds=one_second,
        overrun=too_slow,
        skip=not_tried,
        lasts=lasts,
    )
    found = workers.map(stage, ITEMS + [SLOW] * 600, 0)
    assert found[:SLOW] == ITEMS[:SLOW]
    assert found[SLOW] == -1
    assert found[-1] == -2
    # A chunk or two were on their way; all others would have cost a second each.
    assert found.count(-1) <= 4
