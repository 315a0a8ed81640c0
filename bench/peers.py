"""Where the other tools are: Hugo and Pagefind from bench/requirements.txt, the JavaScript of bench/package.json.

The programs are called themselves: the Python wrappers around them would add a tenth of a second to each run.
"""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

from tests.chromium import find_chromium

ROOT: Final = Path(__file__).resolve().parents[1]
BENCH: Final = ROOT / "bench"
WORK: Final = BENCH / "work"
RESULTS: Final = BENCH / "results"
PACKAGES: Final = BENCH / "node_modules"
# helpgen of this tree, whatever else is installed.
HELPGEN: Final = (sys.executable, "-m", "helpgen")
# A user has the compiled modules of the run before, whatever the shell of the one who measures says.
ENVIRONMENT: Final = {"PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": ""}


def hugo() -> str:
    """The path of the program."""
    return _program("hugo", "binaries/hugo", "hugo")


def pagefind() -> str:
    """The path of the program, in the extended version, which segments Chinese."""
    return _program("pagefind_bin_extended", "pagefind_extended", "pagefind_extended")


def node() -> str:
    """The path of Node."""
    found = shutil.which("node")
    if found is None:
        raise SystemExit("the benchmark needs Node 20 or later, for the search as readers get it")
    return found


def node_packages() -> Path:
    """The folder of the npm packages; they are installed when they are not there."""
    if not (PACKAGES / ".package-lock.json").is_file() or _older(
        PACKAGES / ".package-lock.json", BENCH / "package.json"
    ):
        npm = shutil.which("npm")
        if npm is None:
            raise SystemExit("npm is missing; it installs what bench/package.json names")
        subprocess.run(
            [npm, "install", "--no-package-lock", "--no-audit", "--no-fund", "--silent"], cwd=BENCH, check=True
        )
    return PACKAGES


def chromium() -> str:
    """The path of Chromium."""
    found = find_chromium()
    if found is None:
        raise SystemExit("no Chromium; install Debian's chromium, or set HELPGEN_CHROMIUM")
    return found


def version(command: str, *arguments: str) -> str:
    """The first line that a program says of itself."""
    done = subprocess.run([command, *(arguments or ("--version",))], capture_output=True, text=True, check=False)
    return (done.stdout or done.stderr).strip().split("\n")[0]


def _older(path: Path, other: Path) -> bool:
    return path.stat().st_mtime < other.stat().st_mtime


def _program(package: str, path: str, name: str) -> str:
    found = importlib.util.find_spec(package)
    for folder in (found.submodule_search_locations or ()) if found else ():
        if Path(folder, path).is_file():
            return str(Path(folder, path))
    elsewhere = shutil.which(name)
    if elsewhere is None:
        raise SystemExit(f"{name} is missing; install it: {sys.executable} -m pip install -r bench/requirements.txt")
    return elsewhere
