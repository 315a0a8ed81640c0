"""The endings of a language's words, so that the forms of a word meet in languages other than English.

At build time the Snowball stemmer of the locale's language is asked for the stem of every word of the index; what it takes
off are the endings. They travel in the manifest, and both twins only take the longest ending off: a stemmer in the browser
would cost 3 to 8 kB a language and a second implementation to hold equal.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import takewhile

from helpgen.search.stem import LONGEST_ENDING, SHORTEST_STEM

# Endings that are kept, the commonest; German has 30 on 9,000 words, Russian 150.
MOST_ENDINGS = 120

# Languages whose words of a-z are not stemmed as English: see `language.stems_english`.
_LANGUAGES = {
    "ar": "arabic", "ca": "catalan", "cs": "czech", "da": "danish", "de": "german", "el": "greek", "es": "spanish", "et": "estonian",
    "eu": "basque", "fa": "persian", "fi": "finnish", "fr": "french", "ga": "irish", "hi": "hindi", "hu": "hungarian", "hy": "armenian",
    "id": "indonesian", "it": "italian", "lt": "lithuanian", "nb": "norwegian", "ne": "nepali", "nl": "dutch",
    "no": "norwegian", "pl": "polish", "pt": "portuguese", "ro": "romanian", "ru": "russian", "sr": "serbian", "sv": "swedish",
    "ta": "tamil", "tr": "turkish", "yi": "yiddish",
}  # fmt: skip


def has_stemmer(locale: str) -> bool:
    """Whether the words of a language have endings that depend on which words there are."""
    return locale.lower().replace("_", "-").split("-")[0] in _LANGUAGES


def endings(words: Iterable[str], locale: str) -> tuple[str, ...]:
    """The endings that Snowball takes off these words, the commonest first; none for a language without a stemmer."""
    language = _LANGUAGES.get(locale.lower().replace("_", "-").split("-")[0])
    if language is None:
        return ()
    # Neither English nor Chinese needs it, and it imports all of its languages.
    import snowballstemmer

    if language not in snowballstemmer.algorithms():
        return ()
    stem = snowballstemmer.stemmer(language).stemWord
    counts: Counter[str] = Counter()
    for word in words:
        kept = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(word, stem(word), strict=False)))
        if kept >= SHORTEST_STEM and 0 < len(word) - kept <= LONGEST_ENDING:
            counts[word[kept:]] += 1
    ordered = sorted(counts, key=lambda ending: (-counts[ending], ending))
    return tuple(ordered[:MOST_ENDINGS])
