"""Build one site in environments drawn by chance, and count the digests of what comes out; one is right.

Drawn are: time zone, language, encoding of the terminal, umask, hash seed, number of processes, the folder's path, the order in
which the file system lists the files (they are written in another order), the times of the files, and the user's home.
"""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from audit.kills.sites import ROOT

ZONES = ("UTC", "Asia/Shanghai", "America/New_York", "Pacific/Chatham", "Europe/London")
LANGUAGES = ("C", "C.UTF-8", "en_US.UTF-8", "zh_CN.UTF-8", "tr_TR.UTF-8", "POSIX")
FOLDERS = ("site", "a b", "网站", "x" * 60, "ünï")


@dataclass(frozen=True, kw_only=True)
class Environment:
    """One draw; `variables` are set for the build."""

    number: int
    variables: dict[str, str]
    umask: int
    jobs: int
    folder: str
    seed: int


def draw(number: int) -> Environment:
    """The environment of a number, always the same one."""
    chance = random.Random(number)
    return Environment(
        number=number,
        variables={
            "TZ": chance.choice(ZONES),
            "LANG": chance.choice(LANGUAGES),
            "LC_ALL": chance.choice(LANGUAGES),
            "PYTHONIOENCODING": chance.choice(("utf-8", "ascii", "latin-1")),
            "PYTHONHASHSEED": str(chance.randrange(1 << 32)),
            "HOME": f"/nonexistent/{chance.randrange(1000)}",
            "COLUMNS": str(chance.choice((20, 80, 500))),
        },
        umask=chance.choice((0o000, 0o022, 0o027, 0o077)),
        jobs=chance.choice((1, 2, 3, 4)),
        folder=f"{number}/{chance.choice(FOLDERS)}",
        seed=chance.randrange(1 << 32),
    )


def build_in(environment: Environment, scratch: Path) -> str:
    """The digest of the site that comes out. Raises RuntimeError with the messages of a build that fails."""
    site = scratch / environment.folder
    _copy(site, random.Random(environment.seed))
    before = os.umask(environment.umask)
    try:
        ended = subprocess.run(
            [sys.executable, "-m", "helpgen", "build", "--site", str(site), "--jobs", str(environment.jobs)],
            env={**os.environ, **environment.variables, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            check=False,
        )
    finally:
        os.umask(before)
    if ended.returncode:
        raise RuntimeError(f"environment {environment.number}: {ended.stderr.decode(errors='replace')[-500:]}")
    digest = digest_of(site / "build", site / "build.whoosh")
    shutil.rmtree(scratch / str(environment.number))
    return digest


def digest_of(*folders: Path) -> str:
    """One digest over every path and every byte of some folders."""
    total = hashlib.sha256()
    for folder in folders:
        for path in sorted(folder.rglob("*"), key=lambda path: path.relative_to(folder).as_posix().encode()):
            if path.is_file():
                total.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()


def _copy(site: Path, chance: random.Random) -> None:
    """The demo's sources, written in an order of chance and with times of chance."""
    sources = [ROOT / "helpgen.yaml", *(path for path in (ROOT / "content").rglob("*") if path.is_file())]
    chance.shuffle(sources)
    for source in sources:
        target = site / source.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)
        moment = chance.randrange(1, 2_000_000_000)
        os.utime(target, (moment, moment))
