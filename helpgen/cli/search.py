"""`helpgen search`."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Final, TextIO

import click

from helpgen import report
from helpgen.cli import PROBLEMS
from helpgen.cli.options import json_option, out_folder, out_option, site_option
from helpgen.model.article import PLATFORMS
from helpgen.pipeline.indexes import Index, open_indexes, search_all
from helpgen.search.errors import SearchIndexError
from helpgen.search.results import Hit, Part, Results

EXAMPLE = """
\b
Examples:
  helpgen search "提币没到"
  helpgen search "withdrawal not arrived" --locale en --limit 3 --json
  helpgen search --queries questions.jsonl > results.jsonl
"""
_BACKENDS: Final = ("json", "whoosh")


@click.command(epilog=EXAMPLE)
@click.argument("query", required=False)
@site_option
@out_option
@click.option("--locale", default="", help="Language of the index to ask.  [default: all, the query's own first]")
@click.option("--category", default="", help="Only articles of this category, by its title.")
@click.option("--platform", type=click.Choice(PLATFORMS), help="Only articles for this platform, or for all.")
@click.option("--limit", type=click.IntRange(1, 100), default=10, show_default=True, help="Most hits to show.")
@click.option("--backend", type=click.Choice(_BACKENDS), default="json", show_default=True, help="Which index to ask.")
@click.option(
    "--queries",
    type=click.File(encoding="utf-8"),
    help='Ask every line of a file of {"id": …, "q": …}; one line of results for each.',
)
@click.option("--explain", is_flag=True, help="Show how each hit got its place.")
@json_option
def command(
    query: str | None,
    site: Path,
    out: Path | None,
    locale: str,
    category: str,
    platform: str | None,
    limit: int,
    backend: str,
    queries: TextIO | None,
    explain: bool,
    as_json: bool,
) -> None:
    """Ask the built search index.

    Build the site first. Articles come in the same order as in the browser, because both read the same index with the
    same ranking.
    """
    if (query is None) == (queries is None):
        raise click.UsageError("give either a query or --queries FILE")
    try:
        indexes = open_indexes(out_folder(site, out), backend, locale)
        if queries is not None:
            _answer_file(indexes, queries, limit)
            return
        assert query is not None
        results = search_all(indexes, query, limit, explain, {"category": category, "platform": platform or ""})
    except SearchIndexError as error:
        click.echo(click.style("error: ", fg="red", bold=True) + str(error), err=True)
        sys.exit(PROBLEMS)
    if as_json:
        report.show_json({"query": query, "total": results.total, "results": [_hit_json(hit) for hit in results.hits]})
    else:
        _show(results)


def _answer_file(indexes: list[Index], queries: Iterable[str], limit: int) -> None:
    for number, line in enumerate(queries, start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            identity, text = row["id"], str(row["q"])
        except (ValueError, KeyError, TypeError, RecursionError):
            raise click.UsageError(f'line {number} of the queries is not {{"id": …, "q": …}}') from None
        hits = search_all(indexes, text, limit, False).hits
        click.echo(json.dumps({"id": identity, "results": [_hit_json(hit) for hit in hits]}, ensure_ascii=False))


def _hit_json(hit: Hit) -> dict[str, Any]:
    result: dict[str, Any] = {
        "key": hit.key,
        "url": hit.url + (f"#{hit.anchor}" if hit.anchor else ""),
        "title": hit.title,
        "section": hit.section,
        "excerpt": _joined(hit.excerpt, lambda text: text),
        "score": round(hit.score, 4),
        "locale": hit.locale,
    }
    if hit.explanation is not None:
        why = hit.explanation
        result["explanation"] = {
            "groups": [{"words": words, "score": round(score, 4)} for words, score in why.groups],
            "coordination": round(why.coordination, 4),
            "title_factor": round(why.title_factor, 4),
            "near_factor": round(why.near_factor, 4),
        }
    return result


def _joined(parts: Iterable[Part], mark: Callable[[str], str]) -> str:
    return "".join(mark(part.text) if part.mark else part.text for part in parts)


def _show(results: Results) -> None:
    def bold(text: str) -> str:
        return click.style(text, bold=True, fg="cyan")

    for place, hit in enumerate(results.hits, start=1):
        trail = " › ".join(hit.path)
        section = f" › {hit.section}" if hit.section else ""
        click.echo(f"{place:>2}. {_joined(hit.title_parts, bold)}{section}")
        click.echo(f"    {click.style(hit.url, fg='blue')}  {trail}  {click.style(f'{hit.score:.2f}', dim=True)}")
        excerpt = _joined(hit.excerpt, bold).replace("\n", " ")
        if excerpt:
            click.echo(f"    {excerpt}")
        if hit.explanation is not None:
            groups = "  ".join(f"{words} {score:.2f}" for words, score in hit.explanation.groups)
            why = hit.explanation
            factors = f"coordination {why.coordination:.2f} × title {why.title_factor:.2f} × near {why.near_factor:.2f}"
            click.echo(f"    {groups}  × {factors}")
    if not results.hits:
        click.echo("Nothing was found.")
    if results.did_you_mean:
        click.echo(f"Did you mean: {results.did_you_mean}")
    if results.total > len(results.hits):
        click.echo(click.style(f"{results.total} articles match in all.", dim=True))
