"""A proof of the search goes on from an earlier one: only questions whose answers may be different are asked again.

An answer depends on the manifest and on the files that were read for it. A term that is new in a file may also be one that
the question would have found there, at the edge of what it read: so the neighbours of what it read count too.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from helpgen.model.build import SearchProof
from helpgen.pipeline.canaries import ask_all
from helpgen.pipeline.proof import SAMPLE_SECONDS, Asked, Proven, judge, misses
from helpgen.search.store import MANIFEST

# What the manifest says of files; all else of it bears on every answer.
_OF_FILES: Final = frozenset({"generation", "terms", "parts", "digests"})
_SHARD: Final = re.compile(r"(\w+)/(\d+)-[\w-]+\.json")


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """The index of one language as it is in `folder`, and what is different now: the new files, the names that are gone."""

    folder: Path
    files: Mapping[str, bytes]
    gone: Collection[str]


def prove_again(
    asked: tuple[Asked, ...],
    before: SearchProof,
    different: Mapping[str, Difference],
    scripts: Mapping[str, bytes],
    askers: int,
) -> Proven | None:
    """The proof of the indexes that are `different` in these languages; None where it takes all documents to judge."""
    stale = {code: _Stale(difference) for code, difference in different.items()}
    places = [
        place
        for place, one in enumerate(asked)
        if one.answer is not None and one.question.locale in stale and stale[one.question.locale].touches(one)
    ]
    files = {code: difference.files for code, difference in different.items()}
    folders = {code: difference.folder for code, difference in different.items()}
    questions = [asked[place].question for place in places]
    answers = ask_all(files, questions, scripts, SAMPLE_SECONDS, folders, askers=askers) if questions else None
    known = list(asked)
    for place, answer in zip(places, answers.answers if answers else (), strict=True):
        known[place] = one = replace(asked[place], answer=answer)
        if misses(one) and one.common is None:
            return None
    note, by = (answers.note, answers.by) if answers else (before.note, before.by)
    return judge(tuple(known), total=before.total, by=by, note=note)


class _Stale:
    """What of an index is not as it was."""

    def __init__(self, difference: Difference) -> None:
        old, new = (json.loads(text) for text in (_read(difference.folder), difference.files[MANIFEST]))
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

    def touches(self, one: Asked) -> bool:
        """Whether the answer may be another one."""
        assert one.answer is not None
        if self._whole or one.answer.reads is None:
            return True
        shards = {(found[1], int(found[2])) for found in map(_SHARD.fullmatch, one.answer.reads) if found is not None}
        return not self._shards.isdisjoint(shards) or not self._names.isdisjoint(one.answer.reads)


def _read(folder: Path) -> bytes:
    return (folder / MANIFEST).read_bytes()
