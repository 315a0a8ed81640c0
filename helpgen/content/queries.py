"""A file of questions with the articles that answer them, for `helpgen eval`.

- {q: "提币没到", answers: [deposits/withdrawals/withdrawal-not-arrived], kind: sentence}
- {q: "weather tomorrow", answers: []}
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from helpgen.content.decode import decode_text
from helpgen.content.fields import ARTICLE_KEY
from helpgen.content.positioned_yaml import Mapping, Node, Scalar, Sequence, parse_yaml
from helpgen.content.reader import INVALID, Reader
from helpgen.content.schema import LOCALE_CODE, Field, ListOf, Record, Text
from helpgen.model.diagnostic import Diagnostic, Outcome
from helpgen.model.location import Location
from helpgen.model.source import SourceFile
from helpgen.model.suggest import did_you_mean

QUERY_FIELDS: Final = Record(
    (
        Field(name="q", type=Text(), default="", required=True, doc="What is typed."),
        Field(
            name="answers",
            type=ListOf(ARTICLE_KEY),
            default=(),
            required=True,
            doc="The articles that answer it, as category/slug; an empty list [] for none.",
        ),
        Field(name="locale", type=LOCALE_CODE, default="", doc="The language whose index is asked."),
        Field(name="kind", type=Text(max_length=40), default="", doc="A word by which figures are given apart."),
    ),
    label="a mapping with q and answers",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class QueryRow:
    """One question. `locale` "" asks every index, `answers` are category/slug in any language."""

    q: str
    answers: tuple[str, ...]
    locale: str
    kind: str
    location: Location


def parse_queries(file: SourceFile, known: Collection[str]) -> Outcome[tuple[QueryRow, ...]]:
    """Read the questions. An answer that is none of the `known` articles (category/slug) is an error."""
    decoded = decode_text(file)
    if decoded.value is None:
        return Outcome(value=None, diagnostics=decoded.diagnostics)
    parsed = parse_yaml(decoded.value, path=file.path)
    reader = Reader(
        file.path,
        decoded.value.split("\n"),
        "data/unknown-key",
        "data/value",
        [*decoded.diagnostics, *parsed.diagnostics],
    )
    rows: list[QueryRow] = []
    if isinstance(parsed.value, Sequence):
        rows = [row for node in parsed.value.items if (row := _row(node, reader, known)) is not None]
    elif parsed.value is not None:
        reader.wrong(parsed.value, "", "a list of questions", 'start each with "- q:"')
    elif not reader.diagnostics:
        reader.wrong(Scalar("", True, 1, 1, 1), "", "a list of questions", 'start each with "- q:"')
    diagnostics: tuple[Diagnostic, ...] = tuple(reader.diagnostics)
    return Outcome(value=None if diagnostics else tuple(rows), diagnostics=diagnostics)


def _row(node: Node, reader: Reader, known: Collection[str]) -> QueryRow | None:
    before = len(reader.diagnostics)
    values = QUERY_FIELDS.read(node, "", reader)
    if values is INVALID or len(reader.diagnostics) > before:
        return None
    for answer in _answers(node):
        if answer.text not in known:
            hint = did_you_mean(answer.text, known) or "name it by its path below the language, without .md"
            reader.report("data/value", answer, f'there is no article "{answer.text}" in the index', hint)
    return QueryRow(location=reader.location(node), **values)


def _answers(node: Node) -> list[Scalar]:
    """The answers with their places."""
    entries = node.entries if isinstance(node, Mapping) else ()
    listed = next((child for key, child in entries if key.text == "answers"), None)
    items = listed.items if isinstance(listed, Sequence) else (listed,)
    return [item for item in items if isinstance(item, Scalar) and item.text]
