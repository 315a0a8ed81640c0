"""The search indexes of a site: documents -> analysed documents (remembered, parallel) -> files.

Both backends are made of the same analysed documents.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from helpgen.content.data import SynonymTable
from helpgen.model.site import Site
from helpgen.pipeline.stages import ANALYSE, WHOOSH
from helpgen.pipeline.whoosh import WhooshBatch
from helpgen.pipeline.workers import Runner
from helpgen.search.document import Synonyms
from helpgen.search.index import build_index
from helpgen.search.shards import write_shards
from helpgen.site.search_documents import search_documents
from helpgen.site.urls import INDEX_FOLDER


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchFiles:
    """`public` go with the site, `private` beside it; paths below either folder.

    `digests` are those by which a private index is recognised, by locale. `documents` is how many are indexed.
    """

    public: dict[str, bytes] = field(default_factory=dict)
    private: dict[str, bytes] = field(default_factory=dict)
    digests: dict[str, str] = field(default_factory=dict)
    documents: int = 0


def build_search(site: Site, synonyms: Mapping[str, SynonymTable], run: Runner, *, private: bool = True) -> SearchFiles:
    """The indexes that the site's settings ask for, one a language; those for a server only if `private`."""
    public: dict[str, bytes] = {}
    beside: dict[str, bytes] = {}
    digests: dict[str, str] = {}
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
            for name, data in write_shards(build_index(analysed, locale=locale), synonyms=known).items():
                public[f"{INDEX_FOLDER}{locale}/{name}"] = data
        if "whoosh" in site.config.backends and private:
            (made,) = run.map(WHOOSH, [WhooshBatch(locale=locale, documents=analysed)], None)
            beside |= {f"{locale}/{name}": data for name, data in made.files.items()}
            digests[locale] = made.digest
    return SearchFiles(public=public, private=beside, digests=digests, documents=count)


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
