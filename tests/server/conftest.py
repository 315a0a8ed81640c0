"""A preview of a small site, once for all tests that only ask, and once for each that changes it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.server.preview_process import Preview
from tests.site_folder import SiteFolder

CANARY = "canary-that-must-stay-outside"


@pytest.fixture(scope="session")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    """A preview that no test changes. A canary lies beside and within its site, where no page may show it."""
    folder = tmp_path_factory.mktemp("asked")
    (folder / "canary.txt").write_text(CANARY)
    site = SiteFolder.small(folder / "site")
    site.write("content/canary.txt", CANARY).write(".env", CANARY).write("build/index.html", CANARY)
    (site.root / "build" / "leak").symlink_to(folder)
    site.write("content/zh/deposits/canary.md.bak", CANARY)
    preview = Preview.start(site.root, "--port", "0")
    preview.wait_for("Built")
    yield preview
    preview.stop()


@pytest.fixture
def preview(site: SiteFolder) -> Iterator[Preview]:
    """A preview of `site`, ready."""
    started = Preview.start(site.root, "--port", "0")
    started.wait_for("Built")
    yield started
    started.stop()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    executable = os.environ.get("HELPGEN_CHROMIUM") or shutil.which("chromium")
    if executable is None or not Path(executable).exists():
        pytest.skip("no Chromium (set HELPGEN_CHROMIUM)")
    with sync_playwright() as playwright:
        arguments = [
            "--no-sandbox",
            "--disable-gpu",
            "--disable-background-networking",
            "--host-resolver-rules=MAP evil.example 127.0.0.1",
        ]
        launched = playwright.chromium.launch(executable_path=executable, args=arguments)
        yield launched
        launched.close()
