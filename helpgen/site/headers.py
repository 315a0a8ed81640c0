"""What the pages cannot say of themselves: headers for the hosts that read them from a file of the site.

A policy in a page cannot forbid framing, and a file opened by its own address has none at all. Netlify, Cloudflare
Pages and others take headers from `_headers`; docs/security.md has the same for nginx, Apache and Caddy.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable

from helpgen.site.policy import united_policy

HEADERS_FILE = "_headers"
_POLICY = re.compile(rb'<meta http-equiv="Content-Security-Policy" content="([^"]*)"', re.IGNORECASE)
# Every page declares its policy at the top of its head.
_WITHIN = 8_192
_MEDIA_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


def policy_of(page: bytes) -> str:
    """The page's own Content-Security-Policy, "" if it has none that can be sent as a header."""
    found = _POLICY.search(page, 0, _WITHIN)
    policy = html.unescape(found.group(1).decode("utf-8", "replace")) if found else ""
    return policy if policy.isascii() and policy.isprintable() else ""


def write_headers(pages: Iterable[bytes]) -> dict[str, bytes]:
    """The file of headers. The policy in it allows what some page needs: more than others where a page has the live chat of
    another firm, or sends messages to another host. A browser holds each page to the policy in its head as well.

    Pages without scripts (redirects) have a stricter one of their own.
    """
    found = {policy_of(page) for page in pages}
    united = united_policy(policy for policy in found if "script-src" in policy)
    shared = [united] if united else []
    lines = [
        "/*",
        "  Content-Security-Policy: " + "; ".join([*shared, "frame-ancestors 'none'"]),
        "  X-Frame-Options: DENY",
        "  X-Content-Type-Options: nosniff",
        "  Referrer-Policy: strict-origin-when-cross-origin",
        "",
        "/assets/media/*",
        f"  Content-Security-Policy: {_MEDIA_POLICY}",
    ]
    return {HEADERS_FILE: ("\n".join(lines) + "\n").encode()}
