"""A case -> a site on disk: the base, the case's overlay over it, what `gen` makes, all in helpgen's names."""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from audit.bad_inputs.cases import Case
from audit.bad_inputs.names import adapt

_AS_ROOT = "skip as root"


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A site of its own in `box`, a folder that must hold nothing but this site and `scratch` afterwards.

    `options` go on helpgen's command line; `as_nobody` for a case that root could not tell apart.
    """

    case: Case
    box: Path
    site: Path
    scratch: Path
    options: tuple[str, ...] = ()
    as_nobody: bool = False


def prepare(case: Case, box: Path, *, published: Path | None = None) -> Prepared:
    """Make the site of a case. `published` is the output of an earlier build, which the case's site then has."""
    site = box / "site"
    box.mkdir(parents=True)
    _copy(case.folder / "base", site)
    if case.overlay and (case.folder / case.overlay).is_dir():
        _copy(case.folder / case.overlay, site)
    subprocess.run(["chmod", "-R", "u+w", str(site)], check=True)
    before, after = _generators(case)
    for command in before:
        _generate(command, case, site)
    options = adapt(site)
    for command in after:
        _generate(command, case, site)
    if published is not None:
        subprocess.run(["cp", "-a", str(published), str(site / "build")], check=True)
    as_nobody = _AS_ROOT in case.gen or "permission" in case.says.get("words", ())
    if as_nobody:
        subprocess.run(["chown", "-R", "65534:65534", str(box)], check=True)
    return Prepared(
        case=case, box=box, site=site, scratch=box / "scratch", options=tuple(options), as_nobody=as_nobody
    )


def _copy(source: Path, target: Path) -> None:
    """As it is, symbolic links and all."""
    target.mkdir(exist_ok=True)
    subprocess.run(["cp", "-a", f"{source}/.", str(target)], check=True)


def _generators(case: Case) -> tuple[list[str], list[str]]:
    """Large articles are made before the names are put right, everything else after it."""
    command = case.gen.split("(" + _AS_ROOT)[0].strip()
    if not command:
        return [], []
    return ([command], []) if command.startswith("big:") else ([], [command])


def _generate(command: str, case: Case, site: Path) -> None:
    if command.startswith("big:"):
        maker = case.folder / "gen_big.py"
        subprocess.run([sys.executable, str(maker), command, str(site)], check=True)
    else:
        subprocess.run(command, shell=True, cwd=site, check=True)


def discard(prepared: Prepared) -> None:
    """Remove the case's folder, whatever its rights."""
    subprocess.run(["chmod", "-R", "u+rwx", str(prepared.box)], check=False, stderr=subprocess.DEVNULL)
    shutil.rmtree(prepared.box, ignore_errors=True)
