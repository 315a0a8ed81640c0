"""No path, however written, leads to a file that the build did not make."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from audit.paths import PIECES, faults_in
from tests.server.preview_process import Preview


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pieces=st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=8), slash=st.booleans())
def test_no_path_leads_outside(asked: Preview, pieces: list[str], slash: bool) -> None:
    path = "/" + ("/" if slash else "").join(pieces)
    head = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:8000\r\n\r\n".encode("utf-8", "replace")
    assert faults_in(asked.raw(head)) == []
