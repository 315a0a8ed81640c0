"""Letters → syllables, and characters → terms."""

from __future__ import annotations

import pytest

from helpgen.search.language import READINGS, SYLLABLES
from helpgen.search.pinyin import cuts, groups, initial_groups, pair_terms

KNOWN = frozenset(SYLLABLES)


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("tibi", ["ti bi"]),
        ("zhuce", ["zhu ce"]),
        ("xian", ["xian"]),
        ("fangan", ["fan gan", "fang an"]),
        ("jiange", ["jian ge", "jiang e"]),
        ("zhuangzhuang", ["zhuang zhuang"]),
        ("lvse", ["lv se"]),
        ("deposit", []),
        ("tb", []),
        ("", []),
    ],
)
def test_cuts(word: str, expected: list[str]) -> None:
    assert [" ".join(cut) for cut in cuts(word, KNOWN, False)] == expected


def test_the_last_syllable_may_be_unfinished() -> None:
    assert cuts("chongzh", KNOWN, False) == []
    assert cuts("chongzh", KNOWN, True) == [("chong", "zh")]


def test_a_long_word_is_cut_quickly_or_not_at_all() -> None:
    assert len(cuts("xian" * 15, KNOWN, False)) == 1
    assert len(cuts("fangan" * 10, KNOWN, True)) == 16
    assert cuts("a" * 10_000, KNOWN, True) == []


def test_groups_join_words() -> None:
    found = groups([cuts("cha", KNOWN, False), cuts("rizhi", KNOWN, False)], True)
    assert [(group.terms, group.unfinished) for group in found] == [((":cha ri",), False), ((":ri zhi",), True)]


def test_all_cuts_stand_in_one_group() -> None:
    (group,) = groups([cuts("fangan", KNOWN, False)], False)
    assert group.terms == (":fan gan", ":fang an")


def test_characters_have_all_their_common_readings() -> None:
    assert pair_terms("重置", READINGS) == [":chong zhi", ":zhong zhi", ";cz", ";zz"]
    assert pair_terms("提", READINGS) == []
    assert pair_terms("ひら", READINGS) == []


def test_initials() -> None:
    assert [group.terms for group in initial_groups("tbwd")] == [(";tb",), (";bw",), (";wd",)]
    assert initial_groups("zzz") == initial_groups("xxxx") == []
    assert [group.terms for group in initial_groups("zzq")] == [(";zz",), (";zq",)]
    assert [group.terms for group in initial_groups("xx", shortest=2)] == [(";xx",)]
    assert initial_groups("tb") == initial_groups("uiv") == initial_groups("2fa2") == []
