"""The preview: from a saved file to the changed page, fetched and seen.

    python3 make.py bench-serve --quick     S and M, few edits
    python3 make.py bench-serve             S, M and L

For each size, after the first build and the first quiet:
1. fetched: a text is edited, and the page asked for again and again until it has the edit,
2. seen: the page is open in Chromium, which reloads it; the time at which its script sees the edit in the document.
Milliseconds from the moment at which the editor's file has been closed. The search index follows later; `index` is the
time until it has changed, too.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Page

from bench import budgets, tables
from bench.corpus import Article, corpus
from bench.peers import ENVIRONMENT, HELPGEN, WORK
from bench.results import load, save
from bench.sites import article_path, write_helpgen
from bench.wire import Browser

_EDITS: Final = 20
_QUICK_EDITS: Final = 6
_PATIENCE: Final = 120.0
# The memory is saved and the worker processes end a second after the last build.
_REST: Final = 1.6
# Runs in the page before its own scripts, and tells when the edit stands in the document.
_LOOK = """(() => {
  const look = () => {
    const found = document.querySelector("main")?.textContent.match(/Edited \\d+\\./g);
    if (found) window.seen?.(found.at(-1), performance.timeOrigin + performance.now());
  };
  addEventListener("DOMContentLoaded", look);
})()"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--size", default="")
    options = parser.parse_args()
    earlier = load("serving")
    results: dict[str, Any] = {} if options.quick or earlier is None else earlier["results"]
    for size in (options.size or ("S,M" if options.quick else "S,M,L")).split(","):
        results[size] = _measure(size, corpus(size), _QUICK_EDITS if options.quick else _EDITS)
    _show(results)
    print("\nwritten:", save("serving", results, {}, quick=options.quick).name)


def _measure(size: str, articles: Sequence[Article], edits: int) -> dict[str, Any]:
    folder = WORK / "serving" / size
    write_helpgen(articles, folder)
    article = articles[len(articles) // 2]
    file = article_path(folder, article)
    path = f"{article.locale}/{article.category}/{article.slug}/"
    with _preview(folder) as (address, first), Browser() as browser, browser.page(address + path, _LOOK) as page:
        fetched, seen, index = [], [], []
        for number in range(1, edits + 1):
            time.sleep(_REST)
            manifest = _get(f"{address}search/{article.locale}/manifest.json")
            saved = _edit(file, number)
            fetched.append(_until(lambda wanted=f"Edited {number}.": wanted in _get(address + path), saved))
            index.append(
                _until(lambda old=manifest: _get(f"{address}search/{article.locale}/manifest.json") != old, saved)
            )
        reports = _listen(page)
        for number in range(edits + 1, 2 * edits + 1):
            time.sleep(_REST)
            saved = _edit(file, number)
            seen.append((_wait(page, reports, f"Edited {number}.") - saved) * 1_000)
    shutil.rmtree(folder)
    return {
        "articles": len(articles),
        "first_build_s": round(first, 2),
        "edits": edits,
        **{name: [round(tables.at(values, percent)) for percent in (50, 95)]
           for name, values in (("fetched", fetched), ("seen", seen), ("index", index))},
    }  # fmt: skip


@contextmanager
def _preview(folder: Path) -> Iterator[tuple[str, float]]:
    """The address of a running preview, and the seconds until its first build."""
    command = [*HELPGEN, "serve", "--port", "0", "--site", str(folder)]
    log = (folder / "serve.log").open("w+", encoding="utf-8")
    start = time.perf_counter()
    process = subprocess.Popen(
        command,
        env={**os.environ, **ENVIRONMENT, "PYTHONUNBUFFERED": "1"},
        stdout=log,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        address = _logged(log.name, process, r"(http://127\.0\.0\.1:\d+/)")
        _logged(log.name, process, r"(Built \d+ pages)")
        yield address, time.perf_counter() - start
    finally:
        process.terminate()
        process.wait(30)
        log.close()


def _logged(path: str, process: subprocess.Popen[str], pattern: str) -> str:
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end and process.poll() is None:
        found = re.search(pattern, Path(path).read_text(encoding="utf-8"))
        if found:
            return found[1]
        time.sleep(0.02)
    raise SystemExit(f"the preview never said {pattern}:\n{Path(path).read_text(encoding='utf-8')[-3000:]}")


def _edit(file: Path, number: int) -> float:
    """Write an edit at the end of the text; the time at which it was there, in seconds of the epoch.

    Its word is new each time: another number at the end of a long text may change nothing that the index keeps.
    """
    text = re.sub(r"\n+Edited \d+\.[^\n]*\s*$", "", file.read_text(encoding="utf-8"))
    file.write_text(f"{text}\n\nEdited {number}. Benchmark{number}.\n", encoding="utf-8")
    return time.time()


def _get(address: str) -> str:
    with urllib.request.urlopen(address, timeout=_PATIENCE) as answer:
        text: str = answer.read().decode()
        return text


def _until(done: Any, since: float) -> float:
    """Milliseconds until a condition holds, asked every two milliseconds."""
    while not done():
        if time.time() - since > _PATIENCE:
            raise SystemExit("the preview never showed an edit")
        time.sleep(0.002)
    return (time.time() - since) * 1_000


def _listen(page: Page) -> dict[str, float]:
    """What the page's own script reports: text of the edit -> seconds of the epoch."""
    reports: dict[str, float] = {}
    page.expose_function("seen", lambda text, ms: reports.setdefault(text, ms / 1_000))
    page.reload()
    return reports


def _wait(page: Page, reports: dict[str, float], text: str) -> float:
    end = time.monotonic() + _PATIENCE
    while text not in reports:
        if time.monotonic() > end:
            raise SystemExit(f"Chromium never showed {text}")
        page.wait_for_timeout(5)
    return reports[text]


def _show(results: dict[str, Any]) -> None:
    rows = []
    for size in (one for one in ("S", "M", "L") if one in results):
        found, bounds = results[size], budgets.SERVE[size]
        pairs = [" / ".join(f"{value:g}" for value in found[name]) for name in ("fetched", "seen", "index")]
        limits = [" / ".join(f"{getattr(bound, of):g}" for bound in bounds) for of in ("floor", "goal")]
        verdict = " / ".join(bound.verdict(value) for bound, value in zip(bounds, found["seen"], strict=True))
        rows.append((f"{size} ({found['articles']})", f"{found['first_build_s']:.1f}", *pairs, *limits, verdict))
    head = ("", "first build s", "fetched ms", "seen ms", "index ms", "floor", "goal", "")
    tables.show("From a saved file to the page, p50 / p95", head, rows)


if __name__ == "__main__":
    main()
