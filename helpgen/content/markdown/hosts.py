"""Links that look like another place than they lead to.

1. `shown_host`: the host that a link's words name, if they name one.
2. `differs`: is it another one than the address has?
3. `looks_alike`: a host in letters that only look like Latin ones.
"""

from __future__ import annotations

import re
import unicodedata

# "Node.js" and "config.py" look like hosts too; without a scheme or www only these endings count as one.
_ENDINGS = (
    "com|net|org|io|cn|hk|tw|uk|eu|de|jp|kr|co|app|dev|xyz|top|vip|finance|exchange|trade|bank|gov|edu|info|biz|example"
)
_SHOWN = re.compile(
    r"\s*(?:(?P<scheme>https?://)(?:[^\s/?#@]*@)?|(?P<www>www\.))?"
    r"(?P<host>[^\s/?#@:,;()<>\"']{1,253})(?::\d{1,5})?(?:[/?#]\S*)?\s*",
    re.IGNORECASE,
)
_KNOWN_ENDING = re.compile(rf".+\.(?:{_ENDINGS})", re.IGNORECASE)
# Cyrillic and Greek letters with a Latin twin (from the Unicode confusables, the lower-case ones that hosts can have).
_TWINS = frozenset("авеорсухкмнтгѕіјһԁԛԝӏѵҽοανρικυχτωε")


def shown_host(words: str) -> str:
    """The host a link's words show ("www.skerry.example/official" -> "skerry.example"), lower case; "" if none."""
    match = _SHOWN.fullmatch(words)
    if not match:
        return ""
    host = match["host"].lower().rstrip(".")
    if match["scheme"] or match["www"] or _KNOWN_ENDING.fullmatch(host):
        return host.removeprefix("www.")
    return ""


def differs(shown: str, host: str) -> bool:
    """Does an address lead elsewhere than its words say? A subdomain of what is shown, or its parent, does not."""
    real = _unicode(host).removeprefix("www.")
    shown = _unicode(shown)
    return not (real == shown or real.endswith("." + shown) or shown.endswith("." + real))


def looks_alike(host: str) -> bool:
    """Has a part of the host look-alike letters: Latin mixed with Cyrillic or Greek, or only twins of Latin ones?"""
    if host.isascii() and "xn--" not in host:
        return False
    return any(_is_deceptive(label) for label in _unicode(host).split("."))


def _is_deceptive(label: str) -> bool:
    letters = [char for char in label if char.isalpha()]
    if all(char.isascii() for char in letters):
        return False
    scripts = {unicodedata.name(char, "").split(" ")[0] for char in letters}
    mixed = "LATIN" in scripts and bool(scripts & {"CYRILLIC", "GREEK"})
    return mixed or all(char in _TWINS for char in letters)


def _unicode(host: str) -> str:
    """`xn--` parts in their own letters; a part that is not valid punycode stays as it is."""
    return ".".join(_label(label) for label in host.lower().split("."))


def _label(label: str) -> str:
    if not label.startswith("xn--") or len(label) > 63:
        return label
    try:
        return label[4:].encode("ascii").decode("punycode")
    except UnicodeError:
        return label
