"""The rule of the face: whatever joins articles reads of the others only what `face_of` leaves."""

from __future__ import annotations

from dataclasses import replace

import pytest

from helpgen.checks import check_site
from helpgen.model.page import ArticlePage
from helpgen.model.site import Site
from helpgen.pipeline.build import Whole, make_site
from helpgen.pipeline.options import BuildOptions
from helpgen.pipeline.read import read_site
from helpgen.pipeline.workers import Inline
from helpgen.site.assemble import Joined, assemble_site
from helpgen.site.face import face_of
from helpgen.site.feeds import write_feeds
from helpgen.site.pages import find_related, plan_articles, plan_pages
from helpgen.site.search_documents import documents_of
from helpgen.support.files import official_file, support_files
from helpgen.support.troubleshooter import check_troubleshooters
from tests.conftest import ROOT


@pytest.fixture(scope="module")
def whole() -> Whole:
    """The demo of this repository, which has articles of every kind, scenarios and channels."""
    made = make_site(read_site(ROOT), Inline(), BuildOptions(preview=True))
    assert made.whole is not None
    return made.whole


def joined_of_faces(whole: Whole, kept: str) -> Joined:
    """The site, joined of faces and one whole article."""
    articles = whole.plan.inputs.articles
    faces = tuple(article if article.path == kept else face_of(article) for article in articles)
    joined = assemble_site(replace(whole.plan.inputs, articles=faces)).value
    assert joined is not None
    return joined


def paths(site: Site) -> list[str]:
    found = {entry.article.path: entry.article for part in site.locales for entry in part.entries}
    kinds = {article.front.type: path for path, article in sorted(found.items())}
    return [*kinds.values(), *sorted(found)[::9]]


def test_everything_but_pages_of_articles_is_planned_of_faces(whole: Whole) -> None:
    of_faces = joined_of_faces(whole, "").site
    plan = whole.plan
    pages = plan_pages(of_faces, plan.settings, plan.support_urls)
    expected = [page for page in whole.pages.values() if not isinstance(page, ArticlePage)]
    assert [page for page in pages if not isinstance(page, ArticlePage)] == expected
    assert find_related(of_faces) == plan.related
    assert write_feeds(of_faces.config, pages) == write_feeds(whole.site.config, list(whole.pages.values()))
    assert support_files(of_faces) == support_files(whole.site)
    assert official_file(of_faces) == official_file(whole.site)
    assert check_site(of_faces) == check_site(whole.site)
    assert check_troubleshooters(of_faces) == check_troubleshooters(whole.site)


def test_an_article_among_faces_has_the_page_and_documents_that_it_has_among_articles(whole: Whole) -> None:
    plan = whole.plan
    for path in paths(whole.site):
        among_faces = joined_of_faces(whole, path).site
        pages = list(plan_articles(among_faces, plan.settings, plan.support_urls, plan.related, {path}))
        assert pages == [whole.pages[page.url] for page in pages]
        assert pages
        assert documents_of(among_faces, {path}) == documents_of(whole.site, {path})


def test_a_face_has_no_text(whole: Whole) -> None:
    for article in whole.plan.inputs.articles:
        face = face_of(article)
        assert (face.body.pieces, face.body.references, face.body.passages) == ((), (), ())
        assert face_of(face) == face
