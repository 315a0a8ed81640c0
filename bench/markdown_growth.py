"""Does the time for an article grow with its size, whatever it is made of? `python -m bench.markdown_growth [KB]`.

Each family of tests/content/markdown/families.py is parsed at KB/4, KB/2 and KB (64 if not said);
a family fails when doubling the size costs more than three times the time (2 is linear, 4 is quadratic).
"""

from __future__ import annotations

import sys
import time

from helpgen.content.markdown import parse_body
from helpgen.model.config import Limits
from tests.content.markdown.families import FAMILIES


def seconds(text: str) -> float:
    """The better of two runs."""
    times = []
    for _ in range(2):
        start = time.perf_counter()
        parse_body(text, path="a.md", first_line=1, kind="article", limits=Limits())
        times.append(time.perf_counter() - start)
    return min(times)


def main() -> int:
    """Print one line a family; 1 if one of them grows too fast."""
    size = int(sys.argv[1]) * 1024 if len(sys.argv) > 1 else 65_536
    failed = 0
    for name, make in FAMILIES.items():
        small, middle, large = (seconds(make(part)) for part in (size // 4, size // 2, size))
        growth = max(large / middle, 0.0) if large > 0.05 else 2.0
        failed += growth > 3
        print(
            f"{name:24} {small:7.3f} {middle:7.3f} {large:7.3f} s  x{growth:.1f}{'  <-- too fast' if growth > 3 else ''}"
        )
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
