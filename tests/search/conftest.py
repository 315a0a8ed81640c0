"""Fixtures of the search tests: the indexes of the sample, a Node to run the client in, the outside corpora."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from helpgen.search import SearchIndex, analyse_document, build_index, open_index, write_shards
from tests.search import sample

HERE = Path(__file__).parent

RunNode = Callable[[str, Any], Any]


@pytest.fixture(scope="session")
def shards() -> dict[str, dict[str, bytes]]:
    """The files of the sample's indexes by locale, none of them inline."""
    return {
        locale: write_shards(
            build_index(map(analyse_document, sample.documents(locale))),
            synonyms=sample.SYNONYMS[locale],
            inline_bytes=0,
        )
        for locale in sample.QUERIES
    }


@pytest.fixture
def indexes(shards: dict[str, dict[str, bytes]]) -> dict[str, SearchIndex]:
    """The sample's indexes by locale."""
    return {locale: open_index(files.__getitem__) for locale, files in shards.items()}


@pytest.fixture(scope="session")
def run_node(node: str) -> RunNode:
    """Runs a script of tests/search/js with JSON on its standard input and gives the JSON that it prints."""

    def run(script: str, value: Any) -> Any:
        done = subprocess.run(
            [node, str(HERE / "js" / script)],
            input=json.dumps(value).encode(),
            capture_output=True,
            timeout=300,
            check=False,
        )
        assert done.returncode == 0, done.stderr.decode()
        return json.loads(done.stdout)

    return run


@pytest.fixture(scope="session")
def search_data(shared_folder: Path) -> Path:
    """The folder with the search data from outside the project."""
    return shared_folder / "search" / "data"
