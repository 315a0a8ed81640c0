"""The work for an article grows with its size, whatever it is made of: counted in calls of functions, not timed."""

from __future__ import annotations

import gc
import sys

import pytest

from helpgen.content.markdown import parse_body
from helpgen.model.config import Limits
from tests.content.markdown.families import FAMILIES


def calls(text: str) -> int:
    """How many functions, of Python and of C, one parse calls."""
    count = 0

    def profile(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        if event in ("call", "c_call"):
            count += 1

    gc.disable()
    before = sys.getprofile()
    sys.setprofile(profile)
    try:
        parse_body(text, path="a.md", first_line=1, kind="article", limits=Limits())
    finally:
        sys.setprofile(before)
        gc.enable()
    return count


@pytest.mark.parametrize("name", FAMILIES)
def test_calls_grow_with_the_size(name: str) -> None:
    make = FAMILIES[name]
    calls(make(2_000))  # fills what is made once: parsers, lexers
    small, large = calls(make(2_000)), calls(make(8_000))
    assert large < 6 * small + 2_000, "four times the text costs more than six times the work"


def test_reference_links_cannot_swell_the_page() -> None:
    text = "[a]: /" + "x" * 100_000 + "\n\n" + "[a]\n" * 2_000
    outcome = parse_body(text, path="a.md", first_line=1, kind="article", limits=Limits())
    assert outcome.value is not None
    size = sum(len(reference.target) for reference in outcome.value.references)
    assert size <= 20 * len(text) + 1_000_000
    assert [d.rule for d in outcome.diagnostics] == ["markdown/expansion"]
    assert "".join(p for p in outcome.value.pieces if isinstance(p, str)).count("a") >= 2_000
