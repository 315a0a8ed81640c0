"""The client's own tests, run by Node, and what no line of it may contain."""

from __future__ import annotations

import gzip
import re
import subprocess
from pathlib import Path

import pytest

from helpgen.search.characters import DATA
from tests.search import make_client

HERE = Path(__file__).parent
CLIENT = DATA.parent / "client"
# What a search needs at the most, the box aside, in bytes as a server sends them.
MOST_BYTES = 14_000
FORBIDDEN = re.compile(
    r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|\beval\b|new Function|new RegExp|setTimeout\(['\"]"
)


def test_node_tests(node: str) -> None:
    scripts = sorted(str(path) for path in (HERE / "js").glob("*.test.js"))
    assert len(scripts) >= 2
    done = subprocess.run([node, "--test", *scripts], capture_output=True, timeout=300, check=False)
    assert done.returncode == 0, done.stdout.decode()


def test_client_makes_no_markup_and_no_code() -> None:
    for path in (*sorted(CLIENT.glob("*.js")), make_client.TARGET):
        found = FORBIDDEN.search(path.read_text(encoding="utf-8"))
        assert found is None, f"{path.name}: {found}"


def test_pure_modules_know_no_page_and_no_network() -> None:
    for name in ("analysis", "characters", "checked", "codec", "fuzzy", "highlight", "query", "rank", "stem"):
        text = (CLIENT / f"{name}.js").read_text(encoding="utf-8")
        assert not re.search(r"\b(window|fetch|globalThis|localStorage|document)\.\w|\bfetch\(", text), name


def test_the_shipped_script_is_made_of_these_modules() -> None:
    """After a change of the client: `npm install`, then `python -m tests.search.make_client`."""
    head = make_client.TARGET.read_text(encoding="utf-8").partition("\n")[0]
    assert head.endswith(make_client.digest())


@pytest.mark.skipif(not make_client.tools(), reason="esbuild and terser are not installed (npm install)")
def test_the_shipped_script_is_what_the_tools_make() -> None:
    assert make_client.TARGET.read_bytes() == make_client.shipped()


def test_the_shipped_script_is_small() -> None:
    assert len(gzip.compress(make_client.TARGET.read_bytes(), 9)) < MOST_BYTES
