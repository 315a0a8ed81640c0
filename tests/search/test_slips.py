"""Slips of the keyboard between characters, pinyin beside a word, synonyms of several words, an article asked for by name."""

from __future__ import annotations

import pytest

from helpgen.search import SearchDocument, SearchIndex, Section, Synonyms, analyse_document, build_index, open_index
from helpgen.search import write_shards as write
from helpgen.search.analysis import tokens, triples


def index(*titles: str, locale: str = "zh", synonyms: Synonyms | None = None) -> SearchIndex:
    documents = (
        SearchDocument(
            key=f"{locale}/{number}",
            locale=locale,
            url=f"{locale}/{number}/",
            title=title,
            sections=(Section(anchor="", heading="", text=title),),
        )
        for number, title in enumerate(titles)
    )
    return open_index(write(build_index(map(analyse_document, documents)), synonyms=synonyms).__getitem__)


def test_triples_are_neighbours_of_one_run() -> None:
    assert triples(tokens("提币失败 usdt 到账")) == ["提币失", "币失败"]


@pytest.mark.parametrize("typed", ["使文用档", "使用用文档", "使用文文档"])
def test_exchanged_and_doubled_characters_find_the_title(typed: str) -> None:
    assert index("文件档案", "使用文档", "用户使命").search(typed).hits[0].title == "使用文档"


def test_a_triple_prefers_the_title_that_has_it_in_a_row() -> None:
    assert index("提币限额与币种", "限额币种提币").search("额与币").hits[0].title == "提币限额与币种"


@pytest.mark.parametrize("typed", ["xiazaiapp", "appxiazai", "xzapp"])
def test_pinyin_run_together_with_a_word(typed: str) -> None:
    found = index("下载和更新App", "更改密码", "App登录").search(typed)
    assert found.hits[0].title == "下载和更新App"
    assert found.unknown == ()


def test_a_synonym_of_several_words_counts_only_as_a_whole() -> None:
    synonyms = Synonyms(one_way=(("2fa", "google authenticator code"),))
    found = index("Google authenticator code", "A discount code", "Google pay", locale="en", synonyms=synonyms)
    assert [hit.title for hit in found.search("2fa").hits] == ["Google authenticator code"]


def test_one_way_synonyms_of_several_characters_go_one_way() -> None:
    found = index("钓鱼网站", "账户被盗了", synonyms=Synonyms(one_way=(("账户被盗", "钓鱼网站"),)))
    assert {hit.title for hit in found.search("账户被盗").hits} == {"钓鱼网站", "账户被盗了"}
    assert {hit.title for hit in found.search("钓鱼网站").hits} == {"钓鱼网站"}


@pytest.mark.parametrize("typed", ["提币没有到账怎么办", "提币没到账怎么办"])
def test_an_article_asked_for_by_name_is_an_answer(typed: str) -> None:
    synonyms = Synonyms(two_way=(("没到账", "没有到账"),))
    found = index("提币没有到账怎么办", "充币没有到账怎么办", "提币要多久到账", synonyms=synonyms)
    answer = found.answer(typed)
    assert answer is not None
    assert answer.certain
    assert answer.hit.title == "提币没有到账怎么办"


def test_a_stop_word_that_is_still_being_typed_begins_a_word() -> None:
    assert index("imToken wallet", "I'm new here", locale="en").search("im").hits[0].title == "imToken wallet"
