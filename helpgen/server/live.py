"""Rebuild as files change, and keep the last good build.

1. Build; while nothing changes, wait.
2. Read what has changed; if it is as it was (an editor only touched it), wait on.
3. Where only texts of articles are different, their own pages are made and shown at once (`pipeline/revise.py`).
4. Else build with everything warm. When the pages are there, the browsers get them, before the search index is made.
5. The terminal is told next, then the search index follows, unless there is a new change; it will follow that one.
   When all is quiet, the disk's memory is written.
6. After an error the last good files stay; only the problems are new.
"""

from __future__ import annotations

import signal
import threading
import time
import traceback
from collections.abc import Callable, Mapping
from concurrent.futures import CancelledError
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, TypeVar

from helpgen.model.build import Build, BuildStats
from helpgen.model.diagnostic import Diagnostic, problem
from helpgen.model.location import Location
from helpgen.pipeline.build import NOTHING, Made, Whole, earlier_of, make_site
from helpgen.pipeline.memo import Memo
from helpgen.pipeline.memory import Mapped, Memory
from helpgen.pipeline.options import BuildOptions
from helpgen.pipeline.programs import StoppedError
from helpgen.pipeline.read import (
    SiteFiles,
    builtin_themes,
    read_again,
    read_search_client,
    read_site,
    read_support_client,
)
from helpgen.pipeline.revise import Revision, follow, revise
from helpgen.pipeline.stages import ANALYSE
from helpgen.pipeline.standing import MOST_TEXTS
from helpgen.pipeline.workers import Report, Runner, WorkerDiedError, Workers
from helpgen.server.outcome import differences, snapshot_after, snapshot_within
from helpgen.server.snapshot import Snapshot, changed_pages, errors_of
from helpgen.server.watch import Watch

Result = TypeVar("Result")

_QUIET_SECONDS: Final = 1.0
# How long an empty text is taken for one that is just being written.
_HALF_WRITTEN_SECONDS: Final = 0.15
# How long the search index waits for the browsers to load what they have been told of: both want the processor.
_BROWSERS_FIRST_SECONDS: Final = 0.15
_ENOUGH_TRACE: Final = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What is previewed, and how. `cache` is the folder of the disk's memory, None for none."""

    site: Path
    base_url: str
    drafts: bool = True
    jobs: int = 1
    cache: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rebuilt:
    """One build of the preview, for the terminal: `sources` changed, `pages` show something else than before.

    `seconds` passed from reading the files to showing the pages.
    `new` are the diagnostics that the build before did not have. `bug` is the trace of a failure of our own.
    """

    first: bool
    sources: tuple[str, ...]
    pages: tuple[str, ...]
    styles: bool
    seconds: float
    build: Build | None
    new: tuple[Diagnostic, ...] = ()
    bug: str = ""


class Live:
    """The builder's side of the preview. `run` belongs to a thread of its own."""

    def __init__(
        self,
        options: Options,
        show: Callable[[Snapshot], None],
        tell: Callable[[Rebuilt], None],
        progress: Callable[[str, int, int], None],
    ) -> None:
        self._options = options
        self._show = show
        self._tell = tell
        self._progress = progress
        self._stop = threading.Event()
        self._watch = Watch(options.site, [builtin_themes()], self._stop)
        self._workers: Workers | None = None
        self._files: SiteFiles | None = None
        self._snapshot = Snapshot(files={})
        self._good: Mapping[str, Mapped] = {}
        self._made: Made | None = None
        self._pending: Revision | None = None
        self._bug = ""
        self._failed = False
        self._presented = 0.0
        self._diagnostics: frozenset[Diagnostic] = frozenset()

    def stop(self) -> None:
        """End `run` soon, also in the middle of a build. May be called from any thread."""
        self._stop.set()
        self._watch.nudge()
        workers = self._workers
        if workers is not None:
            workers.stop()

    def run(self) -> None:
        """Build and rebuild until `stop`."""
        # Inherited by worker processes: Ctrl-C is for this process, which ends them in an orderly way.
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        self._watch.start()
        try:
            with ExitStack() as stack:
                self._workers = stack.enter_context(Workers(self._options.jobs, Report()))
                memo = stack.enter_context(Memo(self._options.cache, self._workers)) if self._options.cache else None
                self._loop(memo or self._workers, memo)
        except (StoppedError, CancelledError):
            return

    def _loop(self, inner: Runner, memo: Memo | None) -> None:
        memory = Memory(inner, before=lambda stage: self._show_early(memory) if stage == ANALYSE.name else None)
        memory.report = Report(progress=self._on_progress)
        options = BuildOptions(
            drafts=self._options.drafts,
            base_url=self._options.base_url,
            search_client=read_search_client(),
            support_client=read_support_client(),
            preview=True,
        )
        self._build(memory, options, None)
        unsaved = True
        while not self._stop.is_set():
            if self._watch.wait(_QUIET_SECONDS):
                unsaved = self._build(memory, options, self._watch.take()) or unsaved
            elif unsaved:
                # Only now: nobody should wait for the disk to see what they wrote.
                unsaved = False
                if memo is not None:
                    memo.save(prune=not self._failed)
                if self._workers is not None:
                    # Single edits are made here; the processes of the first build need not wait for another such.
                    self._workers.close()

    def _build(self, memory: Memory, options: BuildOptions, paths: frozenset[str] | None) -> bool:
        """Build if the files differ from those of the last build; tells whether they did.

        `paths` are the files that have changed, None if that is not known.
        """
        started, self._presented = time.perf_counter(), 0.0
        try:
            files = self._read(paths)
        except OSError as error:
            # The folder itself is gone or closed to us; a single file that cannot be read is a diagnostic.
            place = Location(path=str(error.filename or self._options.site))
            self._present(replace(self._snapshot, errors=(problem("file/unreadable", place, str(error.strerror)),)))
            return False
        if self._is_half_written(files) and self._watch.peek(_HALF_WRITTEN_SECONDS):
            self._watch.note(paths)
            return False
        made_whole = False
        if files != self._files:
            before, self._files = self._files, files
            revision = self._attempt(lambda made, whole: revise(whole, made.build, files))
            self._pending = revision if revision is not None and revision.ok else None
            if revision is not None:
                self._show_revision(revision, started, before)
            else:
                self._build_whole(memory, options, started, before)
                made_whole = True
        if self._pending is not None and not self._watch.peek(_BROWSERS_FIRST_SECONDS):
            made_whole = self._follow(self._pending, memory, options) or made_whole
        return made_whole

    def _is_half_written(self, files: SiteFiles) -> bool:
        """Whether a text is empty that was not: many editors empty a file, and then write it."""
        empty = {file.path for file in files.content if not file.data}
        return bool(empty) and self._files is not None and any(f.data and f.path in empty for f in self._files.content)

    def _read(self, paths: frozenset[str] | None) -> SiteFiles:
        # So many changes are a checkout, of which the watch may not have seen all.
        again = None
        if paths is not None and self._files is not None and len(paths) <= MOST_TEXTS:
            again = read_again(self._options.site.resolve(), self._files, paths)
        return again or read_site(self._options.site)

    def _attempt(self, work: Callable[[Made, Whole], Result | None]) -> Result | None:
        """Go on from the last good build; None if that is not possible, and the whole site must be built."""
        if self._made is None or self._made.whole is None:
            return None
        try:
            return work(self._made, self._made.whole)
        except Exception:
            # A bug of ours; the whole build that follows is right without this.
            self._bug = traceback.format_exc()
            return None

    def _show_revision(self, revision: Revision, started: float, before: SiteFiles | None) -> None:
        """Show the pages of a revision, and tell of them."""
        assert self._made is not None
        shown, build = self._snapshot.files, replace(self._made.build, diagnostics=revision.diagnostics)
        if revision.ok:
            # Of the last build, not of what is shown: an earlier revision may have been taken back.
            files = {**self._made.build.files, **revision.pages}
            self._present(replace(self._snapshot, files=files, errors=()))
        else:
            self._present(replace(self._snapshot, errors=errors_of(revision.diagnostics)))
        pages = sorted(name for name, page in self._snapshot.files.items() if page is not shown.get(name))
        self._report(build, started, before, pages=tuple(name for name in pages if name.endswith(".html")))

    def _follow(self, revision: Revision, memory: Memory, options: BuildOptions) -> bool:
        """Bring the search index up to the pages that are shown; tells whether that took a whole build."""
        self._pending = None
        made = self._attempt(lambda made, whole: follow(revision, whole, made.build))
        if made is None:
            self._build_whole(memory, options)
            return True
        self._made = made
        self._present(replace(self._snapshot, files=made.build.files))
        return False

    def _build_whole(
        self, memory: Memory, options: BuildOptions, started: float = 0.0, before: SiteFiles | None = None
    ) -> None:
        """Build the whole site, and tell of it if it was `started` by a change or has failed."""
        assert self._files is not None
        memory.next_build(keep=self._failed)
        shown = self._snapshot.files
        build, bug, self._bug, lacking = None, self._bug, "", False
        try:
            made = make_site(self._files, memory, options, earlier_of(self._made) if self._made else NOTHING)
            build = made.build
            self._present(snapshot_after(self._snapshot, build, memory.last))
        except (StoppedError, CancelledError):
            raise
        except Exception as error:
            if self._stop.is_set():
                # Its workers were ended.
                raise StoppedError from error
            # The preview outlives it; it is shown where the editor looks.
            if isinstance(error, WorkerDiedError | MemoryError):
                lacking = True
                fault = _out_of_memory(error)
                build = Build(files={}, diagnostics=(fault,), stats=BuildStats())
            else:
                bug = traceback.format_exc()
                fault = _our_fault(error)
            self._present(replace(self._snapshot, errors=(fault,)))
        self._failed = build is None or not build.ok
        if not self._failed:
            self._good, self._made = memory.last, made
        if started or bug or lacking:
            pages, styles = changed_pages(shown, self._snapshot.files)
            self._report(build, started or self._presented, before, pages=tuple(pages), styles=styles, bug=bug)

    def _report(
        self,
        build: Build | None,
        started: float,
        before: SiteFiles | None,
        *,
        pages: tuple[str, ...],
        styles: bool = False,
        bug: str = "",
    ) -> None:
        """Tell the terminal of a build, made since `started` from other files than those of `before`."""
        assert self._files is not None
        found = build.diagnostics if build is not None else ()
        new = tuple(d for d in found if d not in self._diagnostics or d.severity == "error")
        self._diagnostics = frozenset(found)
        self._tell(
            Rebuilt(
                first=before is None,
                sources=differences(before, self._files),
                pages=pages,
                styles=styles,
                seconds=self._presented - started,
                build=build,
                new=new,
                bug=bug,
            )
        )

    def _show_early(self, memory: Memory) -> None:
        """Show the new pages before their search index is made. The build has come past its errors by then."""
        if ANALYSE.name in memory.last:
            return
        early = snapshot_within(self._snapshot, self._good, memory.last)
        if early is not None:
            self._present(early)
            self._watch.peek(_BROWSERS_FIRST_SECONDS)

    def _present(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._presented = self._presented or time.perf_counter()
        self._show(snapshot)

    def _on_progress(self, step: str, done: int, total: int) -> None:
        if self._stop.is_set():
            raise StoppedError
        self._progress(step, done, total)


def _out_of_memory(error: WorkerDiedError | MemoryError) -> Diagnostic:
    message = f"{error or 'the build was given up'}; most likely the memory of the machine ran out"
    return _fault("memory", message, "end other programs, and save a file to have the site built again")


def _our_fault(error: Exception) -> Diagnostic:
    text = f"{type(error).__name__}: {error}"[:_ENOUGH_TRACE]
    return _fault("bug", f"a bug in helpgen, not in your site: {text}", "please report it with what the terminal shows")


def _fault(kind: str, message: str, hint: str) -> Diagnostic:
    """What stopped a build and is nothing in the site."""
    place = Location(path="helpgen")
    return Diagnostic(rule=f"helpgen/{kind}", severity="error", location=place, message=message, hint=hint)
