"""The word lists of seed phrases, each word with its number: the same file that the guard of the reader's messages ships."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

_FILE = Path(__file__).resolve().parent.parent / "support" / "data" / "phrase-words.json"
_LISTS = json.loads(_FILE.read_text(encoding="utf-8"))

ENGLISH: Final = {word: number for number, word in enumerate(_LISTS["english"].split())}
CHINESE: Final = tuple(
    {sign: number for number, sign in enumerate(_LISTS[name])} for name in ("simplified", "traditional")
)
