"""Bytes -> a request, or the reason why they are none.

Strict on purpose: what two programs could read in two ways (bare line feeds, folded lines, two Host lines, a body on
a GET) is refused, so that nothing can be smuggled past the guard. Grammar: RFC 9112.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import unquote_to_bytes

LINE_LIMIT: Final = 8_192
HEAD_LIMIT: Final = 32_768
_FIELDS_LIMIT: Final = 100
_TOKEN: Final = re.compile(r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+")
_TARGET: Final = re.compile(r"/(?:[!$&-;=?-Z_a-z~\[\]^`{|}\"<>\\]|%[0-9A-Fa-f]{2})*")
_VALUE: Final = re.compile(r"[\t\x20-\x7e\x80-\xff]*")
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f]")
# What a request of a browser can start with; a TLS hello, for one, starts otherwise.
_START: Final = re.compile(rb"[A-Za-z]")
_BARE_FEED: Final = re.compile(rb"(?<!\r)\n")
_SINGLE: Final = ("host", "origin", "content-length", "sec-fetch-site", "sec-fetch-mode", "sec-fetch-dest")
_METHODS: Final = ("GET", "HEAD")
_OTHER_METHODS: Final = ("POST", "PUT", "DELETE", "PATCH", "OPTIONS", "CONNECT", "TRACE")


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A request without a body. `path` is decoded once and starts with a slash; header names are in lower case."""

    method: str
    path: str
    query: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Why a request is not answered: an HTTP status and a sentence for whoever sent it."""

    status: int
    reason: str


def refuse_early(received: bytes) -> Refusal | None:
    """Whether the beginning of a head shows already that no good request will come of it."""
    if received and not _START.match(received):
        return Refusal(status=400, reason="This is not HTTP.")
    if _BARE_FEED.search(received):
        return Refusal(status=400, reason="A line does not end with CR LF.")
    if b"\n" not in received[:LINE_LIMIT] and len(received) > LINE_LIMIT:
        return Refusal(status=414, reason=f"The request line is longer than {LINE_LIMIT} bytes.")
    if len(received) > HEAD_LIMIT:
        return Refusal(status=431, reason=f"The headers are longer than {HEAD_LIMIT} bytes.")
    return None


def parse_head(head: bytes) -> Request | Refusal:
    """Parse everything up to (without) the empty line."""
    text = head.decode("latin-1")
    first, *lines = text.split("\r\n")
    headers = _parse_fields(lines)
    if isinstance(headers, Refusal):
        return headers
    parts = first.split(" ")
    if len(parts) != 3 or parts[2] not in ("HTTP/1.0", "HTTP/1.1") or not _TOKEN.fullmatch(parts[0]):
        return _bad("The request line is not METHOD TARGET HTTP/1.1.")
    method, target, _ = parts
    if method not in _METHODS:
        return Refusal(status=405 if method in _OTHER_METHODS else 501, reason="Only GET and HEAD are answered.")
    if "host" not in headers:
        return _bad("There is no Host.")
    if "transfer-encoding" in headers or headers.get("content-length", "0") != "0":
        return _bad("A request of this kind has no body.")
    raw, _, query = target.partition("?")
    path = _decode(raw) if _TARGET.fullmatch(target) else None
    return (
        Request(method=method, path=path, query=query, headers=headers) if path else _bad("The address is malformed.")
    )


def _parse_fields(lines: list[str]) -> dict[str, str] | Refusal:
    if len(lines) > _FIELDS_LIMIT:
        return Refusal(status=431, reason=f"There are more than {_FIELDS_LIMIT} headers.")
    headers: dict[str, str] = {}
    for line in lines:
        name, colon, value = line.partition(":")
        if not colon or not _TOKEN.fullmatch(name) or not _VALUE.fullmatch(value):
            return _bad("A header is malformed.")
        name, value = name.lower(), value.strip(" \t")
        if name in headers:
            if name in _SINGLE:
                return _bad(f"There are two headers {name}.")
            value = f"{headers[name]}, {value}"
        headers[name] = value
    return headers


def _decode(raw: str) -> str | None:
    """The path with its percent signs resolved, once; None if that is not text."""
    try:
        path = unquote_to_bytes(raw).decode("utf-8")
    except UnicodeDecodeError:
        return None
    return None if _CONTROL.search(path) else path


def decode_path(raw: str) -> str | None:
    """The same for a path that stands elsewhere than in a request line (the page that asks for its events)."""
    return _decode(raw) if _TARGET.fullmatch(raw) and "?" not in raw else None


def _bad(reason: str) -> Refusal:
    return Refusal(status=400, reason=reason)
