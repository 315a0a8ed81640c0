"""The one seam for memory and processes: `Runner.map(stage, items, shared)`.

`Inline` works here, `Workers` in other processes, `Memo` (see memo.py) answers what it knows and passes on the rest.
Values cross to another process as data (MessagePack), in chunks; results come back in the order of the items.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from multiprocessing import get_context
from types import TracebackType
from typing import Any, Generic, Protocol, TypeVar

import msgspec

from helpgen.pipeline.bounds import Bounds, OverrunError, bounded

Item = TypeVar("Item")
Shared = TypeVar("Shared")
Result = TypeVar("Result")
_ItemC = TypeVar("_ItemC")
_SharedC = TypeVar("_SharedC")
_ResultC = TypeVar("_ResultC")

# Starting a process costs about as much as this many articles.
WORTH_A_PROCESS = 96
_CHUNK = 24


def _always(_result: object) -> bool:
    """No lambda: a stage is sent to other processes by the names of its functions."""
    return True


@dataclass(frozen=True, slots=True)
class Stage(Generic[Item, Shared, Result]):
    """A pure function with what is needed to remember it or to run it elsewhere.

    `key` gives the bytes that identify an item (by default its canonical JSON), `shared_key` those of what all items
    share. `parallel` is false for stages so cheap that sending the values would cost more. `bounds` gives what one item
    may cost; what costs more has the result of `overrun(item, shared, error)`. With `skip`, what comes after such an item
    in the same batch is not tried and has the result of `skip(item)`. No memory may keep either: another machine, or
    another day, could do it, so `lasts` is false of them.
    """

    name: str
    function: Callable[[Item, Shared], Result]
    item_type: Any
    shared_type: Any
    result_type: Any
    key: Callable[[Item], bytes] | None = None
    shared_key: Callable[[Shared], bytes] | None = None
    parallel: bool = True
    bounds: Callable[[Shared], Bounds] | None = None
    overrun: Callable[[Item, Shared, OverrunError], Result] | None = None
    skip: Callable[[Item], Result] | None = None
    lasts: Callable[[Result], bool] = _always

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

    def identify_shared(self, shared: Shared) -> bytes:
        return self.shared_key(shared) if self.shared_key else msgspec.json.encode(shared, order="deterministic")

    def encode_result(self, result: Result) -> bytes:
        return msgspec.json.encode(result)

    def decode_result(self, data: bytes) -> Result:
        """Raises ValueError (msgspec's errors are of this kind) if the data are not such a result."""
        result: Result = msgspec.json.decode(data, type=self.result_type)
        return result


@dataclass(slots=True)
class Report:
    """What a run tells while it goes on: seconds by step, and progress within one."""

    seconds: dict[str, float] = field(default_factory=dict)
    progress: Callable[[str, int, int], None] = lambda _step, _done, _total: None

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Time one step of the build."""
        started = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[name] = self.seconds.get(name, 0.0) + time.perf_counter() - started


def silent() -> Report:
    """A report that nobody reads."""
    return Report()


class Runner(Protocol):
    """Whoever can apply a stage to many items."""

    report: Report

    def map(self, stage: Stage[Item, Shared, Result], items: Sequence[Item], shared: Shared) -> list[Result]:
        """The results in the order of the items."""


class Inline:
    """Everything in this process."""

    def __init__(self, report: Report | None = None) -> None:
        self.report = report or silent()

    def map(self, stage: Stage[Item, Shared, Result], items: Sequence[Item], shared: Shared) -> list[Result]:
        results = []
        for done, result in enumerate(stage.apply(items, shared), start=1):
            results.append(result)
            if done % 16 == 0 or done == len(items):
                self.report.progress(stage.name, done, len(items))
        return results


class WorkerDiedError(RuntimeError):
    """A worker process was killed, most likely because memory ran out."""


class Workers:
    """Large batches in `jobs` processes, small ones here. Processes start when the first large batch comes."""

    def __init__(self, jobs: int, report: Report | None = None) -> None:
        self.report = report or silent()
        self._jobs = jobs
        self._pool: ProcessPoolExecutor | None = None

    def map(self, stage: Stage[Item, Shared, Result], items: Sequence[Item], shared: Shared) -> list[Result]:
        """Raises WorkerDiedError, naming an item, when a process ends before its work is done."""
        if self._jobs < 2 or not stage.parallel or len(items) < WORTH_A_PROCESS:
            return Inline(self.report).map(stage, items, shared)
        pool = self._start()
        context = msgspec.msgpack.encode(shared)
        futures: list[Future[bytes]] = []
        for start in range(0, len(items), _CHUNK):
            chunk = msgspec.msgpack.encode(list(items[start : start + _CHUNK]))
            futures.append(pool.submit(_work, stage, chunk, context))
        results: list[Result] = []
        decoder = msgspec.msgpack.Decoder(list[stage.result_type])  # type: ignore[name-defined]
        for index, future in enumerate(futures):
            try:
                results.extend(decoder.decode(future.result()))
            except BrokenProcessPool as error:
                self._pool = None
                suspects = ", ".join(_name(item) for item in items[index * _CHUNK : (index + 1) * _CHUNK][:3])
                raise WorkerDiedError(f"a worker process died during {stage.name} near {suspects}") from error
            self.report.progress(stage.name, len(results), len(items))
        return results

    def close(self) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None

    def __enter__(self) -> Workers:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _start(self) -> ProcessPoolExecutor:
        if self._pool is None:
            # spawn: a fork of a program with threads (the preview server) may hang.
            self._pool = ProcessPoolExecutor(self._jobs, mp_context=get_context("spawn"))
        return self._pool


def _name(item: object) -> str:
    return str(getattr(item, "path", "") or getattr(item, "key", "") or type(item).__name__)


def _work(stage: Stage[Any, Any, Any], chunk: bytes, context: bytes) -> bytes:
    """In the other process: decode, apply, encode."""
    shared = msgspec.msgpack.decode(context, type=stage.shared_type)
    items = msgspec.msgpack.decode(chunk, type=list[stage.item_type])  # type: ignore[name-defined]
    return msgspec.msgpack.encode(list(stage.apply(items, shared)))
