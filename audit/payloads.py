"""Texts that have run script in other sites, put into every place that an author, a data file or a reader can write in.

1. A site whose articles are payloads, and whose fields, categories, settings, channels and synonyms hold them.
2. Its pages and its search are opened twice, as built and with the policy stripped: each layer must hold alone.
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from audit.attack import attack
from audit.chromium import chromium, hosted
from audit.lenient import build_lenient, written
from audit.tally import Tally

RUN = "alert(1)"
IMAGE = f"<img src=x onerror={RUN}>"
SCRIPT = f"<script>{RUN}</script>"
BODIES = (
    *(
        SCRIPT,
        f"<ScRiPt>{RUN}</sCrIpT>",
        f"<script\x0c>{RUN}</script>",
        f"<<script>{RUN}//<</script>",
        f"<script/x>{RUN}",
    ),
    *(
        IMAGE,
        f"<img/src=x/onerror={RUN}>",
        f"<img src=x onerror\n={RUN}>",
        f"<image src=x onerror={RUN}>",
        "<img srcset='x 1x'>",
    ),
    *(
        f"<svg onload={RUN}>",
        f"<svg/onload={RUN}//",
        f"<svg><script>{RUN}</script></svg>",
        f"<svg><animate onbegin={RUN} dur=1s>",
    ),
    f"<svg><a><set attributeName=href to=javascript:{RUN}></set><text>x</text></a></svg>",
    f"<svg><foreignObject><body onload={RUN}></foreignObject></svg>",
    f"<math><mtext><table><mglyph><style><!--</style><img title='--&gt;{IMAGE}'>",
    f"<math><annotation-xml encoding='text/html'>{IMAGE}</annotation-xml></math>",
    *(
        f"<body onload={RUN}>",
        f"<details open ontoggle={RUN}><summary>x</summary>y</details>",
        f"<video><source onerror={RUN}>",
    ),
    *(
        f"<iframe srcdoc='{SCRIPT}'></iframe>",
        f"<iframe src=javascript:{RUN}></iframe>",
        f"<object data=javascript:{RUN}></object>",
    ),
    *(
        f"<embed src=javascript:{RUN}>",
        f"<form action=javascript:{RUN}><button>x</button></form>",
        f"<button formaction=javascript:{RUN}>",
    ),
    *(f"<input autofocus onfocus={RUN}>", f"<select autofocus onfocus={RUN}>", f"<marquee onstart={RUN}>x</marquee>"),
    *("<meta http-equiv=refresh content='0;url=https://evil.example/'>", "<base href=https://evil.example/>"),
    *("<link rel=stylesheet href=//evil.example/x.css>", "<style>*{background:url(//evil.example)}</style>"),
    *(
        f"<noscript><p title='</noscript>{IMAGE}'>",
        f"<template>{SCRIPT}</template>",
        f"<xmp>{IMAGE}</xmp>",
        f"<title>{IMAGE}</title>",
    ),
    *(
        f"<textarea></textarea>{IMAGE}",
        f"<plaintext>{IMAGE}",
        f"<!--><{SCRIPT}-->",
        f"<!-- --!>{IMAGE} -->",
        f"<![CDATA[>{SCRIPT}]]>",
    ),
    *(
        f"<kbd onclick={RUN}>x</kbd>",
        f"<abbr title='a\" onmouseover=\"{RUN}'>x</abbr>",
        f"<br onload={RUN}>",
        f"<kbd>{IMAGE}</kbd>",
    ),
    *(
        "<a id=config name=config></a><form id=location name=body></form>",
        "<div popover id=hg-data></div><img name=cookie>",
    ),
    *(
        f"</article></main></body>{SCRIPT}",
        f"</code></pre></div>{SCRIPT}",
        f"<a href=javascript:{RUN} ping=//evil.example>x</a>",
    ),
    *(
        f"[x](javascript:{RUN})",
        f"[x](JaVa&Tab;ScRiPt:{RUN})",
        f"[x](java&NewLine;script:{RUN})",
        f"[x](&#1;javascript:{RUN})",
    ),
    *(
        f"[x](javascript&colon;{RUN})",
        f"[x](&#x6Aavascript:{RUN})",
        f"[x](<javascript:{RUN}>)",
        f"[x](\u00a0javascript:{RUN})",
    ),
    *(
        f"[x](vbscript:{RUN})",
        f"[x](data:text/html,{SCRIPT})",
        "[x](blob:https://x/1) [y](intent://x#Intent;end)",
        "[x](//evil.example)",
    ),
    *(
        f"<javascript:{RUN}>",
        f"![x](javascript:{RUN})",
        "![x](data:image/svg+xml,<svg onload=alert(1)>)",
        "![x](//evil.example/x.png)",
    ),
    *(
        f"[x](/u 'y\" onmouseover=\"{RUN}')",
        f"[x][y]\n\n[y]: javascript:{RUN}",
        f'[y]: /u "</a>{SCRIPT}"\n\n[y]',
        f"[^{SCRIPT}]\n\n[^{SCRIPT}]: x",
    ),
    *(
        f"[^a]\n\n[^a]: {IMAGE} [x](javascript:{RUN})",
        f"## {IMAGE} title",
        f"## [x](javascript:{RUN})",
        "## cookie\n\n## currentScript\n\n## hg-data",
    ),
    *(
        f'```">{SCRIPT}\ncode\n```',
        f"```html\n</code></pre>{SCRIPT}\n```",
        f"`{IMAGE}`",
        f"    {SCRIPT}",
        f'```mermaid\nclick A "javascript:{RUN}"\n```',
    ),
    *(
        f"|a|b|\n|-|-|\n|{IMAGE}|[x](javascript:{RUN})|",
        f"- [ ] {IMAGE}",
        f"> {SCRIPT}",
        f"a\n: {IMAGE}",
        f"~~{IMAGE}~~",
    ),
    *(
        f":::note {IMAGE}\nx\n:::",
        f":::tabs\n== {IMAGE}\nx\n:::",
        f":::script\n{RUN}\n:::",
        f"A{{#search .btn onclick={RUN}}}",
    ),
    *(
        "{{ 7 * 7 }} {% include '/etc/passwd' %}",
        "{{constructor.constructor('alert(1)')()}}",
        f"$$\\href{{javascript:{RUN}}}{{x}}$$",
    ),
    *(
        f"&lt;img src=x onerror={RUN}&gt;",
        f"&amp;lt;script&amp;gt;{RUN}",
        f"\uff1cscript\uff1e{RUN}",
        f'javascript://%0a{RUN} www.x.example/"onmouseover="{RUN}',
    ),
)
FIELDS = (
    *(
        IMAGE,
        SCRIPT,
        f"</title>{IMAGE}",
        f"</script>{SCRIPT}",
        "<!--<script>",
        f'" onmouseover="{RUN}',
        f"' autofocus onfocus={RUN} '",
    ),
    *(
        f"javascript:{RUN}",
        "{{ 7 * 7 }}",
        "]]><x/>",
        f"&lt;img src=x onerror={RUN}&gt;",
        f"--><svg onload={RUN}>",
        "=HYPERLINK(1)",
    ),
    f"</textarea>{IMAGE}",
)
QUERIES = (
    *FIELDS,
    *(
        "constructor",
        "__proto__",
        "hasOwnProperty toString",
        "((((a+)+)+)+$",
        "* ? \\ [ ] ^ $ . | +",
        "amp lt gt quot",
        "mark",
    ),
    *(
        "\u202efees",
        "%E0%A4%A",
        "#:~:text=x&q=y?q=z",
        "../../index",
        "' OR 1=1 --",
        "//evil.example",
        "a" * 3_000,
        "\x00",
        "fees",
    ),
)
_CHANNELS = (
    "mail:\n  kind: email\n  name: {text}\n  address: mailto:help@example.com\n  description: {text}\n  hours: {text}\n"
)


def in_every_place() -> Tally:
    """Each payload in an article of its own and in every field; each page with and without the policy."""
    with tempfile.TemporaryDirectory() as scratch:
        site = Path(scratch) / "site"
        _write(site)
        build = build_lenient(site, f"title: {_quoted(IMAGE)}\n")
        with written(build, Path(scratch) / "out") as folder, chromium() as browser, hosted(folder) as host:
            pages = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.html"))
            opened = [path.removesuffix("index.html") for path in pages]
            faults = attack(browser, host, opened, QUERIES, "en/search/")
    lost = [f"{IMAGE!r} in a title made no page"] if len(opened) < len(BODIES) else []
    return Tally(tried=2 * (len(opened) + len(QUERIES)), failed=(*lost, *faults))


def _write(site: Path) -> None:
    articles = site / "content" / "en" / "shelf"
    articles.mkdir(parents=True)
    for number, body in enumerate(BODIES):
        (articles / f"b{number}.md").write_text(
            f"---\ntitle: Body {number}\n---\n\n{body}\n\nAfter it.\n", encoding="utf-8"
        )
    for number, text in enumerate(FIELDS):
        value = _quoted(text)
        lists = "".join(f"{name}: [{value}]\n" for name in ("keywords", "questions"))
        front = f"---\ntitle: {value}\nsummary: {value}\n{lists}---\n"
        (articles / f"f{number}.md").write_text(f"{front}\n## {text}\n\n{text}\n", encoding="utf-8")
        shelf = site / "content" / "en" / f"shelf-{number}"
        shelf.mkdir()
        (shelf / "_category.yaml").write_text(f"title: {value}\ndescription: {value}\n", encoding="utf-8")
        (shelf / "inside.md").write_text(f"---\ntitle: Inside {number}\n---\n\nFees.\n", encoding="utf-8")
    data = site / "content" / "_data"
    data.mkdir()
    (data / "channels.yaml").write_text(_CHANNELS.format(text=_quoted(IMAGE)), encoding="utf-8")
    (data / "synonyms.yaml").write_text(f"en:\n  two_way:\n    - [fees, {_quoted(IMAGE)}]\n", encoding="utf-8")


def _quoted(text: str) -> str:
    """Any text as YAML."""
    return json.dumps(text, ensure_ascii=False)
