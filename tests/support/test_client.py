"""The scripts of the way to a human, run by Node, and what no line of them may contain."""

from __future__ import annotations

import subprocess
from pathlib import Path

from tests.search.test_client import FORBIDDEN

HERE = Path(__file__).parent
CLIENT = HERE.parents[1] / "helpgen" / "support" / "client"


def test_node_tests(node: str) -> None:
    scripts = sorted(str(path) for path in (HERE / "js").glob("*.test.js"))
    done = subprocess.run([node, "--test", *scripts], capture_output=True, timeout=300, check=False)
    assert done.returncode == 0, done.stdout.decode()


def test_client_makes_no_markup_and_no_code() -> None:
    for path in sorted(CLIENT.rglob("*.js")):
        found = FORBIDDEN.search(path.read_text(encoding="utf-8"))
        assert found is None, f"{path.name}: {found}"
