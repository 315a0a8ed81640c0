"""Typed reading: each type takes what it says, and reports the rest with place and hint."""

from __future__ import annotations

import pytest

from helpgen.content.fields import ARTICLE_FIELDS, CONFIG_FIELDS
from helpgen.content.json_schemas import json_schemas
from helpgen.content.positioned_yaml import parse_yaml
from helpgen.content.reader import INVALID, Reader
from helpgen.content.schema import Choice, Date, Field, Flag, ListOf, Localised, Number, Record, Text, Type


def read(kind: Type, yaml: str) -> tuple[object, list[str]]:
    text = f"x: {yaml}\n"
    node = parse_yaml(text, path="f.yaml").value
    reader = Reader("f.yaml", text.split("\n"), "data/unknown-key", "data/value")
    record = Record((Field(name="x", type=kind, default=INVALID, doc=""),))
    assert node is not None
    value = record.read(node, "", reader)["x"]
    return value, [f"{d.location.column}: {d.message} ({d.hint})" for d in reader.diagnostics]


@pytest.mark.parametrize(
    ("kind", "yaml", "value"),
    [
        (Text(), "no", "no"),
        (Text(), "012", "012"),
        (Text(), "'  two   words '", "two words"),
        (Flag(), "true", True),
        (Number(), "-1.5", -1.5),
        (Number(whole=True), "3", 3),
        (Date(), "2026-11-05", "2026-11-05"),
        (Date(), "2026-11-05T23:30:00+08:00", "2026-11-05"),
        (Choice(("a", "b")), "b", "b"),
        (ListOf(Text()), "[a, on]", ("a", "on")),
        (ListOf(Text()), "alone", ("alone",)),
        (Localised(Text()), "all", {"": "all"}),
        (Localised(Text()), "{zh: 一, en: one}", {"zh": "一", "en": "one"}),
    ],
)
def test_good_values(kind: Type, yaml: str, value: object) -> None:
    assert read(kind, yaml) == (value, [])


@pytest.mark.parametrize(
    ("kind", "yaml", "says"),
    [
        (Text(), "[a]", "must be a text, not a list"),
        (Text(), "", "not empty"),
        (Text(), "'\u200b'", "invisible character U+200B"),
        (Text(), "'a\u202eb'", "invisible character U+202E"),
        (Flag(), "'false'", "write true or false, without quotes"),
        (Flag(), "yes", "true or false"),
        (Number(0, 5), "6", "a number from 0 to 5"),
        (Number(), ".nan", "a number"),
        (Number(), "'3'", "a number"),
        (Date(), "2025-02-30", "a day that exists"),
        (Date(), "20251105", "YYYY-MM-DD"),
        (Date(), "10000-01-01", "YYYY-MM-DD"),
        (Choice(("article", "faq")), "artcle", 'did you mean "article"?'),
    ],
)
def test_bad_values(kind: Type, yaml: str, says: str) -> None:
    value, problems = read(kind, yaml)
    assert value is INVALID
    assert len(problems) == 1
    assert says in problems[0]


def test_every_problem_of_a_file_is_reported_at_once() -> None:
    text = "titel: x\norder: first\ndraft: maybe\nquestions: {a: b}\n"
    node = parse_yaml(text, path="a.md").value
    assert node is not None
    reader = Reader("a.md", text.split("\n"), "front-matter/unknown-field", "front-matter/value")
    ARTICLE_FIELDS.read(node, "", reader)
    assert [(d.rule, d.location.line) for d in reader.diagnostics] == [
        ("front-matter/unknown-field", 1),
        ("front-matter/value", 2),
        ("front-matter/value", 3),
        ("front-matter/value", 4),
    ]
    assert reader.diagnostics[0].hint == 'did you mean "title"?'


def test_json_schemas_name_every_field_and_allow_no_other() -> None:
    schemas = json_schemas()
    assert set(schemas["article"]["properties"]) == {field.name for field in ARTICLE_FIELDS.fields}
    assert set(schemas["config"]["properties"]) == {field.name for field in CONFIG_FIELDS.fields}
    assert schemas["config"]["additionalProperties"] is False
    assert schemas["config"]["required"] == ["title", "locales"]
    assert schemas["article"]["properties"]["type"]["enum"] == ["article", "faq", "troubleshooter"]
