"""The one registry of output addresses: who publishes at which file.

Addresses are compared as file systems do that ignore case and Unicode form (NFC, case-folded). What one address has as
a file no other may have as a folder, and the folders of our own files are nobody else's.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

from helpgen.model.diagnostic import Diagnostic, problem
from helpgen.model.location import Location
from helpgen.site.urls import INDEX_FOLDER, output_path

OURS = "(a page that helpgen makes)"
# How the owner begins that an article's alias is.
ALIAS = "an alias of "


def reserved_folders(locales: Sequence[str]) -> tuple[str, ...]:
    """The folders of files that helpgen and the theme make: styles, scripts, images; and each language's index."""
    return ("assets/", *(f"{INDEX_FOLDER}{locale}/".casefold() for locale in locales))


@dataclass(slots=True)
class Claims:
    """The claims of one site. `reserved` are folders, case-folded, with a slash at the end."""

    reserved: tuple[str, ...] = ()
    owners: dict[str, tuple[str, str]] = field(default_factory=dict)
    folders: dict[str, tuple[str, str]] = field(default_factory=dict)
    diagnostics: list[Diagnostic] = field(default_factory=list)

    def claim(self, url: str, owner: str, place: Location, rule: str = "site/duplicate-address") -> bool:
        """Claim an address; False, with a diagnostic that names both, if it is taken."""
        path = output_path(url)
        folded = _fold(path)
        earlier = self._earlier(folded, owner)
        if earlier is None or earlier == (owner, path):
            self.owners.setdefault(folded, (owner, path))
            for folder in _folders(folded):
                self.folders.setdefault(folder, (owner, path))
            return True
        message = f'the address "/{url}" is already that of {earlier[0]}'
        if earlier[1] != path and _fold(earlier[1]) == folded:
            message += f' ("{earlier[1]}" differs only in letter case)'
        # The same two files collide in every language that shows them: once is enough.
        if not any(found.location == place and found.rule == rule for found in self.diagnostics):
            self.diagnostics.append(problem(rule, place, message, hint=_hint(rule, earlier[0])))
        return False

    def is_free(self, url: str) -> bool:
        """Whether a claim on this address would stand."""
        return self._earlier(_fold(output_path(url)), "") is None

    def _earlier(self, folded: str, owner: str) -> tuple[str, str] | None:
        """Who has this file, or one of its folders as a file, or this file as a folder."""
        if owner != OURS and folded.startswith(self.reserved):
            return (OURS, "")
        taken = (self.owners[folder] for folder in _folders(folded) if folder in self.owners)
        return self.owners.get(folded) or self.folders.get(folded) or next(taken, None)


def _hint(rule: str, earlier: str) -> str:
    """What whoever comes second may do about it."""
    if rule == "site/alias":
        return f"remove the alias from {'one of the two articles' if earlier.startswith(ALIAS) else 'this article'}"
    if rule == "site/redirect":
        return "take this line out, or let only one lead on from there"
    return "give one of them another slug"


def _fold(path: str) -> str:
    return unicodedata.normalize("NFC", path).casefold()


def _folders(path: str) -> list[str]:
    parts = path.split("/")
    return ["/".join(parts[:depth]) for depth in range(1, len(parts))]
