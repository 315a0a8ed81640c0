"""`python -m audit [PROMISE …]`: tries the rows of the table, prints it, and exits with 0 if nothing failed.

HELPGEN_AUDIT=whole tries much more, which takes hours. `--markdown` prints the table for a page.
"""

from __future__ import annotations

import argparse
import sys
import time

from audit.rows import ROWS, Row
from audit.tally import Tally

_SHOWN = 10


def main() -> int:
    parser = argparse.ArgumentParser(prog="make audit", description=__doc__)
    parser.add_argument("promises", nargs="*", metavar="PROMISE", help="only these, for example P7 P8")
    parser.add_argument("--markdown", action="store_true", help="print the table as Markdown")
    arguments = parser.parse_args()
    tried: list[tuple[Row, Tally, float]] = []
    for row in ROWS:
        if arguments.promises and row.promise not in arguments.promises:
            continue
        began = time.monotonic()
        print(f"-- {row.promise} {row.what} …", file=sys.stderr, flush=True)
        tally = _attempt(row)
        tried.append((row, tally, time.monotonic() - began))
        for line in (*tally.failed[:_SHOWN], *tally.notes):
            print(f"    {line}", file=sys.stderr, flush=True)
    show(tried, markdown=arguments.markdown)
    return 1 if any(tally.failed for _, tally, _ in tried) else 0


def _attempt(row: Row) -> Tally:
    """A row that cannot be tried to its end has failed; the others are tried all the same."""
    try:
        return row.attempt()
    except Exception as error:
        return Tally(tried=0, failed=(f"the row could not be tried: {error!r}"[:500],))


def show(rows: list[tuple[Row, Tally, float]], *, markdown: bool) -> None:
    """promise · tried · failed, a line for each row."""
    if markdown:
        print("| Promise | What is tried | Tried | Failed |\n| --- | --- | ---: | ---: |")
    else:
        print(f"{'promise':<8} {'what is tried':<42} {'tried':>7} {'failed':>7} {'time':>8}")
    for row, tally, seconds in rows:
        failed = f"skipped: {tally.skipped}" if tally.skipped else str(len(tally.failed))
        if markdown:
            print(f"| {row.promise} | {row.what} | {tally.tried:,} | {failed} |")
        else:
            print(f"{row.promise:<8} {row.what:<42} {tally.tried:>7,} {failed:>7} {seconds:>6.0f} s")


if __name__ == "__main__":
    sys.exit(main())
