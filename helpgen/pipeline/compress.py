"""Text files -> the same with `.br` and `.gz` beside them, for web servers that send what is compressed already.

The same file gives the same bytes on every machine: gzip gets no date and no name. What a build has compressed before is
remembered, like everything else that is made of bytes alone.
"""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import PurePosixPath
from typing import Final

from helpgen.pipeline.stage import Stage
from helpgen.pipeline.workers import Runner

LIBRARY: Final = "brotli"
# Measured on the demo's pages, scripts and index, 4.3 MB: level 11 takes 4.4 s and saves 2 % more than 10 with its 1.9 s;
# level 5 is done in 0.1 s and gives 11 % more bytes.
BROTLI_QUALITY: Final = 10
GZIP_LEVEL: Final = 9
# Below this a file fits into one packet either way.
SMALLEST: Final = 512
_TEXT: Final = frozenset({".html", ".css", ".js", ".mjs", ".json", ".svg", ".xml", ".txt", ".webmanifest"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Plain:
    """A file as it was built."""

    path: str
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Compressed:
    """The same bytes compressed; None where that would not be smaller."""

    br: bytes | None
    gz: bytes | None


def can_compress() -> bool:
    """Whether the library for Brotli is installed: the extra `compress`."""
    return find_spec(LIBRARY) is not None


def compress_files(files: Mapping[str, bytes], run: Runner) -> dict[str, bytes]:
    """The files with compressed ones beside the texts. Raises ImportError when `can_compress` is false."""
    plain = [Plain(path=path, data=data) for path, data in files.items() if _is_worth_it(path, data)]
    beside: dict[str, bytes] = {}
    for file, made in zip(plain, run.map(COMPRESS, plain, None), strict=True):
        for ending, data in (("br", made.br), ("gz", made.gz)):
            if data is not None:
                beside[f"{file.path}.{ending}"] = data
    return {**files, **beside}


def compress_file(file: Plain, _shared: None) -> Compressed:
    """One file, both ways."""
    compress = import_module(LIBRARY).compress
    br: bytes = compress(file.data, quality=BROTLI_QUALITY)
    gz = gzip.compress(file.data, GZIP_LEVEL, mtime=0)
    return Compressed(br=_smaller(br, file.data), gz=_smaller(gz, file.data))


def _is_worth_it(path: str, data: bytes) -> bool:
    return len(data) >= SMALLEST and PurePosixPath(path).suffix in _TEXT


def _smaller(made: bytes, data: bytes) -> bytes | None:
    return made if len(made) < len(data) else None


def _key(file: Plain) -> bytes:
    """What the file is called makes no difference."""
    return hashlib.sha256(file.data).digest()


COMPRESS: Final = Stage(
    name="compress",
    function=compress_file,
    item_type=Plain,
    shared_type=None,
    result_type=Compressed,
    key=_key,
)
