"""The sites whose builds are killed, each before and after an edit that writes, changes and removes pages."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
STARTER = ROOT / "helpgen" / "starter"
ONE_PAGE = {
    "helpgen.yaml": "title: One\nlocales: {en: {name: English}}\n",
    "content/a.md": "---\ntitle: A\n---\nText.\n",
}


@dataclass(frozen=True, kw_only=True)
class Site:
    """`make(folder)` writes its sources. A `warm` one is built from memory: what is struck is its publishing.

    That costs a third of a build that must first make what it publishes, and its calls are the same.
    """

    name: str
    make: Callable[[Path], None]
    warm: bool = False


def edit(folder: Path, number: int = 1) -> None:
    """Another title for one article, another body for a second, a new one, and the one of the edit before gone."""
    articles = sorted(path for path in folder.glob("content/**/*.md") if not path.name.startswith("_"))
    first = articles[0].read_text(encoding="utf-8")
    articles[0].write_text(
        re.sub(r"(?m)^title: .*$", f"title: Another title {number}", first, count=1), encoding="utf-8"
    )
    if len(articles) > 2:
        with articles[1].open("a", encoding="utf-8") as handle:
            handle.write("\nOne sentence more.\n")
    (articles[0].parent / f"quite-new-{number - 1}.md").unlink(missing_ok=True)
    (articles[0].parent / f"quite-new-{number}.md").write_text(
        "---\ntitle: Quite new\n---\nText of it.\n", encoding="utf-8"
    )


def sources_of(name: str) -> Callable[[Path], None]:
    """The writer of a site's sources: "one" page, the "starter" of `helpgen init`, the "demo" of this repository."""
    return {"one": _one, "starter": _starter, "demo": _demo}[name]


def files_of(folder: Path) -> Mapping[str, bytes]:
    """Every file of a folder by its path in it; nothing for a folder that is not there."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def _one(folder: Path) -> None:
    for name, text in ONE_PAGE.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


def _starter(folder: Path) -> None:
    shutil.copytree(STARTER, folder)


def _demo(folder: Path) -> None:
    shutil.copytree(ROOT / "content", folder / "content")
    shutil.copy(ROOT / "helpgen.yaml", folder)


SITES = (
    Site(name="one", make=sources_of("one")),
    Site(name="one-warm", make=sources_of("one"), warm=True),
    Site(name="starter", make=sources_of("starter")),
    Site(name="demo", make=sources_of("demo"), warm=True),
)
