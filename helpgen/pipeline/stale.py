"""Which answers of a search may be others, now that a few files of its index are others.

An answer depends on the manifest and on the files that were read for it. A term that is new in a file may also be one that
the question would have found there, at the edge of what it read: so the neighbours of what it read count too.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

from helpgen.pipeline.canaries import Answer
from helpgen.search.store import MANIFEST

# What the manifest says of files; all else of it bears on every answer.
_OF_FILES: Final = frozenset({"generation", "terms", "parts", "digests"})
_SHARD: Final = re.compile(r"(\w+)/(\d+)-[\w-]+\.json")


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What of one language's index is different: its `manifest` as it was, the files that are new, the names that are gone.

    Without a new file nothing is different.
    """

    manifest: bytes
    files: Mapping[str, bytes]
    gone: Collection[str]


class Stale:
    """What of an index is not as it was."""

    def __init__(self, difference: Difference) -> None:
        self._whole = False
        self._names: set[str] = set()
        self._shards: set[tuple[str, int]] = set()
        if not difference.files:
            return
        old, new = (json.loads(text) for text in (difference.manifest, difference.files[MANIFEST]))
        self._whole = {k: v for k, v in old.items() if k not in _OF_FILES} != {
            k: v for k, v in new.items() if k not in _OF_FILES
        }
        names = {*difference.files, *difference.gone} - {MANIFEST}
        self._names = {name for name in names if not _SHARD.fullmatch(name)}
        self._shards = {
            (found[1], int(found[2]) + side)
            for found in map(_SHARD.fullmatch, names)
            if found is not None
            for side in (-1, 0, 1)
        }

    def touches(self, answer: Answer) -> bool:
        """Whether the answer may be another one."""
        if self._whole:
            return True
        if not self._names and not self._shards:
            return False
        if answer.reads is None:
            return True
        shards = {(found[1], int(found[2])) for found in map(_SHARD.fullmatch, answer.reads) if found is not None}
        return not self._shards.isdisjoint(shards) or not self._names.isdisjoint(answer.reads)
