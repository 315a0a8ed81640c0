"""Earlier results within one process: for the preview, which builds the same site again and again.

The law is that of `memo.py` (a result is known by the digest of everything it was made from), without the disk and
without decoding: the values themselves are kept, and values are never changed. What the last builds did not use is
forgotten, so that an afternoon of writing does not fill the memory.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from helpgen.pipeline.workers import Report, Runner, Stage

Item = TypeVar("Item")
Shared = TypeVar("Shared")
Result = TypeVar("Result")


class Memory:
    """A runner that answers what it knows and passes on the rest.

    `last` holds the items and results of the latest `map` of each stage, by the stage's name: what the preview asks
    about a build beyond its files (which pages show drafts).
    """

    def __init__(self, inner: Runner) -> None:
        self._inner = inner
        self._known: dict[bytes, Any] = {}
        self._before: dict[bytes, Any] = {}
        self.hits: dict[str, tuple[int, int]] = {}
        self.last: dict[str, tuple[Sequence[Any], Sequence[Any]]] = {}

    @property
    def report(self) -> Report:
        return self._inner.report

    @report.setter
    def report(self, report: Report) -> None:
        self._inner.report = report

    def map(self, stage: Stage[Item, Shared, Result], items: Sequence[Item], shared: Shared) -> list[Result]:
        """As `Runner.map`; only items without a known result are passed on."""
        base = hashlib.sha256(stage.name.encode() + b"\0" + stage.identify_shared(shared)).digest()
        keys = [hashlib.sha256(base + stage.identify(item)).digest() for item in items]
        missing = [index for index, key in enumerate(keys) if not self._find(key)]
        made = self._inner.map(stage, [items[index] for index in missing], shared)
        for index, result in zip(missing, made, strict=True):
            self._known[keys[index]] = result
        known, total = self.hits.get(stage.name, (0, 0))
        self.hits[stage.name] = (known + len(items) - len(missing), total + len(items))
        results: list[Result] = [self._known[key] for key in keys]
        self.last[stage.name] = (items, results)
        return results

    def next_build(self) -> Mapping[str, tuple[int, int]]:
        """Call between builds: forgets what neither of the last two used, and counts anew. Gives the old counts."""
        hits, self.hits = self.hits, {}
        self._before, self._known = self._known, {}
        self.last = {}
        return hits

    def _find(self, key: bytes) -> bool:
        if key not in self._known and key in self._before:
            self._known[key] = self._before[key]
        return key in self._known
