"""A site that builds, in a folder of its own, for the cases of the cache."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from audit.bad_inputs.expect import tree_digest
from audit.bad_inputs.folder import Prepared
from audit.bad_inputs.process import Ended, run


@dataclass(frozen=True, slots=True)
class Site:
    """A site that builds, in a folder of its own."""

    prepared: Prepared

    @property
    def root(self) -> Path:
        return self.prepared.site

    @property
    def cache(self) -> list[Path]:
        return [path for path in sorted((self.root / ".helpgen").rglob("*")) if path.is_file()]

    def build(self, *options: str, unprivileged: bool = False, environment: Mapping[str, str] | None = None) -> Ended:
        """One build, over what is there."""
        return run(
            ("build", "--json", *options),
            folder=self.root,
            scratch=self.prepared.scratch,
            environment=environment,
            unprivileged=unprivileged,
        )

    def digest(self) -> dict[str, str]:
        return tree_digest(self.root / "build")

    def clean_digest(self) -> dict[str, str]:
        """What a build without memory makes of the same sources."""
        ended = self.build("--no-cache", "--out", str(self.prepared.scratch / "clean"))
        assert ended.code == 0, ended.err
        return tree_digest(self.prepared.scratch / "clean")

    def is_clean(self, what: str) -> list[str]:
        """Build, and compare with a clean build."""
        ended = self.build()
        if ended.code != 0:
            return [f"{what}: exit {ended.code} {ended.err[-200:]}{ended.out[-200:]}"]
        return [] if self.digest() == self.clean_digest() else [f"{what}: another output than a clean build"]


def edit(site: Site) -> Path:
    path = site.root / "content" / "en" / "other.md"
    path.write_text(path.read_text(encoding="utf-8") + "\nAnother line.\n", encoding="utf-8")
    return path
