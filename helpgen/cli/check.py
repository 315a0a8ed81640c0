"""`helpgen check`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from helpgen import report
from helpgen.cli import PROBLEMS
from helpgen.cli.options import drafts_option, jobs_option, json_option, site_option
from helpgen.cli.run import Request, run_build

EXAMPLE = """
\b
Examples:
  helpgen check
  helpgen check --strict --json > problems.json
"""


@click.command(epilog=EXAMPLE)
@site_option
@click.option("--strict", is_flag=True, help="Treat warnings as errors.")
@drafts_option
@jobs_option
@json_option
def command(site: Path, strict: bool, drafts: bool, jobs: int | None, as_json: bool) -> None:
    """Find every problem.

    Reads content, data, settings and theme, follows every link, #anchor and image, and renders every page, without
    writing the site. docs/checks.md explains each rule.
    """
    request = Request(site=site, drafts=drafts, jobs=jobs, quiet=as_json, check_only=True)
    with run_build(request) as (build, _):
        pass
    if as_json:
        report.show_json(report.build_json(build, None))
    else:
        report.show_diagnostics(build.diagnostics, info=True)
        articles = sum(sum(counts.values()) for counts in build.stats.articles.values())
        without = report.count_drafts(build.stats.drafts)
        left_out = f" {without} left out (--drafts checks them too)." if without else ""
        click.echo(f"Checked {articles} articles: {report.count_problems(build.diagnostics)}.{left_out}")
    if not build.ok or (strict and any(d.severity == "warning" for d in build.diagnostics)):
        sys.exit(PROBLEMS)
