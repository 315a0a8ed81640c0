"""The same articles as a site of helpgen and as a site of Hugo with Pagefind.

Both sites have a page for each article with breadcrumbs and the titles of its category at the side, a page for each
category, a home page for each language, and search. Hugo's theme is the smallest that does this; helpgen's is its own.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from bench.corpus import Article

ROOT: Final = Path(__file__).resolve().parents[1]
BASE_URL: Final = "https://help.example.com/"
NAMES: Final = {"zh": "中文", "en": "English"}
# What stands in the template that the template edit changes.
EDIT: Final = "edit-0000"

# The articles were not written for helpgen, link to what is not here, and from L on come more than once, so that an
# article is not always found first for its own title. All checks run; what they find in these texts is no error.
_CHECKS: Final = (
    "markdown/container", "markdown/duplicate-id", "markdown/empty-link", "markdown/nesting", "markdown/expansion",
    "markdown/table-cells", "link/anchor", "link/broken", "link/outside", "image/missing",
    "search/canary",
)  # fmt: skip

_HUGO_CONFIG: Final = """\
baseURL = "{base}"
title = "Help"
defaultContentLanguage = "{first}"
defaultContentLanguageInSubdir = true
disableKinds = ["taxonomy", "term", "RSS"]
enableRobotsTXT = true
{languages}
"""
_HUGO_LANGUAGE: Final = """
[languages.{code}]
languageName = "{name}"
title = "Help"
contentDir = "content/{code}"
hasCJKLanguage = {cjk}
"""
_HUGO_LAYOUTS: Final = {
    "_default/baseof.html": """\
<!doctype html>
<html lang="{{ .Site.Language.Lang }}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ .Title }} | {{ .Site.Title }}</title>
<link rel="canonical" href="{{ .Permalink }}">
{{ range .AllTranslations }}<link rel="alternate" hreflang="{{ .Language.Lang }}" href="{{ .Permalink }}">
{{ end -}}
<link rel="stylesheet" href="{{ "site.css" | absURL }}">
<link rel="stylesheet" href="/pagefind/pagefind-ui.css">
<script src="/pagefind/pagefind-ui.js" defer></script>
<script src="{{ "search.js" | absURL }}" defer></script>
</head>
<body>
<header><a href="{{ "/" | relLangURL }}">{{ .Site.Title }}</a> <div id="search"></div>
{{ range .Translations }}<a href="{{ .RelPermalink }}">{{ .Language.LanguageName }}</a> {{ end }}</header>
<main>
{{ block "main" . }}{{ end }}
</main>
</body>
</html>
""",
    "_default/single.html": """\
{{ define "main" }}
<nav><a href="{{ "/" | relLangURL }}">{{ .Site.Title }}</a> /
<a href="{{ .CurrentSection.RelPermalink }}">{{ .CurrentSection.Title }}</a></nav>
<nav class="side">{{ partialCached "side.html" .CurrentSection .CurrentSection.RelPermalink }}</nav>
<article data-pagefind-body data-edit="edit-0000"><h1>{{ .Title }}</h1>
{{ .Content }}
</article>
{{ with .TableOfContents }}<nav class="contents">{{ . }}</nav>{{ end }}
<p>{{ with .PrevInSection }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}
{{ with .NextInSection }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}</p>
{{ end }}
""",
    "_default/list.html": """\
{{ define "main" }}
<h1>{{ .Title }}</h1>
<ul>{{ range .Pages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>
{{ end }}</ul>
{{ end }}
""",
    "partials/side.html": """\
<ul>{{ range .RegularPages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>
{{ end }}</ul>
""",
}  # fmt: skip
_HUGO_STATIC: Final = {
    "site.css": "body { max-width: 60rem; margin: auto; font: 1rem/1.6 system-ui } .side { float: left; width: 14rem }\n",
    "search.js": 'addEventListener("DOMContentLoaded", () => new PagefindUI({ element: "#search" }));\n',
}


def write_helpgen(articles: Sequence[Article], folder: Path) -> None:
    """A site of helpgen, with a child theme whose article template can be edited."""
    _start(folder)
    locales = _locales(articles)
    lines = ["title: Help", f"base_url: {BASE_URL}", "theme: bench", "locales:"]
    lines += [f"  {code}: {{name: {NAMES[code]}}}" for code in locales]
    lines += ["checks:", *(f"  {rule}: warning" for rule in _CHECKS)]
    _write(folder / "helpgen.yaml", "\n".join(lines) + "\n")
    _write(folder / "themes/bench/theme.yaml", "name: bench\nparent: lighthouse\n")
    template = (ROOT / "themes/lighthouse/templates/pages/article.html").read_text(encoding="utf-8")
    edited = template.replace("<article ", f'<article data-edit="{EDIT}" ')
    if edited == template:
        raise SystemExit("bench/sites.py: the article template has no article to mark")
    _write(folder / "themes/bench/templates/pages/article.html", edited)
    for locale, category in _categories(articles):
        _write(folder / f"content/{locale}/{category}/_category.yaml", f"title: {_category_title(category)}\n")
    for article in articles:
        _write(article_path(folder, article), _source(article))


def write_hugo(articles: Sequence[Article], folder: Path) -> None:
    """A site of Hugo; Pagefind indexes what it has built."""
    _start(folder)
    locales = _locales(articles)
    languages = "".join(
        _HUGO_LANGUAGE.format(code=code, name=NAMES[code], cjk=str(code == "zh").lower()) for code in locales
    )
    _write(folder / "hugo.toml", _HUGO_CONFIG.format(base=BASE_URL, first=locales[0], languages=languages))
    for name, text in _HUGO_LAYOUTS.items():
        _write(folder / "layouts" / name, text)
    for name, text in _HUGO_STATIC.items():
        _write(folder / "static" / name, text)
    for locale, category in _categories(articles):
        _write(folder / f"content/{locale}/{category}/_index.md", f"---\ntitle: {_category_title(category)}\n---\n")
    for article in articles:
        _write(article_path(folder, article), _source(article))


def article_path(folder: Path, article: Article) -> Path:
    """Where an article's file is, in either site."""
    return folder / f"content/{article.locale}/{article.category}/{article.slug}.md"


def template_path(folder: Path) -> Path:
    """The template of articles, in either site."""
    own = folder / "themes/bench/templates/pages/article.html"
    return own if own.is_file() else folder / "layouts/_default/single.html"


def _start(folder: Path) -> None:
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True)


def _source(article: Article) -> str:
    return f"---\ntitle: {json.dumps(article.title, ensure_ascii=False)}\n---\n\n{article.body}"


def _locales(articles: Iterable[Article]) -> list[str]:
    present = {article.locale for article in articles}
    return [code for code in NAMES if code in present]


def _categories(articles: Iterable[Article]) -> list[tuple[str, str]]:
    return sorted({(article.locale, article.category) for article in articles})


def _category_title(category: str) -> str:
    return category.replace("-", " ").capitalize()


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
