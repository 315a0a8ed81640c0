"""What a search answers. The same fields in camel case come out of client/engine.js."""

from __future__ import annotations

from dataclasses import dataclass

from helpgen.search.document import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A piece of plain text, and whether the query matched here."""

    text: str
    mark: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Why a hit ranks where it does: the score of each group of the query, and the factors on their sum.

    `near_factor` is 1 beyond the six best, whose texts alone are read for it.
    """

    groups: tuple[tuple[str, float], ...]
    coordination: float
    title_factor: float
    near_factor: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One article with its best section. `score` has no unit and compares within one search only.

    `near` is the factor in it for what stands together (1 beyond the six best, whose texts alone are read for it): whoever
    asks how much less than another one a hit fits divides by it, or one title that says the query leaves nothing beside it.
    `platforms` is what the article is for, empty for everything.
    `section` and `anchor` are "" for the beginning of the article; `path` holds the labels of the categories above.
    """

    key: str
    url: str
    title: str
    title_parts: tuple[Part, ...]
    path: tuple[str, ...]
    section: str
    anchor: str
    excerpt: tuple[Part, ...]
    score: float
    locale: str
    kind: Kind
    platforms: tuple[str, ...] = ()
    near: float = 1.0
    explanation: Explanation | None = None


def locale_of(key: str, index_locale: str) -> str:
    """The language of an article, which its key begins with: an untranslated one stands in other languages' indexes too."""
    locale, slash, _ = key.partition("/")
    return locale if slash else index_locale


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """The hits, best first; `total` articles match at all; `unknown` are words of the query that no article has.

    `did_you_mean` is the query with its misspelt words put right, or None.
    """

    query: str
    hits: tuple[Hit, ...]
    total: int
    unknown: tuple[str, ...]
    did_you_mean: str | None = None
