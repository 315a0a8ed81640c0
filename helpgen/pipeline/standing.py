"""A build of which nothing, or little, is to be made, because its inputs are those of an earlier one and its output still stands.

1. `inputs_of`: the digests of everything that a build is a function of: of each text, and of all else together.
2. `keep_standing`: after publishing, the memory keeps what the build said, the digests of the manifests that it wrote, and
   the state of the folders, by which the file system tells that nobody has touched them since. It keeps nothing where
   somebody has written into a folder before its state was looked up.
3. `recall_standing`, `changed_texts`: the earlier build with the same inputs but for texts, and these texts.
4. `find_base`: whether its output still stands, by the state of its folder (`begin_state`) or else by the digest of each file.
"""

from __future__ import annotations

import hashlib
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import msgspec

from helpgen.model.build import Base, Build, BuildStats, Changes
from helpgen.model.diagnostic import Diagnostic
from helpgen.model.source import SourceFile
from helpgen.pipeline.manifest import MANIFEST, manifest_digest
from helpgen.pipeline.memo import Memo, Note
from helpgen.pipeline.node import asker
from helpgen.pipeline.options import BuildOptions
from helpgen.pipeline.process import beside
from helpgen.pipeline.publish import (
    SETTLED_SECONDS,
    FolderState,
    count_standing,
    folder_state,
    has_leftovers,
    private_folder,
)
from helpgen.pipeline.read import SiteFiles
from helpgen.site.lost import RULE as LOST_ADDRESS

# More texts than this are built as usual.
MOST_TEXTS: Final = 16
# Bytes of a manifest. The state of a folder with more files than that is looked up while the sources are read.
LARGE: Final = 500_000
# Under which the inputs have the digest of all but the texts: no file has this path.
FRAME: Final = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What a published build said, and what it was made of (`inputs`).

    `public` and `private` are the digests of its manifests, `states` those of its folders, "" for none.
    """

    inputs: Mapping[str, str]
    public: str
    private: str
    states: tuple[str, str]
    files: int
    diagnostics: tuple[Diagnostic, ...]
    stats: BuildStats


STANDING: Final = Note("standing", Standing)


def inputs_of(files: SiteFiles, options: BuildOptions) -> dict[str, str]:
    """By path the digests of the texts; under `FRAME` that of the other files, the options, which texts there are, and who
    proves the search. The memory adds helpgen's own source."""
    total = hashlib.sha256()
    texts: dict[str, str] = {}
    for file in _every_file(files):
        digest = file.digest
        if file.path.startswith("content/") and file.path.endswith(".md"):
            texts[file.path], digest = digest, ""
        total.update(f"{file.path}\0{digest}\n".encode())
    total.update(msgspec.json.encode((files.diagnostics, options), order="deterministic"))
    total.update(asker() if options.proof != "none" else b"")
    return {FRAME: total.hexdigest(), **texts}


def recall_standing(memo: Memo, inputs: Mapping[str, str]) -> Standing | None:
    """The latest build that was published with the same inputs but for texts."""
    return memo.read_note(STANDING, inputs[FRAME])


def changed_texts(known: Standing, inputs: Mapping[str, str]) -> list[str]:
    """The paths of the texts that are others now."""
    return [path for path, digest in inputs.items() if known.inputs.get(path) != digest]


def begin_state(out: Path) -> Callable[[], FolderState]:
    """Begin to look up the state of `out`, which is told when it is asked for."""
    return beside(_state, out) if _is_large(out) else lambda: _state(out)


def find_base(
    memo: Memo, known: Standing, out: Path, state: Callable[[], FolderState], *, sources: Path
) -> Base | None:
    """`out`, if the files of this build are all still in it as they were written, and those of the private folder; else None.

    `state` is that of `begin_state`.
    """
    private = private_folder(out)
    if (known.private == "" and private.exists()) or has_leftovers(out) or has_leftovers(private):
        return None
    public = state()
    base = Base(manifest=known.public, seen=public.latest)
    states = public.digest, _state(private).digest if known.private else ""
    if all(states[: 2 if known.private else 1]) and states == known.states:
        return base
    # Somebody may have copied the folder, or looked at it with a tool that writes.
    if count_standing(out, known.public, sources=sources) is None:
        return None
    if known.private and count_standing(private, known.private, sources=sources) is None:
        return None
    memo.leave_note(STANDING, known.inputs[FRAME], replace(known, states=states))
    return base


def standing_build(known: Standing, inputs: Mapping[str, str]) -> Build:
    """The build of which nothing is to be made."""
    return Build(files={}, diagnostics=known.diagnostics, stats=known.stats, inputs=inputs, unchanged=known.files)


def keep_standing(memo: Memo, build: Build, changes: Changes, out: Path) -> None:
    """Remember a build that has just been published to `out`, which did these changes."""
    if not build.inputs or changes.trace is None:
        return
    time.sleep(SETTLED_SECONDS)
    public, private = _as_left(out, changes), _as_left(private_folder(out), changes.private)
    if public is None or private is None:
        return
    # A build of which nothing is made needs none of its stages.
    whole = {name: (total, total) for name, (_, total) in build.stats.remembered.items()}
    kept = Standing(
        inputs=build.inputs,
        public=public.manifest,
        private=private.manifest,
        states=(public.state, private.state),
        files=len(build.files) if build.unchanged is None else build.unchanged + len(build.files),
        # What was lost by this build is not lost by the next one.
        diagnostics=tuple(diagnostic for diagnostic in build.diagnostics if diagnostic.rule != LOST_ADDRESS),
        stats=replace(build.stats, seconds={}, remembered=whole),
    )
    memo.leave_note(STANDING, build.inputs[FRAME], kept)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Left:
    """The digests of a folder's manifest and of its state, "" for none."""

    manifest: str = ""
    state: str = ""


def _as_left(folder: Path, changes: Changes | None) -> _Left | None:
    """A folder as publishing left it; None if somebody, or another build, has written into it since."""
    if changes is None or changes.trace is None:
        return _Left()
    trace = changes.trace
    state = _state(folder, trace.begun)
    if state.latest > trace.ended or not state.written <= {*changes.written, MANIFEST}:
        return None
    with suppress(OSError):
        # Looked up last: whoever exchanges the folder later has changed the state, too.
        if manifest_digest(folder) == trace.manifest:
            return _Left(manifest=trace.manifest, state=state.digest)
    return None


def _state(folder: Path, since: int = sys.maxsize) -> FolderState:
    try:
        return folder_state(folder, since=since, large=_is_large(folder))
    except OSError:
        return FolderState(digest="", latest=0, written=frozenset())


def _is_large(folder: Path) -> bool:
    try:
        return (folder / MANIFEST).stat().st_size > LARGE
    except OSError:
        return False


def _every_file(files: SiteFiles) -> Iterator[SourceFile]:
    if files.config is not None:
        yield files.config
    yield from files.content
    for _, found in sorted(files.themes.items()):
        yield from found
