"""When is the first hit an answer? Precision and coverage of the answer box by threshold, and the weights behind it.

    python bench/answer_threshold.py            the site of this repository, and the data sets of $HELPGEN_SHARED
    python bench/answer_threshold.py --learn    weights and threshold by logistic regression on the odd questions of customers

Steps:
0. The `questions:` of all articles, as they are: right is the article that has it, any other is wrong.
1. Held-out questions: every eighth `questions:` entry of each article is taken out of the index and asked. Right: its article.
2. Questions without an answer: an article is taken out with its questions, and these are asked. Any answer counts as
   wrong, though a neighbour may in truth answer it; so that precision is a lower bound.
3. Customers' questions of tests/search/queries/*.yaml, answerable and not; those with odd numbers may teach, the even judge.
4. The development sets of $HELPGEN_SHARED (default ../shared), asked as they are.

Precision: the share of the answers given that are of an article that answers. Coverage: the share of all questions asked
that get an answer.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import random
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, replace
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import yaml

from bench.questions import DataSet, data_set
from bench.questions import document as indexed
from helpgen.pipeline.build import build_site
from helpgen.pipeline.options import BuildOptions
from helpgen.pipeline.read import read_site
from helpgen.pipeline.workers import Inline
from helpgen.search import (
    AnalysedDocument,
    SearchDocument,
    SearchIndex,
    analyse_document,
    build_index,
    open_index,
    write_shards,
)
from helpgen.search.answer import CERTAIN, FIT, MARGIN, SAME_NAME, TITLE
from helpgen.search.document import Synonyms

ROOT = Path(__file__).resolve().parents[1]
FOLDS = 8
# The probability of being right from which a passage is called an answer: a wrong one costs more than a missing one.
SURE = 0.92
# Of the descent; the weights stand still to four digits after a thousand.
STEPS = 2_000
THRESHOLDS = (0.3, 0.4, 0.45, 0.5, 0.52, 0.54, 0.56, 0.58, 0.6, 0.65, 0.7)
SETS = ("en-bank", "en-bank-faq", "site-en", "zh-atec", "site-zh")
# Questions asked of each data set: enough for two digits of precision.
SAMPLE = 400


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its outcome: what is known of the first hit, and whether it is an article that answers."""

    query: str
    known: tuple[float, ...]
    confidence: float
    certain: bool
    right: bool


class Listening(Inline):
    """Everything in this process; keeps the documents that are analysed for the index."""

    def __init__(self) -> None:
        super().__init__()
        self.documents: list[SearchDocument] = []

    def start(self, stage: Any, items: Any, shared: Any) -> Any:
        self.documents += [item for item in items if isinstance(item, SearchDocument)]
        return super().start(stage, items, shared)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--learn", action="store_true")
    options = parser.parse_args()
    sets: dict[str, list[Asked]] = {}
    for locale, (documents, synonyms) in _site().items():
        analysed = {document.key: analyse_document(document) for document in documents}
        whole = _open(analysed.values(), synonyms)
        if options.learn:
            sets[f"{locale} odd"] = list(_customers(locale, whole))[::2]
            continue
        sets[f"{locale} own"] = [_ask(whole, question, {d.key}) for d in documents for question in d.questions]
        sets[f"{locale} held out"] = list(_held_out(documents, synonyms, analysed))
        sets[f"{locale} not there"] = list(_taken_out(documents, synonyms, analysed))
        customers = list(_customers(locale, whole))
        sets[f"{locale} odd"], sets[f"{locale} even"] = customers[::2], customers[1::2]
    site = [one for name, asked in sets.items() for one in asked if name.endswith(("out", "there"))]
    if options.learn:
        _learn([one for asked in sets.values() for one in asked])
        return
    _print_curve("the site's own questions, held out and not there", site)
    for name, asked in sets.items():
        _print_curve(name, asked)
        if name.endswith(("odd", "even")):
            wrong = [one.query for one in asked if one.certain and not one.right]
            print(f"wrong with confidence, {len(wrong)} of {len(asked)}: {wrong}")
    for name in SETS if "HELPGEN_SHARED" in os.environ else ():
        _print_curve(name, list(_development(data_set(name, sys.maxsize))))


def _site() -> dict[str, tuple[list[SearchDocument], Synonyms]]:
    """By locale the documents of this repository's site, as the build makes them, and its synonyms."""
    runner = Listening()
    build = build_site(read_site(ROOT), runner, BuildOptions(preview=True))
    if not build.files:
        errors = (one for one in build.diagnostics if one.severity == "error")
        sys.exit(
            "\n".join(["this repository's site has errors:", *(f"{e.location.path}: {e.message}" for e in errors)])
        )
    found = {}
    for locale in ("zh", "en"):
        both, one = json.loads(build.files[f"search/{locale}/manifest.json"])["synonyms"]
        documents = [document for document in runner.documents if document.locale == locale]
        pairs = tuple((asked, other) for asked, *others in one for other in others)
        found[locale] = documents, Synonyms(two_way=tuple(map(tuple, both)), one_way=pairs)
    return found


def _open(analysed: Iterable[AnalysedDocument], synonyms: Synonyms) -> SearchIndex:
    files = write_shards(build_index(analysed), synonyms=synonyms)
    return open_index(files.__getitem__)


def _held_out(
    documents: Sequence[SearchDocument], synonyms: Synonyms, analysed: Mapping[str, AnalysedDocument]
) -> Iterator[Asked]:
    for fold in range(FOLDS):
        cut = [_without(document, fold) for document in documents]
        index = _open((analysed[d.key] if d in documents else analyse_document(d) for d in cut), synonyms)
        for document in documents:
            for question in document.questions[fold::FOLDS]:
                yield _ask(index, question, {document.key})


def _without(document: SearchDocument, fold: int) -> SearchDocument:
    kept = tuple(question for number, question in enumerate(document.questions) if number % FOLDS != fold)
    return replace(document, questions=kept)


def _taken_out(
    documents: Sequence[SearchDocument], synonyms: Synonyms, analysed: Mapping[str, AnalysedDocument]
) -> Iterator[Asked]:
    for document in documents:
        index = _open((analysed[other.key] for other in documents if other is not document), synonyms)
        for question in document.questions:
            yield _ask(index, question, set())


def _customers(locale: str, index: SearchIndex) -> Iterator[Asked]:
    path = ROOT / "tests" / "search" / "queries" / f"{locale}.yaml"
    for row in yaml.safe_load(path.read_text(encoding="utf-8")) if path.is_file() else ():
        yield _ask(index, row["q"], {f"{locale}/{key}" for key in row["answers"]})


def _development(data: DataSet) -> Iterator[Asked]:
    index = _open(map(analyse_document, map(indexed, data.rows)), Synonyms())
    for row in random.Random(1).sample(data.questions, min(SAMPLE, len(data.questions))):
        yield _ask(index, row["q"], set(row["relevant"]))


def _ask(index: SearchIndex, query: str, answers: set[str]) -> Asked:
    found = index.answer(query)
    if found is None:
        return Asked(query, (0.0,) * 4, 0.0, False, False)
    return Asked(query, astuple(found.evidence), found.confidence, found.certain, found.hit.key in answers)


def _print_curve(name: str, asked: Sequence[Asked]) -> None:
    print(
        f"\n{name}: {len(asked)} questions, first hit right {sum(one.right for one in asked) / max(1, len(asked)):.3f}"
    )
    for threshold in THRESHOLDS:
        given = [one.right for one in asked if one.confidence >= threshold]
        precision = f"{sum(given) / len(given):.3f}" if given else "    -"
        mark = "  <-- CERTAIN" if threshold == CERTAIN else ""
        print(f"  from {threshold:.2f}: precision {precision}, coverage {len(given) / max(1, len(asked)):.3f}{mark}")


def _learn(asked: Sequence[Asked]) -> None:
    """Logistic regression by gradient descent, weights never negative. The weights are printed as shares of 1, and the
    threshold is where an answer is right with the probability `SURE`."""
    weights, bias = [1.0] * 3, -2.0
    asked = [one for one in asked if one.known[3] < SAME_NAME]
    for _ in range(STEPS):
        slopes, slope = [0.0] * 3, 0.0
        for one in asked:
            total = bias + sum(w * x for w, x in zip(weights, one.known, strict=False))
            error = 1 / (1 + math.exp(-total)) - one.right
            slope += error
            for at, value in enumerate(one.known[:3]):
                slopes[at] += error * value
        rate = 4 / len(asked)
        weights = [max(0.0, w - rate * s) for w, s in zip(weights, slopes, strict=True)]
        bias -= rate * slope
    whole = sum(weights)
    shares = [round(weight / whole, 2) for weight in weights]
    threshold = round((math.log(SURE / (1 - SURE)) - bias) / whole, 2)
    print(f"{len(asked)} questions: FIT, TITLE, MARGIN = {', '.join(map(str, shares))}; CERTAIN = {threshold}")
    print(f"answer.py has:  FIT, TITLE, MARGIN = {FIT}, {TITLE}, {MARGIN}; CERTAIN = {CERTAIN}")


if __name__ == "__main__":
    main()
