"""`python -m audit.bad_inputs [FOLDER] [--only ID …]`: the exit code is 0 if every case passed."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from audit.bad_inputs.cases import Verdict, read_cases
from audit.bad_inputs.exceptions import argument_for
from audit.bad_inputs.run import run_cases
from audit.effort import processors


def main() -> int:
    parser = argparse.ArgumentParser(prog="make bad-inputs", description=__doc__)
    shared = Path(os.environ.get("HELPGEN_SHARED", "../shared")) / "bad-inputs"
    parser.add_argument("folder", nargs="?", type=Path, default=shared, help="a folder with a manifest.yaml")
    parser.add_argument("--only", nargs="+", metavar="ID", default=[], help="the beginnings of the ids to try")
    parser.add_argument("--jobs", type=int, default=processors(), help="builds at a time")
    arguments = parser.parse_args()
    if not (arguments.folder / "manifest.yaml").is_file():
        parser.error(f"there is no manifest.yaml in {arguments.folder}")
    cases = read_cases(arguments.folder.resolve())
    chosen = [case for case in cases if not arguments.only or case.id.startswith(tuple(arguments.only))]
    return show(run_cases(chosen, jobs=arguments.jobs, say=lambda text: print(f"-- {text} …", flush=True)))


def show(verdicts: list[Verdict]) -> int:
    """Every case that did not pass with its reasons, then the counts on the last line."""
    counts = {"passed": 0, "failed": 0, "not there yet": 0}
    for verdict in verdicts:
        counts[verdict.outcome] += 1
        if verdict.outcome != "passed":
            print(f"{verdict.outcome}: {verdict.case.id} {verdict.case.title} (wants {verdict.case.kind})")
            for reason in verdict.reasons[:8]:
                print(f"    {reason}")
            if verdict.outcome == "failed" and argument_for(verdict.case):
                print(f"    on purpose: {argument_for(verdict.case)}")
    if counts["not there yet"]:
        print(f"{counts['not there yet']} not there yet: they need a part of helpgen that is not written")
    print(f"{counts['passed']} passed, {counts['failed']} failed")
    return 1 if counts["failed"] else 0


if __name__ == "__main__":
    sys.exit(main())
