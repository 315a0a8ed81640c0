"""What each constant of the ranking is worth: MRR@10 on the development questions with that one changed.

    python bench/search_ablations.py                 all data sets of $HELPGEN_SHARED (default ../shared), all questions
    python bench/search_ablations.py --quick         240 questions of each set
    python bench/search_ablations.py stop triple     only these constants
    python bench/search_ablations.py stop=0.3 k1=2   other values; lists as JSON: weights=[4,3,2,2,1,0.3]
    python bench/search_ablations.py --half odd      the questions with odd numbers only, or with "even" the others

Prints a row a change: the difference from the constants as they are, in thousandths of MRR@10, for each data set. With
--quick a difference below about 8 is chance; with all questions below about 3. What is chosen on one half of the questions
is judged on the other.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.questions import SETS, DataSet, data_set, document, rank
from helpgen.search import AnalysedDocument, SearchIndex, analyse_document, build_index, write_shards
from helpgen.search.constants import BUILD, RANK
from helpgen.search.store import Store

QUICK = 240

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
    "idf_power": (0.0, 0.4, 1.0),
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
}


class Remembering(Store):
    """A store that decodes a posting list once: the same questions are asked with one constant after another."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        super().__init__(files.__getitem__)
        self._decoded: dict[str, list[int]] = {}

    def postings(self, term: str) -> list[int]:
        found = self._decoded.get(term)
        if found is None:
            found = self._decoded[term] = super().postings(term)
        return found


@dataclass(frozen=True, slots=True)
class Asked:
    """A data set: what is indexed, its index, and the questions with the keys that answer them."""

    name: str
    documents: Sequence[AnalysedDocument]
    store: Remembering
    questions: Sequence[tuple[str, Sequence[str]]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("constants", nargs="*", help="names of constants, or NAME=VALUE; all if none is given")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--half", choices=("odd", "even"), help="only every other question")
    parser.add_argument("--sets", default=",".join(SETS))
    options = parser.parse_args()
    sets = [
        _read(data_set(name, sys.maxsize), QUICK if options.quick else None, options.half)
        for name in options.sets.split(",")
    ]
    print(f"{'constant':24} {'value':34}" + "".join(f"{one.name:>13}" for one in sets))
    base = [_mrr(one, {}, {}) for one in sets]
    print(f"{'as they are':59}" + "".join(f"{value:13.4f}" for value in base), flush=True)
    for name, values in _changes(options.constants).items():
        built = name in BUILT
        print(f"{name:24} {getattr(BUILD if built else RANK, name)!s}", flush=True)
        for value in values:
            change = {name: value}
            scores = [_mrr(one, change if built else {}, {} if built else change) for one in sets]
            differences = (1000 * (score - old) for score, old in zip(scores, base, strict=True))
            print(f"{'':24} {value!s:34}" + "".join(f"{value:+13.1f}" for value in differences), flush=True)


def _changes(arguments: Sequence[str]) -> dict[str, Sequence[Any]]:
    """The values to try of each constant."""
    known = {**BUILT, **ASKED}
    changes: dict[str, list[Any]] = {}
    for name, _, text in (argument.partition("=") for argument in arguments or known):
        if name not in {one.name for one in (*fields(BUILD), *fields(RANK))}:
            sys.exit(f'there is no constant "{name}"; there are: {", ".join(known)}')
        value = json.loads(text) if text else None
        values = known[name] if value is None else [tuple(value) if isinstance(value, list) else value]
        changes.setdefault(name, []).extend(values)
    return {**changes}


def _read(data: DataSet, most: int | None, half: str | None) -> Asked:
    questions = [(row["q"], row["relevant"]) for row in data.questions]
    if half is not None:
        questions = questions[half == "even" :: 2]
    step = 1 if most is None else max(1, len(questions) // most)
    documents = [analyse_document(document(row)) for row in data.rows]
    return Asked(data.name, documents, Remembering(write_shards(build_index(documents))), questions[::step])


def _mrr(one: Asked, built: Mapping[str, Any], asked: Mapping[str, Any]) -> float:
    """The mean reciprocal rank with constants changed; those of the query travel in the manifest."""
    store = Remembering(write_shards(build_index(one.documents, replace(BUILD, **built)))) if built else one.store
    manifest = store.manifest
    store.manifest = replace(manifest, rank=replace(manifest.rank, **asked))
    search = SearchIndex(store)
    places = [rank(keys, search.ranked_keys(query)) for query, keys in one.questions]
    store.manifest = manifest
    return sum(1 / place for place in places if place) / len(places)


if __name__ == "__main__":
    main()
