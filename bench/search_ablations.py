"""What each constant of the ranking is worth: MRR@10 on the development questions with that one changed.

    python bench/search_ablations.py                 all data sets of $HELPGEN_SHARED (default ../shared), 1,000 questions of each
    python bench/search_ablations.py --most 240      fewer of each
    python bench/search_ablations.py stop triple     only these constants
    python bench/search_ablations.py stop=0.3 k1=2   other values; lists as JSON: weights=[4,3,2,2,1,0.3]
    python bench/search_ablations.py --half odd      the questions with odd numbers only, or with "even" the others

Prints a row a change: the difference from the constants as they are, in thousandths of MRR@10, for each data set. With 240
questions a difference below about 8 is chance; with 1,000 below about 4. What is chosen on one half of the questions is
judged on the other. The scripts that readers get are asked, in Node. A set's figures are told as soon as they are there.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, fields, replace
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.engines import CLIENT
from bench.peers import BENCH, node
from bench.questions import SETS, DataSet, data_set, document, rank
from helpgen.search import AnalysedDocument, analyse_document, build_index, write_shards
from helpgen.search.constants import BUILD, RANK

MOST = 1_000

# Constants of the index: each change needs an index of its own.
BUILT: Mapping[str, Sequence[Any]] = {
    "k1": (1.2, 1.6, 3.0),
    "levels": (7,),
    "weights": (
        (1.0, 1.0, 1.0, 1.0, 1.0, 0.3),
        (4.0, 1.5, 2.0, 2.0, 1.0, 0.3),
        (8.0, 3.0, 2.0, 2.0, 1.0, 0.3),
    ),
    "length_norms": ((0.3, 0.5, 0.5, 0.3, 0.75, 0.0), (0.7, 0.0, 0.5, 0.3, 0.75, 0.0), (0.7, 0.5, 0.5, 0.3, 0.3, 0.0)),
}
# Constants of the query: they travel in the manifest.
ASKED: Mapping[str, Sequence[Any]] = {
    "idf_power": (0.0, 0.4, 0.8, 1.0),
    "stop": (0.0, 0.5, 1.0),
    "stop_keywords": (0.15, 1.0),
    "unigram_question": (0.0, 1.0, 3.0),
    "unigram_keywords": (0.0, 1.0, 2.0),
    "question_length": (8, 1000),
    "word_pair": (0.0, 0.6),
    "triple": (0.0, 0.25, 1.0),
    "pinyin": (0.5, 2.0),
    "initials": (0.0, 1.0),
    "stem_percent": (0, 40, 90),
    "prefix_percent": (0, 20, 80),
    "fuzzy_percent": (0, 25, 90),
    "coordination_question": (0.0, 0.5, 1.0),
    "coordination_keywords": (0.0, 0.5, 2.0),
    "title_question": (0.0, 1.0, 4.0),
    "title_keywords": (0.0, 0.5, 1.0),
    "title_characters": (0.0, 0.5, 2.0),
    "near_question": (0.0, 1.0, 2.0),
    "near_keywords": (0.0, 0.5, 1.0, 4.0),
    "near_text": (0.7, 0.8, 1.0),
}

# A constant and another value of it.
Change = tuple[str, Any]


@dataclass(frozen=True, slots=True)
class Asked:
    """A data set: what is indexed, and the questions with the keys that answer them."""

    name: str
    locale: str
    documents: Sequence[AnalysedDocument]
    questions: Sequence[tuple[str, Sequence[str]]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("constants", nargs="*", help="names of constants, or NAME=VALUE; all if none is given")
    parser.add_argument("--most", type=int, default=MOST, help="questions of each set")
    parser.add_argument("--half", choices=("odd", "even"), help="only every other question")
    parser.add_argument("--sets", default=",".join(SETS))
    options = parser.parse_args()
    changes = _changes(options.constants)
    columns: dict[str, list[float]] = {}
    for name in options.sets.split(","):
        columns[name] = list(_told(_read(data_set(name, sys.maxsize), options.most, options.half), changes))
    print(f"\n{'constant':24} {'value':34}" + "".join(f"{name:>13}" for name in columns))
    print(f"{'as they are':59}" + "".join(f"{column[0]:13.4f}" for column in columns.values()))
    before = ""
    for number, (name, value) in enumerate(changes, 1):
        if name != before:
            print(f"{name:24} {getattr(BUILD if name in BUILT else RANK, name)!s}")
        before = name
        differences = (1000 * (column[number] - column[0]) for column in columns.values())
        print(f"{'':24} {value!s:34}" + "".join(f"{one:+13.1f}" for one in differences))


def _changes(arguments: Sequence[str]) -> list[Change]:
    """Each constant with each value to try."""
    known = {**ASKED, **BUILT}
    changes: list[Change] = []
    for name, _, text in (argument.partition("=") for argument in arguments or known):
        if name not in {one.name for one in (*fields(BUILD), *fields(RANK))}:
            sys.exit(f'there is no constant "{name}"; there are: {", ".join(known)}')
        value = json.loads(text) if text else None
        values = known[name] if value is None else [tuple(value) if isinstance(value, list) else value]
        changes += [(name, value) for value in values]
    return changes


def _read(data: DataSet, most: int, half: str | None) -> Asked:
    questions = [(row["q"], row["relevant"]) for row in data.questions]
    if half is not None:
        questions = questions[half == "even" :: 2]
    documents = [analyse_document(document(row)) for row in data.rows]
    return Asked(data.name, data.locale, documents, questions[:: max(1, len(questions) // most)])


def _told(one: Asked, changes: Sequence[Change]) -> Iterator[float]:
    """The mean reciprocal rank as it is and with each change, as they come."""
    asked = [change for change in changes if change[0] not in BUILT]
    scores = dict(zip((None, *asked), _mrr(one, {}, [{}, *(dict([change]) for change in asked)]), strict=True))
    for change in (None, *changes):
        score = scores[change] if change in scores else next(_mrr(one, dict([change]), [{}]))  # type: ignore[list-item]
        print(f"{one.name:14} {' '.join(map(str, change or ('as they are',))):60} {score:.4f}", flush=True)
        yield score


def _mrr(one: Asked, built: Mapping[str, Any], asked: Sequence[Mapping[str, Any]]) -> Iterator[float]:
    """For each change of the query's constants the mean reciprocal rank, with an index that is made with others, too."""
    ranks = [astuple(replace(RANK, **change)) for change in asked]
    with tempfile.TemporaryDirectory() as folder:
        for name, data in write_shards(build_index(one.documents, replace(BUILD, **built))).items():
            path = Path(folder) / one.locale / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        script = BENCH / "clients" / "ablate.mjs"
        command = [node(), "--max-old-space-size=4000", str(script), str(CLIENT), folder, one.locale]
        given = json.dumps({"queries": [query for query, _ in one.questions], "ranks": ranks}).encode()
        done = subprocess.run(command, input=given, stdout=subprocess.PIPE, check=True)
    for line in done.stdout.splitlines():
        places = [rank(keys, ids) for (_, keys), ids in zip(one.questions, json.loads(line), strict=True)]
        yield sum(1 / place for place in places if place) / len(places)


if __name__ == "__main__":
    main()
