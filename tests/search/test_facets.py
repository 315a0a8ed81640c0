"""Filters by category and platform: runs of documents in the manifest, asked alike in Python, in the client and in Whoosh."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpgen.search import SearchDocument, analyse_document, build_index, open_index, write_shards
from helpgen.search.facets import filter_of, read_facets, write_facets
from helpgen.search.whoosh_index import open_whoosh, write_whoosh
from tests.search import make_vectors, sample
from tests.search.conftest import RunNode

FILTERS = (
    {"category": "Security"},
    {"platform": "ios"},
    {"platform": "web"},
    {"category": "Security", "platform": "web"},
    {"category": "Nowhere"},
    {"category": "", "platform": ""},
)


@given(st.lists(st.tuples(st.sampled_from(["", "One", "Two"]), st.sets(st.sampled_from(["ios", "web"]))), max_size=20))
def test_what_is_written_is_read(rows: list[tuple[str, set[str]]]) -> None:
    documents = [
        analyse_document(
            SearchDocument(
                key=f"en/{number:02}",
                locale="en",
                url=f"{number}/",
                title="x",
                path=(category,) if category else (),
                platforms=tuple(sorted(platforms)),
            )
        )
        for number, (category, platforms) in enumerate(rows)
    ]
    facets = read_facets(json.loads(json.dumps(write_facets(documents))), len(documents))
    for category in ("One", "Two"):
        allowed = filter_of(facets, {"category": category})
        assert allowed is not None
        assert [allowed(n) for n in range(len(rows))] == [one == category for one, _ in rows]
    allowed = filter_of(facets, {"platform": "ios"})
    assert allowed is not None
    assert [allowed(n) for n in range(len(rows))] == [not two or "ios" in two for _, two in rows]


@pytest.mark.parametrize("runs", ["C", "AD", "AA!", 3, "A_______B"])
def test_damaged_runs_are_refused(runs: object) -> None:
    with pytest.raises((ValueError, TypeError)):
        read_facets({"category": {"One": runs}, "platform": {}}, 2)


@pytest.mark.parametrize("filters", FILTERS)
@pytest.mark.parametrize("locale", ["en", "zh"])
def test_the_client_filters_the_same(filters: dict[str, str], locale: str, run_node: RunNode) -> None:
    files = write_shards(build_index(map(analyse_document, sample.documents(locale))))
    queries = list(sample.QUERIES[locale])
    index = open_index(files.__getitem__)
    own = [json.loads(json.dumps(make_vectors.camel(index.search(query, filters=filters)))) for query in queries]
    texts = {name: data.decode() for name, data in files.items()}
    sent = {"files": texts, "locale": locale, "queries": queries, "limit": 10, "filters": filters}
    assert run_node("search.mjs", sent) == own


@pytest.mark.parametrize("filters", FILTERS)
def test_every_hit_is_one_that_was_asked_for(filters: dict[str, str], tmp_path: Path) -> None:
    analysed = [analyse_document(document) for document in sample.documents("en")]
    json_index = open_index(write_shards(build_index(analysed)).__getitem__)
    whoosh_index = open_whoosh(tmp_path, write_whoosh(analysed, tmp_path))
    wanted = {
        document.key
        for document in analysed
        if (not filters.get("category") or document.path[:1] == (filters["category"],))
        and (not filters.get("platform") or not document.platforms or filters["platform"] in document.platforms)
    }
    for index in (json_index, whoosh_index):
        found: set[str] = set()
        for query in sample.QUERIES["en"]:
            hits = index.search(query, limit=20, filters=filters).hits
            found |= {hit.key for hit in hits}
            plain = [hit.key for hit in index.search(query, limit=20).hits if hit.key in wanted]
            # The units of a document that is filtered out do not take the place of others in Whoosh's first ones.
            assert {hit.key for hit in hits} >= set(plain)
        assert found <= wanted
        assert bool(found) == bool(wanted)


def test_an_unknown_filter_is_refused(tmp_path: Path) -> None:
    analysed = [analyse_document(document) for document in sample.documents("en")]
    json_index = open_index(write_shards(build_index(analysed)).__getitem__)
    whoosh_index = open_whoosh(tmp_path, write_whoosh(analysed, tmp_path))
    with pytest.raises(ValueError, match='no filter "colour"'):
        json_index.search("login", filters={"colour": "red"})
    with pytest.raises(ValueError, match='no filter "colour"'):
        whoosh_index.search("login", filters={"colour": "red"})


def test_a_hit_says_what_it_is_for() -> None:
    index = open_index(write_shards(build_index(map(analyse_document, sample.documents("en")))).__getitem__)
    hits = {hit.key: hit.platforms for hit in index.search("reset withdraw phishing messages deposit").hits}
    assert hits["en/security/2fa-reset"] == ("android", "ios")
    assert {key for key, platforms in hits.items() if platforms} == {"en/security/2fa-reset"}
    assert len(hits) > 1
