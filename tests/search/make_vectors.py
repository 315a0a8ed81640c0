"""Writes vectors/site.json: the sample's index as bytes and what a search in it answers. Run it after a change of the
format, the analysis or a constant, and look at the difference: `python -m tests.search.make_vectors`.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from helpgen.search import Results, analyse_document, build_index, open_index, write_shards
from helpgen.search.answer import Answer
from tests.search import sample

TARGET = Path(__file__).parent / "vectors" / "site.json"


def camel(results: Results | Answer) -> dict[str, Any]:
    """Results or an answer as the client spells them."""

    def rename(value: Any) -> Any:
        if isinstance(value, dict):
            return {_camel(name): rename(item) for name, item in value.items() if name != "explanation"}
        return [rename(item) for item in value] if isinstance(value, list | tuple) else value

    renamed: dict[str, Any] = rename(asdict(results))
    return renamed


def vectors() -> dict[str, Any]:
    """For each locale its manifest, which holds the whole index, and the answers to the sample's queries."""
    made: dict[str, Any] = {}
    for locale, queries in sample.QUERIES.items():
        files = write_shards(
            build_index(map(analyse_document, sample.documents(locale))), synonyms=sample.SYNONYMS[locale]
        )
        index = open_index(files.__getitem__)
        answers = [camel(index.search(query, limit=3)) for query in queries]
        made[locale] = {"manifest": files["manifest.json"].decode(), "answers": answers}
    return made


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)


if __name__ == "__main__":
    TARGET.write_text(json.dumps(vectors(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
