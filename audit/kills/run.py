"""Kill a build, or fail one of its calls, look at the site over HTTP, build again.

1. Build the site, edit it, build it again: these are the old site and the new one, and the calls, each with its kind and its place.
2. For each point, spread over the places: the sources after the edit with the old site and its cache; the build, struck there.
3. What a web server then serves is the old site whole or the new one whole, by every address of both.
4. The next build ends well, its site is the new one byte for byte, and nothing is left beside it.

A place is a kind of call made by the same lines of the code on a file of the same role (see places.py). Calls of one place differ
in the file only, so when not every call can be tried, each place gets its share, and none is left out.
"""

from __future__ import annotations

import errno
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from queue import SimpleQueue

from audit.kills.serving import fetch, served
from audit.kills.shim import KINDS, Driver, Ended, compile_shim
from audit.kills.sites import SITES, Site, edit, files_of

KILL = 0
FAULTS = (errno.ENOSPC, errno.EIO, errno.EACCES, errno.EMFILE, errno.EROFS, errno.EINTR)
# The builds of each site that are struck: its first, the one after an edit, and the one after another, which finds a spare folder.
BUILDS = ("first", "edit", "again")
# As many points as there are calls, in each build.
EVERY = len(BUILDS) * sys.maxsize
_TOLD = {"first": "first build", "edit": "an edit", "again": "another edit"}
_BUG = ("Traceback", "bug in helpgen")


@dataclass(frozen=True, kw_only=True)
class Stage:
    """A site before and after its edit, in folders of their own. `build` is one of BUILDS."""

    site: Site
    build: str
    before: Path
    old: Mapping[str, bytes]
    new: Mapping[str, bytes]
    kinds: str
    places: Sequence[str]

    @property
    def name(self) -> str:
        return f"{self.site.name}, {_TOLD[self.build]}"


@dataclass(frozen=True, kw_only=True)
class Point:
    """Where a build is struck: at its `at`-th call, which is of this `kind` and made at this `place`, by a kill or by an errno."""

    at: int
    fault: int
    kind: str
    place: str = ""

    def __str__(self) -> str:
        how = errno.errorcode[self.fault] if self.fault else "killed"
        return f"call {self.at} ({KINDS[self.kind]} at {self.place or 'some place'}), {how}"


@dataclass(frozen=True, kw_only=True)
class Tried:
    """What came of one stage: which points of how many calls at how many places were tried, and what was wrong where."""

    stage: str
    calls: int
    places: int
    points: Sequence[Point]
    failed: Sequence[str]

    @property
    def tried(self) -> int:
        return len(self.points)

    @property
    def struck_places(self) -> int:
        return len({(point.kind, point.place) for point in self.points})

    @property
    def by_kind(self) -> str:
        """How many points of each kind of call were tried: "write 12, exchange 1"."""
        counts = Counter(KINDS[point.kind] for point in self.points)
        return ", ".join(f"{kind} {count}" for kind, count in counts.most_common())


def try_sites(
    folder: Path,
    *,
    points: int,
    fault_points: int,
    jobs: int,
    names: Sequence[str] = (),
    builds: Sequence[str] = BUILDS,
    say: Callable[[str], None] = lambda _text: None,
) -> Iterator[Tried]:
    """Every site: about `points` kills and six faults at about `fault_points` calls, as many in each of its builds.

    EVERY for each call that there is. What goes wrong is said at once, too.
    """
    library = compile_shim(folder)
    drivers: SimpleQueue[Driver] = SimpleQueue()
    opened = []
    try:
        for number in range(jobs):
            warm = folder / f"warm-{number}"
            SITES[0].make(warm)
            opened.append(Driver(library, warm))
            drivers.put(opened[-1])
        with served(folder) as port, ThreadPoolExecutor(jobs) as pool:
            for site in (site for site in SITES if not names or site.name in names):
                for build in builds:
                    stage = _stage(site, build, folder, opened[0])
                    struck = [
                        Point(at=at, fault=fault, kind=stage.kinds[at - 1], place=stage.places[at - 1])
                        for number, faults in ((points, (KILL,)), (fault_points, FAULTS))
                        for at in spread(_located(stage), number // len(BUILDS))
                        for fault in faults
                    ]
                    failed = []
                    for point, reason in zip(
                        struck, pool.map(partial(_try_point, folder, drivers, port, stage), struck), strict=True
                    ):
                        if reason:
                            failed.append(f"{point}: {reason}")
                            say(f"{stage.name}: {failed[-1]}")
                    yield Tried(
                        stage=stage.name,
                        calls=len(stage.kinds),
                        places=len(set(_located(stage))),
                        points=struck,
                        failed=failed,
                    )
    finally:
        for driver in opened:
            driver.close()


def _located(stage: Stage) -> list[tuple[str, str]]:
    """The kind and place of each call."""
    return list(zip(stage.kinds, stage.places, strict=True))


def _stage(site: Site, build: str, folder: Path, driver: Driver) -> Stage:
    before = folder / f"{site.name}-{build}"
    site.make(before)
    old: Mapping[str, bytes] = {}
    for number in range(1, BUILDS.index(build) + 1):
        _must_pass(driver.build(before), before)
        old = files_of(before / "build")
        edit(before, number)
    clean = folder / f"{before.name}-clean"
    _copy(before, clean)
    ended = driver.build(clean, watched=True)
    _must_pass(ended, clean)
    new = files_of(clean / "build")
    if site.warm:
        # The memory of this build, so that the builds that are struck make nothing and publish everything.
        memory = before / ".helpgen" / "cache"
        shutil.rmtree(memory, ignore_errors=True)
        memory.parent.mkdir(exist_ok=True)
        _copy(clean / ".helpgen" / "cache", memory)
        shutil.rmtree(clean)
        _copy(before, clean)
        ended = driver.build(clean, watched=True)
        _must_pass(ended, clean)
    shutil.rmtree(clean)
    return Stage(site=site, build=build, before=before, old=old, new=new, kinds=ended.kinds, places=ended.places)


def _copy(source: Path, target: Path) -> None:
    """As it is, fast: there are thousands of files, hundreds of times."""
    subprocess.run(["cp", "-a", str(source), str(target)], check=True)


def _must_pass(ended: Ended, folder: Path) -> None:
    if ended.code:
        raise RuntimeError(f"{folder.name} cannot be built even untouched:\n{ended.said}")


def spread(located: Sequence[Hashable], points: int) -> list[int]:
    """Which calls to strike, counted from 1: as many as asked for, of calls each of which is at some place.

    Each place gets its share, a place of few calls all of them. Within a place they are evenly spread, the first and the last
    among them. Of more places than points, some evenly spread are left out.
    """
    places: dict[Hashable, list[int]] = {}
    for at, place in enumerate(located, start=1):
        places.setdefault(place, []).append(at)
    groups = list(places.values())
    if points < len(groups):
        groups = [groups[number * len(groups) // points] for number in range(points)]
    chosen: list[int] = []
    groups.sort(key=len)
    for left, found in zip(range(len(groups), 0, -1), groups, strict=True):
        share = min(len(found), (points - len(chosen)) // left)
        chosen += [found[step] for step in {(len(found) - 1) * number // max(share - 1, 1) for number in range(share)}]
    return sorted(chosen)


def _try_point(folder: Path, drivers: SimpleQueue[Driver], port: int, stage: Stage, point: Point) -> str:
    """What was wrong, "" for nothing."""
    site = folder / f"{stage.before.name}-{point.at}-{point.fault}"
    _copy(stage.before, site)
    driver = drivers.get()
    try:
        ended = driver.build(site, at=point.at, fault=point.fault)
        served = fetch(port, f"/{site.name}/build/", stage.old.keys() | stage.new.keys())
        wrong = judge(ended, served, stage, point)
        if wrong:
            return wrong
        again = driver.build(site)
        if again.code:
            return f"the next build ended with {again.code}: {again.said.strip()[:300]}"
        if files_of(site / "build") != stage.new:
            return "after the next build the site is not that of a clean build"
        left = [path.name for path in site.iterdir() if path.name.startswith(".build")]
        left += [path.name for path in driver.scratch.iterdir()]
        return f"left behind: {', '.join(left)}" if left else ""
    finally:
        drivers.put(driver)
        shutil.rmtree(site)


def judge(ended: Ended, served: Mapping[str, bytes], stage: Stage, point: Point) -> str:
    if served == stage.old:
        whole = "old"
    elif served == stage.new:
        whole = "new"
    else:
        alien = [path for path, data in served.items() if data not in (stage.old.get(path), stage.new.get(path))]
        return f"a mixed site is served; damaged: {', '.join(alien[:3]) or 'no page, but pages of both'}"
    if any(word in ended.said for word in _BUG):
        return f"it ended as a bug: {ended.said.strip()[-300:]}"
    if point.fault and ended.code == 0 and whole == "old" and stage.old != stage.new:
        return "it says that it went well, and the old site is there"
    if point.fault and ended.code not in (0, 1):
        return f"it ended with {ended.code}"
    if point.fault and ended.code == 1 and "/" not in ended.said:
        return f"its message names no path: {ended.said.strip()[:300]}"
    return ""
