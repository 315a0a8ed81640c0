"""What goes over the wire for a search, and how long it takes: a server that compresses, and a real Chromium that asks.

A cold search begins in a browser that knows nothing: scripts, index, first answer. Each request has its place in the
sequence: one more than that of the last answer that had come when it was made. Scripts and programs (.js, .mjs, .wasm)
are counted apart from what belongs to the index. Bytes are those of the bodies, compressed with gzip -9.
"""

from __future__ import annotations

import gzip
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page, Request, sync_playwright

from bench.peers import BENCH, chromium

CLIENTS: Final = BENCH / "clients"
# What a web server compresses; the rest (Pagefind's files) is compressed already.
_TEXT: Final = (".html", ".js", ".mjs", ".json", ".css", ".svg", ".txt", ".wasm", "")
_TYPES: Final = {
    "": "text/html", ".html": "text/html", ".txt": "text/plain", ".css": "text/css", ".json": "application/json",
    ".js": "text/javascript", ".mjs": "text/javascript", ".svg": "image/svg+xml", ".wasm": "application/wasm",
}  # fmt: skip
_PROGRAM: Final = (".js", ".mjs", ".wasm")
_BATCH: Final = 50
_PATIENCE_MS: Final = 300_000

_OPEN = "async ([name, locale]) => { const { open } = await import('/bench/page.js'); window.ask = await open[name](locale); }"
_ASK = (
    "async (queries) => { const all = []; for (const query of queries) all.push(await window.ask(query)); return all; }"
)


@dataclass(frozen=True, slots=True)
class Cold:
    """A first search: kB of the index up to the titles, with the excerpts, and of the scripts; requests; milliseconds.

    `sequence` is the place of the last request that the titles need, among those to the index. `again_ms` is the time
    of the same search once more.
    """

    titles_kb: float
    index_kb: float
    scripts_kb: float
    requests: int
    sequence: int
    again_ms: float


class Browser:
    """A Chromium that is closed with the context."""

    def __enter__(self) -> Browser:
        self._playwright = sync_playwright().start()
        self._chromium: Chromium = self._playwright.chromium.launch(
            executable_path=chromium(), args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        )
        return self

    def __exit__(self, *_: object) -> None:
        self._chromium.close()
        self._playwright.stop()

    def ask_all(self, address: str, client: str, queries: Sequence[str], locale: str = "") -> list[dict[str, Any]]:
        """{ids, ms} for each query, all asked of one page."""
        with self.page(address) as page:
            page.evaluate(_OPEN, [client, locale])
            said: list[dict[str, Any]] = []
            for start in range(0, len(queries), _BATCH):
                said += page.evaluate(_ASK, list(queries[start : start + _BATCH]))
        return said

    def ask_cold(self, address: str, client: str, query: str, locale: str, sizes: Mapping[str, int]) -> Cold:
        """A first search in a browser that knows nothing. `sizes` are the compressed bytes by path."""
        with self.page(address) as page:
            seen: list[Request] = []
            # The context hears of the requests of workers too.
            page.context.on("requestfinished", lambda request: seen.append(request))
            page.evaluate(_OPEN, [client, locale])
            page.evaluate(_ASK, [query])
            cold = list(seen)
            again = page.evaluate(_ASK, [query] * 3)
            return _cold([one for one in cold if "/bench/" not in one.url], sizes, min(one["ms"] for one in again))

    @contextmanager
    def page(self, address: str, script: str = "", **options: Any) -> Iterator[Page]:
        """A page in a browser that knows nothing; `script` runs in it before its own."""
        context = self._chromium.new_context(**options)
        context.set_default_timeout(_PATIENCE_MS)
        if script:
            context.add_init_script(script)
        page = context.new_page()
        page.goto(address)
        yield page
        context.close()


def _cold(requests: Sequence[Request], sizes: Mapping[str, int], again_ms: float) -> Cold:
    kilobytes = {"script": 0.0, "excerpt": 0.0, "index": 0.0}
    places: list[tuple[float, int]] = []
    titles = 1
    for request in sorted(requests, key=lambda one: one.timing["startTime"]):
        path = unquote(urlsplit(request.url).path)
        kind = "script" if path.endswith(_PROGRAM) else "excerpt" if "/excerpts/" in path else "index"
        kilobytes[kind] += sizes[path] / 1e3
        start = request.timing["startTime"]
        if kind != "script":
            place = 1 + max((earlier for end, earlier in places if end <= start), default=0)
            places.append((start + request.timing["responseEnd"], place))
            titles = max(titles, place) if kind == "index" else titles
    return Cold(
        titles_kb=kilobytes["index"],
        index_kb=kilobytes["index"] + kilobytes["excerpt"],
        scripts_kb=kilobytes["script"],
        requests=len(requests),
        sequence=titles,
        again_ms=again_ms,
    )


class Site:
    """Files by path, from folders and single files: "/client/" -> folder, "/index.json" -> file. Folders have an index.html."""

    def __init__(self, mounts: Mapping[str, Path]) -> None:
        self._mounts = {"/bench/": CLIENTS, **mounts}
        self.sizes: dict[str, int] = {}
        # The paths that were asked for, in order.
        self.log: list[str] = []
        self._bodies: dict[str, bytes] = {}

    def body(self, path: str) -> bytes | None:
        """The body as it goes over the wire; None if there is no such file."""
        if path not in self._bodies:
            data = self._read(path)
            if data is None:
                return None
            body = gzip.compress(data, 9) if compresses(path) else data
            self._bodies[path], self.sizes[path] = body, len(body)
        return self._bodies[path]

    def _read(self, path: str) -> bytes | None:
        if path == "/" and not (self._mounts.get("/", CLIENTS) / "index.html").is_file():
            return b'<!doctype html><meta charset="utf-8"><title>search</title><link rel="icon" href="data:,">'
        for prefix in sorted(self._mounts, key=len, reverse=True):
            source = self._mounts[prefix]
            file = source / path.removeprefix(prefix) if prefix.endswith("/") else source
            file = file / "index.html" if path.endswith("/") else file
            if path.startswith(prefix) and file.is_file():
                return file.read_bytes()
        return None


def compresses(path: str) -> bool:
    """Whether a server would compress a file of this name."""
    return Path(path).suffix in _TEXT


@contextmanager
def served(site: Site) -> Iterator[str]:
    """The address of a site, over HTTP/1.1 on loopback, for as long as the context lasts."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_: object) -> None:
            """Nothing to say."""

        def do_GET(self) -> None:
            path = unquote(urlsplit(self.path).path)
            site.log.append(path)
            body = site.body(path)
            self.send_response(404 if body is None else 200)
            self.send_header(
                "Content-Type",
                _TYPES.get(Path(path).suffix, "application/octet-stream"),
            )
            if body is not None and compresses(path):
                self.send_header("Content-Encoding", "gzip")
            self.send_header("Content-Length", str(len(body or b"")))
            # Isolated pages have a clock that is exact to microseconds.
            self.send_header("Cross-Origin-Opener-Policy", "same-origin")
            self.send_header("Cross-Origin-Embedder-Policy", "require-corp")
            immutable = path.startswith("/assets/")
            self.send_header("Cache-Control", "max-age=31536000, immutable" if immutable else "max-age=600")
            self.end_headers()
            self.wfile.write(body or b"")

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def served_folder(folder: Path) -> Iterator[str]:
    """The address of a folder."""
    with served(Site({"/": folder})) as address:
        yield address
