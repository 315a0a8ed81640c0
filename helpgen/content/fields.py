"""The tables of fields: one row per field, with its type, default and a line on it.

The same rows validate, fill in defaults, make the JSON Schemas (`helpgen schema`), the help of `helpgen new` and the
tables of docs/writing.md and docs/configuring.md (a test compares them).
"""

from __future__ import annotations

import re
from typing import Any, Final

from helpgen.content.addresses import BaseUrl, OldAddress
from helpgen.content.chat import PROVIDERS
from helpgen.content.devices import DEVICE_PATTERN
from helpgen.content.positioned_yaml import Node
from helpgen.content.reader import Reader
from helpgen.content.schema import (
    LOCALE_CODE,
    Choice,
    Date,
    Either,
    Field,
    Flag,
    Json,
    ListOf,
    Localised,
    MapOf,
    Number,
    Record,
    Text,
)
from helpgen.model.article import PLATFORMS
from helpgen.model.config import Limits
from helpgen.model.rules import RULES

SLUG: Final = Text(
    label="an address part (letters, digits, - and _)",
    pattern=re.compile(rf"(?!(?:index|assets|search|{DEVICE_PATTERN})\Z)[^\W_][\w-]*\Z"),
    hint="for example deposit-not-arrived; a / or a dot cannot stand in it",
    max_length=100,
    part_bytes=200,
)
ARTICLE_KEY: Final = Text(
    label="an article as category/slug",
    pattern=re.compile(r"(?:[\w-]+/){0,2}[\w-]+\Z"),
    hint="the path of its file below the language, without .md: deposits/find-txid",
)
ADDRESS: Final = Text(
    label="an https:, mailto: or tel: address, or an article as category/slug",
    pattern=re.compile(
        r"(https?://[^\s\\<>\"'@]+|mailto:[^\s<>\"'?&,;:%@]+@[^\s<>\"'?&,;:%@/]+|tel:\+?[\d-]+|(?:[\w-]+/){0,2}[\w-]+)\Z"
    ),
    hint="for example https://www.example.com/status, mailto:help@example.com or contact/live-chat",
)
TITLE: Final = Text(label="a text", max_length=300)
LINE: Final = Text()

ARTICLE_FIELDS: Final = Record(
    label="a mapping of front matter fields",
    fields=(
        Field(
            name="title",
            type=TITLE,
            default="",
            required=False,
            doc="The article's title: heading, browser tab, search result. Without it, a first `# heading` of the text is the title.",
        ),
        Field(name="slug", type=SLUG, default="", doc="Its part of the address; by default the file's name."),
        Field(
            name="summary",
            type=Text(max_length=600),
            default="",
            doc="One or two sentences on what it solves: shown under the title, in lists and to search engines.",
        ),
        Field(
            name="order",
            type=Number(),
            default=None,
            doc="Place in its category: small numbers first, articles without one after, by title.",
        ),
        Field(
            name="type",
            type=Choice(("article", "faq", "troubleshooter")),
            default="article",
            doc="`article`; `faq`, in which each `##` heading is a question of its own; or `troubleshooter`, in which each is a step.",
        ),
        Field(
            name="questions",
            type=ListOf(TITLE, 100),
            default=(),
            doc="How readers ask it, in their words. The strongest lever of the search.",
        ),
        Field(
            name="keywords",
            type=ListOf(TITLE, 100),
            default=(),
            doc="Further search words: abbreviations, old names, other spellings.",
        ),
        Field(
            name="platforms",
            type=ListOf(Choice(PLATFORMS), len(PLATFORMS)),
            default=(),
            doc="The platforms it is for, if not for all: shown under the title, and a filter of the search.",
        ),
        Field(
            name="aliases",
            type=ListOf(OldAddress(), 50),
            default=(),
            doc="Old addresses that redirect here, each starting with `/`.",
        ),
        Field(
            name="related",
            type=ListOf(ARTICLE_KEY, 12),
            default=(),
            doc="Related articles as `category/slug`. Without it, helpgen proposes neighbours that share words with it.",
        ),
        Field(name="updated", type=Date(), default="", doc="The day of the last real change, shown to readers."),
        Field(
            name="reviewed",
            type=Date(),
            default="",
            doc="The day on which somebody last checked that it is still right, shown to readers.",
        ),
        Field(
            name="draft",
            type=Flag(),
            default=False,
            doc="`true` keeps it out of the site, the search and every list; `--drafts` shows it.",
        ),
        Field(name="featured", type=Flag(), default=False, doc="`true` puts it on the home page."),
        Field(
            name="search",
            type=Record(
                (
                    Field(
                        name="boost",
                        type=Number(0.1, 10),
                        default=1.0,
                        doc="Multiplies its score in the search: 2 lifts it, 0.5 lowers it.",
                    ),
                    Field(
                        name="exclude",
                        type=Flag(),
                        default=False,
                        doc="`true` keeps it out of the search but in the site.",
                    ),
                )
            ),
            default={"boost": 1.0, "exclude": False},
            doc="How the search treats it.",
        ),
    ),
)

CATEGORY_FIELDS: Final = Record(
    label="a mapping of category fields",
    fields=(
        Field(name="title", type=TITLE, default="", required=True, doc="The category's name, as readers see it."),
        Field(name="description", type=Text(max_length=300), default="", doc="One line on what is in it."),
        Field(
            name="icon",
            type=Text(label="the name of an icon of the theme", pattern=re.compile(r"[a-z0-9-]{1,40}\Z")),
            default="",
            doc="The name of one of the theme's icons.",
        ),
        Field(name="order", type=Number(), default=None, doc="Place among the categories: small numbers first."),
    ),
)


def _plain_theme(name: Any) -> dict[str, Any]:
    return {"name": name, "settings": {}}


class _Anything:
    """Read later, by whoever knows its form (theme settings: their types stand in the theme's own theme.yaml)."""

    label = "a mapping of the theme's settings"
    json_schema: Json = {"type": "object"}  # noqa: RUF012

    def read(self, node: Node, name: str, reader: Reader) -> dict[str, Any]:  # noqa: ARG002
        return {}


_SEVERITY: Final = Choice(("error", "warning", "info", "off"))
# Each level of blocks takes some calls of Python, which has a bound of its own.
_HIGHEST: Final = {"nesting": 100, "expansion": 1_000}
_LIMIT_DOCS: Final = {
    "article_bytes": "Largest article file, in bytes.",
    "article_seconds": "Most processor time to read one article, in seconds.",
    "article_megabytes": "Most memory to read one article, in megabytes, on Linux.",
    "page_seconds": "Most processor time for a template to make one page, in seconds.",
    "page_megabytes": "Most memory for a template to make one page, in megabytes, on Linux.",
    "front_matter_bytes": "Largest front matter, in bytes.",
    "nesting": "How deep lists, quotes and blocks may nest.",
    "expansion": "How many times as large as an article's text reference links may make its page, beside 1 MB.",
    "table_cells": "Most cells of one table.",
    "image_bytes": "Largest image file, in bytes.",
    "image_pixels": "Most pixels of one image (width × height).",
}

_HOST: Final = Text(
    label="a host name",
    pattern=re.compile(r"(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)+(:\d{1,5})?\Z"),
    hint="without https://, for example cdn.example.com or *.example.com",
)
CHAT_FIELDS: Final = Record(
    (
        Field(name="provider", type=Choice(tuple(PROVIDERS)), default="", required=True, doc="Whose chat it is."),
        Field(
            name="channel",
            type=Text(label="the id of a channel", pattern=re.compile(r"[a-z][a-z0-9-]{0,40}\Z")),
            default="",
            required=True,
            doc="The channel of channels.yaml that it is: its name, its hours, its texts.",
        ),
        Field(
            name="id",
            type=Text(label="the id of this site at the vendor", pattern=re.compile(r"[A-Za-z0-9][\w/-]{0,99}\Z")),
            default="",
            doc="The site's id there: app id, key, website id, token, property/widget, or licence number.",
        ),
        Field(
            name="address",
            type=Text(
                label="an https: address",
                pattern=re.compile(r"https://[^\s\\<>\"'@;,]+\Z"),
                hint="for example https://chat.example.com",
            ),
            default="",
            doc="Chatwoot: your server. url: the page to open; `{text}` in it stands for the conversation.",
        ),
        Field(
            name="field",
            type=Text(label="the number of a ticket field", pattern=re.compile(r"\d{1,20}\Z")),
            default="",
            doc="Zendesk: the ticket field that takes the conversation.",
        ),
        Field(name="hosts", type=ListOf(_HOST, 30), default=(), doc="Further hosts that the widget may load from."),
    )
)

CONFIG_FIELDS: Final = Record(
    label="a mapping of settings",
    fields=(
        Field(
            name="title",
            type=Localised(TITLE),
            default={},
            required=True,
            doc="The name of the help centre, one for all languages or one per language.",
        ),
        Field(
            name="tagline",
            type=Localised(Text(max_length=300)),
            default={},
            doc="The sentence above the search box of the home page.",
        ),
        Field(
            name="base_url",
            type=BaseUrl(),
            default="",
            doc="The full address of the site. Canonical links, hreflang and the sitemap need it; links between pages do not.",
        ),
        Field(
            name="locales",
            type=MapOf(
                LOCALE_CODE,
                Record(
                    (
                        Field(
                            name="name",
                            type=TITLE,
                            default="",
                            required=True,
                            doc="The language's name in that language.",
                        ),
                        Field(name="direction", type=Choice(("ltr", "rtl")), default="ltr", doc="Writing direction."),
                    )
                ),
            ),
            default={},
            required=True,
            doc="The languages: a mapping from code to `{ name: … }`. The first is the default.",
        ),
        Field(
            name="theme",
            type=Either(
                TITLE,
                Record(
                    (
                        Field(
                            name="name",
                            type=TITLE,
                            default="lighthouse",
                            doc="A folder of `themes/`, or a theme that helpgen brings.",
                        ),
                        Field(
                            name="settings",
                            type=_Anything(),
                            default={},
                            doc="The theme's own settings; docs/theming.md lists those of lighthouse.",
                        ),
                    )
                ),
                _plain_theme,
            ),
            default={"name": "lighthouse", "settings": {}},
            doc="The theme's name, or a mapping of its name and settings.",
        ),
        Field(
            name="footer",
            type=ListOf(
                Record(
                    (
                        Field(name="label", type=Localised(TITLE), default={}, required=True, doc="The link's words."),
                        Field(
                            name="url",
                            type=ADDRESS,
                            default="",
                            required=True,
                            doc="An https:, mailto: or tel: address, or an article as `category/slug`.",
                        ),
                    )
                ),
                30,
            ),
            default=(),
            doc="The links in the footer.",
        ),
        Field(
            name="popular_searches",
            type=Localised(ListOf(TITLE, 12)),
            default={},
            doc="Searches that the home page proposes, per language.",
        ),
        Field(
            name="danger",
            type=ARTICLE_KEY,
            default="",
            doc="The article behind the red link in every header: what to do when money or an account is in danger.",
        ),
        Field(
            name="contact",
            type=ListOf(ARTICLE_KEY, 12),
            default=(),
            doc="Articles to read before writing to support, as `category/slug`: the contact page shows them first.",
        ),
        Field(
            name="chat",
            type=CHAT_FIELDS,
            default=None,
            doc="A live chat of another firm, on a page of its own that readers open knowingly: docs/support-chat.md.",
        ),
        Field(
            name="search",
            type=Record(
                (
                    Field(
                        name="backend",
                        type=Choice(("json", "whoosh", "both")),
                        default="json",
                        doc="`json`: the index that the browser reads; `whoosh`: one for a server, beside the site; or `both`.",
                    ),
                )
            ),
            default={"backend": "json"},
            doc="The search index.",
        ),
        Field(
            name="checks",
            type=MapOf(Text(label="a rule of docs/checks.md"), _SEVERITY),
            default={},
            doc="Severities of single rules: `link/broken: warning`; `off` silences one.",
        ),
        Field(
            name="limits",
            type=Record(
                tuple(
                    Field(
                        name=name,
                        type=Number(1, _HIGHEST.get(name, 1_000_000_000), whole=True),
                        default=getattr(Limits(), name),
                        doc=doc,
                    )
                    for name, doc in _LIMIT_DOCS.items()
                )
            ),
            default={name: getattr(Limits(), name) for name in _LIMIT_DOCS},
            doc="Bounds on the input; beyond one, the build stops with an error that names it.",
        ),
    ),
)

SYNONYM_FIELDS: Final = Record(
    label="a mapping with two_way and one_way",
    fields=(
        Field(
            name="two_way", type=ListOf(ListOf(TITLE, 40), 2_000), default=(), doc="Lists of words that mean the same."
        ),
        Field(
            name="one_way",
            type=MapOf(TITLE, ListOf(TITLE, 40)),
            default={},
            doc="A word that readers type, and the words that should be found for it.",
        ),
    ),
)
SYNONYMS: Final = MapOf(LOCALE_CODE, SYNONYM_FIELDS)


def is_rule(name: str) -> bool:
    return name in RULES
