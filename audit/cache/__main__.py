"""`python -m audit.cache [--caches N] [--indexes N]`: the exit code is 0 if no damage was seen or run."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from audit.cache.run import try_caches, try_whoosh


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m audit.cache", description=__doc__)
    parser.add_argument("--caches", type=int, default=1_000, help="damages of the cache")
    parser.add_argument("--indexes", type=int, default=300, help="damages of the Whoosh index")
    arguments = parser.parse_args()
    tried = failed = 0
    with tempfile.TemporaryDirectory(prefix="helpgen-cache-") as folder:
        for results in (
            try_caches(Path(folder) / "caches", arguments.caches),
            try_whoosh(Path(folder) / "indexes", arguments.indexes),
        ):
            for reason in results:
                tried += 1
                if reason:
                    failed += 1
                    print(f"    {reason}", flush=True)
    print(f"{tried - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
