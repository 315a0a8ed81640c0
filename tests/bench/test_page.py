"""docs/benchmarks.md is what the generator makes of bench/results/, and its charts are whole."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from bench.budgets import Budget
from bench.charts import Group, bars
from bench.page import PAGE, make

FILES = make()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_the_page_is_made_of_the_results(path: object) -> None:
    assert path.read_text(encoding="utf-8") == FILES[path], "run: python3 make.py bench-page"  # type: ignore[attr-defined,index]


def test_every_chart_stands_in_the_page() -> None:
    for path in FILES:
        assert path == PAGE or f"(images/{path.name})" in FILES[PAGE]


def test_bars_are_as_long_as_their_values() -> None:
    chart = bars(
        "A & B", ("one", "two"), [Group("x", [1.0, 4.0]), Group("y", [None, 2.0])], lambda value: f"{value:g} s"
    )
    root = ElementTree.fromstring(chart)
    space = "{http://www.w3.org/2000/svg}"
    widths = [float(bar.get("width", "")) for bar in root.iter(f"{space}rect") if bar.get("height") == "13"]
    assert [round(width / widths[1], 3) for width in widths] == [0.25, 1.0, 0.5]
    texts = [text.text for text in root.iter(f"{space}text")]
    assert texts[0] == "A & B"
    assert {"1 s", "2 s", "4 s", "x", "y", "one", "two"} <= set(texts)


@pytest.mark.parametrize(
    ("value", "verdict"), [(0.4, "goal"), (0.5, "goal"), (0.6, "floor"), (0.8, "floor"), (0.81, "missed")]
)
def test_a_bound_counts_as_reached(value: float, verdict: str) -> None:
    assert Budget(0.8, 0.5).verdict(value) == verdict
    assert Budget(-0.8, -0.5, least=True).verdict(-value) == verdict
