"""A file as it was read."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFile:
    """One file of the site: its path from the site's root (forward slashes, NFC), its bytes and their SHA-256."""

    path: str
    data: bytes
    digest: str
