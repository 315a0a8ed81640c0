"""The path of a content file -> its language, category and name; or that nothing reads it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath

from helpgen.content.slugs import path_slug
from helpgen.model.diagnostic import Diagnostic, Outcome, problem
from helpgen.model.location import Location
from helpgen.model.suggest import did_you_mean

CONTENT = "content/"
DATA = "content/_data/"
CHANNELS_FILE = f"{DATA}channels.yaml"
REDIRECTS_FILE = f"{DATA}redirects.yaml"
# What other generators read as articles, and what somebody may have meant as one.
_LIKE_ARTICLES = frozenset(
    {".md", ".markdown", ".mdown", ".mkd", ".mkdn", ".mdx", ".txt", ".html", ".htm", ".rst", ".adoc", ".docx"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How content/ is laid out: the locale codes, and whether each has a folder of its own.

    A site with one language may leave the folder out; then `prefixed` is false and addresses have no locale part.
    """

    locales: tuple[str, ...]
    prefixed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where an article belongs: locale code, category path of address parts ("" = none), file name without ending."""

    locale: str
    category: str
    stem: str

    @property
    def translation_key(self) -> str:
        """What all translations of an article have in common: its category and file name."""
        return f"{self.category}/{path_slug(self.stem)}" if self.category else path_slug(self.stem)


def find_layout(locales: Iterable[str], paths: Iterable[str]) -> Layout:
    """Several locales always have folders; one has, if its folder is there."""
    codes = tuple(locales)
    prefixed = len(codes) > 1 or any(path.startswith(f"{CONTENT}{codes[0]}/") for path in paths)
    return Layout(locales=codes, prefixed=prefixed)


def place_of(path: str, layout: Layout) -> Outcome[Place]:
    """Read a path such as `content/zh/deposits/withdrawals/fees.md` (also of a `_category.yaml`)."""
    parts = path.removeprefix(CONTENT).split("/")
    where = Location(path=path)
    locale = layout.locales[0]
    if layout.prefixed:
        if parts[0] not in layout.locales:
            folder = parts[0] if len(parts) > 1 else ""
            message = (
                f'"{folder}" is not one of the locales' if folder else "an article must stand in a language's folder"
            )
            hint = (
                did_you_mean(folder, layout.locales) or f"move it below content/{layout.locales[0]}/, or add the locale"
            )
            return Outcome(value=None, diagnostics=(problem("file/misplaced", where, message, hint=hint),))
        locale = parts.pop(0)
    *folders, name = parts
    if len(folders) > 2:
        message = f"categories nest once: {'/'.join(folders)} is {len(folders)} folders deep"
        hint = f"move it to {CONTENT}{locale + '/' if layout.prefixed else ''}{'/'.join(folders[:2])}/"
        return Outcome(value=None, diagnostics=(problem("file/misplaced", where, message, hint=hint),))
    category = "/".join(path_slug(folder) for folder in folders)
    return Outcome(value=Place(locale=locale, category=category, stem=name.rsplit(".", 1)[0]))


def folder_title(name: str) -> str:
    """What a category is called that has no name but its folder's: `getting-started` is “Getting started”."""
    title = name if " " in name else name.replace("-", " ").replace("_", " ").strip()
    return title[:1].upper() + title[1:]


def report_unread(path: str) -> tuple[Diagnostic, ...]:
    """A file that looks like an article and is not read as one: without a word its text would be missing."""
    ending = PurePosixPath(path).suffix
    if ending.lower() not in _LIKE_ARTICLES:
        return ()
    message = f'a file that ends with "{ending}" is not read'
    hint = "an article ends with .md; begin the name with _ to keep the file here for yourself"
    return (problem("file/not-read", Location(path=path), message, hint=hint),)
