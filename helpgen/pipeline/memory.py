"""Earlier results within one process: for the preview, which builds the same site again and again.

The law is that of `memo.py` (a result is known by the digest of everything it was made from), without the disk and
without decoding: the values themselves are kept, and values are never changed. What the last builds did not use is
forgotten, so that an afternoon of writing does not fill the memory.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from helpgen.pipeline.stage import Made, Stage, entry_key
from helpgen.pipeline.workers import Report, Runner

Item = TypeVar("Item")
Shared = TypeVar("Shared")
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapped:
    """One call of `map`: what went in, what came out."""

    items: Sequence[Any]
    shared: Any
    results: Sequence[Any]


class Memory(Runner):
    """A runner that answers what it knows and passes on the rest.

    `last` holds the latest `map` of each stage of this build, by the stage's name: what the preview asks about a build
    beyond its files (which pages show drafts). `before` is called with the name of each stage before its `map`: by
    then the stages that came earlier are in `last`, and can be shown while the later ones go on.
    """

    def __init__(self, inner: Runner, before: Callable[[str], None] = lambda _stage: None) -> None:
        self._inner = inner
        self._tell = before
        self._known: dict[bytes, Any] = {}
        self._before: dict[bytes, Any] = {}
        self.hits: dict[str, tuple[int, int]] = {}
        self.last: dict[str, Mapped] = {}

    @property
    def report(self) -> Report:
        return self._inner.report

    @report.setter
    def report(self, report: Report) -> None:
        self._inner.report = report

    def start(
        self, stage: Stage[Item, Shared, Result], items: Sequence[Item], shared: Shared
    ) -> Iterator[Made[Result]]:
        """As `Runner.start`, but all of it is done at once: what is shown early must be there early."""
        if not stage.remembered:
            return self._inner.start(stage, items, shared)
        return (Made(stage, value=result) for result in self.map(stage, items, shared))

    def map(self, stage: Stage[Item, Shared, Result], items: Sequence[Item], shared: Shared) -> list[Result]:
        """As `Runner.map`; only items without a known result are passed on."""
        if not stage.remembered:
            return self._inner.map(stage, items, shared)
        self._tell(stage.name)
        base = _base(stage, shared)
        keys = [entry_key(base, stage.digest(item)) for item in items]
        missing = [index for index, key in enumerate(keys) if not self._find(key)]
        made = self._inner.map(stage, [items[index] for index in missing], shared)
        fresh = dict(zip((keys[index] for index in missing), made, strict=True))
        self._known.update((key, result) for key, result in fresh.items() if stage.lasts is None or stage.lasts(result))
        known, total = self.hits.get(stage.name, (0, 0))
        self.hits[stage.name] = (known + len(items) - len(missing), total + len(items))
        results: list[Result] = [fresh[key] if key in fresh else self._known[key] for key in keys]
        self.last[stage.name] = Mapped(items=items, shared=shared, results=results)
        return results

    def recall(self, stage: Stage[Item, Shared, Result], digest: bytes, shared: Shared) -> Result | None:
        """The result of one item, by its digest, if this build or the last one used it."""
        key = entry_key(_base(stage, shared), digest)
        return self._known[key] if self._find(key) else self._inner.recall(stage, digest, shared)

    def next_build(self, *, keep: bool = False) -> None:
        """Call between builds: counts anew, and forgets what neither of the last two used.

        `keep` after a build that failed: it did not come to all its stages, so what it left out is not yet stale.
        """
        self.hits = {}
        self.last = {}
        if keep:
            self._known = {**self._before, **self._known}
        self._before, self._known = self._known, {}

    def _find(self, key: bytes) -> bool:
        if key not in self._known and key in self._before:
            self._known[key] = self._before[key]
        return key in self._known


def _base(stage: Stage[Item, Shared, Result], shared: Shared) -> bytes:
    """What the keys of a stage's items begin with."""
    return hashlib.sha256(stage.name.encode() + b"\0" + stage.identify_shared(shared)).digest()
