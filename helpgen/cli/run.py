"""One build as the commands want it: read, set up memory and processes, build."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import click

from helpgen import report
from helpgen.cli.options import CACHE, is_site, out_folder
from helpgen.model.build import Build
from helpgen.model.config import Backend
from helpgen.pipeline.manifest import PublishedFiles, published_pages
from helpgen.pipeline.memo import Memo
from helpgen.pipeline.node import MOST_ASKERS
from helpgen.pipeline.options import BuildOptions, Extent
from helpgen.pipeline.process import YOUNG
from helpgen.pipeline.publish import FolderState
from helpgen.pipeline.read import SiteFiles, read_search_client, read_site, read_support_client
from helpgen.pipeline.scratch import clear_scratch
from helpgen.pipeline.standing import (
    MOST_TEXTS,
    begin_state,
    changed_texts,
    find_base,
    inputs_of,
    recall_standing,
    standing_build,
)
from helpgen.pipeline.workers import Report, Runner, WorkerDiedError, Workers


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What a command wants built, and how. `quiet` for output that a program reads.

    `out` is the folder that will be published to: a build that already stands there is not made again.
    """

    site: Path
    drafts: bool = False
    base_url: str = ""
    jobs: int | None = None
    cache: bool = True
    quiet: bool = False
    check_only: bool = False
    proof: Extent = "none"
    backends: tuple[Backend, ...] = ()
    offline: bool = False
    compress: bool = False
    out: Path | None = None


@contextmanager
def _little_collecting() -> Iterator[None]:
    """A build makes millions of objects that all stay until its end: looking for circles in them took a tenth of its time."""
    before = gc.get_threshold()
    gc.set_threshold(*YOUNG)
    try:
        yield
    finally:
        gc.set_threshold(*before)


@contextmanager
def run_build(request: Request) -> Iterator[tuple[Build, Runner]]:
    """Build; what is new is remembered when the block ends."""
    progress = report.progress_line() if not request.quiet else lambda _step, _done, _total: None
    timing = Report(progress=progress)
    clear_scratch()
    with ExitStack() as stack:
        stack.enter_context(_little_collecting())
        jobs = request.jobs or os.cpu_count() or 1
        run: Runner = stack.enter_context(Workers(jobs, timing))
        memo = None
        cached = request.cache and is_site(request.site)
        state = begin_state(request.out) if cached and request.out is not None else None
        if cached:
            files_of_last = PublishedFiles(out_folder(request.site, request.out))
            memo = stack.enter_context(Memo(request.site / CACHE, run, files_of_last))
            run = memo
        with timing.step("read"):
            files = read_site(request.site)
        options = BuildOptions(
            drafts=request.drafts,
            base_url=request.base_url,
            search_client=read_search_client(),
            support_client=read_support_client(),
            check_only=request.check_only,
            proof=request.proof,
            backends=request.backends,
            offline=request.offline,
            compress=request.compress,
        )
        inputs = inputs_of(files, options) if memo is not None and request.out is not None else {}
        # What a build is known by has been taken: its processes are none of that.
        options = replace(options, askers=min(jobs, MOST_ASKERS))
        build, made_whole = None, False
        if memo is not None and state is not None:
            with timing.step("compare"):
                build = _standing(memo, files, inputs, options, request, state)
        if build is None:
            published = published_pages(request.out) if request.out is not None else ()
            options = replace(options, published=published)
            # What a build needs is imported when there is one to be made.
            from helpgen.pipeline.build import NOTHING, make_site
            from helpgen.pipeline.published import keep_ground, keep_place, recall_earlier

            cached_out = request.out if memo is not None and inputs else None
            earlier = recall_earlier(memo, cached_out) if memo is not None and cached_out is not None else NOTHING
            try:
                made = make_site(files, run, options, earlier)
            except WorkerDiedError as error:
                raise click.ClickException(
                    f"{error}; most likely the memory of the machine ran out: try --jobs 1"
                ) from error
            build, made_whole = replace(made.build, inputs=inputs), made.build.ok
            if memo is not None and cached_out is not None and made.whole is not None:
                keep_ground(memo, made.whole, inputs, options)
                keep_place(memo, made, inputs, options, cached_out)
        else:
            build = replace(build, stats=replace(build.stats, seconds=timing.seconds))
        yield build, run
        if memo is not None:
            memo.save(prune=made_whole)
            if memo.problem:
                click.echo(click.style("warning: ", fg="yellow") + memo.problem, err=True)


def _standing(
    memo: Memo,
    files: SiteFiles,
    inputs: Mapping[str, str],
    options: BuildOptions,
    request: Request,
    state: Callable[[], FolderState],
) -> Build | None:
    """The build of these inputs as what differs from one that stands in the output folder, every file as it was written."""
    assert request.out is not None
    known = recall_standing(memo, inputs)
    changed = changed_texts(known, inputs) if known is not None else []
    if known is None or len(changed) > MOST_TEXTS:
        return None
    base = find_base(memo, known, request.out, state, sources=request.site)
    if base is None:
        return None
    if not changed:
        return standing_build(known, inputs)
    from helpgen.pipeline.published import revise_published

    return revise_published(memo, known, base, files, inputs, options, request.out)
