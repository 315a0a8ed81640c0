"""Which files of an index are new after a revision, and which are gone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from helpgen.search.shards import digest_of, digest_share
from helpgen.search.store import Store

# A shard as it was, by its number, or its new content.
Shard = int | bytes


class RevisedFiles:
    """Which files are new and which are gone, against those that the store reads."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.new: dict[str, bytes] = {}
        self.gone: set[str] = set()
        self.growth = 0

    def has(self, name: str) -> bool:
        """Whether there was such a file."""
        try:
            self.store.read(name)
        except (KeyError, FileNotFoundError):
            return False
        return True

    def put(self, name: str, data: bytes) -> None:
        """A file of a name that stays; its content may be another."""
        before = self.store.read(name)
        if data != before:
            self.new[name] = data
            self.growth += len(data) - len(before)

    def add(self, name: str, data: bytes) -> None:
        self.new[name] = data
        self.growth += len(data)

    def drop(self, name: str) -> None:
        self.gone.add(name)
        self.growth -= len(self.store.read(name))

    def name(self, kinds: Mapping[str, Sequence[Shard]], share_before: int) -> tuple[int, dict[str, str]]:
        """Name all shards by the digests of their neighbourhoods; `share` and `digests` of the manifest."""
        share = digest_share(kinds)
        digests = {
            kind: "".join(self._name_kind(kind, list(shards), share, share_before)) for kind, shards in kinds.items()
        }
        return share, digests

    def _name_kind(self, kind: str, shards: list[Shard], share: int, share_before: int) -> Iterator[str]:
        before = self.store.manifest.shards[kind]
        after: dict[str, Shard] = {}
        for start in range(0, len(shards), share):
            group = shards[start : start + share]
            stays = share == share_before and group == list(range(start, min(start + share, len(before))))
            digest = _digest_in(before[start]) if stays else digest_of([self._content(kind, one) for one in group])
            yield digest
            after |= {f"{kind}/{start + n}-{digest}.json": one for n, one in enumerate(group)}
        for number, name in enumerate(before):
            if name not in after:
                self.drop(name)
            elif after[name] != number:
                self.put(name, self._content(kind, after[name]))
        for name in after.keys() - set(before):
            self.add(name, self._content(kind, after[name]))

    def _content(self, kind: str, shard: Shard) -> bytes:
        return shard if isinstance(shard, bytes) else self.store.read(self.store.manifest.shards[kind][shard])


def _digest_in(name: str) -> str:
    return name.rpartition(".")[0].partition("-")[2]
