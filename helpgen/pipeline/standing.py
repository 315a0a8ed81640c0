"""A build of which nothing, or little, is to be made, because its inputs are those of an earlier one and its output still stands.

1. `inputs_of`: the digests of everything that a build is a function of: of each text, and of all else together.
2. `keep_standing`: after publishing, the memory keeps what the build said, the digests of the manifests that it wrote, and
   the state of the folders, by which the file system tells that nobody has touched them since.
3. `recall_standing`, `changed_texts`: the earlier build with the same inputs but for texts, and these texts.
4. `count_unchanged`: whether its output still stands, by the state of its folder (`begin_state`) or else by the digest of each
   file.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import msgspec

from helpgen.model.build import Build, BuildStats
from helpgen.model.diagnostic import Diagnostic
from helpgen.model.source import SourceFile
from helpgen.pipeline.manifest import MANIFEST, manifest_digest
from helpgen.pipeline.memo import Memo, Note
from helpgen.pipeline.node import asker
from helpgen.pipeline.options import BuildOptions
from helpgen.pipeline.process import beside
from helpgen.pipeline.publish import (
    SETTLED_SECONDS,
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


def begin_state(out: Path) -> Callable[[], str]:
    """Begin to look up the state of `out`, which is told when it is asked for."""
    return beside(_state, out) if _is_large(out) else lambda: _state(out)


def count_unchanged(memo: Memo, known: Standing, out: Path, state: Callable[[], str], *, sources: Path) -> int | None:
    """How many public files there are, if those of this build are all still in `out` as they were written; else None.

    `state` is that of `begin_state`.
    """
    private = private_folder(out)
    if (known.private == "" and private.exists()) or has_leftovers(out) or has_leftovers(private):
        return None
    states = state(), _state(private) if known.private else ""
    if all(states[: 2 if known.private else 1]) and states == known.states:
        return known.files
    # Somebody may have copied the folder, or looked at it with a tool that writes.
    if count_standing(out, known.public, sources=sources) is None:
        return None
    if known.private and count_standing(private, known.private, sources=sources) is None:
        return None
    memo.leave_note(STANDING, known.inputs[FRAME], replace(known, states=states))
    return known.files


def standing_build(known: Standing, inputs: Mapping[str, str], unchanged: int) -> Build:
    """The build of which nothing is to be made."""
    return Build(files={}, diagnostics=known.diagnostics, stats=known.stats, inputs=inputs, unchanged=unchanged)


def keep_standing(memo: Memo, build: Build, out: Path) -> None:
    """Remember a build that has just been published to `out`."""
    if not build.inputs or (build.unchanged is not None and not build.files and not build.gone):
        return
    time.sleep(SETTLED_SECONDS)
    private = private_folder(out)
    # A build of which nothing is made needs none of its stages.
    whole = {name: (total, total) for name, (_, total) in build.stats.remembered.items()}
    kept = Standing(
        inputs=build.inputs,
        public=manifest_digest(out),
        private=manifest_digest(private) if build.private else "",
        states=(_state(out), _state(private) if build.private else ""),
        files=len(build.files) if build.unchanged is None else build.unchanged + len(build.files),
        # What was lost by this build is not lost by the next one.
        diagnostics=tuple(diagnostic for diagnostic in build.diagnostics if diagnostic.rule != LOST_ADDRESS),
        stats=replace(build.stats, seconds={}, remembered=whole),
    )
    memo.leave_note(STANDING, build.inputs[FRAME], kept)


def _state(folder: Path) -> str:
    try:
        return folder_state(folder, large=_is_large(folder))
    except OSError:
        return ""


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
