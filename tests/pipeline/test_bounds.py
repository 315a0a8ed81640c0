"""What costs too much is stopped, named with its limit, and not remembered; a worker that is killed is told."""

from __future__ import annotations

import os
import resource
import signal
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from helpgen.content.parse import ArticleRules
from helpgen.content.place import Layout
from helpgen.model.article import Article
from helpgen.model.config import Limits
from helpgen.model.diagnostic import Outcome
from helpgen.model.source import SourceFile
from helpgen.pipeline.bounds import Bounds, OverrunError, bounded
from helpgen.pipeline.memo import Memo
from helpgen.pipeline.stage import Stage
from helpgen.pipeline.stages import PARSE
from helpgen.pipeline.workers import WORTH_A_PROCESS, Inline, WorkerDiedError, Workers

NAMES = ("limits.article_seconds", "limits.article_megabytes")
RULES = ArticleRules(layout=Layout(locales=("en",), prefixed=True), limits=Limits(article_seconds=1))
FILE = SourceFile(path="content/en/a.md", data=b"---\ntitle: A\n---\nText.\n", digest="a")


def bounds(seconds: int = 60, megabytes: int = 1_000) -> Bounds:
    return Bounds(seconds=seconds, megabytes=megabytes, names=NAMES)


def endless(_file: SourceFile, _rules: ArticleRules) -> Outcome[Article]:
    while True:
        pass


def deadly(_file: SourceFile, _rules: ArticleRules) -> Outcome[Article]:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError("a dead process goes on")


def slow_stage() -> Stage[SourceFile, ArticleRules, Outcome[Article]]:
    return Stage(
        name="parse",
        function=endless,
        item_type=SourceFile,
        shared_type=ArticleRules,
        result_type=Outcome[Article],
        bounds=PARSE.bounds,
        overrun=PARSE.overrun,
        lasts=PARSE.lasts,
    )


def limit_of_memory() -> tuple[int, int]:
    return resource.getrlimit(resource.RLIMIT_AS)


def stubborn() -> None:
    while True:
        try:
            while True:
                pass
        except Exception:
            continue


class Finalised:
    """What is raised in its end is lost; the work goes on."""

    def __del__(self) -> None:
        busy(20)


def busy(seconds: float) -> None:
    until = time.process_time() + seconds
    while time.process_time() < until:
        pass


def deaf() -> None:
    Finalised()
    busy(20)


def in_a_thread(test: Callable[[], None]) -> None:
    """The preview builds in a thread of its own. What fails there fails here."""
    with ThreadPoolExecutor(1) as pool:
        pool.submit(test).result()


def test_work_within_its_bounds_leaves_no_trace() -> None:
    before = signal.getsignal(signal.SIGPROF), limit_of_memory()
    with bounded(bounds()) as within:
        assert within.do(lambda: 7) == 7
        assert signal.getitimer(signal.ITIMER_PROF) == (0.0, 0.0)
        assert limit_of_memory() == before[1]
    assert signal.getsignal(signal.SIGPROF) == before[0]


def test_endless_work_is_stopped_though_it_catches_exceptions() -> None:
    with bounded(bounds(seconds=1)) as within:
        with pytest.raises(OverrunError, match=r"1 seconds of processor time, the limit limits\.article_seconds"):
            within.do(stubborn)
        assert within.do(lambda: 7) == 7


def test_endless_work_in_another_thread_is_stopped_too() -> None:
    in_a_thread(test_endless_work_is_stopped_though_it_catches_exceptions)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_work_that_loses_the_interruption_is_interrupted_again() -> None:
    with bounded(bounds(seconds=1)) as within:
        with pytest.raises(OverrunError, match="1 seconds of processor time"):
            within.do(deaf)
        busy(1.5)
        assert within.do(lambda: 7) == 7


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_so_it_is_in_another_thread() -> None:
    in_a_thread(test_work_that_loses_the_interruption_is_interrupted_again)


def test_a_thread_that_waits_is_not_stopped() -> None:
    def waiting() -> None:
        with bounded(bounds(seconds=1)) as within:
            within.do(lambda: time.sleep(1.5))

    in_a_thread(waiting)


@pytest.mark.skipif(sys.platform != "linux", reason="memory is bounded on Linux")
def test_greedy_work_is_stopped_and_the_bound_lifted() -> None:
    with bounded(bounds(megabytes=100)) as within:
        with pytest.raises(OverrunError, match=r"100 megabytes of memory, the limit limits\.article_megabytes"):
            within.do(lambda: bytearray(300_000_000))
        assert len(bytearray(300_000_000)) == 300_000_000


@pytest.mark.skipif(sys.platform != "linux", reason="memory is bounded on Linux")
def test_greedy_work_in_another_thread_is_stopped_too() -> None:
    in_a_thread(test_greedy_work_is_stopped_and_the_bound_lifted)


def test_what_comes_after_an_overrun_is_skipped_where_the_stage_says_so() -> None:
    stage = replace(slow_stage(), skip=lambda _file: Outcome(value=None))
    first, second, third = stage.apply([FILE] * 3, RULES)
    assert [d.rule for d in first.diagnostics] == ["file/too-costly"]
    assert (second.diagnostics, third.diagnostics) == ((), ())


def test_the_article_is_named_and_not_remembered(tmp_path: Path) -> None:
    with Memo(tmp_path, Inline()) as memo:
        (outcome,) = memo.map(slow_stage(), [FILE], RULES)
    (found,) = outcome.diagnostics
    assert (found.rule, found.severity, found.location.path) == ("file/too-costly", "error", "content/en/a.md")
    assert "limits.article_seconds" in found.message
    with Memo(tmp_path, Inline()) as memo:
        assert memo.recall(slow_stage(), slow_stage().digest(FILE), RULES) is None
        (better,) = memo.map(PARSE, [FILE], RULES)
    assert better.value is not None


def test_a_killed_worker_is_told() -> None:
    stage = Stage(
        name="parse",
        function=deadly,
        item_type=SourceFile,
        shared_type=ArticleRules,
        result_type=Outcome[Article],
    )
    with (
        Workers(2) as workers,
        pytest.raises(WorkerDiedError, match=r"worker process died during parse near content/en/a\.md"),
    ):
        workers.map(stage, [FILE] * WORTH_A_PROCESS, RULES)
