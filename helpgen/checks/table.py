"""The table of checks, and the one function that runs them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from helpgen.checks.settings import example_channels
from helpgen.checks.support import missing_texts, public_channels, unknown_names
from helpgen.model.diagnostic import Diagnostic, problem
from helpgen.model.location import Location
from helpgen.model.site import Entry, Site


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One check: the rule that its findings bear, and the function."""

    rule: str
    run: Callable[[Site], Iterable[Diagnostic]]


def check_site(site: Site) -> tuple[Diagnostic, ...]:
    """Everything that the table finds."""
    return tuple(diagnostic for check in CHECKS for diagnostic in check.run(site))


def _no_articles(site: Site) -> Iterator[Diagnostic]:
    if not any(part.entries for part in site.locales):
        hint = 'write the first one: helpgen new article "…" --category …'
        yield problem("site/no-articles", Location(path="content"), "the site has no articles", hint=hint)


def _missing_categories(site: Site) -> Iterator[Diagnostic]:
    for part in site.locales:
        for shelf in (s for top in part.shelves for s in (top, *top.sections)):
            own = [e for e in shelf.all_entries if e.translated]
            if not shelf.category.source and own:
                folder = own[0].article.path.rsplit("/", 1)[0]
                message = f'the category "{shelf.category.title}" has no _category.yaml'
                hint = "add one with its title and a line of description"
                yield problem("site/category-missing", Location(path=f"{folder}/_category.yaml"), message, hint=hint)


def _duplicate_titles(site: Site) -> Iterator[Diagnostic]:
    def key(entry: Entry) -> tuple[str, str]:
        return (entry.article.category, entry.article.front.title.casefold())

    for part in site.locales:
        own = sorted((e for e in part.entries if e.translated), key=lambda e: (key(e), e.article.path))
        for _, group in groupby(own, key=key):
            first, *others = group
            for other in others:
                message = f'"{other.article.front.title}" is also the title of {first.article.path}'
                place = other.article.title_location
                yield problem("site/duplicate-title", place, message, hint="say how they differ")


def _untranslated(site: Site) -> Iterator[Diagnostic]:
    for part in site.locales:
        for entry in part.entries:
            if not entry.translated and entry.article.translation_key not in site.failed_articles:
                message = f"this article is missing in {part.locale}; readers see it in {entry.article.locale}"
                yield problem("site/untranslated", entry.article.title_location, message)


CHECKS: tuple[Check, ...] = (
    Check(rule="site/no-articles", run=_no_articles),
    Check(rule="site/category-missing", run=_missing_categories),
    Check(rule="site/duplicate-title", run=_duplicate_titles),
    Check(rule="site/untranslated", run=_untranslated),
    Check(rule="link/example", run=example_channels),
    Check(rule="support/unknown", run=unknown_names),
    Check(rule="support/public-channel", run=public_channels),
    Check(rule="support/untranslated", run=missing_texts),
)
