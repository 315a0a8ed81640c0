"""Front matter: where it starts and ends, what becomes of it, and every way in which it can be wrong."""

from __future__ import annotations

import pytest

from helpgen.content.parse import ArticleRules, parse_article
from helpgen.content.place import Layout
from helpgen.model.article import Article
from helpgen.model.config import Limits
from helpgen.model.diagnostic import Outcome
from helpgen.model.source import SourceFile

RULES = ArticleRules(layout=Layout(locales=("zh", "en"), prefixed=True), limits=Limits())
PATH = "content/en/deposits/case.md"


def parse(text: str | bytes, path: str = PATH) -> Outcome[Article]:
    data = text if isinstance(text, bytes) else text.encode()
    return parse_article(SourceFile(path=path, data=data, digest=""), RULES)


def problems(text: str | bytes) -> list[str]:
    return [f"{d.location.line}:{d.location.column} {d.rule}" for d in parse(text).diagnostics]


def test_every_field_arrives_typed() -> None:
    article = parse(
        "---\ntitle: Deposit\nslug: my-deposit\nsummary: About it\norder: 2\ntype: article\nquestions: [Where is it?]\n"
        "keywords: [TxID, on]\naliases: [/old/1]\nrelated: [deposits/other]\nupdated: 2026-11-05\nreviewed: 2026-11-06\n"
        "draft: true\nfeatured: true\nsearch: {boost: 2, exclude: true}\n---\n\nText.\n"
    ).value
    assert article is not None
    front = article.front
    assert (front.title, front.slug, front.summary, front.order) == ("Deposit", "my-deposit", "About it", 2)
    assert (front.questions, front.keywords, front.aliases) == (("Where is it?",), ("TxID", "on"), ("/old/1",))
    assert (front.updated, front.reviewed, front.draft, front.featured) == ("2026-11-05", "2026-11-06", True, True)
    assert (front.search_boost, front.search_exclude) == (2.0, True)
    assert (article.key, article.translation_key) == ("en/deposits/my-deposit", "deposits/case")


def test_a_heading_can_be_the_title_and_is_not_shown_twice() -> None:
    for text in ("# My `title`\n\nText.\n", "---\ntitle: My title\n---\n# My title\n\nText.\n"):
        article = parse(text).value
        assert article is not None
        assert article.front.title == "My title"
        assert "<h1" not in "".join(piece for piece in article.body.pieces if isinstance(piece, str))
        assert article.body.headings == ()


def test_lines_of_the_body_are_those_of_the_file() -> None:
    found = parse("---\ntitle: x\nsummary: |\n  two\n  lines\n---\n\ntext\n\n[a]()\n").diagnostics
    assert [(d.location.line, d.rule) for d in found] == [(10, "markdown/empty-link")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Text without a title.\n", ["1:1 front-matter/missing"]),
        ("---\nsummary: x\n---\ntext\n", ["1:1 front-matter/missing"]),
        ("---\n---\n", ["1:1 front-matter/missing"]),
        ("---\ntitle: '  '\n---\ntext\n", ["2:8 front-matter/value"]),
        ("---\ntitle: [a]\n---\ntext\n", ["2:8 front-matter/value"]),
        ("---\ntitle: x\ncatgory: y\n---\ntext\n", ["3:1 front-matter/unknown-field"]),
        ("---\ntitle: x\n1: y\n---\ntext\n", ["3:1 front-matter/unknown-field"]),
        ("---\ntitle: x\ntitle: y\n---\ntext\n", ["3:1 yaml/duplicate-key"]),
        ("---\ntitle: x\ntext\n", ["1:1 front-matter/unclosed"]),
        ("---\n- a\n---\ntext\n", ["2:1 front-matter/value"]),
        ("---js\n{title: 1}\n---\ntext\n", ["1:1 front-matter/missing"]),
        ("+++\ntitle = 1\n+++\ntext\n", ["1:1 front-matter/missing"]),
        ("---\ntitle: x\ndraft: 'false'\n---\ntext\n", ["3:8 front-matter/value"]),
        ("---\ntitle: x\nslug: ../../etc\n---\ntext\n", ["3:7 front-matter/value"]),
        ("---\ntitle: x\nslug: index\n---\ntext\n", ["3:7 front-matter/value"]),
        ("---\ntitle: x\nslug: a\\b\n---\ntext\n", ["3:7 front-matter/value"]),
        ("---\ntitle: x\nslug: " + "a" * 300 + "\n---\ntext\n", ["3:7 front-matter/value"]),
        ("---\ntitle: x\naliases: ['javascript:alert(1)']\n---\ntext\n", ["3:11 front-matter/value"]),
        ("---\ntitle: x\naliases: [/../../etc]\n---\ntext\n", ["3:11 front-matter/value"]),
        ("---\ntitle: x\naliases: [//evil.example/]\n---\ntext\n", ["3:11 front-matter/value"]),
        ("---\ntitle: x\norder: .inf\n---\ntext\n", ["3:8 front-matter/value"]),
        ("---\ntitle: a\u202eb\n---\ntext\n", ["2:8 front-matter/value"]),
        ("---\ntitle: x\n---\n", ["2:8 file/no-text"]),
        ("", ["1:1 file/empty"]),
        ("\ufeff", ["1:1 file/empty"]),
        (b"\xff\xfeT\x00", ["1:1 file/encoding"]),
        ("标题\n".encode("gbk"), ["1:1 file/encoding"]),
        (b"---\ntitle: x\n---\nabc\x00\n", ["4:4 file/hidden-character"]),
        (b"---\ntitle: x\n---\na \xc0\xbc\n", ["4:3 file/encoding"]),
        (b"\x89PNG\r\n\x1a\n", ["1:1 file/encoding"]),
        (b"\x1f\x8b\x08", ["1:1 file/encoding"]),
        ("---\rtitle: x\r---\rtext\r", ["1:1 file/encoding"]),
    ],
)
def test_what_is_wrong_is_said_with_its_place(text: str | bytes, expected: list[str]) -> None:
    assert problems(text) == expected


@pytest.mark.parametrize("ends", ["\r\n", "\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_and_byte_order_marks_make_no_difference(ends: str, mark: str) -> None:
    plain = parse("---\ntitle: x\n---\n\nText.\n\n## Two\n\nMore.")
    other = parse((mark + "---\ntitle: x\n---\n\nText.\n\n## Two\n\nMore.".replace("\n", ends)).encode())
    assert other == plain


def test_words_that_yaml_would_change_stay_as_written() -> None:
    words = "[on, yes, null, 1e3, 0x1F, 012, 1_000, 12:30:45]"
    article = parse(f"---\ntitle: no\nkeywords: {words}\n---\ntext\n").value
    assert article is not None
    assert article.front.title == "no"
    assert article.front.keywords == tuple(words.strip("[]").split(", "))


def test_too_large_names_the_limit() -> None:
    rules = ArticleRules(layout=RULES.layout, limits=Limits(article_bytes=100))
    file = SourceFile(path=PATH, data=b"x" * 101, digest="")
    (found,) = parse_article(file, rules).diagnostics
    assert (found.rule, "limits.article_bytes" in found.message) == ("file/too-large", True)
