"""how: server. The bytes of a request, sent to a real preview, and the status that must come back."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from pathlib import Path

from audit.bad_inputs.cases import Case, Verdict, judged
from audit.bad_inputs.folder import prepare
from audit.paths import CANARY
from tests.server.preview_process import Preview

_NEVER_PRINTED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_PROMPT = 2.0


def run_requests(cases: Sequence[Case], folder: Path, _jobs: int) -> list[Verdict]:
    """Every request to one preview, which must go on answering others after each."""
    base = prepare(Case(id="base", title="", how="server", kind="ok", folder=cases[0].folder), folder / "base")
    (folder / "base" / "canary.txt").write_text(CANARY, encoding="ascii")
    (base.site / "build").mkdir()
    (base.site / "build" / "leak").symlink_to("/etc")
    preview = Preview.start(base.site, "--port", "0")
    try:
        preview.wait_for("Built")
        return [judged(case, _ask(case, preview)) for case in cases]
    finally:
        preview.stop()


def _ask(case: Case, preview: Preview) -> list[str]:
    data = (case.folder / (case.overlay or case.id) / "request.txt").read_bytes()
    printed = len(preview.lines)
    began = time.monotonic()
    answer = preview.raw(data)
    spent = time.monotonic() - began
    allowed = [status for statuses in case.wanted("status") for status in statuses]
    status: object = answer.status or "closed"
    reasons = [] if status in allowed or not allowed else [f"status {status}, allowed are {allowed}"]
    if case.limit.get("seconds", spent) < spent:
        reasons.append(f"took {spent:.1f} s, allowed are {case.limit['seconds']}")
    unwanted = [CANARY, "root:x:", "Traceback", *map(str, case.forbidden("body_contains"))]
    reasons += [f"the answer holds {text!r}" for text in unwanted if text in answer.text]
    reasons += [f"printed raw: {line!r}" for line in preview.lines[printed:] if _NEVER_PRINTED.search(line)]
    return reasons + _others_are_served(preview)


def _others_are_served(preview: Preview) -> list[str]:
    began = time.monotonic()
    status = preview.get("/en/").status
    late = time.monotonic() - began > _PROMPT
    return ["nobody else was served after it"] if status != 200 or late else []
