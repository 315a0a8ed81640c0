"""The stages that may be remembered or run in another process, by name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

import msgspec

from helpgen.content.images import parse_image
from helpgen.content.parse import ArticleRules, parse_article
from helpgen.model.article import Article
from helpgen.model.config import Limits
from helpgen.model.diagnostic import Outcome, problem
from helpgen.model.location import Location
from helpgen.model.media import Image
from helpgen.model.page import ArticlePage, Page
from helpgen.model.source import SourceFile
from helpgen.pipeline.bounds import Bounds, OverrunError
from helpgen.pipeline.stage import Stage
from helpgen.pipeline.whoosh import WhooshBatch, WhooshFiles, make_whoosh
from helpgen.search.constants import INLINE_BYTES
from helpgen.search.document import SearchDocument, Synonyms
from helpgen.search.index import AnalysedDocument, analyse_document, build_index
from helpgen.search.shards import Written, cut_sections, write_index
from helpgen.site.kinship import Named, related_articles
from helpgen.theme.closure import NamedTemplate, ReadTemplate, read_template
from helpgen.theme.render import TOO_COSTLY, explain_stop, page_digest, render_page, template_of
from helpgen.theme.values import Look

_COSTLY: Final = "file/too-costly"


def _file_key(file: SourceFile) -> bytes:
    return f"{file.path}\0{file.digest}".encode()


def _article_bounds(rules: ArticleRules) -> Bounds:
    limits = rules.limits
    names = ("limits.article_seconds", "limits.article_megabytes")
    return Bounds(seconds=limits.article_seconds, megabytes=limits.article_megabytes, names=names)


def _too_costly(file: SourceFile, _rules: ArticleRules, error: OverrunError) -> Outcome[Article]:
    message, hint = f"reading the article {error}", "split it, or raise the limit in helpgen.yaml"
    return Outcome(value=None, diagnostics=(problem(_COSTLY, Location(path=file.path), message, hint=hint),))


def _lasts(outcome: Outcome[Article]) -> bool:
    return all(diagnostic.rule != _COSTLY for diagnostic in outcome.diagnostics)


def _page_bounds(limits: Limits, _look: Look) -> Bounds:
    names = ("limits.page_seconds", "limits.page_megabytes")
    return Bounds(seconds=limits.page_seconds, megabytes=limits.page_megabytes, names=names)


def _render(page: Page, look: Look) -> Outcome[bytes]:
    """A page as the bytes of its file."""
    outcome = render_page(page, look)
    return Outcome(value=None if outcome.value is None else outcome.value.encode(), diagnostics=outcome.diagnostics)


def _page_file(outcome: Outcome[bytes]) -> bytes | None:
    return outcome.value


def _with_page_file(outcome: Outcome[bytes], data: bytes | None) -> Outcome[bytes]:
    return Outcome(value=data, diagnostics=outcome.diagnostics)


def _page_too_costly(page: Page, look: Look, error: OverrunError) -> Outcome[bytes]:
    return Outcome(value=None, diagnostics=(explain_stop(page, look, str(error), error.__cause__ or error),))


def _not_tried(_page: Page) -> Outcome[bytes]:
    """A template that does not end would not end for the other pages either, and nobody would wait for them all."""
    return Outcome(value=None)


def _page_lasts(outcome: Outcome[bytes]) -> bool:
    return outcome.value is not None or any(diagnostic.rule != TOO_COSTLY for diagnostic in outcome.diagnostics)


def _analyse(document: SearchDocument, _shared: None) -> AnalysedDocument:
    return analyse_document(document)


def _relate(articles: tuple[Named, ...], _shared: None) -> dict[str, tuple[str, ...]]:
    return related_articles(articles)


def _read_template(template: NamedTemplate, _shared: None) -> ReadTemplate:
    return read_template(template)


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexBatch:
    """The documents of one locale, as the memory keeps them, and its synonyms."""

    locale: str
    documents: tuple[bytes, ...]
    synonyms: Synonyms


def make_index(batch: IndexBatch, _shared: None) -> Written:
    """The files of one locale's index."""
    # Of a text no more is written than its excerpt: so only that much of all texts is in memory at once.
    documents = map(ANALYSE.decode_result, batch.documents)
    index = build_index((replace(one, sections=cut_sections(one)) for one in documents), locale=batch.locale)
    return write_index(index, synonyms=batch.synonyms, inline_bytes=INLINE_BYTES)


PARSE: Final = Stage(
    name="parse",
    function=parse_article,
    item_type=SourceFile,
    shared_type=ArticleRules,
    result_type=Outcome[Article],
    key=_file_key,
    bounds=_article_bounds,
    overrun=_too_costly,
    lasts=_lasts,
)

IMAGE: Final = Stage(
    name="images",
    function=parse_image,
    item_type=SourceFile,
    shared_type=Limits,
    result_type=Outcome[Image],
    key=_file_key,
    parallel=False,
)

ANALYSE: Final = Stage(
    name="analyse",
    function=_analyse,
    item_type=SearchDocument,
    shared_type=None,
    result_type=AnalysedDocument,
)

TEMPLATE: Final = Stage(
    name="templates",
    function=_read_template,
    item_type=NamedTemplate,
    shared_type=None,
    result_type=ReadTemplate,
    parallel=False,
)

RELATED: Final = Stage(
    name="related",
    function=_relate,
    item_type=tuple[Named, ...],
    shared_type=None,
    result_type=dict[str, tuple[str, ...]],
    parallel=False,
)

WHOOSH: Final = Stage(
    name="whoosh",
    function=make_whoosh,
    item_type=WhooshBatch,
    shared_type=None,
    result_type=WhooshFiles,
    parallel=False,
)


INDEX: Final = Stage(
    name="index",
    function=make_index,
    item_type=IndexBatch,
    shared_type=None,
    result_type=Written,
    large=True,
    remembered=False,
)


def render_stage(look: Look, limits: Limits) -> Stage[Page, Look, Outcome[bytes]]:
    """Rendering with one look. A page's key is its view and what its template uses of the look, not the whole look."""
    return Stage(
        name="render",
        function=_render,
        item_type=ArticlePage,
        shared_type=Look,
        result_type=Outcome[bytes],
        published=_page_file,
        with_published=_with_page_file,
        key=_page_key(look),
        shared_key=lambda _look: b"",
        stays=lambda page: not isinstance(page, ArticlePage),
        bounds=partial(_page_bounds, limits),
        overrun=_page_too_costly,
        skip=_not_tried,
        lasts=_page_lasts,
    )


def _page_key(look: Look) -> Callable[[Page], bytes]:
    digests: dict[tuple[str, str], bytes] = {}

    def key(page: Page) -> bytes:
        locale = getattr(page, "locale", "") or getattr(page, "site").locale  # noqa: B009
        kind = (template_of(page), locale)
        if kind not in digests:
            digests[kind] = page_digest(page, look).encode()
        return digests[kind] + msgspec.json.encode(page, order="deterministic")

    return key
