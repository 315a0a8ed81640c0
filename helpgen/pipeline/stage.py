"""A stage of the pipeline, as a memory and other processes know it, and what it makes of an item."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Generic, TypeVar

import msgspec

from helpgen.pipeline.bounds import Bounds, OverrunError, bounded

Item = TypeVar("Item")
Shared = TypeVar("Shared")
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Stage(Generic[Item, Shared, Result]):
    """A pure function with what is needed to remember it or to run it elsewhere.

    - `key` gives the bytes that identify an item (by default its canonical JSON), `shared_key` those of what all items share.
    - `parallel` is false for stages so cheap that sending the values would cost more. A stage with few and `large` items has
      a process for each; one that `waits` for another program has a thread.
    - Items for which `stays` is true are few and of another type than `item_type`: they are done in this process.
    - What is not `remembered` is cheaper to make than to keep.
    - Where a result has the bytes of a file of the site, `published` gives them and `with_published` puts others (None: none)
      in their place. A memory keeps the rest and their digest, and has them of the site that was published last.
    - `bounds` gives what one item may cost; what costs more has the result of `overrun(item, shared, error)`. With `skip`,
      what comes after such an item in the same batch is not tried and has the result of `skip(item)`. No memory may keep
      either: another machine, or another day, could do it, so `lasts` is false of them.
    """

    name: str
    function: Callable[[Item, Shared], Result]
    item_type: Any
    shared_type: Any
    result_type: Any
    key: Callable[[Item], bytes] | None = None
    shared_key: Callable[[Shared], bytes] | None = None
    parallel: bool = True
    large: bool = False
    waits: bool = False
    remembered: bool = True
    published: Callable[[Result], bytes | None] | None = None
    with_published: Callable[[Result, bytes | None], Result] | None = None
    stays: Callable[[Item], bool] | None = None
    bounds: Callable[[Shared], Bounds] | None = None
    overrun: Callable[[Item, Shared, OverrunError], Result] | None = None
    skip: Callable[[Item], Result] | None = None
    lasts: Callable[[Result], bool] | None = None

    def apply(self, items: Sequence[Item], shared: Shared) -> Iterator[Result]:
        """The results of a batch, one after the other, each within the bounds of the stage."""
        if self.bounds is None or self.overrun is None:
            yield from (self.function(item, shared) for item in items)
            return
        stopped = False
        with bounded(self.bounds(shared)) as within:
            for item in items:
                if stopped and self.skip is not None:
                    yield self.skip(item)
                    continue
                try:
                    yield within.do(partial(self.function, item, shared))
                except OverrunError as error:
                    stopped = True
                    yield self.overrun(item, shared, error)

    def identify(self, item: Item) -> bytes:
        return self.key(item) if self.key else msgspec.json.encode(item, order="deterministic")

    def digest(self, item: Item) -> bytes:
        """The digest by which a memory knows an item."""
        return hashlib.sha256(self.identify(item)).digest()

    def identify_shared(self, shared: Shared) -> bytes:
        return self.shared_key(shared) if self.shared_key else msgspec.json.encode(shared, order="deterministic")

    @property
    def is_kept_whole(self) -> bool:
        """Whether a memory keeps all of a result."""
        return self.remembered and self.published is None

    def encode_result(self, result: Result) -> bytes:
        """JSON, as a memory keeps it; MessagePack for what goes no further than the next process."""
        return msgspec.json.encode(result) if self.is_kept_whole else msgspec.msgpack.encode(result)

    def decode_result(self, data: bytes) -> Result:
        """Raises ValueError (msgspec's errors are of this kind) if the data are not such a result."""
        decode = msgspec.json.decode if self.is_kept_whole else msgspec.msgpack.decode
        result: Result = decode(data, type=self.result_type)
        return result


def entry_key(base: bytes, digest: bytes) -> bytes:
    """Under which a memory has the result of an item: `base` stands for the stage and what all items share."""
    return hashlib.sha256(base + digest).digest()


class Made(Generic[Result]):
    """A result, as a value or as the bytes of `Stage.encode_result`; the other one is made when it is asked for."""

    __slots__ = ("_data", "_stage", "_value")

    def __init__(
        self, stage: Stage[Any, Any, Result], *, value: Result | None = None, data: bytes | None = None
    ) -> None:
        self._stage, self._value, self._data = stage, value, data

    @property
    def is_here(self) -> bool:
        """Whether the result is in memory; if not, asking for it reads it from the disk."""
        return True

    @property
    def value(self) -> Result:
        if self._value is None:
            assert self._data is not None
            self._value = self._stage.decode_result(self._data)
        return self._value

    @property
    def data(self) -> bytes:
        if self._data is None:
            assert self._value is not None
            self._data = self._stage.encode_result(self._value)
        return self._data
