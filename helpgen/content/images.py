"""One image file -> `Image`: what it is, how large, whether it is whole and safe.

1. The kind by its ending, proved by its first bytes; an allow list of six kinds.
2. The size by `imagesize` (SVG: svg.py), before anything else is believed of the file.
3. Is it whole? Each format says in its own way where it ends.
4. SVG: nothing that runs, and nothing from elsewhere (svg.py).
"""

from __future__ import annotations

import re
import struct
import zlib
from io import BytesIO
from pathlib import PurePosixPath

from helpgen.content.slugs import path_slug
from helpgen.content.svg import read_svg
from helpgen.model.config import Limits
from helpgen.model.diagnostic import Diagnostic, Outcome, problem
from helpgen.model.location import Location
from helpgen.model.media import Image
from helpgen.model.source import SourceFile

_MAGIC = {
    ".png": re.compile(rb"\x89PNG\r\n\x1a\n"),
    ".jpg": re.compile(rb"\xff\xd8\xff"),
    ".jpeg": re.compile(rb"\xff\xd8\xff"),
    ".gif": re.compile(rb"GIF8[79]a"),
    ".webp": re.compile(rb"RIFF....WEBP", re.DOTALL),
    ".avif": re.compile(rb"....ftypavi[fs]", re.DOTALL),
}
ENDINGS = frozenset({*_MAGIC, ".svg"})
_NAMES = {".jpg": "JPEG", ".jpeg": "JPEG", ".webp": "WebP"}


def is_image(path: str) -> bool:
    """Does the file's name end like an image that helpgen publishes?"""
    return PurePosixPath(path).suffix.lower() in ENDINGS


def parse_image(file: SourceFile, limits: Limits) -> Outcome[Image]:
    """Read one image. The value is None if it must not be published; the diagnostics say why."""
    ending = PurePosixPath(file.path).suffix.lower()
    if len(file.data) > limits.image_bytes:
        message = f"the image has {len(file.data):,} bytes; the limit limits.image_bytes is {limits.image_bytes:,}"
        return _failed(file, "image/too-large", message, "make it smaller, or raise the limit in helpgen.yaml")
    if ending == ".svg":
        svg = read_svg(file)
        if svg.value is None:
            return Outcome(value=None, diagnostics=svg.diagnostics)
        return _sized(file, ending, *svg.value)
    magic = _MAGIC.get(ending)
    if magic is None:
        known = ", ".join(sorted(ENDINGS))
        return _failed(file, "image/broken", f'"{ending}" is not an image that helpgen publishes', f"known are {known}")
    if not magic.match(file.data):
        message = f"the file is named {ending}, but it is not a {_name(ending)} image"
        return _failed(file, "image/broken", message, "give it the ending of what it is, or export it again")
    # It loads all of Python's HTTP, for images on the web: too much for a site without a new image.
    import imagesize

    width, height = imagesize.get(BytesIO(file.data))
    if width <= 0 or height <= 0:
        return _failed(
            file, "image/broken", f"the {_name(ending)} image does not say how large it is", "export it again"
        )
    if width * height > limits.image_pixels:
        message = f"the image has {width} x {height} pixels; the limit limits.image_pixels is {limits.image_pixels:,}"
        return _failed(file, "image/too-large", message, "make it smaller, or raise the limit in helpgen.yaml")
    fault = _fault(ending, file.data)
    if fault:
        return _failed(
            file, "image/broken", f"the {_name(ending)} image is damaged: {fault}", "export or copy it again"
        )
    return _sized(file, ending, width, height)


def _name(ending: str) -> str:
    return _NAMES.get(ending, ending[1:].upper())


def _failed(file: SourceFile, rule: str, message: str, hint: str) -> Outcome[Image]:
    found: Diagnostic = problem(rule, Location(path=file.path, line=1, column=1), message, hint=hint)
    return Outcome(value=None, diagnostics=(found,))


def _sized(file: SourceFile, ending: str, width: int, height: int) -> Outcome[Image]:
    stem = path_slug(PurePosixPath(file.path).stem) or "image"
    output = f"assets/media/{stem}.{file.digest[:8]}{ending}"
    return Outcome(value=Image(path=file.path, output=output, width=width, height=height))


def _fault(ending: str, data: bytes) -> str:
    """What is missing or wrong in the file; "" if it is whole as far as its frame tells."""
    if ending == ".png":
        return _png_fault(data)
    if ending in (".jpg", ".jpeg"):
        scan = data.rfind(b"\xff\xda")
        return "" if scan >= 0 and data.find(b"\xff\xd9", scan) >= 0 else "it ends before its picture does"
    if ending == ".gif":
        return "" if data.rstrip(b"\0").endswith(b";") else "it ends before its picture does"
    if ending == ".webp":
        size = struct.unpack("<I", data[4:8])[0]
        return "" if len(data) >= size + 8 else f"it has {len(data)} of {size + 8} bytes"
    return ""


def _png_fault(data: bytes) -> str:
    """Walk over the chunks (length, type, data, CRC-32) up to IEND, as PNG (ISO/IEC 15948) lays them out."""
    at = 8
    while at + 12 <= len(data):
        length, kind = struct.unpack(">I4s", data[at : at + 8])
        end = at + 12 + length
        if end > len(data):
            break
        if zlib.crc32(data[at + 4 : end - 4]) != struct.unpack(">I", data[end - 4 : end])[0]:
            return f"the checksum of its part {kind.decode('latin-1')} is wrong"
        if kind == b"IEND":
            return ""
        at = end
    return "it ends before its picture does"
