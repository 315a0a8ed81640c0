"""The runner of bad inputs: it tells right from wrong, and the repository's own cases pass."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from audit.bad_inputs import names
from audit.bad_inputs.builds import build_base, try_build
from audit.bad_inputs.cases import Case, read_cases
from audit.bad_inputs.run import run_cases
from audit.effort import ROOT

CASES = ROOT / "audit" / "cases"


@pytest.mark.browser
def test_the_cases_of_the_repository() -> None:
    verdicts = run_cases(read_cases(CASES), jobs=2, say=lambda _text: None)
    assert len(verdicts) >= 10
    assert [(verdict.case.id, verdict.reasons) for verdict in verdicts if verdict.outcome != "passed"] == []


@pytest.fixture(scope="module")
def cases() -> dict[str, Case]:
    return {case.id: case for case in read_cases(CASES)}


def test_another_outcome_line_or_word_is_a_reason(cases: dict[str, Case], tmp_path: Path) -> None:
    base = build_base(cases["own-001"], tmp_path / "base")

    def reasons(case: Case) -> str:
        box = tmp_path / str(len(list(tmp_path.iterdir())))
        return " ".join(try_build(case, box, base).reasons)

    case = cases["own-010"]
    assert reasons(case) == ""
    assert "wanted ok, got error" in reasons(replace(case, kind="ok"))
    assert "no error on line 2" in reasons(replace(case, says={**case.says, "line": 2}))
    assert "lacks ['elephant']" in reasons(replace(case, says={**case.says, "words": ["elephant"]}))
    shown = cases["own-005"]
    assert "does not show" in reasons(replace(shown, must=({"page_text_contains": "never written"},)))
    assert "holds 'two'" in reasons(replace(shown, never=({"output_contains": "two"},)))


def test_names_are_put_right_line_by_line(tmp_path: Path) -> None:
    (tmp_path / "content" / "en").mkdir(parents=True)
    article = tmp_path / "content" / "en" / "case.md"
    article.write_text("---\ntitle: T\ntags: [a]\ndate: 2026-01-01\n---\n\n[x](index.md)\n", encoding="utf-8")
    config = "site:\n  name: Help\n  url: https://help.exchange.example\nlanguages: [en, no]\noutput: public\n"
    (tmp_path / "helpgen.yml").write_text(config, encoding="utf-8")
    assert names.adapt(tmp_path) == ["--out", "public"]
    assert article.read_text(encoding="utf-8").split("\n")[2:4] == ["keywords: [a]", "updated: 2026-01-01"]
    assert "[x](start.md)" in article.read_text(encoding="utf-8")
    settings = (tmp_path / "helpgen.yml").read_text(encoding="utf-8").split("\n")
    assert settings[1:4] == [
        "title: Help",
        "base_url: https://help.exchange.example/",
        "locales: {'en': {name: 'en'}, 'no': {name: 'no'}}",
    ]
