"""Which queries are made of documents, and what is fair to ask."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from helpgen.search import SearchDocument, Section
from helpgen.search.canaries import (
    COMMON,
    SHARED,
    Canary,
    is_common,
    is_found,
    plan_canaries,
    sample_documents,
    take_sample,
    with_claimants,
)
from tests.search import sample


def document(key: str, title: str, *questions: str, boost: float = 1.0, locale: str = "") -> SearchDocument:
    return SearchDocument(
        key=key, locale=locale or key.split("/")[0], url=f"{key}/", title=title, questions=questions, boost=boost
    )


def planned(documents: Sequence[SearchDocument], locale: str, kind: str = "") -> list[str]:
    return [canary.query for canary in plan_canaries(documents, locale) if kind in ("", canary.kind)]


def fair(documents: Sequence[SearchDocument], locale: str, kind: str = "") -> dict[str, Canary]:
    made = with_claimants(plan_canaries(documents, locale), documents)
    return {canary.query: canary for canary in made if kind in ("", canary.kind)}


def test_an_english_article_gives_every_kind_of_canary_but_pinyin() -> None:
    article = document("en/a", "Deposit has not arrived", "my coins are missing")
    assert planned([article], "en", "title") == ["Deposit has not arrived"]
    assert planned([article], "en", "half") == ["deposit has"]
    assert planned([article], "en", "question") == ["my coins are missing"]
    assert planned([article], "en", "words") == ["deposit", "not", "arrived"]
    assert planned([article], "en", "pinyin") == []
    (typo,) = planned([article], "en", "typo")
    assert typo != "deposit has not arrived"
    assert sorted(typo) == sorted("deposit has not arrived"), "two neighbours change places"
    assert typo == planned([article], "en", "typo")[0]


def test_a_chinese_article_gives_pairs_pinyin_and_a_character_that_sounds_the_same() -> None:
    article = document("zh/a", "充币没有到账", "币不见了")
    assert planned([article], "zh", "half") == ["充币没"]
    assert planned([article], "zh", "words") == ["充币", "币没", "没有", "有到", "到账"]
    (sounds,) = planned([article], "zh", "pinyin")
    assert sounds.replace(" ", "") == "chongbimeiyoudaozhang"
    (typo,) = planned([article], "zh", "typo")
    assert len(typo) == 6
    assert sum(one != other for one, other in zip(typo, "充币没有到账", strict=True)) == 1


@pytest.mark.parametrize("locale", ["ja", "ko", "ru", "de"])
def test_other_languages_get_neither_pinyin_nor_its_typos(locale: str) -> None:
    titles = {
        "ja": "入金が届かない",
        "ko": "입금이 도착하지 않음",
        "ru": "Депозит не поступил",
        "de": "Einzahlung fehlt",
    }
    made = plan_canaries([document(f"{locale}/a", titles[locale])], locale)
    assert {canary.kind for canary in made} - {"typo"} == {"title", "half", "words"}
    assert all(canary.kind != "pinyin" for canary in made)
    if locale in ("ja", "ko"):
        assert all(canary.kind != "typo" for canary in made)


def test_what_only_asks_is_no_canary_and_gets_no_typo() -> None:
    article = document("zh/a", "怎么提币")
    assert "怎么" not in planned([article], "zh", "words")
    assert planned([article], "zh", "half") == []
    assert planned([article], "zh", "typo") == [], "two characters are too few to lose one"
    assert planned([document("en/a", "How to do it")], "en", "words") == []


def test_a_word_of_more_titles_than_three_is_not_asked_for() -> None:
    few = [document(f"en/{n}", f"Withdraw coin {name}") for n, name in enumerate(("alpha", "beta", "gamma"))]
    assert len(few) == SHARED
    assert "withdraw" in fair(few, "en", "words")
    many = [*few, document("en/3", "Withdraw coin delta")]
    assert "withdraw" not in fair(many, "en", "words")
    assert {"alpha", "delta"} <= fair(many, "en", "words").keys()
    # Half a title counts by what it says, in any order and form.
    halves = [document(f"en/{n}", f"The withdrawal {name} page") for n, name in enumerate("abc")]
    others = [document("en/x", "Withdrawals under review"), document("en/y", "Cancel a withdrawal")]
    assert "the withdrawal" in fair(halves, "en", "half")
    assert "the withdrawal" not in fair([*halves, *others], "en", "half")


def test_articles_that_share_a_title_or_question_claim_it_together() -> None:
    twins = [document(f"en/{n}", "Fees", "what does it cost") for n in range(5)]
    made = fair(twins, "en")
    keys = tuple(one.key for one in twins)
    assert made["Fees"].own == keys
    assert made["Fees"].claimants == keys
    for place, key in enumerate(keys):
        assert is_found(key, made["Fees"], keys), place
    assert not is_found("en/4", made["what does it cost"], ("en/x", "en/y", "en/z", "en/4"))


def test_who_has_the_words_in_a_recorded_question_may_come_first() -> None:
    one, other = document("zh/a", "解冻"), document("zh/b", "账户冻结", "怎么申请解冻")
    canary = fair([one, other], "zh")["解冻"]
    assert canary.claimants == ("zh/a", "zh/b")
    assert is_found("zh/a", canary, ("zh/b", "zh/c", "zh/d", "zh/a"))
    assert not is_found("zh/a", canary, ("zh/c", "zh/d", "zh/e", "zh/a"))


def test_an_article_that_is_missing_is_found_only_behind_a_page_full_of_claimants() -> None:
    canary = Canary(query="q", kind="title", own=("a",), pieces=("q",), claimants=tuple("abcdefghijklm"))
    assert is_found("a", canary, tuple("bcdefghijk"))
    assert not is_found("a", canary, ("b", "c"))
    assert not is_found("a", canary, ())


def test_questions_of_a_faq_are_titles() -> None:
    faq = SearchDocument(
        key="en/faq",
        locale="en",
        url="en/faq/",
        title="Questions",
        kind="faq",
        sections=(Section(anchor="h-fee", heading="What is the maker fee?", text="0.1 %"),),
    )
    assert fair([document("en/a", "Maker fee"), faq], "en")["Maker fee"].claimants == ("en/a", "en/faq")


def test_an_article_put_behind_the_others_is_asked_for_by_its_title_and_questions() -> None:
    made = plan_canaries([document("en/a", "Deposit not arrived", "where is it gone", boost=0.5)], "en")
    assert {canary.kind for canary in made} == {"title", "typo", "question"}


def test_an_untranslated_article_is_asked_for_in_its_own_language() -> None:
    assert planned([document("zh/a", "充币")], "en") == []


def test_a_title_without_words_gives_nothing() -> None:
    assert planned([document("en/a", "!?")], "en") == []


def test_a_sample_is_the_same_every_time_and_even_over_the_kinds() -> None:
    documents = sample.documents("zh")
    canaries = plan_canaries(documents, "zh")
    chosen = take_sample(canaries, 12)
    assert chosen == take_sample(list(reversed(canaries)), 12)
    kinds = {canary.kind for canary in canaries}
    assert {canary.kind for canary in chosen} == kinds
    assert take_sample(canaries, 6) == chosen[:6]
    assert len(take_sample(canaries, 100_000)) == len(canaries)


def test_a_sample_of_articles_is_the_same_every_time_and_asks_as_the_whole_would() -> None:
    documents = [document(f"en/{n}", f"Withdrawal number {n} of the ledger") for n in range(40)]
    about = sample_documents(documents, 5)
    assert about == sample_documents(reversed(documents), 5)
    assert len(about) == 5
    assert len(sample_documents(documents, 41)) == 40
    whole = {canary.query: canary for canary in plan_canaries(documents, "en")}
    some = plan_canaries(documents, "en", about)
    assert {key for canary in some for key in canary.own} == {one.key for one in about}
    # Half a title that all of them share is one question, of those that gave it.
    assert all(set(canary.own) <= set(whole[canary.query].own) for canary in some)
    claimants = {canary.query: canary.claimants for canary in with_claimants(whole.values(), documents)}
    asked = with_claimants(some, documents)
    assert len(asked) > len(about)
    assert all(canary.claimants == claimants[canary.query] for canary in asked)


def test_a_word_of_the_site_is_common_and_one_of_few_texts_is_not() -> None:
    text = Section(anchor="", heading="", text="Before you start. Ledger.")
    documents = [
        SearchDocument(key=f"en/{n}", locale="en", url=f"en/{n}/", title=f"Page {n}", sections=(text,))
        for n in range(COMMON)
    ]
    word = Canary(query="before", kind="words", own=("en/0",), pieces=("before",))
    assert is_common(word, documents)
    assert not is_common(word, documents[1:])
    assert not is_common(replace(word, kind="title"), documents)
