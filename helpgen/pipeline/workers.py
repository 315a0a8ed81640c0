"""The one seam for memory and processes: `Runner.map(stage, items, shared)`, and `Runner.start` of the same.

`Inline` works here, `Workers` in other processes, `Memo` (see memo.py) answers what it knows and passes on the rest.

1. `start` begins the work and answers at once; results come in the order of the items, when they are asked for. So a stage
   can go on in other processes while this one does something else.
2. Items cross to another process as MessagePack, in chunks, a few chunks at a time: what waits takes no memory twice.
3. Results come back as the bytes that a memory would keep (`Made.data`). They become values when somebody needs these.
"""

from __future__ import annotations

import threading
import time
from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial
from threading import Lock
from types import TracebackType
from typing import Any, TypeVar

import msgspec

from helpgen.pipeline.pool import Pool, submit
from helpgen.pipeline.process import give_back_memory, stoppable
from helpgen.pipeline.programs import stop_with
from helpgen.pipeline.stage import Made, Stage

Item = TypeVar("Item")
Shared = TypeVar("Shared")
Result = TypeVar("Result")

# Starting a process costs about as much as this many articles.
WORTH_A_PROCESS = 300
# Items of a chunk: of a small batch so few that all processes end at the same time, of a large one so many that handing them
# over costs little.
_CHUNK = (24, 96)
_CHUNKS = 100
# Chunks of one batch that wait for a process, so that none has to wait for a chunk.
_AHEAD = 2


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


class Runner(ABC):
    """Whoever can apply a stage to many items."""

    report: Report

    @property
    def is_busy(self) -> bool:
        """Whether other processes work on a batch."""
        return False

    @abstractmethod
    def start(
        self, stage: Stage[Item, Shared, Result], items: Sequence[Item], shared: Shared
    ) -> Iterator[Made[Result]]:
        """Begin, where there are processes for it. The results come in the order of the items."""

    def map(self, stage: Stage[Item, Shared, Result], items: Sequence[Item], shared: Shared) -> list[Result]:
        """The results in the order of the items."""
        return [made.value for made in self.start(stage, items, shared)]

    def recall(self, stage: Stage[Item, Shared, Result], digest: bytes, shared: Shared) -> Result | None:  # noqa: ARG002
        """The result of the item with this `Stage.digest`, if it is remembered; nothing is made."""
        return None

    def rest(self) -> None:  # noqa: B027
        """No large batch comes soon: processes may end, and give their memory back."""


class Inline(Runner):
    """Everything in this process, when it is asked for."""

    def __init__(self, report: Report | None = None) -> None:
        self.report = report or silent()

    def start(
        self, stage: Stage[Item, Shared, Result], items: Sequence[Item], shared: Shared
    ) -> Iterator[Made[Result]]:
        for done, result in enumerate(stage.apply(items, shared), start=1):
            yield Made(stage, value=result)
            if done % 16 == 0 or done == len(items):
                self.report.progress(stage.name, done, len(items))


class WorkerDiedError(RuntimeError):
    """A worker process was killed, most likely because memory ran out."""


class Workers(Runner):
    """Large batches in `jobs` processes, small ones here. Processes start when the first large batch comes."""

    def __init__(self, jobs: int, report: Report | None = None) -> None:
        self.report = report or silent()
        self._jobs = jobs
        self._pool = Pool(jobs)
        self._threads: ThreadPoolExecutor | None = None
        self._stopping = threading.Event()
        self._open = 0

    def start(
        self, stage: Stage[Item, Shared, Result], items: Sequence[Item], shared: Shared
    ) -> Iterator[Made[Result]]:
        """Raises WorkerDiedError, naming an item, when a process ends before its work is done."""
        if self._jobs > 1 and stage.waits:
            return self._beside(stage, items, shared)
        if self._jobs < 2 or not stage.parallel:
            return Inline(self.report).start(stage, items, shared)
        if stage.stays is not None:
            return self._split(stage, stage.stays, items, shared)
        size = 1 if stage.large else min(max(len(items) // _CHUNKS, _CHUNK[0]), _CHUNK[1])
        if len(items) < (2 if stage.large else WORTH_A_PROCESS):
            return Inline(self.report).start(stage, items, shared)
        self._open += 1
        stream = _Stream(self._pool.executor(), stage, items, shared, size, self._jobs + _AHEAD)
        return self._collect(stage, stream, len(items))

    def _collect(self, stage: Stage[Item, Shared, Result], stream: _Stream, count: int) -> Iterator[Made[Result]]:
        done = 0
        while done < count:
            try:
                results = stream.take()
            except BrokenProcessPool as error:
                raise WorkerDiedError(f"a worker process died during {stage.name} near {stream.suspects}") from error
            done += len(results)
            if done >= count:
                self._open -= 1
            for data in results:
                yield Made(stage, data=data)
            self.report.progress(stage.name, done, count)

    @property
    def is_busy(self) -> bool:
        return self._open > 0

    def _split(
        self, stage: Stage[Item, Shared, Result], stays: Callable[[Item], bool], items: Sequence[Item], shared: Shared
    ) -> Iterator[Made[Result]]:
        """What stays is done at once, while the other processes begin: not beside a thread, for its bounds hold for both."""
        stay = [stays(item) for item in items]
        away = [item for item, here in zip(items, stay, strict=True) if not here]
        sent = self.start(replace(stage, stays=None), away, shared)
        results = list(stage.apply([item for item, here in zip(items, stay, strict=True) if here], shared))
        own = (Made(stage, value=result) for result in results)
        return (next(own if here else sent) for here in stay)

    def _beside(
        self, stage: Stage[Item, Shared, Result], items: Sequence[Item], shared: Shared
    ) -> Iterator[Made[Result]]:
        self._threads = self._threads or ThreadPoolExecutor(1, initializer=stop_with, initargs=(self._stopping,))
        futures = [self._threads.submit(stage.function, item, shared) for item in items]
        return (Made(stage, value=future.result()) for future in futures)

    def rest(self) -> None:
        """End the processes; the next large batch starts others."""
        self._pool.end()
        # Of a batch that went wrong not all results are taken.
        self._open = 0

    def close(self) -> None:
        """End everything that was started."""
        self.rest()
        threads, self._threads = self._threads, None
        if threads is not None:
            threads.shutdown(cancel_futures=True)

    def stop(self) -> None:
        """End everything that was started in the middle of its work: nobody wants the results, nor anything else after them."""
        self._stopping.set()
        self._pool.stop()
        self.close()

    def __enter__(self) -> Workers:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self.close()
        else:
            self.stop()


@dataclass(frozen=True, slots=True)
class _Chunk:
    """The results of a chunk; `stopped` if one of its items went beyond its bounds, so that later ones are not tried."""

    results: list[bytes]
    stopped: bool


class _Stream:
    """The chunks of one batch: so many in flight, the next one sent when one is done; results taken in order.

    `suspects` are some names of the chunk that was taken last, or that could not be.
    """

    def __init__(
        self,
        executor: ProcessPoolExecutor,
        stage: Stage[Any, Any, Any],
        items: Sequence[Any],
        shared: Any,
        size: int,
        most: int,
    ) -> None:
        self._size = size
        # Whether a result is known is asked here; there only the work is done.
        self._stage = replace(stage, key=None, shared_key=None, stays=None, with_published=None)
        # An item is let go as soon as it is sent: those of a `large` stage are a good part of the memory.
        self._items: list[Any] = list(items)
        self._names: deque[str] = deque()
        self.suspects = ""
        self._executor, self._most = executor, most
        self._context = msgspec.msgpack.encode(shared)
        # Never held while the pool is called: that has a lock of its own, which it holds while it tells of a dead process.
        self._lock = Lock()
        self._sent = 0
        self._active = 0
        self._stopped: Callable[[Any], Any] | None = None
        self._made: deque[Future[_Chunk]] = deque()
        self._send()

    def take(self) -> list[bytes]:
        """The results of the next chunk. Raises BrokenProcessPool when a process has died."""
        if not self._made:
            self._send()
        with self._lock:
            made = self._made.popleft()
            self.suspects = self._names.popleft()
        return made.result().results

    def _send(self) -> None:
        """Send chunks until enough are in flight. Where one cannot be sent, the one who takes the results is told why."""
        while (chosen := self._choose()) is not None:
            made, items = chosen
            if self._stopped is not None:
                self._finish(made, _Chunk([self._stage.encode_result(self._stopped(item)) for item in items], False))
                continue
            try:
                sent = submit(self._executor, _work, self._stage, msgspec.msgpack.encode(items), self._context)
            except Exception as error:
                made.set_exception(error)
                return
            sent.add_done_callback(partial(self._go_on, made))

    def _choose(self) -> tuple[Future[_Chunk], list[Any]] | None:
        """The items of the next chunk, and what will be made of them; None while no more is to be sent."""
        with self._lock:
            if self._sent >= len(self._items) or self._active >= self._most:
                return None
            items = self._items[self._sent : self._sent + self._size]
            self._items[self._sent : self._sent + self._size] = [None] * len(items)
            self._sent += self._size
            self._active += 1
            made: Future[_Chunk] = Future()
            self._made.append(made)
            self._names.append(", ".join(map(_name, items[:3])))
        return made, items

    def _finish(self, made: Future[_Chunk], chunk: _Chunk) -> None:
        with self._lock:
            self._active -= 1
            if chunk.stopped:
                self._stopped = self._stage.skip
        made.set_result(chunk)

    def _go_on(self, made: Future[_Chunk], sent: Future[_Chunk]) -> None:
        """In the pool's own thread, or at once. After a failure nothing more is sent."""
        if sent.cancelled():
            made.cancel()
            return
        error = sent.exception()
        if error is not None:
            made.set_exception(error)
            return
        self._finish(made, sent.result())
        self._send()


def _name(item: object) -> str:
    return str(getattr(item, "path", "") or getattr(item, "key", "") or type(item).__name__)


def _work(stage: Stage[Any, Any, Any], chunk: bytes, context: bytes) -> _Chunk:
    """In the other process: decode, apply, encode."""
    with stoppable():
        shared = _shared(context, stage.shared_type)
        items = msgspec.msgpack.decode(chunk, type=list[stage.item_type])  # type: ignore[name-defined]
        results = list(stage.apply(items, shared))
        stopped = stage.skip is not None and stage.lasts is not None and not all(map(stage.lasts, results))
        encoded = [stage.encode_result(result) for result in results]
        if stage.large:
            del items, results
            give_back_memory()
    return _Chunk(encoded, stopped)


@lru_cache(maxsize=4)
def _shared(context: bytes, kind: Any) -> Any:
    """What all chunks of a batch share is decoded once."""
    return msgspec.msgpack.decode(context, type=kind)
