"""The sites as a plain web server shows them to visitors, while builds beside it are struck."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from http.client import HTTPConnection
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import quote


def fetch(port: int, base: str, paths: Iterable[str]) -> dict[str, bytes]:
    """What is served at each address that there is."""
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    found: dict[str, bytes] = {}
    for path in sorted(paths):
        connection.request("GET", base + quote(path))
        answer = connection.getresponse()
        body = answer.read()
        if answer.status == 200:
            found[path] = body
    connection.close()
    return found


class _Quiet(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # Head and body in one write, at once: otherwise each of the thousands of answers waits 40 ms for an acknowledgement.
    disable_nagle_algorithm = True
    wbufsize = -1

    def log_message(self, format: str, *arguments: object) -> None:
        """Nothing: thousands of requests."""


@contextmanager
def served(folder: Path) -> Iterator[int]:
    """The port of a server of a folder, for the length of the block."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    server.daemon_threads = True
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()
