"""The client of live reload: its files, and how it gets into a page as that is answered (never into the build)."""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Final
from urllib.parse import urlencode

from helpgen.site.headers import policy_of

FOLDER: Final = "_helpgen/"
EVENTS: Final = FOLDER + "events"
_HEAD_END: Final = re.compile(rb"</head\s*>", re.IGNORECASE)


def read_client() -> dict[str, bytes]:
    """The scripts and the stylesheet of the client, by their path on the server: in a folder named by their content."""
    folder = Path(__file__).resolve().parent / "client"
    files = {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}
    digest = hashlib.sha256(b"\0".join(files.values())).hexdigest()[:8]
    return {f"{FOLDER}{digest}/{name}": data for name, data in files.items()}


def inject(page: bytes, client: Iterable[str], *, token: str, version: str) -> bytes:
    """The page with the client (given by its paths) in its head.

    A page whose policy allows no scripts (a redirect) stays as it is.
    """
    policy = policy_of(page)
    if policy and "script-src 'self'" not in policy:
        return page
    start = next(path for path in client if path.endswith("/livereload.js"))
    address = html.escape(f"/{start}?" + urlencode({"token": token}))
    # The version apart from the address, so that a reload has the script already.
    script = (
        f'<meta name="helpgen-version" content="{html.escape(version)}">\n'
        f'<script type="module" src="{address}"></script>\n'
    ).encode()
    end = _HEAD_END.search(page)
    return page[: end.start()] + script + page[end.start() :] if end else page + script
