"""The data sets for the search in $HELPGEN_SHARED/search/data: documents, questions and which documents answer them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from bench.corpus import shared_folder
from helpgen.search import SearchDocument, Section

Row = Mapping[str, Any]

SETS: Final = ("en-bank", "en-bank-faq", "site-en", "zh-atec", "site-zh")
LARGE: Final = "zh-10k"


@dataclass(frozen=True)
class DataSet:
    """A folder of documents and questions; of each variant of questions at most `limit` are asked."""

    name: str
    folder: Path
    limit: int

    @property
    def documents(self) -> Path:
        return self.folder / "docs.jsonl"

    @cached_property
    def rows(self) -> list[Row]:
        return read_rows(self.documents)

    @cached_property
    def questions(self) -> list[Row]:
        return list(limited(read_rows(self.folder / "queries.dev.jsonl"), self.limit))

    @property
    def texts(self) -> list[str]:
        return [question["q"] for question in self.questions]

    @property
    def locale(self) -> str:
        lang: str = self.rows[0]["lang"]
        return lang


def data_set(name: str, limit: int) -> DataSet:
    """A data set by its name."""
    return DataSet(name, shared_folder() / "search" / "data" / name, limit)


def document(row: Row) -> SearchDocument:
    """A document as helpgen indexes it."""
    sections = row["sections"] or ([{"h": "", "text": row["body"]}] if row["body"] else [])
    return SearchDocument(
        key=row["id"],
        locale=row["lang"],
        url=f"{row['id']}/",
        title=row["title"],
        sections=tuple(
            Section(anchor=f"h-{number}" if section["h"] else "", heading=section["h"], text=section["text"])
            for number, section in enumerate(sections)
        ),
    )


def rank(relevant: Iterable[str], ids: Iterable[str]) -> int:
    """The place of the first relevant id, from 1; 0 if there is none."""
    wanted = set(relevant)
    return next((place for place, key in enumerate(ids, 1) if key in wanted), 0)


def read_rows(path: Path) -> list[Row]:
    """The rows of a file of JSON lines."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def limited(questions: Iterable[Row], most: int) -> Iterator[Row]:
    """At most `most` questions of each variant, the first ones."""
    counts: dict[str, int] = {}
    for question in questions:
        counts[question["variant"]] = counts.get(question["variant"], 0) + 1
        if counts[question["variant"]] <= most:
            yield question
