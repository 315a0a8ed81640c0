"""A build that goes on from the search index of the last one makes what a clean build makes: files, messages, proof."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from helpgen.model.build import Build
from helpgen.pipeline import canaries, proof, stages
from helpgen.pipeline.build import NOTHING, earlier_of, make_site
from helpgen.pipeline.memory import Memory
from helpgen.pipeline.options import BuildOptions, Extent
from helpgen.pipeline.read import read_search_client, read_site, read_support_client
from helpgen.pipeline.workers import Inline
from tests.pipeline.many_articles import ARTICLES, build, build_cleanly, rewrite, use_many_files, write_site
from tests.site_folder import SiteFolder

Change = Callable[[SiteFolder], object]


@dataclass
class Done:
    """The languages whose index was made of all documents, and the questions that were asked."""

    indexed: list[str] = field(default_factory=list)
    asked: list[canaries.Question] = field(default_factory=list)

    def clear(self) -> None:
        self.indexed.clear()
        self.asked.clear()


@pytest.fixture(autouse=True)
def many_files(monkeypatch: pytest.MonkeyPatch) -> None:
    use_many_files(monkeypatch)


@pytest.fixture
def site(tmp_path: Path) -> SiteFolder:
    return write_site(tmp_path)


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> Done:
    """What builds do from now on; they do it as ever."""
    found = Done()
    write_index, ask_all = stages.write_index, proof.ask_all

    def write(index: Any, **options: Any) -> Any:
        found.indexed.append(index.locale)
        return write_index(index, **options)

    def ask(files: canaries.Files, questions: Sequence[canaries.Question], *more: Any, **options: Any) -> Any:
        found.asked += questions
        return ask_all(files, questions, *more, **options)

    monkeypatch.setattr(stages, "write_index", write)
    monkeypatch.setattr(proof, "ask_all", ask)
    return found


def edit(path: str, before: str, after: str) -> Change:
    """A change of one file by a pattern."""

    def change(site: SiteFolder) -> None:
        file = site.root / path
        text, count = re.subn(before, after, file.read_text(encoding="utf-8"), count=1, flags=re.MULTILINE)
        assert count == 1
        file.write_text(text, encoding="utf-8")

    return change


def add_a_template(site: SiteFolder) -> None:
    site.write("themes/own/theme.yaml", "name: own\nparent: lighthouse\n")
    site.write("themes/own/templates/partials/footer.html", "<footer>Ours</footer>\n")
    edit("helpgen.yaml", "^base_url", "theme: own\nbase_url")(site)


def set_a_title(number: int, title: str) -> Change:
    return edit(f"content/zh/deposits/a{number}.md", "^title: .*$", f"title: {title}")


def ask_a_question(site: SiteFolder) -> None:
    edit("content/zh/deposits/a7.md", "^questions: .*$", "questions: [钱去哪儿了, 钱包空了怎么办]")(site)


SMALL: Mapping[str, Change] = {
    "template": add_a_template,
    "setting": edit("helpgen.yaml", "Lamp Help", "Lamp Centre"),
    "redirects": lambda site: site.write("content/_data/redirects.yaml", "/former/: gone\n"),
    "title": set_a_title(3, "充币充币还没有到"),
    "summary": edit("content/zh/deposits/a5.md", "^summary: .*$", "summary: 先看链上有没有确认。"),
    "question": ask_a_question,
    "order": edit("content/zh/deposits/a6.md", "^title:", "order: 1\ntitle:"),
}
LARGE: Mapping[str, Change] = {
    "new article": lambda site: site.article("zh/deposits/more", "又一篇文章", "正文。\n"),
    "title of a faq": set_a_title(4, "密码密码怎么找回"),
    "synonyms": lambda site: site.write("content/_data/synonyms.yaml", "zh:\n  two_way:\n    - [充币, 存币]\n"),
    "kind": edit("content/zh/deposits/a8.md", "^title:", "type: faq\ntitle:"),
}


def assert_clean(site: SiteFolder, made: Build, files: Mapping[str, bytes], proof: Extent = "none") -> None:
    """A build that remembers nothing makes the same."""
    expected, clean = build_cleanly(site, proof)
    assert made.ok
    assert files == clean
    assert made.diagnostics == expected.diagnostics
    assert made.stats.index_bytes == expected.stats.index_bytes
    assert made.stats.index_documents == expected.stats.index_documents
    assert (made.stats.proof is None) == (expected.stats.proof is None)
    if made.stats.proof and expected.stats.proof:
        assert replace(made.stats.proof, note="") == replace(expected.stats.proof, note="")


@pytest.mark.parametrize("name", SMALL)
def test_a_small_change_leaves_the_index_or_revises_it(site: SiteFolder, done: Done, name: str) -> None:
    build(site.root, proof="none")
    SMALL[name](site)
    done.clear()
    made, files, whole = build(site.root, proof="none")
    assert whole
    assert not done.indexed
    assert_clean(site, made, files)


@pytest.mark.parametrize("name", LARGE)
def test_a_large_change_has_the_index_made_anew(site: SiteFolder, done: Done, name: str) -> None:
    build(site.root, proof="none")
    LARGE[name](site)
    done.clear()
    made, files, _ = build(site.root, proof="none")
    assert "zh" in done.indexed
    assert_clean(site, made, files)


def test_a_walk_of_changes_is_what_clean_builds_make(site: SiteFolder, done: Done) -> None:
    choice = random.Random(11)
    build(site.root)
    revised = 0
    for name in ("title", "template", "new article", "question"):
        rewrite(site, choice.randrange(10, ARTICLES), choice)
        {**SMALL, **LARGE}[name](site)
        done.clear()
        made, files, _ = build(site.root)
        revised += "zh" not in done.indexed
        assert_clean(site, made, files, "sample")
    # One edit changes how many shards there are: then an index is written anew.
    assert revised >= 2


def test_more_changes_than_are_worth_it_have_the_index_made_anew(
    site: SiteFolder, done: Done, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("helpgen.pipeline.indexed.MOST_CHANGES", 1)
    build(site.root, proof="none")
    for number in (3, 6):
        set_a_title(number, f"充币{number}还没有到")(site)
    done.clear()
    made, files, _ = build(site.root, proof="none")
    assert "zh" in done.indexed
    assert_clean(site, made, files)


def test_a_template_that_changes_asks_nothing_again(site: SiteFolder, done: Done) -> None:
    build(site.root)
    done.clear()
    add_a_template(site)
    made, files, _ = build(site.root)
    assert not done.asked
    assert made.stats.proof is not None
    assert made.stats.proof.asked > ARTICLES
    assert "<footer>Ours" in files["zh/deposits/a5/index.html"].decode()


def test_a_title_that_changes_after_its_text_does(site: SiteFolder, done: Done) -> None:
    build(site.root, proof="none")
    rewrite(site, 3, random.Random(3))
    assert not build(site.root, proof="none")[2]
    set_a_title(3, "充币充币还没有到")(site)
    done.clear()
    made, files, whole = build(site.root, proof="none")
    assert whole
    assert not done.indexed
    assert_clean(site, made, files)


def damage(site: SiteFolder) -> None:
    path = max((site.root / "build/search/zh/terms").iterdir())
    path.write_bytes(path.read_bytes().upper())


def lose(site: SiteFolder) -> None:
    min((site.root / "build/search/zh/excerpts").iterdir()).unlink()


def lead_away(site: SiteFolder) -> None:
    path = min((site.root / "build/search/zh/titles").iterdir())
    other = site.root.with_name("elsewhere.json")
    path.rename(other)
    path.symlink_to(other)


@pytest.mark.parametrize("harm", [damage, lose, lead_away])
def test_an_index_that_is_not_as_it_was_written_is_made_anew(site: SiteFolder, done: Done, harm: Change) -> None:
    build(site.root, proof="none")
    harm(site)
    set_a_title(3, "充币充币还没有到")(site)
    done.clear()
    made, files, _ = build(site.root, proof="none")
    assert "zh" in done.indexed
    assert_clean(site, made, files)


def test_another_folder_begins_from_nothing(site: SiteFolder, done: Done) -> None:
    build(site.root, proof="none")
    (site.root / "build").rename(site.root / "former")
    set_a_title(3, "充币充币还没有到")(site)
    done.clear()
    build(site.root, proof="none")
    assert {"zh", "en"} <= set(done.indexed)


def test_a_preview_goes_on_from_its_last_build(site: SiteFolder, done: Done) -> None:
    options = BuildOptions(search_client=read_search_client(), support_client=read_support_client(), preview=True)
    memory = Memory(Inline())
    first = make_site(read_site(site.root), memory, options)
    set_a_title(3, "充币充币还没有到")(site)
    edit("helpgen.yaml", "Lamp Help", "Lamp Centre")(site)
    memory.next_build()
    done.clear()
    second = make_site(read_site(site.root), memory, options, earlier_of(first))
    assert not done.indexed
    clean = make_site(read_site(site.root), Inline(), options, NOTHING)
    assert second.build.files == clean.build.files
    assert second.build.files != first.build.files
