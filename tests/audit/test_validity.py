"""Every page of the demo is valid HTML, for html-validate and for the Nu checker."""

from __future__ import annotations

from pathlib import Path

import pytest

from audit.validity import check_html, missing_tool
from helpgen.pipeline.build import build_site
from helpgen.pipeline.options import BuildOptions
from helpgen.pipeline.read import read_search_client, read_site
from helpgen.pipeline.workers import Inline
from tests.conftest import ROOT

pytestmark = pytest.mark.skipif(bool(missing_tool()), reason=missing_tool())


def test_every_page_of_the_demo(tmp_path: Path) -> None:
    options = BuildOptions(search_client=read_search_client(), preview=True)
    for path, data in build_site(read_site(ROOT), Inline(), options).files.items():
        if path.endswith(".html"):
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_bytes(data)
    pages, errors = check_html(tmp_path)
    assert pages > 100
    assert errors == []


def test_the_checkers_know_a_mistake(tmp_path: Path) -> None:
    page = '<!doctype html><html lang="en"><head><title>x</title></head><body><p><div></p></div><b foo=1></b></body></html>'
    (tmp_path / "a.html").write_text(page, encoding="utf-8")
    _, errors = check_html(tmp_path)
    assert any(error.endswith("[nu]") for error in errors)
    assert any("[close-order]" in error for error in errors)
