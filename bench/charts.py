"""Bar charts as SVG, legible in light and dark pages: grouped horizontal bars with their figures at the end."""

from __future__ import annotations

import html
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

WIDTH: Final = 760
LABEL: Final = 190
# Room for the figure behind the longest bar.
FIGURE: Final = 90
BAR: Final = 15
GAP: Final = 12
_COLOURS: Final = ("#1f6f8b", "#8a8f98", "#b5793a", "#7a5aa6", "#4d8f57", "#a64b5a")
_STYLE: Final = (
    "text { font: 13px system-ui, sans-serif; fill: #24292f } .figure { font-size: 12px; fill: #57606a } "
    "@media (prefers-color-scheme: dark) { text { fill: #e6edf3 } .figure { fill: #9da7b1 } }"
)


@dataclass(frozen=True, slots=True)
class Group:
    """Bars under one label: a value a series, None where there is none."""

    label: str
    values: Sequence[float | None]


def bars(title: str, series: Sequence[str], groups: Sequence[Group], shown: Callable[[float], str]) -> str:
    """A chart. All bars share one scale, so that lengths may be compared; `shown` makes the figure at a bar's end."""
    largest = max((value for group in groups for value in group.values if value is not None), default=0) or 1.0
    top = 50.0
    parts = [_text(0, 16, title, weight=True), *_legend(series)]
    for group in groups:
        present = [(at, value) for at, value in enumerate(group.values) if value is not None]
        parts.append(_text(0, top + len(present) * BAR / 2 + 5, group.label))
        for at, value in present:
            width = max(1.0, value / largest * (WIDTH - LABEL - FIGURE))
            parts.append(
                f'<rect x="{LABEL}" y="{top:g}" width="{width:.1f}" height="{BAR - 2}" fill="{_COLOURS[at]}"/>'
            )
            parts.append(_text(LABEL + width + 6, top + BAR - 4, shown(value), kind="figure"))
            top += BAR
        top += GAP
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {top:g}" width="{WIDTH}" height="{top:g}" role="img"'
    return f'{head} aria-label="{html.escape(title)}">\n<style>{_STYLE}</style>\n' + "\n".join(parts) + "\n</svg>\n"


def _legend(series: Sequence[str]) -> list[str]:
    parts, left = [], float(LABEL)
    for at, name in enumerate(series):
        parts.append(f'<rect x="{left:g}" y="26" width="11" height="11" fill="{_COLOURS[at]}"/>')
        parts.append(_text(left + 16, 36, name))
        # An average letter of this size is about 7 pixels wide.
        left += 34 + 7 * len(name)
    return parts


def _text(x: float, y: float, text: str, *, kind: str = "", weight: bool = False) -> str:
    more = f' class="{kind}"' if kind else ' font-weight="600"' if weight else ""
    return f'<text x="{x:.1f}" y="{y:.1f}"{more}>{html.escape(text)}</text>'
