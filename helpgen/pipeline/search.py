"""The search indexes of a site: documents -> analysed documents (remembered, parallel) -> files.

Both backends are made of the same analysed documents.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

from helpgen.content.data import SynonymTable
from helpgen.model.site import Site
from helpgen.pipeline.stages import ANALYSE, WHOOSH
from helpgen.pipeline.whoosh import WhooshBatch
from helpgen.pipeline.workers import Runner
from helpgen.search.constants import INLINE_BYTES
from helpgen.search.document import Synonyms
from helpgen.search.index import analyse_document, build_index
from helpgen.search.revise import revise_index
from helpgen.search.shards import Ledger, write_index
from helpgen.site.search_documents import documents_of, search_documents
from helpgen.site.urls import INDEX_FOLDER


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchFiles:
    """`public` go with the site, `private` beside it; paths below either folder.

    `digests` are those by which a private index is recognised, by locale. `documents` is how many are indexed. `ledgers`
    are those of the public indexes, by locale, as they would be outside of a manifest.
    """

    public: dict[str, bytes] = field(default_factory=dict)
    private: dict[str, bytes] = field(default_factory=dict)
    digests: dict[str, str] = field(default_factory=dict)
    documents: int = 0
    ledgers: Mapping[str, Ledger] = field(default_factory=dict)


def build_search(site: Site, synonyms: Mapping[str, SynonymTable], run: Runner, *, private: bool = True) -> SearchFiles:
    """The indexes that the site's settings ask for, one a language; those for a server only if `private`."""
    public: dict[str, bytes] = {}
    beside: dict[str, bytes] = {}
    digests: dict[str, str] = {}
    ledgers: dict[str, Ledger] = {}
    count = 0
    for locale, documents in search_documents(site).items():
        count += len(documents)
        analysed = tuple(run.map(ANALYSE, documents, None))
        table = synonyms.get(locale, SynonymTable())
        known = Synonyms(
            two_way=table.two_way,
            one_way=tuple((word, other) for word, others in table.one_way.items() for other in others),
        )
        if "json" in site.config.backends:
            written = write_index(build_index(analysed, locale=locale), synonyms=known, inline_bytes=INLINE_BYTES)
            ledgers[locale] = written.ledger
            public |= {f"{INDEX_FOLDER}{locale}/{name}": data for name, data in written.files.items()}
        if "whoosh" in site.config.backends and private:
            (made,) = run.map(WHOOSH, [WhooshBatch(locale=locale, documents=analysed)], None)
            beside |= {f"{locale}/{name}": data for name, data in made.files.items()}
            digests[locale] = made.digest
    return SearchFiles(public=public, private=beside, digests=digests, documents=count, ledgers=ledgers)


@dataclass(frozen=True, slots=True, kw_only=True)
class RevisedSearch:
    """Public files that are new or different, paths that are gone, the ledgers of all indexes."""

    files: dict[str, bytes]
    gone: frozenset[str]
    ledgers: Mapping[str, Ledger]


def revise_search(
    read: Callable[[str], bytes], ledgers: Mapping[str, Ledger], before: Site, after: Site, paths: Collection[str]
) -> RevisedSearch | None:
    """The public indexes of `before`, whose files `read` gives by path, after the texts of articles at `paths` have changed.

    None where one must be written anew.
    """
    files: dict[str, bytes] = {}
    gone: set[str] = set()
    revised = dict(ledgers)
    old, new = documents_of(before, paths), documents_of(after, paths)
    for locale, ledger in ledgers.items():
        pairs = zip(old[locale], new[locale], strict=True)
        changes = [(analyse_document(one), analyse_document(other)) for one, other in pairs if one != other]
        if not changes:
            continue
        folder = f"{INDEX_FOLDER}{locale}/"
        found = revise_index(_below(folder, read), ledger, changes, inline_bytes=INLINE_BYTES)
        if found is None:
            return None
        files |= {folder + name: data for name, data in found.files.items()}
        gone |= {folder + name for name in found.gone}
        revised[locale] = found.ledger
    return RevisedSearch(files=files, gone=frozenset(gone), ledgers=revised)


def _below(folder: str, read: Callable[[str], bytes]) -> Callable[[str], bytes]:
    return lambda name: read(folder + name)


def as_scripts(public: Mapping[str, bytes]) -> dict[str, bytes]:
    """The public files of all languages as one script a language, for a site on a disk, where a page can fetch nothing.

    `search/data.zh.js` puts the texts of its files into `helpgenSearch.zh`, by their names.
    """
    tables: dict[str, dict[str, str]] = {}
    for path, data in sorted(public.items()):
        locale, _, name = path.removeprefix(INDEX_FOLDER).partition("/")
        tables.setdefault(locale, {})[name] = data.decode()
    return {
        f"{INDEX_FOLDER}data.{locale}.js": (
            f"(globalThis.helpgenSearch ??= {{}})[{json.dumps(locale)}] = {json.dumps(files, ensure_ascii=False)};\n"
        ).encode()
        for locale, files in tables.items()
    }
