"""`helpgen serve`."""

from __future__ import annotations

import os
import sys
import threading
import webbrowser
from pathlib import Path
from typing import Final

import click

from helpgen import report
from helpgen.cli import PROBLEMS
from helpgen.cli.options import CACHE, is_site, site_option
from helpgen.content.config import missing_config
from helpgen.server.live import Options, Rebuilt
from helpgen.server.preview import Listeners, run_preview
from helpgen.server.serve import LOOPBACK, bind, printable

DEFAULT_PORT: Final = 8000
EXAMPLE = """
\b
Examples:
  helpgen serve
  helpgen serve --site docs --port 8080 --open
"""


@click.command(epilog=EXAMPLE)
@site_option
@click.option(
    "--port",
    type=click.IntRange(0, 65_535),
    default=None,
    help="Port to serve on.  [default: 8000, or the next free one]",
)
@click.option("--open", "open_browser", is_flag=True, help="Open the preview in the browser.")
@click.option("--no-drafts", is_flag=True, help="Leave drafts out, as in `helpgen build`.")
def command(site: Path, port: int | None, open_browser: bool, no_drafts: bool) -> None:
    """Preview the site; it reloads as you write.

    Serves on this machine only. When a file is saved, the pages that changed reload where they are, and a problem is
    shown in the page with its file and line, until it is mended. Nothing is written to build/. Ctrl-C ends it.
    """
    if not is_site(site):
        report.show_diagnostics([missing_config()])
        sys.exit(PROBLEMS)
    try:
        listener = bind(DEFAULT_PORT if port is None else port, strict=port is not None)
    except OSError as error:
        where = f"port {port}" if port is not None else f"a port from {DEFAULT_PORT} on"
        click.echo(click.style("error: ", fg="red", bold=True) + f"cannot serve on {where}: {error.strerror}", err=True)
        sys.exit(PROBLEMS)
    address = f"http://{LOOPBACK}:{listener.getsockname()[1]}/"

    def ready() -> None:
        click.echo(f"Preview at {click.style(address, bold=True)} · Ctrl-C ends it")
        if open_browser:
            threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()

    options = Options(site=site, base_url=address, drafts=not no_drafts, jobs=os.cpu_count() or 1, cache=site / CACHE)
    listeners = Listeners(log=_log, rebuilt=_show, progress=report.progress_line(), ready=ready)
    run_preview(listener, options, listeners)
    click.echo("The preview has ended.")


def _log(line: str) -> None:
    click.echo(click.style(line, dim=True))


def _show(rebuilt: Rebuilt) -> None:
    """One line for a build, and the problems that it found."""
    build = rebuilt.build
    if rebuilt.bug:
        click.echo(rebuilt.bug + "\nThis is a bug in helpgen, not in your site. Please report it.", err=True)
    report.show_diagnostics(rebuilt.new)
    took = f"{rebuilt.seconds:.1f} s" if rebuilt.seconds >= 1 else f"{rebuilt.seconds * 1000:.0f} ms"
    subject = "Built" if rebuilt.first else f"{_sources(rebuilt.sources)} changed →"
    if build is None or not build.ok:
        problems = report.count_problems(build.diagnostics) if build is not None else "failed"
        rest = "nothing to show yet" if rebuilt.first else "the last good pages stay"
        click.echo(f"{subject} {click.style(problems, fg='red', bold=True)} in {took}; {rest}")
    elif rebuilt.first:
        click.echo(f"{subject} {_count(build.stats.pages)} in {took} · {report.count_problems(build.diagnostics)}")
    else:
        click.echo(f"{subject} {_outcome(rebuilt)} in {took}")


def _sources(paths: tuple[str, ...]) -> str:
    first = printable(paths[0]) if paths else "the site's files"
    return first if len(paths) < 2 else f"{first} and {len(paths) - 1} more"


def _outcome(rebuilt: Rebuilt) -> str:
    if rebuilt.pages:
        return _count(len(rebuilt.pages))
    return "styles" if rebuilt.styles else "no page"


def _count(pages: int) -> str:
    return f"{pages} page{'' if pages == 1 else 's'}"
