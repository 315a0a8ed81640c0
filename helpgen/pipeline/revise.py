"""A build that goes on from another one, because only texts of articles have changed. Pure.

1. `revise`: which articles have other bytes, and whether anything but their text is different: another setting, another
   file, another face (`site/face.py`) of an article, and it is no revision but a build.
2. Their bodies are joined with the site as it was, their own pages rendered, their own problems found anew.
3. What others see of them is as it was, so everything else of the earlier build stands.
4. `follow`: the search index, in which their documents are other ones.

Whatever comes of it is, to the byte, what a whole build would make; tests/pipeline/test_revise.py compares them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from helpgen.model.article import Article
from helpgen.model.build import Build
from helpgen.model.diagnostic import Diagnostic, Outcome, with_severities
from helpgen.model.page import ArticlePage
from helpgen.model.site import Entry, LocaleSite, Shelf, Site
from helpgen.model.source import SourceFile
from helpgen.pipeline.build import Made, Whole
from helpgen.pipeline.read import SiteFiles
from helpgen.pipeline.search import RevisedSearch, revise_search
from helpgen.pipeline.stages import PARSE, render_stage
from helpgen.pipeline.standing import MOST_TEXTS
from helpgen.pipeline.workers import Inline
from helpgen.site.face import face_of
from helpgen.site.headers import policy_of
from helpgen.site.links import resolve_body
from helpgen.site.pages import revise_article
from helpgen.site.urls import output_path


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """What became of the articles at `paths`: the site with them, their pages by file, all problems of the site.

    `ok` is false where one of the problems is an error.
    """

    whole: Whole
    paths: frozenset[str]
    pages: Mapping[str, bytes]
    diagnostics: tuple[Diagnostic, ...]

    @property
    def ok(self) -> bool:
        return not any(diagnostic.severity == "error" for diagnostic in self.diagnostics)


def revise(whole: Whole, build: Build, files: SiteFiles) -> Revision | None:
    """`build` was made of `whole`; None where files differ from it in more than the texts of a few articles."""
    changed = _changed_articles(whole, files)
    if changed is None:
        return None
    revision = revise_articles(whole, build.files.__getitem__, build.diagnostics, changed)
    return replace(revision, whole=replace(revision.whole, files=files)) if revision is not None else None


def revise_articles(
    whole: Whole, read: Callable[[str], bytes], diagnostics: Sequence[Diagnostic], changed: Sequence[SourceFile]
) -> Revision | None:
    """The same where it is known which files have `changed`; `read` gives the files that were built, by path, and
    `diagnostics` are what was found in them."""
    parsed: dict[str, Outcome[Article]] = {}
    for file, after in zip(changed, Inline().map(PARSE, changed, whole.rules), strict=True):
        before = whole.parsed[file.path]
        if before.value is None or after.value is None or face_of(before.value) != face_of(after.value):
            return None
        parsed[file.path] = after
    articles = {path: outcome.value for path, outcome in parsed.items() if outcome.value is not None}
    entries = list(_revised_entries(whole, articles))
    pages = {entry.url: _page(whole, entry) for entry in entries}
    rendered = _render(pages, whole, read)
    if rendered is None:
        return None
    site = _with_entries(whole.site, entries)
    old = {path: whole.parsed[path] for path in articles}
    stale = set(with_severities(_own_problems(old, whole), site.config.checks))
    kept = [diagnostic for diagnostic in diagnostics if diagnostic not in stale]
    return Revision(
        whole=replace(whole, parsed={**whole.parsed, **parsed}, site=site, pages={**whole.pages, **pages}),
        paths=frozenset(articles),
        pages=rendered,
        diagnostics=with_severities([*kept, *_own_problems(parsed, whole)], site.config.checks),
    )


def follow(revision: Revision, whole: Whole, build: Build) -> Made | None:
    """The whole build after a revision of `build`, with its search index; None where that must be written anew."""
    search = revise_search(build.files.__getitem__, whole.indexed, whole.site, revision.whole.site, revision.paths)
    if search is None:
        return None
    kept = {name: data for name, data in build.files.items() if name not in search.gone}
    stats = replace(build.stats, index_bytes=_index_bytes(build, search))
    files = {**kept, **revision.pages, **search.files}
    return Made(
        build=replace(build, files=files, diagnostics=revision.diagnostics, stats=stats),
        whole=replace(revision.whole, indexed=search.indexed),
    )


def _index_bytes(build: Build, search: RevisedSearch) -> int:
    less = sum(len(build.files[name]) for name in {*search.gone, *search.files} if name in build.files)
    return build.stats.index_bytes - less + sum(map(len, search.files.values()))


def _changed_articles(whole: Whole, files: SiteFiles) -> list[SourceFile] | None:
    before = whole.files
    if (before.config, before.themes, before.diagnostics) != (files.config, files.themes, files.diagnostics):
        return None
    if len(before.content) != len(files.content):
        return None
    changed = [new for old, new in zip(before.content, files.content, strict=True) if old is not new and old != new]
    paths_stand = all(old.path == new.path for old, new in zip(before.content, files.content, strict=True))
    known = all(file.path in whole.parsed for file in changed)
    return changed if paths_stand and known and len(changed) <= MOST_TEXTS else None


def _revised_entries(whole: Whole, articles: Mapping[str, Article]) -> Iterator[Entry]:
    """The entries of these articles in every language in which they are shown, with their new bodies."""
    for part in whole.site.locales:
        for entry in part.entries:
            article = articles.get(entry.article.path)
            if article is not None:
                html, _ = resolve_body(article, entry.url, part.locale, whole.links)
                yield replace(entry, article=article, html=html)


def _page(whole: Whole, entry: Entry) -> ArticlePage:
    page = whole.pages[entry.url]
    assert isinstance(page, ArticlePage)
    return revise_article(page, entry, whole.site.config)


def _render(pages: Mapping[str, ArticlePage], whole: Whole, read: Callable[[str], bytes]) -> dict[str, bytes] | None:
    """The pages by file; None if one goes wrong, or has another policy, which would change the file of headers."""
    rendered: dict[str, bytes] = {}
    stage = render_stage(whole.look, whole.rules.limits)
    for url, outcome in zip(pages, Inline().map(stage, list(pages.values()), whole.look), strict=True):
        name = output_path(url)
        if outcome.value is None:
            return None
        rendered[name] = outcome.value
        if policy_of(rendered[name]) != policy_of(read(name)):
            return None
    return rendered


def _with_entries(site: Site, revised: Sequence[Entry]) -> Site:
    """The site with these entries in the places of those with the same address."""
    by_url = {entry.url: entry for entry in revised}

    def entries(old: tuple[Entry, ...]) -> tuple[Entry, ...]:
        return tuple(by_url.get(entry.url, entry) for entry in old) if any(e.url in by_url for e in old) else old

    def shelf(old: Shelf) -> Shelf:
        if not any(entry.url in by_url for entry in old.all_entries):
            return old
        return replace(old, entries=entries(old.entries), sections=tuple(shelf(section) for section in old.sections))

    def part(old: LocaleSite) -> LocaleSite:
        return replace(old, shelves=tuple(map(shelf, old.shelves)), loose=entries(old.loose))

    return replace(site, locales=tuple(map(part, site.locales)))


def _own_problems(parsed: Mapping[str, Outcome[Article]], whole: Whole) -> list[Diagnostic]:
    """What was found in the text of these articles: by reading them, and by resolving their references."""
    found = [diagnostic for outcome in parsed.values() for diagnostic in outcome.diagnostics]
    for part in whole.site.locales:
        for entry in part.entries:
            outcome = parsed.get(entry.article.path)
            if outcome is not None and outcome.value is not None and entry.translated:
                found.extend(resolve_body(outcome.value, entry.url, part.locale, whole.links)[1])
    return found
