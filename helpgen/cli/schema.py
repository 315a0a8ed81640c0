"""`helpgen schema`."""

from __future__ import annotations

import click

from helpgen import report
from helpgen.content.json_schemas import json_schemas

EXAMPLE = """
\b
Example:
  helpgen schema config > helpgen.schema.json
"""


@click.command(epilog=EXAMPLE)
@click.argument("name", type=click.Choice(sorted(json_schemas())))
def command(name: str) -> None:
    """Print a JSON Schema.

    Editors that know JSON Schema complete and check front matter, helpgen.yaml and the data files with it.
    """
    report.show_json(json_schemas()[name])
