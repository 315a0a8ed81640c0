"""How problems look on a terminal."""

from __future__ import annotations

import click

from helpgen.model.diagnostic import Diagnostic
from helpgen.model.location import Location
from helpgen.report import count_problems, format_diagnostic


def diagnostic(excerpt: str, column: int, length: int, message: str = "wrong") -> Diagnostic:
    place = Location(path="a.md", line=3, column=column, length=length)
    return Diagnostic(rule="r/x", severity="error", location=place, message=message, excerpt=excerpt, hint="mend it")


def shown(found: Diagnostic) -> list[str]:
    return click.unstyle(format_diagnostic(found)).splitlines()


def test_the_caret_stands_under_the_place() -> None:
    assert shown(diagnostic("catgory: x", 1, 7)) == [
        "a.md:3:1: error: wrong [r/x]",
        "    catgory: x",
        "    ^~~~~~~",
        "  hint: mend it",
    ]


def test_chinese_characters_are_two_columns_wide() -> None:
    assert shown(diagnostic("看这里的链接", 3, 2))[1:3] == ["    看这里的链接", "        ^~~~"]


def test_a_long_line_is_cut_around_the_place() -> None:
    lines = shown(diagnostic("a" * 500 + "HERE" + "b" * 500, 501, 4))
    assert len(lines[1]) < 120
    start = lines[2].index("^")
    assert lines[1][start : start + 4] == "HERE"


def test_nothing_in_a_message_can_steer_the_terminal() -> None:
    text = "\n".join(shown(diagnostic("x\x1b[31m\u202e", 1, 1, message="a\x1b]0;t\x07b")))
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "\\u001b" in text


def test_counts_are_words() -> None:
    one = diagnostic("", 0, 0)
    assert count_problems([one, one]) == "2 errors"
    assert count_problems([]) == "no problems"
