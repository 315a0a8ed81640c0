"""Relevance of the search on questions that nobody wrote for it: MRR@10 by data set and variant, beside what is to be reached.

    python bench/search_relevance.py                         all data sets of $HELPGEN_SHARED (default ../shared)
    python bench/search_relevance.py site-en,zh-atec         some of them
    python bench/search_relevance.py --ablate word_pair=0    with one constant of `RankConstants` changed
    python bench/search_relevance.py DOCS QUERIES RUN        as an engine of the harness: jsonl in, jsonl out

As an engine it writes a row {"qid", "ids", "ms"} a query, and RUN.stats.json with the seconds to build and the folder of
the index ($IDX). `MAXQ` in the environment limits the questions of each variant. `--backend whoosh` asks the other backend.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from helpgen.search import Results, SearchDocument, Section, analyse_document, build_index, open_index, write_shards
from helpgen.search.constants import RANK, RankConstants
from helpgen.search.whoosh_index import open_whoosh, write_whoosh

Row = Mapping[str, Any]
Search = Callable[[str], Results]

# MRR@10 that a session has to reach, and the best that is hoped for; None where only the whole was set.
FLOORS: Mapping[tuple[str, str], tuple[float, float | None]] = {
    ("en-bank", "ALL"): (0.79, 0.82),
    ("en-bank-faq", "ALL"): (0.74, 0.77),
    ("site-en", "ALL"): (0.855, 0.88),
    ("site-en", "title"): (0.855, 0.963),
    ("site-en", "prefix"): (0.855, 0.939),
    ("site-en", "typo"): (0.855, 0.934),
    ("site-en", "heading"): (0.834, None),
    ("site-en", "body"): (0.644, 0.732),
    ("zh-atec", "ALL"): (0.25, 0.27),
    ("site-zh", "ALL"): (0.80, 0.85),
    ("site-zh", "pinyin"): (0.83, 0.88),
    ("site-zh", "body"): (0.49, 0.60),
}
SETS = ("en-bank", "en-bank-faq", "site-en", "zh-atec", "site-zh")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("arguments", nargs="*", help="data sets, or DOCS QUERIES RUN")
    parser.add_argument("--ablate", action="append", default=[], metavar="NAME=VALUE")
    parser.add_argument("--backend", choices=("json", "whoosh"), default="json")
    options = parser.parse_args()
    rank = _changed(options.ablate)
    if len(options.arguments) == 3:
        _as_engine(*map(Path, options.arguments), rank, options.backend)
        return
    folder = Path(os.environ.get("HELPGEN_SHARED", "../shared")) / "search" / "data"
    if not folder.is_dir():
        sys.exit(f"no search data in {folder}; set HELPGEN_SHARED")
    for name in options.arguments[0].split(",") if options.arguments else SETS:
        _print_scores(name, folder / name, rank, options.backend)


def _print_scores(name: str, folder: Path, rank: RankConstants, backend: str) -> None:
    with tempfile.TemporaryDirectory() as index:
        search, seconds = _prepare(_rows(folder / "docs.jsonl"), rank, backend, Path(index))
        queries = list(_limited(_rows(folder / "queries.dev.jsonl")))
        runs = [_answer(search, query) for query in queries]
    print(f"\n{name}: index built in {seconds:.1f} s, {len(queries)} questions")
    print(f"{'variant':10} {'MRR@10':>7} {'s@1':>6} {'s@3':>6} {'none':>6} {'p50 ms':>7} {'floor':>6} {'goal':>6}")
    variants = sorted({query["variant"] for query in queries})
    for variant in ["ALL", *variants] if len(variants) > 1 else ["ALL"]:
        asked = [(q, run) for q, run in zip(queries, runs, strict=True) if variant in ("ALL", q["variant"])]
        ranks = [_rank(query["relevant"], run["ids"]) for query, run in asked]
        count = len(ranks)
        times = sorted(run["ms"] for _, run in asked)
        floor, goal = FLOORS.get((name, variant), (None, None))
        print(
            f"{variant:10} {sum(1 / r for r in ranks if r) / count:7.3f} {sum(r == 1 for r in ranks) / count:6.3f} "
            f"{sum(0 < r <= 3 for r in ranks) / count:6.3f} {sum(not run['ids'] for _, run in asked) / count:6.3f} "
            f"{times[count // 2]:7.1f} {floor or '':>6} {goal or '':>6}",
            flush=True,
        )


def _as_engine(docs: Path, queries: Path, run: Path, rank: RankConstants, backend: str) -> None:
    index = Path(os.environ["IDX"])
    search, seconds = _prepare(_rows(docs), rank, backend, index)
    rows = (_answer(search, query) for query in _limited(_rows(queries)))
    run.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    stats = {"build_s": round(seconds, 2), "index_dir": str(index)}
    run.with_name(run.name + ".stats.json").write_text(json.dumps(stats), encoding="utf-8")


def _prepare(rows: Iterable[Row], rank: RankConstants, backend: str, folder: Path) -> tuple[Search, float]:
    """Build an index in a folder; the search in it and the seconds that building took."""
    documents = [_document(row) for row in rows]
    start = time.perf_counter()
    if backend == "whoosh":
        digests = write_whoosh(map(analyse_document, documents), folder)
        index = open_whoosh(folder, digests)
        return lambda query: index.search(query), time.perf_counter() - start
    files = write_shards(build_index(map(analyse_document, documents)), rank=rank)
    seconds = time.perf_counter() - start
    for name, data in files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(data)
    shards = open_index(lambda name: (folder / name).read_bytes())
    return lambda query: shards.search(query), seconds


def _document(row: Row) -> SearchDocument:
    sections = row["sections"] or ([{"h": "", "text": row["body"]}] if row["body"] else [])
    return SearchDocument(
        key=row["id"],
        locale=row["lang"],
        url=f"{row['id']}/",
        title=row["title"],
        sections=tuple(
            Section(anchor=f"h-{number}" if section["h"] else "", heading=section["h"], text=section["text"])
            for number, section in enumerate(sections)
        ),
    )


def _answer(search: Search, query: Row) -> dict[str, Any]:
    start = time.perf_counter()
    hits = search(query["q"]).hits
    return {"qid": query["qid"], "ids": [hit.key for hit in hits], "ms": (time.perf_counter() - start) * 1_000}


def _rank(relevant: Iterable[str], ids: Iterable[str]) -> int:
    """The place of the first relevant id, from 1; 0 if there is none."""
    wanted = set(relevant)
    return next((place for place, key in enumerate(ids, 1) if key in wanted), 0)


def _rows(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _limited(queries: Iterable[Row]) -> Iterable[Row]:
    most = int(os.environ.get("MAXQ", 1_000_000))
    counts: dict[str, int] = {}
    for query in queries:
        counts[query["variant"]] = counts.get(query["variant"], 0) + 1
        if counts[query["variant"]] <= most:
            yield query


def _changed(settings: Iterable[str]) -> RankConstants:
    changes: dict[str, Any] = {}
    for setting in settings:
        name, _, value = setting.partition("=")
        changes[name] = type(getattr(RANK, name))(float(value))
    return replace(RANK, **changes)


if __name__ == "__main__":
    main()
