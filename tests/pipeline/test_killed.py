"""A build that is killed, or met by a fault of the disk, at some of its calls; `python -m audit.kills` strikes them all."""

from __future__ import annotations

from pathlib import Path

import pytest

from audit.kills.run import EVERY, KILL, Point, Stage, judge, spread, try_sites
from audit.kills.shim import Ended, compiler
from audit.kills.sites import SITES


@pytest.mark.skipif(compiler() is None, reason="there is no C compiler for the library that strikes the calls")
def test_the_site_stays_whole(tmp_path: Path) -> None:
    rows = list(try_sites(tmp_path, points=36, fault_points=3, jobs=2, names=["one", "starter"]))
    assert len(rows) == 6
    assert sum(row.tried for row in rows) >= 100
    assert [reason for row in rows for reason in row.failed] == []


def judged(served: dict[str, bytes], ended: Ended, point: Point) -> str:
    old, new = {"a": b"old", "b": b"same"}, {"a": b"new", "b": b"same", "c": b"more"}
    stage = Stage(site=SITES[0], build="edit", before=Path(), old=old, new=new, kinds="w" * 9, places=["here"] * 9)
    return judge(ended, served, stage, point)


def test_the_judge_knows_a_mixture() -> None:
    killed, point = Ended(code=-9, kinds="", said=""), Point(at=1, fault=KILL, kind="w")
    assert judged({"a": b"old", "b": b"same"}, killed, point) == ""
    assert judged({"a": b"new", "b": b"same", "c": b"more"}, killed, point) == ""
    assert "mixed" in judged({"a": b"new", "b": b"same"}, killed, point)
    assert "mixed" in judged({"a": b"old", "b": b"same", "c": b"more"}, killed, point)
    assert "damaged: a" in judged({"a": b"ol", "b": b"same"}, killed, point)


def test_the_judge_knows_a_lie_a_bug_and_a_message_without_a_path() -> None:
    old, point = {"a": b"old", "b": b"same"}, Point(at=1, fault=28, kind="w")
    assert "went well" in judged(old, Ended(code=0, kinds="w" * 9, said="Built"), point)
    assert "bug" in judged(old, Ended(code=3, kinds="w" * 9, said="Traceback (most recent call last)"), point)
    assert "no path" in judged(old, Ended(code=1, kinds="w" * 9, said="error: it failed"), point)
    assert judged(old, Ended(code=1, kinds="w" * 9, said="error: /site/build: No space left on device"), point) == ""


def test_every_place_gets_its_share() -> None:
    calls = ["lock", *["page"] * 20, "swap", *["old"] * 10]
    assert spread(calls, EVERY) == list(range(1, 33))
    assert spread(calls, 4) == [1, 2, 22, 23]
    some = spread(calls, 12)
    assert len(some) == 12
    assert {1, 2, 21, 22, 23, 32} <= set(some)
    assert len(spread(calls, 2)) == 2
    assert spread(calls, 0) == []
