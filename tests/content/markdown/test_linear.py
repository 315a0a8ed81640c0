"""The work for an article grows with its size, whatever it is made of: counted in calls of functions, not timed."""

from __future__ import annotations

import gc
import math
import sys
from collections.abc import Sequence

import pytest

from helpgen.content.markdown import parse_body
from helpgen.model.config import Limits
from tests.content.markdown.families import FAMILIES

SIZES = (1_000, 2_000, 4_000, 8_000)
STEEPEST = 1.2


def slope(sizes: Sequence[int], counts: Sequence[int]) -> float:
    """The power of the size with which the counts grow: the slope of the straight line through their logarithms."""
    xs, ys = [math.log(size) for size in sizes], [math.log(count) for count in counts]
    middle, level = sum(xs) / len(xs), sum(ys) / len(ys)
    above = sum((x - middle) * (y - level) for x, y in zip(xs, ys, strict=True))
    return above / sum((x - middle) ** 2 for x in xs)


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
    calls(make(SIZES[0]))  # fills what is made once: parsers, lexers
    counts = [calls(make(size)) for size in SIZES]
    assert slope(SIZES, counts) < STEEPEST, f"the calls for {SIZES} characters are {counts}"


def test_the_slope_knows_a_square_from_a_line() -> None:
    assert math.isclose(slope(SIZES, [500 + 3 * size for size in SIZES]), 1, abs_tol=0.1)
    assert math.isclose(slope(SIZES, [size**2 for size in SIZES]), 2)
    assert slope(SIZES, [20 * size + size * size // 40 for size in SIZES]) > STEEPEST


def test_reference_links_cannot_swell_the_page() -> None:
    text = "[a]: /" + "x" * 100_000 + "\n\n" + "[a]\n" * 2_000
    outcome = parse_body(text, path="a.md", first_line=1, kind="article", limits=Limits())
    assert outcome.value is not None
    size = sum(len(reference.target) for reference in outcome.value.references)
    assert size <= 20 * len(text) + 1_000_000
    assert [d.rule for d in outcome.diagnostics] == ["markdown/expansion"]
    assert "limits.expansion" in outcome.diagnostics[0].message
    assert "".join(p for p in outcome.value.pieces if isinstance(p, str)).count("a") >= 2_000
