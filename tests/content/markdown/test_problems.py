"""Each mistake is named with its rule, line and column, and its text is still shown."""

from __future__ import annotations

import pytest

from helpgen.content.markdown import parse_body
from helpgen.model.article import Body
from helpgen.model.config import Limits
from helpgen.model.diagnostic import Diagnostic


def parse(text: str, *, kind: str = "article", limits: Limits | None = None) -> tuple[Body, tuple[Diagnostic, ...]]:
    outcome = parse_body(text, path="a.md", first_line=5, kind=kind, limits=limits or Limits())  # type: ignore[arg-type]
    assert outcome.value is not None
    return outcome.value, outcome.diagnostics


def html(body: Body) -> str:
    return "".join(piece for piece in body.pieces if isinstance(piece, str))


@pytest.mark.parametrize(
    ("text", "rule", "line", "column", "word"),
    [
        (":::nope\nx\n:::", "markdown/container", 5, 1, "nope"),
        ("a\n\n:::note\nx", "markdown/container", 7, 1, "never closed"),
        (":::tip\n\n:::", "markdown/container", 5, 1, "empty"),
        ("a\n\n:::", "markdown/container", 7, 1, "closes nothing"),
        ("a\n\n:::never-ask\n:::", "markdown/container", 7, 1, "has nothing to show"),
        (":::steps\nno list\n:::", "markdown/container", 5, 1, "numbered list"),
        (":::tabs\ntext\n== A\nx\n:::", "markdown/container", 5, 1, "starts with a tab"),
        ("- > [x](javascript:y)", "link/scheme", 5, 5, "javascript:"),
        ("a\nb [x](vbscript:y)", "link/scheme", 6, 3, "vbscript:"),
        ("| a |\n|---|\n| b \\| [x](data:y) |", "link/scheme", 7, 8, "data:"),
        ("## h [x](about:y) ##", "link/scheme", 5, 6, "about:"),
        ("[x](//evil.example)", "link/misleading", 5, 1, "//evil.example"),
        ("<https://evil.example@x.example>", "link/misleading", 5, 1, "x.example"),
        ("[x]()", "markdown/empty-link", 5, 1, "empty"),
        ("![](a.png)", "image/alt", 5, 1, "alt"),
        ("![x](https://a.example/p.png)", "image/remote", 5, 1, "remote"),
        ("[a]: b\n[a]: c", "markdown/duplicate-definition", 6, 1, "twice"),
        ("[^a]\n\n[^a]: b\n[^a]: c", "markdown/duplicate-definition", 8, 1, "twice"),
        ("请看[费用][fees]", "markdown/undefined-reference", 5, 3, "fees"),
        ("a\u200bb", "file/hidden-character", 5, 2, "U+200B"),
        ("a\ufeffb", "file/hidden-character", 5, 2, "U+FEFF"),
        ("a \u202eb", "file/hidden-character", 5, 3, "RIGHT-TO-LEFT OVERRIDE"),
        ("x <div>", "markdown/html", 5, 3, "<div>"),
        ("### a", "markdown/heading-level", 5, 1, "skips"),
    ],
)
def test_named_with_its_place(text: str, rule: str, line: int, column: int, word: str) -> None:
    _, problems = parse(text)
    assert [d.rule for d in problems] == [rule]
    place = problems[0].location
    assert (place.path, place.line, place.column) == ("a.md", line, column)
    assert word in problems[0].message
    assert problems[0].excerpt == text.split("\n")[line - 5]


@pytest.mark.parametrize(
    "text",
    [
        "👩‍💻 👨‍👩‍👧 🏳️‍🌈 🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
        "می‌خواهم क्‍ष ශ්‍රී",
        "עברית \u200fabc",
        "a [b](c) d[0][1] [not a link] arr[^",
        "1 < 2 and a <3 b, 2 > 1",
        "https://www.a.example is [a.example](https://www.a.example/x), [Node.js](https://nodejs.org)",
    ],
)
def test_no_false_alarm(text: str) -> None:
    assert parse(text)[1] == ()


def test_html_is_counted_by_name() -> None:
    _, problems = parse("<div>a</div>\n\n<div>b</div> <span>c</span>")
    assert [d.message for d in problems] == [
        "<div> is shown as text (4 times, first here)",
        "<span> is shown as text (2 times, first here)",
    ]


def test_deep_nesting_is_an_error_and_ordinary_depth_loses_nothing() -> None:
    levels = 40
    body, problems = parse("".join("  " * i + f"* KEEP{i}\n" for i in range(levels)))
    assert problems == ()
    assert all(f"KEEP{i}\n" in html(body) or f"KEEP{i}<" in html(body) for i in range(levels))
    _, problems = parse("".join("  " * i + "* a\n" for i in range(500)))
    assert [(d.rule, d.location.line) for d in problems] == [("markdown/nesting", 45)]
    assert "nested" in problems[0].message
    _, problems = parse("> " * 500 + "a")
    assert [d.rule for d in problems] == ["markdown/nesting"]


def test_deep_emphasis_stays_shallow() -> None:
    body, problems = parse("*" * 5_000 + "a" + "*" * 5_000)
    assert html(body).count("<strong>") == 40
    assert [d.rule for d in problems] == ["markdown/nesting"]


def test_a_table_beyond_the_limit_stays_text() -> None:
    limits = Limits(table_cells=10)
    table = "|a|b|\n|-|-|\n" + "|c|d|\n" * 4
    assert "<table>" in html(parse(table, limits=limits)[0])
    body, problems = parse(table + "|e|f|\n" * 2, limits=limits)
    assert [d.rule for d in problems] == ["markdown/table-cells"]
    assert "<table>" not in html(body)
    assert "|c|d|" in html(body)


def test_cells_beyond_the_last_column_are_told() -> None:
    body, problems = parse(
        "> | a | b |\n> |---|---|\n> | 1 | 2 | lost | too |\n> | 3 |\n> | 4 | `5\\|6` |\n> 7 | 8 | 9\n"
    )
    assert [(d.rule, d.severity, d.location.line) for d in problems] == [
        ("markdown/table-row", "warning", 7),
        ("markdown/table-row", "warning", 10),
    ]
    assert '"lost", "too"' in problems[0].message
    assert "5|6" in html(body)


def test_rows_as_long_as_their_table_or_shorter_are_fine() -> None:
    assert parse("a | b\n--|--\n1 | 2 |\n| 3\n| | |\n| 4 | 5 | |\n")[1] == ()


def test_questions_of_a_faq() -> None:
    body, problems = parse("Intro\n\n## One?\n\nYes.\n\n### Detail\n\n## Two?\n\nNo[^a].\n\n[^a]: note", kind="faq")
    assert problems == ()
    text = html(body)
    assert text.count('<section class="question"><h2') == 2
    assert (
        text.index("</section>\n<section") < text.index("Two?") < text.index('</section>\n<section class="footnotes"')
    )
    _, problems = parse("no question", kind="faq")
    assert [d.rule for d in problems] == ["markdown/faq-questions"]
    _, problems = parse("## One?\n\n## Two?\n\nx", kind="faq")
    assert [(d.rule, d.location.line) for d in problems] == [("markdown/faq-questions", 5)]


def test_line_ends_do_not_matter() -> None:
    text = "line\n\n[x](a.md)\n\n```\ncode\n```\n"
    assert parse(text) == parse(text.replace("\n", "\r\n"))
    assert "a\x85b\u2028c\u2029d" in html(parse("a\x85b\u2028c\u2029d")[0])
