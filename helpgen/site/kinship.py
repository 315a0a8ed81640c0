"""Which articles are kin: those that share telling words.

The words are those of title, questions and keywords. Kinship is the sum of the idf of the shared words,
idf = ln(N / df), as a share of the article's own sum.

To add up every shared word with every article takes time that grows with the square of the site. So the rare words come
first: once the words that are left could not lift an article that has none of the earlier ones to where it would be shown,
nobody asks who holds them (the MaxScore bound: Turtle, Flood, *Query evaluation*, 1995). Those that are left are added up
whole, in the order of the words, so that not even the rounding of a sum depends on the shortcut.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest
from typing import Final

from helpgen.model.article import Article
from helpgen.search.analysis import normalise, terms
from helpgen.search.language import SIMPLIFIED

# Related articles: how many at most, and how much of an article's own weight the shared words must carry. Below that
# a proposal looks silly; none is better than a wrong one.
RELATED_LIMIT: Final = 4
RELATED_SHARE: Final = 0.18
# A word that more than this share of the articles has says nothing about kinship.
COMMON_SHARE: Final = 0.15
# Sums of the same numbers in another order differ by far less than this part of them.
_ROUNDING: Final = 1e-9
# An article is the nearest to itself, and not shown.
_MOST: Final = RELATED_LIMIT + 1
# So many holders are added up sooner than it is found out whether they need be.
_FEW: Final = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """What an article is known by: `texts` are its title, questions and keywords."""

    key: str
    texts: tuple[str, ...]


# Finds the related articles of one language.
Find = Callable[[Sequence[Named]], Mapping[str, Sequence[str]]]


def named(article: Article) -> Named:
    """What this article is known by."""
    front = article.front
    return Named(key=article.key, texts=(front.title, *front.questions, *front.keywords))


def related_articles(articles: Sequence[Named]) -> dict[str, tuple[str, ...]]:
    """For each article of one language, the keys of those that share its telling words, best first."""
    groups: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for article in articles:
        groups[words_of(article)].append(article.key)
    counts: Counter[str] = Counter()
    for words, keys in groups.items():
        counts.update(dict.fromkeys(words, len(keys)))
    total = len(articles)
    most = max(2, int(total * COMMON_SHARE))
    idf = {word: math.log(total / count) for word, count in counts.items() if 1 < count <= most}
    alone = math.log(total) if total else 0.0
    kin = _Kin(idf, groups)
    result: dict[str, tuple[str, ...]] = {}
    for words, keys in groups.items():
        own = sum(idf.get(word, alone if counts[word] == 1 else 0.0) for word in words)
        near = kin.nearest(words, RELATED_SHARE * own)
        for key in keys:
            result[key] = tuple(other for other in near if other != key)[:RELATED_LIMIT]
    return result


def words_of(article: Named) -> tuple[str, ...]:
    """The words that an article is known by, sorted."""
    # Single Han characters occur everywhere; pairs of them carry the meaning.
    found = {term for text in article.texts for term in terms(normalise(text, SIMPLIFIED))}
    return tuple(sorted(term for term in found if len(term) > 1))


class _Kin:
    """The telling words of all articles, each with its idf and with those who hold it.

    Articles with the same words (a hundred "Release notes") are one group: what is near one of them is near all.
    """

    def __init__(self, idf: Mapping[str, float], groups: Mapping[tuple[str, ...], Sequence[str]]) -> None:
        self._idf = idf
        self._telling = [tuple(word for word in words if word in idf) for words in groups]
        self._sets = list(map(frozenset, self._telling))
        self._keys = [sorted(keys)[:_MOST] for keys in groups.values()]
        self._holders: dict[str, list[int]] = defaultdict(list)
        for number, telling in enumerate(self._telling):
            for word in telling:
                self._holders[word].append(number)

    def nearest(self, words: tuple[str, ...], least: float) -> tuple[str, ...]:
        """The keys of those that share at least so much with a group, its own among them, the nearest first."""
        telling = tuple(filter(self._idf.__contains__, words))
        sums, left = self._likely(telling, least)
        slack = _ROUNDING * (left + least)
        found: list[tuple[float, str]] = []
        bar = least
        for weight, number in sorted(zip(sums.values(), sums, strict=True), reverse=True):
            # Whoever comes now has at most this, and those found so far have more.
            if weight + left < bar - slack:
                break
            whole = self._shared(telling, number)
            if whole >= bar:
                found = sorted([*found, *((-whole, key) for key in self._keys[number])])[:_MOST]
                bar = max(bar, -found[-1][0]) if len(found) == _MOST else bar
        return tuple(key for _, key in found)

    def _likely(self, telling: tuple[str, ...], least: float) -> tuple[dict[int, float], float]:
        """All groups that can be among the nearest, with the weight of the rarest words that they share; and how much
        they may share besides."""
        rarest = sorted(telling, key=self._idf.__getitem__, reverse=True)
        left = sum(map(self._idf.__getitem__, rarest))
        slack = _ROUNDING * left
        bar = least - slack
        sums: dict[int, float] = {}
        for word in rarest:
            holders, weight = self._holders[word], self._idf[word]
            if len(holders) > _FEW and len(sums) >= _MOST:
                bar = max(bar, nlargest(_MOST, sums.values())[-1] - slack)
            if left < bar:
                break
            for number in holders:
                sums[number] = sums.get(number, 0.0) + weight
            left -= weight
        return sums, left

    def _shared(self, telling: tuple[str, ...], number: int) -> float:
        """The weight of the words that both hold, added up in the order of the words."""
        theirs, weight = self._sets[number], 0.0
        for word in telling:
            if word in theirs:
                weight += self._idf[word]
        return weight
