"""Ten thousand strange articles, settings and queries: nothing crashes, nothing gets past the gate, no word is lost.

`python -m audit` tries many more. What it finds comes here as a seed or as the text itself.
"""

from __future__ import annotations

import pytest

from audit.fuzz import faults_of, faults_of_yaml, make_article, make_query, make_yaml
from helpgen.search import SearchIndex, analyse_document, build_index, open_index, write_shards
from tests.search import sample

ARTICLES = 10_000
SHARES = 4


@pytest.mark.parametrize("share", range(SHARES))
def test_articles(share: int) -> None:
    wrong = {seed: faults for seed in range(share, ARTICLES, SHARES) if (faults := faults_of(make_article(seed)))}
    assert wrong == {}


def test_settings_and_data() -> None:
    wrong = {seed: faults for seed in range(3_000) if (faults := faults_of_yaml(make_yaml(seed)))}
    assert wrong == {}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("    kind: {", id="a bracket that the only line leaves open"),
        pytest.param("title: 'x\u2028y'\nno\u2029: 1\n: :\n", id="separators that end no line"),
        pytest.param("? [a, b]\n: x\n? {c: d}\n: y\n", id="keys that are no words"),
        pytest.param("\x00: \x00\n", id="NUL"),
    ],
)
def test_findings_in_settings(text: str) -> None:
    assert faults_of_yaml(text) == []


@pytest.fixture(scope="module")
def index() -> SearchIndex:
    documents = map(analyse_document, sample.documents("en"))
    return open_index(write_shards(build_index(documents), synonyms=sample.SYNONYMS["en"]).__getitem__)


def test_queries(index: SearchIndex) -> None:
    for seed in range(1_000):
        index.search(make_query(seed))


def test_the_fuzz_knows_a_fault_when_it_sees_one(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "---\ntitle: T\n---\nw1q and w2q\n"
    assert faults_of(text) == []
    monkeypatch.setattr("audit.fuzz._filled", lambda _article: "<p onclick='x()'>w1q</b><form>")
    found = faults_of(text)
    assert "onclick on p" in found
    assert "form" in found
    assert "</b> closes something else" in found
    assert "w2q is lost" in found
