"""Real articles that nobody wrote for helpgen: they become pages, their titles are found, their faults are told."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpgen.model.build import Build
from helpgen.pipeline.build import build_site
from helpgen.pipeline.options import BuildOptions
from helpgen.pipeline.read import read_search_client, read_site
from helpgen.pipeline.workers import Workers
from helpgen.search.engine import open_index
from tests.corpora.adapter import CORPORA, adapt

pytestmark = pytest.mark.corpora


@pytest.fixture(scope="module", params=sorted(CORPORA))
def built(
    request: pytest.FixtureRequest, shared_folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, int, Path, Build]:
    name: str = request.param
    source = shared_folder / "corpora" / name
    if not source.is_dir():
        pytest.skip(f"{source} is missing")
    target = tmp_path_factory.mktemp(name)
    count = adapt(source, CORPORA[name], target)
    with Workers(2) as workers:
        build = build_site(read_site(target), workers, BuildOptions(search_client=read_search_client()))
    return name, count, target, build


def test_every_article_becomes_a_page(built: tuple[str, int, Path, Build]) -> None:
    _, count, _, build = built
    assert [d for d in build.diagnostics if d.severity == "error"] == []
    assert sum(sum(counts.values()) for counts in build.stats.articles.values()) == count
    assert build.stats.index_documents == count
    assert all(data for data in build.files.values())


def test_titles_are_found_among_the_first_three(built: tuple[str, int, Path, Build]) -> None:
    name, _, target, build = built
    locale = CORPORA[name].locale
    files = {path.removeprefix(f"search/{locale}/"): data for path, data in build.files.items()}
    index = open_index(files.__getitem__)
    titles = {}
    for path in sorted((target / "content").rglob("*.md"))[::9]:
        first = path.read_text(encoding="utf-8").split("\n", 2)[1]
        if first.startswith("title: "):
            titles[first[8:-1].replace('\\"', '"')] = path
    assert len(titles) > 40
    missed = [t for t in titles if t.casefold() not in [h.title.casefold() for h in index.search(t, limit=3).hits]]
    assert missed == []


def test_the_problems_are_true(built: tuple[str, int, Path, Build]) -> None:
    """Each finding names a place that exists; each broken link or image stands there, and its target is not there."""
    _, _, target, build = built
    seen = 0
    for found in build.diagnostics:
        path = target / found.location.path
        if not path.is_file() or not found.location.line:
            continue
        line = path.read_text(encoding="utf-8").split("\n")[found.location.line - 1]
        assert 1 <= found.location.column <= len(line) + 1, found
        if found.rule in ("link/broken", "image/missing"):
            seen += 1
            assert line[found.location.column - 1] in "[!<", found
            wanted = found.message.split('"')[1].partition("#")[0]
            if not wanted.startswith("/"):
                assert not (path.parent / wanted).is_file(), found
    assert seen > 100
