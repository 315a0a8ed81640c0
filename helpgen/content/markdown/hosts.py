"""Links that look like another place than they lead to.

1. `shown_host`: the host that a link's words name, if they name one.
2. `differs`: is it another one than the address has?
3. `looks_alike`: a host in letters that only look like Latin ones, or with signs that look like a part of an address.
4. `is_number`: a host as a number, which says nothing to a reader.
5. `shows_other_contact`: the words name another mailbox or telephone than the link writes to or calls.
"""

from __future__ import annotations

import re
import unicodedata

# "Node.js" and "config.py" look like hosts too; without a scheme or www only these endings count as one.
_ENDINGS = (
    "com|net|org|io|cn|hk|tw|uk|eu|de|jp|kr|co|app|dev|xyz|top|vip|finance|exchange|trade|bank|gov|edu|info|biz|example"
)
_SHOWN = re.compile(
    r"\s*(?:(?P<scheme>h(?:tt|xx)ps?://)(?:[^\s/?#@]*@)?|(?P<www>www\.))?"
    r"(?P<host>[^\s/?#@:,;()<>\"']{1,253})(?::\d{1,5})?(?:[/?#]\S*)?\s*",
    re.IGNORECASE,
)
# An address among other words; without a scheme or www a host within a sentence is a name.
_WITHIN = re.compile(
    r"(?:h(?:tt|xx)ps?://(?:[^\s/?#@]*@)?|\bwww\.)(?P<host>[^\s/?#@:,;()<>\"'\u3000-\u303f\uff00-\uffef]{1,253})",
    re.IGNORECASE,
)
_KNOWN_ENDING = re.compile(rf".+\.(?:{_ENDINGS})", re.IGNORECASE)
# Cyrillic and Greek letters with a Latin twin (from the Unicode confusables, the lower-case ones that hosts can have).
_TWINS = frozenset("авеорсухкмнтгѕіјһԁԛԝӏѵҽοανρικυχτωε")
# Latin letters that pass for a commoner one: those without a dot, those of phonetics, small capitals.
_LATIN_TWINS = re.compile("[\u0131\u0237\u0250-\u02af\u1d00-\u1d7f\ua730-\ua731\ua771-\ua778]")
_NUMBER = re.compile(r"(?:0x[0-9a-f]*|[0-9]+)(?:\.(?:0x[0-9a-f]*|[0-9]+)){0,3}", re.IGNORECASE)
_QUAD = re.compile(r"(?:(?:0|[1-9][0-9]{0,2})\.){3}(?:0|[1-9][0-9]{0,2})")
_MAILBOX = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_TELEPHONE = re.compile(r"\+?(?:\([0-9]+\)|[0-9])(?:[ ./\u00a0\u2010-\u2011-]?(?:\([0-9]+\)|[0-9])){4,}")


def shown_host(words: str) -> str:
    """The host a link's words show ("www.skerry.example/official" -> "skerry.example"), lower case; "" if none."""
    match = _SHOWN.fullmatch(words)
    if not match:
        within = _WITHIN.search(words)
        return within["host"].lower().rstrip(".!").removeprefix("www.") if within else ""
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
    """Has a part of the host look-alike letters: Latin mixed with Cyrillic or Greek, or only twins of Latin ones?

    So has one with forms that browsers turn into others (full width), and with signs, of which some look like a slash.
    """
    if host.isascii() and "xn--" not in host:
        return False
    if unicodedata.normalize("NFKC", host) != unicodedata.normalize("NFC", host):
        return True
    return any(_is_deceptive(label) for label in _unicode(host).split("."))


def is_number(host: str) -> bool:
    """Is the host a number in a form that hides it: `2130706433`, `0x7f.1`, `017700000001`? Four plain bytes are none."""
    return bool(_NUMBER.fullmatch(host)) and not _QUAD.fullmatch(host)


def shows_other_contact(words: str, scheme: str, address: str) -> str:
    """The mailbox or the telephone number in a link's words, if `address` (mailto or tel, decoded) is another one; else ""."""
    if scheme == "mailto":
        mailbox = _MAILBOX.search(words)
        return mailbox.group() if mailbox and mailbox.group().lower() not in address.lower() else ""
    number = _TELEPHONE.search(words)
    if not number:
        return ""
    # Words often leave the country out, and an address what the country dials before a number.
    shown, called = (re.sub("[^0-9]", "", text).lstrip("0") for text in (number.group(), address))
    return "" if shown in called or called in shown or shown.endswith(called[-6:]) else number.group()


def _is_deceptive(label: str) -> bool:
    if any(unicodedata.category(char)[0] not in "LMN" and char not in "-_" for char in label):
        return True
    letters = [char for char in label if char.isalpha()]
    if all(char.isascii() for char in letters):
        return False
    scripts = {unicodedata.name(char, "").split(" ")[0] for char in letters}
    mixed = "LATIN" in scripts and bool(scripts & {"CYRILLIC", "GREEK"})
    return mixed or bool(_LATIN_TWINS.search(label)) or all(char in _TWINS for char in letters)


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
