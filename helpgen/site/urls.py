"""Addresses. Every page is a folder with an index.html, so an address ends with a slash and never shows an ending.

    zh/                          home of a language ("" too, for the default one)
    zh/deposits/                 category
    zh/deposits/withdrawals/     section
    zh/deposits/not-arrived/     article
    zh/search/  zh/contact-us/   search page, the ways to reach a human
    zh/live-chat/                the live chat of another firm
    zh/at-risk/  zh/my-case/     what to do in danger, what was sent to support

Inside helpgen an address is relative to the site's root, without a leading slash and not percent-encoded. A site with
one language and no folder for it leaves the first part out.
"""

from __future__ import annotations

import posixpath
import re
from urllib.parse import quote

from helpgen.content.chat import CHAT_PAGE

SEARCH = "search/"
CONTACT = "contact-us/"
DANGER = "at-risk/"
CASE = "my-case/"
CHAT = CHAT_PAGE
VERIFY = "verify/"
INDEX_FOLDER = "search/"
NOT_FOUND_FILE = "404.html"
# What needs no encoding, as nearly all addresses.
_ENCODED = re.compile(r"[A-Za-z0-9/_.~!$'()*,;:@-]*")


def home_url(locale: str, prefixed: bool) -> str:
    """The address of a language's home."""
    return f"{locale}/" if prefixed else ""


def category_url(locale: str, category: str, prefixed: bool) -> str:
    """The address of a category or section; the home for ""."""
    return home_url(locale, prefixed) + (f"{category}/" if category else "")


def article_url(locale: str, category: str, slug: str, prefixed: bool) -> str:
    """The address of an article."""
    return f"{category_url(locale, category, prefixed)}{slug}/"


def output_path(url: str) -> str:
    """The file below the output folder that answers an address."""
    return f"{url}index.html" if url == "" or url.endswith("/") else url


def encode(url: str) -> str:
    """Percent-encode the path of an address."""
    return url if _ENCODED.fullmatch(url) else quote(url, safe="/-_.~!$'()*,;:@")


def relative_url(source: str, target: str) -> str:
    """The shortest link from the page at address `source` to `target`, percent-encoded; "./" for the page itself."""
    folder = source if source.endswith("/") or not source else posixpath.dirname(source) + "/"
    if folder == "/":
        folder = ""
    here = folder.split("/")[:-1]
    there = target.split("/")
    common = 0
    while common < len(here) and common < len(there) - 1 and here[common] == there[common]:
        common += 1
    link = "../" * (len(here) - common) + "/".join(there[common:])
    # A first part with a colon would be read as a scheme.
    encoded = encode(link) or "./"
    return f"./{encoded}" if ":" in encoded.split("/")[0] else encoded


def absolute_url(base_url: str, url: str) -> str:
    """The full address, "" without a base_url."""
    return base_url + encode(url) if base_url else ""
