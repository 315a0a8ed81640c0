"""`helpgen build`."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import click

from helpgen import report
from helpgen.cli import PROBLEMS
from helpgen.cli.options import (
    SPARE,
    cache_option,
    drafts_option,
    jobs_option,
    json_option,
    out_folder,
    out_option,
    site_option,
    wrong_value,
)
from helpgen.cli.run import Request, run_build
from helpgen.model.config import BACKENDS
from helpgen.pipeline.compress import can_compress
from helpgen.pipeline.manifest import MANIFEST, published_files
from helpgen.pipeline.memo import Memo
from helpgen.pipeline.publish import PublishError, publish_build
from helpgen.pipeline.standing import keep_standing

EXAMPLE = """
\b
Examples:
  helpgen build
  helpgen build --strict --base-url https://help.example.com/
  helpgen build --compress
  helpgen build --site docs --out public --json
  helpgen build --offline --out handbook
"""


def _base_url(context: click.Context, option: click.Parameter, text: str) -> str:  # noqa: ARG001
    """The address as helpgen.yaml would have it; what it refuses there is wrong usage here."""
    if not text:
        return ""
    # A build of which nothing is made needs no parser.
    from helpgen.content.addresses import BaseUrl
    from helpgen.content.schema import read_argument

    read = read_argument(text, BaseUrl(), "--base-url")
    if read.value is None:
        raise wrong_value(read.diagnostics[0], "--base-url")
    return str(read.value)


@click.command(epilog=EXAMPLE)
@site_option
@out_option
@click.option("--strict", is_flag=True, help="Treat warnings as errors, and prove the whole search.")
@jobs_option
@cache_option
@drafts_option
@click.option("--compress", is_flag=True, help="Write .br and .gz beside every text file.")
@click.option(
    "--base-url",
    default="",
    callback=_base_url,
    help="The address at which the site will be served; overrides helpgen.yaml.",
)
@click.option(
    "--search",
    type=click.Choice(tuple(BACKENDS)),
    help="Which search index to make; overrides search.backend of helpgen.yaml.",
)
@click.option("--offline", is_flag=True, help="Make a site that is opened from a disk (file://), search included.")
@json_option
def command(
    site: Path,
    out: Path | None,
    strict: bool,
    jobs: int | None,
    no_cache: bool,
    drafts: bool,
    compress: bool,
    base_url: str,
    search: str | None,
    offline: bool,
    as_json: bool,
) -> None:
    """Build the site.

    Writes the finished site to build/ in one step: after an error, the old site is still there, whole. A second build
    makes again only what changed. Before it is written, questions of the articles are asked of the search, to see that
    each article is found.
    """
    if compress and not can_compress():
        raise click.UsageError("--compress needs the library brotli: pip install 'helpgen[compress]'")
    target = out_folder(site, out)
    request = Request(
        site=site,
        out=target,
        drafts=drafts,
        base_url=base_url,
        jobs=jobs,
        cache=not no_cache,
        quiet=as_json,
        proof="whole" if strict else "sample",
        backends=BACKENDS[search] if search else (),
        offline=offline,
        compress=compress,
    )
    with run_build(request) as (build, run):
        refused = not build.ok or (strict and any(d.severity == "warning" for d in build.diagnostics))
        changes = None
        failure = ""
        if not refused:
            try:
                with run.report.step("publish"):
                    # Where only texts have changed, every file there is known to be ours.
                    ours = published_files(target) if build.unchanged is None else frozenset()
                    changes = publish_build(build, target, sources=site, spare=None if no_cache else site / SPARE)
                if ours:
                    changes = replace(changes, foreign=tuple(path for path in changes.removed if path not in ours))
                if isinstance(run, Memo):
                    keep_standing(run, build, changes, target)
            except PublishError as error:
                failure = str(error)
    if as_json:
        report.show_json({**report.build_json(build, changes), **({"failure": failure} if failure else {})})
    else:
        report.show_diagnostics(build.diagnostics)
        if changes is not None:
            report.show_summary(build, changes, f"{target}/")
        elif failure:
            click.echo(click.style("error: ", fg="red", bold=True) + failure, err=True)
        else:
            why = "" if not build.ok else " (--strict)"
            old = " The old site is as it was." if (target / MANIFEST).is_file() else ""
            click.echo(f"Not built: {report.count_problems(build.diagnostics)}{why}.{old}", err=True)
    if refused or failure:
        sys.exit(PROBLEMS)
