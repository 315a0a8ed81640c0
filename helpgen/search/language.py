"""Facts about languages that search needs, read once from data/*.json. The client gets its part in the manifest."""

from __future__ import annotations

import json
import re

from helpgen.search.characters import DATA

_WORDS: dict[str, list[str]] = json.loads((DATA / "languages.json").read_text(encoding="utf-8"))
_PINYIN: dict[str, str] = json.loads((DATA / "pinyin.json").read_text(encoding="utf-8"))
_SIMPLIFIED: dict[str, str] = json.loads((DATA / "simplified.json").read_text(encoding="utf-8"))

# Words that make a query a question, words that say little, and words of conversation, which say little in a question only:
# "not working" is a phrase of keywords. Both languages in every locale: readers mix.
QUESTION_WORDS: tuple[str, ...] = tuple(_WORDS["question"])
STOP_WORDS: tuple[str, ...] = tuple(_WORDS["stop"])
TALK_WORDS: tuple[str, ...] = tuple(_WORDS["talk"])

# Traditional → Simplified, one character each (OpenCC), as `str.translate` wants it.
SIMPLIFIED: dict[int, str] = {ord(a): b for a, b in zip(_SIMPLIFIED["from"], _SIMPLIFIED["to"], strict=True)}
TRADITIONAL = re.compile(f"[{_SIMPLIFIED['from']}]")

# Character → its readings without tones, the common ones only; ü is v.
READINGS: dict[str, tuple[str, ...]] = {}
for _syllable, _characters in _PINYIN.items():
    for _character in _characters:
        READINGS[_character] = (*READINGS.get(_character, ()), _syllable)
SYLLABLES: tuple[str, ...] = tuple(_PINYIN)

# Latin-script words are stemmed as English everywhere but in locales of another Latin-script language.
ENGLISH_STEMS = frozenset({"en", "zh", "ja", "ko", "ru", "uk", "ar", "he", "hi", "th", "el", "bg", "fa"})


def stems_english(locale: str) -> bool:
    """Whether words of a-z are to be compared by their English stems in this locale."""
    return locale.lower().replace("_", "-").split("-")[0] in ENGLISH_STEMS
