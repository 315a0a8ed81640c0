"""The one adapter: the manifest's names of files, keys and routes -> helpgen's.

The manifest was written for a generator with other names. Here each of them is put into helpgen's words, on the same
line, so that the expectation of a case stays what it is.

    helpgen.yml    site.name, site.url, languages, contact, output -> title, base_url, locales, a channel, --out
    front matter   redirect_from, description, tags, date -> aliases, summary, keywords, updated;
                   category, author -> `_category.yaml`, summary
    theme/         templates/article.html, base.html -> themes/<name>/templates/pages/, layouts/
    content/       index.md (a home page) -> start.md, because helpgen makes the home page itself
"""

from __future__ import annotations

import re
from pathlib import Path

import yaml

SITE = "https://help.exchange.example"
THEME = "case"
ARTICLE = "content/en/case.md"

_FIELDS = (
    (b"redirect_from", b"aliases"),
    (b"description", b"summary"),
    (b"tags", b"keywords"),
    (b"date", b"updated"),
    (b"author", b"summary"),
)
_FRONT = re.compile(rb"\A(\xef\xbb\xbf)?---[ \t]*\r?\n.*?^---[ \t]*\r?$", re.DOTALL | re.MULTILINE)
_WORDS = {
    "redirect_from": "aliases",
    "description": "summary",
    "tags": "keywords",
    "date": "updated",
    "author": "summary",
    "languages": "locales",
    "languges": "locaels",
    "descripton": "sumary",
    "site": "title",
    "theme.yml": "theme.yaml",
}
# What the manifest calls by one word and helpgen by another.
_SYNONYMS = {
    "string": ("text",),
    "symlink": ("symbolic link",),
    "outside": ("out of", "outside"),
    "redirect": ("redirect", "old address"),
    "quote": ("quote",),
    "loop": ("circle", "loop", "back to a folder"),
    "list": ("list", "mapping"),
    "vanished": ("vanished", "no longer"),
    "error": ("error",),
    "deep": ("deep", "levels"),
    "nested": ("nested", "levels", "deep"),
    "reference": ("reference",),
    "locales": ("locales",),
    "contact": ("contact", "address", "mailto"),
    "bidi": ("direction", "bidi", "invisible"),
    "table": ("table",),
    "CSP": ("CSP",),
    "binary": ("not a text", "binary"),
    "remote": ("remote",),
    "long": ("bytes", "long"),
    "number": ("number",),
    "permission": ("permission",),
    "missing": ("missing", "does not exist"),
    "255": ("bytes", "characters", "255", "160"),
    "YYYY-MM-DD": ("YYYY-MM-DD", "day"),
    "not closed": ("closed",),
    "NUL": ("NUL", "U+0000"),
    "key": ("key", "field"),
    "a": ("[a]", '"a"', "a"),
    "alias": ("alias", "anchor"),
    "anchor": ("anchor", "alias"),
    "<<": ("<<", "anchor", "alias"),
    "merge": ("merge", "anchor", "alias"),
}


def words_for(word: str) -> tuple[str, ...]:
    """What may stand in helpgen's message for a word that the manifest wants there."""
    ours = _WORDS.get(word, word)
    return _SYNONYMS.get(ours, (ours,))


def file_for(path: str) -> str:
    """Where helpgen has a file of the manifest."""
    if path.startswith("theme/templates/"):
        return f"themes/{THEME}/templates/{template_name(path.removeprefix('theme/templates/'))}"
    if path.startswith("theme/"):
        return f"themes/{THEME}/" + path.removeprefix("theme/").replace("theme.yml", "theme.yaml")
    return path.replace("content/en/index.md", "content/en/start.md")


def template_name(name: str) -> str:
    """A template's name in lighthouse: pages and the frame have folders of their own."""
    if name == "base.html":
        return "layouts/base.html"
    return f"pages/{name}" if name in ("article.html", "category.html", "home.html", "search.html") else name


def adapt(site: Path) -> list[str]:
    """Put a whole folder into helpgen's names. Answers further options for the command line."""
    options = _adapt_config(site)
    _adapt_content(site)
    _adapt_theme(site)
    return options


def _adapt_content(site: Path) -> None:
    content = site / "content"
    index = content / "en" / "index.md"
    if index.is_file():
        index.rename(index.with_name("start.md"))
    for path in sorted(content.rglob("*.md")) if content.is_dir() else ():
        if path.is_symlink() or not path.is_file():
            continue
        old = path.read_bytes()
        new = _adapt_article(old, path)
        if new != old:
            path.write_bytes(new)


def _adapt_article(data: bytes, path: Path) -> bytes:
    match = _FRONT.match(data)
    front = match.group() if match else b""
    body = re.sub(rb"(\](?:\(|: ))index\.md", rb"\1start.md", data[len(front) :])
    for theirs, ours in _FIELDS:
        if re.search(rb"^" + ours + rb":", front, re.MULTILINE):
            ours = b"reviewed" if ours == b"updated" else b"summary"
        front = re.sub(rb"^" + theirs + rb":", ours + b":", front, flags=re.MULTILINE)
    category = re.search(rb"^category:(.*)$", front, re.MULTILINE)
    if category:
        # A category's words stand in a file of its own; the article's line stays a line.
        front = front.replace(category.group(), b"summary:" + category.group(1))
        _write_category(path, category.group(1))
    return front + body


def _write_category(article: Path, title: bytes) -> None:
    folder = article.with_name("shelf")
    folder.mkdir(exist_ok=True)
    (folder / "_category.yaml").write_bytes(b"title:" + title + b"\n")
    (folder / "inside.md").write_text("---\ntitle: Inside\n---\n\nIn the category.\n", encoding="utf-8")


def _adapt_config(site: Path) -> list[str]:
    path = site / "helpgen.yml"
    if not path.is_file():
        return []
    text = path.read_text(encoding="utf-8", errors="surrogateescape")
    options: list[str] = []
    lines = [_config_line(line, number, site, options) for number, line in enumerate(text.split("\n"), start=1)]
    if (site / "theme").is_dir():
        lines.insert(max(len(lines) - 1, 0), f"theme: {THEME}")
    path.write_text("\n".join(lines), encoding="utf-8", errors="surrogateescape")
    return options


def _config_line(line: str, number: int, site: Path, options: list[str]) -> str:
    name, colon, value = line.partition(":")
    value = value.strip()
    if not colon:
        return line
    if name == "site" and not value:
        return "# the site"
    if name == "  name":
        return f"title: {value}"
    if name == "  url" and value.startswith(SITE):
        return f"base_url: {value.rstrip('/')}/"
    if name in ("languages", "languges"):
        return f"{_WORDS[name]}: {_locales(value)}"
    if name == "contact":
        _write_channel(site, value, number)
        return "# the address is in content/_data/channels.yaml"
    if name == "output":
        options += ["--out", value]
        return "# the output is --out"
    return line


def _locales(value: str) -> str:
    try:
        codes = yaml.load(value, Loader=yaml.BaseLoader)
    except yaml.YAMLError:
        return value
    if not isinstance(codes, list):
        return value
    return "{" + ", ".join(f"{_quoted(code)}: {{name: {_quoted(code)}}}" for code in codes) + "}"


def _quoted(text: object) -> str:
    return "'" + str(text).replace("'", "''") + "'"


def _write_channel(site: Path, address: str, line: int) -> None:
    """An e-mail channel whose address stands on the line on which the config had it."""
    path = site / "content" / "_data" / "channels.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    head = ["email:", "  kind: email", "  name: E-mail"]
    head += ["  # the address"] * max(line - len(head) - 1, 0)
    path.write_text("\n".join([*head, f"  address: {_quoted('mailto:' + address)}", ""]), encoding="utf-8")


def _adapt_theme(site: Path) -> None:
    old = site / "theme"
    if not old.is_dir():
        return
    new = site / "themes" / THEME
    for source in sorted(old.rglob("*")):
        if source.is_file():
            target = site / file_for(source.relative_to(site).as_posix())
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(_adapt_template(source.read_bytes(), old))
            source.unlink()
    manifest = new / "theme.yaml"
    settings = manifest.read_text(encoding="utf-8") if manifest.exists() else f"name: {THEME}\n"
    settings = re.sub(r"^name:.*$", f"name: {THEME}", settings, flags=re.MULTILINE)
    settings = re.sub(r"^needs:", "requires:", settings, flags=re.MULTILINE)
    parent = "" if re.search(r"^parent:", settings, re.MULTILINE) else "parent: lighthouse\n"
    manifest.write_text(settings.rstrip("\n") + "\n" + parent, encoding="utf-8")


def _adapt_template(data: bytes, theme: Path) -> bytes:
    """Names of templates and values that helpgen has under other ones."""

    def renamed(match: re.Match[bytes]) -> bytes:
        name = match.group(2).decode()
        if (theme / "templates" / name).is_file():
            return match.group(1) + template_name(name).encode() + match.group(3)
        return match.group(1) + (f"layouts/{name}" if "base" in name else name).encode() + match.group(3)

    data = re.sub(rb"(\{%-?\s*(?:extends|include|import|from)\s*['\"])([^'\"/]+)(['\"])", renamed, data)
    return data.replace(b"page.source_url", b"page.head.canonical")
