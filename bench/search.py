"""The search beside its peers, on questions that nobody wrote for it, in one run.

    python3 make.py bench-search --quick                  under three minutes: 40 questions of each variant
    python3 make.py bench-search                          all questions, all engines
    python3 make.py bench-search --set site-zh --engine helpgen,pagefind
    python3 make.py bench-search --fresh                  ask the peers again, too
    python3 make.py bench-search --no-relevance           the wire and the cost only, for a moment when the machine is quiet

1. Relevance: the mean reciprocal rank of the first right document among ten (MRR@10), by data set and by variant of
   question; the share of questions without any hit; milliseconds of a search; seconds of indexing.
2. The wire: what a first search costs a reader, in Chromium, beside the peers.
3. The cost of helpgen's own by kind of question, up to 9,191 articles, and the seconds that such an index takes.

Other tools' answers do not change from run to run: they are kept in bench/work, by version, and asked again with --fresh.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any, Final

from bench import budgets, tables
from bench.engines import CLIENT, ENGINES, Answers, ask
from bench.peers import BENCH, PACKAGES, WORK
from bench.questions import LARGE, SETS, DataSet, data_set, document, rank
from bench.results import OWN, load, save
from bench.search_cost import measure, rows_of
from bench.wire import Browser, Site, served
from helpgen.pipeline.stages import ANALYSE, INDEX, IndexBatch
from helpgen.pipeline.workers import Workers
from helpgen.search.document import Synonyms

QUICK_LIMIT: Final = 40
# First searches that are measured in Chromium, of each variant of question.
COLD: Final = {"helpgen": 10, "pagefind": 5, "minisearch": 1, "flexsearch": 1}
QUICK_COLD: Final = {"helpgen": 2, "pagefind": 1, "minisearch": 1, "flexsearch": 1}
# Questions of each kind whose cost is measured.
COSTS: Final = 40
QUICK_COSTS: Final = 10
# Minutes of indexing for the long Chinese articles of site-zh, which a quick run has no time for.
SLOW: Final = ("whoosh", "whoosh-plain", "minisearch")
# So many questions of each variant at most, the first ones: thousands would take these a quarter of an hour.
SAMPLED: Final = {("whoosh", "site-zh"): 50}
# What asks the peers: when it changes, they are asked again.
_ASKERS: Final = ("engines.py", "clients/libraries.mjs", "clients/library.mjs", "clients/page.js")
# Columns that have no bounds: success@3, milliseconds, seconds.
_PADDING: Final = ("", "", "", "")
# Their whole index is loaded, whatever is asked.
WHOLE: Final = ("minisearch", "flexsearch")
_WIRE_SETS: Final = ("site-en", "site-zh")
# Of figures, in the file of results: by set; of the first two also by engine.
_KINDS: Final = ("relevance", "wire", "cost")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--set", default=",".join(SETS), help="data sets")
    parser.add_argument("--engine", default=",".join(ENGINES), help="some of " + ",".join(ENGINES))
    parser.add_argument("--fresh", action="store_true", help="ask the peers again")
    parser.add_argument("--no-relevance", action="store_true", help="what a search costs only")
    parser.add_argument("--no-wire", action="store_true", help="relevance only")
    options = parser.parse_args()
    names, engines = options.set.split(","), options.engine.split(",")
    results: dict[str, Any] = {}
    for name in () if options.no_relevance else names:
        data = data_set(name, QUICK_LIMIT if options.quick else sys.maxsize)
        found = {}
        for engine in engines:
            if (
                options.quick
                and not options.fresh
                and name == "site-zh"
                and engine in SLOW
                and not _kept(engine, data).is_file()
            ):
                print(f"\n{ENGINES[engine].label} needs minutes to index {name}; ask it without --quick once")
                continue
            asked = replace(data, limit=min(data.limit, SAMPLED.get((engine, name), data.limit)))
            found[engine] = _scores(asked, _answers(engine, asked, options.fresh))
        results.setdefault("relevance", {})[name] = found
        _show_relevance(name, found)
        _save(results, engines, options.quick)
    asked = [one for one in (*_WIRE_SETS, LARGE) if one in names or (one == LARGE and not options.quick)]
    for name in () if options.no_wire else asked:
        found = _wire(data_set(name, 1_000), engines, QUICK_COLD if options.quick else COLD)
        results.setdefault("wire", {})[name] = found
        _show_wire(name, data_set(name, 1).locale, found)
        if "helpgen" in engines:
            cost = _cost(data_set(name, QUICK_COSTS if options.quick else COSTS))
            results.setdefault("cost", {})[name] = cost
            _show_cost(name, data_set(name, 1).locale, cost)
        _save(results, engines, options.quick)


def _save(results: Mapping[str, Any], engines: Sequence[str], quick: bool) -> None:
    """After every set, so that a run that is broken off has not been for nothing; what it has not measured stays."""
    earlier = None if quick else load("search")
    versions = {} if earlier is None else {**earlier["versions"]}
    versions |= {ENGINES[one].label: ENGINES[one].version() for one in engines if ENGINES[one].version()}
    if earlier is not None:
        results = {kind: _merged(earlier["results"].get(kind, {}), results.get(kind, {})) for kind in _KINDS}
    save("search", results, {name: versions[name] for name in versions if name not in OWN}, quick=quick)


def _merged(earlier: Mapping[str, Any], found: Mapping[str, Any]) -> dict[str, Any]:
    """The figures of each set: of what is found those, of other engines the earlier ones."""
    return {name: {**earlier.get(name, {}), **found.get(name, {})} for name in dict.fromkeys((*earlier, *found))}


def _index_folder(engine: str, data: DataSet) -> Path:
    return WORK / "search" / f"{engine}.{data.name}"


def _kept(engine: str, data: DataSet) -> Path:
    """Where answers are kept: by the engine's version and by the code that asks it."""
    made_of = hashlib.sha256(b"".join((BENCH / name).read_bytes() for name in _ASKERS)).hexdigest()[:8]
    limit = min(data.limit, 1_000_000)
    return (
        WORK / "search" / f"{engine}.{data.name}.{limit}.{ENGINES[engine].version()}.{made_of}.json".replace(" ", "-")
    )


def _answers(engine: str, data: DataSet, fresh: bool) -> Answers:
    """Ask, or take what a peer of this version has answered before."""
    kept = _kept(engine, data)
    if not ENGINES[engine].ours and not fresh and kept.is_file() and _index_folder(engine, data).is_dir():
        return Answers(**json.loads(kept.read_text(encoding="utf-8")))
    answers = ask(engine, data, _index_folder(engine, data))
    kept.write_text(json.dumps(asdict(answers)), encoding="utf-8")
    return answers


def _scores(data: DataSet, answers: Answers) -> dict[str, Any]:
    """By variant of question, and "ALL"."""
    variants: dict[str, list[tuple[int, bool]]] = {"ALL": []}
    for question, ids in zip(data.questions, answers.ids, strict=True):
        one = rank(question["relevant"], ids), not ids
        variants["ALL"].append(one)
        variants.setdefault(question["variant"], []).append(one)
    return {
        "mrr": {name: round(_mrr(asked), 4) for name, asked in variants.items()},
        "success3": round(sum(0 < place <= 3 for place, _ in variants["ALL"]) / len(variants["ALL"]), 4),
        "empty": round(sum(none for _, none in variants["ALL"]) / len(variants["ALL"]), 4),
        "questions": len(variants["ALL"]),
        "ms": [round(tables.at(answers.ms, percent), 2) for percent in (50, 95)],
        "build_s": round(answers.build_s, 2),
    }


def _mrr(asked: Sequence[tuple[int, bool]]) -> float:
    return sum(1 / place for place, _ in asked if place) / len(asked)


def _show_relevance(name: str, found: dict[str, Any]) -> None:
    """A row an engine; under them floor, goal and the verdict on helpgen."""
    variants = [one for one in next(iter(found.values()))["mrr"] if one not in ("ALL", "user")]
    head = ("", "MRR@10", *variants, "none", "success@3", "p50 ms", "p95 ms", "index s")
    rows = []
    most = max(scores["questions"] for scores in found.values())
    for engine, scores in found.items():
        shown = [f"{scores['mrr'][variant]:.3f}" for variant in ("ALL", *variants)]
        rest = [f"{scores['empty']:.2f}", f"{scores['success3']:.3f}", *(f"{ms:.1f}" for ms in scores["ms"])]
        sample = "" if scores["questions"] == most else f", {scores['questions']} of them"
        rows.append((ENGINES[engine].label + sample, *shown, *rest, f"{scores['build_s']:.1f}"))
    bounds = [*(budgets.MRR.get((name, variant)) for variant in ("ALL", *variants)), budgets.EMPTY]
    rows.append(("floor", *(f"{bound.floor:g}" if bound else "" for bound in bounds), *_PADDING))
    rows.append(("goal", *(f"{bound.goal:g}" if bound else "" for bound in bounds), *_PADDING))
    if "helpgen" in found:
        mine = [*(found["helpgen"]["mrr"][variant] for variant in ("ALL", *variants)), found["helpgen"]["empty"]]
        verdicts = (bound.verdict(value) if bound else "" for bound, value in zip(bounds, mine, strict=True))
        rows.append(("helpgen", *verdicts, *_PADDING))
    tables.show(f"{name}: {most} questions", head, rows)


def _cost(data: DataSet) -> dict[str, Any]:
    """What helpgen's search costs, and how long its index takes."""
    folder = _index_folder("helpgen", data)
    ENGINES["helpgen"].ask(replace(data, limit=1), folder)
    seconds = _index_seconds(data)
    return {**measure(data, folder, CLIENT), "build_s": round(seconds, 1), "articles": len(data.rows)}


def _index_seconds(data: DataSet) -> float:
    """How long the index takes as a build makes it, on all processors and with nothing remembered: analysis and writing."""
    documents = list(map(document, data.rows))
    with Workers(len(os.sched_getaffinity(0))) as run:
        start = time.perf_counter()
        encoded = tuple(made.data for made in run.start(ANALYSE, documents, None))
        run.map(INDEX, [IndexBatch(locale=data.locale, documents=encoded, synonyms=Synonyms())], None)
        return time.perf_counter() - start


def _show_cost(name: str, locale: str, cost: Mapping[str, Any]) -> None:
    told = f"{cost['articles']:,} articles, index in {cost['build_s']} s, manifest {cost['manifest_kb']} kB"
    head, rows = rows_of(cost, locale)
    tables.show(f"{name}: {told}; {cost['asked']} questions, p50 / p95", head, rows)
    if name == LARGE:
        print(f"  index: {budgets.INDEX_SECONDS.verdict(cost['build_s'])}")


def _wire(data: DataSet, engines: Sequence[str], cold: Mapping[str, int]) -> dict[str, Any]:
    """The cost of a first search by engine, of so many questions of each variant; those without a client in the browser
    are left out."""
    found = {}
    asked = [engine for engine in engines if engine in cold]
    # The indexes first: Pagefind's is made and asked in a browser of its own, and two at once are refused.
    for engine in asked:
        folder = _index_folder(engine, data)
        if ENGINES[engine].ours or not folder.is_dir():
            # The index is needed, not the answers.
            ask(engine, replace(data, limit=1), folder)
    with Browser() as browser:
        for engine in asked:
            folder = _index_folder(engine, data)
            small = data_set(data.name, cold[engine])
            texts = [question["q"] for question in small.questions][: 1 if engine in WHOLE else None]
            site = Site(_mounts(engine, folder))
            with served(site) as address:
                start = f"{address}search.html" if engine == "pagefind" else address
                runs = [browser.ask_cold(start, engine, text, data.locale, site.sizes) for text in texts]
            found[engine] = {
                "titles_kb": _two([run.titles_kb for run in runs]),
                "index_kb": _two([run.index_kb for run in runs]),
                "scripts_kb": round(tables.at([run.scripts_kb for run in runs], 50), 1),
                "requests": int(tables.at([run.requests for run in runs], 50)),
                "sequence": _two([run.sequence for run in runs]),
                "again_ms": _two([run.again_ms for run in runs]),
                "asked": len(runs),
            }
    return found


def _mounts(engine: str, folder: Path) -> dict[str, Path]:
    """Where the page finds the engine's files."""
    if engine == "helpgen":
        return {"/index/": folder, "/client/": CLIENT}
    scripts = {
        "minisearch": "minisearch/dist/es/index.js",
        "flexsearch": "flexsearch/dist/flexsearch.bundle.module.min.js",
    }
    return {"/": folder, **({f"/{engine}.js": PACKAGES / scripts[engine]} if engine in scripts else {})}


def _two(values: Sequence[float]) -> list[float]:
    return [round(tables.at(values, percent), 1) for percent in (50, 95)]


def _show_wire(name: str, locale: str, found: dict[str, Any]) -> None:
    head = ("", "titles kB", "with excerpts kB", "scripts kB", "requests", "in sequence", "again ms")
    rows = []
    for engine, cold in found.items():
        pairs = {
            key: " / ".join(f"{value:g}" for value in cold[key])
            for key in ("titles_kb", "index_kb", "sequence", "again_ms")
        }
        rows.append((ENGINES[engine].label, pairs["titles_kb"], pairs["index_kb"], f"{cold['scripts_kb']:g}",
                     str(cold["requests"]), pairs["sequence"], pairs["again_ms"]))  # fmt: skip
    # Seen from outside, a request that waited for a free connection counts as one that waited for an answer, and the second
    # search is made by scripts not compiled yet: the table of costs, which asks the client itself, judges these two.
    titles, scripts = budgets.COLD_TITLES[locale], budgets.CLIENT_KB
    rows.append(("floor", f"{titles.floor:g}", "", f"{scripts.floor:g}", "", "", ""))
    rows.append(("goal", f"{titles.goal:g}", "", f"{scripts.goal:g}", "", "", ""))
    if "helpgen" in found:
        mine = found["helpgen"]
        verdicts = titles.verdict(mine["titles_kb"][0]), scripts.verdict(mine["scripts_kb"])
        rows.append(("helpgen", verdicts[0], "", verdicts[1], "", "", ""))
    tables.show(f"{name}: a first search in Chromium, p50 / p95", head, rows)


if __name__ == "__main__":
    main()
