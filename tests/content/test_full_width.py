"""The colon of Chinese keyboards where YAML wants its own is named at its place, wherever YAML is read."""

from __future__ import annotations

import pytest

from helpgen.content.positioned_yaml import parse_yaml
from tests.site_folder import SiteFolder

ARTICLE = "content/zh/security/new.md"
MESSAGE = "a full-width colon ： where YAML wants : and a space"


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("title: x\nsummary: y\ndraft：true\n", "a.yaml:3:6"),
        ('title： "Koi"\n\n# the languages\nlocales:\n  en: {name: E}\n', "a.yaml:1:6"),
        ('title： "Koi"\nlocales:\n  en: {name: E}\n', "a.yaml:1:6"),
        ('base_url: x\ntitle： "Koi"\n\n# the languages\nlocales:\n  en: {name: E}\n', "a.yaml:2:6"),
        ("a:\n  b: 1\n  c：2\nd: 3\n", "a.yaml:3:4"),
        ("a:\n  c：2\n  b: 1\nd: 3\n", "a.yaml:2:4"),
        ("x: 1\na：\n  - c\n  - b\nd: 3\n", "a.yaml:2:2"),
        ("x: 1\n钱包：\n  c: 2\n", "a.yaml:2:3"),
        ('"a"： 2\nd: 3\n', "a.yaml:1:4"),
        ('a: { "en"："Hi" }\n', "a.yaml:1:10"),
        ("a: { 钱包：[Hi] }\n", "a.yaml:1:8"),
        ("a:\n  - b：c\n    d: e\n", "a.yaml:2:6"),
        ("a:\n  - b: c\n    d：e\n  - x\n", "a.yaml:3:6"),
        ("a：b # c\ng: h\n", "a.yaml:1:2"),
    ],
)
def test_it_is_named_where_yaml_cannot_be_read(text: str, place: str) -> None:
    (found,) = parse_yaml(text, path="a.yaml").diagnostics
    assert (found.rule, str(found.location), found.message) == ("yaml/syntax", place, MESSAGE)
    assert found.excerpt[found.location.column - 1] == "："
    assert "write" in found.hint


@pytest.mark.parametrize(
    "text",
    [
        "title: x\nsummary: |\n  注意：请勿\n title: y\n",
        "summary: 说明\n  注意：请勿\n  而且 x: y\n",
        'summary: 注意：请勿\ntitle: "x\n',
        "summary: 注意：请勿\nfoo\ntitle: x\n",
        "summary: 注意：a: b\n",
    ],
)
def test_other_mistakes_beside_one_that_is_right_keep_their_message(text: str) -> None:
    (found,) = parse_yaml(text, path="a.yaml").diagnostics
    assert found.message != MESSAGE


def test_a_text_may_hold_one() -> None:
    assert parse_yaml("summary: 注意：请勿\nquestions: [问：什么]\n", path="a.yaml").diagnostics == ()


@pytest.mark.parametrize(
    ("path", "text", "place"),
    [
        (ARTICLE, "---\ntitle：全角冒号\n---\n\n正文。\n", f"{ARTICLE}:2:6"),
        (ARTICLE, "---\ntitle：全角冒号\nsummary：说明\n---\n\n正文。\n", f"{ARTICLE}:2:6"),
        (ARTICLE, "---\ntitle: 新\nsummary: x\ndraft：true\n---\n\n正文。\n", f"{ARTICLE}:4:6"),
        (ARTICLE, "---\ntitle: 新\nsearch:\n  boost：2\n---\n\n正文。\n", f"{ARTICLE}:4:8"),
        (ARTICLE, "---\ntitle: 新\nsearch: { boost：2 }\n---\n\n正文。\n", f"{ARTICLE}:3:16"),
        ("helpgen.yaml", "title：灯塔\n", "helpgen.yaml:1:6"),
        ("helpgen.yaml", "title: 灯塔\nlocales: { zh: { name：中文 } }\n", "helpgen.yaml:2:22"),
        ("helpgen.yaml", "title: 灯塔\nlocales:\n  zh：{ name: 中文 }\n", "helpgen.yaml:3:5"),
        ("helpgen.yaml", "title:\n  zh：灯塔\nlocales: { zh: { name: 中文 } }\n", "helpgen.yaml:2:5"),
        ("helpgen.yaml", "title: 灯塔\ntheme:\n  name：koi\nlocales: { zh: { name: 中文 } }\n", "helpgen.yaml:3:7"),
        ("content/zh/security/_category.yaml", "title：安全\n", "content/zh/security/_category.yaml:1:6"),
        ("content/_data/synonyms.yaml", "zh:\n  two_way：[[a, b]]\n", "content/_data/synonyms.yaml:2:10"),
    ],
)
def test_it_is_named_in_every_file_once(site: SiteFolder, path: str, text: str, place: str) -> None:
    errors = [d for d in site.write(path, text).build().diagnostics if d.severity == "error"]
    assert [(str(d.location), d.message) for d in errors] == [(place, MESSAGE)]
    assert errors[0].hint.startswith('write "')


def test_a_text_below_its_field_may_begin_with_a_word_and_one(site: SiteFolder) -> None:
    site.write(
        "content/_data/channels.yaml",
        "mail:\n  name: x\n  kind: email\n  address: mailto:a@b.example\n  hours:\n    每天：九点\n",
    )
    assert [d for d in site.build().diagnostics if d.severity == "error"] == []
