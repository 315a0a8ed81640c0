"""Tables for the terminal: columns as wide as what stands in them, figures to the right."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence


def show(title: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print a table; the first column is text, the others are figures."""
    widths = [max(map(_width, column)) for column in zip(head, *rows, strict=True)]
    print(f"\n{title}")
    for row in (head, *rows):
        cells = [text + " " * (width - _width(text)) if at == 0 else " " * (width - _width(text)) + text
                 for at, (text, width) in enumerate(zip(row, widths, strict=True))]  # fmt: skip
        print("  " + "  ".join(cells).rstrip(), flush=True)


def seconds(value: float) -> str:
    """Three digits."""
    return f"{value:.2f}" if value < 10 else f"{value:.1f}"


def megabytes(value: float) -> str:
    """10^6 bytes."""
    return f"{value / 1e6:.0f} MB"


def at(values: Sequence[float], percent: int) -> float:
    """The percentile, by the nearest rank."""
    return sorted(values)[min(len(values) - 1, len(values) * percent // 100)] if values else 0.0


def _width(text: str) -> int:
    """Chinese characters take two places."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)
