#!/usr/bin/env python3
"""The commands of this repository, for a machine that has nothing but Python 3.11+ and git.

    python3 make.py demo [options of helpgen serve]   build the demo and serve it on this machine
    python3 make.py test [options of pytest]          run every test
    python3 make.py lint                              ruff and mypy
    python3 make.py bench [--quick]                   builds beside Hugo + Pagefind
    python3 make.py bench-search [--quick]            the search beside Pagefind, Whoosh, MiniSearch, FlexSearch
    python3 make.py bench-serve [--quick]             from a saved file to the page in the browser
    python3 make.py bench-reader                      what a reader downloads; Lighthouse
    python3 make.py bench-page                        docs/benchmarks.md from the last results
    python3 make.py bad-inputs [FOLDER]               a folder of bad inputs, each with the outcome it must get
    python3 make.py audit [PROMISES]                  every promise of docs/security.md, tried

Each one first makes sure of what it needs:
1. A virtual environment in .venv, made afresh when the interpreter or the folder has changed.
2. helpgen in it, installed again only when pyproject.toml has changed; for test and lint with the tools of the `dev` extra.
3. For the tests, Chromium and Chinese fonts, from Debian's packages where they are missing; for bad inputs and the
   audit also strace; for the audit Java and, from npm, two checkers of HTML.
4. For the benchmarks, the tools of bench/requirements.txt in the same environment, and those of bench/package.json by npm.

Standard library only. When everything is there, this costs some hundredths of a second.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "helpgen-stamp.json"
LOWEST = (3, 11)
SHARED_MEMORY = "/dev/shm"
# Bytes. The tests need 0.3 GB at the same time; what else is in that memory is not known.
ROOM_FOR_TESTS = 4 << 30
# The interpreter that environments are made of: the same one, whether or not .venv is activated.
INTERPRETER = os.path.realpath(getattr(sys, "_base_executable", None) or sys.executable)
EXTRAS = {"demo": "", "test": "[dev]", "lint": "[dev]", "bad-inputs": "[dev]", "audit": "[dev]"}
BENCHES = {
    "bench": "bench.builds",
    "bench-search": "bench.search",
    "bench-serve": "bench.serving",
    "bench-reader": "bench.reader",
    "bench-page": "bench.page",
}
PEERS = ROOT / "bench" / "requirements.txt"


def main(arguments: list[str]) -> None:
    command, *rest = arguments or ["help"]
    if command not in EXTRAS and command not in BENCHES:
        print(__doc__)
        sys.exit(0 if command in ("help", "-h", "--help") else 2)
    if sys.version_info < LOWEST:
        running = ".".join(str(part) for part in sys.version_info[:2])
        stop(f"helpgen needs Python 3.11 or later; this is {running}. Try: python3.11 make.py {command}")
    os.chdir(str(ROOT))
    if command in BENCHES:
        prepare_peers()
        sys.exit(call([str(PYTHON), "-m", BENCHES[command], *rest]))
    prepare(EXTRAS[command])
    if command == "demo":
        demo(rest)
    elif command == "test":
        need_system_tools()
        # A process for each processor; a file's tests stay together, since they share what they build. `-n 0` is one process.
        spread = ["-n", "auto", "--dist", "loadfile", "--no-loadscope-reorder"]
        with tempfile.TemporaryDirectory(
            prefix="helpgen-tests-", dir=quick_disk(), ignore_cleanup_errors=True
        ) as folder:
            os.environ["TMPDIR"] = folder
            sys.exit(call([str(PYTHON), "-m", "pytest", *spread, *rest]))
    elif command == "lint":
        sys.exit(lint())
    else:
        need_system_tools()
        if not shutil.which("strace"):
            install_packages(["strace"], "watching what a build opens")
        if command == "audit":
            need_checkers()
        module = {"bad-inputs": "audit.bad_inputs", "audit": "audit"}[command]
        sys.exit(call([str(PYTHON), "-m", module, *rest]))


def demo(options: list[str]) -> None:
    """Build this repository's own site, then preview it; the server prints its address."""
    code = call([str(PYTHON), "-m", "helpgen", "build"])
    if code:
        sys.exit(code)
    # The server takes this process's place, so that Ctrl-C and signals reach it alone.
    sys.stdout.flush()
    os.execv(str(PYTHON), [str(PYTHON), "-m", "helpgen", "serve", *options])


def lint() -> int:
    """Both tools run, whatever the first one finds."""
    found = [call([str(PYTHON), "-m", "ruff", "check", "."]), call([str(PYTHON), "-m", "mypy"])]
    return max(found)


def quick_disk() -> str | None:
    """The disk in memory, where it has room: the tests make and force hundreds of thousands of files. None: the usual place."""
    with contextlib.suppress(OSError):
        if os.access(SHARED_MEMORY, os.W_OK) and shutil.disk_usage(SHARED_MEMORY).free > ROOM_FOR_TESTS:
            return SHARED_MEMORY
    return None


def prepare(extra: str) -> None:
    """The virtual environment, with helpgen and an extra in it."""
    version = ".".join(str(part) for part in sys.version_info[:2])
    here = f"{INTERPRETER} {version} {ROOT}"
    wanted = hashlib.sha256((ROOT / "pyproject.toml").read_bytes()).hexdigest()
    stamp = read_stamp()
    if stamp.get("here") != here or not PYTHON.exists():
        make_venv()
        stamp = {"here": here}
    # What has the tools of the extra has helpgen as well.
    if stamp.get("[dev]") == wanted or stamp.get(extra) == wanted:
        return
    tools = " and the tools for its tests" if extra else ""
    say(f"Installing helpgen{tools} in .venv")
    pip = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "install", "--quiet", "-e", "." + extra]
    if call(pip):
        stop("pip could not install helpgen; its message is above.")
    stamp[extra] = wanted
    STAMP.write_text(json.dumps(stamp), encoding="utf-8")


def prepare_peers() -> None:
    """The virtual environment, with helpgen and what it is measured beside."""
    prepare("[test]")
    wanted = hashlib.sha256(PEERS.read_bytes()).hexdigest()
    stamp = read_stamp()
    if stamp.get("peers") == wanted:
        return
    say("Installing the tools that helpgen is measured beside in .venv")
    pip = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "install", "--quiet", "-r", str(PEERS)]
    if call(pip):
        stop("pip could not install bench/requirements.txt; its message is above.")
    stamp["peers"] = wanted
    STAMP.write_text(json.dumps(stamp), encoding="utf-8")


def read_stamp() -> dict[str, str]:
    """What was installed; empty when unknown."""
    try:
        stamp = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def make_venv() -> None:
    """Debian keeps the part of Python that makes environments in a package of its own."""
    if not works([INTERPRETER, "-c", "import ensurepip, venv"]):
        version = ".".join(str(part) for part in sys.version_info[:2])
        install_packages(["python3-venv"], "a virtual environment")
        if not works([INTERPRETER, "-c", "import ensurepip, venv"]):
            install_packages([f"python{version}-venv"], "a virtual environment")
    say("Making a virtual environment in .venv")
    if call([INTERPRETER, "-m", "venv", "--clear", str(VENV)]):
        stop("the virtual environment could not be made; the message is above.")


def need_system_tools() -> None:
    """The browser tests drive Debian's Chromium, over pages with Chinese text. (Node comes with Playwright.)"""
    missing = []
    if not any(
        shutil.which(name) for name in ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
    ):
        missing.append("chromium")
    if not has_chinese_font():
        missing += ["fontconfig", "fonts-noto-cjk"]
    if not any(shutil.which(name) for name in ("cc", "gcc")):
        # For the library that strikes the calls of a build.
        missing += ["gcc", "libc6-dev"]
    if missing:
        install_packages(missing, "the tests")


def need_checkers() -> None:
    """html-validate and the Nu checker, as audit/package-lock.json has them. Without them their rows are skipped."""
    programs = (("default-jre-headless", "java"), ("npm", "npm"))
    missing = [name for name, program in programs if not shutil.which(program)]
    if missing:
        install_packages(missing, "the checks of HTML")
    if not (ROOT / "audit" / "node_modules").is_dir():
        say("Installing two checkers of HTML in audit/node_modules")
        call(["npm", "ci", "--prefix", "audit", "--no-fund", "--no-audit"], quiet=True)


def has_chinese_font() -> bool:
    """fontconfig knows every font that Chromium can use; without fontconfig there is none."""
    if not shutil.which("fc-list"):
        return False
    listed = subprocess.run(["fc-list", ":lang=zh-cn", "family"], stdout=subprocess.PIPE, check=False)
    return bool(listed.stdout.strip())


def install_packages(names: list[str], purpose: str) -> None:
    """Debian packages, by apt-get: as root, or by sudo. Where neither works, say which packages to install."""
    listed = " ".join(names)
    advice = f"Install it and run this again:  apt-get install {listed}"
    if not shutil.which("apt-get"):
        stop(f"for {purpose}, {listed} is missing, and this machine has no apt-get. {advice}")
    sudo: list[str] = []
    if os.geteuid() != 0:
        if not shutil.which("sudo"):
            stop(f"for {purpose}, {listed} is missing; you are not root, and there is no sudo. {advice}")
        # Without a terminal nobody could type a password: fail at once instead of waiting.
        sudo = ["sudo"] if sys.stdin is not None and sys.stdin.isatty() else ["sudo", "-n"]
    say(f"Installing {listed} for {purpose}, which can take some minutes")
    apt = [*sudo, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", "-o", "Dpkg::Use-Pty=0"]
    install = [*apt, "install", "-y", "--no-install-recommends", *names]
    # The package lists of a fresh machine are empty, those of an old one name files that are gone. An update can fail
    # for a source that has nothing to do with us, so the installation decides.
    call([*apt, "update"], quiet=True)
    if call(install, quiet=True):
        stop(f"{listed} could not be installed; the message is above. {advice}")


def call(command: list[str], quiet: bool = False) -> int:
    """Run a command in the repository; its exit code (130 after Ctrl-C). A quiet one shows only its errors."""
    sys.stdout.flush()
    try:
        return subprocess.call(command, cwd=str(ROOT), stdout=subprocess.DEVNULL if quiet else None)
    except KeyboardInterrupt:
        return 130


def works(command: list[str]) -> bool:
    return subprocess.call(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) == 0


def say(text: str) -> None:
    print("-- " + text + " …", flush=True)


def stop(text: str) -> NoReturn:
    print("make.py: " + text, file=sys.stderr)
    sys.exit(1)


if __name__ == "__main__":
    main(sys.argv[1:])
