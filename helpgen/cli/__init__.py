"""The command line: parses arguments, calls, exits with a code.

    0  fine          1  problems in the input, or the output cannot be written
    2  wrong usage   3  a bug of ours

Each command is a module of this package, imported when it is run, so that `helpgen --help` answers at once.
"""

from __future__ import annotations

import atexit
import errno
import gc
import importlib
import sys
import traceback
from typing import Any, Final

import click

from helpgen import __version__

PROBLEMS: Final = 1
BUG: Final = 3

COMMANDS: Final = {
    "init": "Start a new help centre in a folder.",
    "new": "Write the beginning of an article.",
    "serve": "Preview the site; it reloads as you write.",
    "build": "Build the site into build/.",
    "check": "Find every problem without writing anything.",
    "search": "Ask the built search index.",
    "eval": "Measure the search with questions of your own.",
    "schema": "Print the JSON Schema of a file, for editors.",
}


class _Commands(click.Group):
    """A group whose commands are imported by name."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = importlib.import_module(f"helpgen.cli.{cmd_name}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            near = importlib.import_module("helpgen.model.suggest").did_you_mean(args[0], COMMANDS)
            raise click.UsageError(f"{error.message}" + (f" {near.capitalize()}" if near else "")) from None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="helpgen")
def cli() -> None:
    """Build searchable help centres from Markdown.

    \b
    Start here:
      helpgen init my-help
      cd my-help
      helpgen serve
    """


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and leave the process with its exit code."""
    if sys.platform == "win32":
        sys.exit(
            "helpgen runs on Linux and macOS. On Windows, use it in WSL: https://learn.microsoft.com/windows/wsl/install"
        )
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show Chinese gets escapes, never a crash.
        reconfigure: Any = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")
    # What is there at the end goes with the process: nobody need look for circles among millions of objects.
    atexit.register(gc.freeze)
    try:
        cli(args=arguments, prog_name="helpgen")
    except Exception as error:
        if isinstance(error, OSError) and error.filename is not None:
            # The machine, not a mistake of ours: a full disk, a missing right, too many open files.
            click.echo(click.style("error: ", fg="red", bold=True) + f"{error.filename}: {error.strerror}", err=True)
            sys.exit(PROBLEMS)
        if isinstance(error, MemoryError) or (isinstance(error, OSError) and error.errno == errno.ENOMEM):
            advice = "the memory of the machine ran out: end other programs, or try --jobs 1"
            click.echo(click.style("error: ", fg="red", bold=True) + advice, err=True)
            sys.exit(PROBLEMS)
        traceback.print_exc()
        click.echo("\nThis is a bug in helpgen, not in your site. Please report it with the lines above.", err=True)
        sys.exit(BUG)
