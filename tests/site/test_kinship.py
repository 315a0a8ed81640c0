"""Related articles: the shortcut finds exactly what adding up every shared word finds."""

from __future__ import annotations

import math
import random
from collections import Counter
from dataclasses import replace

import pytest

from helpgen.model.article import Article, Body, FrontMatter
from helpgen.model.location import Location
from helpgen.site.kinship import COMMON_SHARE, RELATED_LIMIT, RELATED_SHARE, named, related_articles, words_of

PLACE = Location(path="content/en/a.md")
PLAIN = Article(
    path="content/en/a.md",
    key="en/a",
    translation_key="a",
    locale="en",
    category="",
    front=FrontMatter(title="a", slug="a"),
    body=Body(),
    title_location=PLACE,
    slug_location=PLACE,
)


def titled(number: int, title: str) -> Article:
    return replace(PLAIN, key=f"en/{number:04}", front=replace(PLAIN.front, title=title))


def added_up(articles: list[Article]) -> dict[str, tuple[str, ...]]:
    """The definition, without a shortcut."""
    words = {article.key: words_of(named(article)) for article in articles}
    counts = Counter(word for group in words.values() for word in group)
    total = len(articles)
    most = max(2, int(total * COMMON_SHARE))
    idf = {word: math.log(total / count) for word, count in counts.items() if 1 < count <= most}
    alone = math.log(total) if total else 0.0
    result = {}
    for key, group in words.items():
        own = sum(idf.get(word, alone if counts[word] == 1 else 0.0) for word in group)
        shared: dict[str, float] = {}
        for other, theirs in words.items():
            for word in group:
                if other != key and word in theirs and word in idf:
                    shared[other] = shared.get(other, 0.0) + idf[word]
        ranked = sorted(shared.items(), key=lambda item: (-item[1], item[0]))[:RELATED_LIMIT]
        result[key] = tuple(other for other, weight in ranked if weight >= RELATED_SHARE * own)
    return result


@pytest.mark.parametrize("seed", range(12))
def test_nothing_is_missed_and_nothing_is_in_another_order(seed: int) -> None:
    """Few words, so that many articles are equally near, and some have the very same title."""
    chance = random.Random(seed)
    vocabulary = [f"word{number}" for number in range(chance.choice((8, 40, 200)))]
    weights = [1 / (rank + 1) for rank in range(len(vocabulary))]
    articles = [
        titled(number, " ".join(chance.choices(vocabulary, weights, k=chance.randint(0, 9)))) for number in range(150)
    ]
    assert related_articles(list(map(named, articles))) == added_up(articles)


def test_a_site_without_articles_has_no_kin() -> None:
    assert related_articles([]) == {}


def test_capitals_and_other_forms_of_a_character_are_the_same_word() -> None:
    assert words_of(named(titled(1, "Release Notes"))) == ("notes", "release")
    assert words_of(named(titled(2, "沒有到達 ２ＦＡ"))) == words_of(named(titled(3, "没有到达 2fa")))
