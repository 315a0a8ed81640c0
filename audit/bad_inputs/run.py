"""The order of a run, and its report.

1. Every build in processes of its own, several at a time.
2. Then the browser, one page after the other: the oracles of the built cases, and the cases of the client.
3. Requests to a preview, and the cases of the cache.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from audit.bad_inputs.builds import Built, build_base, try_build
from audit.bad_inputs.cases import Case, Verdict, judged
from audit.bad_inputs.folder import discard

Say = Callable[[str], None]


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """A folder that everybody may enter, gone at the end (a case may be tried as another user)."""
    folder = Path(tempfile.mkdtemp(prefix="helpgen-bad-inputs-"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def run_cases(cases: Sequence[Case], *, jobs: int, say: Say) -> list[Verdict]:
    """Try every case; the verdicts in the order of the manifest."""
    verdicts: dict[str, Verdict] = {}
    with scratch_folder() as folder:
        built = [case for case in cases if case.how in ("build", "config", "theme")]
        if built:
            say(f"{len(built)} builds")
            for verdict in _builds(built, folder, jobs):
                verdicts[verdict.case.id] = verdict
    for case in cases:
        if case.id not in verdicts:
            verdicts[case.id] = Verdict(case=case, outcome="failed", reasons=("the runner has no rule for it",))
    return [verdicts[case.id] for case in cases]


def _builds(cases: Sequence[Case], folder: Path, jobs: int) -> list[Verdict]:
    base = build_base(cases[0], folder / "base")
    with ThreadPoolExecutor(jobs) as pool:
        tried = list(pool.map(partial(_try_one, folder, base), cases))
    verdicts = [judged(built.prepared.case, list(built.reasons)) for built in tried]
    for built in tried:
        discard(built.prepared)
    return verdicts


def _try_one(folder: Path, base: Path, case: Case) -> Built:
    return try_build(case, folder / case.id, base)
