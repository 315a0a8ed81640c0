"""The client in a real Chromium, in the page and in a worker, fetching real files."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from helpgen.search.characters import DATA
from tests.browser.conftest import served

PAGE = """<!doctype html><meta charset="utf-8"><title>search</title><script type="module" src="page.js"></script>"""
ASK = """import { openSearch } from "./client/engine.js";
const ask = async () => (await openSearch({ base: new URL("search/", BASE).href, locale: "zh" }).search("充值没到账")).hits[0].key;
"""
SCRIPT = f"""const BASE = location.href; {ASK}
document.title = await ask();
const worker = new Worker("worker.js", {{ type: "module" }});
worker.onmessage = ({{ data }}) => {{ document.title += " " + data; }};
"""
WORKER = f"""const BASE = location.href; {ASK}
ask().then((key) => postMessage(key));
"""


@pytest.fixture
def address(tmp_path: Path, shards: dict[str, dict[str, bytes]]) -> Iterator[str]:
    """A site of one page with the sample's Chinese index, served on loopback."""
    shutil.copytree(DATA.parent / "shipped", tmp_path / "client")
    for name, data in shards["zh"].items():
        target = tmp_path / "search" / "zh" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    for name, text in {"index.html": PAGE, "page.js": SCRIPT, "worker.js": WORKER}.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    with served(tmp_path) as site:
        yield site.address


@pytest.mark.browser
def test_page_and_worker_find_the_article(browser: Browser, address: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(address)
    page.wait_for_function("() => document.title.split(' ').length === 2", timeout=20_000)
    assert page.title() == "zh/deposits/not-arrived zh/deposits/not-arrived"
    context.close()
