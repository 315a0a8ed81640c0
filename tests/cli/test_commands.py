"""The command line as its users meet it: real folders, exit codes, output."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from helpgen.cli import COMMANDS, cli, main
from tests.site_folder import SiteFolder

ROOT = Path(__file__).resolve().parents[2]


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, list(arguments))


def build(site: SiteFolder, *arguments: str) -> Result:
    return run("build", "--site", str(site.root), "--jobs", "1", *arguments)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_an_example(name: str) -> None:
    result = run(name, "--help")
    assert result.exit_code == 0
    assert f"helpgen {name}" in result.output
    assert "Example" in result.output


def test_a_misspelt_command_gets_a_suggestion() -> None:
    result = run("biuld")
    assert result.exit_code == 2
    assert 'id you mean "build"?' in result.output


def test_windows_is_told_where_to_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    with pytest.raises(SystemExit, match="On Windows, use it in WSL"):
        main(["build"])


def test_build_publishes_and_says_what_it_did(site: SiteFolder) -> None:
    result = build(site)
    assert result.exit_code == 0, result.output
    assert (site.root / "build/zh/deposits/not-arrived/index.html").is_file()
    lines = result.output.splitlines()
    assert any(line.split() == ["articles", "zh", "en"] for line in lines)
    assert any(line.split() == ["total", "3", "2"] for line in lines)
    assert any("written, 0 unchanged, 0 removed" in line for line in lines)
    assert any("parse" in line and "render" in line for line in lines)
    again = build(site)
    assert "0 written" in again.output


def test_an_error_keeps_the_old_site_and_points_at_the_place(site: SiteFolder) -> None:
    build(site)
    page = site.root / "build/zh/security/keys/index.html"
    before = page.read_bytes()
    site.article("zh/security/keys", "保管密钥", "看[充币](../deposits/not-arived.md)。\n")
    result = build(site)
    assert result.exit_code == 1
    place = "content/zh/security/keys.md:7:2"
    assert f'{place}: error: "../deposits/not-arived.md" does not exist [link/broken]' in result.output
    # The caret stands under the bracket: four columns of indentation, and two for the Chinese character before it.
    assert "    看[充币](../deposits/not-arived.md)。\n      ^" in result.output
    assert 'hint: did you mean "not-arrived.md"?' in result.output
    assert page.read_bytes() == before


def test_an_old_site_is_spoken_of_where_there_is_one(site: SiteFolder) -> None:
    good = (site.root / "content/zh/security/keys.md").read_bytes()
    site.article("zh/security/keys", "保管密钥", "看[充币](nowhere.md)。\n")
    assert "Not built: 1 error.\n" in build(site).output
    build(site.write("content/zh/security/keys.md", good))
    site.article("zh/security/keys", "保管密钥", "看[充币](nowhere.md)。\n")
    assert "Not built: 1 error. The old site is as it was.\n" in build(site).output


def test_drafts_that_are_left_out_are_counted(site: SiteFolder) -> None:
    assert "  drafts " not in build(site).output
    site.article("zh/security/keys", "保管密钥", "正文。\n", "draft: true")
    assert "  drafts   1 draft left out (--drafts shows them)\n" in build(site).output
    assert "no problems. 1 draft left out" in run("check", "--site", str(site.root)).output
    # Also by a build of which nothing is made.
    data = json.loads(CliRunner().invoke(cli, ["build", "--site", str(site.root), "--json"]).stdout)
    assert data["drafts_left_out"] == 1
    assert "  drafts " not in build(site, "--drafts").output


def test_what_others_have_put_into_the_output_is_named_when_it_goes(site: SiteFolder) -> None:
    assert "not written by helpgen" not in build(site).output
    site.write("build/CNAME", "help.example.com").write("build/zh/mine.txt", "mine")
    site.remove("content/zh/security/keys.md")
    said = "  foreign  2 of the removed were not written by helpgen: CNAME, zh/mine.txt\n"
    result = build(site)
    assert said in result.output
    assert "4 removed" in result.output, result.output
    assert not (site.root / "build/CNAME").exists()
    # The state of an output that was changed since is looked up anew; nothing else need have changed.
    site.write("build/CNAME", "help.example.com")
    assert "1 of the removed was not written by helpgen: CNAME\n" in build(site).output


def test_strict_refuses_warnings(site: SiteFolder) -> None:
    site.article("zh/security/keys", "保管密钥", "<div>看</div>\n")
    assert build(site).exit_code == 0
    result = build(site, "--strict")
    assert result.exit_code == 1
    assert "[markdown/html]" in result.output


def test_json_tells_everything(site: SiteFolder) -> None:
    site.article("zh/security/keys", "保管密钥", "<div>看</div>\n")
    data = json.loads(CliRunner().invoke(cli, ["build", "--site", str(site.root), "--json"]).stdout)
    assert data["ok"] is True
    assert data["articles"]["zh"] == {"deposits": 1, "security": 2}
    assert [d["rule"] for d in data["diagnostics"] if d["severity"] == "warning"] == ["markdown/html"]
    assert len(data["changes"]["written"]) > 10
    assert data["search"]["documents"] == 6


def test_check_writes_nothing_and_reports_notes_too(site: SiteFolder) -> None:
    result = run("check", "--site", str(site.root))
    assert result.exit_code == 0, result.output
    assert "[site/untranslated]" in result.output
    assert "Checked 5 articles: no problems." in result.output
    assert not (site.root / "build").exists()


def test_a_folder_without_a_site_says_how_to_start_one(tmp_path: Path) -> None:
    result = run("build", "--site", str(tmp_path))
    assert result.exit_code == 1
    assert "helpgen init" in result.output


@pytest.mark.parametrize("command", ["build", "check", "serve"])
def test_nothing_is_left_in_a_folder_without_a_site_and_it_can_become_one(tmp_path: Path, command: str) -> None:
    # In a process of its own: a preview that began would not end.
    asked = [sys.executable, "-m", "helpgen", command, "--site", str(tmp_path)]
    result = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert result.returncode == 1
    assert "helpgen.yaml: error: there is no helpgen.yaml here [config/missing]" in result.stderr
    assert "Preview at" not in result.stdout
    assert list(tmp_path.iterdir()) == []


def test_wrong_usage_is_code_two() -> None:
    assert run("build", "--jbos", "2").exit_code == 2
    assert run("search").exit_code == 2


BAD_ADDRESSES = (
    "/help/",
    "help.koi.com",
    "ftp://x/",
    "https://koi .com/",
    "https:///x",
    "https://koi.com/help/?a",
    "https://koi.com/#top",
    "http://[::1",
    "http://[/",
)


@pytest.mark.parametrize("address", BAD_ADDRESSES)
def test_a_bad_address_of_the_site_is_refused_wherever_it_stands(site: SiteFolder, address: str) -> None:
    result = build(site, "--base-url", address)
    assert result.exit_code == 2, result.output
    assert "Invalid value for --base-url" in result.output
    assert "for example https://help.example.com/" in result.output
    assert not (site.root / "build").exists()
    config = (site.root / "helpgen.yaml").read_text(encoding="utf-8")
    site.write("helpgen.yaml", config.replace("https://help.example.com/", json.dumps(address)))
    result = build(site)
    assert result.exit_code == 1
    assert "helpgen.yaml:2:11: error: " in result.output
    assert "[config/value]" in result.output


def test_an_address_gets_its_slash_wherever_it_stands(site: SiteFolder) -> None:
    assert build(site, "--base-url", "http://[::1]:8000/help").exit_code == 0
    sitemap = (site.root / "build" / "sitemap.xml").read_text(encoding="utf-8")
    assert "<loc>http://[::1]:8000/help/zh/</loc>" in sitemap


def test_output_into_the_sources_is_refused(site: SiteFolder) -> None:
    result = build(site, "--out", str(site.root / "content" / "out"))
    assert result.exit_code == 1
    assert "sources" in result.output


def test_search_finds_in_both_languages(site: SiteFolder) -> None:
    build(site)
    result = run("search", "充币没到", "--site", str(site.root), "--json")
    assert result.exit_code == 0, result.output
    hits = json.loads(result.output)["results"]
    assert hits[0]["key"] == "zh/deposits/not-arrived"
    english = json.loads(run("search", "deposit arriv", "--site", str(site.root), "--json").output)["results"]
    assert english[0]["key"] == "en/deposits/not-arrived"
    only = json.loads(run("search", "充币", "--site", str(site.root), "--locale", "en", "--json").output)["results"]
    # In English the untranslated Chinese article is all that can match, if anything does.
    assert all(hit["locale"] == "zh" for hit in only)


def test_search_names_a_category_that_does_not_exist(site: SiteFolder) -> None:
    build(with_whoosh(site))
    for backend in ("json", "whoosh"):
        asked = ("search", "充币", "--site", str(site.root), "--backend", backend, "--category")
        assert "充币没有到账" in run(*asked, "充币与提币").output
        # Of another language: it exists, and nothing in it matches.
        assert run(*asked, "Security").exit_code == 0
        result = run(*asked, "没有的")
        assert result.exit_code == 1
        assert 'error: there is no category "没有的"; known are: ' in result.output
        assert 'there is no category "充币提币"; did you mean "充币与提币"?' in run(*asked, "充币提币").output


def test_search_answers_a_file_of_questions(site: SiteFolder, tmp_path: Path) -> None:
    build(site)
    queries = tmp_path / "q.jsonl"
    queries.write_text('{"id": 1, "q": "钓鱼"}\n\n{"id": "b", "q": "txid"}\n', encoding="utf-8")
    result = run("search", "--site", str(site.root), "--queries", str(queries))
    assert result.exit_code == 0, result.output
    rows = [json.loads(line) for line in result.output.splitlines()]
    assert [row["id"] for row in rows] == [1, "b"]
    assert rows[0]["results"][0]["key"] == "zh/security/phishing"
    assert set(rows[0]["results"][0]) >= {"key", "url", "title", "section", "excerpt", "score"}
    assert "#h-txid" in rows[1]["results"][0]["url"]


def test_a_line_that_is_no_question_is_wrong_usage(site: SiteFolder, tmp_path: Path) -> None:
    build(site)
    (tmp_path / "q.jsonl").write_text('{"q": "no id"}\n', encoding="utf-8")
    result = run("search", "--site", str(site.root), "--queries", str(tmp_path / "q.jsonl"))
    assert result.exit_code == 2
    assert "line 1" in result.output


def test_search_before_a_build_says_so(site: SiteFolder) -> None:
    result = run("search", "x", "--site", str(site.root))
    assert result.exit_code == 1
    assert "helpgen build" in result.output


def test_schema_prints_json() -> None:
    assert json.loads(run("schema", "article").output)["properties"]["questions"]["type"] == "array"


def test_a_bug_of_ours_is_code_three(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setitem(COMMANDS, "serve", "x")
    monkeypatch.setattr("helpgen.cli.build.run_build", lambda _request: 1 / 0)
    with pytest.raises(SystemExit) as stopped:
        main(["build"])
    assert stopped.value.code == 3
    assert "bug in helpgen" in capsys.readouterr().err


def test_memory_that_ran_out_is_no_bug(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("helpgen.cli.build.run_build", lambda _request: bytearray(1 << 62))
    with pytest.raises(SystemExit) as stopped:
        main(["build"])
    assert stopped.value.code == 1
    said = capsys.readouterr().err
    assert "memory of the machine ran out" in said
    assert "Traceback" not in said


def with_whoosh(site: SiteFolder) -> SiteFolder:
    config = (site.root / "helpgen.yaml").read_text(encoding="utf-8")
    return site.write("helpgen.yaml", config + "search: {backend: both}\n")


def test_the_second_backend_answers_the_same_question(site: SiteFolder) -> None:
    assert build(with_whoosh(site)).exit_code == 0
    result = run("search", "充币没到", "--site", str(site.root), "--backend", "whoosh", "--json")
    assert result.exit_code == 0, result.output
    assert json.loads(result.output)["results"][0]["key"] == "zh/deposits/not-arrived"
    assert not any("whoosh" in path.name or path.suffix == ".seg" for path in (site.root / "build").rglob("*"))


@pytest.mark.parametrize(
    ("choice", "json_there", "whoosh_there"), [("json", True, False), ("whoosh", False, True), ("both", True, True)]
)
def test_the_option_chooses_the_index_whatever_the_settings_say(
    site: SiteFolder, choice: str, json_there: bool, whoosh_there: bool
) -> None:
    assert run("build", "--site", str(site.root), "--search", choice).exit_code == 0
    assert bool(list((site.root / "build" / "search").glob("*/manifest.json"))) is json_there
    found = {
        backend: run("search", "充币没到", "--site", str(site.root), "--backend", backend, "--json").exit_code == 0
        for backend in ("json", "whoosh")
    }
    assert found == {"json": json_there, "whoosh": whoosh_there}


def test_pages_whose_search_has_no_index_are_a_warning_that_can_be_switched_off(site: SiteFolder) -> None:
    said = "the search boxes of the pages find nothing [search/no-index]"
    result = build(site, "--search", "whoosh")
    assert result.exit_code == 0
    assert f"helpgen.yaml: warning: without the json index {said}" in result.output
    assert said not in build(site, "--search", "both").output
    config = (site.root / "helpgen.yaml").read_text(encoding="utf-8") + "search: {backend: whoosh}\n"
    assert "helpgen.yaml:6:19: warning: " in build(site.write("helpgen.yaml", config)).output
    config += "checks: {search/no-index: off}\n"
    assert "no problems" in build(site.write("helpgen.yaml", config)).output


def test_an_offline_site_has_its_index_as_a_script_and_none_to_fetch(site: SiteFolder) -> None:
    assert run("build", "--site", str(site.root), "--offline").exit_code == 0
    names = sorted(path.name for path in (site.root / "build" / "search").iterdir() if path.is_file())
    assert names
    assert all(name.startswith("data.") and name.endswith(".js") for name in names)
    assert not list((site.root / "build").rglob("manifest.json"))


@pytest.mark.parametrize("pattern", ["*.toc", "*.seg", "digests.json"])
def test_a_whoosh_index_that_was_changed_is_never_opened(site: SiteFolder, pattern: str) -> None:
    build(with_whoosh(site))
    (changed,) = (site.root / "build.whoosh" / "zh").glob(pattern)
    changed.write_bytes(changed.read_bytes()[:-1] + b"!")
    result = run("search", "充币", "--site", str(site.root), "--backend", "whoosh", "--locale", "zh")
    assert result.exit_code == 1
    assert "build the site" in result.output


def test_a_site_without_a_whoosh_index_says_so_and_removes_an_old_one(site: SiteFolder) -> None:
    build(with_whoosh(site))
    site.write("helpgen.yaml", (site.root / "helpgen.yaml").read_text(encoding="utf-8").replace("both", "json"))
    build(site)
    assert not (site.root / "build.whoosh").exists()
    result = run("search", "充币", "--site", str(site.root), "--backend", "whoosh")
    assert result.exit_code == 1
    assert "search.backend" in result.output
