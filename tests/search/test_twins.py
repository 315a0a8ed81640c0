"""The client asked the same as Python, over the same bytes: every field of every hit must be equal, scores to the last bit."""

from __future__ import annotations

import json
import os
import random
import sys
from pathlib import Path
from typing import Any

import pytest

from bench.questions import SETS, DataSet, document
from helpgen.search import analyse_document, build_index, open_index, write_shards
from tests.search import make_vectors, sample
from tests.search.conftest import RunNode

# Questions that one run of Node is asked: its answers are one text of JSON.
PART = 500


@pytest.mark.parametrize("locale", sample.QUERIES)
@pytest.mark.parametrize("inline_bytes", [0, 1_000_000])
def test_client_answers_the_same(locale: str, inline_bytes: int, run_node: RunNode) -> None:
    index = build_index(map(analyse_document, sample.documents(locale)))
    files = write_shards(index, synonyms=sample.SYNONYMS[locale], inline_bytes=inline_bytes)
    queries = [*sample.QUERIES[locale], *sample.HOSTILE, *_typed(sample.QUERIES[locale])]
    _assert_same(files, locale, queries, run_node)


def test_vectors_are_what_this_program_makes() -> None:
    """After a wanted change: `python -m tests.search.make_vectors`."""
    stored: Any = json.loads(make_vectors.TARGET.read_text(encoding="utf-8"))
    assert json.loads(json.dumps(make_vectors.vectors())) == stored


@pytest.mark.corpora
@pytest.mark.skipif(os.environ.get("HELPGEN_WHOLE") != "1", reason="takes minutes; HELPGEN_WHOLE=1 asks for it")
@pytest.mark.parametrize("name", SETS)
def test_client_answers_the_same_on_every_development_question(name: str, search_data: Path, run_node: RunNode) -> None:
    data = DataSet(name, search_data / name, sys.maxsize)
    files = write_shards(build_index(map(analyse_document, map(document, data.rows))))
    for start in range(0, len(data.texts), PART):
        _assert_same(files, data.locale, data.texts[start : start + PART], run_node)


@pytest.mark.corpora
@pytest.mark.parametrize("name", SETS)
def test_client_answers_the_same_on_the_development_questions(name: str, search_data: Path, run_node: RunNode) -> None:
    data = DataSet(name, search_data / name, sys.maxsize)
    files = write_shards(build_index(map(analyse_document, map(document, data.rows[::3]))))
    _assert_same(files, data.locale, random.Random(3).sample(data.texts, 100), run_node)


def _typed(queries: tuple[str, ...]) -> list[str]:
    """Each query as it is while it is being typed."""
    return [query[:length] for query in queries for length in range(1, len(query))]


def _assert_same(files: dict[str, bytes], locale: str, queries: list[str], run_node: RunNode) -> None:
    index = open_index(files.__getitem__)
    own = [json.loads(json.dumps(make_vectors.camel(index.search(query)))) for query in queries]
    texts = {name: data.decode() for name, data in files.items()}
    theirs = run_node("search.mjs", {"files": texts, "locale": locale, "queries": queries, "limit": 10})
    for query, one, other in zip(queries, own, theirs, strict=True):
        assert other == one, ascii(query)[:80]
