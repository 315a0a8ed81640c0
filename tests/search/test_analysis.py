"""Text → terms: written-out cases, the character tables, and the client's answers to the same."""

from __future__ import annotations

import json
import random
import re
import unicodedata
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from helpgen.search.analysis import normalise, phrase_terms, terms, tokens, triples, word_pairs
from helpgen.search.characters import DATA, INVISIBLE, ODD, ODD_IN_FIRST_PLANE, UNSTABLE
from helpgen.search.language import SIMPLIFIED, STOP_WORDS
from helpgen.search.stem import stem
from tests.search.conftest import RunNode

VECTORS = Path(__file__).parent / "vectors"
CASES = json.loads((VECTORS / "analysis.json").read_text(encoding="utf-8"))
STEMS = json.loads((VECTORS / "stems.json").read_text(encoding="utf-8"))
TABLE = ["".join(map(chr, SIMPLIFIED)), "".join(SIMPLIFIED.values())]


@pytest.mark.parametrize("case", CASES, ids=lambda case: ascii(case["text"])[:30])
def test_terms_and_positions(case: dict[str, str]) -> None:
    found = tokens(normalise(case["text"], SIMPLIFIED))
    assert " ".join(f"{token.text}@{token.position}" for token in found) == case["terms"]


@pytest.mark.parametrize(("word", "expected"), STEMS.items())
def test_porter_stems(word: str, expected: str) -> None:
    assert stem(word) == expected


def test_tokens_say_where_they_stand() -> None:
    text = normalise("Deposit 提币 isn't here")
    assert [text[token.start : token.end] for token in tokens(text)] == [
        "deposit", "提", "提币", "币", "isn't", "here",
    ]  # fmt: skip


def test_counting_terms_agrees_with_tokens() -> None:
    for text in _random_texts(200):
        normal = normalise(text, SIMPLIFIED)
        assert Counter(terms(normal)) == Counter(token.text for token in tokens(normal))


def test_counting_phrases_agrees_with_tokens() -> None:
    lines = ["how to flash the board via JTAG", "usdt 充值到错误的网络 trc20", *_random_texts(300)]
    for normal in (normalise(line, SIMPLIFIED) for line in lines):
        found = tokens(normal)
        assert Counter(phrase_terms(normal, STOP_WORDS)) == Counter([*word_pairs(found, STOP_WORDS), *triples(found)])


@given(
    st.text(max_size=40)
    | st.text(alphabet="，：（）；？！…～ａ１ｶﾞ﹚ﬁς\u0301\u200b\ufe0f\U000e0100\U0001f44d字a \n", max_size=40)
)
@example("，\u0338")
@example("\ud83d，")
def test_normal_form_is_that_of_unicode(text: str) -> None:
    """Whatever is done to have it sooner."""
    plain = text if text.isascii() else UNSTABLE.sub(" ", INVISIBLE.sub("", text))
    assert normalise(text) == unicodedata.normalize("NFKC", plain).lower().replace("ς", "σ")


def test_the_classes_of_the_first_plane_are_those_of_all_planes() -> None:
    plane = [chr(code) for code in range(0x10000)]
    odd = [character for character in plane if ODD.match(character)]
    assert len(odd) > 2_000
    assert [character for character in plane if ODD_IN_FIRST_PLANE.match(character)] == odd


def test_only_what_is_traditional_is_translated() -> None:
    for text in _random_texts(300):
        assert normalise(text, SIMPLIFIED) == normalise(text).translate(SIMPLIFIED)


def test_full_width_and_traditional_are_the_same_as_half_width_and_simplified() -> None:
    assert normalise("ＵＳＤＴ　提幣", SIMPLIFIED) == normalise("usdt 提币", SIMPLIFIED)


def test_word_pairs_skip_stop_words_and_one_word() -> None:
    found = tokens(normalise("how to flash the board via JTAG"))
    assert word_pairs(found, STOP_WORDS) == [" flash board", " flash via", " board via", " board jtag", " via jtag"]


def test_word_pairs_do_not_reach_across_a_sentence_of_characters() -> None:
    assert word_pairs(tokens("usdt 充值到错误的网络 trc20"), STOP_WORDS) == []


def test_client_has_the_same_character_ranges() -> None:
    client = (DATA.parent / "client" / "characters.js").read_text(encoding="utf-8")
    listed = re.findall(r"\\u\{?([0-9a-f]{4,6})\}?(?:-\\u\{?([0-9a-f]{4,6})\}?)?", client.replace("'\\u2019", ""))
    ranges = Counter((int(first, 16), int(last or first, 16)) for first, last in listed)
    data: dict[str, Any] = json.loads((DATA / "characters.json").read_text(encoding="utf-8"))
    # "cjk" is in the pattern of runs and in its own.
    names = ["word", "cjk", "cjk", "han", "unstable", "invisible"]
    assert ranges == Counter((int(a, 16), int(b, 16)) for name in names for a, b in data[name])


def test_client_gives_the_same_terms(run_node: RunNode) -> None:
    """Every assigned character of this Python's Unicode, random mixtures of them, and every word's stem."""
    assigned = [chr(code) for code in range(0x110000) if unicodedata.category(chr(code)) != "Cn"]
    texts = ["".join(assigned[start : start + 60]) for start in range(0, len(assigned), 60)]
    texts += _random_texts(2_000) + [case["text"] for case in CASES]
    _assert_same(texts, run_node)


@pytest.mark.corpora
def test_client_gives_the_same_terms_for_real_articles(run_node: RunNode, search_data: Path) -> None:
    rows: list[str] = []
    for name in ("site-zh", "site-en"):
        rows += (search_data / name / "docs.jsonl").read_text(encoding="utf-8").splitlines()[::25]
    _assert_same([json.loads(row)["body"] for row in rows], run_node)


def _assert_same(texts: list[str], run_node: RunNode) -> None:
    own = [[(token.text, token.position) for token in tokens(normalise(text, SIMPLIFIED))] for text in texts]
    words = sorted({term for found in own for term, _ in found} | set(STEMS))
    theirs = run_node("analyse.mjs", {"texts": texts, "simplified": TABLE, "words": words})
    for text, one, other in zip(texts, own, theirs["terms"], strict=True):
        assert one == [tuple(pair) for pair in other], ascii(text)[:200]
    assert theirs["stems"] == [stem(word) for word in words]


def _random_texts(count: int) -> list[str]:
    """Characters of all planes, with the common ones and joining marks more often."""
    dice = random.Random(7)
    common = "abcXYZ019 '’-_.,。，\n\u0301\u3099提币沒賬ひカ한éßΣς\u200b\ud83d"
    ranges = ((0, 0x250), (0x300, 0x3100), (0x3100, 0xE000), (0xE000, 0x10000), (0x10000, 0x110000))
    texts: list[str] = []
    for _ in range(count):
        length = dice.randrange(1, 40)
        texts.append(
            "".join(
                dice.choice(common) if dice.random() < 0.5 else chr(dice.randrange(*dice.choice(ranges)))
                for _ in range(length)
            )
        )
    return texts
