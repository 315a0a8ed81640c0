"""`helpgen init`: a new site that is complete, good to read, and without a single warning."""

from __future__ import annotations

import datetime
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from helpgen.cli import cli
from helpgen.cli.init import STARTER, starter_files
from helpgen.content.config import parse_config
from helpgen.content.data import parse_synonyms
from helpgen.content.support import parse_channels, parse_support
from helpgen.model.config import SiteConfig
from helpgen.model.source import SourceFile
from tests.site_folder import SiteFolder

TODAY = datetime.date(2026, 11, 22)
HAN = r"[\u3400-\u9fff]"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, list(arguments))


def config_of(folder: Path) -> SiteConfig:
    path = folder / "helpgen.yaml"
    outcome = parse_config(SourceFile(path="helpgen.yaml", data=path.read_bytes(), digest=""))
    assert outcome.value is not None, outcome.diagnostics
    return outcome.value


def listing(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("locales", [("zh", "en"), ("en", "zh"), ("zh",), ("en",)], ids="-".join)
def test_a_new_site_has_no_problem_of_any_kind(tmp_path: Path, locales: tuple[str, ...]) -> None:
    folder = tmp_path / "my help"
    result = run("init", str(folder), *(f"--locale={code}" for code in locales))
    assert result.exit_code == 0, result.output
    assert [locale.code for locale in config_of(folder).locales] == list(locales)
    checked = run("check", "--site", str(folder), "--strict", "--jobs", "1")
    assert checked.exit_code == 0, checked.output
    assert f"Checked {7 * len(locales)} articles: no problems." in checked.output
    build = SiteFolder(folder).build()
    assert {(d.rule, d.severity) for d in build.diagnostics} == {("site/no-base-url", "info"), ("link/example", "info")}
    for code in locales:
        assert f"{code}/account/account-at-risk/index.html" in build.files
    other = {"zh", "en"} - set(locales)
    assert not any(path.startswith(tuple(f"{code}/" for code in other)) for path in build.files if other)


def test_what_is_yet_to_be_replaced_is_said_once(tmp_path: Path) -> None:
    """By a build in two lines that can be answered, by a check at each place; neither takes it for a problem."""
    folder = tmp_path / "site"
    run("init", str(folder), "--locale", "en")
    built = run("build", "--site", str(folder), "--strict", "--jobs", "1")
    assert built.exit_code == 0, built.output
    assert "no problems" in built.output
    assert built.output.count("  note  ") == 2
    assert built.output.count("example.com") == 1
    assert "base_url is not set" in built.output
    checked = run("check", "--site", str(folder), "--jobs", "1").output
    for place in ("channels.yaml:26:1", "helpgen.yaml:40:3", "en/contact/ways-to-contact.md:26:24"):
        assert f"{place}: info: " in checked, checked
    config = folder / "helpgen.yaml"
    text = config.read_text(encoding="utf-8")
    config.write_text(
        f"{text}base_url: https://help.skerry.test/\nchecks: {{link/example: warning}}\n", encoding="utf-8"
    )
    built = run("build", "--site", str(folder), "--strict", "--jobs", "1")
    assert built.exit_code == 1
    assert "leads to mailto:support@example.com" in built.output


def test_the_next_commands_are_printed(tmp_path: Path) -> None:
    folder = tmp_path / "my help"
    result = run("init", str(folder))
    assert f"cd '{folder}'" in result.output
    assert "helpgen serve" in result.output
    assert "helpgen build" in result.output


def test_the_present_folder_needs_no_cd(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    result = run("init", ".")
    assert result.exit_code == 0, result.output
    assert "cd " not in result.output
    assert (tmp_path / "helpgen.yaml").is_file()


def test_what_an_earlier_command_remembered_is_not_in_the_way(tmp_path: Path) -> None:
    (tmp_path / ".helpgen" / "cache").mkdir(parents=True)
    assert run("init", str(tmp_path)).exit_code == 0
    assert (tmp_path / "helpgen.yaml").is_file()


def test_a_folder_that_holds_anything_is_refused(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    result = run("init", str(tmp_path))
    assert result.exit_code == 1
    assert "is not empty" in result.output
    assert listing(tmp_path) == {"notes.txt"}


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    assert run("init", str(tmp_path / "file")).exit_code == 2


def test_a_folder_that_cannot_be_made_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    result = run("init", str(tmp_path / "file" / "site"))
    assert result.exit_code == 1
    assert "cannot be written" in result.output


@pytest.mark.parametrize("title", ["Northwind Help", '礁灯"帮助": 中心', "\\1 {x} # not a comment", "yes"])
def test_a_title_is_taken_as_it_is(tmp_path: Path, title: str) -> None:
    assert run("init", str(tmp_path / "site"), "--title", title).exit_code == 0
    assert config_of(tmp_path / "site").title == {"": title}


@pytest.mark.parametrize("title", ["  ", "a\u202eb", "x" * 400])
def test_a_title_that_no_page_could_show_is_refused(tmp_path: Path, title: str) -> None:
    result = run("init", str(tmp_path / "site"), "--title", title)
    assert result.exit_code == 2
    assert "--title" in result.output
    assert not (tmp_path / "site").exists()


def test_an_unknown_language_is_wrong_usage(tmp_path: Path) -> None:
    assert run("init", str(tmp_path / "site"), "--locale", "fr").exit_code == 2


def test_articles_bear_the_day_of_the_beginning() -> None:
    files = starter_files(("zh", "en"), "", TODAY)
    articles = [data.decode() for name, data in files.items() if name.endswith(".md")]
    assert len(articles) == 14
    assert all(text.count("\nupdated: 2026-11-22\n") == 1 for text in articles)


def test_git_will_ignore_what_helpgen_makes() -> None:
    files = starter_files(("en",), "", TODAY)
    assert "gitignore" not in files
    assert files[".gitignore"].decode().splitlines()[-3:] == ["/build/", "/build.whoosh/", "/.helpgen/"]


@pytest.mark.parametrize("code", ["zh", "en"])
def test_data_files_keep_only_the_languages_asked_for(code: str) -> None:
    files = starter_files((code,), "", TODAY)
    data = {name.rsplit("/", 1)[-1]: SourceFile(path=name, data=text, digest="") for name, text in files.items()}
    channels = parse_channels(data["channels.yaml"])
    assert channels.diagnostics == ()
    assert [channel.id for channel in channels.value or ()] == ["chat", "email", "community"]
    assert all(channel.name.keys() == {code} for channel in channels.value or ())
    support = parse_support(data["scenarios.yaml"])
    assert support.diagnostics == ()
    assert support.value is not None
    assert all(scenario.name.keys() == {code} for scenario in support.value.scenarios)
    synonyms = parse_synonyms(data["synonyms.yaml"])
    assert synonyms.diagnostics == ()
    assert (synonyms.value or {}).keys() == {code}


def test_both_languages_tell_the_same() -> None:
    """The same files, with the same headings in the same order."""
    ids = {}
    for code in ("zh", "en"):
        folder = STARTER / "content" / code
        ids[code] = {
            name: re.findall(r"\{#([\w-]+)\}", (folder / name).read_text(encoding="utf-8")) for name in listing(folder)
        }
    assert ids["zh"] == ids["en"]
    assert any(ids["zh"].values())


def test_chinese_punctuation_is_full_width() -> None:
    """Commas, colons and brackets between Chinese characters are Chinese; Markdown's and YAML's own are not touched."""
    for path in sorted(STARTER.rglob("content/zh/**/*.md")):
        body = path.read_text(encoding="utf-8").split("\n---\n", 1)[1]
        prose = re.sub(r"\]\([^)]*\)|`[^`]*`", "]", body)
        wrong = re.findall(rf"{HAN}[,.:;?!(]|[,:;?!)]{HAN}", prose)
        assert wrong == [], f"{path.name}: {wrong}"
        assert "，" in prose
        assert "。" in prose


def test_every_address_of_the_starter_is_a_placeholder() -> None:
    for path in sorted(path for path in STARTER.rglob("*") if path.is_file()):
        text = path.read_text(encoding="utf-8")
        for host in re.findall(r"(?:https?://|mailto:[\w.]+@)([\w.-]+)", text):
            assert host == "example.com" or host.endswith(".example.com"), f"{path.name}: {host}"
