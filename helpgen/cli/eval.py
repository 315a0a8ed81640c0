"""`helpgen eval`.

1. Read the questions, and refuse answers that are no articles of the built site.
2. Ask each of the index, and see at which place its first right answer comes.
3. Print the figures, what failed, and what moved since the last run; keep the places for the next.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

import click

from helpgen import report
from helpgen.cli import PROBLEMS
from helpgen.cli.options import is_site, json_option, out_folder, out_option, site_option
from helpgen.content.queries import QueryRow, parse_queries
from helpgen.model.source import SourceFile
from helpgen.pipeline.indexes import Index, open_indexes, search_all
from helpgen.search.errors import SearchIndexError
from helpgen.search.measures import DEPTH, Figures, figures, moved, place_of
from helpgen.search.store import Store
from helpgen.site.urls import INDEX_FOLDER

EXAMPLE = """
\b
Examples:
  helpgen eval questions.yaml
  helpgen eval questions.yaml --min-success3 0.95
  helpgen eval tests/zh.yaml --locale zh --json
"""
MEMORY: Final = Path(".helpgen") / "eval"
# Questions of a list that are shown on a screen; `--json` has all.
_SHOWN: Final = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question, the articles that came (category/slug, best first) and the place of the first right one."""

    row: QueryRow
    locale: str
    hits: tuple[str, ...]
    place: int

    @property
    def name(self) -> str:
        """What it is known by from run to run."""
        return f"{self.locale}\t{self.row.q}"


@click.command(epilog=EXAMPLE)
@click.argument("queries", metavar="QUERIES.yaml", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@site_option
@out_option
@click.option("--locale", default="", help="Language of the index, where a question names none.  [default: all]")
@click.option(
    "--min-success3",
    "minimum",
    type=click.FloatRange(0, 1),
    default=0.0,
    help="Leave with code 1 if fewer than this share find an answer among the first three.",
)
@json_option
def command(queries: Path, site: Path, out: Path | None, locale: str, minimum: float, as_json: bool) -> None:
    """Measure the search with questions of your own.

    QUERIES.yaml is a list of {q, answers: [category/slug, …], locale, kind}. Prints how often a right article comes first
    and among the first three, which questions failed, and what got worse or better since the last run.
    """
    folder = out_folder(site, out)
    try:
        indexes = open_indexes(folder, "json", "")
        rows = _read(queries, {_tail(key) for index in indexes for key in _keys(folder, index.locale)})
        asked = [_ask(indexes, row, row.locale or locale) for row in rows]
    except SearchIndexError as error:
        click.echo(click.style("error: ", fg="red", bold=True) + str(error), err=True)
        sys.exit(PROBLEMS)
    memory = site / MEMORY / f"{queries.stem}.json"
    before = _last_run(memory)
    answerable = [one for one in asked if one.row.answers]
    now = {one.name: one.place for one in answerable}
    worse, better = moved(before, now)
    result = _result(asked, answerable, before, now, worse, better)
    if is_site(site):
        memory.parent.mkdir(parents=True, exist_ok=True)
        memory.write_text(json.dumps({"places": now}, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    if as_json:
        report.show_json(result)
    else:
        _show(result)
    reached = result["figures"]["all"]["success3"]
    if answerable and reached < minimum:
        click.echo(f"success@3 is {reached:.3f}, less than {minimum:g}", err=True)
        sys.exit(PROBLEMS)


def _read(path: Path, known: set[str]) -> tuple[QueryRow, ...]:
    data = path.read_bytes()
    source = SourceFile(path=path.as_posix(), data=data, digest=hashlib.sha256(data).hexdigest())
    outcome = parse_queries(source, known)
    if outcome.value is None:
        report.show_diagnostics(outcome.diagnostics)
        sys.exit(PROBLEMS)
    return outcome.value


def _keys(out: Path, locale: str) -> list[str]:
    """The keys of all articles of one index."""
    folder = out / INDEX_FOLDER / locale
    store = Store(lambda name: (folder / name).read_bytes())
    return [row.key for row in store.load_rows(range(len(store.manifest.first_unit))).values()]


def _tail(key: str) -> str:
    """A key without its language: `deposits/not-arrived`."""
    return key.partition("/")[2]


def _ask(indexes: list[Index], row: QueryRow, locale: str) -> Asked:
    chosen = [index for index in indexes if index.locale == locale] if locale else indexes
    if not chosen:
        codes = ", ".join(index.locale for index in indexes)
        raise SearchIndexError(f'{row.location}: there is no index for "{locale}"; there are: {codes}')
    hits = tuple(_tail(hit.key) for hit in search_all(chosen, row.q, DEPTH, False).hits)
    return Asked(row=row, locale=locale, hits=hits, place=place_of(hits, row.answers))


def _last_run(path: Path) -> dict[str, int]:
    """The places of the last run; none if there was none, or the file is not ours."""
    try:
        places = json.loads(path.read_text(encoding="utf-8"))["places"]
        return {str(name): int(place) for name, place in places.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def _result(
    asked: list[Asked],
    answerable: list[Asked],
    before: dict[str, int],
    now: dict[str, int],
    worse: list[str],
    better: list[str],
) -> dict[str, Any]:
    """All that there is to tell, as it goes into the JSON."""

    def group(names: Iterable[tuple[str, Asked]]) -> dict[str, dict[str, float]]:
        places: dict[str, list[int]] = {}
        for name, one in names:
            places.setdefault(name, []).append(one.place)
        return {name: asdict(figures(listed)) for name, listed in sorted(places.items()) if name}

    unanswerable = [one for one in asked if not one.row.answers]
    both = [name for name in now if name in before]
    return {
        "questions": len(asked),
        "figures": {
            "all": asdict(figures(one.place for one in answerable)),
            "kind": group((one.row.kind, one) for one in answerable),
            "locale": group((one.locale, one) for one in answerable),
        },
        "no_answer": {"questions": len(unanswerable), "found_nothing": sum(not one.hits for one in unanswerable)},
        "failed": [
            {
                "at": str(one.row.location),
                "q": one.row.q,
                "answers": list(one.row.answers),
                "place": one.place,
                "first": list(one.hits[:3]),
            }
            for one in answerable
            if not 1 <= one.place <= 3
        ],
        "last_run": asdict(figures(before[name] for name in both)) if both else None,
        "worse": [_move(name, before, now) for name in worse],
        "better": [_move(name, before, now) for name in better],
    }


def _move(name: str, before: dict[str, int], now: dict[str, int]) -> dict[str, Any]:
    locale, _, text = name.partition("\t")
    return {"q": text, "locale": locale, "before": before[name], "now": now[name]}


def _show(result: dict[str, Any]) -> None:
    found, empty = result["figures"], result["no_answer"]
    rows = [("all", found["all"]), *(pair for kind in ("kind", "locale") for pair in found[kind].items())]
    width = max(len("questions"), *(len(name) for name, _ in rows))
    click.echo(f"{'':<{width}}  questions  success@1  success@3  MRR@{DEPTH}")
    for name, values in rows:
        one = Figures(**values)
        click.echo(f"{name:<{width}}  {one.questions:>9}  {one.success1:>9.3f}  {one.success3:>9.3f}  {one.mrr:>6.3f}")
    if empty["questions"]:
        click.echo(
            f"No answer is expected to {empty['questions']} more; {empty['found_nothing']} of them found nothing."
        )
    if result["failed"]:
        click.echo(f"\nNot among the first three ({len(result['failed'])}):")
    for one in result["failed"][:_SHOWN]:
        came = ", ".join(one["first"]) or "nothing"
        click.echo(f'  {one["at"]}: "{one["q"]}" {_place(one["place"])}; first came {came}')
    _more(result["failed"])
    if result["last_run"] is not None:
        worse, better = result["worse"], result["better"]
        both = result["last_run"]
        click.echo(
            f"\nSince the last run: {len(worse)} worse, {len(better)} better "
            f"(then success@1 {both['success1']:.3f}, success@3 {both['success3']:.3f}, MRR@{DEPTH} {both['mrr']:.3f})"
        )
        for name, moves in (("worse", worse), ("better", better)):
            for one in moves[:_SHOWN]:
                click.echo(f'  {name:<6}  {one["before"] or "–"} → {one["now"] or "–"}  "{one["q"]}"')
            _more(moves)


def _place(place: int) -> str:
    return f"at place {place}" if place else "not found"


def _more(listed: list[Any]) -> None:
    if len(listed) > _SHOWN:
        click.echo(f"  … and {len(listed) - _SHOWN} more; --json lists all")
