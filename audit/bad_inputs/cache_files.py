"""What can be wrong with the files of a cache, an index or an output, done to them; each rule answers reasons against the build."""

from __future__ import annotations

import random
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

from audit.bad_inputs.cache_site import Site, edit
from audit.bad_inputs.cases import Case
from audit.bad_inputs.folder import prepare
from audit.bad_inputs.process import run
from audit.cache.damage import swap_rows
from audit.effort import effort

_PICKLE = b"cos\nsystem\n(S'touch /tmp/HELPGEN_PWNED'\ntR."


def flipped(site: Site) -> list[str]:
    seed, found = random.Random(7), []
    for number in range(effort(8, 1000)):
        target = seed.choice(site.cache)
        data = bytearray(target.read_bytes())
        if data:
            data[seed.randrange(len(data))] ^= 1 << seed.randrange(8)
        target.write_bytes(bytes(data))
        found += site.is_clean(f"flip {number}")
    return found


def overwritten(content: Callable[[Path], bytes]) -> Callable[[Site], list[str]]:
    def rule(site: Site) -> list[str]:
        for path in site.cache:
            path.write_bytes(content(path))
        return site.is_clean("overwritten cache")

    return rule


def older_version(site: Site) -> list[str]:
    found = []
    for path in site.cache:
        data = path.read_bytes()
        for old, new in ((b"helpgen", b"helpgeN"), (b'"version":1', b'"version":9')):
            path.write_bytes(data.replace(old, new))
            found += site.is_clean("a cache of another version")
    return found


def foreign_whoosh(site: Site) -> list[str]:
    config = next(path for path in (site.root / "helpgen.yml", site.root / "helpgen.yaml") if path.exists())
    config.write_text(config.read_text(encoding="utf-8") + "search: {backend: both}\n", encoding="utf-8")
    site.build()
    for path in (site.root / "build.whoosh").rglob("*"):
        if path.is_file() and path.name.startswith("_"):
            path.write_bytes(_PICKLE)
    asked = ("search", "--backend", "whoosh", "fees")
    ended = run(asked, folder=site.root, scratch=site.prepared.scratch)
    return [] if ended.code == 1 else [f"a foreign index was opened: exit {ended.code} {ended.out[-200:]}"]


def read_only_cache(site: Site) -> list[str]:
    subprocess.run(["chmod", "-R", "a-w", str(site.root / ".helpgen")], check=True)
    edit(site)
    ended = site.build(unprivileged=True)
    subprocess.run(["chmod", "-R", "u+w", str(site.root / ".helpgen")], check=True)
    said = "cache" in (ended.out + ended.err).lower()
    found = [] if ended.code == 0 else [f"exit {ended.code}: {ended.err[-200:]}"]
    return found + ([] if said else ["no word about the cache"]) + site.is_clean("read-only cache")


def read_only_output(site: Site) -> list[str]:
    before = site.digest()
    edit(site)
    site.root.chmod(0o555)
    (site.root / "build").chmod(0o555)
    ended = site.build("--no-cache", unprivileged=True)
    site.root.chmod(0o755)
    (site.root / "build").chmod(0o755)
    found = [] if site.digest() == before else ["the old site was touched"]
    return found + ([] if ended.code == 1 and "build" in ended.out + ended.err else [f"exit {ended.code}: {ended.err}"])


def swapped(site: Site) -> list[str]:
    """Rows of the memory, each whole, under each other's keys."""
    for number in range(effort(3, 50)):
        swap_rows(site.root / ".helpgen" / "cache" / "memo.sqlite", random.Random(number))
    return site.is_clean("swapped entries")


def cache_of_another_site(site: Site) -> list[str]:
    """The memory of a site whose articles have the same names and other words."""
    other = Site(
        prepare(
            Case(id="other", title="", how="cache", kind="ok", folder=site.prepared.case.folder),
            site.prepared.box / "other",
        )
    )
    path = other.root / "content" / "en" / "other.md"
    path.write_text("---\ntitle: Another site\n---\n\nOther words.\n", encoding="utf-8")
    other.build()
    shutil.rmtree(site.root / ".helpgen")
    shutil.copytree(other.root / ".helpgen", site.root / ".helpgen")
    return site.is_clean("the cache of another site")


def no_folder(site: Site) -> list[str]:
    """A file where the folder of the cache should be: the build goes without one, and says so."""
    shutil.rmtree(site.root / ".helpgen")
    (site.root / ".helpgen").write_text("x", encoding="utf-8")
    return site.is_clean("a file for the cache's folder")
