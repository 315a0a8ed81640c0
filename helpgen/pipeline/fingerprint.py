"""What tells this helpgen, with the Python and the libraries that it runs on, from any other: part of every key of the cache."""

from __future__ import annotations

import hashlib
import sys
import unicodedata
import zlib
from functools import cache
from importlib import metadata
from pathlib import Path

# Libraries whose version changes what the stages make. Their metadata is read, none of them is imported for it.
_LIBRARIES = (
    "brotli",
    "imagesize",
    "jinja2",
    "markdown-it-py",
    "markupsafe",
    "mdit-py-plugins",
    "mdurl",
    "msgspec",
    "nh3",
    "phonenumbers",
    "pygments",
    "pyyaml",
    "snowballstemmer",
    "whoosh-reloaded",
)
# What of helpgen's own files changes results: its source, the data of the search, the script that asks canaries.
_OWN = (".py", ".json", ".mjs")


@cache
def own_digest() -> bytes:
    """Digest of helpgen's source and of the versions of what it stands on: another program makes other results.

    What is a letter, and so the ids of headings and the words of the search, is known to Python; zlib makes the `.gz`.
    """
    package = Path(__file__).resolve().parent.parent
    total = hashlib.sha256()
    for path in sorted(path for path in package.rglob("*") if path.suffix in _OWN):
        total.update(path.relative_to(package).as_posix().encode() + b"\0")
        total.update(hashlib.sha256(path.read_bytes()).digest())
    python = (sys.implementation.name, *sys.version_info, unicodedata.unidata_version, zlib.ZLIB_RUNTIME_VERSION)
    total.update(f"{python}\0".encode())
    for name in _LIBRARIES:
        total.update(f"{name}={_version(name)}\0".encode())
    return total.digest()


def _version(library: str) -> str:
    try:
        return metadata.version(library)
    except metadata.PackageNotFoundError:
        # An extra that is not installed.
        return ""
