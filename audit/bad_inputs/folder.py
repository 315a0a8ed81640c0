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
_LONGEST_LINK = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A site of its own in `box`, a folder that must hold nothing but this site and `scratch` afterwards.

    `options` go on helpgen's command line; `unprivileged` for a case in which root must not have its rights.
    """

    case: Case
    box: Path
    site: Path
    scratch: Path
    options: tuple[str, ...] = ()
    unprivileged: bool = False


def prepare(case: Case, box: Path, *, published: Path | None = None) -> Prepared:
    """Make the site of a case. `published` is the output of an earlier build, which the case's site then has."""
    site = box / "site"
    box.mkdir(parents=True)
    _copy(case.folder / "base", site)
    if case.overlay and (case.folder / case.overlay).is_dir():
        _copy(case.folder / case.overlay, site)
    subprocess.run(["chmod", "-R", "u+w", str(site)], check=True)
    _restore_links(case, site)
    before, after = _generators(case)
    for command in before:
        _generate(command, case, site)
    options = adapt(site)
    for command in after:
        _generate(command, case, site)
    if published is not None:
        subprocess.run(["cp", "-a", str(published), str(site / "build")], check=True)
    unprivileged = _AS_ROOT in case.gen or "permission" in case.says.get("words", ())
    return Prepared(
        case=case, box=box, site=site, scratch=box / "scratch", options=tuple(options), unprivileged=unprivileged
    )


def _copy(source: Path, target: Path) -> None:
    """As it is, symbolic links and all."""
    target.mkdir(exist_ok=True)
    subprocess.run(["cp", "-a", f"{source}/.", str(target)], check=True)


def _restore_links(case: Case, site: Path) -> None:
    """A copy that could not hold symbolic links has small files in their place, each with a path and no line end."""
    if case.group != "symlink":
        return
    overlay = case.folder / case.overlay
    for path in sorted(overlay.rglob("*")):
        if path.is_symlink() or not path.is_file() or path.stat().st_size > _LONGEST_LINK:
            continue
        target = path.read_bytes()
        if target and b"\n" not in target and b"---" not in target:
            link = site / path.relative_to(overlay)
            link.unlink()
            link.symlink_to(target.decode())


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
