"""The client of live reload: its files, and how it gets into a page as that is answered (never into the build)."""

from __future__ import annotations

import html
import re
from pathlib import Path
from typing import Final
from urllib.parse import urlencode

from helpgen.site.headers import policy_of

FOLDER: Final = "_helpgen/"
EVENTS: Final = FOLDER + "events"
_HEAD_END: Final = re.compile(rb"</head\s*>", re.IGNORECASE)


def read_client() -> dict[str, bytes]:
    """The scripts and the stylesheet of the client, by their path on the server."""
    folder = Path(__file__).resolve().parent / "client"
    return {f"{FOLDER}{path.name}": path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}


def inject(page: bytes, *, token: str, version: str) -> bytes:
    """The page with the client in its head. A page whose policy allows no scripts (a redirect) stays as it is."""
    policy = policy_of(page)
    if policy and "script-src 'self'" not in policy:
        return page
    address = html.escape(f"/{FOLDER}livereload.js?" + urlencode({"token": token, "version": version}))
    script = f'<script type="module" src="{address}"></script>\n'.encode()
    end = _HEAD_END.search(page)
    return page[: end.start()] + script + page[end.start() :] if end else page + script
