"""The assistant holds its bars on the labelled questions of customers; `python -m tests.support.measure_assistant` has more."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.support.measure_assistant import HERE, LOCALES, ROOT, Asked, ask, build_demo, measure, read_questions
from tests.support.test_guard import run

ANSWER_3 = 0.90
WRONG = 0.03
ABSTAINED = 0.95
DANGER = 0.8


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Asked]]:
    if shutil.which("node") is None:
        pytest.skip("Node is not installed")
    folder = tmp_path_factory.mktemp("assistant") / "build"
    build_demo(folder)
    return {locale: ask(folder, locale, read_questions(locale)) for locale in LOCALES}


@pytest.mark.parametrize("locale", LOCALES)
def test_the_set_is_whole(locale: str) -> None:
    questions = read_questions(locale)
    assert len(questions) >= 300
    assert len({question.text for question in questions}) == len(questions)
    assert 0.6 < sum(bool(question.answers) for question in questions) / len(questions) < 0.72
    gone = {key for q in questions for key in q.answers if not (ROOT / "content" / locale / f"{key}.md").is_file()}
    assert gone == set()


@pytest.mark.parametrize("locale", LOCALES)
def test_it_answers_and_seldom_errs_with_confidence(locale: str, asked: dict[str, list[Asked]]) -> None:
    found = measure(asked[locale])
    assert found.answer_3 >= ANSWER_3, found
    assert found.wrong <= WRONG, found
    assert found.abstained >= ABSTAINED, found


@pytest.mark.parametrize("locale", LOCALES)
def test_it_hears_danger_and_raises_no_false_alarm(locale: str, asked: dict[str, list[Asked]]) -> None:
    cries = [one for one in asked[locale] if one.question.danger]
    assert sum(one.kind == "danger" for one in cries) >= DANGER * len(cries), [
        one.question.text for one in cries if one.kind != "danger"
    ]
    assert [one.question.text for one in asked[locale] if one.kind == "danger" and not one.question.danger] == []


def test_it_hears_cries_in_other_words_and_stays_calm(node: str) -> None:
    heard = json.loads(run(node, str(HERE / "sets" / "measure-danger.mjs"), "--json"))
    assert heard["cries"] >= 50
    assert heard["calm"] >= 60
    assert len(heard["missed"]) <= 0.05 * heard["cries"], heard["missed"]
    assert heard["alarms"] == []


def test_the_troubleshooters_that_answer_exist(asked: dict[str, list[Asked]]) -> None:
    folder = ROOT / "content"
    shown = {(locale, key) for locale, rows in asked.items() for one in rows for key in one.shown}
    assert all(Path(folder / locale / f"{key}.md").is_file() for locale, key in shown)
