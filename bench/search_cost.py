"""What a search of helpgen costs a reader, by kind of question, in Chromium: bytes, requests in sequence, milliseconds.

Each question is asked of a client that knows nothing yet, once more with everything at hand, and of one that has answered
others. Bytes are those of the bodies, gzip -9. "Titles" are all files but excerpts: what ten titles need. A request's place
in the sequence is one more than that of the last answer that had come when it was made, with the same delay for all of
them; the first is the manifest, which the box takes as soon as it has the focus.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from bench import budgets, tables
from bench.questions import DataSet
from bench.wire import Browser, Site, served

_COSTS: Final = "async ([locale, queries]) => (await import('/bench/cost.js')).costs(locale, queries)"
# Questions that the page is asked at a time: a slow set would run out of patience.
_PART: Final = 50
_COLUMNS: Final = ("titles_kb", "five_kb", "further_kb", "sequence", "again_ms")

Files = Sequence[tuple[str, int]]


def measure(data: DataSet, folder: Path, client: Path) -> dict[str, Any]:
    """The size of the manifest and the costs by kind of question, p50 and p95; `folder` has the index."""
    site = Site({"/index/": folder, "/client/": client})
    texts = data.texts
    rows: list[Mapping[str, Any]] = []
    with served(site) as address, Browser() as browser, browser.page(address) as page:
        for start in range(0, len(texts), _PART):
            rows += page.evaluate(_COSTS, [data.locale, texts[start : start + _PART]])
    variants: dict[str, list[Mapping[str, Any]]] = {"ALL": rows}
    for question, row in zip(data.questions, rows, strict=True):
        variants.setdefault(question["variant"], []).append(row)
    manifest = f"/index/{data.locale}/manifest.json"
    return {
        "manifest_kb": round(len(site.body(manifest) or b"") / 1e3, 1),
        "asked": len(rows),
        "variants": {name: _figures(asked, site.sizes) for name, asked in variants.items()},
    }


def _figures(rows: Sequence[Mapping[str, Any]], sizes: Mapping[str, int]) -> dict[str, list[float]]:
    """p50 and p95 of each column."""
    values = {
        "titles_kb": [_kilobytes(sizes, _titles(row["files"])) for row in rows],
        "five_kb": [_kilobytes(sizes, row["files"]) for row in rows],
        "further_kb": [_kilobytes(sizes, row["further"]) for row in rows if row["further"] is not None],
        "sequence": [max(place for _, place in _titles(row["files"])) for row in rows],
        "again_ms": [row["ms"] for row in rows],
    }
    return {name: [round(tables.at(found, percent), 1) for percent in (50, 95)] for name, found in values.items()}


def _titles(files: Iterable[Sequence[Any]]) -> Files:
    return [(path, place) for path, place in files if "/excerpts/" not in path]


def _kilobytes(sizes: Mapping[str, int], files: Iterable[Sequence[Any]]) -> float:
    return sum(sizes[path] for path, _ in files) / 1e3


def rows_of(found: Mapping[str, Any], locale: str) -> tuple[Sequence[str], list[tuple[str, ...]]]:
    """The head and the rows of a table: a row a kind of question, under them floor, goal and the verdict on the whole."""
    head = ("", "Titles, kB", "With five excerpts", "A further search", "In sequence", "At hand, ms")
    rows = [(name, *(_pair(figures[column]) for column in _COLUMNS)) for name, figures in found["variants"].items()]
    titles, five, sequence, (half, most) = (
        budgets.COLD_TITLES[locale], budgets.COLD_EXCERPTS, budgets.SEQUENCE, budgets.AT_HAND
    )  # fmt: skip
    for of in ("floor", "goal"):
        one = {bound: f"{getattr(bound, of):g}" for bound in (titles, five, sequence, half, most)}
        rows.append((of, f"{one[titles]} /", f"/ {one[five]}", "", f"/ {one[sequence]}", f"{one[half]} / {one[most]}"))
    whole, kinds = found["variants"]["ALL"], [figures for name, figures in found["variants"].items() if name != "ALL"]
    # Of excerpts and sequence every kind has to be within its bound.
    worst = {name: max(figures[name][1] for figures in kinds or [whole]) for name in ("five_kb", "sequence")}
    rows.append(("", titles.verdict(whole["titles_kb"][0]), five.verdict(worst["five_kb"]), "",
                 sequence.verdict(worst["sequence"]),
                 f"{half.verdict(whole['again_ms'][0])} / {most.verdict(whole['again_ms'][1])}"))  # fmt: skip
    return head, rows


def _pair(values: Sequence[float]) -> str:
    return " / ".join(f"{value:g}" for value in values)
