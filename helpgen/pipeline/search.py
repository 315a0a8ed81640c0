"""The search indexes of a site: documents -> analysed documents (remembered, parallel) -> files.

Both backends are made of the same analysed documents.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field

from helpgen.content.data import SynonymTable
from helpgen.model.site import Site
from helpgen.pipeline.stages import ANALYSE, INDEX, WHOOSH, IndexBatch
from helpgen.pipeline.whoosh import WhooshBatch
from helpgen.pipeline.workers import Made, Runner
from helpgen.search.constants import INLINE_BYTES
from helpgen.search.document import Synonyms
from helpgen.search.index import analyse_document
from helpgen.search.revise import revise_index
from helpgen.search.shards import Ledger, Written
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


class SearchWork:
    """The indexes that the site's settings ask for, one a language; those for a server only if `private`.

    Made in three steps, each of which goes on in other processes while the caller does something else: the analysis
    begins at once, `begin_indexes` waits for it, and `finish` for the indexes. `documents` are what is indexed, by locale.
    """

    def __init__(self, site: Site, synonyms: Mapping[str, SynonymTable], run: Runner, *, private: bool = True) -> None:
        self._site, self._synonyms, self._run = site, synonyms, run
        self._private = private and "whoosh" in site.config.backends
        self.documents = search_documents(site)
        self._analysed = {locale: run.start(ANALYSE, found, None) for locale, found in self.documents.items()}
        self._encoded: dict[str, tuple[bytes, ...]] = {}
        self._indexes: Iterator[Made[Written]] = iter(())

    def begin_indexes(self) -> None:
        """Begin the indexes as soon as the analysis is done."""
        self._encoded = {code: tuple(made.data for made in found) for code, found in self._analysed.items()}
        if "json" in self._site.config.backends:
            batches = [
                IndexBatch(locale=code, documents=documents, synonyms=_synonyms(self._synonyms.get(code)))
                for code, documents in self._encoded.items()
            ]
            self._indexes = self._run.start(INDEX, batches, None)
        if not self._private:
            # Only the index of a server is made of them once more.
            self._encoded = dict.fromkeys(self._encoded, ())

    def finish(self) -> SearchFiles:
        """All files."""
        public: dict[str, bytes] = {}
        beside: dict[str, bytes] = {}
        digests: dict[str, str] = {}
        ledgers: dict[str, Ledger] = {}
        for locale, index in zip(self._encoded, self._indexes, strict=False):
            ledgers[locale] = index.value.ledger
            public |= {f"{INDEX_FOLDER}{locale}/{name}": data for name, data in index.value.files.items()}
        for locale, documents in self._encoded.items() if self._private else ():
            analysed = tuple(map(ANALYSE.decode_result, documents))
            (made,) = self._run.map(WHOOSH, [WhooshBatch(locale=locale, documents=analysed)], None)
            beside |= {f"{locale}/{name}": data for name, data in made.files.items()}
            digests[locale] = made.digest
        # What made the files may go.
        self._encoded, self._indexes = {}, iter(())
        count = sum(map(len, self.documents.values()))
        return SearchFiles(public=public, private=beside, digests=digests, documents=count, ledgers=ledgers)


def build_search(site: Site, synonyms: Mapping[str, SynonymTable], run: Runner, *, private: bool = True) -> SearchFiles:
    """All steps of `SearchWork` at once."""
    work = SearchWork(site, synonyms, run, private=private)
    work.begin_indexes()
    return work.finish()


def _synonyms(table: SynonymTable | None) -> Synonyms:
    known = table or SynonymTable()
    return Synonyms(
        two_way=known.two_way,
        one_way=tuple((word, other) for word, others in known.one_way.items() for other in others),
    )


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
