"""The search index of a build that goes on from the one of an earlier build.

Most changes of a site leave its index alone (a template, a colour, a redirect), or change what it says of a few articles.
So of each language's index is known what it was made of, document by document (`Indexed`); where it lies, it can be read
again (`EarlierIndex`). `index_again` gives the new index if that is the old one, or the old one revised.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Final

import msgspec

from helpgen.pipeline.stale import Difference
from helpgen.search.constants import INLINE_BYTES
from helpgen.search.document import Synonyms
from helpgen.search.errors import SearchIndexError
from helpgen.search.index import AnalysedDocument
from helpgen.search.revise import Revised, revise_index
from helpgen.search.shards import Ledger, Written
from helpgen.search.store import MANIFEST

# With more documents that have changed, most shards change too.
MOST_CHANGES: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Indexed:
    """What one language's index was made of: the digests of its `documents`, in the order of the ledger's keys, and that of
    its `synonyms`."""

    ledger: Ledger
    documents: tuple[str, ...]
    synonyms: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierIndex:
    """An index that lies somewhere: its files by `names`. `read` raises OSError or KeyError where one is not as it was."""

    indexed: Indexed
    names: Collection[str]
    read: Callable[[str], bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Again:
    """An index that goes on from an earlier one, and what of it is different."""

    written: Written
    different: Difference


def indexed_from(ledger: Ledger, documents: Mapping[str, str], synonyms: Synonyms) -> Indexed:
    """What an index was made of: the digest of each of the `documents` by its key."""
    return Indexed(
        ledger=ledger, documents=tuple(documents[key] for key in ledger.keys), synonyms=_synonyms_digest(synonyms)
    )


def index_again(
    earlier: EarlierIndex,
    documents: Mapping[str, str],
    synonyms: Synonyms,
    old: Callable[[str], AnalysedDocument | None],
    new: Callable[[str], AnalysedDocument],
) -> Again | None:
    """The index of these `documents` (digests by key), made from an earlier one; None if it must be made anew.

    `old` gives a document of the earlier index by its digest, if it is remembered; `new` one of the documents by its key.
    """
    indexed = earlier.indexed
    if tuple(sorted(documents)) != indexed.ledger.keys or _synonyms_digest(synonyms) != indexed.synonyms:
        return None
    known = zip(indexed.ledger.keys, indexed.documents, strict=True)
    changed = {key: digest for key, digest in known if documents[key] != digest}
    if len(changed) > MOST_CHANGES:
        return None
    changes: list[tuple[AnalysedDocument, AnalysedDocument]] = []
    for key, digest in changed.items():
        before = old(digest)
        if before is None:
            return None
        changes.append((before, new(key)))
    try:
        revised = (
            revise_index(earlier.read, indexed.ledger, changes, inline_bytes=INLINE_BYTES)
            if changes
            else Revised(files={}, gone=frozenset(), ledger=indexed.ledger)
        )
        if revised is None:
            return None
        kept = (name for name in earlier.names if name not in revised.gone and name not in revised.files)
        files = {**{name: earlier.read(name) for name in kept}, **revised.files}
        different = Difference(manifest=earlier.read(MANIFEST), files=revised.files, gone=revised.gone)
    except (OSError, KeyError, SearchIndexError):
        # Somebody has changed the files: they are made anew.
        return None
    return Again(written=Written(files=dict(sorted(files.items())), ledger=revised.ledger), different=different)


def _synonyms_digest(synonyms: Synonyms) -> str:
    return hashlib.sha256(msgspec.json.encode(synonyms, order="deterministic")).hexdigest()
