"""`python -m audit.kills [--points N|all] [--faults N|all] [--site NAME …]`: the exit code is 0 if every site stayed whole."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from audit.effort import processors
from audit.kills.run import BUILDS, EVERY, try_sites
from audit.kills.sites import SITES


def number(text: str) -> int:
    """ "100", or "all"."""
    return EVERY if text == "all" else int(text)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m audit.kills", description=__doc__)
    parser.add_argument("--points", type=number, default=100, help="kill points of each site, or all")
    parser.add_argument("--faults", type=number, default=20, help="calls of each site that fail in six ways, or all")
    parser.add_argument("--site", nargs="+", choices=[site.name for site in SITES], default=[], help="only these")
    parser.add_argument("--build", nargs="+", choices=BUILDS, default=BUILDS, help="only these of a site's builds")
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
            builds=arguments.build,
            say=lambda text: print(f"    {text}", flush=True),
        ):
            print(
                f"{row.stage}: {row.calls} calls at {row.places} places; {row.tried} struck at {row.struck_places} places"
                f" ({row.by_kind}), {len(row.failed)} failed",
                flush=True,
            )
            tried += row.tried
            failed += len(row.failed)
    print(f"{tried - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
