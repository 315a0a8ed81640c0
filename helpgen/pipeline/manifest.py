"""The list of what a published folder holds: size and SHA-256 of each file, and what else must be known of the build.

It lies in the folder itself. A folder without it is not ours, and never written to.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from itertools import chain, islice
from pathlib import Path
from typing import Any

MANIFEST = ".helpgen-manifest.json"
MANIFEST_VERSION = 1
# Threads that read, hash and write files: none of this needs the interpreter.
THREADS = 4
# An empty part, one or two dots as a part; what other systems take for the sign between parts, or for the end.
_OUTWARD = re.compile(r"(?:\A|/)\.{0,2}(?:/|\Z)|[\\\0]")
# Files that a thread writes or hashes before it asks for more.
BATCH = 64


def read_manifest(out: Path) -> dict[str, object] | None:
    """The manifest of a published folder, or None if there is none that this version can read."""
    try:
        data = json.loads((out / MANIFEST).read_bytes())
    except (OSError, ValueError, RecursionError):
        return None
    fine = isinstance(data, dict) and data.get("version") == MANIFEST_VERSION and isinstance(data.get("files"), dict)
    return data if fine else None


def published_files(out: Path) -> frozenset[str]:
    """The paths of the files that were published there; none if there is no site, or not ours."""
    listed = (read_manifest(out) or {}).get("files")
    return frozenset(listed) if isinstance(listed, dict) else frozenset()


def published_pages(out: Path) -> tuple[str, ...]:
    """The HTML files among the published ones, sorted."""
    return tuple(sorted(path for path in published_files(out) if path.endswith(".html")))


class PublishedFiles:
    """The files of the site that is published in a folder, by the SHA-256 of what they hold. Nothing is read before it is asked."""

    def __init__(self, out: Path) -> None:
        self._out = out
        self._entries: dict[str, tuple[str, object]] | None = None

    def find(self, digest: str) -> bytes | None:
        """The bytes with this digest, if a file that the manifest lists still holds them."""
        path, _size = self._listed(digest)
        if not path:
            return None
        try:
            data = read_inside(self._out, path)
        except OSError:
            return None
        return data if hashlib.sha256(data).hexdigest() == digest else None

    def may_hold(self, digest: str) -> bool:
        """Whether there is a file of the size of the one with this digest, where the manifest lists that: it is not read."""
        path, size = self._listed(digest)
        try:
            return bool(path) and os.lstat(self._out / path).st_size == size
        except OSError:
            return False

    def _listed(self, digest: str) -> tuple[str, object]:
        """The path and the size of the file with this digest; an empty path if there is none."""
        if self._entries is None:
            listed = (read_manifest(self._out) or {}).get("files")
            entries = listed.items() if isinstance(listed, dict) else ()
            self._entries = {
                str(entry.get("sha256")): (path, entry.get("bytes"))
                for path, entry in entries
                if isinstance(entry, dict)
            }
        path, size = self._entries.get(digest, ("", None))
        return (path, size) if is_inside(path) else ("", None)


def read_inside(folder: Path, path: str) -> bytes:
    """A file below a folder that is no link. Raises OSError."""
    if not is_inside(path):
        raise OSError(f"{path} leads out of the folder")
    with open(os.open(folder / path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC), "rb") as handle:
        return handle.read()


def is_inside(path: str) -> bool:
    """Whether a path of a site stays in its folder, on every system."""
    return _OUTWARD.search(path) is None


def manifest_digest(out: Path) -> str:
    """SHA-256 of the manifest of a folder that has just been published."""
    return hashlib.sha256((out / MANIFEST).read_bytes()).hexdigest()


def manifest_of(files: Mapping[str, bytes], extra: Mapping[str, str]) -> bytes:
    """The manifest: size and SHA-256 of each file, sorted by path."""
    with ThreadPoolExecutor(THREADS) as pool:
        parts = pool.map(lambda paths: [(path, entry_of(files[path])) for path in paths], batched(files, BATCH))
        return write_manifest(dict(chain.from_iterable(parts)), dict(extra))


def entry_of(data: bytes) -> dict[str, Any]:
    """What the manifest says of one file."""
    return {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}


def write_manifest(entries: Mapping[str, Mapping[str, Any]], extra: object) -> bytes:
    """JSON with a line for each value, so that two manifests can be compared; the keys are sorted.

    The lines are put together here: `json` takes ten times as long when it must break lines.
    """
    quote = json.encoder.encode_basestring
    lines = ",\n".join(
        f'{quote(path)}: {{\n"bytes": {entry["bytes"]},\n"sha256": "{entry["sha256"]}"\n}}'
        for path, entry in sorted(entries.items())
    )
    files = f"{{\n{lines}\n}}" if lines else "{}"
    more = json.dumps(extra, ensure_ascii=False, indent=0, sort_keys=True)
    return f'{{\n"extra": {more},\n"files": {files},\n"version": {MANIFEST_VERSION}\n}}\n'.encode()


def batched(items: Iterable[str], size: int) -> Iterator[list[str]]:
    """The items in lists of one size; the last may be shorter."""
    rest = iter(items)
    while batch := list(islice(rest, size)):
        yield batch
