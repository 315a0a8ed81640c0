"""A folder served as a plain host would, and a Chromium that counts everything that goes wrong in a page.

The policy of a page can be stripped on the way, to see that the pages hold without it.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from playwright.sync_api import Error as PlaywrightError

from tests.chromium import find_chromium

_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".xml": "application/xml",
    ".png": "image/png",
}
_POLICY = re.compile(rb"<meta http-equiv=\"Content-Security-Policy\"[^>]*>")
_WATCH = """
addEventListener('securitypolicyviolation', e => console.error('CSP ' + e.violatedDirective + ' ' + e.blockedURI));
addEventListener('unhandledrejection', e => console.error('rejected ' + e.reason));
"""

# How often a page is opened at the most, when what a click has begun comes in between.
_OPENINGS = 3

Answer = tuple[int, str, bytes]


@dataclass
class Host:
    """A server on the loopback address. `folder` is what it serves now; `changed` may answer instead, by path."""

    port: int = 0
    folder: Path = Path()
    with_policy: bool = True
    changed: Callable[[str], Answer | None] = field(default=lambda _path: None)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    def answer(self, path: str) -> Answer:
        """Status, type and body for a path without its query."""
        other = self.changed(path)
        if other is not None:
            return other
        target = (self.folder / unquote(path).lstrip("/")).resolve()
        if target.is_dir():
            target /= "index.html"
        if not target.is_file() or not target.is_relative_to(self.folder.resolve()):
            lost = self.folder / "404.html"
            return 404, _TYPES[".html"], self._page(lost.read_bytes()) if lost.is_file() else b"lost"
        data = target.read_bytes()
        kind = _TYPES.get(target.suffix, "application/octet-stream")
        return 200, kind, self._page(data) if target.suffix == ".html" else data

    def _page(self, data: bytes) -> bytes:
        return data if self.with_policy else _POLICY.sub(b"", data)


@contextmanager
def hosted(folder: Path) -> Iterator[Host]:
    """Serve a folder."""
    host = Host(folder=folder)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            status, kind, body = host.answer(urlsplit(self.path).path)
            self.send_response(status)
            for name, value in (
                ("Content-Type", kind),
                ("Content-Length", str(len(body))),
                ("Cache-Control", "no-store"),
            ):
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request: Any, client_address: Any) -> None:
            """A browser that hangs up is no fault."""

    server = Server(("127.0.0.1", 0), Handler)
    host.port = server.server_port
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield host
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def chromium() -> Iterator[Browser]:
    """A headless Chromium that resolves no name but its own machine's."""
    arguments = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
    arguments += ["--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=arguments)
        yield browser
        browser.close()


class Watched:
    """One page, with all that went wrong in it: exceptions, violations, dialogs, requests to other hosts."""

    def __init__(self, context: BrowserContext, host: Host) -> None:
        self.host = host
        self.faults: list[str] = []
        self.page: Page = context.new_page()
        self.page.add_init_script(_WATCH)
        self.page.on("pageerror", lambda error: self.faults.append(f"exception: {error}"[:200]))
        self.page.on("console", lambda message: self._console(message.type, message.text))
        self.page.on("dialog", self._dialog)
        self.page.on("request", lambda request: self._request(request.url))

    def _console(self, kind: str, text: str) -> None:
        if kind == "error" and "Failed to load resource" not in text:
            self.faults.append(f"console: {text}"[:200])

    def _dialog(self, dialog: Any) -> None:
        self.faults.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _request(self, url: str) -> None:
        if not url.startswith((self.host.address, "data:", "blob:" + self.host.address)):
            self.faults.append(f"foreign request: {url[:100]}")

    def open(self, path: str) -> None:
        """Open a page of the host; `path` without a leading slash. What an earlier click still opens may come in between."""
        fault = ""
        for _ in range(_OPENINGS):
            try:
                self.page.goto(self.host.address + path, wait_until="load", timeout=20_000)
                return
            except PlaywrightError as error:
                fault = f"not opened: {error}"[:200]
                with suppress(PlaywrightError):
                    self.page.wait_for_load_state("load", timeout=5_000)
        self.faults.append(fault)


@contextmanager
def fresh_page(browser: Browser, host: Host, **settings: Any) -> Iterator[Watched]:
    """A page in a context of its own: no storage, no history."""
    context = browser.new_context(**settings)
    try:
        yield Watched(context, host)
    finally:
        context.close()
