"""Real articles that were not written for helpgen: every place that is reported is the place of a link or image."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from helpgen.content.markdown import parse_body
from helpgen.content.sanitise import html_gate
from helpgen.model.config import Limits

LINK_RULES = {
    "markdown/undefined-reference",
    "markdown/empty-link",
    "link/scheme",
    "link/misleading",
    "image/remote",
    "image/alt",
}


@pytest.mark.corpora
@pytest.mark.parametrize("corpus", ["arduino-help", "tidb-docs-zh"])
def test_places_of_links(shared_folder: Path, corpus: str) -> None:
    files = sorted((shared_folder / "corpora" / corpus).rglob("*.md"))
    if not files:
        pytest.skip(f"no corpus {corpus} in {shared_folder}")
    checked = 0
    for file in files[::3]:
        text = re.sub(r"\A---\n.*?\n---\n", "", file.read_text("utf-8"), flags=re.DOTALL)
        outcome = parse_body(text, path=file.name, first_line=1, kind="article", limits=Limits())
        assert outcome.value is not None
        places = [reference.location for reference in outcome.value.references]
        places += [d.location for d in outcome.diagnostics if d.rule in LINK_RULES]
        lines = text.split("\n")
        for place in places:
            assert lines[place.line - 1][place.column - 1 :].startswith(("[", "![", "<", "http")), f"{file}:{place}"
        checked += len(places)
        html = "".join(piece for piece in outcome.value.pieces if isinstance(piece, str))
        assert html_gate(html.replace(' id="h-', ' id="').replace(' id="fn-', ' id="\ufdd2')) == html, file
    assert checked > 200
