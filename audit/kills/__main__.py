"""`python -m audit.kills [--points N] [--faults N] [--site NAME …]`: the exit code is 0 if every site stayed whole."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from audit.effort import processors
from audit.kills.run import try_sites
from audit.kills.sites import SITES


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m audit.kills", description=__doc__)
    parser.add_argument("--points", type=int, default=100, help="kill points of each site")
    parser.add_argument("--faults", type=int, default=20, help="calls of each site that fail, in six ways each")
    parser.add_argument("--site", nargs="+", choices=[site.name for site in SITES], default=[], help="only these")
    parser.add_argument("--jobs", type=int, default=processors(), help="builds at a time")
    arguments = parser.parse_args()
    tried = failed = 0
    with tempfile.TemporaryDirectory(prefix="helpgen-kills-") as folder:
        for row in try_sites(
            Path(folder),
            points=arguments.points,
            fault_points=arguments.faults,
            jobs=arguments.jobs,
            names=arguments.site,
        ):
            print(
                f"{row.stage}: {row.calls} calls, {row.tried} struck ({row.by_kind}), {len(row.failed)} failed",
                flush=True,
            )
            for reason in row.failed:
                print(f"    {reason}")
            tried += row.tried
            failed += len(row.failed)
    print(f"{tried - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
