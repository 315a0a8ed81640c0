"""The icons that categories name, against those that the theme has."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from helpgen.model.diagnostic import Diagnostic, problem
from helpgen.model.site import Site
from helpgen.model.suggest import did_you_mean


def unknown_icons(site: Site, icons: Collection[str]) -> Iterator[Diagnostic]:
    """Icons of categories that the theme does not have; a theme without any shows none, and nothing is wrong."""
    shelves = [shelf for part in site.locales for top in part.shelves for shelf in (top, *top.sections)]
    for category in (shelf.category for shelf in shelves):
        if icons and category.icon and category.icon not in icons and category.icon_location is not None:
            message = f'the theme has no icon "{category.icon}"; readers see its usual one'
            hint = did_you_mean(category.icon, icons, listing=False) or f"it has {', '.join(sorted(icons))}"
            yield problem("site/icon", category.icon_location, message, hint=hint)
