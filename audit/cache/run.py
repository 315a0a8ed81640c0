"""Damage the memory of a site and build; damage its Whoosh index and ask it.

1. Build the starter with both indexes; keep its cache, its files and its messages.
2. Per try: that cache with one damage, the same sources, a build: the same files and messages as before.
3. Per try: one file of the Whoosh index damaged; opening it must be refused before Whoosh sees a byte.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from random import Random

from audit.cache.damage import cut, damage, flip_bits
from audit.kills.sites import files_of, sources_of
from helpgen.cli.options import CACHE
from helpgen.cli.run import Request, run_build
from helpgen.model.build import Build
from helpgen.pipeline.indexes import open_indexes
from helpgen.pipeline.publish import publish_build
from helpgen.search.errors import IndexCorruptError, IndexMissingError

SITE = "starter"


def try_caches(folder: Path, tries: int) -> Iterator[str]:
    """For each damaged cache what was wrong with the build, "" for nothing."""
    site, kept, mark = folder / "site", folder / "kept", folder / "run-as-code"
    sources_of(SITE)(site)
    clean = _build(site)
    cache = site / CACHE / "memo.sqlite"
    shutil.copytree(cache.parent, kept)
    for number in range(tries):
        shutil.rmtree(cache.parent)
        shutil.copytree(kept, cache.parent)
        done = damage(cache, Random(number), mark)
        build = _build(site)
        if mark.exists():
            yield f"{number}, {done}: something of the cache was run"
            mark.unlink()
        elif (build.files, build.private, build.diagnostics) != (clean.files, clean.private, clean.diagnostics):
            yield f"{number}, {done}: the build differs from a clean one"
        else:
            yield ""


def try_whoosh(folder: Path, tries: int) -> Iterator[str]:
    """For each damaged index what was wrong, "" if it was refused."""
    site = folder / "site"
    sources_of(SITE)(site)
    config = site / "helpgen.yaml"
    config.write_text(config.read_text(encoding="utf-8") + "\nsearch: {backend: both}\n", encoding="utf-8")
    publish_build(_build(site), site / "build", sources=site)
    index = site / "build.whoosh"
    whole = files_of(index)
    names = sorted(name for name in whole if "/" in name and whole[name])
    open_indexes(site / "build", "whoosh", "")
    for number in range(tries):
        chance = Random(number)
        name = chance.choice(names)
        chance.choice([flip_bits, cut])(index / name, chance)
        try:
            open_indexes(site / "build", "whoosh", "")
            yield "" if (index / name).read_bytes() == whole[name] else f"{number}: {name} was opened though damaged"
        except (IndexCorruptError, IndexMissingError):
            yield ""
        (index / name).write_bytes(whole[name])


def _build(site: Path) -> Build:
    with run_build(Request(site=site, jobs=1, quiet=True)) as (build, _):
        return build
