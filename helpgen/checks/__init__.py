"""Checks of the site as a whole: facts -> diagnostics. Each check is a function and a row of the table `CHECKS`.
`unknown_icons` asks the theme as well.

What one file shows by itself is checked where that file is read, and links where they are resolved.
"""

from helpgen.checks.icons import unknown_icons
from helpgen.checks.settings import check_settings
from helpgen.checks.table import CHECKS, check_site

__all__ = ["CHECKS", "check_settings", "check_site", "unknown_icons"]
