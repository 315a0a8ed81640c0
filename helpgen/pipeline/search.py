"""The search indexes of a site: documents -> analysed documents (remembered, parallel) -> files.

Both backends are made of the same analysed documents. An index goes on from that of an earlier build where it can (`indexed.py`).
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace

from helpgen.content.data import SynonymTable
from helpgen.model.site import Site
from helpgen.pipeline.indexed import Again, EarlierIndex, Indexed, index_again, indexed_from
from helpgen.pipeline.stage import Made
from helpgen.pipeline.stages import ANALYSE, INDEX, WHOOSH, IndexBatch
from helpgen.pipeline.stale import Difference
from helpgen.pipeline.whoosh import WhooshBatch
from helpgen.pipeline.workers import Runner
from helpgen.search.constants import INLINE_BYTES
from helpgen.search.document import SearchDocument, Synonyms
from helpgen.search.index import AnalysedDocument, analyse_document
from helpgen.search.revise import revise_index
from helpgen.search.shards import Written
from helpgen.site.search_documents import documents_of, search_documents
from helpgen.site.urls import INDEX_FOLDER


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchFiles:
    """`public` go with the site, `private` beside it; paths below either folder.

    `digests` are those by which a private index is recognised, by locale. `documents` is how many are indexed. `indexed`
    is what the public indexes were made of, by locale; `different` is what they have otherwise than those of an earlier
    build, where they go on from these.
    """

    public: dict[str, bytes] = field(default_factory=dict)
    private: dict[str, bytes] = field(default_factory=dict)
    digests: dict[str, str] = field(default_factory=dict)
    documents: int = 0
    indexed: Mapping[str, Indexed] = field(default_factory=dict)
    different: Mapping[str, Difference] = field(default_factory=dict)


class SearchWork:
    """The indexes that the site's settings ask for, one a language; those for a server only if `private`.

    Made in three steps, each of which goes on in other processes while the caller does something else: the analysis
    begins at once, `begin_indexes` waits for it, and `finish` for the indexes. `documents` are what is indexed, by locale.
    `earlier` are the indexes of an earlier build.
    """

    def __init__(
        self,
        site: Site,
        synonyms: Mapping[str, SynonymTable],
        run: Runner,
        earlier: Mapping[str, EarlierIndex],
        *,
        private: bool = True,
    ) -> None:
        self._site, self._run, self._earlier = site, run, earlier
        self._synonyms = {part.locale: _synonyms(synonyms.get(part.locale)) for part in site.locales}
        self._private = private and "whoosh" in site.config.backends
        self.documents = search_documents(site)
        self._analysed = {locale: run.start(ANALYSE, found, None) for locale, found in self.documents.items()}
        self._digests: dict[str, dict[str, str]] = {}
        self._encoded: dict[str, tuple[bytes, ...]] = {}
        self._again: dict[str, Again] = {}
        self._indexes: Iterator[Made[Written]] = iter(())

    def begin_indexes(self) -> None:
        """Begin the indexes as soon as the analysis is done."""
        self._encoded = {code: tuple(made.data for made in found) for code, found in self._analysed.items()}
        if "json" in self._site.config.backends:
            self._digests = {
                code: {document.key: ANALYSE.digest(document).hex() for document in documents}
                for code, documents in self.documents.items()
            }
            found = {code: self._index_again(code, earlier) for code, earlier in self._earlier.items()}
            self._again = {code: again for code, again in found.items() if again is not None}
            batches = [
                IndexBatch(locale=code, documents=documents, synonyms=self._synonyms[code])
                for code, documents in self._encoded.items()
                if code not in self._again
            ]
            self._indexes = self._run.start(INDEX, batches, None)
        if not self._private:
            # Only the index of a server is made of them once more.
            self._encoded = dict.fromkeys(self._encoded, ())

    def _index_again(self, locale: str, earlier: EarlierIndex) -> Again | None:
        if locale not in self.documents:
            return None
        places = {document.key: place for place, document in enumerate(self.documents[locale])}

        def old(digest: str) -> AnalysedDocument | None:
            return self._run.recall(ANALYSE, bytes.fromhex(digest), None)

        def new(key: str) -> AnalysedDocument:
            return ANALYSE.decode_result(self._encoded[locale][places[key]])

        return index_again(earlier, self._digests[locale], self._synonyms[locale], old, new)

    def finish(self) -> SearchFiles:
        """All files."""
        public: dict[str, bytes] = {}
        beside: dict[str, bytes] = {}
        digests: dict[str, str] = {}
        indexed: dict[str, Indexed] = {}
        for locale, made_from in self._digests.items():
            index = self._again[locale].written if locale in self._again else next(self._indexes).value
            indexed[locale] = indexed_from(index.ledger, made_from, self._synonyms[locale])
            public |= {f"{INDEX_FOLDER}{locale}/{name}": data for name, data in index.files.items()}
        for locale, documents in self._encoded.items() if self._private else ():
            analysed = tuple(map(ANALYSE.decode_result, documents))
            (made,) = self._run.map(WHOOSH, [WhooshBatch(locale=locale, documents=analysed)], None)
            beside |= {f"{locale}/{name}": data for name, data in made.files.items()}
            digests[locale] = made.digest
        different = {locale: again.different for locale, again in self._again.items()}
        # What made the files may go.
        self._encoded, self._again, self._indexes = {}, {}, iter(())
        count = sum(map(len, self.documents.values()))
        return SearchFiles(
            public=public, private=beside, digests=digests, documents=count, indexed=indexed, different=different
        )


def build_search(site: Site, synonyms: Mapping[str, SynonymTable], run: Runner, *, private: bool = True) -> SearchFiles:
    """All steps of `SearchWork` at once."""
    work = SearchWork(site, synonyms, run, {}, private=private)
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
    """Public files that are new or different, paths that are gone, what all indexes are made of now, and the documents
    that are new in them."""

    files: dict[str, bytes]
    gone: frozenset[str]
    indexed: Mapping[str, Indexed]
    documents: tuple[tuple[SearchDocument, AnalysedDocument], ...]


def revise_search(
    read: Callable[[str], bytes], indexed: Mapping[str, Indexed], before: Site, after: Site, paths: Collection[str]
) -> RevisedSearch | None:
    """The public indexes of `before`, whose files `read` gives by path, after the texts of articles at `paths` have changed.

    None where one must be written anew.
    """
    files: dict[str, bytes] = {}
    gone: set[str] = set()
    revised = dict(indexed)
    documents: list[tuple[SearchDocument, AnalysedDocument]] = []
    old, new = documents_of(before, paths), documents_of(after, paths)
    for locale, known in indexed.items():
        changed = [(one, other) for one, other in zip(old[locale], new[locale], strict=True) if one != other]
        if not changed:
            continue
        folder = f"{INDEX_FOLDER}{locale}/"
        changes = [(analyse_document(one), analyse_document(other)) for one, other in changed]
        found = revise_index(below(folder, read), known.ledger, changes, inline_bytes=INLINE_BYTES)
        if found is None:
            return None
        documents += [(document, new) for (_, document), (_, new) in zip(changed, changes, strict=True)]
        files |= {folder + name: data for name, data in found.files.items()}
        gone |= {folder + name for name in found.gone}
        digests = list(known.documents)
        for _, document in changed:
            digests[bisect_left(known.ledger.keys, document.key)] = ANALYSE.digest(document).hex()
        revised[locale] = replace(known, ledger=found.ledger, documents=tuple(digests))
    return RevisedSearch(files=files, gone=frozenset(gone), indexed=revised, documents=tuple(documents))


def below(folder: str, read: Callable[[str], bytes]) -> Callable[[str], bytes]:
    """What reads files below a folder by their names, given what reads them by their paths."""
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
