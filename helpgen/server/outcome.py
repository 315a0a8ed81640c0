"""What a build means for the preview: the files to show, which of them are drafts, which sources differ. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from helpgen.model.build import Build
from helpgen.model.page import ArticlePage
from helpgen.model.source import SourceFile
from helpgen.pipeline.memory import Mapped
from helpgen.pipeline.read import SiteFiles
from helpgen.pipeline.stages import IMAGE, PARSE
from helpgen.server.snapshot import Snapshot, errors_of
from helpgen.site.urls import output_path

# The name of the stage that `render_stage` makes for each look.
RENDER: Final = "render"


def snapshot_after(snapshot: Snapshot, build: Build, last: Mapping[str, Mapped]) -> Snapshot:
    """What to show after a build: its files, or, after an error, the old ones with the errors."""
    if not build.ok:
        return replace(snapshot, errors=errors_of(build.diagnostics))
    return Snapshot(files=build.files, drafts=drafts_of(last))


def snapshot_within(snapshot: Snapshot, good: Mapping[str, Mapped], last: Mapping[str, Mapped]) -> Snapshot | None:
    """The new pages among the files of the last good build, while the search index is still being made.

    None where a page may need a file that is not there yet: new pictures, styles or scripts.
    """
    if not good or good[RENDER].shared != last[RENDER].shared or good[IMAGE.name].results != last[IMAGE.name].results:
        return None
    stale, pages = pages_of(good[RENDER]), pages_of(last[RENDER])
    rest = {name: data for name, data in snapshot.files.items() if name not in stale}
    return Snapshot(files={**rest, **pages}, drafts=drafts_of(last))


def pages_of(rendered: Mapped) -> dict[str, bytes]:
    """The rendered pages by the name of their file."""
    return {
        output_path(page.url): outcome.value
        for page, outcome in zip(rendered.items, rendered.results, strict=True)
        if outcome.value is not None
    }


def drafts_of(last: Mapping[str, Mapped]) -> frozenset[str]:
    """The files that show an article which is a draft."""
    parsed, rendered = last.get(PARSE.name), last.get(RENDER)
    if parsed is None or rendered is None:
        return frozenset()
    articles = [outcome.value for outcome in parsed.results if outcome.value is not None]
    drafts = {article.key for article in articles if article.front.draft}
    return frozenset(
        output_path(page.url) for page in rendered.items if isinstance(page, ArticlePage) and page.key in drafts
    )


def differences(old: SiteFiles | None, new: SiteFiles) -> tuple[str, ...]:
    """The source files that differ, by name."""
    if old is None:
        return ()
    before, after = _by_path(old), _by_path(new)
    return tuple(sorted(path for path in before.keys() | after.keys() if before.get(path) != after.get(path)))


def _by_path(files: SiteFiles) -> dict[str, str]:
    every: list[SourceFile] = [*files.content, *([files.config] if files.config else [])]
    for theme in files.themes.values():
        every += theme
    return {file.path: file.digest for file in every}
