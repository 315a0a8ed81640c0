"""YAML with places: what is read, and what is refused where."""

from __future__ import annotations

import pytest

from helpgen.content.positioned_yaml import MAX_DEPTH, Mapping, Scalar, Sequence, parse_yaml


def test_every_value_keeps_its_text_and_place() -> None:
    node = parse_yaml("title: no\nlist:\n  - 012\n  - '22:22'\n", path="a.md", first_line=2).value
    assert isinstance(node, Mapping)
    (title, no), (_, items) = node.entries
    assert (title.text, title.line, title.column) == ("title", 2, 1)
    assert isinstance(no, Scalar)
    assert (no.text, no.plain, no.line, no.column, no.length) == ("no", True, 2, 8, 2)
    assert isinstance(items, Sequence)
    assert [(item.text, item.plain, item.line) for item in items.items if isinstance(item, Scalar)] == [
        ("012", True, 4),
        ("22:22", False, 5),
    ]


def test_columns_count_characters_not_bytes() -> None:
    node = parse_yaml("{标题: 充币, 顺序: 1}", path="a.md").value
    assert isinstance(node, Mapping)
    assert [(key.text, key.column) for key, _ in node.entries] == [("标题", 2), ("顺序", 10)]


@pytest.mark.parametrize(
    ("text", "rule", "place"),
    [
        ("a: [1", "yaml/syntax", "a.md:1:4"),
        ("a: 1\n\tb: 2\n", "yaml/syntax", "a.md:2:1"),
        ("a: b: c", "yaml/syntax", "a.md:1:5"),
        ("a: 'x\n", "yaml/syntax", "a.md:1:4"),
        ("a: 1\n---\nb: 2\n", "yaml/syntax", "a.md:2:1"),
        ("? [a]\n: 1\n", "yaml/syntax", "a.md:1:3"),
        ("a: &x 1", "yaml/forbidden", "a.md:1:4"),
        ("a: *x", "yaml/forbidden", "a.md:1:4"),
        ("a: !!python/object:os.system x", "yaml/forbidden", "a.md:1:4"),
        ("a: !ENV HOME", "yaml/forbidden", "a.md:1:4"),
        ("<<: {a: 1}", "yaml/forbidden", "a.md:1:1"),
        ("a: 1\nb: 2\na: 3", "yaml/duplicate-key", "a.md:3:1"),
        ("[" * 30_000, "yaml/too-deep", f"a.md:1:{MAX_DEPTH + 1}"),
        ("- " * 30_000, "yaml/too-deep", f"a.md:1:{2 * MAX_DEPTH + 1}"),
    ],
)
def test_what_is_refused_is_refused_at_its_place(text: str, rule: str, place: str) -> None:
    (found,) = parse_yaml(text, path="a.md").diagnostics
    assert (found.rule, str(found.location)) == (rule, place)


@pytest.mark.parametrize("escape", [r"\q", r"\ud83d", r"\UFFFFFFFF", r"\xZZ"])
def test_an_escape_that_is_none_is_named_at_its_place(escape: str) -> None:
    (found,) = parse_yaml(f'a: b\nc: "x{escape}y"\n', path="a.yaml").diagnostics
    assert "escape" in found.message
    assert found.location.line == 2


def test_an_alias_bomb_is_refused_at_its_first_anchor() -> None:
    bomb = "a: &a [x,x,x]\n" + "".join(f"{b}: &{b} [*{a},*{a}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    outcome = parse_yaml(bomb, path="a.md")
    assert outcome.value is None
    assert str(outcome.diagnostics[0].location) == "a.md:1:4"


def test_an_empty_text_is_no_value_and_no_problem() -> None:
    outcome = parse_yaml("# only a comment\n", path="a.md")
    assert outcome.value is None
    assert outcome.diagnostics == ()
