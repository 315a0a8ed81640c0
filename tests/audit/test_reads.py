"""The row that watches what a build opens: it lets a build have its own files and nothing else."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest

from audit.reads import _allowed

SITE = Path("/home/writer/site")


@pytest.mark.parametrize(
    ("verb", "path", "allowed"),
    [
        ("read", f"{SITE}/content/a.md", True),
        ("read", "/usr/lib/libc.so.6", True),
        ("read", "/home/writer/elsewhere/secret.md", False),
        ("read", f"{SITE}-other/a.md", False),
        ("read", "/etc/passwd", False),
        ("read", tempfile.gettempdir(), True),
        ("read", f"{tempfile.gettempdir()}/another-program.txt", False),
        ("change", tempfile.gettempdir(), False),
        ("change", f"{SITE}/build/index.html", True),
        ("change", f"{SITE}/.helpgen/cache/memo.sqlite", True),
        ("change", f"{SITE}/content/a.md", False),
        ("change", "/usr/lib/libc.so.6", False),
        ("change", "/home/writer/notes.md", False),
    ],
)
def test_what_a_build_may_open(verb: str, path: str, allowed: bool) -> None:
    assert _allowed(verb, path, SITE) is allowed
