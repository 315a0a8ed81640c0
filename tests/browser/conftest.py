"""The demo, built once and served as a plain static host would, seen in a real Chromium."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from helpgen.pipeline.build import build_site
from helpgen.pipeline.options import BuildOptions
from helpgen.pipeline.publish import publish_build
from helpgen.pipeline.read import read_search_client, read_site, read_support_client
from helpgen.pipeline.workers import Inline
from tests.conftest import ROOT

# One page of each type, in both languages.
PAGES = {
    "root": "",
    "home": "zh/",
    "home-en": "en/",
    "category": "zh/deposits/",
    "section": "en/deposits/withdrawals/",
    "article": "zh/deposits/deposit-not-arrived/",
    "article-en": "en/security/cannot-log-in/",
    "code": "en/trading/api-keys/",
    "faq": "zh/account/account-faq/",
    "contact": "en/contact-us/",
    "contact-zh": "zh/contact-us/",
    "danger": "zh/at-risk/",
    "danger-en": "en/at-risk/",
    "case": "en/my-case/",
    "case-zh": "zh/my-case/",
    "verify": "zh/verify/",
    "verify-en": "en/verify/",
    "search": "zh/search/?q=提币没到",
    "lost": "404.html",
}


class _Quiet(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: Any) -> None:
        pass


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that hangs up while a file is sent is no fault."""


@dataclass
class Site:
    """A served site: `address` ends with a slash; `files` is the folder."""

    address: str
    files: Path


@contextmanager
def served(folder: Path) -> Iterator[Site]:
    server = _Server(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield Site(f"http://127.0.0.1:{server.server_port}/", folder)
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The demo of this repository."""
    out = tmp_path_factory.mktemp("demo") / "build"
    build = build_site(
        read_site(ROOT),
        Inline(),
        BuildOptions(search_client=read_search_client(), support_client=read_support_client()),
    )
    assert build.ok, [d for d in build.diagnostics if d.severity == "error"]
    publish_build(build, out, sources=ROOT)
    with served(out) as site:
        yield site


@dataclass
class Watched:
    """A page with everything that went wrong in it, and everything that it asked for."""

    page: Page
    faults: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    @classmethod
    def open(cls, context: BrowserContext, address: str = "") -> Watched:
        page = context.new_page()
        watched = cls(page)
        page.on("pageerror", lambda error: watched.faults.append(f"error: {error}"))
        page.on("console", lambda m: watched.faults.append(m.text) if m.type in ("error", "warning") else None)
        page.on("request", lambda request: watched.requests.append(request.url))
        page.on("dialog", lambda dialog: (watched.faults.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        page.add_init_script(
            "addEventListener('securitypolicyviolation', e => console.error('CSP ' + e.violatedDirective + ' ' + e.blockedURI))"
        )
        if address:
            page.goto(address, wait_until="load")
        return watched


Opener = Callable[..., Watched]


@pytest.fixture
def open_page(browser: Browser, demo: Site) -> Iterator[Opener]:
    """Open a page of the demo by its path; keyword arguments are those of a browser context."""
    contexts: list[BrowserContext] = []

    def opened(path: str, **settings: Any) -> Watched:
        options = {"viewport": {"width": 1280, "height": 900}, "locale": "zh-CN", **settings}
        context = browser.new_context(**options)
        contexts.append(context)
        return Watched.open(context, demo.address + path)

    yield opened
    for context in contexts:
        context.close()


def compressed(data: bytes) -> int:
    """Bytes over the wire with gzip, as most hosts send text."""
    return len(gzip.compress(data, 6, mtime=0))
