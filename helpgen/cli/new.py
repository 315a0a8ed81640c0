"""`helpgen new`."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from helpgen import report
from helpgen.cli import PROBLEMS
from helpgen.cli.options import site_option, wrong_value
from helpgen.content.config import parse_config
from helpgen.content.data import CATEGORY_FILE
from helpgen.content.fields import ARTICLE_FIELDS, TITLE
from helpgen.content.place import CONTENT, find_layout, folder_title, place_of
from helpgen.content.schema import read_argument
from helpgen.content.slugs import path_slug
from helpgen.content.templates import ARTICLE_TEMPLATES, fill_template
from helpgen.model.diagnostic import Diagnostic
from helpgen.model.suggest import did_you_mean
from helpgen.pipeline.read import read_site

_FIELDS = "\n".join(f"  {field.name:<10} {field.doc}" for field in ARTICLE_FIELDS.fields)
EXAMPLE = f"""
\b
Examples:
  helpgen new article "充币没有到账怎么办" --category deposits --locale zh --slug not-arrived
  helpgen new faq "Questions about fees" --category trading --locale en
  helpgen new troubleshooter "一步步排查：登录不了" --category security --locale zh

\b
Front matter fields:
{_FIELDS}
"""


@click.command(epilog=EXAMPLE)
@click.argument("template", type=click.Choice(sorted(ARTICLE_TEMPLATES)))
@click.argument("title")
@click.option("--category", default="", help="Its category: deposits, or deposits/withdrawals for a section.")
@click.option("--locale", default="", help="Its language.  [default: the site's first]")
@click.option("--slug", default="", help="Its file name and address.  [default: made from the title]")
@site_option
def command(template: str, title: str, category: str, locale: str, slug: str, site: Path) -> None:
    """Write the beginning of an article.

    The file starts as a draft, with the fields that matter and a skeleton of the text. It is never written over another.
    """
    files = read_site(site)
    config = parse_config(files.config) if files.config is not None else None
    if config is None or config.value is None:
        found: tuple[Diagnostic, ...] = config.diagnostics if config is not None else ()
        report.show_diagnostics(found)
        click.echo("There is no helpgen.yaml here that can be read; run this in the folder of a site.", err=True)
        sys.exit(PROBLEMS)
    codes = [entry.code for entry in config.value.locales]
    locale = locale or codes[0]
    if locale not in codes:
        raise click.BadParameter(
            f'"{locale}" is not a language of the site; {did_you_mean(locale, codes)}', param_hint="--locale"
        )
    read = read_argument(title, TITLE, "TITLE")
    if read.value is None:
        raise wrong_value(read.diagnostics[0], "TITLE")
    layout = find_layout(codes, [file.path for file in files.content])
    typed = [part for part in category.split("/") if part]
    parts = [path_slug(part) for part in typed]
    if len(parts) > 2 or not all(parts):
        raise click.BadParameter(
            "a category has a name, and at most one section: deposits/withdrawals", param_hint="--category"
        )
    name = path_slug(slug or title)
    if not name:
        message = f'"{slug or title}" has no letter and no digit to make an address of'
        hint = "--slug" if slug else "TITLE"
        raise click.BadParameter(message if slug else f"{message}; give one with --slug", param_hint=hint)
    top = site / CONTENT / (locale if layout.prefixed else "")
    folder = top / "/".join(parts)
    path = folder / f"{name}.md"
    if path.exists():
        click.echo(f"{path} exists already; nothing was written.", err=True)
        sys.exit(PROBLEMS)
    folder.mkdir(parents=True, exist_ok=True)
    path.write_text(fill_template(template, read.value, locale), encoding="utf-8")
    click.echo(f"Wrote {path}. It is a draft: take `draft: true` out when it is ready.")
    if slug and name != slug:
        click.echo(f'The slug "{slug}" became {name}: an address has small letters, digits and hyphens.')
    placed = (place_of(file.path, layout).value for file in files.content if file.path.endswith(f"/{CATEGORY_FILE}"))
    named = {place.category for place in placed if place is not None}
    for depth, part in enumerate(typed, start=1):
        path = top / "/".join(parts[:depth]) / CATEGORY_FILE
        if "/".join(parts[:depth]) not in named and not path.exists():
            _name_category(path, part)


def _name_category(path: Path, name: str) -> None:
    """Give a category that no language has named yet the title that its folder would have, or what was typed."""
    # What no title may hold is not in the folder's own name.
    title = folder_title(name if name.isprintable() and len(name) <= TITLE.max_length else path.parent.name)
    path.write_text(f"title: {json.dumps(title, ensure_ascii=False)}\n", encoding="utf-8")
    click.echo(f'Wrote {path}: the category is called "{title}", which you may change there.')
