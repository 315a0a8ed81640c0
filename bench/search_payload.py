"""What a search costs a reader, measured in headless Chromium: bytes over the wire, requests in sequence, milliseconds.

    python bench/search_payload.py                  site-en, site-zh and zh-10k of $HELPGEN_SHARED (default ../shared)
    python bench/search_payload.py site-en --quick  one of them, 10 questions of each variant

Steps for each data set:
1. build the index and serve it with the client's modules, gzipped, over HTTP/1.1 on loopback, nothing cached,
2. cold: ask each development question of a client that knows nothing yet,
3. further: ask them of one client in sessions of ten; count what each question but the first still fetches,
4. at hand: ask the same question of the same client again and take the time.

Bytes are those of the bodies as compressed. "Titles" are all files but excerpts: what the ten best titles need; the other
columns include the excerpts of five hits. A request's place in the sequence is one more than that of the last answer that
had come when it was made; the first of them is the manifest, which `ready()` takes when the box gets the focus.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import sys
import threading
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from helpgen.search import SearchDocument, Section, analyse_document, build_index, write_shards
from helpgen.search.characters import DATA

Row = Mapping[str, Any]

SETS = ("site-en", "site-zh", "zh-10k")
SESSION = 10
# The floors of the table, p95 for bytes in kB (10^3), by language.
COLD_TITLES = {"en": 22.0, "zh": 36.0}
COLD_EXCERPTS = 60.0
SEQUENCE = 3
# Seconds to build an index of 10,000 articles in one process.
BUILD = 15.0
LATENCY = (2.0, 15.0)

PAGE = b'<!doctype html><meta charset="utf-8"><title>search</title>'
ASK = """async ([locale, queries, session]) => {
  const { openSearch } = await import("/client/engine.js");
  let log = [], done = 0;
  const spy = async (url, init) => {
    const place = done + 1;
    log.push([url.split("/search/" + locale + "/")[1], place]);
    const response = await fetch(url, init);
    const text = response.text.bind(response);
    response.text = async () => { const body = await text(); done = Math.max(done, place); return body; };
    return response;
  };
  const open = () => openSearch({ base: location.origin + "/search/", locale, fetch: spy });
  const ask = async (client, q) => {
    log = []; done = 0;
    const start = performance.now();
    await client.search(q, { limit: 5 });
    return { files: log, ms: performance.now() - start };
  };
  const rows = [];
  let shared = open();
  for (const [number, q] of queries.entries()) {
    if (number % session === 0) shared = open();
    const client = open();
    const cold = await ask(client, q);
    const again = await ask(client, q);
    rows.push({ cold: cold.files, again: again.ms, further: number % session ? (await ask(shared, q)).files : null });
    if (number % session === 0) await ask(shared, q);
  }
  return rows;
}"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="*", default=SETS, help="data sets")
    parser.add_argument("--quick", action="store_true", help="10 questions of each variant")
    options = parser.parse_args()
    folder = Path(os.environ.get("HELPGEN_SHARED", "../shared")) / "search" / "data"
    if not folder.is_dir():
        sys.exit(f"no search data in {folder}; set HELPGEN_SHARED")
    for name in options.sets:
        documents = [_document(row) for row in _rows(folder / name / "docs.jsonl")]
        start = time.perf_counter()
        files = write_shards(build_index(map(analyse_document, documents)))
        seconds = time.perf_counter() - start
        sizes = {path: len(gzip.compress(data, 9)) for path, data in files.items()}
        late = "!" if seconds > BUILD else ""
        print(f"\n{name}: {len(documents)} documents, built in {seconds:.1f}{late} s, {len(files)} files, manifest "
              f"{len(files['manifest.json']) / 1e3:.1f} kB, gzip {sizes['manifest.json'] / 1e3:.1f} kB")  # fmt: skip
        queries = list(_limited(_rows(folder / name / "queries.dev.jsonl"), 10 if options.quick else 100))
        _print(queries, _measure(files, documents[0].locale, queries), sizes, documents[0].locale)


def _print(queries: Sequence[Row], runs: Sequence[Row], sizes: Mapping[str, int], locale: str) -> None:
    """A row a variant; `!` beside a figure that misses its floor."""
    print(f"{'p50 / p95':10} {'titles kB':>14} {'5 excerpts kB':>15} {'further kB':>13} {'requests':>9} {'in sequence':>12} "
          f"{'at hand ms':>12}")  # fmt: skip
    variants = sorted({query["variant"] for query in queries})
    for variant in ["ALL", *variants] if len(variants) > 1 else ["ALL"]:
        asked = [run for query, run in zip(queries, runs, strict=True) if variant in ("ALL", query["variant"])]
        titles = [_kilobytes(sizes, _before_excerpts(run["cold"])) for run in asked]
        whole = [_kilobytes(sizes, run["cold"]) for run in asked]
        further = [_kilobytes(sizes, run["further"]) for run in asked if run["further"] is not None]
        sequence = [max(place for _, place in _before_excerpts(run["cold"])) for run in asked]
        again = [run["again"] for run in asked]
        print(
            f"{variant:10} {_pair(titles, (COLD_TITLES[locale], None)):>14} {_pair(whole, (None, COLD_EXCERPTS)):>15} "
            f"{_pair(further):>13} {_at([len(run['cold']) for run in asked], 50):9.0f} "
            f"{_pair(sequence, (SEQUENCE, None)):>12} {_pair(again, LATENCY):>12}",
            flush=True,
        )


def _pair(values: Sequence[float], floors: tuple[float | None, float | None] = (None, None)) -> str:
    shown = [(_at(values, percent), floor) for percent, floor in zip((50, 95), floors, strict=True)]
    return " / ".join(f"{value:.1f}{'!' if floor is not None and value > floor else ''}" for value, floor in shown)


def _at(values: Sequence[float], percent: int) -> float:
    return sorted(values)[min(len(values) - 1, len(values) * percent // 100)] if values else 0.0


def _before_excerpts(asked: Iterable[tuple[str, int]]) -> list[tuple[str, int]]:
    return [(name, place) for name, place in asked if not name.startswith("excerpts/")]


def _kilobytes(sizes: Mapping[str, int], asked: Iterable[tuple[str, int]]) -> float:
    return sum(sizes[name] for name, _ in asked) / 1e3


def _measure(files: Mapping[str, bytes], locale: str, queries: Sequence[Row]) -> list[Row]:
    """For each question the files of a cold search and of a further one, as (name, place), and the time at hand."""
    with _served(files, locale) as address, sync_playwright() as playwright:
        chromium = os.environ.get("CHROMIUM", "/usr/bin/chromium")
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page: Page = browser.new_page()
        page.goto(address)
        runs: list[Row] = []
        for start in range(0, len(queries), SESSION * 5):
            part = [query["q"] for query in queries[start : start + SESSION * 5]]
            runs += page.evaluate(ASK, [locale, part, SESSION])
        browser.close()
    return runs


@contextmanager
def _served(files: Mapping[str, bytes], locale: str) -> Iterator[str]:
    """The address of a page beside the client's modules and the index, for as long as the context lasts."""
    scripts = {f"/client/{path.name}": path.read_bytes() for path in (DATA.parent / "client").glob("*.js")}
    index = {f"/search/{locale}/{name}": data for name, data in files.items()}
    contents = {"/": PAGE, **scripts, **index}

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_: object) -> None:
            """Requests are counted in the page."""

        def do_GET(self) -> None:
            found = contents.get(self.path)
            body = gzip.compress(found or b"", 9)
            self.send_response(404 if found is None else 200)
            kind = {"s": "text/javascript", "n": "application/json"}.get(self.path[-1], "text/html")
            headers = {"Content-Type": kind, "Content-Encoding": "gzip", "Content-Length": str(len(body))}
            # The last two make the browser's clock exact to microseconds.
            isolated = {"Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Embedder-Policy": "require-corp"}
            for name, value in {**headers, "Cache-Control": "no-store", **isolated}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()


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


def _rows(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _limited(queries: Iterable[Row], most: int) -> Iterator[Row]:
    """At most `most` questions of each variant."""
    counts: dict[str, int] = {}
    for query in queries:
        counts[query["variant"]] = counts.get(query["variant"], 0) + 1
        if counts[query["variant"]] <= most:
            yield query


if __name__ == "__main__":
    main()
