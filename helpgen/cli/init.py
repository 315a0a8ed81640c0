"""`helpgen init`.

1. Refuse a folder that holds anything: nothing of anybody's is ever written over.
2. Take the starter site, for the languages asked for, with today's date and the title given.
3. Write it, and say what to do next.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import re
import shlex
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import click

from helpgen import report
from helpgen.cli import PROBLEMS
from helpgen.content.config import CONFIG_FILE, parse_config
from helpgen.content.place import CONTENT, DATA
from helpgen.model.source import SourceFile

STARTER: Final = Path(__file__).resolve().parent.parent / "starter"
LOCALES: Final = ("zh", "en")
# The day that all articles of the starter bear; they get the day on which the site is begun.
_STARTER_DAY: Final = "updated: 2026-01-01"
# A dot file in the package would be taken as an instruction to git, and left out by some packagers.
_RENAMED: Final = {"gitignore": ".gitignore"}
# Of others' things none is lost; what helpgen itself remembers is nobody's work.
_HARMLESS: Final = {".git", ".helpgen"}

EXAMPLE = """
\b
Examples:
  helpgen init my-help
  helpgen init my-help --title "Northwind Help" --locale en
  helpgen init my-help --locale en --locale zh
"""


@click.command(epilog=EXAMPLE)
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@click.option("--title", default="", help="Name of the help centre.  [default: Help Centre, in each language]")
@click.option(
    "--locale",
    "locales",
    type=click.Choice(LOCALES),
    multiple=True,
    default=LOCALES,
    help="A language to start with; give it twice for both. The first is the default.  [default: zh and en]",
)
def command(folder: Path, title: str, locales: tuple[str, ...]) -> None:
    """Start a new help centre.

    Writes a small, complete site to DIR, which must be new or empty: settings with comments, three categories, seven
    articles in each language, the ways to reach a human, scenarios, synonyms. Replace its words by yours.
    """
    chosen = tuple(dict.fromkeys(locales))
    files = starter_files(chosen, title, datetime.date.today())
    _check_title(files[CONFIG_FILE], title)
    try:
        if folder.is_dir() and {path.name for path in folder.iterdir()} - _HARMLESS:
            click.echo(f"{folder} is not empty; nothing was written. Give a new folder.", err=True)
            sys.exit(PROBLEMS)
        for name, data in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
    except OSError as error:
        click.echo(f"{error.filename or folder} cannot be written: {error.strerror}", err=True)
        sys.exit(PROBLEMS)
    articles = sum(name.endswith(".md") for name in files) // len(chosen)
    click.echo(f"Wrote {len(files)} files to {folder}: {articles} articles in {' and '.join(chosen)}.\n\nNext:")
    if folder.resolve() != Path.cwd():
        click.echo(f"  cd {shlex.quote(str(folder))}")
    click.echo(
        "  helpgen serve      preview it; it reloads as you write\n  helpgen build      write the site to build/"
    )


def starter_files(locales: Sequence[str], title: str, today: datetime.date) -> dict[str, bytes]:
    """The files of a new site by path. `title` "" keeps the starter's own, one in each language."""
    files: dict[str, bytes] = {}
    for path in sorted(path for path in STARTER.rglob("*") if path.is_file()):
        name = path.relative_to(STARTER).as_posix()
        text = path.read_text(encoding="utf-8")
        folder = name.removeprefix(CONTENT).split("/")[0]
        if name.startswith(CONTENT) and not name.startswith(DATA) and folder not in locales:
            continue
        if name == CONFIG_FILE or name.startswith(DATA):
            text = _only_locales(text, locales)
        if name == CONFIG_FILE:
            text = _configured(text, locales, title)
        files[_RENAMED.get(name, name)] = text.replace(_STARTER_DAY, f"updated: {today.isoformat()}").encode()
    return files


def _only_locales(text: str, locales: Sequence[str]) -> str:
    """YAML without the entries of the other languages: each with everything indented below it."""
    others = re.compile(rf" *({'|'.join(code for code in LOCALES if code not in locales) or '(?!)'}):(\s|\Z)")
    kept: list[str] = []
    dropped: int | None = None
    for line in text.splitlines(keepends=True):
        indent = len(line) - len(line.lstrip(" "))
        inside = dropped is not None and (indent > dropped if line.strip() else dropped == 0)
        if inside:
            continue
        dropped = indent if others.match(line) else None
        if dropped is None:
            kept.append(line)
    return "".join(kept).rstrip("\n") + "\n"


def _configured(text: str, locales: Sequence[str], title: str) -> str:
    """The settings with the languages in the order asked for, and the title."""

    def ordered(match: re.Match[str]) -> str:
        lines = match.group(1).splitlines(keepends=True)
        return "locales:\n" + "".join(sorted(lines, key=lambda line: locales.index(line.split(":")[0].strip())))

    text = re.sub(r"^locales:\n((?:  .+\n)+)", ordered, text, flags=re.MULTILINE)
    if title:
        # JSON's strings are YAML's, so no title can say more than a title.
        line = f"title: {json.dumps(title, ensure_ascii=False)}\n"
        text = re.sub(r"^title:\n(?:  .+\n)+", lambda _: line, text, flags=re.MULTILINE)
    return text


def _check_title(config: bytes, title: str) -> None:
    """A title that helpgen.yaml could not hold (empty, too long, invisible characters) is wrong usage."""
    source = SourceFile(path=CONFIG_FILE, data=config, digest=hashlib.sha256(config).hexdigest())
    found = parse_config(source).diagnostics
    if found and title:
        raise click.BadParameter(found[0].message, param_hint="--title")
    if found:
        report.show_diagnostics(found)
        raise AssertionError("the starter's own settings are wrong")
