"""The tables of these pages, from the tables of the code: `python docs/tables.py` writes them, a test compares them.

A page marks the place of a table by two comments; everything between them is replaced:

    <!-- table: article-fields -->
    <!-- end of table -->

1. `article-fields`, `config-fields` …: a row per field, from helpgen/content/fields.py.
2. `rules: link`: a row per rule of a group, from helpgen/model/rules.py. Its last column, what to do, is written by hand
   in the page and kept.
3. `command: build`: what `helpgen build --help` says, from click.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import click

from helpgen.cli import COMMANDS, cli
from helpgen.content.fields import ARTICLE_FIELDS, CATEGORY_FIELDS, CONFIG_FIELDS, SYNONYM_FIELDS
from helpgen.content.schema import LOCALE_CODE, Either, Field, ListOf, Localised, MapOf, Number, Record, Type
from helpgen.content.support_fields import CHANNEL_FIELDS, SUPPORT_FIELDS
from helpgen.model.rules import RULES

DOCS: Final = Path(__file__).resolve().parent
FIELDS: Final[Mapping[str, Record]] = {
    "article-fields": ARTICLE_FIELDS,
    "category-fields": CATEGORY_FIELDS,
    "config-fields": CONFIG_FIELDS,
    "channel-fields": CHANNEL_FIELDS,
    "scenario-fields": SUPPORT_FIELDS,
    "synonym-fields": SYNONYM_FIELDS,
}
# A bound so wide that it says nothing to a reader.
_UNBOUNDED: Final = 1_000_000
_BLOCK = re.compile(
    r"(<!-- table: (?P<name>[\w-]+)(?:: (?P<of>[\w-]+))? -->\n)(?P<body>.*?)(<!-- end of table -->)", re.DOTALL
)


def filled(page: str) -> str:
    """A page with every marked table made anew. Raises KeyError for a mark that names no table."""

    def replace(match: re.Match[str]) -> str:
        body = MAKERS[match["name"]](match["name"], match["of"] or "", match["body"])
        return f"{match[1]}\n{body}\n\n{match[5]}"

    return _BLOCK.sub(replace, page)


def field_names(record: Record, prefix: str = "") -> Iterator[tuple[str, Field]]:
    """Every field with its full name: `search.boost`, `locales.<code>.name`, `footer[].url`."""
    for field in record.fields:
        name = prefix + field.name
        yield name, field
        inner, step = _inner(field.type)
        if inner is not None:
            yield from field_names(inner, f"{name}{step}.")


def _inner(type_: Type) -> tuple[Record | None, str]:
    if isinstance(type_, Record):
        return type_, ""
    if isinstance(type_, Either):
        return _inner(type_.many)
    if isinstance(type_, ListOf) and isinstance(type_.item, Record):
        return type_.item, "[]"
    if isinstance(type_, MapOf) and isinstance(type_.value, Record):
        return type_.value, ".<code>" if type_.key is LOCALE_CODE else ".<name>"
    return None, ""


def _fields_table(name: str, _of: str, _old: str) -> str:
    rows = [
        (f"`{full}`" + (" (needed)" if field.required else ""), _label(field.type), _default(field), field.doc)
        for full, field in field_names(FIELDS[name])
    ]
    return _table(("Field", "Value", "Default", "What it is for"), rows)


def _label(type_: Type) -> str:
    """The type in words: shorter than in messages, which have no neighbouring column to lean on."""
    if isinstance(type_, Localised):
        return f"{_label(type_.inner)}; for all languages, or per language"
    if isinstance(type_, ListOf):
        return "a list of mappings, see below" if _inner(type_)[0] else f"a list, each {_label(type_.item)}"
    if isinstance(type_, Number) and type_.maximum >= _UNBOUNDED:
        return "a whole number" if type_.whole else "a number"
    return "a mapping, see below" if _inner(type_)[0] is not None else type_.label


def _default(field: Field) -> str:
    value = field.default
    if field.required or _inner(field.type)[0] is not None or value in ("", (), {}, None):
        return ""
    shown = str(value).lower() if isinstance(value, bool) else f"{value:g}" if isinstance(value, float) else str(value)
    return f"`{shown}`"


def _rules_table(_name: str, group: str, old: str) -> str:
    """The rows of one group; what to do is taken over from the table that stands there."""
    written = {cells[0].strip("` "): cells[-1] for cells in map(_cells, old.splitlines()) if len(cells) == 4}
    rules = [rule for rule in RULES.values() if rule.name.startswith(f"{group}/")]
    if not rules:
        raise KeyError(group)
    rows = [(f"`{rule.name}`", rule.severity, rule.doc, written.get(rule.name, "")) for rule in rules]
    return _table(("Rule", "Severity", "What it finds", "What to do"), rows)


def _command(_name: str, of: str, _old: str) -> str:
    """Purpose, usage, options and examples of one command."""
    with click.Context(cli, info_name="helpgen") as parent:
        command = cli.get_command(parent, of)
        if command is None:
            raise KeyError(of)
        context = click.Context(command, info_name=of, parent=parent)
        usage = " ".join((context.command_path, *command.collect_usage_pieces(context)))
    text = inspect.cleandoc(command.help or "")
    rows = [(_option(option), _meaning(option)) for option in command.params if isinstance(option, click.Option)]
    parts = [text, f"```console\n$ {usage}\n```", _table(("Option", "Meaning"), rows) if rows else ""]
    epilog = inspect.cleandoc((command.epilog or "").replace("\b", ""))
    examples = [line.strip() for line in epilog.splitlines() if line.startswith("  helpgen")]
    parts.append("```sh\n" + "\n".join(examples) + "\n```")
    return "\n\n".join(part for part in parts if part)


def _option(option: click.Option) -> str:
    names = ", ".join(f"`{name}`" for name in option.opts)
    if option.is_flag:
        return names
    return f"{names} {_escaped(_metavar(option))}"


def _metavar(option: click.Option) -> str:
    """click's own, made here because it differs between versions of click."""
    if isinstance(option.type, click.Choice):
        return " or ".join(f"`{word}`" for word in option.type.choices)
    if isinstance(option.type, click.types.IntParamType | click.types.FloatParamType):
        return "`N`"
    if isinstance(option.type, click.Path):
        return "`DIR`"
    return "`FILE`" if isinstance(option.type, click.File) else "`TEXT`"


def _meaning(option: click.Option) -> str:
    shown = f"  [default: {option.default}]" if option.show_default else ""
    return _escaped((option.help or "") + shown).replace("  [", " [")


def _table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    """A Markdown table; a bar in a cell is escaped by `_escaped` where it can occur."""
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join("| " + " | ".join(cell or " " for cell in line).rstrip() + " |" for line in lines)


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in re.split(r"(?<!\\)\|", line.strip().strip("|"))]


def _escaped(text: str) -> str:
    return text.replace("|", "\\|")


MAKERS: Final[Mapping[str, Callable[[str, str, str], str]]] = {
    **dict.fromkeys(FIELDS, _fields_table),
    "rules": _rules_table,
    "command": _command,
}


def main() -> None:
    """Write every page whose tables have changed."""
    for path in sorted(DOCS.glob("*.md")):
        old = path.read_text(encoding="utf-8")
        new = filled(old)
        if new != old:
            path.write_text(new, encoding="utf-8")
            print(f"wrote {path.name}")


def every_command() -> dict[str, Any]:
    """All commands by name, as click knows them."""
    with click.Context(cli, info_name="helpgen") as context:
        return {name: cli.get_command(context, name) for name in COMMANDS}


if __name__ == "__main__":
    main()
