"""The demo answers its customers: every question of `queries/*.yaml` is asked of the index that the demo's build writes.

The bars are those of the project: an article that answers is among the first three for 95 % of the questions that have one,
and for 85 % of each kind of question of which there are enough to judge.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from helpgen.pipeline.build import build_site
from helpgen.pipeline.options import BuildOptions
from helpgen.pipeline.read import read_site
from helpgen.pipeline.workers import Inline
from helpgen.search.engine import SearchIndex, open_index
from helpgen.site.urls import INDEX_FOLDER

ROOT = Path(__file__).resolve().parents[2]
QUERIES = Path(__file__).parent / "queries"
LOCALES = ("zh", "en")
KINDS = {"sentence", "keywords", "prefix", "pinyin", "initials", "traditional", "mixed", "none"}

# Shares of the answerable questions with an article that answers among the first three.
SUCCESS, SUCCESS_OF_KIND = 0.95, 0.85
# A kind with fewer questions says little: one miss would weigh more than the bar allows.
ENOUGH = 15


@dataclass(frozen=True, slots=True)
class Question:
    """A question of the set with its number, and the articles (category/slug) that answer it: none if nothing does."""

    number: int
    text: str
    kind: str
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question and the articles that came for it, best first."""

    question: Question
    found: tuple[str, ...]

    @property
    def success(self) -> bool:
        return any(key in self.question.answers for key in self.found[:3])


def read_rows(locale: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = yaml.safe_load((QUERIES / f"{locale}.yaml").read_text(encoding="utf-8"))
    return rows


def read_questions(locale: str) -> list[Question]:
    return [
        Question(number, row["q"], row["kind"], tuple(row["answers"]))
        for number, row in enumerate(read_rows(locale), start=1)
    ]


@pytest.fixture(scope="module")
def demo() -> Mapping[str, bytes]:
    """The files of the demo, built once."""
    build = build_site(read_site(ROOT), Inline(), BuildOptions(preview=True))
    assert build.ok, [problem for problem in build.diagnostics if problem.severity == "error"]
    return build.files


@pytest.fixture(scope="module")
def asked(demo: Mapping[str, bytes]) -> dict[str, list[Asked]]:
    """Every question that has an answer, and what came for it, by locale."""
    return {locale: list(ask(open_demo(demo, locale), locale)) for locale in LOCALES}


def open_demo(files: Mapping[str, bytes], locale: str) -> SearchIndex:
    return open_index(lambda name: files[f"{INDEX_FOLDER}{locale}/{name}"])


def ask(index: SearchIndex, locale: str) -> Iterable[Asked]:
    for question in read_questions(locale):
        if question.answers:
            hits = index.search(question.text, limit=3).hits
            yield Asked(question, tuple(hit.key.removeprefix(f"{locale}/") for hit in hits))


def share(rows: list[Asked]) -> float:
    return sum(row.success for row in rows) / len(rows)


def missed(rows: Iterable[Asked]) -> str:
    """What to read when a bar is missed: each question, what should have come and what came."""
    return "".join(
        f"\n  {row.question.number} {row.question.text!r} ({row.question.kind})"
        f"\n      wanted {', '.join(row.question.answers)}\n      came   {', '.join(row.found) or 'nothing'}"
        for row in rows
        if not row.success
    )


@pytest.mark.parametrize("locale", LOCALES)
def test_set_is_whole(locale: str, demo: Mapping[str, bytes]) -> None:
    rows = read_rows(locale)
    assert len(rows) >= 300
    assert all(set(row) == {"q", "kind", "answers"} for row in rows)
    assert [text for text, count in Counter(row["q"] for row in rows).items() if count > 1] == []
    assert {row["kind"] for row in rows} <= KINDS
    assert [row["q"] for row in rows if (row["kind"] == "none") != (row["answers"] == [])] == []
    assert [row["q"] for row in rows if len(row["answers"]) > 3] == []
    gone = {key for row in rows for key in row["answers"] if f"{locale}/{key}/index.html" not in demo}
    assert gone == set()


@pytest.mark.parametrize("locale", LOCALES)
def test_a_sixth_has_no_answer(locale: str) -> None:
    rows = read_rows(locale)
    assert 0.12 < sum(row["kind"] == "none" for row in rows) / len(rows) < 0.22


@pytest.mark.parametrize("locale", LOCALES)
def test_questions_find_an_answer(locale: str, asked: dict[str, list[Asked]]) -> None:
    rows = asked[locale]
    assert share(rows) >= SUCCESS, (
        f"{share(rows):.3f} of {len(rows)} have an answer among the first three{missed(rows)}"
    )


@pytest.mark.parametrize("locale", LOCALES)
def test_each_kind_finds_an_answer(locale: str, asked: dict[str, list[Asked]]) -> None:
    kinds: dict[str, list[Asked]] = {}
    for row in asked[locale]:
        kinds.setdefault(row.question.kind, []).append(row)
    weak = {kind: rows for kind, rows in kinds.items() if len(rows) >= ENOUGH and share(rows) < SUCCESS_OF_KIND}
    assert not weak, "".join(f"\n{kind}: {share(rows):.3f}{missed(rows)}" for kind, rows in weak.items())


@pytest.mark.parametrize("locale", LOCALES)
def test_articles_do_not_repeat_the_questions(locale: str) -> None:
    """Sentences that the articles' front matter copies letter by letter would prove nothing. A few may coincide."""
    sentences = {question.text for question in read_questions(locale) if question.kind == "sentence"}
    copied = sentences & front_matter_questions(locale)
    assert len(copied) <= 0.1 * len(sentences), sorted(copied)


def front_matter_questions(locale: str) -> set[str]:
    found: set[str] = set()
    for path in (ROOT / "content" / locale).rglob("*.md"):
        _, front, _ = path.read_text(encoding="utf-8").split("---\n", 2)
        found.update(map(str, yaml.safe_load(front)["questions"]))
    return found
