"""Where this machine's Chromium is: for the tests, the audit and the benchmarks."""

from __future__ import annotations

import os
import shutil
from typing import Final

# In make.py are the same names.
_WITH_WINDOWS: Final = ("chromium", "chromium-browser", "google-chrome")
# Debian's build without windows takes a quarter less of the processor for the same tests.
_WITHOUT: Final = ("chromium-headless-shell",)


def find_chromium(*, light: bool = False) -> str | None:
    """The path of Chromium, or of what HELPGEN_CHROMIUM names; `light` prefers the one without windows. None if there is none."""
    names = (*_WITHOUT, *_WITH_WINDOWS) if light else (*_WITH_WINDOWS, *_WITHOUT)
    return os.environ.get("HELPGEN_CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
