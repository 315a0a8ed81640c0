"""Heads of requests: what is taken, what is refused, and that nothing crashes the parser."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpgen.server.request import (
    HEAD_LIMIT,
    LINE_LIMIT,
    Refusal,
    Request,
    decode_path,
    parse_head,
    refuse_early,
)

HOST = "Host: 127.0.0.1:8000"


@pytest.mark.parametrize(
    ("target", "path", "query"),
    [
        ("/", "/", ""),
        ("/zh/?q=a%20b", "/zh/", "q=a%20b"),
        ("/%E5%85%85%E5%B8%81/", "/充币/", ""),
        ("/a%252e", "/a%2e", ""),
        ("/%2e%2e/x", "/../x", ""),
        ("//evil.example", "//evil.example", ""),
        ("/..\\x", "/..\\x", ""),
    ],
)
def test_targets_are_decoded_once(target: str, path: str, query: str) -> None:
    parsed = parse_head(f"GET {target} HTTP/1.1\r\n{HOST}".encode())
    assert isinstance(parsed, Request)
    assert (parsed.path, parsed.query) == (path, query)


@pytest.mark.parametrize(
    ("first", "status"),
    [
        ("GET /%00 HTTP/1.1", 400),
        ("GET /%zz HTTP/1.1", 400),
        ("GET /%c0%ae HTTP/1.1", 400),
        ("GET /a#b HTTP/1.1", 400),
        ("GET http://127.0.0.1:8000/ HTTP/1.1", 400),
        ("GET * HTTP/1.1", 400),
        ("GET  / HTTP/1.1", 400),
        ("GET /", 400),
        ("GET / HTTP/2.0", 400),
        (" / HTTP/1.1", 400),
        ("get / HTTP/1.1", 501),
        ("FOO / HTTP/1.1", 501),
        ("POST / HTTP/1.1", 405),
        ("OPTIONS / HTTP/1.1", 405),
    ],
)
def test_bad_request_lines(first: str, status: int) -> None:
    parsed = parse_head(f"{first}\r\n{HOST}".encode())
    assert isinstance(parsed, Refusal)
    assert parsed.status == status


@pytest.mark.parametrize(
    "header",
    [
        f"{HOST}",
        "Origin: a\r\nOrigin: b",
        "Host : x",
        " folded: line",
        "X: a\r\n b",
        "no colon",
        "X: a\x00b",
        "X: a\rb",
        "Content-Length: 5",
        "Content-Length: -1",
        "Content-Length: 0\r\nContent-Length: 0",
        "Transfer-Encoding: chunked",
    ],
)
def test_bad_headers(header: str) -> None:
    parsed = parse_head(f"GET / HTTP/1.1\r\n{HOST}\r\n{header}".encode())
    assert isinstance(parsed, Refusal)
    assert parsed.status == 400


def test_a_missing_host_is_refused() -> None:
    assert isinstance(parse_head(b"GET / HTTP/1.1"), Refusal)


@pytest.mark.parametrize(
    ("received", "status"),
    [
        (b"\x16\x03\x01\x02\x00", 400),
        (b"GET / HTTP/1.1\nHost: x\n\n", 400),
        (b"GET /" + b"a" * LINE_LIMIT, 414),
        (b"GET / HTTP/1.1\r\nX: " + b"a" * HEAD_LIMIT, 431),
    ],
)
def test_what_is_refused_before_its_end(received: bytes, status: int) -> None:
    refusal = refuse_early(received)
    assert refusal is not None
    assert refusal.status == status


@given(st.binary(max_size=300))
def test_no_bytes_crash_the_parser(data: bytes) -> None:
    refuse_early(data)
    parsed = parse_head(data)
    assert isinstance(parsed, Request) or parsed.status in (400, 405, 431, 501)


@given(st.text(max_size=60), st.sampled_from(["GET", "HEAD"]))
def test_a_taken_path_holds_no_control_character(path: str, method: str) -> None:
    parsed = parse_head(f"{method} /{path} HTTP/1.1\r\n{HOST}".encode("utf-8", "replace"))
    if isinstance(parsed, Request):
        assert parsed.path.startswith("/")
        assert not any(ord(c) < 32 or 127 <= ord(c) < 160 for c in parsed.path)


@given(st.text())
def test_paths_of_pages_are_decoded_or_refused(path: str) -> None:
    decoded = decode_path(path)
    assert decoded is None or decoded.startswith("/")
