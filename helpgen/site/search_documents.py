"""Site -> what the search index is made of: one document an article, per language of the site."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from helpgen.model.site import Entry, LocaleSite, Shelf, Site
from helpgen.search.document import SearchDocument, Section


def search_documents(site: Site) -> dict[str, tuple[SearchDocument, ...]]:
    """The documents by locale code, in reading order. Untranslated articles are in, marked by their own locale."""
    return {part.locale: _documents(part) for part in site.locales}


def documents_of(site: Site, paths: Collection[str]) -> dict[str, tuple[SearchDocument, ...]]:
    """Those of `search_documents` that are made of the articles at these paths."""
    return {part.locale: _documents(part, paths) for part in site.locales}


def _documents(part: LocaleSite, paths: Collection[str] | None = None) -> tuple[SearchDocument, ...]:
    documents = [
        _document(entry, shelves) for entry, shelves in _placed(part) if paths is None or entry.article.path in paths
    ]
    return tuple(document for document in documents if document is not None)


def _placed(part: LocaleSite) -> Iterator[tuple[Entry, tuple[Shelf, ...]]]:
    """Every entry with the shelves that it stands on, in reading order."""
    for shelf in part.shelves:
        yield from ((entry, (shelf,)) for entry in shelf.entries)
        for section in shelf.sections:
            yield from ((entry, (shelf, section)) for entry in section.entries)
    yield from ((entry, ()) for entry in part.loose)


def _document(entry: Entry, shelves: tuple[Shelf, ...]) -> SearchDocument | None:
    article = entry.article
    if article.front.search_exclude:
        return None
    sections = [Section(anchor=p.anchor, heading=p.heading, text=p.text) for p in article.body.passages]
    if not sections or sections[0].anchor:
        sections.insert(0, Section(anchor="", heading="", text=""))
    if article.front.summary:
        # The summary is the first thing a reader sees, so it can be found and quoted like the text.
        lead = sections[0]
        sections[0] = Section(anchor="", heading="", text=f"{article.front.summary}\n{lead.text}".strip())
    return SearchDocument(
        key=article.key,
        locale=article.locale,
        url=entry.url,
        title=article.front.title,
        path=tuple(shelf.category.title for shelf in shelves),
        sections=tuple(sections),
        questions=article.front.questions,
        keywords=article.front.keywords,
        platforms=article.front.platforms,
        boost=article.front.search_boost,
        kind="faq" if article.front.type == "faq" else "article",
    )
