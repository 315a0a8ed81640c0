"""The verifier on its labelled set: every imitation is caught, no original refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from helpgen.site.official import phone_forms
from tests.support.test_guard import run

SETS = Path(__file__).parent / "sets"


@pytest.fixture(scope="module")
def measured(node: str) -> dict[str, Any]:
    result: dict[str, Any] = json.loads(run(node, str(SETS / "measure-imitations.mjs"), "--json"))
    return result


def test_the_set_is_the_one_that_its_script_makes(node: str) -> None:
    run(node, str(SETS / "make-imitations.mjs"), "--check")
    assert len(json.loads((SETS / "imitations.json").read_text(encoding="utf-8"))["lines"]) >= 400


@pytest.mark.parametrize("part", ["tuning", "held-out"])
def test_imitations_are_caught_and_originals_are_not_refused(measured: dict[str, Any], part: str) -> None:
    for label in ("imitation", "official"):
        assert measured[part][label]["right"] == measured[part][label]["strings"] >= 80
    assert measured[part]["imitation"]["official"] == measured[part]["other"]["official"] == 0
    # Who does not pretend to be us is not accused of it.
    assert measured[part]["other"]["right"] >= 0.98 * measured[part]["other"]["strings"]


def test_lines_written_to_get_past_it(measured: dict[str, Any]) -> None:
    part = measured["by hand"]
    assert part["imitation"]["right"] == part["imitation"]["strings"] >= 44
    assert part["official"]["right"] == part["official"]["strings"] >= 12
    assert part["other"]["official"] == 0


def test_the_sets_phone_numbers_are_written_as_the_build_writes_them() -> None:
    for number, forms in json.loads((SETS / "phone-forms.json").read_text(encoding="utf-8")).items():
        assert list(phone_forms(number)) == forms


@pytest.mark.parametrize(
    ("number", "form"),
    [
        ("+44 20 7946 0958", "02079460958"),
        ("+44 20 7946 0958", "00442079460958"),
        ("+1 415 555 0132", "4155550132"),
        ("+86 10 8888 6666", "01088886666"),
        ("+852 2123 4567", "21234567"),
        ("+39 06 698 1234", "066981234"),
    ],
)
def test_a_number_is_known_as_it_is_dialled_at_home_and_abroad(number: str, form: str) -> None:
    assert form in phone_forms(number)


def test_what_is_no_number_is_only_itself() -> None:
    assert phone_forms("12") == ("12",)
