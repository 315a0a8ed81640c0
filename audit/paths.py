"""Made-up paths, asked of a real preview: a canary lies beside and within its site, and no answer may show it.

The pieces and the judgement are those of tests/server/test_traversal.py too.
"""

from __future__ import annotations

import random
import tempfile
from pathlib import Path

from audit.effort import effort
from audit.tally import Tally
from tests.server.preview_process import Answer, Preview
from tests.site_folder import SiteFolder

CANARY = "canary-that-must-stay-outside"
# Pieces of paths that have opened other servers.
PIECES = (
    *("..", ".", "...", "%2e%2e", "%2E.", ".%2e", "%252e%252e", "%c0%ae%c0%ae", "\\", "%5c", "/", "//"),
    *("%2f", "%252f", "%00", "canary.txt", "site", "content", "build", "leak", "zh", "en", ".env", "etc"),
    *("passwd", "C:", "~", ";", "%20", "．．", "%ef%bc%8e", "file:", "\\\\host", "CON", "index.html", "%uff0e"),
    *("canary.txt%00.html", "*", "?", "#", "@", "a" * 300, "helpgen.yaml", ".helpgen", "cache", "memo.sqlite"),
    *("_helpgen", "events", "%0d%0aSet-Cookie:x", "\x7f", "%", "%e0%a4"),
)


def made_up() -> Tally:
    """Paths of pieces that have opened other servers; whatever comes back, it is not the canary."""
    count, failed = effort(2_000, 10_000), []
    choice = random.Random(13)
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        (folder / "canary.txt").write_text(CANARY, encoding="ascii")
        site = SiteFolder.small(folder / "site").write("content/canary.txt", CANARY).write(".env", CANARY)
        site.write("build/index.html", CANARY)
        (site.root / "build" / "leak").symlink_to(folder)
        preview = Preview.start(site.root, "--port", "0")
        try:
            preview.wait_for("Built")
            for _ in range(count):
                path = "/" + choice.choice(("", "/")).join(choice.choices(PIECES, k=choice.randrange(9)))
                failed += _ask(preview, path)
        finally:
            preview.stop()
    return Tally(tried=count, failed=tuple(failed))


def _ask(preview: Preview, path: str) -> list[str]:
    head = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{preview.port}\r\n\r\n"
    return [f"{path!r}: {fault}" for fault in faults_in(preview.raw(head.encode("utf-8", "replace")))]


def faults_in(answer: Answer) -> list[str]:
    """What no answer may be, whatever path was asked: outside the site, elsewhere, or a crash."""
    found = [f"it shows {text}" for text in (CANARY, "root:", "Traceback") if text in answer.text]
    away = answer.headers.get("location", "")
    found += [f"it leads to {away}"] * away.startswith(("//", "/\\", "http"))
    expected = answer.status in (200, 302, 400, 404, 414, 501)
    return found if expected else [*found, f"status {answer.status}"]
