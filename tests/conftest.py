"""What all tests share: a site in a temporary folder, and where to find optional material."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.site_folder import SiteFolder

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def site(tmp_path: Path) -> SiteFolder:
    """A small two-language site, to be changed and built."""
    return SiteFolder.small(tmp_path / "site")


@pytest.fixture(scope="session")
def shared_folder() -> Path:
    """Real articles and inputs from outside the project; what needs them is skipped where they are missing."""
    folder = Path(os.environ.get("HELPGEN_SHARED", ROOT.parent / "shared")).resolve()
    if not folder.is_dir():
        pytest.skip(f"no shared folder at {folder} (set HELPGEN_SHARED)")
    return folder
