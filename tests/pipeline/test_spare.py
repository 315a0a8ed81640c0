"""The spare of the output: what it saves, and that nothing wrong ever comes of it."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from helpgen.cli import cli
from helpgen.model.build import Base
from helpgen.pipeline.manifest import MANIFEST, manifest_digest
from helpgen.pipeline.publish import publish, publish_changes
from tests.site_folder import SiteFolder

FILES = {"index.html": b"home", "zh/a/index.html": b"a", "zh/b/index.html": b"b", "search/zh/terms/0-abcd.json": b"[]"}
OTHER = {**FILES, "zh/a/index.html": b"another"}


class Place:
    """A site's folder: what is published to it, and what lies there afterwards."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.out = root / "build"
        self.spare = root / ".helpgen" / "spare"
        self.spare.parent.mkdir(parents=True)

    def publish(self, files: Mapping[str, bytes]) -> None:
        publish(files, self.out, sources=self.root, spare=self.spare)
        assert self.published == dict(files)
        # Nothing else is left beside it.
        assert sorted(path.name for path in self.root.iterdir()) == [".helpgen", "build"]

    @property
    def published(self) -> dict[str, bytes]:
        paths = (path for path in self.out.rglob("*") if path.is_file())
        found = {path.relative_to(self.out).as_posix(): path.read_bytes() for path in paths}
        del found[MANIFEST]
        return found

    @property
    def has_spare(self) -> bool:
        """Whether the spare has the very files of the output, and the same folders."""
        ours, theirs = (
            {path.relative_to(top): path.stat().st_ino if path.is_file() else 0 for path in top.rglob("*")}
            for top in (self.out, self.spare)
        )
        return ours == theirs


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path / "site")


def test_the_folder_of_before_the_last_change_is_used_again(place: Place) -> None:
    place.publish(FILES)
    assert not place.spare.exists()
    place.publish(OTHER)
    assert place.has_spare
    number, page = place.spare.stat().st_ino, (place.spare / "zh/b").stat().st_ino
    place.publish(FILES)
    assert place.has_spare
    assert place.out.stat().st_ino == number
    assert (place.out / "zh/b").stat().st_ino == page


def test_an_edit_of_what_was_published_uses_it_too(place: Place) -> None:
    place.publish(FILES)
    place.publish(OTHER)
    number = place.spare.stat().st_ino
    changed = {"zh/a/index.html": b"third", "zh/new/deep/index.html": b"new"}
    base = Base(manifest=manifest_digest(place.out), seen=0)
    publish_changes(changed, {"zh/b/index.html"}, place.out, base, sources=place.root, spare=place.spare)
    expected = {**OTHER, **changed}
    del expected["zh/b/index.html"]
    assert place.published == expected
    assert place.out.stat().st_ino == number
    assert place.has_spare
    assert not (place.out / "zh/b").exists()


# Files may turn into folders and folders into files.
NAMES = st.sampled_from(["a", "a/b", "a/b/c", "d/index.html", "d/e/index.html", "f", "g/h"])
SITES = st.dictionaries(NAMES, st.sampled_from([b"one", b"two", b"three"]), min_size=1).filter(
    lambda files: not any(other.startswith(f"{name}/") for name in files for other in files)
)


@settings(deadline=None, max_examples=60)
@given(sites=st.lists(SITES, min_size=3, max_size=8))
def test_any_site_follows_any_other(sites: list[dict[str, bytes]], tmp_path_factory: pytest.TempPathFactory) -> None:
    place = Place(tmp_path_factory.mktemp("spare") / "site")
    before: dict[str, bytes] | None = None
    for files in sites:
        place.publish(files)
        if before is not None and before != files:
            assert place.has_spare
        before = files


def rewrite(path: Path) -> None:
    """Another file of the same name and content."""
    data = path.read_bytes()
    path.unlink()
    path.write_bytes(data)


DAMAGES = {
    "a file more": lambda spare: (spare / "zh/stowaway.html").write_bytes(b"<script>"),
    "a folder more": lambda spare: (spare / "zh/empty").mkdir(),
    "a file less": lambda spare: (spare / "zh/b/index.html").unlink(),
    "another file": lambda spare: rewrite(spare / "zh/b/index.html"),
    "a link": lambda spare: ((spare / "index.html").unlink(), (spare / "index.html").symlink_to("/etc/hostname")),
    "a folder behind a link": lambda spare: (
        shutil.move(spare / "zh", spare.parent / "zh"),
        (spare / "zh").symlink_to("../zh"),
    ),
    "a file in its place": lambda spare: (shutil.rmtree(spare), spare.write_bytes(b"x")),
    "nothing": shutil.rmtree,
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_what_is_no_spare_is_not_used(damage: str, place: Place) -> None:
    place.publish(FILES)
    place.publish(OTHER)
    DAMAGES[damage](place.spare)
    place.publish(FILES)
    assert place.has_spare
    number = place.spare.stat().st_ino
    place.publish(OTHER)
    assert place.out.stat().st_ino == number


def test_the_spare_of_another_output_is_not_used(place: Place) -> None:
    place.publish(FILES)
    place.publish(OTHER)
    elsewhere = place.root / "elsewhere"
    publish({"index.html": b"else"}, elsewhere, sources=place.root, spare=place.spare)
    publish({"index.html": b"else again"}, elsewhere, sources=place.root, spare=place.spare)
    assert (elsewhere / "index.html").read_bytes() == b"else again"
    assert (place.spare / "index.html").samefile(elsewhere / "index.html")
    shutil.rmtree(elsewhere)
    place.publish(FILES)
    place.publish(OTHER)
    assert place.has_spare


def test_a_file_that_was_written_into_is_made_anew_in_both(place: Place) -> None:
    place.publish(FILES)
    place.publish(OTHER)
    with (place.out / "zh/b/index.html").open("ab") as handle:
        handle.write(b"by hand")
    assert (place.spare / "zh/b/index.html").read_bytes() == b"bby hand"
    place.publish(OTHER)
    assert (place.spare / "zh/b/index.html").read_bytes() == b"b"
    assert place.has_spare


def test_nothing_is_kept_behind_a_link(place: Place, tmp_path: Path) -> None:
    precious = tmp_path / "precious"
    precious.mkdir()
    (precious / "spare").mkdir()
    (precious / "spare" / "diary").write_text("dear")
    place.spare.parent.rmdir()
    place.spare.parent.symlink_to(precious)
    place.publish(FILES)
    place.publish(OTHER)
    assert [path.name for path in precious.rglob("*")] == ["spare", "diary"]


def second_disk() -> Path | None:
    """A folder on another file system than that of the temporary files."""
    own = Path(tempfile.gettempdir()).stat().st_dev
    places = (Path("/dev/shm"), Path(__file__).parent, Path.home())
    return next((place for place in places if os.access(place, os.W_OK) and place.stat().st_dev != own), None)


@pytest.mark.skipif(second_disk() is None, reason="all is one file system here")
def test_a_memory_on_another_file_system_has_none(place: Place) -> None:
    disk = second_disk()
    assert disk is not None
    with tempfile.TemporaryDirectory(prefix="helpgen-spare-", dir=disk) as elsewhere:
        place.spare = Path(elsewhere) / "spare"
        place.publish(FILES)
        place.publish(OTHER)
        place.publish(FILES)
        assert not place.spare.exists()


def test_a_build_keeps_one_with_its_memory_and_none_without(tmp_path: Path) -> None:
    site = SiteFolder.small(tmp_path / "site")
    spare = site.root / ".helpgen" / "spare"

    def build(*options: str) -> None:
        outcome = CliRunner().invoke(cli, ["build", "--site", str(site.root), *options])
        assert outcome.exit_code == 0, outcome.output

    build()
    build("--base-url", "https://one.example/")
    assert (spare / "sitemap.xml").samefile(site.root / "build" / "sitemap.xml")
    shutil.rmtree(site.root / ".helpgen")
    build("--base-url", "https://two.example/", "--no-cache")
    assert not spare.exists()
