"""What the rest of a site sees of an article: its face. As long as that stands, a change of its text changes its own
pages and its own search documents, and nothing else.

The face is all but what only the article's own page shows: the pieces of its HTML, its references, its passages, and
the places of its headings in the file. Every stage that joins articles (`assemble`, `checks`, the plan of other pages,
related articles, feeds, scenarios) reads faces only; a test builds a site of faces and compares.
"""

from __future__ import annotations

from dataclasses import replace

from helpgen.model.article import Article, Body
from helpgen.model.location import Location


def face_of(article: Article) -> Article:
    """The article as others see it. Steps of a troubleshooter stand in it whole: messages about them name their places."""
    nowhere = Location(path=article.path)
    headings = tuple(replace(heading, location=nowhere) for heading in article.body.headings)
    return replace(article, body=Body(headings=headings, steps=article.body.steps))
