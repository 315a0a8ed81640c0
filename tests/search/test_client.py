"""The client's own tests, run by Node, and what no line of it may contain."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

from helpgen.search.characters import DATA

HERE = Path(__file__).parent
CLIENT = DATA.parent / "client"
FORBIDDEN = re.compile(
    r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|\beval\b|new Function|new RegExp|setTimeout\(['\"]"
)


def test_node_tests(node: str) -> None:
    scripts = sorted(str(path) for path in (HERE / "js").glob("*.test.js"))
    assert len(scripts) >= 2
    done = subprocess.run([node, "--test", *scripts], capture_output=True, timeout=300, check=False)
    assert done.returncode == 0, done.stdout.decode()


def test_client_makes_no_markup_and_no_code() -> None:
    for path in sorted(CLIENT.glob("*.js")):
        found = FORBIDDEN.search(path.read_text(encoding="utf-8"))
        assert found is None, f"{path.name}: {found}"


def test_pure_modules_know_no_page_and_no_network() -> None:
    for name in ("analysis", "characters", "checked", "codec", "fuzzy", "highlight", "query", "rank", "stem"):
        text = (CLIENT / f"{name}.js").read_text(encoding="utf-8")
        assert not re.search(r"\b(window|fetch|globalThis|localStorage|document)\.\w|\bfetch\(", text), name
