"""Builds that die, meet each other or run elsewhere; each rule answers reasons against them."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from audit.bad_inputs.cache_site import Site, edit
from audit.bad_inputs.expect import tree_digest
from audit.bad_inputs.process import ROOT, run_anew
from audit.effort import effort, processors
from audit.kills.run import try_sites
from audit.kills.shim import compiler

_STRUCK = 2
_MANY = 400


def dead_lock(site: Site) -> list[str]:
    (site.root / ".build.lock").write_text("99999999", encoding="ascii")
    leftover = site.root / ".build.staging-99999999"
    leftover.mkdir()
    return site.is_clean("a dead build's lock")


def environments(site: Site) -> list[str]:
    seed, found, digests = random.Random(3), [], set()
    for number in range(effort(4, 50)):
        moved = site.prepared.box / f"place {number}"
        shutil.copytree(site.root, moved, ignore=shutil.ignore_patterns("build*", ".helpgen", ".build*"))
        environment = {
            "PYTHONHASHSEED": str(seed.randrange(10**6)),
            "TZ": seed.choice(("UTC", "Asia/Shanghai", "America/New_York", "Pacific/Chatham")),
            "LANG": seed.choice(("C", "C.UTF-8", "de_DE.UTF-8", "tr_TR.UTF-8")),
            "HOME": str(moved),
        }
        ended = run_anew(("build", "--jobs", str(seed.randint(1, 3))), folder=moved, environment=environment)
        found += [f"exit {ended.code} in {environment}"] * (ended.code != 0)
        digests.add(tuple(sorted(tree_digest(moved / "build").items())))
    return found + ([] if len(digests) == 1 else [f"{len(digests)} outputs of one input"])


def dates(site: Site) -> list[str]:
    found = []
    for value in ("0", "-1", "soon", "4294967296"):
        ended = site.build(environment={"SOURCE_DATE_EPOCH": value})
        found += [f"SOURCE_DATE_EPOCH={value}: {ended.crashed}"] * bool(ended.crashed)
    return found + site.is_clean("after odd dates")


def plain_terminal(site: Site) -> list[str]:
    environment = {"LANG": "C", "LC_ALL": "C", "PYTHONIOENCODING": "ascii"}
    ended = run_anew(("build",), folder=site.root, environment=environment)
    return [] if ended.code == 0 else [f"exit {ended.code}: {ended.err[-300:]}"]


def other_umask(site: Site) -> list[str]:
    before = os.umask(0o077)
    try:
        ended = run_anew(("build", "--no-cache"), folder=site.root, environment={})
    finally:
        os.umask(before)
    return [f"exit {ended.code}: {ended.err[-300:]}"] * bool(ended.code) + site.is_clean("umask 077")


def struck(points: int, faults: int) -> Callable[[Site], list[str]]:
    """Builds that are killed, or met by a fault of the disk, at their calls (see audit.kills)."""

    def rule(site: Site) -> list[str]:
        if compiler() is None:
            return ["there is no C compiler for the library that strikes the calls"]
        folder = site.prepared.scratch / "kills"
        folder.mkdir(parents=True, exist_ok=True)
        rows = try_sites(folder, points=points, fault_points=faults, jobs=processors(), names=["one"])
        return [f"{row.stage}: {reason}" for row in rows for reason in row.failed]

    return rule


def two_builds(site: Site) -> list[str]:
    """Both at once: each goes well or says that another build is running, and the site is one of the two."""
    edit(site)
    command = [sys.executable, "-m", "helpgen", "build"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    builds = [
        subprocess.Popen(command, cwd=site.root, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for _ in range(_STRUCK)
    ]
    found = []
    for build in builds:
        _, said = build.communicate()
        if build.returncode and b"another build" not in said:
            found.append(f"exit {build.returncode}: {said.decode()[-200:]}")
    return found + site.is_clean("two builds")


def signals(site: Site) -> list[str]:
    """Ctrl-C and SIGTERM at random times: the old site or the new one, and nothing left behind by the next build."""
    seed, found = random.Random(17), []
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    for number in range(effort(3, 100)):
        before = site.digest()
        edit(site)
        after = site.clean_digest()
        build = subprocess.Popen(
            [sys.executable, "-m", "helpgen", "build", "--no-cache"],
            cwd=site.root,
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        time.sleep(seed.random())
        build.send_signal(seed.choice((signal.SIGINT, signal.SIGTERM)))
        build.wait()
        if site.digest() not in (before, after):
            found.append(f"signal {number}: a mixed site")
        found += site.is_clean(f"after signal {number}")
    left = [path.name for path in site.root.iterdir() if "staging" in path.name]
    return found + [f"left behind: {left}"] * bool(left)


def worker_killed(site: Site) -> list[str]:
    """A build large enough for several processes, one of which is killed as soon as it is there."""
    for number in range(_MANY):
        text = f"---\ntitle: Article {number}\n---\n\nText {number}.\n"
        (site.root / "content" / "en" / f"w{number}.md").write_text(text, encoding="utf-8")
    before = site.digest()
    build = subprocess.Popen(
        [sys.executable, "-m", "helpgen", "build", "--jobs", "2", "--no-cache"],
        cwd=site.root,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    worker = None
    while worker is None and build.poll() is None:
        worker = _worker_of(build.pid)
        time.sleep(0.01)
    if worker is None:
        return ["the build had no worker"]
    os.kill(worker, signal.SIGKILL)
    said = build.communicate()[0].decode("utf-8", "replace")
    found = [] if build.returncode == 1 and "worker" in said else [f"exit {build.returncode}: {said[-300:]}"]
    found += ["the old site was touched"] * (site.digest() != before)
    return found + site.is_clean("after a killed worker")


def _worker_of(build: int) -> int | None:
    """A process of the build's own: forked, it has the build's command line."""
    try:
        own = Path(f"/proc/{build}/cmdline").read_bytes()
        for child in Path(f"/proc/{build}/task/{build}/children").read_text(encoding="ascii").split():
            if Path(f"/proc/{child}/cmdline").read_bytes() == own:
                return int(child)
    except FileNotFoundError:
        pass
    return None
