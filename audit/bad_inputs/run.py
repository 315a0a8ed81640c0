"""The order of a run, and its report.

1. Every build in processes of its own, several at a time.
2. Then the browser, one page after the other: the oracles of the built cases, and the cases of the client.
3. Requests to a preview, and the cases of the cache.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from subprocess import CalledProcessError

from audit.attack import attack
from audit.bad_inputs.builds import Built, build_base, pages_to_watch, queries_for, try_build
from audit.bad_inputs.caches import run_caches
from audit.bad_inputs.cases import Case, Verdict, judged, no_rule
from audit.bad_inputs.client import run_client
from audit.bad_inputs.exceptions import missing_part
from audit.bad_inputs.folder import discard
from audit.bad_inputs.raw import run_requests
from audit.chromium import chromium, hosted

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
    there = [case for case in cases if not missing_part(case)]
    verdicts = {
        case.id: Verdict(case=case, outcome="not there yet", reasons=(missing_part(case),))
        for case in cases
        if missing_part(case)
    }
    with scratch_folder() as folder:
        for how, tried in _by_how(there):
            say(f"{len(tried)} {how}")
            run_them = _RUNNERS.get(how)
            found = run_them(tried, folder / how, jobs) if run_them else [no_rule(case) for case in tried]
            verdicts.update({verdict.case.id: verdict for verdict in found})
    return [verdicts[case.id] for case in cases]


def _by_how(cases: Sequence[Case]) -> list[tuple[str, list[Case]]]:
    groups: dict[str, list[Case]] = {}
    for case in cases:
        groups.setdefault("build" if case.how in ("config", "theme") else case.how, []).append(case)
    return list(groups.items())


def _builds(cases: Sequence[Case], folder: Path, jobs: int) -> list[Verdict]:
    base = build_base(cases[0], folder / "base")
    with ThreadPoolExecutor(jobs) as pool:
        found = list(pool.map(partial(_try_one, folder, base), cases))
    tried = [built for built in found if isinstance(built, Built)]
    watched = [built for built in tried if built.prepared.case.oracle in ("xss", "browser") and built.ended.code == 0]
    seen: dict[str, list[str]] = {}
    if watched:
        with chromium() as browser, hosted(folder) as host:
            for built in watched:
                host.folder = built.outputs
                case = built.prepared.case.id
                seen[case] = attack(browser, host, pages_to_watch(built), queries_for(built), "en/search/")
    verdicts = [built for built in found if isinstance(built, Verdict)]
    verdicts += [judged(b.prepared.case, [*b.reasons, *seen.get(b.prepared.case.id, [])]) for b in tried]
    for built in tried:
        discard(built.prepared)
    return verdicts


def _try_one(folder: Path, base: Path, case: Case) -> Built | Verdict:
    """A case that cannot be made is no reason to leave the others untried."""
    try:
        return try_build(case, folder / case.id, base)
    except (OSError, CalledProcessError) as error:
        return judged(case, [f"the case could not be made: {error}"[:300]])


_RUNNERS: Mapping[str, Callable[[Sequence[Case], Path, int], list[Verdict]]] = {
    "build": _builds,
    "server": run_requests,
    "client": run_client,
    "cache": run_caches,
}
