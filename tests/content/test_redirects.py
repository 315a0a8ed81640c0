"""Every line of `_data/redirects.yaml` is an old address and what became of it, or a problem at its place."""

from __future__ import annotations

import pytest

from helpgen.content.redirects import parse_redirects
from helpgen.model.diagnostic import Outcome
from helpgen.model.site import Move
from helpgen.model.source import SourceFile


def read(text: str) -> Outcome[tuple[Move, ...]]:
    return parse_redirects(SourceFile(path="content/_data/redirects.yaml", data=text.encode(), digest=""))


def test_lines_are_moves() -> None:
    outcome = read(
        "/zh/old: /zh/new/\n/hc/%E5%85%85/1.html: /zh/a/\n/deposits/*: /funds/*\n/zh/fees/: gone\n/zh/x/*: gone\n/zh/y/: /\n"
    )
    assert outcome.diagnostics == ()
    assert outcome.value is not None
    assert [(move.old, move.new, move.below) for move in outcome.value] == [
        ("zh/old/", "zh/new/", False),
        ("hc/充/1.html", "zh/a/", False),
        ("deposits/", "funds/", True),
        ("zh/fees/", None, False),
        ("zh/x/", None, True),
        ("zh/y/", "", False),
    ]
    assert str(outcome.value[2].at) == "content/_data/redirects.yaml:3:1"


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "{}\n"])
def test_there_may_be_no_line(text: str) -> None:
    outcome = read(text)
    assert (outcome.value, outcome.diagnostics) == ((), ())


@pytest.mark.parametrize(
    ("text", "place", "said"),
    [
        ("- /a/\n", "1:1", "a mapping from old addresses"),
        ("old: /b/\n", "1:1", "starting with /"),
        ("/a/: b\n", "1:6", "starting with /"),
        ("/a/: https://example.com/\n", "1:6", "starting with /"),
        ("/a/: javascript:alert(1)\n", "1:6", "starting with /"),
        ("/a/: //evil.example/\n", "1:6", "starting with /"),
        ("/a/: /../b/\n", "1:6", "starting with /"),
        ("/a/: /b/#part\n", "1:6", "starting with /"),
        ("/a/: [/b/]\n", "1:6", "starting with /"),
        ("/a/:\n", "1:5", "starting with /"),
        ("/*: gone\n", "1:1", "starting with /"),
        ("/: /b/\n", "1:1", "starting with /"),
        ("/a/*/b/: gone\n", "1:1", "starting with /"),
        ("/a/*: /b/\n", "1:7", "ends in /* too"),
        ("/a/: /b/*\n", "1:6", "without /*"),
        ("/a: /a/\n", "1:5", "another address"),
        ("/a/*: /a/*\n", "1:7", "another address"),
        ("/%2525/: gone\n", "1:1", "starting with /"),
    ],
)
def test_what_is_wrong_is_told_at_its_place(text: str, place: str, said: str) -> None:
    outcome = read(text)
    (found,) = outcome.diagnostics
    assert (found.rule, found.severity) == ("data/value", "error")
    assert said in found.message
    assert str(found.location) == f"content/_data/redirects.yaml:{place}"
    assert outcome.value == ()


def test_an_address_stands_once() -> None:
    assert [d.rule for d in read("/a/: gone\n/a/: /b/\n").diagnostics] == ["yaml/duplicate-key"]
