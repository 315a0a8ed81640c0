"""The table of the audit: promise, what is tried, and the function that tries it. A new row is one more entry."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from audit import fuzz, pages, paths, payloads
from audit.bad_inputs.cases import Verdict, read_cases
from audit.bad_inputs.exceptions import argument_for
from audit.bad_inputs.run import run_cases
from audit.cache.run import try_caches, try_whoosh
from audit.effort import ROOT, effort, processors
from audit.environments.run import build_in, draw
from audit.kills.run import try_sites
from audit.kills.shim import compiler
from audit.reads import outside
from audit.tally import Tally
from helpgen.cli import COMMANDS

_WALKS = [f"tests/pipeline/test_incremental_{half}_half.py" for half in ("first", "second")]
_COUNTS = re.compile(r"(\d+) (passed|failed|error)")


@dataclass(frozen=True, slots=True)
class Row:
    """A promise of docs/security.md ("P7"), what is tried in a few words, and how."""

    promise: str
    what: str
    attempt: Callable[[], Tally]

    @property
    def name(self) -> str:
        return f"{self.promise} {self.what}"


def _tests(*names: str) -> Tally:
    """Tests of the suite; those that fail are named."""
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *names]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    counts = {
        word: int(number) for number, word in _COUNTS.findall(done.stdout.splitlines()[-1] if done.stdout else "")
    }
    failed = [line for line in done.stdout.splitlines() if line.startswith(("FAILED", "ERROR"))]
    if done.returncode and not failed:
        failed = [f"pytest {' '.join(names)}: {done.stdout[-300:]}{done.stderr[-300:]}"]
    return Tally(tried=sum(counts.values()), failed=tuple(failed))


def _verdicts(categories: tuple[str, ...]) -> tuple[Verdict, ...]:
    """The cases of some categories: the repository's own, and those of the collection where it is there."""
    shared = Path(os.environ.get("HELPGEN_SHARED", ROOT.parent / "shared")) / "bad-inputs"
    folders = [ROOT / "audit" / "cases", *([shared] if (shared / "manifest.yaml").is_file() else [])]
    return tuple(
        verdict
        for folder in folders
        for verdict in run_cases(
            [case for case in read_cases(folder.resolve()) if case.category in categories],
            jobs=processors(),
            say=lambda _text: None,
        )
    )


def _bad_inputs(*categories: str) -> Tally:
    chosen = _verdicts(categories)
    there = [verdict for verdict in chosen if verdict.outcome != "not there yet"]
    wrong = [verdict for verdict in there if verdict.outcome == "failed"]
    failed = [f"{v.case.id} {v.case.title}: {'; '.join(v.reasons)[:300]}" for v in wrong if not argument_for(v.case)]
    notes = [f"{v.case.id} {v.case.title}: on purpose, {argument_for(v.case)}" for v in wrong if argument_for(v.case)]
    notes += [f"{v.case.id} {v.case.title}: {v.reasons[0]}" for v in chosen if v.outcome == "not there yet"]
    # A row of which no case could be tried has not passed.
    skipped = "" if there else "it is not written yet" if chosen else "there are no such cases here"
    return Tally(tried=len(there), failed=tuple(failed), notes=tuple(notes), skipped=skipped)


def _fuzz(make: Callable[[int], str], faults_of: Callable[[str], list[str]], count: int) -> Tally:
    failed = []
    for seed in range(count):
        try:
            faults = faults_of(make(seed))
        except Exception as error:
            faults = [f"raised {error!r}"[:200]]
        failed += [f"seed {seed}: {fault}" for fault in faults]
    return Tally(tried=count, failed=tuple(failed))


def _kills(points: int, faults: int) -> Tally:
    if compiler() is None:
        return Tally(tried=0, skipped="there is no C compiler")
    with tempfile.TemporaryDirectory() as folder:
        jobs = processors()
        rows = list(try_sites(Path(folder), points=points, fault_points=faults, jobs=jobs, names=[]))
    failed = [f"{row.stage}: {reason}" for row in rows for reason in row.failed]
    return Tally(tried=sum(row.tried for row in rows), failed=tuple(failed))


def _cache() -> Tally:
    with tempfile.TemporaryDirectory() as folder:
        caches = list(try_caches(Path(folder) / "caches", effort(60, 1_000)))
        indexes = list(try_whoosh(Path(folder) / "indexes", effort(30, 300)))
    return Tally(tried=len(caches) + len(indexes), failed=tuple(reason for reason in (*caches, *indexes) if reason))


def _incremental() -> Tally:
    """HELPGEN_SEQUENCES sets the number of walks; each makes 20 edits and more."""
    walks = os.environ.setdefault("HELPGEN_SEQUENCES", str(effort(40, 1_000)))
    tally = _tests(*_WALKS, "-n", str(processors()))
    return Tally(tried=0 if tally.failed else int(walks), failed=tally.failed)


def _redirects() -> Tally:
    """HELPGEN_GRAPHS sets how many graphs one test tries."""
    graphs = os.environ.setdefault("HELPGEN_GRAPHS", str(effort(1_000, 10_000)))
    tally = _tests("tests/site/test_redirects.py")
    return Tally(tried=0 if tally.failed else int(graphs), failed=tally.failed)


def _letters() -> Tally:
    """HELPGEN_LETTERS sets how many letters one test makes up."""
    letters = os.environ.setdefault("HELPGEN_LETTERS", str(effort(1_000, 10_000)))
    tally = _tests("tests/support/test_mail.py")
    return Tally(tried=0 if tally.failed else int(letters), failed=tally.failed)


def _collector() -> Tally:
    """The cases that need it are among the raw requests; here it is said that there is none."""
    if "collect" not in COMMANDS:
        return Tally(tried=0, skipped="it is not written yet")
    return _bad_inputs("server-requests")


def _environments() -> Tally:
    count = effort(20, 50)
    with tempfile.TemporaryDirectory() as scratch:
        digests = {build_in(draw(number), Path(scratch)) for number in range(count)}
    return Tally(tried=count, failed=() if len(digests) == 1 else (f"{len(digests)} outputs of one input",))


def _several(*attempts: Callable[[], Tally]) -> Tally:
    tallies: Iterable[Tally] = [attempt() for attempt in attempts]
    return Tally(
        tried=sum(tally.tried for tally in tallies),
        failed=tuple(fault for tally in tallies for fault in tally.failed),
        notes=tuple(note for tally in tallies for note in tally.notes),
    )


ROWS: tuple[Row, ...] = (
    Row("P1", "builds killed at any call", partial(_kills, effort(40, 1000), 0)),
    Row("P2", "faults of the disk at any call", partial(_kills, 0, effort(6, 200))),
    Row("P3", "builds in random environments", _environments),
    Row("P4", "incremental builds equal clean ones", _incremental),
    Row(
        "P5",
        "bad files, encodings, sizes, settings",
        partial(_bad_inputs, "front-matter", "encodings", "sizes-nesting", "config"),
    ),
    Row("P5", "fuzzed settings and data", partial(_fuzz, fuzz.make_yaml, fuzz.faults_of_yaml, effort(5_000, 100_000))),
    Row(
        "P6", "fuzzed articles lose no word", partial(_fuzz, fuzz.make_article, fuzz.faults_of, effort(10_000, 500_000))
    ),
    Row("P7", "markup in articles, fields and queries", partial(_bad_inputs, "markdown-xss", "search-queries")),
    Row("P7", "payloads in every place, in Chromium", payloads.in_every_place),
    Row("P7", "the overlay of the preview", partial(_tests, "tests/server/test_browser.py", "-k", "overlay")),
    Row("P7", "fuzzed articles in Chromium", pages.fuzzed_pages),
    Row("P8", "the policy on the demo's pages", pages.policy_of_the_demo),
    Row("P9", "links and images that mislead", partial(_bad_inputs, "links-images")),
    Row("P10", "raw requests to the preview", partial(_bad_inputs, "server-requests")),
    Row(
        "P10",
        "made-up paths, a hostile page",
        partial(_several, paths.made_up, partial(_tests, "tests/server/test_browser.py")),
    ),
    Row("P11", "file names and links out of the site", partial(_bad_inputs, "file-names")),
    Row("P11", "files that a build opens (strace)", outside),
    Row("P12", "damaged memory and indexes", _cache),
    Row("P12", "damaged and foreign caches", partial(_bad_inputs, "cache-build")),
    Row("P13", "files of the search broken or missing", partial(_bad_inputs, "client-faults")),
    Row("P14", "work grows with the size alone", partial(_tests, "tests/content/markdown/test_linear.py")),
    Row("P14", "time and memory of an article", partial(_tests, "tests/pipeline/test_bounds.py")),
    Row("P15", "builds at the same time", partial(_tests, "tests/pipeline/test_publish.py")),
    Row("P16", "hostile and broken themes", partial(_bad_inputs, "themes")),
    Row("P17", "valid HTML: the demo", pages.valid_demo),
    Row("P17", "valid HTML: real articles", pages.valid_corpora),
    Row("P18", "graphs of redirects", _redirects),
    Row("P18", "lost addresses", partial(_tests, "tests/site/test_lost.py", "tests/site/test_claims.py")),
    Row("P19", "made-up letters: no header, no receiver", _letters),
    Row("P20", "votes from other sites, damaged stores", _collector),
    Row("P21", "exports of other tools", partial(_bad_inputs, "importers")),
    Row("P22", "CommonMark and GFM", partial(_tests, "tests/content/markdown/test_commonmark.py")),
    Row("all", "one gate, no pickle, few doors", partial(_tests, "tests/architecture")),
)
