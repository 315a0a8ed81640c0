"""A build in which every error that can be published all the same is only a warning: hostile articles get their pages."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from helpgen.model.build import Build
from helpgen.pipeline.build import build_site
from helpgen.pipeline.options import BuildOptions
from helpgen.pipeline.read import read_search_client, read_site, read_support_client
from helpgen.pipeline.workers import Inline


def build_lenient(site: Path, settings: str) -> Build:
    """Build with `settings` (YAML), lowering what it finds until nothing new is left."""
    lowered: set[str] = set()
    options = BuildOptions(search_client=read_search_client(), support_client=read_support_client(), preview=True)
    while True:
        checks = ", ".join(f"{rule}: warning" for rule in sorted(lowered))
        text = f"{settings}locales: {{en: {{name: English}}}}\nchecks: {{{checks}}}\n"
        (site / "helpgen.yaml").write_text(text, encoding="utf-8")
        build = build_site(read_site(site), Inline(), options)
        errors = {d.rule for d in build.diagnostics if d.severity == "error"}
        if build.ok or errors <= lowered:
            return build
        lowered |= errors


@contextmanager
def written(build: Build, folder: Path) -> Iterator[Path]:
    """The public files of a build in a folder."""
    for path, data in build.files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    yield folder
