"""Results as JSON in bench/results/: what was measured, when, on what, with which versions."""

from __future__ import annotations

import datetime
import json
import os
import platform
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from bench.peers import RESULTS, ROOT

# What every measurement tells the version of.
OWN: Final = ("helpgen", "Python")


def save(name: str, results: Mapping[str, Any], versions: Mapping[str, str], *, quick: bool) -> Path:
    """Write results with the machine and the versions; those of a quick run go beside, not in place of, the full ones."""
    about = {
        "date": datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%d"),
        "machine": machine(),
        "versions": {**dict(zip(OWN, (helpgen_version(), platform.python_version()), strict=True)), **versions},
    }
    path = (RESULTS / "quick" if quick else RESULTS) / f"{name}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps({**about, "results": results}, ensure_ascii=False, indent=1, sort_keys=True)
    path.write_text(text + "\n", encoding="utf-8")
    return path


def load(name: str, folder: Path = RESULTS) -> dict[str, Any] | None:
    """Earlier results, None if there are none."""
    path = folder / f"{name}.json"
    loaded: dict[str, Any] | None = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else None
    return loaded


def machine() -> str:
    """Processor, cores and memory."""
    named = [line.split(":", 1)[1].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")]
    memory = [int(line.split()[1]) for line in _lines("/proc/meminfo") if line.startswith("MemTotal")]
    size = f", {round(memory[0] / 1024**2)} GB" if memory else ""
    return (
        f"{named[0] if named else platform.machine()}, {len(os.sched_getaffinity(0))} cores{size}, {platform.system()}"
    )


def helpgen_version() -> str:
    """The commit, with a mark when what is measured has been changed since: results of an earlier run are no such change."""
    commit = _git("rev-parse", "--short", "HEAD")
    changed = _git("status", "--porcelain", "--", ".", ":!bench/results", ":!docs")
    return f"{commit}{'-dirty' if changed else ''}" if commit else "unknown"


def _git(*arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout.strip()


def _lines(path: str) -> list[str]:
    try:
        return Path(path).read_text(encoding="utf-8").splitlines()
    except OSError:
        return []
