"""What a reader's phone downloads and how the pages are judged: the demo of this repository in Chromium, and Lighthouse.

    python3 make.py bench-reader            three runs of Lighthouse for each page, the median by performance
    python3 make.py bench-reader --quick    one run

1. Weight: an article is opened in a browser that knows nothing, then the next article by its link. Bytes of the bodies,
   compressed with gzip, by kind. What carries a hash in its name may be kept for ever; the rest is asked for again.
2. The search box: what its first touch loads, and what a first search loads on top.
3. Lighthouse on home and article in both languages, as a phone of the middle class on a slow network (its defaults).
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from bench import budgets, tables
from bench.peers import ENVIRONMENT, HELPGEN, ROOT, WORK, chromium, node, node_packages, version
from bench.results import save
from bench.wire import Browser, Site, served

CATEGORIES: Final = ("performance", "accessibility", "best-practices", "seo")
_PAGES: Final = {
    "home, zh": "zh/",
    "home, en": "en/",
    "article, zh": "zh/deposits/deposit-not-arrived/",
    "article, en": "en/deposits/deposit-not-arrived/",
}
_ARTICLES: Final = ("en/deposits/deposit-not-arrived/", "zh/deposits/deposit-not-arrived/")
_PHONE: Final[Mapping[str, Any]] = {
    "viewport": {"width": 360, "height": 740},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
}
_KINDS: Final = {".css": "CSS", ".js": "JavaScript", ".svg": "images", "": "HTML"}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true")
    options = parser.parse_args()
    folder = WORK / "reader"
    shutil.rmtree(folder, ignore_errors=True)
    site = Site({"/": folder / "build"})
    with served(site) as address:
        command = [*HELPGEN, "build", "--json", "--out", str(folder / "build"), "--base-url", address]
        folder.mkdir(parents=True)
        subprocess.run(command, cwd=ROOT, env={**os.environ, **ENVIRONMENT}, check=True, stdout=subprocess.PIPE)
        results: dict[str, Any] = {"weight": {path: _weigh(site, address, path) for path in _ARTICLES}}
        results["lighthouse"] = {
            name: _lighthouse(address + path, 1 if options.quick else 3) for name, path in _PAGES.items()
        }
    _show(results)
    versions = {"Lighthouse": _lighthouse_version(), "Chromium": version(chromium())}
    print("\nwritten:", save("reader", results, versions, quick=options.quick).name)


def _weigh(site: Site, address: str, path: str) -> dict[str, Any]:
    """kB by kind at the first visit, at the next article, at the first touch of the search box and the first search."""
    query = "withdrawal not arrived" if path.startswith("en") else "提币没到"
    found: dict[str, Any] = {}
    with Browser() as browser:
        with browser.page(address + path, **_PHONE) as page:
            page.wait_for_load_state("networkidle")
            found["first"] = _kilobytes(site)
            page.locator("a.pager-next, a.pager-previous").first.click()
            page.wait_for_load_state("networkidle")
            found["next"] = _kilobytes(site)
        with browser.page(address + path, **_PHONE) as page:
            page.wait_for_load_state("networkidle")
            site.log.clear()
            page.locator("#hg-q").focus()
            page.wait_for_load_state("networkidle")
            page.wait_for_timeout(500)
            found["touch"] = _kilobytes(site)
            page.locator("#hg-q").fill(query)
            page.locator("[role=option]").first.wait_for()
            page.wait_for_load_state("networkidle")
            found["search"] = _kilobytes(site)
    return found


def _kilobytes(site: Site) -> dict[str, float]:
    """What has been asked of the server since the last time, by kind; "all" and the number of "requests"."""
    sums: dict[str, float] = {}
    for path in site.log:
        kind = "search index" if path.startswith("/search/") else _KINDS.get(Path(path).suffix, "others")
        sums[kind] = sums.get(kind, 0.0) + site.sizes.get(path, 0) / 1e3
    found = {kind: round(size, 2) for kind, size in sorted(sums.items())}
    found["all"] = round(sum(sums.values()), 2)
    found["requests"] = len(site.log)
    site.log.clear()
    return found


def _lighthouse(address: str, runs: int) -> dict[str, Any]:
    """Scores of 0 to 100 by category, what kept them from 100, and the times of the loading, from the median run."""
    reports = sorted((_lighthouse_once(address) for _ in range(runs)), key=lambda one: one["scores"]["performance"])
    return reports[len(reports) // 2]


def _lighthouse_once(address: str) -> dict[str, Any]:
    script = node_packages() / "lighthouse" / "cli" / "index.js"
    flags = "--chrome-flags=--headless=new --no-sandbox --disable-gpu"
    command = [
        node(),
        str(script),
        address,
        "--output=json",
        "--quiet",
        flags,
        f"--only-categories={','.join(CATEGORIES)}",
    ]
    done = subprocess.run(command, env={**os.environ, "CHROME_PATH": chromium()}, capture_output=True, check=False)
    if done.returncode:
        raise SystemExit(f"Lighthouse ended with {done.returncode}: {done.stderr.decode()[-2000:]}")
    report = json.loads(done.stdout)
    audits = report["audits"]
    return {
        "scores": {name: round(report["categories"][name]["score"] * 100) for name in CATEGORIES},
        "missed": sorted(_missed(report)),
        "shift": round(audits["cumulative-layout-shift"]["numericValue"], 4),
        "first_paint_ms": round(audits["first-contentful-paint"]["numericValue"]),
        "largest_paint_ms": round(audits["largest-contentful-paint"]["numericValue"]),
        "blocked_ms": round(audits["total-blocking-time"]["numericValue"]),
    }


def _missed(report: Mapping[str, Any]) -> set[str]:
    """The audits that count and are not wholly passed."""
    found = set()
    for name in CATEGORIES:
        for reference in report["categories"][name]["auditRefs"]:
            score = report["audits"][reference["id"]]["score"]
            if reference["weight"] > 0 and score is not None and score < 1:
                found.add(f"{reference['id']} ({round(score * 100)})")
    return found


def _lighthouse_version() -> str:
    found: str = json.loads((node_packages() / "lighthouse" / "package.json").read_text(encoding="utf-8"))["version"]
    return found


def _show(results: Mapping[str, Any]) -> None:
    rows = []
    for path, found in results["weight"].items():
        for name, budget in (
            ("first", budgets.FIRST_VISIT),
            ("next", budgets.NEXT_PAGE),
            ("touch", None),
            ("search", None),
        ):
            kinds = [
                f"{found[name].get(kind, 0):g}"
                for kind in ("HTML", "CSS", "JavaScript", "images", "search index", "all", "requests")
            ]
            bounds = (
                (f"{budget.floor:g}", f"{budget.goal:g}", budget.verdict(found[name]["all"]))
                if budget
                else ("", "", "")
            )
            rows.append((f"{path[:2]} {name}", *kinds, *bounds))
    head = ("kB, gzip", "HTML", "CSS", "JS", "images", "index", "all", "requests", "floor", "goal", "")
    tables.show("An article: first visit, next article, touch of the search box, first search", head, rows)
    rows = [_lighthouse_row(name, found) for name, found in results["lighthouse"].items()]
    rows.append(("floor", *([f"{budgets.LIGHTHOUSE.floor:g}"] * 4), *([""] * 4)))
    rows.append(("goal", *([f"{budgets.LIGHTHOUSE.goal:g}"] * 4), *([""] * 4)))
    tables.show("Lighthouse, phone", ("", *CATEGORIES, "shift", "first paint", "largest paint", "blocked ms"), rows)
    for name, found in results["lighthouse"].items():
        print(f"  {name}: {', '.join(found['missed']) or 'nothing missed'}")


def _lighthouse_row(name: str, found: Mapping[str, Any]) -> Sequence[str]:
    times = (
        f"{found['shift']:g}",
        str(found["first_paint_ms"]),
        str(found["largest_paint_ms"]),
        str(found["blocked_ms"]),
    )
    return (name, *(str(found["scores"][category]) for category in CATEGORIES), *times)


if __name__ == "__main__":
    main()
