"""The proof of the search: real builds, asked in Node and in Python."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from helpgen.cli import cli
from helpgen.model.build import Build
from helpgen.pipeline.build import build_site
from helpgen.pipeline.canaries import Question, ScriptsBrokenError, ask_all
from helpgen.pipeline.memo import Memo
from helpgen.pipeline.node import asker
from helpgen.pipeline.options import BuildOptions, Extent
from helpgen.pipeline.read import read_search_client, read_site
from helpgen.pipeline.workers import Inline, Runner
from helpgen.search import analyse_document, build_index, write_shards
from helpgen.search.engine import RERANKED
from tests.search import sample
from tests.site_folder import SiteFolder

needs_node = pytest.mark.skipif(shutil.which("node") is None, reason="node is not installed")


@pytest.fixture
def site(tmp_path: Path) -> SiteFolder:
    return SiteFolder.small(tmp_path / "site")


@pytest.fixture
def hidden(site: SiteFolder) -> SiteFolder:
    """More articles that say it often than are looked at closely stand before one that says it once."""
    for number in range(RERANKED + 2):
        text = "Lost card. " * 40
        extra = "search: {boost: 10}"
        site.article(f"en/security/other-{number}", f"Card {number}", text, extra)
    return site.write(
        "content/en/security/hidden.md", '---\ntitle: Something else\nquestions: ["lost card"]\n---\nNothing.\n'
    )


def prove(site: SiteFolder, extent: Extent = "whole", run: Runner | None = None) -> Build:
    options = BuildOptions(search_client=read_search_client(), proof=extent)
    return build_site(read_site(site.root), run or Inline(), options)


@pytest.fixture
def without_node(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path / "empty"))


@needs_node
def test_all_questions_of_a_good_site_are_answered_in_node(site: SiteFolder) -> None:
    build = prove(site)
    assert build.ok, build.diagnostics
    proof = build.stats.proof
    assert proof is not None
    assert (proof.by, proof.note, proof.failed) == ("node", "", 0)
    assert proof.asked == proof.total > 20


@pytest.mark.usefixtures("without_node")
def test_without_node_the_twin_asks_and_says_so(site: SiteFolder) -> None:
    build = prove(site)
    assert build.ok, build.diagnostics
    assert build.stats.proof is not None
    assert build.stats.proof.by == "python"


def test_a_build_asks_nothing_unless_it_is_told_to(site: SiteFolder) -> None:
    assert prove(site, "none").stats.proof is None


def test_an_article_that_is_not_found_stops_the_build(hidden: SiteFolder) -> None:
    build = prove(hidden)
    assert not build.ok
    assert build.files == {}
    found = [d for d in build.diagnostics if d.rule == "search/canary" and "hidden" in d.location.path]
    question = next(d for d in found if "its own question" in d.message)
    assert str(question.location) == "content/en/security/hidden.md:2:8"
    assert '"lost card"' in question.message
    assert 'first come "Card ' in question.message
    assert "keywords" in question.hint


def test_the_severity_is_the_sites_own(hidden: SiteFolder) -> None:
    config = (hidden.root / "helpgen.yaml").read_text(encoding="utf-8")
    hidden.write("helpgen.yaml", config + "checks: {search/canary: warning}\n")
    build = prove(hidden)
    assert build.ok
    assert build.files
    assert build.stats.proof is not None
    assert build.stats.proof.failed > 0


def test_the_same_index_is_not_asked_twice(site: SiteFolder, tmp_path: Path) -> None:
    with Memo(tmp_path / "cache", Inline()) as memo:
        first = prove(site, "sample", memo)
    with Memo(tmp_path / "cache", Inline()) as memo:
        second = prove(site, "sample", memo)
        assert memo.hits["proof"] == (1, 1)
    assert first.stats.proof == second.stats.proof
    site.article("en/security/new", "A new article", "Text.\n")
    with Memo(tmp_path / "cache", Inline()) as memo:
        prove(site, "sample", memo)
        assert memo.hits["proof"] == (0, 1)


@needs_node
def test_two_processes_ask_what_one_asks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = {
        locale: write_shards(build_index(map(analyse_document, sample.documents(locale))), inline_bytes=0)
        for locale in sample.QUERIES
    }
    every = [Question(locale=locale, query=query, limit=5) for locale, some in sample.QUERIES.items() for query in some]
    questions = (every * (121 // len(every) + 1))[:121]
    real = shutil.which("node")
    node = tmp_path / "bin" / "node"
    node.parent.mkdir()
    node.write_text(f'#!/bin/sh\necho run >> "{tmp_path}/runs"\nexec "{real}" "$@"\n', encoding="utf-8")
    node.chmod(0o755)
    monkeypatch.setenv("PATH", f"{node.parent}:{os.environ['PATH']}")
    alone = ask_all(files, questions, read_search_client())
    together = ask_all(files, questions, read_search_client(), askers=2)
    assert together.answers == alone.answers
    assert all(answer is not None for answer in together.answers)
    assert (tmp_path / "runs").read_text().split() == ["run"] * 3


@needs_node
def test_node_and_python_answer_the_same(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    files = {
        locale: write_shards(build_index(map(analyse_document, sample.documents(locale))), inline_bytes=0)
        for locale in sample.QUERIES
    }
    questions = [
        Question(locale=locale, query=query, limit=5) for locale, queries in sample.QUERIES.items() for query in queries
    ]
    by_node = ask_all(files, questions, read_search_client())
    monkeypatch.setenv("PATH", str(tmp_path))
    by_python = ask_all(files, questions, read_search_client())
    assert (by_node.by, by_python.by) == ("node", "python")
    assert by_node.answers == by_python.answers
    assert any(answer and answer.keys for answer in by_node.answers)


@pytest.mark.parametrize("with_node", [pytest.param(True, marks=needs_node), False])
def test_a_damaged_file_refuses_its_questions(with_node: bool, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    if not with_node:
        monkeypatch.setenv("PATH", str(tmp_path))
    files = write_shards(build_index(map(analyse_document, sample.documents("zh"))), inline_bytes=0)
    damaged = {name: data if name == "manifest.json" else b"[]" for name, data in files.items()}
    question = Question(locale="zh", query=sample.QUERIES["zh"][0], limit=3)
    (answer,) = ask_all({"zh": damaged}, [question], read_search_client()).answers
    assert answer is not None
    assert answer.refusal


@needs_node
def test_scripts_that_do_not_load_are_a_bug(site: SiteFolder) -> None:
    broken = {**read_search_client(), "engine.js": b"export function ("}
    with pytest.raises(ScriptsBrokenError, match="SyntaxError"):
        build_site(read_site(site.root), Inline(), BuildOptions(search_client=broken, proof="sample"))


@pytest.mark.parametrize(("ending", "note"), [("exit 20", "older than version 20"), ("exit 9", "code 9")])
def test_a_node_that_cannot_do_it_is_named(
    site: SiteFolder, ending: str, note: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    node = tmp_path / "bin" / "node"
    node.parent.mkdir()
    node.write_text(f"#!/bin/sh\n{ending}\n", encoding="utf-8")
    node.chmod(0o755)
    monkeypatch.setenv("PATH", str(node.parent))
    proof = prove(site, "sample").stats.proof
    assert proof is not None
    assert proof.by == "python"
    assert note in proof.note


def test_a_node_that_was_upgraded_in_its_place_is_another(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    missing = asker()
    real, node = tmp_path / "node-20", tmp_path / "bin" / "node"
    node.parent.mkdir()
    real.write_text("#!/bin/sh\nexit 20\n", encoding="utf-8")
    real.chmod(0o755)
    node.symlink_to(real)
    before = asker()
    assert before == asker() != missing
    real.write_text("#!/bin/sh\nexit 20 # better\n", encoding="utf-8")
    assert asker() != before


@needs_node
def test_of_more_articles_than_a_sample_has_questions_only_some_are_asked_about(
    site: SiteFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("helpgen.pipeline.proof.SAMPLE", 2)
    proof = prove(site, "sample").stats.proof
    assert proof is not None
    assert (proof.asked, proof.total, proof.failed) == (2, None, 0)
    whole = prove(site).stats.proof
    assert whole is not None
    assert whole.asked == whole.total


def test_the_command_tells_the_proof_and_strict_asks_all(site: SiteFolder) -> None:
    def run(*arguments: str) -> str:
        result = CliRunner().invoke(cli, ["build", "--site", str(site.root), "--jobs", "1", *arguments])
        assert result.exit_code == 0, result.output
        return result.stdout

    assert "questions asked of the shipped index, all answered (" in run()
    proof = json.loads(run("--strict", "--json"))["proof"]
    assert proof["asked"] == proof["total"]
    assert proof["failed"] == 0
