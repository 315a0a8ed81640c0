"""What each constant of the ranking is worth: MRR@10 on the development questions with that one changed.

    python bench/search_ablations.py                 all data sets of $HELPGEN_SHARED (default ../shared), all questions
    python bench/search_ablations.py --quick         240 questions of each set
    python bench/search_ablations.py stop triple     only these constants

Prints a row a change: the difference from the constants as they are, in thousandths of MRR@10, for each data set. With
--quick a difference below about 8 is chance; with all questions below about 3.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.search_relevance import SETS, _document, _rank, _rows
from helpgen.search import AnalysedDocument, analyse_document, build_index, open_index, write_shards
from helpgen.search.constants import BUILD, RANK

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


@dataclass(frozen=True, slots=True)
class DataSet:
    """A development set: what is indexed, and the questions with the keys that answer them."""

    name: str
    documents: Sequence[AnalysedDocument]
    files: Mapping[str, bytes]
    questions: Sequence[tuple[str, Sequence[str]]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("constants", nargs="*", help="names of constants; all if none is given")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--sets", default=",".join(SETS))
    options = parser.parse_args()
    folder = Path(os.environ.get("HELPGEN_SHARED", "../shared")) / "search" / "data"
    if not folder.is_dir():
        sys.exit(f"no search data in {folder}; set HELPGEN_SHARED")
    sets = [_read(folder / name, QUICK if options.quick else None) for name in options.sets.split(",")]
    print(f"{'constant':24} {'value':34}" + "".join(f"{one.name:>13}" for one in sets))
    base = [_mrr(one, {}, {}) for one in sets]
    print(f"{'as they are':59}" + "".join(f"{value:13.4f}" for value in base), flush=True)
    for table, others in ((BUILT, BUILD), (ASKED, RANK)):
        for name, values in table.items():
            if options.constants and name not in options.constants:
                continue
            print(f"{name:24} {getattr(others, name)!s}", flush=True)
            for value in values:
                change = {name: value}
                scores = [_mrr(one, change if table is BUILT else {}, change if table is ASKED else {}) for one in sets]
                differences = (1000 * (score - old) for score, old in zip(scores, base, strict=True))
                print(f"{'':24} {value!s:34}" + "".join(f"{value:+13.1f}" for value in differences), flush=True)


def _read(folder: Path, most: int | None) -> DataSet:
    questions = [(row["q"], row["relevant"]) for row in _rows(folder / "queries.dev.jsonl")]
    step = 1 if most is None else max(1, len(questions) // most)
    documents = [analyse_document(_document(row)) for row in _rows(folder / "docs.jsonl")]
    return DataSet(folder.name, documents, write_shards(build_index(documents)), questions[::step])


def _mrr(one: DataSet, built: Mapping[str, Any], asked: Mapping[str, Any]) -> float:
    files = dict(write_shards(build_index(one.documents, replace(BUILD, **built))) if built else one.files)
    manifest = json.loads(files["manifest.json"])
    files["manifest.json"] = json.dumps({**manifest, "rank": {**manifest["rank"], **asked}}).encode()
    search = open_index(files.__getitem__)
    ranks = [_rank(keys, search.ranked_keys(query)) for query, keys in one.questions]
    return sum(1 / rank for rank in ranks if rank) / len(ranks)


if __name__ == "__main__":
    main()
