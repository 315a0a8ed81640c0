"""Whose requests are answered: those of a browser on this machine that shows this preview.

A page of another site can make the reader's browser send requests to 127.0.0.1. Four walls, because none stands alone:
the address bound (loopback), an exact Host (against DNS rebinding), Origin and Sec-Fetch-Site where a browser sends
them, and for the event stream a secret in its address.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hmac import compare_digest

from helpgen.server.request import Refusal, Request


@dataclass(frozen=True, slots=True, kw_only=True)
class Guard:
    """The names this server goes by, and the secret of its event stream."""

    hosts: frozenset[str]
    token: str

    @property
    def origins(self) -> frozenset[str]:
        return frozenset(f"http://{host}" for host in self.hosts)

    def refuse(self, request: Request) -> Refusal | None:
        """Why this request gets no answer; None if it does."""
        if request.headers.get("host") not in self.hosts:
            return Refusal(status=421, reason="This server does not go by that name. Use the address it printed.")
        origin = request.headers.get("origin")
        if origin is not None and origin not in self.origins:
            return Refusal(status=403, reason="Another site may not read this preview.")
        if not _is_own(request.headers) and not _is_followed_link(request.headers):
            return Refusal(status=403, reason="Another site may not use this preview.")
        return None

    def refuse_stream(self, request: Request, token: str) -> Refusal | None:
        """The stricter rule of the event stream, on top of `refuse`."""
        if not compare_digest(token.encode(), self.token.encode()) or not _is_own(request.headers):
            return Refusal(status=403, reason="The event stream is for pages of this preview; reload the page.")
        return None


def guard_for(port: int, token: str) -> Guard:
    """The guard of a server on a port; port 80 is left out of Host by browsers."""
    names = ("127.0.0.1", "localhost", "[::1]")
    hosts = {f"{name}:{port}" for name in names} | (set(names) if port == 80 else set())
    return Guard(hosts=frozenset(hosts), token=token)


def _is_own(headers: Mapping[str, str]) -> bool:
    """Old browsers and tools such as curl send no Sec-Fetch-Site; "none" is an address typed by hand."""
    return headers.get("sec-fetch-site", "none") in ("same-origin", "none")


def _is_followed_link(headers: Mapping[str, str]) -> bool:
    """A link to the preview in a mail or an issue: the page takes the whole window, its sender learns nothing."""
    return headers.get("sec-fetch-mode") == "navigate" and headers.get("sec-fetch-dest") == "document"
