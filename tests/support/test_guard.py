"""The secret guard on its labelled set, and what its scripts may not know."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from helpgen.pipeline.read import read_support_client

HERE = Path(__file__).parent
SETS = HERE / "sets"
SCRIPTS = sorted(
    n for n in read_support_client() if n.startswith(("guard", "digests", "encodings", "identifiers", "verify"))
)
KINDS = {"seed-phrase", "private-key", "api-secret", "card", "national-id", "one-time-code", "password"}


def run(node: str, *arguments: str) -> str:
    done = subprocess.run([node, *arguments], capture_output=True, timeout=300, check=False)
    assert done.returncode == 0, (done.stdout + done.stderr).decode()
    return done.stdout.decode()


@pytest.mark.parametrize("name", SCRIPTS)
def test_it_knows_no_page(name: str) -> None:
    text = read_support_client()[name].decode()
    assert not re.search(r"\b(window|globalThis|localStorage|sessionStorage|document|navigator)\.\w", text)


def test_the_set_of_secrets_is_the_one_that_its_script_makes(node: str) -> None:
    run(node, str(SETS / "make-secrets.mjs"), "--check")


@pytest.fixture(scope="module")
def secrets(node: str) -> dict[str, Any]:
    measured: dict[str, Any] = json.loads(run(node, str(SETS / "measure-secrets.mjs"), "--json"))
    return measured["parts"]


@pytest.mark.parametrize("part", ["tuning", "held-out"])
def test_the_guard_finds_secrets_and_lets_the_rest_pass(secrets: dict[str, Any], part: str) -> None:
    """The goals: 99 % of phrases and keys found, at most 0.5 % false alarms; 95 % of what only words give away."""
    kinds, harmless = secrets[part]["kinds"], secrets[part]["harmless"]
    assert set(kinds) == KINDS
    assert sum(kind["strings"] for kind in kinds.values()) + harmless["strings"] >= 750
    for name, kind in kinds.items():
        goal = 0.99 if name in ("seed-phrase", "private-key") else 0.95
        assert kind["found"] >= goal * kind["strings"], name
        assert kind["right"] >= 0.98 * kind["alarms"], name
        # What is offered to be removed is the secret, and no word of the reader's own beside it.
        assert kind["exact"] >= 0.98 * kind["strings"], name
    assert harmless["alarms"] <= 0.005 * harmless["strings"]


def test_strings_written_to_get_past_it(secrets: dict[str, Any]) -> None:
    part = secrets["by hand"]
    assert sum(kind["strings"] for kind in part["kinds"].values()) >= 40
    for name, kind in part["kinds"].items():
        assert kind["found"] == kind["strings"], name
    assert part["harmless"]["strings"] >= 18
    assert part["harmless"]["alarms"] == 0
