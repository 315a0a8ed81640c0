"""What does a build read, and what does it change? Every file that it opens, from the kernel's own mouth (strace).

1. The starter, with links to a secret outside it, as a file, as a folder and in the theme; and without them.
2. strace notes each call of the build and its processes that opens, makes, moves or removes something.
   The questions to the search are asked by Node, in a scratch folder of helpgen's own, which must be gone afterwards.
3. A read must lie in the site, in helpgen, in Python or among the system's own files; a change in the output or the cache.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from audit.effort import ROOT
from audit.kills.sites import STARTER
from audit.tally import Tally

SECRET = "the secret of another site"
_CALLS = "openat,open,creat,mkdir,mkdirat,rmdir,rename,renameat,renameat2,unlink,unlinkat,link,linkat,symlink,symlinkat"
_LINE = re.compile(r"(\w+)\((.*)\) += (-?\d+)(?:<([^>]*)>)?")
_PATH = re.compile(r'(?:(?:AT_FDCWD|\d+)<([^>]*)>, )?"((?:[^"\\]|\\.)*)"')
_WRITES = ("O_WRONLY", "O_RDWR", "O_CREAT", "O_TRUNC")
# Of the system: libraries, devices, what the kernel tells, and the few settings that the C library and OpenSSL read.
_SYSTEM = (
    "/usr",
    "/lib",
    "/lib64",
    "/proc",
    "/sys",
    "/dev",
    "/etc/ld.so",
    "/etc/locale",
    "/etc/localtime",
    "/etc/mime.types",
    "/etc/ssl",
)
_CHANGEABLE = ("/dev", "/proc")
_TEMPORARY = tempfile.gettempdir()
# The folder for Node, and the file with which Python tries whether the temporary folder can be written to.
_SCRATCH = re.compile(re.escape(_TEMPORARY) + r"/(helpgen-canaries-\w+(/.*)?|[a-z0-9_]{8})")


def outside() -> Tally:
    """Three builds (clean, incremental, of a site with links that lead out), each of their calls a try."""
    if not shutil.which("strace"):
        return Tally(tried=0, skipped="strace is not installed")
    tried, failed = 0, []
    with tempfile.TemporaryDirectory(prefix="helpgen-reads-") as scratch:
        folder = Path(scratch).resolve()
        site = folder / "site"
        shutil.copytree(STARTER, site)
        for what in ("a clean build", "the build after it", "links that lead out"):
            if what == "links that lead out":
                _lead_out(site, folder / "elsewhere")
            calls = list(_traced(site, folder / "trace"))
            tried += len(calls)
            wrong = [f"{what}: {verb} {path}" for verb, path in calls if not _allowed(verb, path, site)]
            failed += list(dict.fromkeys(wrong))
            scratched = {path for _, path in calls if _SCRATCH.fullmatch(path)}
            failed += [f"{what}: left behind {path}" for path in sorted(scratched) if os.path.exists(path)]
        if not any(path.startswith(str(site)) for _, path in calls):
            failed.append("strace saw no file of the site: nothing was tried")
    return Tally(tried=tried, failed=tuple(failed))


def _lead_out(site: Path, elsewhere: Path) -> None:
    (elsewhere / "inner").mkdir(parents=True)
    (elsewhere / "secret.md").write_text(f"---\ntitle: S\n---\n{SECRET}\n", encoding="utf-8")
    (elsewhere / "inner" / "secret.md").write_text(f"---\ntitle: S\n---\n{SECRET}\n", encoding="utf-8")
    locale = next(path for path in sorted((site / "content").iterdir()) if path.is_dir() and len(path.name) == 2)
    (locale / "secret.md").symlink_to(elsewhere / "secret.md")
    (locale / "inner").symlink_to(elsewhere / "inner")
    (site / "themes" / "own").mkdir(parents=True)
    (site / "themes" / "own" / "templates").symlink_to(elsewhere)
    (site / "themes" / "own" / "theme.yaml").write_text("name: own\nparent: lighthouse\n", encoding="utf-8")
    config = site / "helpgen.yaml"
    settings = re.sub(r"(?m)^theme:.*\n(?:[ #].*\n)*", "", config.read_text(encoding="utf-8"))
    config.write_text(f"{settings}\ntheme: own\n", encoding="utf-8")


def _traced(site: Path, log: Path) -> Iterator[tuple[str, str]]:
    """("read" or "change", absolute path) of each call that went well."""
    command = ["strace", "-f", "-qq", "-y", "-s", "4096", "-e", f"trace={_CALLS}", "-o", str(log)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    subprocess.run(
        [*command, sys.executable, "-m", "helpgen", "build", "--jobs", "2"],
        cwd=site,
        env=environment,
        capture_output=True,
        check=False,
    )
    for line in log.read_text(encoding="utf-8", errors="replace").splitlines():
        found = _LINE.search(line)
        if found is None or found[3].startswith("-"):
            continue
        if found[1].startswith("open"):
            changes = any(flag in found[2] for flag in _WRITES)
            yield ("change" if changes else "read"), found[4] or ""
        else:
            for base, path in _PATH.findall(found[2]):
                yield "change", os.path.normpath(os.path.join(base or str(site), path))


def _allowed(verb: str, path: str, site: Path) -> bool:
    if _SCRATCH.fullmatch(path):
        return True
    if verb == "read" and path == _TEMPORARY:
        # The names in it, to see whether a killed build has left its folder there.
        return True
    own = path.startswith(f"{site}/")
    # What others have in the temporary folder is not the system's, also where that folder lies below /dev.
    system = not path.startswith(_TEMPORARY)
    if verb == "change":
        top = path.removeprefix(f"{site}/").partition("/")[0]
        kept = own and top.startswith(("build", ".build", ".helpgen", ".gitignore"))
        return kept or (system and path.startswith(_CHANGEABLE))
    places = (ROOT, sys.prefix, sys.base_prefix, *filter(None, sys.path))
    return (
        own
        or path == str(site)
        or any(path == str(place) or path.startswith(f"{place}/") for place in places)
        or (system and path.startswith(_SYSTEM))
    )
