"""Categories, as their `_category.yaml` tells them."""

from __future__ import annotations

from dataclasses import dataclass

from helpgen.model.location import Location


@dataclass(frozen=True, slots=True, kw_only=True)
class Category:
    """A folder of articles. `path` is "deposits" or, for a section inside one, "deposits/withdrawals". `icon_location` is for
    messages about its icon, None if it has none."""

    locale: str
    path: str
    title: str
    description: str = ""
    icon: str = ""
    order: float | None = None
    source: str = ""
    icon_location: Location | None = None
