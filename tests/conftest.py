"""What all tests share: a site in a temporary folder, and where to find optional material."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.chromium import find_chromium
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


@pytest.fixture(scope="session")
def node() -> str:
    """A Node: the system's, or the one that comes with Playwright."""
    found = shutil.which("node")
    if found:
        return found
    driver = pytest.importorskip("playwright._impl._driver", reason="neither node nor playwright is installed")
    return str(driver.compute_driver_executable()[0])


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real, headless Chromium. Without one the tests fail: what readers see is not optional."""
    executable = find_chromium(light=True)
    if executable is None:
        pytest.fail("no Chromium; run the tests as the README says (make test), or set HELPGEN_CHROMIUM")
    arguments = [
        "--no-sandbox",
        "--in-process-gpu",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--host-resolver-rules=MAP evil.example 127.0.0.1",
    ]
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=executable, args=arguments)
        yield launched
        launched.close()
