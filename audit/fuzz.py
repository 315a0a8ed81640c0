"""Articles nobody would write: pieces of Markdown, HTML and YAML thrown together, with words that must not be lost.

Used by the tests with a few thousand articles, by the audit with more. A seed gives the same article for ever, so a
finding is its seed; each becomes a case in tests/content/test_fuzz.py.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from html import unescape
from html.parser import HTMLParser
from typing import Any

from helpgen.content.config import parse_config
from helpgen.content.data import parse_category, parse_synonyms
from helpgen.content.parse import ArticleRules, parse_article
from helpgen.content.place import Layout
from helpgen.content.sanitise import fill
from helpgen.content.support import parse_channels, parse_support
from helpgen.model.article import Article
from helpgen.model.config import Limits
from helpgen.model.diagnostic import Diagnostic, Outcome
from helpgen.model.source import SourceFile

RULES = ArticleRules(layout=Layout(locales=("en",), prefixed=True), limits=Limits(nesting=8, table_cells=200))
PIECES = (
    *"*_~`[]()<>!#|:-=+>&\\\"'{}^/.\t 中，",
    *(
        "\n",
        "\n\n",
        "\n\n",
        "\n    ",
        "\n> ",
        "\n- ",
        "\n1. ",
        "\n## ",
        "\n# ",
        "\n:::note ",
        "\n:::\n",
        "\n:::tabs\n== A\n",
    ),
    *("**", "~~", "```", "\n```py\n", "\n```\n", "[^a]", "\n[^a]: ", "[a](b.md)", '![a](b.png "t")', "\n[a]: c.md\n"),
    *("<b>", "</b>", "<br>", "<kbd>", "<div>", "<!--", "-->", "<abbr title='x'>", "</abbr>", "\n<details>\n"),
    *(
        "\n<summary>",
        "</summary>\n",
        "\n</details>\n",
        "\n| a | b |\n|---|---|\n| ",
        "\nT\n: d",
        "- [ ] ",
        "{#id}",
        "&amp;",
    ),
    *(
        "https://a.example/x",
        "<https://b.example>",
        "javascript:",
        "//c.example",
        "<script>",
        "<img src=x onerror=alert(1)>",
    ),
    *("\u200b", "\ufdd00\ufdd1", "\0", "\u202e", "&#x6a;", "&#1;", "<svg onload=alert(1)>", "</p>", "'\">", "style=x"),
)
FIELDS = (
    "title",
    "slug",
    "summary",
    "order",
    "keywords",
    "questions",
    "aliases",
    "updated",
    "draft",
    "search",
    "type",
    "no",
)
VALUES = (
    *(
        "x",
        "''",
        '"a: b"',
        "[a, b]",
        "{a: b}",
        "&a x",
        "*a",
        "!!python/none x",
        "012",
        "no",
        "2026-02-30",
        "|\n  t",
        ">\n  t",
    ),
    *(
        "- a\n- b",
        "\t",
        "'",
        '"',
        "[",
        "{",
        "? x",
        "<<: *a",
        "\u202e",
        "\0",
        "/old/",
        "../x",
        "javascript:x",
        "1e999",
        ".nan",
    ),
)
_DATA: dict[str, Callable[[SourceFile], Outcome[Any]]] = {
    "helpgen.yaml": parse_config,
    "content/en/a/_category.yaml": lambda file: parse_category(file, RULES.layout),
    "content/_data/channels.yaml": parse_channels,
    "content/_data/support.yaml": parse_support,
    "content/_data/synonyms.yaml": parse_synonyms,
}
_WORD = re.compile(r"w\d+q")
# What an author does not mean to show: comments, definitions of references, the words after the language of code.
_INVISIBLE = re.compile(
    r"<!--.*?(?:-->|\Z)|^[ \t>\-*+\d.:]*\[[^\]\n]+\]:.*$|^[ \t>\-*+\d.:]*(?:```|~~~).*$", re.DOTALL | re.MULTILINE
)
_VOID = {"br", "hr", "img", "input"}


class _Checker(HTMLParser):
    """Notes what may never be in an article: tags that do not nest, handlers, ids and addresses that are not ours."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.stack: list[str] = []
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name.startswith("on") or name in ("style", "srcdoc", "name"):
                self.faults.append(f"{name} on {tag}")
            if name == "id" and not (value or "").startswith(("h-", "fn-")):
                self.faults.append(f"id {value}")
            if name in ("href", "src") and not re.match(r"(https?://|mailto:|tel:|#|x\Z)", value or ""):
                self.faults.append(f"{name}={value}")
        if tag in ("script", "iframe", "style", "form", "object", "svg"):
            self.faults.append(tag)
        if tag not in _VOID:
            self.stack.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.stack or self.stack.pop() != tag:
            self.faults.append(f"</{tag}> closes something else")


def make_article(seed: int) -> str:
    """An article: sometimes with a front matter of strange values, then pieces with numbered words between them."""
    choice = random.Random(seed)
    front = "---\ntitle: T\n---\n"
    if choice.random() < 0.3:
        fields = [f"{choice.choice(FIELDS)}: {choice.choice(VALUES)}" for _ in range(choice.randrange(5))]
        front = "---\n" + "\n".join(["title: T", *fields]) + "\n---\n"
    parts: list[str] = []
    for number in range(choice.randrange(1, 40)):
        parts.append(f" w{number}q " if choice.random() < 0.35 else choice.choice(PIECES))
    if choice.random() < 0.2:
        parts.append(_uneven_table(choice))
    return front + "".join(parts) + "\n"


def _uneven_table(choice: random.Random) -> str:
    """A table whose rows have fewer cells than its columns, or more."""
    numbers = iter(range(100, 200))
    rows = [[f"w{next(numbers)}q" for _ in range(choice.randrange(1, 5))] for _ in range(choice.randrange(1, 5))]
    dashes = "|".join("-" * 3 for _ in rows[0])
    edge = choice.choice(("", "|"))
    lines = [" | ".join(rows[0]), dashes, *(" | ".join(row) for row in rows[1:])]
    return "\n\n" + "\n".join(f"{edge}{line}{edge}" for line in lines) + "\n"


def make_yaml(seed: int) -> str:
    """A settings or data file of strange keys and values, sometimes indented, sometimes deep."""
    choice = random.Random(seed)
    lines: list[str] = []
    for _ in range(choice.randrange(1, 12)):
        key = choice.choice(
            (*FIELDS, "locales", "base_url", "theme", "limits", "checks", "email", "en", "kind", "address")
        )
        lines.append(" " * choice.choice((0, 0, 0, 2, 4, 7)) + f"{key}: {choice.choice(VALUES)}")
    return "\n".join(lines) + choice.choice(("", "\n", "\n...\n", "\n---\nx: y\n"))


def faults_of_yaml(text: str) -> list[str]:
    """The text as settings, category, channels and synonyms: a value or a message with a line that exists."""
    data = text.encode("utf-8", "surrogatepass")
    faults: list[str] = []
    for path, parse in _DATA.items():
        outcome = parse(SourceFile(path=path, data=data, digest="0" * 64))
        lines = text.count("\n") + 1
        faults += [f"{path}: no such line {d.location}" for d in outcome.diagnostics if d.location.line > lines]
        if outcome.value is None and not outcome.diagnostics and text.strip():
            faults.append(f"{path}: no value and no message")
    return faults


def make_query(seed: int) -> str:
    """A query of letters, signs, scripts, controls and markup; sometimes very long."""
    choice = random.Random(seed)
    parts = [
        choice.choice((*PIECES, "fee", "withdraw", "充币", "__proto__", "\ud83d", "a" * 300))
        for _ in range(choice.randrange(30))
    ]
    return "".join(parts)


def faults_of(text: str) -> list[str]:
    """Everything wrong with what helpgen makes of an article; raises what helpgen raises."""
    file = SourceFile(path="content/en/a.md", data=text.encode("utf-8", "surrogatepass"), digest="0" * 64)
    outcome = parse_article(file, RULES)
    lines = text.count("\n") + 1
    faults = [f"{d.rule} at line {d.location.line} of {lines}" for d in outcome.diagnostics if d.location.line > lines]
    if outcome.value is None:
        return faults if outcome.diagnostics else [*faults, "no article and no message"]
    html = _filled(outcome.value)
    checker = _Checker()
    checker.feed(html)
    faults += checker.faults + [f"<{tag}> is never closed" for tag in checker.stack]
    return faults + [f"{word} is lost" for word in lost_words(text, html, outcome.value, outcome.diagnostics)]


def lost_words(text: str, html: str, article: Article, diagnostics: tuple[Diagnostic, ...]) -> list[str]:
    """The numbered words of the text that are neither on the page nor on a line that a message names."""
    body_at = text.index("\n---\n", 3) + 5
    hidden = _INVISIBLE.sub("", text[body_at:])
    named = {d.location.line for d in diagnostics}
    shown = unescape(html) + " ".join(reference.target for reference in article.body.references) + article.front.title
    lost = []
    for match in _WORD.finditer(text, body_at):
        word, line = match.group(), text.count("\n", 0, match.start()) + 1
        if word not in shown and line not in named and word in hidden:
            lost.append(word)
    return lost


def _filled(article: Article) -> str:
    return fill(article.body, ["x" if r.kind == "link" else ' src="x"' for r in article.body.references]).text
