"""A preview of a small site, once for all tests that only ask, and once for each that changes it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from audit.paths import CANARY
from tests.server.preview_process import Preview
from tests.site_folder import SiteFolder


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
