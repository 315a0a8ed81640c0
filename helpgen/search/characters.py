"""The character classes of the analysis, read once from data/characters.json.

Explicit ranges of one Unicode version, because Python's and the browser's versions differ: what is not listed
separates words.
client/characters.js holds the same ranges as literals; a test compares them.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

DATA = Path(__file__).parent / "data"

_RANGES: dict[str, list[list[str]]] = json.loads((DATA / "characters.json").read_text(encoding="utf-8"))


def _ranges(name: str, last_wanted: int = 0x10FFFF) -> str:
    """The inside of a character class: `\\U00003400-\\U00004dbf…`, without ranges that end beyond a code point."""
    ends = ((first, last) for first, last in _RANGES[name] if int(last, 16) <= last_wanted)
    return "".join(f"\\U{int(first, 16):08x}-\\U{int(last, 16):08x}" for first, last in ends)


# Replaced by a space before anything else: characters whose normal form may differ between Unicode versions.
UNSTABLE = re.compile(f"[{_ranges('unstable')}]")
# Dropped: they are inside words and nobody types them (soft hyphen, zero width, variation selectors).
INVISIBLE = re.compile(f"[{_ranges('invisible')}]")
# Either of them: most texts have none, and are looked through once. What is beyond the first plane has many ranges, each of
# which would be asked of every character of a text that has none there.
ODD = re.compile(f"[{_ranges('unstable')}{_ranges('invisible')}]")
ODD_IN_FIRST_PLANE = re.compile(f"[{_ranges('unstable', 0xFFFF)}{_ranges('invisible', 0xFFFF)}]")
# A run of Han, kana or Hangul, or of other letters, digits and marks. The apostrophe of "isn't" and "seller's" belongs
# to its word (and is taken out of the term): readers leave it out as often as not.
_ELISION = "(?:(?<=[a-z])['\u2019](?:s|t|m|d|re|ve|ll)(?![a-z0-9]))?"
RUN = re.compile(f"[{_ranges('cjk')}]+|[{_ranges('word')}]+{_ELISION}")
CJK_RUN = re.compile(f"[{_ranges('cjk')}]+")
WORD_RUN = re.compile(f"[{_ranges('word')}]+{_ELISION}")
CJK_START = re.compile(f"[{_ranges('cjk')}]")
HAN = re.compile(f"[{_ranges('han')}]")
APOSTROPHE = re.compile("['\u2019]")
ACCENTED = re.compile("[\u00e0-\u024f\u1e00-\u1eff]|[a-z][\u0300-\u036f]")
ACCENT = re.compile("[\u0300-\u036f]")
