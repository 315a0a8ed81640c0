"""Where in helpgen a call that changes the disk is made, and on what: the place of a call.

Calls of one kind at one place do the same to another file of the same role: the fifth page of a build is written by the line that
wrote the fourth. What may go wrong at one of them goes wrong at each, so a place is what has to be struck, and not each file.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from types import FrameType

_PACKAGE = str(Path(__file__).resolve().parents[2] / "helpgen") + os.sep
_AT_FDCWD = -100
# What differs between two files of one role.
_ROLES = (
    (re.compile(r"\.staging-(old-)?\d+"), r".staging-\1N"),
    (re.compile(r"(?<=/)(\.staging-[^/]*|build|build\.whoosh)/.+"), r"\1/…"),
    (re.compile(r"(\.build(?:\.whoosh)?\.staging-[^/]*)/.+"), r"\1/…"),
)


def place_of(frame: FrameType | None, descriptor: int, path: bytes | None, site: str) -> str:
    """ "pipeline/publish.py:78 pipeline/publish.py:260 shutil.py:660 .build.staging-N/…": the lines that led to the call, its file's role.

    Of the lines only those of helpgen, and the last one whoever's it is. A line that stands there more than once, because a function
    calls itself, is named once: how deep a folder lies is no place.
    """
    lines: list[str] = []
    while frame is not None:
        name = frame.f_code.co_filename
        if name.startswith(_PACKAGE):
            line = f"{name[len(_PACKAGE) :]}:{frame.f_lineno}"
        elif not lines:
            line = f"{os.path.basename(name)}:{frame.f_lineno}"
        else:
            line = ""
        if line and line not in lines:
            lines.append(line)
        frame = frame.f_back
    return " ".join([*reversed(lines), _role(descriptor, path, site)])


def _role(descriptor: int, path: bytes | None, site: str) -> str:
    name = os.fsdecode(path) if path is not None else ""
    if descriptor >= 0 and not name.startswith("/"):
        name = os.path.join(os.readlink(f"/proc/self/fd/{descriptor}"), name)
    elif descriptor == _AT_FDCWD:
        name = os.path.abspath(name)
    if not name.startswith(site + "/"):
        return "a pipe" if name.startswith("pipe:") else "elsewhere"
    name = name[len(site) :].removesuffix("/")
    for pattern, role in _ROLES:
        name = pattern.sub(role, name)
    return name.removeprefix("/")
