"""Images of the content, as the pages need them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """An image file: `path` in the source, `output` below the site's root (content-hashed), size in CSS pixels (0 = unknown)."""

    path: str
    output: str
    width: int
    height: int
