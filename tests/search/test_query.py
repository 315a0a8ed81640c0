"""What a search answers, in Python: the sample, the brute-force oracle, hostile queries, explanations."""

from __future__ import annotations

import pytest

from helpgen.search import (
    SearchDocument,
    SearchIndex,
    Section,
    Synonyms,
    analyse_document,
    build_index,
    open_index,
    write_shards,
)
from tests.search import oracle, sample

Indexes = dict[str, SearchIndex]


def keys(index: SearchIndex, query: str) -> list[str]:
    return [hit.key for hit in index.search(query).hits]


@pytest.mark.parametrize(
    ("query", "key"),
    [
        ("充值没到账", "zh/deposits/not-arrived"),
        ("充值沒有到帳", "zh/deposits/not-arrived"),
        ("钱转过去了", "zh/deposits/not-arrived"),
        ("掉单", "zh/deposits/not-arrived"),
        ("提币", "zh/deposits/withdraw-delay"),
        ("２ＦＡ", "zh/security/2fa-reset"),
        ("ＭＥＭＯ", "zh/deposits/not-arrived"),
        ("txi", "zh/deposits/not-arrived"),
        ("tibi", "zh/deposits/withdraw-delay"),
        ("chongzhimeiyoudaozhang", "zh/deposits/not-arrived"),
        ("chong zhi mei you", "zh/deposits/not-arrived"),
        ("chongzhi meiy", "zh/deposits/not-arrived"),
        ("czmydz", "zh/deposits/not-arrived"),
        ("chongzhi guge yanzheng", "zh/security/2fa-reset"),
        ("提币 chuli", "zh/deposits/withdraw-delay"),
        ("出金", "zh/deposits/withdraw-delay"),
        ("雙重驗證", "zh/security/2fa-reset"),
        ("被盗", "zh/security/phishing"),
        ("payout", "en/deposits/withdraw-delay"),
        ("stolen", "en/security/phishing"),
        ("ひらがな", "zh/about/japanese"),
        ("한국어", "zh/about/japanese"),
        ("where is my money", "en/deposits/not-arrived"),
        ("depositing", "en/deposits/not-arrived"),
        ("withdrawl", "en/deposits/withdraw-delay"),
        ("autenticator", "en/security/2fa-reset"),
        ("isnt lost", "en/deposits/not-arrived"),
        ("limit ord", "en/trading/order-types"),
        ("cafe angstrom", "en/about/names"),
        ("ｆｕｌｌ-width", "en/about/names"),
        ("__proto__", "en/about/names"),
    ],
)
def test_the_right_article_is_first(indexes: Indexes, query: str, key: str) -> None:
    assert keys(indexes[key[:2]], query)[0] == key


def test_a_word_that_is_not_there_does_not_empty_the_results(indexes: Indexes) -> None:
    results = indexes["en"].search("deposit quantumfoam")
    assert results.hits[0].key == "en/deposits/not-arrived"
    assert results.unknown == ("quantumfoam",)


def test_nothing_at_all_is_found_for_foreign_words(indexes: Indexes) -> None:
    assert indexes["zh"].search("xyzzy7").hits == ()


def test_the_last_word_may_be_unfinished_but_not_when_a_space_follows(indexes: Indexes) -> None:
    assert indexes["en"].search("phis").hits
    assert not indexes["en"].search("phis ").hits


def test_the_hit_names_its_best_section(indexes: Indexes) -> None:
    hit = indexes["zh"].search("充值选错了网络").hits[0]
    assert (hit.key, hit.section, hit.anchor) == ("zh/deposits/not-arrived", "网络选错了", "h-network")
    assert hit.url == "zh/deposits/not-arrived/"
    assert hit.path == ("Deposits",)


def test_a_faq_is_found_by_its_question(indexes: Indexes) -> None:
    hit = indexes["zh"].search("怎么注销账户").hits[0]
    assert (hit.key, hit.section, hit.anchor, hit.kind) == ("zh/account/faq", "如何注销账户？", "h-q-close", "faq")
    assert "注销前请提走全部资产" in "".join(part.text for part in hit.excerpt)


def test_a_faq_is_one_hit_however_many_of_its_questions_match(indexes: Indexes) -> None:
    found = keys(indexes["en"], "account verification question")
    assert found.count("en/account/faq") == 1


def test_excerpts_are_marked_pieces_of_the_text(indexes: Indexes) -> None:
    hit = indexes["en"].search("recovery TxID").hits[0]
    assert "".join(part.text for part in hit.excerpt) == ("Ask for a recovery with its TxID.")
    assert [part.text for part in hit.excerpt if part.mark] == ["recovery", "TxID"]


def test_titles_are_marked_and_whole(indexes: Indexes) -> None:
    hit = indexes["en"].search("script alert").hits[0]
    assert "".join(part.text for part in hit.title_parts) == hit.title
    assert [part.text for part in hit.title_parts if part.mark] == ["script", "alert", "script"]


def test_long_texts_are_cut_around_the_match() -> None:
    filler = "Nothing of interest is said here. " * 40
    document = SearchDocument(
        key="en/a/b", locale="en", url="en/a/b/", title="Long",
        sections=(Section(anchor="", heading="", text=f"{filler}The zebra sleeps. {filler}"),),
    )  # fmt: skip
    files = write_shards(build_index([analyse_document(document)]))
    (hit,) = open_index(files.__getitem__).search("zebra").hits
    text = "".join(part.text for part in hit.excerpt)
    assert text.startswith("The zebra sleeps.")
    assert len(text) < 250


def test_did_you_mean(indexes: Indexes) -> None:
    assert indexes["en"].search("phishing sties").did_you_mean == "phishing sites"
    assert indexes["en"].search("phishing sites").did_you_mean is None


def test_one_way_synonyms_do_not_work_backwards() -> None:
    document = SearchDocument(key="en/a/b", locale="en", url="en/a/b/", title="Stolen")
    index = build_index([analyse_document(document)])
    files = write_shards(index, synonyms=Synonyms(one_way=(("stolen", "phishing"),)))
    assert not open_index(files.__getitem__).search("phishing ").hits
    files = write_shards(index, synonyms=Synonyms(two_way=(("stolen", "phishing"),)))
    assert open_index(files.__getitem__).search("phishing ").hits


def test_a_synonym_is_marked(indexes: Indexes) -> None:
    hit = indexes["zh"].search("出金").hits[0]
    assert "提币" in [part.text for part in hit.title_parts if part.mark]


def test_boost_lifts_an_article() -> None:
    def asked(boost: float) -> str:
        made = (
            SearchDocument(key=f"en/a/{name}", locale="en", url=f"en/a/{name}/", title="Same title", boost=factor)
            for name, factor in (("one", 1.0), ("two", boost))
        )
        return keys(open_index(write_shards(build_index(map(analyse_document, made))).__getitem__), "title")[0]

    assert (asked(1.0), asked(1.5)) == ("en/a/one", "en/a/two")


def test_limit(indexes: Indexes) -> None:
    results = indexes["zh"].search("提币", limit=1)
    assert len(results.hits) == 1
    assert results.total > 1


def test_explanation_adds_up(indexes: Indexes) -> None:
    for locale, queries in sample.QUERIES.items():
        for query in queries:
            for hit in indexes[locale].search(query, explain=True).hits:
                why = hit.explanation
                assert why is not None
                total = sum(score for _, score in why.groups) * why.coordination * why.title_factor * why.near_factor
                assert hit.score == pytest.approx(total)


@pytest.mark.parametrize("locale", sample.QUERIES)
def test_scores_equal_the_oracles(locale: str) -> None:
    documents = sorted((d for d in sample.documents(locale) if d.kind == "article"), key=lambda d: d.key)
    index = open_index(write_shards(build_index(map(analyse_document, documents)), inline_bytes=0).__getitem__)
    compared = 0
    for query in sample.QUERIES[locale]:
        results = index.search(query)
        pinyin = locale == "zh" and any("a" <= letter <= "z" for letter in query.lower())
        if results.did_you_mean or results.unknown or not results.hits or pinyin:
            continue
        expected = oracle.best(documents, query)
        assert [hit.key for hit in results.hits] == [key for key, _ in expected], query
        assert [hit.score for hit in results.hits] == pytest.approx([score for _, score in expected]), query
        compared += 1
    assert compared >= 12


@pytest.mark.parametrize("query", sample.HOSTILE, ids=lambda query: ascii(query)[:24])
@pytest.mark.parametrize("locale", sample.QUERIES)
def test_any_string_may_be_asked(indexes: Indexes, locale: str, query: str) -> None:
    results = indexes[locale].search(query)
    assert results.query == query
    assert len(results.hits) <= results.total


def test_spaces_and_punctuation_find_nothing(indexes: Indexes) -> None:
    for query in ("", " ", "？！", "-_-", "\x00"):
        assert indexes["zh"].search(query).hits == ()
