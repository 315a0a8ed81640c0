"""Request + snapshot -> response. Pure: the same request to the same snapshot gets the same answer."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from posixpath import splitext
from typing import Final

from helpgen.server.inject import inject
from helpgen.server.request import Refusal, Request
from helpgen.server.snapshot import Snapshot, find, version_of
from helpgen.site.headers import policy_of
from helpgen.site.urls import encode

_TYPES: Final = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".webmanifest": "application/manifest+json",
    ".xml": "application/xml",
    ".txt": "text/plain; charset=utf-8",
    ".md": "text/plain; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".ico": "image/x-icon",
    ".woff2": "font/woff2",
    ".pdf": "application/pdf",
}
_COMMON: Final = {
    "Cache-Control": "no-store",
    "Connection": "close",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
# What has its digest in its name is never another thing: a page that reloads need not wait for it.
_LASTING: Final = "private, max-age=3600, immutable"
_HASHED: Final = re.compile(r"assets/(?:[\w-]+\.[0-9a-f]{8}\.\w+|js\.[0-9a-f]{8}/.+)\Z")
_PAGE_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'none'; "
    "base-uri 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
)
_FILE_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
_NOT_YET: Final = (
    '<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>Preview</title>\n'
    '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">'
    "</head>\n<body><h1>Nothing to show yet</h1>\n"
    "<p>The site has errors. Mend them and this page shows it by itself.</p>\n{problems}</body></html>\n"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """A status, headers and a body, ready to be sent."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""

    def head(self) -> bytes:
        """The status line and headers, with the empty line."""
        lines = [f"HTTP/1.1 {self.status} {HTTPStatus(self.status).phrase}"]
        lines += [f"{name}: {value}" for name, value in {**_COMMON, **self.headers}.items()]
        return "\r\n".join([*lines, "", ""]).encode("latin-1")


def answer(request: Request, snapshot: Snapshot, client: Mapping[str, bytes], token: str) -> Response:
    """Answer from memory: the client of live reload, a built file, a redirect to a folder's slash, or the 404 page."""
    own = client.get(request.path[1:])
    if own is not None:
        return _file(request.path, own, lasting=True)
    if not snapshot.files:
        problems = "".join(
            f"<p><code>{html.escape(str(error.location))}</code>: {html.escape(error.message)}</p>\n"
            for error in snapshot.errors
        )
        page = _NOT_YET.replace("{problems}", problems).encode()
        return _page(503, page, request.path, snapshot, client, token)
    found = find(snapshot.files, request.path)
    if found.kind == "folder":
        # The address is made of the file's name, never of the request: it starts with exactly one slash.
        query = f"?{request.query}" if request.query else ""
        return _text(302, "The address ends with a slash.", {"Location": f"/{encode(found.name)}{query}"})
    data = snapshot.files.get(found.name)
    if data is None:
        return _text(404, "There is no such page.")
    if not found.name.endswith(".html"):
        return _file(found.name, data, lasting=_HASHED.match(found.name) is not None)
    return _page(200 if found.kind == "file" else 404, data, request.path, snapshot, client, token)


def refuse(refusal: Refusal) -> Response:
    """A plain answer that repeats nothing of the request."""
    headers = {"Allow": "GET, HEAD"} if refusal.status == 405 else {}
    return _text(refusal.status, refusal.reason, headers)


def _page(status: int, page: bytes, path: str, snapshot: Snapshot, client: Iterable[str], token: str) -> Response:
    policy = policy_of(page) or _PAGE_POLICY
    headers = {"Content-Type": _TYPES[".html"], "Content-Security-Policy": f"{policy}; frame-ancestors 'none'"}
    return _sized(status, headers, inject(page, client, token=token, version=version_of(snapshot, path)))


def _file(name: str, data: bytes, *, lasting: bool) -> Response:
    kind = _TYPES.get(splitext(name)[1].lower(), "application/octet-stream")
    headers = {"Content-Type": kind, "Content-Security-Policy": _FILE_POLICY}
    return _sized(200, {**headers, "Cache-Control": _LASTING} if lasting else headers, data)


def _text(status: int, text: str, headers: Mapping[str, str] | None = None) -> Response:
    return _sized(status, {"Content-Type": _TYPES[".txt"], **(headers or {})}, f"{text}\n".encode())


def _sized(status: int, headers: Mapping[str, str], body: bytes) -> Response:
    return Response(status=status, headers={**headers, "Content-Length": str(len(body))}, body=body)
