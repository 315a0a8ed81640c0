"""Measures the assistant on `questions/<locale>.yaml`: `python -m tests.support.measure_assistant [--all] [--show]`.

It builds the demo, asks every question of the assistant that the site ships, and prints for the questions that only judge
(the even ones; `--all` takes every one):

- answer@1: the article that answers is quoted, or is the first that is shown; answer@3: it is among the first three. A
  cry for help is answered by the freeze steps. Both are shares of the questions that an article answers.
- wrong with confidence: something was quoted as the answer that does not answer, or the freeze steps came where nobody is in
  danger. A share of all questions.
- right abstentions: nothing was quoted as the answer of a question that no article answers. A share of these questions.

`--show` prints every question that went wrong.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from helpgen.pipeline.build import build_site
from helpgen.pipeline.options import BuildOptions
from helpgen.pipeline.publish import publish_build
from helpgen.pipeline.read import read_search_client, read_site, read_support_client
from helpgen.pipeline.workers import Inline

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
LOCALES = ("zh", "en")
_ASKER = HERE / "js" / "ask.mjs"


@dataclass(frozen=True, slots=True)
class Question:
    """A question, the articles that answer it (none if nothing does), and whether it is a cry for help."""

    text: str
    answers: tuple[str, ...]
    danger: bool
    judges: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """A question and the reply: its kind, the articles shown, best first (what is quoted first of all)."""

    question: Question
    kind: str
    shown: tuple[str, ...]
    confidence: float

    def within(self, limit: int) -> bool:
        if self.question.danger and self.kind == "danger":
            return True
        return any(key in self.question.answers for key in self.shown[:limit])

    @property
    def confident(self) -> bool:
        return self.kind in ("answer", "danger")

    @property
    def wrong(self) -> bool:
        """Something was said with confidence that is not so."""
        if self.kind == "danger":
            return not self.question.danger and not self.within(1)
        return self.kind == "answer" and not self.within(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Measures:
    """Shares from 0 to 1, and of how many questions."""

    questions: int
    answerable: int
    answer_1: float
    answer_3: float
    wrong: float
    abstained: float


def read_questions(locale: str) -> tuple[Question, ...]:
    groups = yaml.safe_load((HERE / "questions" / f"{locale}.yaml").read_text(encoding="utf-8"))
    rows = [(text, group) for group in groups for text in group["ask"]]
    return tuple(
        Question(text, tuple(group["answers"]), bool(group.get("danger")), number % 2 == 0)
        for number, (text, group) in enumerate(rows, start=1)
    )


def build_demo(folder: Path) -> None:
    options = BuildOptions(search_client=read_search_client(), support_client=read_support_client())
    build = build_site(read_site(ROOT), Inline(), options)
    assert build.ok, [problem for problem in build.diagnostics if problem.severity == "error"]
    publish_build(build, folder, sources=ROOT)


def ask(folder: Path, locale: str, questions: Sequence[Question]) -> list[Asked]:
    """Put the questions to the assistant of a built site, in Node."""
    (support,) = folder.glob(f"assets/support.{locale}.*.json")
    job = {
        "folder": folder.as_posix(),
        "locale": locale,
        "support": support.relative_to(folder).as_posix(),
        "questions": [question.text for question in questions],
    }
    done = subprocess.run(["node", str(_ASKER)], input=json.dumps(job).encode(), capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    replies = map(json.loads, done.stdout.decode().splitlines())
    equivalents = _troubleshooters(locale)
    return [
        Asked(question, reply["kind"], _without_guides(reply["shown"], equivalents), reply["confidence"])
        for question, reply in zip(questions, replies, strict=True)
    ]


def measure(asked: Sequence[Asked]) -> Measures:
    answerable = [one for one in asked if one.question.answers]
    others = [one for one in asked if not one.question.answers]
    return Measures(
        questions=len(asked),
        answerable=len(answerable),
        answer_1=_share(one.within(1) for one in answerable),
        answer_3=_share(one.within(3) for one in answerable),
        wrong=_share(one.wrong for one in asked),
        abstained=_share(not one.confident for one in others),
    )


def _share(rows: Iterable[bool]) -> float:
    kept = list(rows)
    return sum(kept) / max(1, len(kept))


def _troubleshooters(locale: str) -> dict[str, str]:
    """A troubleshooter answers what the first of its related articles answers."""
    found = {}
    for path in (ROOT / "content" / locale / "troubleshoot").glob("*.md"):
        front = yaml.safe_load(path.read_text(encoding="utf-8").split("---\n", 2)[1])
        found[f"troubleshoot/{path.stem}"] = front["related"][0]
    return found


def _without_guides(shown: Iterable[str], equivalents: dict[str, str]) -> tuple[str, ...]:
    return tuple(equivalents.get(key, key) for key in shown)


def main() -> None:
    import tempfile

    everything, show = "--all" in sys.argv, "--show" in sys.argv
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "build"
        build_demo(folder)
        for locale in LOCALES:
            asked = ask(folder, locale, read_questions(locale))
            kept = [one for one in asked if everything or one.question.judges]
            found = measure(kept)
            kinds = {kind: sum(one.kind == kind for one in kept) for kind in sorted({one.kind for one in kept})}
            print(
                f"{locale}: {found.questions} questions, {found.answerable} with an answer\n"
                f"  answer@1 {found.answer_1:.3f}  answer@3 {found.answer_3:.3f}"
                f"  wrong with confidence {found.wrong:.3f}  right abstentions {found.abstained:.3f}\n"
                f"  replies: {', '.join(f'{kind} {count}' for kind, count in kinds.items())}"
            )
            for one in asked if show else ():
                bad = one.wrong or (one.question.answers and not one.within(3))
                if bad and (everything or not one.question.judges):
                    print(
                        f"    {one.kind} {one.confidence:.2f} {one.question.text!r}: {', '.join(one.shown) or 'nothing'}"
                    )


if __name__ == "__main__":
    main()
