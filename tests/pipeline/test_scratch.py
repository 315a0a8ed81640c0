"""The folder in which Node asks the search: gone with its block, and after a kill with the next build."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from helpgen.cli import cli
from helpgen.pipeline.scratch import clear_scratch, scratch_folder
from tests.site_folder import SiteFolder

_HOLDS_ONE = "from helpgen.pipeline.scratch import scratch_folder as s\nwith s() as f: print(f, flush=True); input()"


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Temporary files of this test only."""
    place = tmp_path / "tmp"
    place.mkdir()
    monkeypatch.setenv("TMPDIR", str(place))
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    return place


def test_it_is_gone_after_its_block(place: Path) -> None:
    with scratch_folder() as folder:
        (folder / "file").write_text("x")
        assert list(place.iterdir()) == [folder]
        clear_scratch()
        assert (folder / "file").exists()
    assert list(place.iterdir()) == []


def test_what_a_killed_process_left_is_taken_away_and_what_a_living_one_has_is_not(place: Path) -> None:
    command = [sys.executable, "-c", _HOLDS_ONE]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        folder = Path(process.stdout.readline().strip())
        assert folder.parent == place
        clear_scratch()
        assert folder.is_dir()
        process.kill()
        process.wait()
        clear_scratch()
        assert not folder.exists()


def test_what_is_not_ours_stays(place: Path, tmp_path: Path) -> None:
    precious = tmp_path / "precious"
    precious.mkdir()
    (precious / "file").write_text("x")
    (place / "helpgen-canaries-link").symlink_to(precious)
    (place / "helpgen-canaries-file").write_text("x")
    (place / "else").mkdir()
    clear_scratch()
    assert (precious / "file").exists()
    assert {path.name for path in place.iterdir()} == {"helpgen-canaries-link", "helpgen-canaries-file", "else"}


def test_a_build_that_makes_nothing_clears_too(place: Path, site: SiteFolder) -> None:
    arguments = ["build", "--site", str(site.root), "--jobs", "1"]
    assert CliRunner().invoke(cli, arguments).exit_code == 0
    (place / "helpgen-canaries-left").mkdir()
    assert CliRunner().invoke(cli, arguments).exit_code == 0
    assert list(place.iterdir()) == []
