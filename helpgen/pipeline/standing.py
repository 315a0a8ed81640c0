"""A build of which nothing is to be made, because all its inputs are those of an earlier one and its output still stands.

1. `inputs_digest`: everything that a build is a function of.
2. `keep_standing`: after publishing, the memory keeps what the build said, and the digests of the manifests that it wrote.
3. `find_standing`: the same inputs again, and an output folder in which every file has the digest that its manifest gives:
   then the build is what was kept. Anything else is a miss, and the build is made.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import msgspec

from helpgen.model.build import Build, BuildStats
from helpgen.model.diagnostic import Diagnostic
from helpgen.model.source import SourceFile
from helpgen.pipeline.build import BuildOptions
from helpgen.pipeline.canaries import asker
from helpgen.pipeline.memo import Memo
from helpgen.pipeline.publish import count_standing, manifest_digest, private_folder
from helpgen.pipeline.read import SiteFiles
from helpgen.pipeline.workers import Stage
from helpgen.site.lost import RULE as LOST_ADDRESS


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What a published build said. `public` and `private` are the digests of its manifests, "" for none."""

    public: str
    private: str
    diagnostics: tuple[Diagnostic, ...]
    stats: BuildStats


def inputs_digest(files: SiteFiles, options: BuildOptions) -> str:
    """SHA-256 over the files, the options and who proves the search; the memory adds helpgen's own source."""
    total = hashlib.sha256()
    for file in _every_file(files):
        total.update(f"{file.path}\0{file.digest}\n".encode())
    total.update(msgspec.json.encode((files.diagnostics, options), order="deterministic"))
    total.update(asker() if options.proof != "none" else b"")
    return total.hexdigest()


def find_standing(memo: Memo, inputs: str, out: Path, *, sources: Path) -> Build | None:
    """The build of these inputs, if it was published to `out` and every file of it is still there as it was."""
    known = memo.recall(STANDING, inputs, None)
    if known is None:
        return None
    unchanged = count_standing(out, known.public, sources=sources)
    private = private_folder(out)
    if unchanged is None or (known.private == "" and private.exists()):
        return None
    if known.private and count_standing(private, known.private, sources=sources) is None:
        return None
    return Build(files={}, diagnostics=known.diagnostics, stats=known.stats, inputs=inputs, unchanged=unchanged)


def keep_standing(memo: Memo, build: Build, out: Path) -> None:
    """Remember a build that has just been published to `out`."""
    if not build.inputs or build.unchanged is not None:
        return
    # A build of which nothing is made needs none of its stages.
    whole = {name: (total, total) for name, (_, total) in build.stats.remembered.items()}
    kept = Standing(
        public=manifest_digest(out),
        private=manifest_digest(private_folder(out)) if build.private else "",
        # What was lost by this build is not lost by the next one.
        diagnostics=tuple(diagnostic for diagnostic in build.diagnostics if diagnostic.rule != LOST_ADDRESS),
        stats=replace(build.stats, seconds={}, remembered=whole),
    )
    memo.keep(STANDING, build.inputs, None, kept)


def _every_file(files: SiteFiles) -> Iterator[SourceFile]:
    if files.config is not None:
        yield files.config
    yield from files.content
    for _, found in sorted(files.themes.items()):
        yield from found


def _never_made(_inputs: str, _shared: None) -> Standing:
    raise NotImplementedError("what a build said is kept, never made")


STANDING: Final = Stage(
    name="standing", function=_never_made, item_type=str, shared_type=None, result_type=Standing, parallel=False
)
