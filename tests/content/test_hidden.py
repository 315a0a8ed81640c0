"""Hidden characters: the quick question and the search agree on every code point of Unicode."""

from __future__ import annotations

import sys

from hypothesis import given
from hypothesis import strategies as st

from helpgen.content.hidden import _HIDDEN, is_visible

# Halves of surrogate pairs stand in no text that was read.
EVERY = [chr(code) for code in range(sys.maxunicode + 1) if not 0xD800 <= code <= 0xDFFF]


def test_no_hidden_character_passes_for_visible() -> None:
    hidden = [character for character in EVERY if _HIDDEN.match(character)]
    assert len(hidden) > 200
    assert [hex(ord(one)) for one in hidden if is_visible(f"字{one}")] == []


def test_ordinary_texts_are_visible_at_once() -> None:
    for text in (
        "plain\n",
        "提现\u3000到账了吗？“两小时”……\n\t第二行\r\n",
        "naïve café\u00a0– №7 €5 👍",
        "عربي हिन्दी ไทย",
    ):
        assert is_visible(text), text


@given(st.text(max_size=40))
def test_what_is_visible_has_nothing_to_find(text: str) -> None:
    if is_visible(text):
        assert _HIDDEN.search(text) is None
        assert "\0" not in text
