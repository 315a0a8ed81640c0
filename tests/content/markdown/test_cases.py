"""Each `cases/*.md` and what becomes of it: HTML, references, passages, problems.

After a wanted change run with HELPGEN_UPDATE_CASES=1 and read the difference before committing it.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from helpgen.content.markdown import labels_for, parse_body
from helpgen.model.config import Limits

CASES = sorted(Path(__file__).with_name("cases").glob("*.md"))


def describe(path: Path) -> str:
    outcome = parse_body(
        path.read_text("utf-8"),
        path=path.name,
        first_line=1,
        kind="article",
        limits=Limits(),
        labels=labels_for("zh"),
    )
    body = outcome.value
    assert body is not None
    html = "".join(piece if isinstance(piece, str) else f"⟦{piece}⟧" for piece in body.pieces)
    parts = [html.rstrip("\n"), "", "== references"]
    parts += [f"{n} {r.kind} {r.target} at {r.location}+{r.location.length}" for n, r in enumerate(body.references)]
    parts += ["", "== headings"]
    parts += [f"{h.level} {h.anchor} {h.text} at {h.location}" for h in body.headings]
    parts += ["", "== passages"]
    parts += [f"[{p.anchor}] {p.heading}\n{p.text}" for p in body.passages]
    parts += ["", "== problems"]
    ordered = sorted(outcome.diagnostics, key=lambda d: d.sort_key)
    parts += [f"{d.location}+{d.location.length} {d.severity} {d.message} [{d.rule}]" for d in ordered]
    return "\n".join(parts) + "\n"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_case(case: Path) -> None:
    expected = case.with_suffix(".txt")
    found = describe(case)
    if os.environ.get("HELPGEN_UPDATE_CASES"):
        expected.write_text(found, "utf-8")
    assert found == expected.read_text("utf-8")


def test_there_are_cases() -> None:
    assert len(CASES) > 8
