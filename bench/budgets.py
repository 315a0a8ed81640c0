"""What has to be reached (floor) and what is hoped for (goal), in one place for the tables and the page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Budget:
    """Two bounds of one figure; `least` when more is better."""

    floor: float
    goal: float
    least: bool = False

    def verdict(self, value: float) -> str:
        """ "goal", "floor" or "missed"."""
        if self.least:
            return "goal" if value >= self.goal else "floor" if value >= self.floor else "missed"
        return "goal" if value <= self.goal else "floor" if value <= self.floor else "missed"


# Ratios of helpgen's seconds to those of Hugo + Pagefind in the same run, by size and scenario.
BUILD_RATIOS: Final[Mapping[tuple[str, str], Budget]] = {
    ("M", "cold"): Budget(0.8, 0.5),
    ("L", "cold"): Budget(0.6, 0.4),
    ("L", "same"): Budget(0.08, 0.03),
    ("L", "body"): Budget(0.10, 0.05),
}
# Of the output's bytes.
OUTPUT_RATIO: Final = Budget(1.5, 1.0)
# Seconds of the cold build per article, L to M.
GROWTH: Final = Budget(1.2, 1.0)
# Bytes, of all processes together.
MEMORY_L: Final = Budget(1.2e9, 0.7e9)
TINY_SECONDS: Final = Budget(120, 60)
TINY_MEMORY: Final = Budget(2e9, 1.2e9)
HELP_SECONDS: Final = Budget(0.25, 0.12)
# Milliseconds from saving a file to seeing the page, by size: p50 and p95.
SERVE: Final[Mapping[str, tuple[Budget, Budget]]] = {
    "S": (Budget(150, 60), Budget(300, 120)),
    "M": (Budget(400, 120), Budget(800, 250)),
    "L": (Budget(1_200, 300), Budget(2_000, 600)),
}
# kB of an article's page, compressed: everything at the first visit, what the next page still needs.
FIRST_VISIT: Final = Budget(40, 25)
NEXT_PAGE: Final = Budget(8, 5)
LIGHTHOUSE: Final = Budget(95, 100, least=True)

# MRR@10 by data set and variant.
MRR: Final[Mapping[tuple[str, str], Budget]] = {
    ("en-bank", "ALL"): Budget(0.79, 0.82, least=True),
    ("en-bank-faq", "ALL"): Budget(0.74, 0.77, least=True),
    ("site-en", "ALL"): Budget(0.855, 0.88, least=True),
    ("site-en", "title"): Budget(0.855, 0.963, least=True),
    ("site-en", "prefix"): Budget(0.855, 0.939, least=True),
    ("site-en", "typo"): Budget(0.855, 0.934, least=True),
    ("site-en", "heading"): Budget(0.834, 0.834, least=True),
    ("site-en", "body"): Budget(0.644, 0.732, least=True),
    ("zh-atec", "ALL"): Budget(0.25, 0.27, least=True),
    ("site-zh", "ALL"): Budget(0.80, 0.85, least=True),
    ("site-zh", "pinyin"): Budget(0.83, 0.88, least=True),
    ("site-zh", "body"): Budget(0.49, 0.60, least=True),
}
EMPTY: Final = Budget(0, 0)
# kB of a first search to ten titles, the median by language; with five excerpts, p95 of every kind of question; requests in
# sequence; milliseconds of a search at hand, p50 and p95; seconds for 10,000; kB of the scripts that a search needs.
COLD_TITLES: Final = {"en": Budget(22, 15), "zh": Budget(36, 22)}
COLD_EXCERPTS: Final = Budget(60, 60)
SEQUENCE: Final = Budget(3, 2)
AT_HAND: Final = (Budget(2, 1), Budget(15, 5))
INDEX_SECONDS: Final = Budget(15, 6)
CLIENT_KB: Final = Budget(14, 9)
