"""`helpgen eval` on a built site, and the figures by themselves."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from helpgen.cli import cli
from helpgen.search.measures import figures, moved, place_of
from tests.site_folder import SiteFolder

QUERIES = """\
- {q: 充币没到, answers: [deposits/not-arrived], locale: zh, kind: sentence}
- {q: phishing, answers: [security/phishing, deposits/not-arrived], locale: en, kind: keywords}
- {q: arrived, answers: [security/phishing], locale: en, kind: keywords}
- {q: zzzz, answers: [], locale: en}
"""


@pytest.fixture
def site(tmp_path: Path) -> SiteFolder:
    folder = SiteFolder.small(tmp_path / "site").write("questions.yaml", QUERIES)
    folder.publish()
    return folder


def evaluate(site: SiteFolder, *arguments: str) -> Result:
    return CliRunner().invoke(cli, ["eval", str(site.root / "questions.yaml"), "--site", str(site.root), *arguments])


def as_json(site: SiteFolder) -> dict[str, Any]:
    result = evaluate(site, "--json")
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def test_figures_are_those_of_the_formulas() -> None:
    found = figures([1, 2, 4, 0])
    assert (found.questions, found.success1, found.success3) == (4, 0.25, 0.5)
    assert found.mrr == pytest.approx((1 + 1 / 2 + 1 / 4) / 4)
    assert figures([]).mrr == 0


def test_places_count_from_one_and_stop_at_ten() -> None:
    hits = [str(n) for n in range(1, 12)]
    assert [place_of(hits, {"3", "2"}), place_of(hits, {"11"}), place_of(hits, {"x"})] == [2, 0, 0]


def test_lost_is_worse_than_last() -> None:
    assert moved({"a": 10, "b": 0, "c": 1, "gone": 1}, {"a": 0, "b": 10, "c": 1, "new": 1}) == (["a"], ["b"])


def test_a_run_tells_figures_and_failures(site: SiteFolder) -> None:
    found = as_json(site)
    assert found["questions"] == 4
    assert found["figures"]["all"]["questions"] == 3
    assert found["figures"]["kind"]["sentence"] == {"questions": 1, "success1": 1, "success3": 1, "mrr": 1}
    assert found["figures"]["locale"]["en"]["success1"] == 0.5
    assert found["no_answer"] == {"questions": 1, "found_nothing": 1}
    (failed,) = found["failed"]
    assert failed["q"] == "arrived"
    assert failed["at"].endswith("questions.yaml:3:3")
    assert failed["first"][0] == "deposits/not-arrived"
    output = evaluate(site).output
    assert "all                3" in output
    assert "No answer is expected to 1 more; 1 of them found nothing." in output
    assert 'questions.yaml:3:3: "arrived" not found; first came deposits/not-arrived' in output


def test_the_next_run_tells_what_moved(site: SiteFolder) -> None:
    assert as_json(site)["last_run"] is None
    again = as_json(site)
    assert (again["worse"], again["better"]) == ([], [])
    article = "content/en/security/phishing.md"
    text = (site.root / article).read_text(encoding="utf-8")
    site.write(article, text.replace("questions: [", "questions: [arrived, "))
    site.publish()
    (better,) = as_json(site)["better"]
    assert (better["q"], better["before"]) == ("arrived", 0)
    assert better["now"] in (1, 2)
    site.write(article, text).publish()
    output = evaluate(site).output
    assert "Since the last run: 1 worse, 0 better" in output
    assert f'worse   {better["now"]} → –  "arrived"' in output


def test_a_damaged_memory_is_no_memory(site: SiteFolder) -> None:
    site.write(".helpgen/eval/questions.json", '{"places": []}')
    assert as_json(site)["last_run"] is None


def test_a_floor_that_is_not_reached_is_code_one(site: SiteFolder) -> None:
    assert evaluate(site, "--min-success3", "0.6").exit_code == 0
    result = evaluate(site, "--min-success3", "0.95")
    assert result.exit_code == 1
    assert "success@3 is 0.667, less than 0.95" in result.output
    assert evaluate(site, "--min-success3", "1.5").exit_code == 2


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("- {q: a, answers: [deposits/not-arrivd]}", ":1:20: error: there is no article"),
        ("- {q: a, answers: [deposits/not-arrivd]}", 'did you mean "deposits/not-arrived"?'),
        ("- q: a\n  answer: []", ':2:3: error: unknown field "answer"'),
        ("- {answers: []}", '"q" is missing'),
        ("- {q: a}", '"answers" is missing'),
        ("q: a", "the file must be a list of questions, not"),
        ("", "the file must be a list of questions, not"),
        ("- {q: [a", "bracket"),
    ],
)
def test_a_mistake_in_the_file_is_named_with_its_place(site: SiteFolder, text: str, said: str) -> None:
    site.write("questions.yaml", text)
    result = evaluate(site)
    assert result.exit_code == 1
    assert said in result.output


def test_an_unknown_language_and_a_missing_site_are_told(site: SiteFolder) -> None:
    site.write("questions.yaml", "- {q: a, answers: [], locale: fr}")
    result = evaluate(site)
    assert result.exit_code == 1
    assert 'no index for "fr"; there are: en, zh' in result.output
    result = evaluate(site, "--out", str(site.root / "nowhere"))
    assert result.exit_code == 1
    assert "helpgen build" in result.output


def test_nothing_is_remembered_where_there_is_no_site(site: SiteFolder, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    asked = [str(site.root / "questions.yaml"), "--site", str(elsewhere), "--out", str(site.root / "build")]
    assert CliRunner().invoke(cli, ["eval", *asked]).exit_code == 0
    assert list(elsewhere.iterdir()) == []
