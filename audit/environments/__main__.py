"""`python -m audit.environments [--builds N]`: the exit code is 0 if all builds gave the same bytes."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

from audit.environments.run import build_in, draw


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m audit.environments", description=__doc__)
    parser.add_argument("--builds", type=int, default=20, help="how many environments")
    arguments = parser.parse_args()
    found: defaultdict[str, list[int]] = defaultdict(list)
    with tempfile.TemporaryDirectory(prefix="helpgen-environments-") as scratch:
        for number in range(arguments.builds):
            found[build_in(draw(number), Path(scratch))].append(number)
    for digest, numbers in found.items():
        print(f"{digest[:16]}: environments {', '.join(map(str, numbers))}")
    most = max(len(numbers) for numbers in found.values())
    print(f"{most} passed, {arguments.builds - most} failed")
    return 0 if len(found) == 1 else 1


if __name__ == "__main__":
    sys.exit(main())
