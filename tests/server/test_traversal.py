"""No path, however written, leads to a file that the build did not make."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.server.conftest import CANARY
from tests.server.preview_process import Preview

PIECES = st.sampled_from(
    [
        "..",
        ".",
        "...",
        "%2e%2e",
        "%2E.",
        ".%2e",
        "%252e%252e",
        "%c0%ae%c0%ae",
        "\\",
        "%5c",
        "/",
        "//",
        "%2f",
        "%252f",
        "%00",
        "canary.txt",
        "site",
        "content",
        "build",
        "leak",
        "zh",
        ".env",
        "etc",
        "passwd",
        "C:",
        "~",
        ";",
        "%20",
        "．．",
        "%ef%bc%8e",
        "file:",
        "\\\\host",
        "CON",
        "index.html",
        "%uff0e",
        "canary.txt%00.html",
        "*",
        "?",
        "#",
    ]
)


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pieces=st.lists(PIECES | st.text(max_size=4), max_size=8), slash=st.booleans())
def test_no_path_leads_outside(asked: Preview, pieces: list[str], slash: bool) -> None:
    path = "/" + ("/" if slash else "").join(pieces)
    head = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:8000\r\n\r\n".encode("utf-8", "replace")
    answer = asked.raw(head)
    assert answer.status in (200, 302, 400, 404, 414, 501)
    assert CANARY.encode() not in answer.body
    assert b"root:" not in answer.body
    assert not answer.headers.get("location", "").startswith(("//", "/\\"))
    assert b"Traceback" not in answer.body
