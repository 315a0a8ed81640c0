"""Any graph of old addresses: a redirect leads to a page of this site that is there, in one step, or the build says no.

HELPGEN_GRAPHS sets how many are tried.
"""

from __future__ import annotations

import json
import os
import unicodedata
from urllib.parse import unquote

from hypothesis import given, settings
from hypothesis import strategies as st

from helpgen.content.config import parse_config
from helpgen.content.parse import ArticleRules, parse_article
from helpgen.content.place import Layout
from helpgen.model.config import Limits
from helpgen.model.source import SourceFile
from helpgen.site.assemble import Inputs, assemble_site

LAYOUT = Layout(locales=("en",), prefixed=True)
RULES = ArticleRules(layout=LAYOUT, limits=Limits())
CONFIG = parse_config(
    SourceFile(path="helpgen.yaml", data=b"title: T\nlocales: {en: {name: English}}\n", digest="")
).value
NAMES = ("a", "b", "c", "d", "fees")
OLD = st.sampled_from(
    [*(f"/old/{name}{end}" for name in NAMES for end in ("", "/", ".html", "/1")), "/hc/%E5%85%85", "/caf\u00e9/"]
)
# Living pages, old ones in other spellings, places outside, and what is no address at all.
WRONG = st.sampled_from(
    [
        *(f"/en/{name}/" for name in NAMES),
        *(
            "/EN/A/",
            "/en/a/index.html",
            "/en/%61/",
            "/en/%2561/",
            "/en/a//",
            "/en/./a/",
            "/en/x/../a/",
            "/",
            "/en/",
            "/../x/",
            "/%2e%2e/x/",
            "/./x",
        ),
        *("/en/search/", "/assets/x", "/404.html", "/cafe\u0301/", "/OLD/A", "/sitemap.xml"),
        *(
            "//evil.example/",
            "/\\evil.example/",
            "https://evil.example/",
            "javascript:alert(1)",
            "/%2f/evil.example",
            "old",
        ),
        *("/a?b", "/a#b", "/%00", "/%ff", "/a%0d%0aLocation:x", "/con/", ""),
    ]
)
ADDRESSES = st.integers(0, 9).flatmap(lambda number: WRONG if number == 0 else OLD)


@settings(max_examples=int(os.environ.get("HELPGEN_GRAPHS", "100")), deadline=None, derandomize=True)
@given(aliases=st.lists(st.lists(ADDRESSES, max_size=3), min_size=len(NAMES), max_size=len(NAMES)))
def test_a_redirect_leads_to_a_living_page_at_once(aliases: list[list[str]]) -> None:
    assert CONFIG is not None
    articles, refused = [], 0
    for name, old in zip(NAMES, aliases, strict=True):
        text = f"---\ntitle: {name}\naliases: {json.dumps(old)}\n---\nText.\n"
        outcome = parse_article(SourceFile(path=f"content/en/{name}.md", data=text.encode(), digest=""), RULES)
        refused += any(d.severity == "error" for d in outcome.diagnostics)
        if outcome.value is not None:
            articles.append(outcome.value)
    inputs = Inputs(
        config=CONFIG,
        layout=LAYOUT,
        articles=tuple(articles),
        categories=(),
        channels=(),
        media=(),
        drafts=False,
        unreadable=frozenset(),
    )
    assembled = assemble_site(inputs)
    if refused or assembled.value is None or any(d.severity == "error" for d in assembled.diagnostics):
        return
    site = assembled.value.site
    living = {entry.url for part in site.locales for entry in part.entries}
    redirects = {redirect.source: redirect.target for redirect in site.redirects}
    wanted = {
        unicodedata.normalize("NFC", unquote(old)).strip("/").casefold() for several in aliases for old in several
    }
    assert {source.strip("/").casefold() for source in redirects} == wanted
    for source, target in redirects.items():
        assert target in living
        assert target not in redirects
        assert source not in living
        assert not {"", ".", ".."} & set(source.removesuffix("/").split("/"))
        assert ":" not in source
