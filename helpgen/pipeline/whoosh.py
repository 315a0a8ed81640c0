"""A Whoosh index as a stage of the build: documents of one locale -> files, remembered like everything else."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from helpgen.search.index import AnalysedDocument


@dataclass(frozen=True, slots=True, kw_only=True)
class WhooshBatch:
    """The documents of one locale."""

    locale: str
    documents: tuple[AnalysedDocument, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WhooshFiles:
    """The files of one locale's index by name, and the digest by which `open_whoosh` recognises them."""

    files: dict[str, bytes]
    digest: str


def make_whoosh(batch: WhooshBatch, _shared: None) -> WhooshFiles:
    """The index of one locale."""
    # Whoosh takes a tenth of a second to load, and most sites have no such index.
    from helpgen.search.whoosh_index import DIGESTS, whoosh_files

    files = whoosh_files(batch.documents, locale=batch.locale)
    return WhooshFiles(files=files, digest=hashlib.sha256(files[DIGESTS]).hexdigest())
