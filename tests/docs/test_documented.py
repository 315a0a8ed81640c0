"""Nothing that a user can type goes undocumented, no table drifts from the code, and no link of the docs leads nowhere."""

from __future__ import annotations

import importlib.util
import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from urllib.parse import unquote

import click
import pytest

from helpgen.content.config import parse_config
from helpgen.content.data import parse_category, parse_synonyms
from helpgen.content.fields import CONFIG_FIELDS
from helpgen.content.parse import ArticleRules, parse_article
from helpgen.content.place import Layout
from helpgen.content.redirects import parse_redirects
from helpgen.content.slugs import Slugger
from helpgen.content.support import parse_channels
from helpgen.model.config import Limits
from helpgen.model.rules import RULES
from helpgen.model.source import SourceFile

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", *sorted(DOCS.glob("*.md"))]
# The page that holds each table of fields.
PAGE_OF = {
    "article-fields": "front-matter.md",
    "category-fields": "front-matter.md",
    "config-fields": "configuring.md",
    "channel-fields": "configuring.md",
    "scenario-fields": "support.md",
    "synonym-fields": "configuring.md",
}
_FENCE = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)(?:\s+\"[^\"]*\")?\)")
_HEADING = re.compile(r"^#{1,6}\s+(.+?)\s*$", re.MULTILINE)


def load_tables() -> ModuleType:
    spec = importlib.util.spec_from_file_location("docs_tables", DOCS / "tables.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


TABLES = load_tables()


def page(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("path", sorted(DOCS.glob("*.md")), ids=lambda path: path.name)
def test_the_tables_are_those_of_the_code(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert TABLES.filled(text) == text, "run: python docs/tables.py"


@pytest.mark.parametrize("table", PAGE_OF)
def test_every_field_is_documented(table: str) -> None:
    text = page(PAGE_OF[table])
    assert f"<!-- table: {table} -->" in text
    for name, field in TABLES.field_names(TABLES.FIELDS[table]):
        assert f"| `{name}`" in text, f"{name} is missing in {PAGE_OF[table]}"
        assert field.doc.endswith("."), f"{name}: its doc must be a sentence"


def test_the_fields_of_mappings_are_followed() -> None:
    config = dict(TABLES.field_names(TABLES.FIELDS["config-fields"]))
    assert {
        "locales.<code>.direction",
        "theme.settings",
        "footer[].url",
        "search.backend",
        "limits.nesting",
    } <= config.keys()


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_says_what_to_do(rule: str) -> None:
    rows = [line for line in page("checks.md").splitlines() if line.startswith(f"| `{rule}` |")]
    assert len(rows) == 1, f"{rule} must stand once in checks.md"
    cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", rows[0].strip("|"))]
    assert len(cells) == 4
    assert len(cells[3]) > 10, f"say what to do about {rule} in the last column of checks.md"


@pytest.mark.parametrize(("name", "command"), TABLES.every_command().items())
def test_every_command_and_option_is_documented(name: str, command: click.Command) -> None:
    text = page("commands.md")
    assert f"[`{name}`](#helpgen-{name})" in text, f"{name} is missing in the list at the top"
    section = text.split(f"\n## helpgen {name}\n", 1)[1].split("\n## ", 1)[0]
    assert f"<!-- table: command: {name} -->" in section
    for option in command.params:
        if isinstance(option, click.Option):
            assert option.help, f"{name} {option.opts}: every option needs its help"
            assert any(f"`{word}`" in section for word in option.opts), f"{name} {option.opts}"


def test_every_dependency_has_its_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    extras = [line for lines in project["project"]["optional-dependencies"].values() for line in lines]
    asked = [*project["project"]["dependencies"], *extras, *project["build-system"]["requires"]]
    names = {match.group() for line in asked if (match := re.match(r"[\w.-]+", line))} - {"helpgen"}
    for path in (ROOT / "package.json", ROOT / "audit" / "package.json"):
        package = json.loads(path.read_text(encoding="utf-8"))
        names |= {*package.get("dependencies", ()), *package.get("devDependencies", ())}
    sections = dict(re.findall(r"^### (\S+)\n(.*?)(?=^#|\Z)", page("dependencies.md"), re.MULTILINE | re.DOTALL))
    assert names == sections.keys()
    for name, text in sections.items():
        assert len(text.split()) >= 4, f"say why {name} is there"


def links(path: Path) -> Iterator[str]:
    text = _FENCE.sub("", path.read_text(encoding="utf-8"))
    return (unquote(target) for target in _LINK.findall(re.sub(r"`[^`\n]*`", "", text)))


def anchors(path: Path) -> set[str]:
    """The ids that GitHub gives to the headings of a page."""
    slugger = Slugger()
    text = _FENCE.sub("", path.read_text(encoding="utf-8"))
    return {
        slugger.unique(re.sub(r"[`*_]|\[([^\]]*)\]\([^)]*\)", r"\1", heading)) for heading in _HEADING.findall(text)
    }


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_every_relative_link_leads_somewhere(path: Path) -> None:
    for link in links(path):
        if re.match(r"[a-z]+:", link):
            continue
        target, _, anchor = link.partition("#")
        found = (path.parent / target).resolve() if target else path
        assert found.exists(), f"{path.name}: {link}"
        assert found.is_relative_to(ROOT), f"{path.name}: {link} leads out of the repository"
        if anchor:
            assert anchor in anchors(found), f"{path.name}: {link}"


def test_every_page_of_the_docs_is_in_their_index() -> None:
    listed = set(links(DOCS / "index.md"))
    assert {path.name for path in DOCS.glob("*.md")} - {"index.md"} <= listed


def test_the_two_commands_of_the_readme_are_those_of_make_and_ci() -> None:
    readme, make = ((ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "Makefile"))
    shown = re.findall(r"^python3 make\.py (\w+)$", readme, re.MULTILINE)
    assert shown == ["demo", "test"]
    help_text = subprocess.run(
        [sys.executable, str(ROOT / "make.py"), "help"], capture_output=True, text=True, check=True
    )
    for command in shown:
        assert f"python3 make.py {command} " in help_text.stdout
        assert f" {command}" in make
    assert (
        subprocess.run([sys.executable, str(ROOT / "make.py"), "tset"], capture_output=True, check=False).returncode
        == 2
    )
    assert "\npython3 make.py test " in (ROOT / ".ci/run").read_text(encoding="utf-8")


def examples(name: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", page(name), re.MULTILINE | re.DOTALL)


def source(path: str, text: str) -> SourceFile:
    return SourceFile(path=path, data=text.encode(), digest="")


def test_the_examples_of_settings_are_right() -> None:
    whole, texts, channels, synonyms, redirects = examples("configuring.md", "yaml")
    config = parse_config(source("helpgen.yaml", whole))
    assert config.diagnostics == ()
    # Complete: every setting of the table stands in it.
    assert {line.split(":")[0] for line in whole.splitlines() if re.match(r"\w", line)} == {
        field.name for field in CONFIG_FIELDS.fields
    }
    for line in texts.splitlines():
        assert parse_config(
            source("helpgen.yaml", f"{line}\nlocales: {{zh: {{name: 中文}}, en: {{name: English}}}}\n")
        ).value
    read = parse_channels(source("content/_data/channels.yaml", channels))
    assert read.diagnostics == ()
    assert len(read.value or ()) == 3
    assert parse_synonyms(source("content/_data/synonyms.yaml", synonyms)).diagnostics == ()
    moves = parse_redirects(source("content/_data/redirects.yaml", redirects))
    assert moves.diagnostics == ()
    assert len(moves.value or ()) == 5


def test_the_example_of_severities_is_right() -> None:
    (checks,) = examples("checks.md", "yaml")
    config = parse_config(source("helpgen.yaml", f"title: T\nlocales: {{en: {{name: English}}}}\n{checks}"))
    assert config.diagnostics == ()


def test_the_examples_of_front_matter_are_right() -> None:
    rules = ArticleRules(layout=Layout(locales=("en",), prefixed=True), limits=Limits())
    (article,) = examples("front-matter.md", "markdown")
    assert parse_article(source("content/en/deposits/a.md", article), rules).diagnostics == ()
    category, alias = examples("front-matter.md", "yaml")
    assert parse_category(source("content/en/deposits/_category.yaml", category), rules.layout).diagnostics == ()
    moved = parse_article(source("content/en/deposits/a.md", f"---\ntitle: T\n{alias}---\nText.\n"), rules)
    assert moved.diagnostics == ()
    assert moved.value is not None
    assert moved.value.front.aliases == ("/en/deposits/old-name/",)


def test_the_icons_named_in_the_docs_exist() -> None:
    paragraph = page("front-matter.md").split("Lighthouse has, for categories,")[1].split(".")[0]
    names = re.findall(r"`([\w-]+)`", paragraph)
    assert len(names) > 5
    for name in names:
        assert (ROOT / f"themes/lighthouse/assets/icons/{name}.svg").is_file(), name
