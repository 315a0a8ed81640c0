"""docs/benchmarks.md and its charts, from bench/results/*.json: `python3 make.py bench-page` writes them, a test compares them.

What was not measured has no section. All words of the page are here; all figures come from the results.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from bench import budgets
from bench.budgets import Budget
from bench.builds import SCENARIOS, median, whole_site_figures
from bench.charts import Group, bars
from bench.engines import ENGINES
from bench.peers import RESULTS, ROOT
from bench.results import load
from bench.search_cost import rows_of

PAGE: Final = ROOT / "docs" / "benchmarks.md"
IMAGES: Final = ROOT / "docs" / "images"
SIZES: Final = ("S", "M", "L")
Results = Mapping[str, Any]

_MARKS: Final = {"goal": "goal reached", "floor": "floor reached", "missed": "**missed**"}

_INTRO: Final = """\
# Benchmarks

What helpgen costs and finds, beside other tools on the same real articles, in the same run, on the same machine. Only
figures of one run may be compared with each other: machines differ, and this one had other work at times. *Floor* is
what a release must reach, *goal* what is hoped for.

Run them yourself; the other tools are installed in `.venv` and `bench/node_modules` when first asked for:

```sh
export HELPGEN_SHARED=…              # a folder with corpora/ and search/data/
python3 make.py bench --quick        # builds beside Hugo + Pagefind, under three minutes
python3 make.py bench-search --quick # the search beside Pagefind, Whoosh, MiniSearch and FlexSearch
python3 make.py bench-serve --quick  # from a saved file to the page in the browser
python3 make.py bench-reader         # what a phone downloads; Lighthouse
python3 make.py bench-page           # this page from the last results
```

Without `--quick` each writes `bench/results/*.json`, from which this page is made. `python3 make.py bench --folder docs`
measures any folder of Markdown.
"""
_BUILDS: Final = """\
## Builds

The articles are those of real help centres, half English and half Chinese, cleaned in the same way for both tools:
images, links to files that are not here, HTML elements and invisible characters go; tables, lists, code and links to
other hosts stay. Each Chinese article has an English one of the same name, so that both tools make one page for each;
at L articles come again under other addresses. Categories have 40 articles.

Hugo has the smallest theme that shows breadcrumbs, the titles of the category, the neighbours and the search; Pagefind
indexes what Hugo wrote. helpgen builds with its own theme, checks every link, writes its index and proves it by
questions. The checks that these texts would fail (broken links and anchors, containers, nested lists, and articles that
come twice and so cannot be found first) are set to warn; they run all the same.

The edits: a sentence added to one article; one title changed; a change in the template of all articles. The built page
must show the edit before its time counts. Tools take turns, and nothing is deleted before the end: for some minutes after a
deletion ext4 makes new files twenty times as slowly. It matters which Python runs helpgen: one that was built without
profile-guided optimization, as pyenv does unless told otherwise, took a fifth longer (M from nothing, in turn, on 29 November
2026: pyenv's 3.11.7 12.6, 12.7 and 14.0 s, Debian's 3.11.2 10.8, 11.4 and 11.4). Memory is the largest sum of all processes (PSS). *CPU* is
the ratio of the processors' seconds, which other work on the machine hardly touches.
"""
_SERVE: Final = """\
## The preview

From the moment at which a file has been saved: until the page that is asked for has the edit (*fetched*), until
Chromium has reloaded it and its script sees the edit (*seen*), until the search index has changed too (*index*).
Median and 95th percentile.
"""
_SEARCH: Final = """\
## Search

Questions that nobody wrote for helpgen: of a bank's customers (`en-bank`, `en-bank-faq`: Banking77), of payment
customers (`zh-atec`: near-duplicates without a label count as wrong, so compare within the column only), and searches
for known articles of real help centres (`site-en`, `site-zh`): titles, unfinished words, typos, Traditional characters,
pinyin, mixed writing, headings, phrases from the text. helpgen answers with the scripts that readers get, in Node; the
others with their documented settings. MRR@10 is the mean of 1 / place of the first right article; *none* is the share
of questions without any hit; *of* 400 means that so many were asked, the first of each kind, because more would take a
quarter of an hour.
"""
_WIRE: Final = """\
### Over the wire

A first search in a browser that knows nothing, in headless Chromium: gzip, HTTP/1.1, median and 95th percentile over
the kinds of questions. *Titles* is what ten titles need of the index, *in sequence* how many answers of the index had
to be waited for one after the other (seen from outside, so a request that waited for a free connection counts too), *again* the
same search once more, by scripts that the browser has not had the time to compile. The bounds of those two are judged in the
next table, where the client itself is asked.
"""
_COST: Final = """\
### What a search costs, by kind of question

helpgen's own, kB with gzip, p50 / p95 of 40 questions of each kind. *Titles* is what a first search needs for ten titles,
*in sequence* how many answers it waits for one after the other, the manifest included, which the box has fetched before
anything is typed. *At hand* is the same search with all its files here, the least of three.
"""
_READER: Final = """\
## Reading

The demo of this repository on a phone 360 pixels wide. kB of the bodies, gzip. Scripts and styles have their hash in
their name, so the next page needs its HTML alone.
"""


def make() -> dict[Path, str]:
    """The page and its charts by path."""
    files: dict[Path, str] = {}
    parts = [_INTRO]
    for section in (_builds, _serving, _search, _reader):
        for part in section():
            if isinstance(part, str):
                parts.append(part)
            else:
                name, chart, words = part
                files[IMAGES / f"benchmark-{name}.svg"] = chart
                parts.append(f"![{words}](images/benchmark-{name}.svg)\n")
    files[PAGE] = "\n".join(parts)
    return files


Part = str | tuple[str, str, str]


def _builds() -> Iterator[Part]:
    loaded = load("builds")
    if loaded is None:
        return
    results = loaded["results"]
    yield _BUILDS
    yield _about(loaded)
    sizes = [size for size in SIZES if size in results]
    for size in sizes:
        found = results[size]
        yield f"### {size}: {found['articles']:,} articles\n"
        yield _table(
            ("Seconds, median", "helpgen", "Hugo + Pagefind", "Ratio", "CPU", "Floor", "Goal", ""),
            list(_build_rows(size, found)),
        )
    if "M" in sizes or "L" in sizes:
        size = sizes[-1]
        sides = [results[size][name] for name in ("helpgen", "hugo")]
        groups = [
            Group(words, [median(side, name) for side in sides])
            for name, words in SCENARIOS.items()
            if name in sides[0]["seconds"]
        ]
        words = f"Seconds to build {results[size]['articles']:,} articles"
        yield "builds", bars(words, ("helpgen", "Hugo + Pagefind"), groups, lambda value: f"{value:.1f} s"), words
    others = [(name, _figure(value), *_bounds(value, budget)) for name, value, budget in whole_site_figures(results)]
    if others:
        yield "### Other figures\n"
        yield _table(("", "helpgen", "Floor", "Goal", ""), others)


def _build_rows(size: str, found: Results) -> Iterator[tuple[str, ...]]:
    ours, theirs = found["helpgen"], found["hugo"]
    for name, words in SCENARIOS.items():
        if name in ours["seconds"]:
            ratio = median(ours, name) / median(theirs, name)
            cpu = median(ours, name, "cpu") / median(theirs, name, "cpu")
            yield (words, f"{median(ours, name):.2f}", f"{median(theirs, name):.2f}", f"{ratio:.2f} ×", f"{cpu:.2f} ×",
                   *_bounds(ratio, budgets.BUILD_RATIOS.get((size, name)), " ×"))  # fmt: skip
    memory = budgets.MEMORY_L if size == "L" else None
    yield ("memory", _megabytes(ours["memory"]), _megabytes(theirs["memory"]), f"{ours['memory'] / theirs['memory']:.2f} ×", "",
           *_bounds(ours["memory"], memory))  # fmt: skip
    ratio = ours["output_bytes"] / theirs["output_bytes"]
    yield ("output", _megabytes(ours["output_bytes"]), _megabytes(theirs["output_bytes"]), f"{ratio:.2f} ×", "",
           *_bounds(ratio, budgets.OUTPUT_RATIO if size == "L" else None, " ×"))  # fmt: skip


def _serving() -> Iterator[Part]:
    loaded = load("serving")
    if loaded is None:
        return
    yield _SERVE
    yield _about(loaded)
    rows = []
    for size in (one for one in SIZES if one in loaded["results"]):
        found, bounds = loaded["results"][size], budgets.SERVE[size]
        pairs = [_pair(found[name]) for name in ("fetched", "seen", "index")]
        limits = [_pair([getattr(bound, of) for bound in bounds]) for of in ("floor", "goal")]
        verdict = " / ".join(_MARKS[bound.verdict(value)] for bound, value in zip(bounds, found["seen"], strict=True))
        rows.append((f"{size}, {found['articles']:,} articles", *pairs, *limits, verdict))
    yield _table(("Milliseconds", "Fetched", "Seen", "Index", "Floor", "Goal", "Seen"), rows)


def _search() -> Iterator[Part]:
    loaded = load("search")
    if loaded is None:
        return
    labels = {name: engine.label for name, engine in ENGINES.items()}
    yield _SEARCH
    yield _about(loaded)
    relevance = loaded["results"].get("relevance", {})
    engines = [name for name in labels if any(name in found for found in relevance.values())]
    rows = []
    for name, found in relevance.items():
        budget = budgets.MRR.get((name, "ALL"))
        most = max(one["questions"] for one in found.values())
        cells = [_score(found.get(engine), most) for engine in engines]
        mine = found["helpgen"]["mrr"]["ALL"] if "helpgen" in found else 0.0
        rows.append((name, *cells, *_bounds(mine, budget)))
    yield _table(("MRR@10 (none)", *(labels[engine] for engine in engines), "Floor", "Goal", "helpgen"), rows)
    groups = [
        Group(name, [found[engine]["mrr"]["ALL"] if engine in found else None for engine in engines])
        for name, found in relevance.items()
    ]
    words = "MRR@10 by data set"
    yield "search", bars(words, [labels[engine] for engine in engines], groups, lambda value: f"{value:.3f}"), words
    for name in (one for one in ("site-en", "site-zh") if one in relevance):
        yield f"### {name} by kind of question\n"
        yield _table(*_variants(name, relevance[name], labels))
    yield "### Time\n"
    rows = []
    for name, found in relevance.items():
        rows += [(name, labels[engine], f"{one['ms'][0]:g}", f"{one['ms'][1]:g}", f"{one['build_s']:g}")
                 for engine, one in _ordered(found, labels)]  # fmt: skip
    yield _table(("", "Engine", "p50 ms", "p95 ms", "Index, seconds"), rows)
    for name, found in loaded["results"].get("wire", {}).items():
        if name == next(iter(loaded["results"]["wire"])):
            yield _WIRE
        yield _table(*_wire(name, found, labels))
    for name, cost in loaded["results"].get("cost", {}).items():
        if name == next(iter(loaded["results"]["cost"])):
            yield _COST
        head, rows = rows_of(cost, _locale(name))
        *figures, verdicts = rows
        told = f"{name}, {cost['articles']:,} articles"
        yield _table((told, *head[1:]), [*figures, tuple(_marked(cell) for cell in verdicts)])
        yield f"The manifest has {cost['manifest_kb']} kB; the index was built in {cost['build_s']} s.\n"


def _variants(name: str, found: Results, labels: Mapping[str, str]) -> tuple[Sequence[str], list[tuple[str, ...]]]:
    variants = [one for one in next(iter(found.values()))["mrr"] if one != "ALL"]
    rows = [
        (labels[engine], *(f"{one['mrr'][variant]:.3f}" for variant in variants))
        for engine, one in _ordered(found, labels)
    ]
    bounds = [budgets.MRR.get((name, variant)) for variant in variants]
    for of in ("floor", "goal"):
        rows.append((of, *(f"{getattr(bound, of):g}" if bound else "" for bound in bounds)))
    return ("", *variants), rows


def _wire(name: str, found: Results, labels: Mapping[str, str]) -> tuple[Sequence[str], list[tuple[str, ...]]]:
    head = (name, "Titles, kB", "With excerpts, kB", "Scripts, kB", "Requests", "In sequence", "Again, ms")
    rows = [
        (labels[engine], _pair(one["titles_kb"]), _pair(one["index_kb"]), f"{one['scripts_kb']:g}", str(one["requests"]),
         _pair(one["sequence"]), _pair(one["again_ms"]))
        for engine, one in _ordered(found, labels)
    ]  # fmt: skip
    titles = budgets.COLD_TITLES[_locale(name)]
    for of in ("floor", "goal"):
        kilobytes, scripts = (f"{getattr(bound, of):g}" for bound in (titles, budgets.CLIENT_KB))
        rows.append((of, kilobytes, "", scripts, "", "", ""))
    return head, rows


def _locale(name: str) -> str:
    return "zh" if name.startswith("zh") or name.endswith("zh") else "en"


def _marked(verdicts: str) -> str:
    return " / ".join(_MARKS.get(verdict, verdict) for verdict in verdicts.split(" / "))


def _ordered(found: Results, labels: Mapping[str, str]) -> Iterator[tuple[str, Any]]:
    """helpgen first, as in the table of engines."""
    return ((engine, found[engine]) for engine in labels if engine in found)


def _reader() -> Iterator[Part]:
    loaded = load("reader")
    if loaded is None:
        return
    yield _READER
    yield _about(loaded)
    names = {"first": "first visit", "next": "next article", "touch": "search box touched", "search": "first search"}
    limits = {"first": budgets.FIRST_VISIT, "next": budgets.NEXT_PAGE}
    kinds = ("HTML", "CSS", "JavaScript", "images", "search index", "all", "requests")
    rows = []
    for path, found in loaded["results"]["weight"].items():
        rows += [
            (
                f"{path[:2]}: {words}",
                *(f"{found[name].get(kind, 0):g}" for kind in kinds),
                *_bounds(found[name]["all"], limits.get(name)),
            )
            for name, words in names.items()
        ]
    yield _table(("kB", *(kind[:1].upper() + kind[1:] for kind in kinds), "Floor", "Goal", ""), rows)
    yield "### Lighthouse, phone\n"
    head = (
        "",
        "Performance",
        "Accessibility",
        "Best practices",
        "SEO",
        "Layout shift",
        "First paint, ms",
        "Largest paint, ms",
        "What is short of 100",
    )
    pages = loaded["results"]["lighthouse"]
    yield _table(head, [
        (name, *(str(score) for score in found["scores"].values()), f"{found['shift']:g}", str(found["first_paint_ms"]),
         str(found["largest_paint_ms"]), ", ".join(found["missed"]) or "nothing")
        for name, found in pages.items()
    ])  # fmt: skip
    yield f"Floor {budgets.LIGHTHOUSE.floor:g}, goal {budgets.LIGHTHOUSE.goal:g} each.\n"


def _about(loaded: Results) -> str:
    versions = ", ".join(
        f"{name} {found.removeprefix(name + ' ').removeprefix(name.lower() + ' ')}"
        for name, found in loaded["versions"].items()
    )
    return f"Measured on {loaded['date']}, {loaded['machine']}; {versions}.\n"


def _score(found: Results | None, most: int) -> str:
    if found is None:
        return ""
    none = f" ({found['empty']:.2f})" if found["empty"] else ""
    return f"{found['mrr']['ALL']:.3f}{none}" + ("" if found["questions"] == most else f" of {found['questions']}")


def _bounds(value: float, budget: Budget | None, unit: str = "") -> tuple[str, str, str]:
    if budget is None:
        return "", "", ""
    return _figure(budget.floor) + unit, _figure(budget.goal) + unit, _MARKS[budget.verdict(value)]


def _figure(value: float) -> str:
    return _megabytes(value) if value > 1e6 else f"{value:.3g}"


def _megabytes(value: float) -> str:
    return f"{value / 1e6:,.0f} MB"


def _pair(values: Sequence[float]) -> str:
    return " / ".join(f"{value:g}" for value in values)


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---", *("---:" for _ in head[1:])], *rows]
    return "".join("| " + " | ".join(cell or " " for cell in line) + " |\n" for line in lines)


def main() -> None:
    """Write the page and the charts that have changed."""
    if not any(RESULTS.glob("*.json")):
        raise SystemExit("nothing has been measured yet: bench/results/ has no results")
    for path, text in make().items():
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            print(f"wrote {path.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
