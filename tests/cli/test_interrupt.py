"""Ctrl-C, as a terminal sends it: to every process of a real build at once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.processes import PATIENCE, children_of, hearing_interrupts, is_alive, wait_until
from tests.site_folder import SiteFolder

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks at processes in /proc")

ROOT = Path(__file__).resolve().parents[2]
# Stands in for a proof that takes long, at a moment that is known.
NODE = """#!/bin/sh
echo $$ > "{mark}.new"
mv "{mark}.new" "{mark}"
exec sleep 600
"""
# Articles for which a build has several processes.
MANY = 320

Begin = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def mark(tmp_path: Path) -> Path:
    """Where the Node of this test writes its number."""
    node = tmp_path / "bin" / "node"
    node.parent.mkdir()
    node.write_text(NODE.format(mark=tmp_path / "mark"), encoding="utf-8")
    node.chmod(0o755)
    return tmp_path / "mark"


@pytest.fixture
def begin(site: SiteFolder, tmp_path: Path, mark: Path) -> Iterator[Begin]:
    """Begins a build in a process group of its own, with the Node of this test and a folder for temporary files."""
    (tmp_path / "tmp").mkdir()
    path = f"{mark.parent / 'bin'}:{os.environ['PATH']}"
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(tmp_path / "tmp"), "PATH": path}
    begun: list[subprocess.Popen[str]] = []

    def build(*options: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "helpgen", "build", "--site", str(site.root), *options]
        pipe = subprocess.PIPE
        with hearing_interrupts():
            process = subprocess.Popen(
                command, env=environment, stdout=pipe, stderr=pipe, text=True, start_new_session=True
            )
        begun.append(process)
        return process

    yield build
    for process in begun:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def interrupt(build: subprocess.Popen[str], tmp_path: Path) -> None:
    """Press Ctrl-C. The build says one line, and leaves nothing: no process that it began, no temporary file."""
    others = children_of(build.pid)
    os.killpg(build.pid, signal.SIGINT)
    said, told = build.communicate(timeout=PATIENCE)
    assert (build.returncode, said, told.strip()) == (1, "", "Aborted!")
    assert [pid for pid in others if is_alive(pid)] == []
    assert list((tmp_path / "tmp").iterdir()) == []


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_while_node_is_asked(jobs: str, begin: Begin, mark: Path, tmp_path: Path) -> None:
    build = begin("--jobs", jobs)
    wait_until(mark.exists)
    assert int(mark.read_text()) in children_of(build.pid)
    interrupt(build, tmp_path)
    assert not is_alive(int(mark.read_text()))


def test_while_workers_wait(begin: Begin, site: SiteFolder, mark: Path, tmp_path: Path) -> None:
    pytest.importorskip("brotli", reason="without compression the workers end before the proof does")
    for number in range(MANY):
        site.article(f"en/security/a{number}", f"Article {number}", "Text.\n")
    build = begin("--jobs", "2", "--compress")
    wait_until(mark.exists)
    # Two workers, and two that ask.
    wait_until(lambda: len(children_of(build.pid)) == 4)
    interrupt(build, tmp_path)
