"""What a build made, and what publishing it changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from helpgen.model.diagnostic import Diagnostic


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchProof:
    """How many of the `total` questions of the articles were asked of the finished index, how many of these `failed`.

    `total` is None on a large site of which only a sample of the articles was asked about.

    `by` is what asked them, "node" (the scripts that readers get) or "python"; `note` says why a Node did not.
    """

    asked: int
    total: int | None
    failed: int
    by: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildStats:
    """Figures for the summary: articles by locale and category path, drafts that were left out, seconds by stage, bytes and
    documents of the search index."""

    articles: dict[str, dict[str, int]] = field(default_factory=dict)
    drafts: int = 0
    pages: int = 0
    index_bytes: int = 0
    index_documents: int = 0
    seconds: dict[str, float] = field(default_factory=dict)
    remembered: dict[str, tuple[int, int]] = field(default_factory=dict)
    proof: SearchProof | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """The published folder that a build of changes goes on from: the SHA-256 of its `manifest`, and when its files were `seen`
    to be those of the manifest, in nanoseconds of the clock that dates them."""

    manifest: str
    seen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Build:
    """The files of the site by their path below its root, every problem met, and figures. `files` is empty after an error.

    `private` are files that go beside the public folder, never into it (the Whoosh index), by path below `<out>.whoosh`;
    `digests` are those by which they are recognised, by locale: they are kept in the public manifest.

    `inputs` are the digests of everything that the build was made from: of each text by its path, of all else under "";
    empty if nobody asked. `unchanged` is set for a build of which so many files stand in the output folder as they would be
    made; then `files` are the others only, `gone` those that are to be taken away, and `base` is that folder.
    """

    files: Mapping[str, bytes]
    diagnostics: tuple[Diagnostic, ...]
    stats: BuildStats
    private: Mapping[str, bytes] = field(default_factory=dict)
    digests: Mapping[str, str] = field(default_factory=dict)
    inputs: Mapping[str, str] = field(default_factory=dict)
    unchanged: int | None = None
    gone: frozenset[str] = frozenset()
    base: Base | None = None

    @property
    def ok(self) -> bool:
        return not any(d.severity == "error" for d in self.diagnostics)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """By which it is told whether a folder is as publishing left it: the SHA-256 of its `manifest`; until `begun` its other
    files were seen to be right, at `ended` all was written. Nanoseconds of the clock that dates the files."""

    manifest: str
    begun: int
    ended: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What publishing did, as sorted paths below the output folder. `private` is what it did to the private folder beside it.

    `foreign` are those of the `removed` that helpgen had not written. There is no `trace` where nothing was to be published.
    """

    written: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: int
    foreign: tuple[str, ...] = ()
    trace: Trace | None = None
    private: Changes | None = None
