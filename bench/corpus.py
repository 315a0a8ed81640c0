"""Real articles for the benchmarks: read from files, cleaned in the same way for every tool, in three sizes and a tiny one.

1. Sources: the Markdown below `corpora/` and the documents of `search/data/*/docs.jsonl`, both in $HELPGEN_SHARED.
2. Cleaning: what depends on files that are not there (images, relative links) or on one tool's own syntax (HTML elements,
   template tags, ids of headings) goes; text, code, lists, tables and links to other hosts stay.
3. Sizes: as many Chinese as English articles, in pairs of the same name, so that every tool makes one page for each. From
   L on articles come again under other addresses.
"""

from __future__ import annotations

import itertools
import json
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

# Articles in both languages together.
SIZES: Final = {"S": 106, "M": 2_400, "L": 10_000}
TINY: Final = 38_000
# As many as a reader can take in; every tool's navigation lists the articles of one category.
CATEGORY: Final = 40

_FRONT = re.compile(r"\A---\n(.*?)^---\n", re.DOTALL | re.MULTILINE)
_TITLE = re.compile(r"^title: *(.+)$", re.MULTILINE)
_FENCE = re.compile(r"^ *(`{3,}|~{3,})")
# Control characters and those that nobody sees.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\ufffe\uffff]")
_HAN = re.compile(r"[\u4e00-\u9fff]")
# What is special inside a line of CommonMark or of its common extensions.
_INLINE = re.compile(r"([\\`*_\[<|~])")
_BLOCK_START = re.compile(r"^([#>=]|:::|[-+](?= )|\d+[.)](?= ))")


@dataclass(frozen=True, slots=True)
class Text:
    """An article before it has its place: a title and Markdown below it."""

    locale: str
    title: str
    body: str


@dataclass(frozen=True, slots=True)
class Article:
    """An article of a corpus; `category` and `slug` are the same for both languages of a pair."""

    locale: str
    category: str
    slug: str
    title: str
    body: str


def shared_folder() -> Path:
    """Where the real articles are. Ends the program when there are none."""
    folder = Path(os.environ.get("HELPGEN_SHARED", Path(__file__).resolve().parents[2] / "shared"))
    if not (folder / "corpora").is_dir():
        raise SystemExit(f"no articles in {folder}: set HELPGEN_SHARED, or name a folder of Markdown with --folder")
    return folder


def corpus(size: str, folder: Path | None = None) -> list[Article]:
    """The articles of a size ("S", "M", "L", "tiny"), or all Markdown below `folder`."""
    if folder is not None:
        return list(_placed(_markdown(folder, ""), ""))
    shared = shared_folder()
    documents = shared / "search" / "data"
    if size == "tiny":
        english, chinese = (_sections(documents / f"site-{locale}" / "docs.jsonl") for locale in ("en", "zh"))
        return _pairs(english, chinese, TINY)
    english, chinese = (documents / f"site-{locale}" / "docs.jsonl" for locale in ("en", "zh"))
    if size == "S":
        return _pairs(list(_documents(english, "lg")), list(_documents(chinese, "lz")), SIZES[size])
    left = [*_documents(english, "mg"), *_markdown(shared / "corpora" / "arduino-help", "en")]
    right = [*_documents(chinese, "ad"), *_markdown(shared / "corpora" / "tidb-docs-zh", "zh")]
    return _pairs(left, right, SIZES[size])


def clean(markdown: str) -> str:
    """Markdown without what needs other files or one tool's own syntax; code stays as it is but for template tags."""
    lines = []
    fence = ""
    for line in _CONTROL.sub("", re.sub(r"<!--.*?-->", "", markdown, flags=re.DOTALL)).split("\n"):
        mark = _FENCE.match(line)
        if mark and (not fence or (line.strip().strip(fence[0]) == "" and mark[1].startswith(fence))):
            fence = "" if fence else mark[1]
        lines.append(line if fence or mark else _clean_line(line))
    if fence:
        lines.append(fence)
    # Hugo looks for its shortcodes everywhere, in code too.
    return re.sub(r"\{\{(?=[<%])", "{ {", "\n".join(lines)).strip() + "\n"


def _clean_line(line: str) -> str:
    line = re.sub(r"</?[A-Za-z][^<>]*>", "", line)
    line = re.sub(r"!\[([^\]]*)\]\([^)]*\)", r"\1", line)
    line = re.sub(r"(?<!\\)\[([^\[\]]*)\]\((?!https?://[^(){}]*\))[^()\s]*(?: \"[^\"]*\")?\)", r"\1", line)
    line = re.sub(r"\s*\{#[^}]*\}\s*$", "", line)
    return re.sub(r"^\s*:::+.*$", "", line)


def _pairs(english: Sequence[Text], chinese: Sequence[Text], total: int) -> list[Article]:
    """Half of each language; from the end of the texts on they start again."""
    half = total // 2
    sides = [itertools.islice(itertools.cycle(side), half) for side in (chinese, english)]
    return sorted(itertools.chain(*(_placed(side, "article") for side in sides)), key=lambda a: (a.slug, a.locale))


def _placed(texts: Iterable[Text], stem: str) -> Iterator[Article]:
    """Texts with a category and a name by their number."""
    for number, text in enumerate(texts):
        category, slug = f"category-{number // CATEGORY + 1:03d}", f"{stem or 'article'}-{number + 1:05d}"
        yield Article(text.locale, category, slug, text.title, text.body)


def _documents(path: Path, prefix: str) -> Iterator[Text]:
    """The documents whose ids begin so: each prefix is one help centre."""
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if not row["id"].startswith(prefix):
            continue
        parts = [
            f"## {_plain(section['h'])}\n\n" * bool(section["h"]) + _prose(section["text"])
            for section in row["sections"]
        ]
        title = _title(row["title"])
        yield Text(row["lang"], title, clean("\n\n".join(parts)) if row["body"].strip() else title)


def _sections(path: Path) -> list[Text]:
    """Every section as a tiny article, as a command's page of tldr is."""
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        for section in row["sections"]:
            if section["text"].strip():
                found.append(
                    Text(row["lang"], _title(section["h"] or row["title"]), clean(_prose(section["text"][:600])))
                )
    return found


def _prose(text: str) -> str:
    return "\n\n".join(_BLOCK_START.sub(r"\\\1", _plain(line)) for line in text.split("\n") if line.strip())


def _plain(text: str) -> str:
    return _INLINE.sub(r"\\\1", " ".join(text.split()))


def _title(text: str) -> str:
    return " ".join(_CONTROL.sub("", text).split())[:150] or "-"


def _markdown(folder: Path, locale: str) -> Iterator[Text]:
    """All articles below a folder; without a given language each is Chinese or English by its characters."""
    for path in sorted(folder.rglob("*.md")):
        relative = path.relative_to(folder)
        if (
            any(part.startswith((".", "_")) for part in relative.parts)
            or path.stem.isupper()
            or path.stem.startswith("TOC")
        ):
            continue
        text = path.read_text(encoding="utf-8", errors="replace").replace("\r\n", "\n")
        front = _FRONT.match(text)
        named = _TITLE.search(front[1]) if front else None
        body = text[front.end() :] if front else text
        heading = re.match(r"\s*# (.+)\n", body)
        body = body[heading.end() :] if heading else body
        title = named[1].strip("\"' ") if named else heading[1] if heading else path.stem
        title = _title(re.sub(r"[`*]", "", title))
        language = locale or ("zh" if len(_HAN.findall(body)) > len(body) / 10 else "en")
        yield Text(language, title, clean(body) if body.strip() else title)
