"""Builds side by side: helpgen, and Hugo followed by Pagefind, on the same articles, in turn.

    python3 make.py bench --quick             S and M, one round: under three minutes
    python3 make.py bench                     S, M and L; M and S in more rounds
    python3 make.py bench --size L --round 2 --scenario cold,body
    python3 make.py bench --folder docs       any folder of Markdown
    python3 make.py bench --tiny              38,000 tiny articles, helpgen alone, cold

A round: a build from nothing; another with nothing changed; one after each of three edits (the text of an article, the
title of an article, the template of all articles). After each, the built page must show the edit. helpgen's build
includes its checks and its search, also the proof of the search; Hugo's theme is minimal, Pagefind makes the search.

Nothing is deleted before the end: for some minutes after a deletion ext4 looks past each inode that has just been freed
whenever it needs one (recently_deleted in fs/ext4/ialloc.c), so that a new file costs 20 times as much. What a build from
nothing must not find is put aside instead.
"""

from __future__ import annotations

import argparse
import itertools
import re
import shutil
import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from bench import budgets, tables
from bench.corpus import Article, corpus
from bench.peers import ENVIRONMENT, HELPGEN, WORK, hugo, pagefind, version
from bench.processes import Run, run
from bench.results import load, save
from bench.sites import EDIT, article_path, template_path, write_helpgen, write_hugo

SCENARIOS: Final = {
    "cold": "from nothing",
    "same": "nothing changed",
    "body": "one text edited",
    "title": "one title edited",
    "template": "template edited",
}
BUILDS: Final = WORK / "builds"
ROUNDS: Final = {"S": 5, "M": 3, "L": 1}


@dataclass(slots=True)
class Tool:
    """One of the two: its site, what builds it, where the output is, what a cold build must not find."""

    name: str
    site: Path
    commands: Sequence[Sequence[str]]
    output: Path
    remembered: Sequence[Path]
    runs: dict[str, list[Run]] = field(default_factory=dict)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="S and M, one round")
    parser.add_argument("--size", default="", help="sizes, such as M or S,L")
    parser.add_argument("--round", type=int, default=0, help="rounds of each size")
    parser.add_argument("--scenario", default=",".join(SCENARIOS), help="some of " + ",".join(SCENARIOS))
    parser.add_argument("--folder", type=Path, help="measure these articles")
    parser.add_argument("--tiny", action="store_true", help="38,000 tiny articles")
    options = parser.parse_args()
    earlier = load("builds")
    results: dict[str, Any] = {} if options.quick or earlier is None else earlier["results"]
    shutil.rmtree(BUILDS, ignore_errors=True)
    if options.tiny:
        results["tiny"] = _tiny()
    else:
        sizes = ["folder"] if options.folder else (options.size or ("S,M" if options.quick else "S,M,L")).split(",")
        for size in sizes:
            rounds = options.round or (1 if options.quick else ROUNDS.get(size, 1))
            results[size] = _measure(size, corpus(size, options.folder), options.scenario.split(","), rounds)
            _show(size, results[size])
        results["help_seconds"] = _help_seconds()
    shutil.rmtree(BUILDS)
    _show_whole(results)
    versions = {"Hugo": version(hugo(), "version").split("-")[0], "Pagefind": version(pagefind())}
    print("\nwritten:", save("builds", results, versions, quick=options.quick or bool(options.folder)).name)


def _measure(size: str, articles: Sequence[Article], scenarios: Sequence[str], rounds: int) -> dict[str, Any]:
    folder = BUILDS / size
    ours = Tool(
        "helpgen", folder / "helpgen", [[*HELPGEN, "build", "--json"]],
        folder / "helpgen/build", [folder / "helpgen/build", folder / "helpgen/.helpgen"],
    )  # fmt: skip
    theirs = Tool(
        "hugo", folder / "hugo", [[hugo(), "--quiet"], [pagefind(), "--site", "public", "--quiet"]],
        folder / "hugo/public", [folder / "hugo/public", folder / "hugo/resources"],
    )  # fmt: skip
    write_helpgen(articles, ours.site)
    write_hugo(articles, theirs.site)
    numbers = itertools.count(1)
    for _ in range(rounds):
        for scenario in ("cold", *(one for one in scenarios if one != "cold")):
            number = next(numbers)
            for tool in (ours, theirs):
                _prepare(tool, scenario, articles[len(articles) // 2], number)
                tool.runs.setdefault(scenario, []).append(run(tool.commands, tool.site, ENVIRONMENT))
                _prove(tool, scenario, articles[len(articles) // 2], number)
    found: dict[str, Any] = {"articles": len(articles), "rounds": rounds}
    for tool in (ours, theirs):
        found[tool.name] = _summary(tool)
    return found


def _prepare(tool: Tool, scenario: str, article: Article, number: int) -> None:
    """Make the edit that the scenario is about; for a cold build forget everything."""
    if scenario == "cold":
        aside = tool.site.parent / "aside" / f"{tool.name}-{number}"
        aside.mkdir(parents=True)
        for path in filter(Path.exists, tool.remembered):
            path.rename(aside / path.name)
    elif scenario in _EDITS:
        path = template_path(tool.site) if scenario == "template" else article_path(tool.site, article)
        path.write_text(_EDITS[scenario](path.read_text(encoding="utf-8"), number), encoding="utf-8")


def _prove(tool: Tool, scenario: str, article: Article, number: int) -> None:
    """The page that was edited shows it."""
    page = tool.output / article.locale / article.category / article.slug / "index.html"
    text = page.read_text(encoding="utf-8")
    wanted = {"body": f"Edited {number}.", "title": f"Renamed {number} ", "template": f"edit-{number:04d}"}.get(
        scenario, ""
    )
    if wanted not in text:
        raise SystemExit(f"{tool.name}, {scenario}: {page} does not show {wanted!r}")


_EDITS: Final[dict[str, Callable[[str, int], str]]] = {
    "body": lambda text, number: f"{text}\nEdited {number}.\n",
    "title": lambda text, number: re.sub(r'title: "(?:Renamed \d+ )?', f'title: "Renamed {number} ', text, count=1),
    "template": lambda text, number: re.sub(EDIT.replace("0000", r"\d+"), f"edit-{number:04d}", text),
}


def _summary(tool: Tool) -> dict[str, Any]:
    files = [path for path in tool.output.rglob("*") if path.is_file()]
    return {
        "seconds": {name: [round(one.seconds, 3) for one in runs] for name, runs in tool.runs.items()},
        "cpu": {name: [round(one.cpu, 3) for one in runs] for name, runs in tool.runs.items()},
        "memory": max(one.memory for runs in tool.runs.values() for one in runs),
        "memory_by_scenario": {name: max(one.memory for one in runs) for name, runs in tool.runs.items()},
        "output_bytes": sum(path.stat().st_size for path in files),
        "output_files": len(files),
    }


def _tiny() -> dict[str, Any]:
    articles = corpus("tiny")
    folder = BUILDS / "tiny"
    write_helpgen(articles, folder)
    one = run([[*HELPGEN, "build", "--json"]], folder, ENVIRONMENT)
    return {"articles": len(articles), "seconds": round(one.seconds, 1), "memory": one.memory}


def _help_seconds() -> float:
    return round(statistics.median(run([[*HELPGEN, "--help"]], WORK, ENVIRONMENT).seconds for _ in range(5)), 3)


def median(side: dict[str, Any], scenario: str, of: str = "seconds") -> float:
    """The median of a scenario's seconds, or of those of the processors ("cpu")."""
    return statistics.median(side[of][scenario])


def _show(size: str, found: dict[str, Any]) -> None:
    ours, theirs = found["helpgen"], found["hugo"]
    rows = []
    for scenario in ours["seconds"]:
        mine, other = median(ours, scenario), median(theirs, scenario)
        cpu = f"{median(ours, scenario, 'cpu') / median(theirs, scenario, 'cpu'):.2f}×"
        rows.append((SCENARIOS[scenario], tables.seconds(mine), tables.seconds(other), cpu,
                     *_against(mine / other, budgets.BUILD_RATIOS.get((size, scenario)), "×")))  # fmt: skip
    memory = budgets.MEMORY_L if size == "L" else None
    rows.append(("memory", tables.megabytes(ours["memory"]), tables.megabytes(theirs["memory"]), "",
                 *_against(ours["memory"] / theirs["memory"], None, "×")[:1],
                 *_against(ours["memory"], memory, "")[1:]))  # fmt: skip
    ratio = ours["output_bytes"] / theirs["output_bytes"]
    rows.append(("output", tables.megabytes(ours["output_bytes"]), tables.megabytes(theirs["output_bytes"]), "",
                 *_against(ratio, budgets.OUTPUT_RATIO if size == "L" else None, "×")))  # fmt: skip
    tables.show(f"{size}: {found['articles']} articles, seconds, median of {found['rounds']}",
                ("", "helpgen", "Hugo + Pagefind", "CPU ratio", "ratio", "floor", "goal", ""), rows)  # fmt: skip


def _against(value: float, budget: budgets.Budget | None, unit: str) -> tuple[str, str, str, str]:
    shown = f"{value:.3f}{unit}" if value < 0.1 else f"{value:.2f}{unit}"
    if budget is None:
        return shown, "", "", ""
    as_text = tables.megabytes if budget.floor > 1e6 else (lambda bound: f"{bound:g}{unit}")
    return shown, as_text(budget.floor), as_text(budget.goal), budget.verdict(value)


def _show_whole(results: dict[str, Any]) -> None:
    """What is not a ratio within one size."""
    rows = []
    for name, value, budget in whole_site_figures(results):
        rows.append((name, f"{value:.3g}", f"{budget.floor:g}", f"{budget.goal:g}", budget.verdict(value)))
    if rows:
        tables.show("Others", ("", "helpgen", "floor", "goal", ""), rows)


def whole_site_figures(results: dict[str, Any]) -> list[tuple[str, float, budgets.Budget]]:
    """Name, value and budget of each figure that is there."""
    found = []
    if "help_seconds" in results:
        found.append(("helpgen --help, seconds", results["help_seconds"], budgets.HELP_SECONDS))
    if "M" in results and "L" in results:
        each = [median(results[size]["helpgen"], "cold") / results[size]["articles"] for size in "LM"]
        found.append(("cold build of an article, L to M", each[0] / each[1], budgets.GROWTH))
    if "tiny" in results:
        found.append(("38,000 tiny articles, seconds", results["tiny"]["seconds"], budgets.TINY_SECONDS))
        found.append(("38,000 tiny articles, bytes of memory", results["tiny"]["memory"], budgets.TINY_MEMORY))
    return found


if __name__ == "__main__":
    main()
