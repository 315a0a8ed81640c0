"""The list of what a published folder holds: size and SHA-256 of each file, and what else must be known of the build.

It lies in the folder itself. A folder without it is not ours, and never written to.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from itertools import chain, islice
from pathlib import Path
from typing import Any

MANIFEST = ".helpgen-manifest.json"
MANIFEST_VERSION = 1
# Threads that read, hash and write files: none of this needs the interpreter.
THREADS = 4
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


def published_pages(out: Path) -> tuple[str, ...]:
    """The HTML files of the site that is published there, sorted; none if it is not there or not ours."""
    listed = (read_manifest(out) or {}).get("files")
    return tuple(sorted(path for path in listed if path.endswith(".html"))) if isinstance(listed, dict) else ()


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
    lines = ",\n".join(
        f'{json.dumps(path, ensure_ascii=False)}: {{\n"bytes": {entry["bytes"]},\n"sha256": "{entry["sha256"]}"\n}}'
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
