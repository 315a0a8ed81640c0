"""What a link's address is, read as a browser reads it, by an allow list.

1. Strip what browsers strip: control characters and spaces at the ends, tabs and line ends anywhere.
2. A scheme? https and http need `//` and a host; mailto and tel pass, and so does `scenario:` with the id of one of
   support's scenarios, which is an address of this site; every other one is refused.
3. No scheme, but a colon before the first slash: no relative path looks so (RFC 3986, 4.2); refused like a scheme.
4. No scheme: two slashes (or backslashes, which browsers read as slashes) would leave the site without naming a
   scheme, so they are refused; the rest is a path in this site.

Source of the reading: the URL standard of the WHATWG, "basic URL parser".
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal
from urllib.parse import quote, unquote

TargetKind = Literal[
    "site",
    "web",
    "contact",
    "top",
    "empty",
    "scenario",
    "no-scheme",
    "no-host",
    "no-number",
    "scheme",
    "drive",
    "entity",
    "control",
]

_ENDS = "".join(map(chr, range(33)))
_REMOVED = str.maketrans("", "", "\t\n\r")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.\-]*):")
_FIRST_PART = re.compile(r"[^/\\?#]*")
# A character reference that means a character has been resolved before: what is left of one hides something.
_ENTITY = re.compile(r"&#x?[0-9A-Fa-f]")
_DRIVE = re.compile(r"[A-Za-z]:(?:[/\\]|\Z)")
_WEB = re.compile(r"[/\\]{2}([^/\\?#]+)([^?#]*)(.*)", re.DOTALL)
_AUTHORITY = re.compile(r"(?:(.*)@)?(\[[0-9A-Fa-f:.]+\]|[^@:\[\]]+)(?::(\d{0,5}))?", re.DOTALL)
_HOST_FORBIDDEN = re.compile(r"[\x00-\x20\x7f#/<>?@\[\\\]^|%\"`{}]")
_UNSAFE = re.compile(r"[\x00-\x20\"<>\\^`{|}\x7f]")
_SCENARIO = re.compile(r"[a-z][a-z0-9-]{0,40}\Z")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
# A number as RFC 3966 has it. Codes with * and # are commands to the telephone or its network, and no number to call.
_TELEPHONE = re.compile(r"(?=[^0-9;]*[0-9])\+?[0-9().\- \u00a0]+(?:;[A-Za-z][A-Za-z-]*(?:=[A-Za-z0-9.+-]*)?)*")
_LETTER_TEXT = re.compile(r"(?<=[?&])body=[^&]*", re.IGNORECASE)
_MOST_PORTS = 65_535


@dataclass(frozen=True, slots=True)
class Target:
    """An address, sorted.

    `kind`: site (a path or #fragment of this site), scenario, web, contact (mailto, tel), top (`#` alone), or why it is
    refused. `address`: for site the percent-decoded NFC path, for a scenario `scenario:<id>`, for web and contact the
    value for `href`, else as written. `host` (lower case) and `credentials` are those of a web address, `scheme` lower case.
    """

    kind: TargetKind
    address: str
    scheme: str = ""
    host: str = ""
    credentials: bool = False


def read_target(written: str) -> Target:
    """Sort an address. Total: every text has a kind. Linear in its length."""
    url = written.strip(_ENDS).translate(_REMOVED)
    if not url:
        return Target("empty", "")
    if _DRIVE.match(url):
        return Target("drive", url)
    match = _SCHEME.match(url)
    if match:
        return _with_scheme(url, match.group(1).lower(), url[match.end() :])
    if url[:1] in "/\\" and url[1:2] in ("/", "\\"):
        return Target("no-scheme", url)
    if url == "#":
        return Target("top", "#")
    if _ENTITY.search(url):
        return Target("entity", url)
    if ":" in _FIRST_PART.match(url).group():  # type: ignore[union-attr]  # the pattern matches every text
        return Target("scheme", url, scheme=url.partition(":")[0])
    path = unicodedata.normalize("NFC", _decoded(url.replace("\\", "/")))
    return Target("control" if _CONTROL.search(path) else "site", path)


def _with_scheme(url: str, scheme: str, rest: str) -> Target:
    if scheme in ("https", "http"):
        return _web(url, scheme, rest)
    if scheme in ("mailto", "tel"):
        address = _UNSAFE.sub(lambda m: quote(m.group()), rest)
        # A line end would begin another header of the letter. Its text may have some (RFC 6068).
        if _CONTROL.search(_decoded(_LETTER_TEXT.sub("", rest))):
            return Target("control", _decoded(url), scheme=scheme)
        if scheme == "tel" and rest and not _TELEPHONE.fullmatch(_decoded(rest)):
            return Target("no-number", url, scheme=scheme)
        return Target("contact" if address else "empty", f"{scheme}:{address}", scheme=scheme)
    if scheme == "scenario" and _SCENARIO.match(rest):
        return Target("scenario", f"scenario:{rest}", scheme=scheme)
    return Target("scheme", url, scheme=scheme)


def _web(url: str, scheme: str, rest: str) -> Target:
    match = _WEB.fullmatch(rest)
    if not match:
        return Target("no-scheme", url, scheme=scheme)
    authority, path, tail = match.groups()
    parts = _AUTHORITY.fullmatch(authority)
    host = unquote(parts.group(2)).lower().rstrip(".") if parts else ""
    if not parts or (not host.startswith("[") and (not host or _HOST_FORBIDDEN.search(host))):
        return Target("no-host", url, scheme=scheme)
    if int(parts.group(3) or 0) > _MOST_PORTS:
        return Target("no-host", url, scheme=scheme)
    port = f":{parts.group(3)}" if parts.group(3) else ""
    # Credentials are dropped: no page of a help centre needs them, and "bank.example@evil.example" lives by them.
    address = f"{scheme}://{host}{port}{path.replace(chr(92), '/')}{tail}"
    return Target("web", _UNSAFE.sub(lambda m: quote(m.group()), address), scheme, host, parts.group(1) is not None)


def _decoded(path: str) -> str:
    """Percent-decoded once; left as written if the bytes are not UTF-8."""
    if "%" not in path:
        return path
    try:
        return unquote(path, errors="strict")
    except UnicodeDecodeError:
        return path
