"""Options that several commands share."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from helpgen.model.diagnostic import Diagnostic
from helpgen.pipeline.read import CONFIG_NAMES

CACHE = Path(".helpgen") / "cache"
SPARE = Path(".helpgen") / "spare"

site_option: Callable[[Any], Any] = click.option(
    "--site",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=Path(),
    help="Folder of the site, with its helpgen.yaml.  [default: here]",
)
out_option: Callable[[Any], Any] = click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=None,
    help="Folder for the built site.  [default: build/ in the site]",
)
json_option: Callable[[Any], Any] = click.option(
    "--json", "as_json", is_flag=True, help="Print the outcome as JSON, for programs."
)
drafts_option: Callable[[Any], Any] = click.option("--drafts", is_flag=True, help="Include drafts.")
jobs_option: Callable[[Any], Any] = click.option(
    "--jobs", type=click.IntRange(1, 64), default=None, help="Processes to use.  [default: one per processor]"
)
cache_option: Callable[[Any], Any] = click.option(
    "--no-cache", is_flag=True, help="Do not use what earlier builds remembered."
)


def wrong_value(found: Diagnostic, option: str) -> click.BadParameter:
    """What is wrong with an argument that was read as a field of a file would be."""
    return click.BadParameter(f"{found.message}; {found.hint}" if found.hint else found.message, param_hint=option)


def out_folder(site: Path, out: Path | None) -> Path:
    """Where the site goes."""
    return out if out is not None else site / "build"


def is_site(folder: Path) -> bool:
    """Whether settings stand there. In any other folder nothing is written: a command was run in the wrong place."""
    return any(os.path.lexists(folder / name) for name in CONFIG_NAMES)
