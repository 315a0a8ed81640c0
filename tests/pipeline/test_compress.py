"""Compressed files beside the text files of a build: they unpack to the same, are smaller, and are the same every time."""

from __future__ import annotations

import gzip
import hashlib
from pathlib import Path

import brotli
import pytest
from click.testing import CliRunner, Result

from helpgen.cli import cli
from helpgen.pipeline import compress
from helpgen.pipeline.compress import SMALLEST, compress_files
from helpgen.pipeline.memo import Memo
from helpgen.pipeline.workers import WORTH_A_PROCESS, Inline, Workers
from tests.site_folder import SiteFolder

TEXT = "充币没有到账怎么办 deposit not arrived\n".encode() * 40
FILES = {
    "zh/index.html": TEXT,
    "search/zh/terms.json": TEXT + b"[]",
    "assets/media/a.png": TEXT,
    "robots.txt": b"x" * (SMALLEST - 1),
    # Nothing to squeeze: the digest of each number.
    "assets/noise.js": b"".join(hashlib.sha256(bytes([number])).digest() for number in range(64)),
}


def test_texts_get_both_and_the_rest_stays_as_it_was() -> None:
    files = compress_files(FILES, Inline())
    assert FILES.items() <= files.items()
    beside = files.keys() - FILES.keys()
    assert beside == {
        f"{path}.{ending}" for path in ("zh/index.html", "search/zh/terms.json") for ending in ("br", "gz")
    }
    for path in ("zh/index.html", "search/zh/terms.json"):
        assert brotli.decompress(files[f"{path}.br"]) == gzip.decompress(files[f"{path}.gz"]) == FILES[path]
        assert len(files[f"{path}.br"]) < len(FILES[path])


def test_the_same_bytes_here_in_other_processes_and_from_memory(tmp_path: Path) -> None:
    files = {f"page-{number}/index.html": TEXT + str(number).encode() for number in range(WORTH_A_PROCESS)}
    here = compress_files(files, Inline())
    with Workers(2) as workers:
        assert compress_files(files, workers) == here
    for _ in range(2):
        with Memo(tmp_path, Inline()) as memo:
            assert compress_files(files, memo) == here
            hits = dict(memo.hits)
    assert hits["compress"] == (WORTH_A_PROCESS, WORTH_A_PROCESS)


def build(site: SiteFolder, *options: str) -> Result:
    return CliRunner().invoke(cli, ["build", "--site", str(site.root), "--jobs", "1", *options])


def test_the_option_writes_them_and_a_build_without_it_takes_them_away(site: SiteFolder) -> None:
    page = site.root / "build/zh/index.html"
    assert build(site, "--compress").exit_code == 0
    assert brotli.decompress(page.with_name("index.html.br").read_bytes()) == page.read_bytes()
    assert build(site, "--compress").exit_code == 0
    assert page.with_name("index.html.gz").is_file()
    assert build(site).exit_code == 0
    assert list((site.root / "build").rglob("*.br")) == []


def test_without_the_library_the_option_says_what_to_install(site: SiteFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compress, "LIBRARY", "helpgen_has_no_such_library")
    result = build(site, "--compress")
    assert result.exit_code == 2
    assert "pip install 'helpgen[compress]'" in result.output
    assert not (site.root / "build").exists()
