"""`python -m audit [PROMISE …]`: tries the rows of the table, prints it, and exits with 0 if nothing failed.

HELPGEN_AUDIT=whole tries much more, which takes hours. `--markdown` prints the table for a page. `--kept FILE` keeps what
came of each row in a file, and shows with it what is kept there of the others: so the whole can be tried in parts.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Mapping
from pathlib import Path

from audit.rows import ROWS, Row
from audit.tally import Kept, Tally, read_kept, write_kept

_SHOWN = 10


def main() -> int:
    parser = argparse.ArgumentParser(prog="make audit", description=__doc__)
    parser.add_argument("promises", nargs="*", metavar="PROMISE", help="only these, for example P7 P8")
    parser.add_argument("--row", default="", metavar="TEXT", help="of these, only what has TEXT in its description")
    parser.add_argument("--kept", type=Path, metavar="FILE", help="keep what came of each row, and show what was kept")
    parser.add_argument("--markdown", action="store_true", help="print the table as Markdown")
    arguments = parser.parse_args()
    known = sorted({row.promise for row in ROWS})
    if set(arguments.promises) - set(known):
        parser.error(f"there are {', '.join(known)}")
    tried = read_kept(arguments.kept)
    failed = False
    for row in ROWS:
        if (arguments.promises and row.promise not in arguments.promises) or arguments.row not in row.what:
            continue
        began = time.monotonic()
        print(f"-- {row.promise} {row.what} …", file=sys.stderr, flush=True)
        tally = _attempt(row)
        failed = failed or bool(tally.failed)
        tried[row.name] = Kept(tally=tally, seconds=time.monotonic() - began)
        write_kept(arguments.kept, tried)
        for line in (*tally.failed[:_SHOWN], *tally.notes):
            print(f"    {line}", file=sys.stderr, flush=True)
    show(tried, markdown=arguments.markdown)
    return 1 if failed else 0


def _attempt(row: Row) -> Tally:
    """A row that cannot be tried to its end has failed; the others are tried all the same."""
    try:
        return row.attempt()
    except Exception as error:
        return Tally(tried=0, failed=(f"the row could not be tried: {error!r}"[:500],))


def show(tried: Mapping[str, Kept], *, markdown: bool) -> None:
    """promise · tried · failed, a line for each row; what was not tried, or could not be, says so."""
    if markdown:
        print("| Promise | What is tried | Tried | Failed |\n| --- | --- | ---: | ---: |")
    else:
        print(f"{'promise':<8} {'what is tried':<42} {'tried':>7} {'failed':>7} {'time':>8}")
    for row in ROWS:
        kept = tried.get(row.name, Kept(tally=Tally(tried=0, skipped="not tried"), seconds=0.0))
        failed = f"skipped: {kept.tally.skipped}" if kept.tally.skipped else str(len(kept.tally.failed))
        if markdown:
            print(f"| {row.promise} | {row.what} | {kept.tally.tried:,} | {failed} |")
        else:
            print(f"{row.promise:<8} {row.what:<42} {kept.tally.tried:>7,} {failed:>7} {kept.seconds:>6.0f} s")


if __name__ == "__main__":
    sys.exit(main())
