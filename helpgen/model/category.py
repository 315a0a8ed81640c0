"""Categories, as their `_category.yaml` tells them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Category:
    """A folder of articles. `path` is "deposits" or, for a section inside one, "deposits/withdrawals"."""

    locale: str
    path: str
    title: str
    description: str = ""
    icon: str = ""
    order: float | None = None
    source: str = ""
