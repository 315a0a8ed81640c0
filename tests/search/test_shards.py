"""The files: equal input gives equal bytes, few bytes change with an edit, damage is told and never answered with nonsense."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from dataclasses import asdict, replace
from typing import Any

import pytest

from helpgen.search import (
    AnalysedDocument,
    IndexCorruptError,
    IndexMissingError,
    IndexVersionError,
    SearchDocument,
    SearchIndexError,
    Section,
    Synonyms,
    analyse_document,
    build_index,
    open_index,
    write_shards,
)
from helpgen.search.codec import decode_numbers, decode_postings, encode_number, encode_postings
from tests.search import sample
from tests.search.conftest import RunNode

Files = dict[str, bytes]


def test_the_order_of_the_documents_does_not_matter() -> None:
    analysed = [analyse_document(document) for document in sample.documents("zh")]
    assert write_shards(build_index(analysed)) == write_shards(build_index(reversed(analysed)))


def test_an_analysed_document_survives_json() -> None:
    for locale in sample.QUERIES:
        analysed = [analyse_document(document) for document in sample.documents(locale)]
        stored = json.loads(json.dumps([asdict(document) for document in analysed]))
        again = [AnalysedDocument.from_json(document) for document in stored]
        assert again == analysed
        assert write_shards(build_index(again)) == write_shards(build_index(analysed))


def test_a_small_index_is_read_from_one_file() -> None:
    """The table of Traditional characters stands beside it too, for a client that asks before it has the manifest."""
    files = write_shards(build_index(map(analyse_document, sample.documents("zh"))))
    assert list(files) == ["manifest.json", "simplified.json"]
    index = open_index({"manifest.json": files["manifest.json"]}.__getitem__)
    assert index.search("充值沒有到帳").hits[0].key == "zh/deposits/not-arrived"


def test_an_empty_site_can_be_searched() -> None:
    files = write_shards(build_index([]))
    assert open_index(files.__getitem__).search("提币 deposit").hits == ()


def test_a_site_without_a_word_can_be_searched(run_node: RunNode) -> None:
    document = SearchDocument(key="zh/a/b", locale="zh", url="zh/a/b/", title="？！")
    files = write_shards(build_index([analyse_document(document)]))
    assert open_index(files.__getitem__).search("提币 deposit").hits == ()
    (answer,) = _ask(files, run_node)
    assert answer["hits"] == []


def test_names_change_with_the_content_and_only_then(shards: dict[str, Files]) -> None:
    documents = list(sample.documents("en"))
    documents[0] = replace(documents[0], sections=(Section(anchor="", heading="", text="Something else entirely."),))
    index = build_index(map(analyse_document, documents))
    changed = write_shards(index, synonyms=sample.SYNONYMS["en"], inline_bytes=0)
    shared = set(changed) & set(shards["en"]) - {"manifest.json"}
    assert {name for name in shared if changed[name] != shards["en"][name]} == set()
    # The excerpts of the other articles keep their names, and so do the titles that stand in another file.
    assert sum(name.startswith("excerpts/") for name in shared) == len(documents) - 1
    assert sum(name.startswith("titles/") for name in shared) == 1
    assert set(shards["en"].values()) & set(changed.values()) == {changed[name] for name in shared}


def test_a_word_in_one_article_renames_few_shards_of_many() -> None:
    made = [_made(number, 4_000) for number in range(400)]
    before = write_shards(build_index(map(analyse_document, made)))
    made[200] = replace(made[200], title=made[200].title + " word0007")
    after = write_shards(build_index(map(analyse_document, made)))
    terms = [name for name in after if name.startswith("terms/")]
    assert len(terms) > 20
    assert 1 <= sum(name not in before for name in terms) <= len(terms) // 4


def test_one_digest_stands_for_neighbours_where_there_are_many(
    monkeypatch: pytest.MonkeyPatch, run_node: RunNode
) -> None:
    monkeypatch.setattr("helpgen.search.shards.MOST_DIGESTS", 10)
    files = write_shards(build_index(analyse_document(_made(number, 400)) for number in range(400)), inline_bytes=0)
    manifest = json.loads(files["manifest.json"])
    assert manifest["share"] > 1
    assert sum(len(digits) // 4 for digits in manifest["digests"].values()) <= 10
    assert open_index(files.__getitem__).search("word0399 ").hits[0].key == "zh/a/399"
    texts = {name: data.decode() for name, data in files.items()}
    (answer,) = run_node("search.mjs", {"files": texts, "locale": "zh", "queries": ["word0399 "], "limit": 1})
    assert answer["hits"][0]["key"] == "zh/a/399"


def test_synonyms_cost_their_own_length() -> None:
    index = build_index(map(analyse_document, sample.documents("zh")))
    plain = len(write_shards(index)["manifest.json"])
    words = tuple(f"說法{number}" for number in range(100))
    known = Synonyms(two_way=(words,), one_way=(("被盗", "钓鱼"), ("被盗", "诈骗")))
    files = write_shards(index, synonyms=known)
    assert len(files["manifest.json"]) - plain < 2_000
    synonyms = open_index(files.__getitem__)._store.manifest.synonyms
    assert len(synonyms) == len(known.pairs())


@pytest.mark.parametrize(
    "change",
    [
        {"share": 0},
        {"share": 2},
        {"share": 1 << 20},
        {"digests": {}},
        {"digests": {"terms": "../.", "titles": "AAAA", "reversed": "AAAA", "syllables": "AAAA"}},
    ],
)
def test_digests_that_do_not_fit_are_refused(
    shards: dict[str, Files], change: dict[str, Any], run_node: RunNode
) -> None:
    manifest = json.loads(shards["zh"]["manifest.json"])
    files = {**shards["zh"], "manifest.json": json.dumps({**manifest, **change}).encode()}
    with pytest.raises(IndexCorruptError, match="manifest"):
        open_index(files.__getitem__)
    assert _ask(files, run_node) == [{"code": "corrupt"}]


def test_many_documents_are_cut_into_ranges_that_all_are_found() -> None:
    words = [f"word{number:04d}" for number in range(3_000)]
    made = [
        SearchDocument(
            key=f"en/a/{n:03d}", locale="en", url=f"en/a/{n:03d}/", title=" ".join(words[n * 20 : n * 20 + 20])
        )
        for n in range(150)
    ]
    files = write_shards(build_index(map(analyse_document, made)))
    assert sum(name.startswith("terms/") for name in files) > 20
    index = open_index(files.__getitem__)
    for number, word in enumerate(words):
        assert index.search(f"{word} ").hits[0].key == f"en/a/{number // 20:03d}"


def test_long_articles_keep_every_section_in_their_excerpts() -> None:
    sections = tuple(Section(anchor=f"h{n}", heading=f"Part {n}", text="数据" * 2_000) for n in range(8))
    document = SearchDocument(key="zh/a/b", locale="zh", url="zh/a/b/", title="长", sections=sections)
    files = write_shards(build_index([analyse_document(document)]), inline_bytes=0)
    (name,) = (name for name in files if name.startswith("excerpts/"))
    kept = json.loads(files[name])
    assert [row[0] for row in kept] == [f"h{n}" for n in range(8)]
    assert all(row[2] for row in kept)
    assert len(files[name]) < 5_000


def test_two_documents_of_one_key_are_a_bug() -> None:
    document = analyse_document(sample.documents("en")[0])
    with pytest.raises(ValueError, match="not-arrived"):
        build_index([document, document])


def test_numbers_and_postings_come_back() -> None:
    dice = random.Random(5)
    numbers = [dice.randrange(1 << dice.randrange(1, 32)) for _ in range(2_000)]
    assert decode_numbers("".join(map(encode_number, numbers))) == numbers
    units = sorted(dice.sample(range(100_000), 5_000))
    postings = [unit << 4 | dice.randrange(1, 16) for unit in units]
    assert decode_postings(encode_postings(postings), 100_000) == postings


@pytest.mark.parametrize("text", ["!", "提", "g", "gggggggg", "B" * 3 + "_"])
def test_damaged_numbers_are_refused(text: str) -> None:
    with pytest.raises(ValueError):
        decode_numbers(text)


def test_a_missing_index_says_so(run_node: RunNode) -> None:
    with pytest.raises(IndexMissingError, match=r"manifest\.json is not there; build"):
        open_index(dict[str, bytes]().__getitem__)
    assert _ask({}, run_node) == [{"code": "missing"}]


@pytest.mark.parametrize("part", ["terms/", "titles/", "excerpts/"])
def test_a_missing_file_says_so(shards: dict[str, Files], part: str, run_node: RunNode) -> None:
    files = {name: data for name, data in shards["zh"].items() if part not in name}
    with pytest.raises(IndexMissingError):
        open_index(files.__getitem__).search("提币")
    assert _ask(files, run_node) == [{"code": "missing"}]


@pytest.mark.parametrize("field", ["format", "analysis"])
def test_another_version_is_refused(shards: dict[str, Files], field: str, run_node: RunNode) -> None:
    manifest = json.loads(shards["zh"]["manifest.json"])
    files = {**shards["zh"], "manifest.json": json.dumps({**manifest, field: 99}).encode()}
    with pytest.raises(IndexVersionError, match="99"):
        open_index(files.__getitem__)
    assert _ask(files, run_node) == [{"code": "version"}]


@pytest.mark.parametrize(
    "url", ["//evil.example/", "https://evil.example", "javascript:alert(1)", "/abs/", "a/../../b", "\\\\host", "a b"]
)
def test_an_address_that_leads_away_is_refused(shards: dict[str, Files], url: str, run_node: RunNode) -> None:
    files = _edited(shards["zh"], "titles/", lambda data: data.replace(b"zh/deposits/withdraw-delay/", url.encode()))
    files = _edited(files, "titles/", lambda data: data.replace(b"\\\\host", b"\\\\\\\\host"))
    with pytest.raises(IndexCorruptError, match="titles"):
        open_index(files.__getitem__).search("提币")
    assert _ask(files, run_node) == [{"code": "corrupt"}]


def test_damaged_files_are_refused_or_harmless(shards: dict[str, Files], run_node: RunNode) -> None:
    """300 files cut off, with bytes changed, or with another JSON: an own error or an answer, the same in both twins."""
    dice = random.Random(11)
    refused = 0
    cases: list[Files] = []
    for _ in range(300):
        name = dice.choice(sorted(shards["en"]))
        files = {**shards["en"], name: _damage(shards["en"][name], dice)}
        cases.append({key: data.decode(errors="replace").encode() for key, data in files.items()})
    for files in cases:
        try:
            open_index(files.__getitem__).search("deposits wrong network")
        except SearchIndexError:
            refused += 1
    assert refused > 50
    theirs = run_node("damaged.mjs", {"cases": [{n: d.decode() for n, d in files.items()} for files in cases]})
    assert set(theirs) <= {"corrupt", "missing", "version", "answered"}
    assert theirs.count("corrupt") > 50


def _made(number: int, words: int) -> SearchDocument:
    """An article of its own word and some of `words` others, the same in every run."""
    dice = random.Random(number)
    text = " ".join(f"word{dice.randrange(words):04d}" for _ in range(60))
    key = f"zh/a/{number:03d}"
    section = Section(anchor="", heading="", text=text)
    return SearchDocument(key=key, locale="zh", url=f"{key}/", title=f"word{number:04d}", sections=(section,))


def _damage(data: bytes, dice: random.Random) -> bytes:
    choice = dice.randrange(4)
    if choice == 0:
        return data[: dice.randrange(len(data))]
    if choice == 1:
        return dice.choice([b"", b"null", b"[]", b"{}", b"0", b'""', b"[[]]", b'[["a"]]', b"NaN", b"[" * 100_000])
    changed = bytearray(data)
    for _ in range(dice.randrange(1, 6)):
        changed[dice.randrange(len(changed))] = dice.randrange(256)
    return bytes(changed)


def _edited(files: Files, part: str, change: Callable[[bytes], bytes]) -> Files:
    return {name: change(data) if part in name else data for name, data in files.items()}


def _ask(files: Files, run_node: RunNode) -> Any:
    texts = {name: data.decode() for name, data in files.items()}
    return run_node("search.mjs", {"files": texts, "locale": "zh", "queries": ["提币"], "limit": 10})
