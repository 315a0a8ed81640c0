"""Is every page valid HTML? Two checkers that know different things: html-validate, and the Nu checker of the W3C.

They are npm packages (`npm ci --prefix audit`); the second is a program for Java.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

_HERE = Path(__file__).resolve().parent
_MODULES = _HERE / "node_modules"
_JAR = _MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar"
_TOGETHER = 400


def missing_tool() -> str:
    """What is not there; "" if both checkers can run."""
    for program in ("node", "java"):
        if not shutil.which(program):
            return f"{program} is not installed"
    if not _JAR.is_file() or not (_MODULES / "html-validate").is_dir():
        return "the checkers are not installed (npm ci --prefix audit)"
    return ""


def check_html(folder: Path) -> tuple[int, list[str]]:
    """How many pages there are below a folder, and every error in one of them."""
    pages = sorted(folder.rglob("*.html"))
    found = _nu(folder)
    for start in range(0, len(pages), _TOGETHER):
        found += _html_validate(pages[start : start + _TOGETHER], folder)
    return len(pages), found


def _html_validate(pages: list[Path], folder: Path) -> list[str]:
    program = _MODULES / "html-validate" / "bin" / "html-validate.mjs"
    command = ["node", str(program), "--config", str(_HERE / "htmlvalidate.json"), "--formatter", "json"]
    # Into a file: it ends without waiting for what it has written to a pipe, and 64 kB are the most that a pipe holds.
    with tempfile.TemporaryFile() as printed:
        done = subprocess.run([*command, *map(str, pages)], stdout=printed, stderr=subprocess.PIPE, check=False)
        printed.seek(0)
        done.stdout = printed.read()
    return [
        f"{Path(page['filePath']).relative_to(folder)}:{entry['line']}: {entry['message']} [{entry['ruleId']}]"
        for page in _json(done)
        for entry in page["messages"]
    ]


def _nu(folder: Path) -> list[str]:
    command = ["java", "-jar", str(_JAR), "--errors-only", "--format", "json", "--skip-non-html", str(folder)]
    done = subprocess.run(command, capture_output=True, check=False)
    return [
        f"{entry.get('url', '').rpartition(folder.name + '/')[2]}:{entry.get('lastLine', 0)}: {entry['message']} [nu]"
        for entry in _json(done)["messages"]
    ]


def _json(done: subprocess.CompletedProcess[bytes]) -> Any:
    """What a checker printed; one that did not get to work is an error of the audit."""
    for text in (done.stdout, done.stderr):
        if text.strip().startswith((b"{", b"[")):
            return json.loads(text)
    raise RuntimeError(f"{done.args[:3]} failed: {done.stderr.decode('utf-8', 'replace')[-500:]}")
