"""Which texts may be Traditional: Python's and Node's tables of GB 2312 agree, and no character that is folded is missed."""

from __future__ import annotations

from helpgen.search.language import SIMPLIFIED
from helpgen.search.traditional import EXCEPTIONS, may_be_traditional
from tests.search.conftest import RunNode


def test_every_character_that_is_folded_is_noticed() -> None:
    assert [chr(one) for one in SIMPLIFIED if not may_be_traditional(chr(one))] == []


def test_simplified_texts_need_no_table() -> None:
    assert not may_be_traditional("充值没有到账，怎么办？ USDT 到哪里去了")
    assert may_be_traditional("充值沒有到帳")
    assert set(EXCEPTIONS) <= set(map(chr, SIMPLIFIED))


def test_both_twins_agree_on_every_character(run_node: RunNode) -> None:
    characters = [chr(code) for code in (*range(0x2E80, 0xD800), *range(0xE000, 0x10000), *range(0x20000, 0x20100))]
    found = run_node("traditional.mjs", characters)
    assert found == [may_be_traditional(character) for character in characters]
