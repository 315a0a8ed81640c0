"""Diagnostics and figures -> terminal, JSON, annotations of a CI service.

content/zh/deposits/not-arrived.md:4:1: error: unknown field "catgory" [front-matter/unknown-field]
    catgory: deposits
    ^~~~~~~
  hint: did you mean "category"?
"""

from __future__ import annotations

import json
import os
import sys
import time
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from typing import Any

import click

from helpgen.model.build import Build, Changes, SearchProof
from helpgen.model.diagnostic import Diagnostic

_COLOURS = {"error": "red", "warning": "yellow", "info": "blue"}
# More than this nobody reads on a screen; `--json` has them all.
SCREEN_LIMIT = 100
_EXCERPT_WIDTH = 110
_FOREIGN_SHOWN = 3
# What a whole site may be meant to do without; said once in the summary, not at each place.
_NOTES = {
    "site/no-base-url": "base_url is not set: no sitemap, no canonical links",
    "link/example": "links or channels lead to example.com: helpgen check lists them",
}
_PROGRESS_SECONDS = 0.1


def show_diagnostics(diagnostics: Sequence[Diagnostic], *, info: bool = False) -> None:
    """Print problems to standard error, errors last (so that they are what stays on the screen)."""
    shown = [d for d in diagnostics if info or d.severity != "info"]
    ordered = sorted(shown, key=lambda d: d.severity == "error")
    hidden = max(0, len(ordered) - SCREEN_LIMIT)
    for diagnostic in ordered[hidden:]:
        click.echo(format_diagnostic(diagnostic), err=True)
    if hidden:
        click.echo(f"… and {hidden} more before these; --json lists all", err=True)
    if os.environ.get("GITHUB_ACTIONS") == "true":
        for diagnostic in shown:
            click.echo(_annotation(diagnostic), err=True)


def format_diagnostic(diagnostic: Diagnostic) -> str:
    """One problem with its source line, a caret and a hint."""
    word = click.style(diagnostic.severity, fg=_COLOURS[diagnostic.severity], bold=True)
    place = click.style(_plain(str(diagnostic.location)), bold=True)
    rule = click.style(f"[{diagnostic.rule}]", dim=True)
    lines = [f"{place}: {word}: {_plain(diagnostic.message)} {rule}"]
    if diagnostic.excerpt and diagnostic.location.column:
        lines += _pointed(diagnostic)
    if diagnostic.hint:
        lines.append(f"  hint: {_plain(diagnostic.hint)}")
    return "\n".join(lines)


def _pointed(diagnostic: Diagnostic) -> list[str]:
    """The source line and a line with the caret; a long line is cut around the place."""
    text, start = diagnostic.excerpt, diagnostic.location.column - 1
    cut = max(0, start - _EXCERPT_WIDTH // 2) if len(text) > _EXCERPT_WIDTH else 0
    shown = text[cut : cut + _EXCERPT_WIDTH]
    head = _plain(shown[: start - cut])
    length = max(1, min(diagnostic.location.length, len(shown) - (start - cut)))
    under = _width(_plain(shown[start - cut : start - cut + length])) or 1
    left, right = "…" if cut else "", "…" if cut + len(shown) < len(text) else ""
    caret = " " * (_width(head) + len(left)) + "^" + "~" * (under - 1)
    return [f"    {left}{_plain(shown)}{right}", "    " + click.style(caret, fg=_COLOURS[diagnostic.severity])]


def _width(text: str) -> int:
    """Columns on a terminal: a Chinese character takes two."""
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _plain(text: str) -> str:
    """No control or direction characters reach the terminal: a file name must not steer it."""
    return "".join(
        c if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Zl", "Zp") else f"\\u{ord(c):04x}" for c in text
    )


def _annotation(diagnostic: Diagnostic) -> str:
    kind = {"error": "error", "warning": "warning", "info": "notice"}[diagnostic.severity]
    place = diagnostic.location
    message = diagnostic.message.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return f"::{kind} file={place.path},line={max(place.line, 1)},col={max(place.column, 1)}::{message}"


def diagnostic_json(diagnostic: Diagnostic) -> dict[str, Any]:
    """A diagnostic for programs; line and column count from 1, 0 means the file as a whole."""
    place = diagnostic.location
    return {
        "rule": diagnostic.rule,
        "severity": diagnostic.severity,
        "file": place.path,
        "line": place.line,
        "column": place.column,
        "message": diagnostic.message,
        "hint": diagnostic.hint,
    }


def show_json(value: object) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def count_problems(diagnostics: Iterable[Diagnostic]) -> str:
    """For example "2 errors, 1 warning"; "no problems" if there is nothing to mend."""
    counts = {"error": 0, "warning": 0}
    for diagnostic in diagnostics:
        if diagnostic.severity in counts:
            counts[diagnostic.severity] += 1
    parts = [f"{count} {word}{'s' if count > 1 else ''}" for word, count in counts.items() if count]
    return ", ".join(parts) or "no problems"


def build_json(build: Build, changes: Changes | None) -> dict[str, Any]:
    """The whole outcome of a build for programs."""
    stats = build.stats
    result: dict[str, Any] = {
        "ok": build.ok,
        "diagnostics": [diagnostic_json(d) for d in build.diagnostics],
        "articles": stats.articles,
        "drafts_left_out": stats.drafts,
        "pages": stats.pages,
        "search": {"documents": stats.index_documents, "bytes": stats.index_bytes},
        "seconds": {step: round(seconds, 4) for step, seconds in stats.seconds.items()},
        "remembered": {step: {"known": known, "of": total} for step, (known, total) in stats.remembered.items()},
    }
    if stats.proof is not None:
        result["proof"] = asdict(stats.proof)
    if changes is not None:
        result["changes"] = {
            "written": list(changes.written),
            "removed": list(changes.removed),
            "unchanged": changes.unchanged,
            "foreign": list(changes.foreign),
        }
    return result


def show_summary(build: Build, changes: Changes, out: str) -> None:
    """What a build made, on a few lines."""
    stats = build.stats
    total = sum(stats.seconds.values())
    click.echo(click.style(f"Built {out} in {total:.1f} s", bold=True) + f" · {count_problems(build.diagnostics)}")
    for line in _article_table(stats.articles):
        click.echo(f"  {line}")
    written, removed = len(changes.written), len(changes.removed)
    click.echo(f"  files    {written} written, {changes.unchanged} unchanged, {removed} removed ({stats.pages} pages)")
    if changes.foreign:
        click.echo(f"  foreign  {_foreign(changes.foreign)}")
    if stats.drafts:
        click.echo(f"  drafts   {count_drafts(stats.drafts)} left out (--drafts shows them)")
    if stats.index_documents:
        click.echo(f"  search   {_bytes(stats.index_bytes)} for {stats.index_documents} documents")
    if stats.proof is not None:
        click.echo(f"  proof    {_proof(stats.proof)}")
    steps = " · ".join(f"{step} {seconds:.2f} s" for step, seconds in stats.seconds.items())
    click.echo(f"  time     {steps}")
    noted = {diagnostic.rule for diagnostic in build.diagnostics if diagnostic.severity == "info"}
    for rule, note in _NOTES.items():
        if rule in noted:
            click.echo(f"  note     {note} {click.style(f'[{rule}]', dim=True)}")


def count_drafts(count: int) -> str:
    """For example "2 drafts"; "" for none."""
    return f"{count} draft{'s' if count > 1 else ''}" if count else ""


def _foreign(paths: Sequence[str]) -> str:
    """For example "2 of the removed were not written by helpgen: CNAME, mine.txt"."""
    shown = ", ".join(_plain(path) for path in paths[:_FOREIGN_SHOWN])
    more = ", …" if len(paths) > _FOREIGN_SHOWN else ""
    return f"{len(paths)} of the removed {'was' if len(paths) == 1 else 'were'} not written by helpgen: {shown}{more}"


def _proof(proof: SearchProof) -> str:
    """For example "300 of 1,204 questions asked of the shipped index, all answered (node)"."""
    answered = "all answered" if not proof.failed else f"{proof.failed:,} not answered"
    by = f"{proof.by}; {proof.note}" if proof.note else proof.by
    asked = (
        f"{proof.asked:,} questions, a sample,"
        if proof.total is None
        else f"{proof.asked:,} of {proof.total:,} questions"
    )
    return f"{asked} asked of the shipped index, {answered} ({by})"


def _article_table(articles: dict[str, dict[str, int]]) -> list[str]:
    """Articles by category (rows) and locale (columns)."""
    locales = list(articles)
    categories = sorted({name for counts in articles.values() for name in counts})
    width = max([len("articles"), *(len(name) for name in categories)])
    columns = [max(len(code), 5) for code in locales]

    def row(name: str, cells: Iterable[str]) -> str:
        return f"{name:<{width}}  " + "  ".join(f"{cell:>{size}}" for cell, size in zip(cells, columns, strict=True))

    lines = [row("articles", locales)]
    for name in categories:
        lines.append(row(name or "(no category)", (str(articles[code].get(name, 0)) for code in locales)))
    if len(categories) > 1:
        lines.append(row("total", (str(sum(articles[code].values())) for code in locales)))
    return lines


def _bytes(count: int) -> str:
    return f"{count / 1000:.0f} kB" if count < 1_000_000 else f"{count / 1_000_000:.1f} MB"


def progress_line() -> Callable[[str, int, int], None]:
    """A progress bar on standard error, if that is a terminal; it stays on one line and is gone at the end."""
    if not sys.stderr.isatty():
        return lambda _step, _done, _total: None
    last = [0.0]

    def show(step: str, done: int, total: int) -> None:
        now = time.monotonic()
        if done < total and now - last[0] < _PROGRESS_SECONDS:
            return
        last[0] = now
        filled = 24 * done // max(total, 1)
        bar = "█" * filled + "░" * (24 - filled)
        end = "\r\x1b[K" if done >= total else ""
        click.echo(f"\r{step:<8} {bar} {done:>6} / {total}{end}", nl=False, err=True)

    return show
