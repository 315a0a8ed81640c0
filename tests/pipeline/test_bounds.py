"""What costs too much is stopped, named with its limit, and not remembered; a worker that is killed is told."""

from __future__ import annotations

import os
import signal
import sys
import threading
from pathlib import Path

import pytest

from helpgen.content.parse import ArticleRules
from helpgen.content.place import Layout
from helpgen.model.article import Article
from helpgen.model.config import Limits
from helpgen.model.diagnostic import Outcome
from helpgen.model.source import SourceFile
from helpgen.pipeline.bounds import Bounds, OverrunError, within
from helpgen.pipeline.memo import Memo
from helpgen.pipeline.stages import PARSE
from helpgen.pipeline.workers import Inline, Stage, WorkerDiedError, Workers

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


def test_work_within_its_bounds_leaves_no_trace() -> None:
    before = signal.getsignal(signal.SIGPROF)
    assert within(bounds(), lambda: 7) == 7
    assert signal.getsignal(signal.SIGPROF) == before
    assert signal.getitimer(signal.ITIMER_PROF) == (0.0, 0.0)


def test_endless_work_is_stopped_though_it_catches_exceptions() -> None:
    def stubborn() -> None:
        while True:
            try:
                while True:
                    pass
            except Exception:
                continue

    with pytest.raises(OverrunError, match=r"1 seconds of processor time, the limit limits\.article_seconds"):
        within(bounds(seconds=1), stubborn)


@pytest.mark.skipif(sys.platform != "linux", reason="memory is bounded on Linux")
def test_greedy_work_is_stopped_and_the_bound_lifted() -> None:
    with pytest.raises(OverrunError, match=r"100 megabytes of memory, the limit limits\.article_megabytes"):
        within(bounds(megabytes=100), lambda: bytearray(300_000_000))
    assert len(bytearray(300_000_000)) == 300_000_000


def test_other_threads_go_unbounded() -> None:
    found: list[int] = []
    thread = threading.Thread(target=lambda: found.append(within(bounds(), lambda: 7)))
    thread.start()
    thread.join()
    assert found == [7]


def test_the_article_is_named_and_not_remembered(tmp_path: Path) -> None:
    with Memo(tmp_path, Inline()) as memo:
        (outcome,) = memo.map(slow_stage(), [FILE], RULES)
    (found,) = outcome.diagnostics
    assert (found.rule, found.severity, found.location.path) == ("file/too-costly", "error", "content/en/a.md")
    assert "limits.article_seconds" in found.message
    with Memo(tmp_path, Inline()) as memo:
        assert memo.recall(slow_stage(), FILE, RULES) is None
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
        workers.map(stage, [FILE] * 200, RULES)
