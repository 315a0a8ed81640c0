"""Answers over real sockets: what is served, with which headers, and who is refused."""

from __future__ import annotations

import http.client
import json
import re
import socket
import threading
import time

import pytest

from tests.server.conftest import CANARY
from tests.server.preview_process import Preview, token_of


def test_a_page_with_its_headers(asked: Preview) -> None:
    page = asked.get("/zh/deposits/not-arrived/")
    assert page.status == 200
    assert "充币没有到账" in page.text
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert page.headers["cache-control"] == "no-store"
    assert page.headers["x-content-type-options"] == "nosniff"
    assert page.headers["content-length"] == str(len(page.body))
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', page.text)
    assert policy is not None
    own = policy.group(1).replace("&#39;", "'").lower()
    assert page.headers["content-security-policy"] == f"{own}; frame-ancestors 'none'"
    assert not [name for name in page.headers if name.startswith("access-control")]


def test_addresses_in_a_page_are_those_of_the_preview(asked: Preview) -> None:
    page = asked.get("/zh/deposits/not-arrived/").text
    assert "help.example.com" not in page
    assert f'rel="canonical" href="{asked.address}/zh/deposits/not-arrived/"' in page


def test_every_file_of_a_page_has_its_type(asked: Preview) -> None:
    page = asked.get("/zh/").text
    css = re.search(r'rel="stylesheet" href="\.\./([^"]+)"', page)
    script = re.search(r'type="module" src="\.\./([^"]+)"', page)
    assert css is not None
    assert script is not None
    assert asked.get(f"/{css.group(1)}").headers["content-type"] == "text/css; charset=utf-8"
    assert asked.get(f"/{script.group(1)}").headers["content-type"] == "text/javascript; charset=utf-8"
    assert asked.get("/sitemap.xml").headers["content-type"] == "application/xml"
    client = re.search(r'src="(/_helpgen/[0-9a-f]{8}/)livereload\.js', page)
    assert client is not None
    assert asked.get(f"{client.group(1)}overlay.css").status == 200


def test_what_has_its_digest_in_its_name_is_kept_and_nothing_else(asked: Preview) -> None:
    page = asked.get("/zh/").text
    kept = re.findall(r'(?:src|href)="(?:\.\./|/)((?:assets|_helpgen)/[^"?]+\.(?:css|js|svg))', page)
    assert len(kept) >= 3
    for path in kept:
        assert asked.get(f"/{path}").headers["cache-control"] == "private, max-age=3600, immutable", path
    for path in ("/zh/", "/sitemap.xml", "/search/zh/manifest.json", "/assets/nothing.12345678.css"):
        assert asked.get(path).headers["cache-control"] == "no-store", path


def test_head_is_get_without_a_body(asked: Preview) -> None:
    got, head = asked.get("/zh/"), asked.get("/zh/", method="HEAD")
    assert head.body == b""
    assert head.headers == got.headers


def test_a_folder_gets_its_slash(asked: Preview) -> None:
    answer = asked.get("/zh/deposits?q=1")
    assert answer.status == 302
    assert answer.headers["location"] == "/zh/deposits/?q=1"


@pytest.mark.parametrize("path", ["//zh/deposits", "//evil.example/%2e%2e", "/\\evil.example", "//evil.example/.."])
def test_no_redirect_leads_away(asked: Preview, path: str) -> None:
    answer = asked.get(path)
    assert answer.status in (400, 404)
    assert "location" not in answer.headers


def test_what_is_missing_gets_the_sites_own_page(asked: Preview) -> None:
    answer = asked.get("/zh/nothing-here/")
    assert answer.status == 404
    assert 'class="lost-page"' in answer.text


def test_the_path_is_not_echoed(asked: Preview) -> None:
    for path in ("/<script>alert(1)</script>", "/%3Cimg%20src=x%20onerror=alert(1)%3E"):
        answer = asked.get(path)
        assert answer.status == 404
        assert "alert(1)" not in answer.text


@pytest.mark.parametrize(
    "path",
    [
        "/helpgen.yaml",
        "/content/zh/security/keys.md",
        "/.env",
        "/.helpgen/cache/memo.sqlite",
        "/build/index.html",
        "/content/canary.txt",
        "/leak/canary.txt",
        "/build/leak/canary.txt",
        "/zh/deposits/canary.md.bak",
    ],
)
def test_sources_and_leftovers_are_not_served(asked: Preview, path: str) -> None:
    answer = asked.get(path)
    assert answer.status == 404
    assert CANARY not in answer.text


@pytest.mark.parametrize("host", ["127.0.0.1:{}", "localhost:{}", "[::1]:{}"])
def test_its_own_names_are_answered(asked: Preview, host: str) -> None:
    assert asked.get("/zh/", host=host.format(asked.port)).status == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:{}",
        "localhost",
        "localhost.evil.example:{}",
        "127.0.0.1@evil.example",
        "LOCALHOST:{}",
        "localhost.:{}",
        "[::ffff:127.0.0.1]:{}",
        "127.1:{}",
        "0.0.0.0:{}",
        "127.0.0.1:1",
    ],
)
def test_other_names_are_refused(asked: Preview, host: str) -> None:
    answer = asked.get("/zh/", host=host.format(asked.port))
    assert answer.status == 421
    assert "充币" not in answer.text


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1:1", "https://127.0.0.1:{}"])
def test_other_origins_are_refused(asked: Preview, origin: str) -> None:
    origin = origin.format(asked.port)
    token = token_of(asked.get("/zh/").text)
    assert asked.get("/zh/", Origin=origin).status == 403
    assert asked.get(f"/_helpgen/events?token={token}&path=/zh/", Origin=origin).status == 403


def test_other_sites_may_only_lead_here(asked: Preview) -> None:
    foreign = {"Sec_Fetch_Site": "cross-site"}
    assert asked.get("/zh/", **foreign, Sec_Fetch_Mode="no-cors", Sec_Fetch_Dest="script").status == 403
    assert asked.get("/zh/", **foreign, Sec_Fetch_Mode="navigate", Sec_Fetch_Dest="iframe").status == 403
    assert asked.get("/zh/", **foreign, Sec_Fetch_Mode="navigate", Sec_Fetch_Dest="document").status == 200
    assert asked.get("/zh/", Sec_Fetch_Site="same-site", Sec_Fetch_Mode="cors", Sec_Fetch_Dest="empty").status == 403


def test_the_event_stream_needs_its_secret(asked: Preview) -> None:
    assert asked.get("/_helpgen/events").status == 403
    assert asked.get("/_helpgen/events?token=guess&path=/zh/").status == 403
    token = token_of(asked.get("/zh/").text)
    assert asked.get(f"/_helpgen/events?token={token}&path=/zh/" + "&a=b" * 20).status == 403
    assert asked.get(f"/_helpgen/events?token={token}&path=nowhere").status == 400
    foreign = {"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "navigate", "Sec_Fetch_Dest": "document"}
    assert asked.get(f"/_helpgen/events?token={token}&path=/zh/", **foreign).status == 403


def test_the_event_stream_tells_the_state_at_once(asked: Preview) -> None:
    page = asked.get("/zh/").text
    version = re.search(r'name="helpgen-version" content="(\w+)"', page)
    assert version is not None
    connection = http.client.HTTPConnection("127.0.0.1", asked.port, timeout=10)
    connection.request("GET", f"/_helpgen/events?token={token_of(page)}&path=/zh/")
    answer = connection.getresponse()
    assert answer.getheader("Content-Type") == "text/event-stream"
    line = b""
    while not line.startswith(b"data: "):
        line = answer.readline()
    state = json.loads(line[6:])
    assert state["version"] == version.group(1)
    assert state["problems"] == []
    connection.close()


def test_only_get_and_head(asked: Preview) -> None:
    for method in ("POST", "PUT", "DELETE", "OPTIONS", "TRACE", "CONNECT"):
        answer = asked.get("/zh/", method=method)
        assert answer.status == 405
        assert answer.headers["allow"] == "get, head"
    assert asked.get("/zh/", method="get").status == 501


@pytest.mark.parametrize(
    ("data", "statuses"),
    [
        (b"GET / HTTP/1.1\r\nHost: 127.0.0.1:8000\r\nHost: evil.example\r\n\r\n", {400}),
        (b"GET /" + b"a" * 65_536 + b" HTTP/1.1\r\nHost: 127.0.0.1:8000\r\n\r\n", {414}),
        (b"GET / HTTP/1.1\r\nHost: 127.0.0.1:8000\r\nX: " + b"a" * 100_000 + b"\r\n\r\n", {431}),
        (b"GET / HTTP/1.1\r\nHost: 127.0.0.1:8000\r\n" + b"X: a\r\n" * 2_000 + b"\r\n", {431}),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\0" * 80, {400}),
        (b"\r\n\r\n", {400}),
        (b"GET /\r\n\r\n", {400}),
        (b"GET / HTTP/1.1\r\nHost: 127.0.0.1:8000\r\nContent-Length: 5\r\n\r\nhello", {400}),
        (b"GET /zh/ HTTP/1.1\r\nHost: 127.0.0.1:8000\r\n\r\nGET /evil HTTP/1.1\r\nHost: x\r\n\r\n", {200}),
        (b"GET /zh/ HTTP/1.1\r\nHost: 127.0.0.1:8000\r\nRange: bytes=" + b"0-0," * 5_000 + b"\r\n\r\n", {200, 431}),
        (b"GET /zh/ HTTP/1.1\r\nHost: 127.0.0.1:8000\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n", {200}),
    ],
)
def test_strange_requests(asked: Preview, data: bytes, statuses: set[int]) -> None:
    answer = asked.raw(data)
    assert answer.status in statuses
    assert b"Traceback" not in answer.body
    # One answer, whatever followed the head.
    assert answer.headers["content-length"] == str(len(answer.body))
    assert asked.get("/zh/").status == 200


def test_a_request_that_breaks_off(asked: Preview) -> None:
    with socket.create_connection(("127.0.0.1", asked.port)) as connection:
        connection.sendall(b"GET / HTTP/1.1\r\nHost: 127")
        connection.shutdown(socket.SHUT_WR)
        assert connection.recv(100).startswith(b"HTTP/1.1 400 ")


def test_slow_senders_do_not_keep_others_out(asked: Preview) -> None:
    """Three hundred that send a byte now and then: all others are answered, and none of the slow ones stays."""
    slow = []
    for _ in range(300):
        connection = socket.create_connection(("127.0.0.1", asked.port))
        connection.sendall(b"GET / HTTP/1.1\r\nX-a: b")
        slow.append(connection)
    stop = threading.Event()

    def drip() -> None:
        while not stop.wait(1):
            for connection in slow:
                try:
                    connection.sendall(b"c")
                except OSError:
                    continue

    thread = threading.Thread(target=drip)
    thread.start()
    try:
        assert [asked.get("/zh/").status for _ in range(20)] == [200] * 20
        deadline = time.monotonic() + 30
        for connection in slow:
            connection.settimeout(max(0.1, deadline - time.monotonic()))
            try:
                received = connection.recv(1_000)
            except ConnectionError:
                received = b""
            assert received == b"" or received.startswith(b"HTTP/1.1 408 ")
    finally:
        stop.set()
        thread.join()
        for connection in slow:
            connection.close()


def test_the_log_steers_no_terminal(asked: Preview) -> None:
    before = len(asked.lines)
    assert asked.get("/%E2%80%AEgnp.exe%1b").status == 400
    assert asked.get("/pwned%E2%80%AE%E2%80%A8x").status == 404
    asked.wait_for(r"404 /pwned\\u202e\\u2028x", after=before)
    assert all(line.isprintable() for line in asked.lines[before:])
