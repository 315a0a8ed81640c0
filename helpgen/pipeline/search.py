"""The search indexes of a site: documents -> analysed documents (remembered, parallel) -> files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from helpgen.content.data import SynonymTable
from helpgen.model.site import Site
from helpgen.pipeline.stages import ANALYSE
from helpgen.pipeline.workers import Runner
from helpgen.search.index import build_index
from helpgen.search.shards import write_shards
from helpgen.site.search_documents import search_documents
from helpgen.site.urls import INDEX_FOLDER


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchFiles:
    """`public` go with the site, `private` beside it; paths below either folder. `documents` is how many are indexed."""

    public: dict[str, bytes] = field(default_factory=dict)
    private: dict[str, bytes] = field(default_factory=dict)
    documents: int = 0


def build_search(site: Site, synonyms: Mapping[str, SynonymTable], run: Runner) -> SearchFiles:
    """The indexes that the site's settings ask for, one a language."""
    public: dict[str, bytes] = {}
    count = 0
    for locale, documents in search_documents(site).items():
        count += len(documents)
        if "json" in site.config.backends:
            analysed = run.map(ANALYSE, documents, None)
            for name, data in write_shards(build_index(analysed, locale=locale)).items():
                public[f"{INDEX_FOLDER}{locale}/{name}"] = data
    return SearchFiles(public=public, documents=count)
