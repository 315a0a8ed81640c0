"""What the fork server imports once, so that a command need not."""

import helpgen.cli.build
import helpgen.cli.check
import helpgen.cli.search

__all__ = ["helpgen"]
