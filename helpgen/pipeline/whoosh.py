"""A Whoosh index as bytes: made in a temporary folder, because Whoosh writes only to one, and read back."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

from helpgen.search.index import AnalysedDocument
from helpgen.search.whoosh_index import write_whoosh


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
    with tempfile.TemporaryDirectory(prefix="helpgen-whoosh-") as name:
        folder = Path(name)
        digest = write_whoosh(batch.documents, folder, locale=batch.locale)
        files = {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}
    return WhooshFiles(files=files, digest=digest)
