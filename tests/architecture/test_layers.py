"""Who may import whom, and who may touch the world. docs/architecture.md explains both."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[2] / "helpgen"
# In a script that readers get: what makes markup or code of a text.
_MAKES_MARKUP_OR_CODE = re.compile(
    r"innerHTML|outerHTML|insertAdjacentHTML|setHTML|document\.write|DOMParser|createContextualFragment|srcdoc"
    r"|\beval\s*\(|\bnew (?:Function|RegExp)\b|(?<![\w.])(?:Function|RegExp)\s*\(|\bset(?:Timeout|Interval)\(\s*[\"'`]|javascript:"
)

# A package may import those of the layers below its own, and its own; neighbours of one layer do not know each other.
LAYERS = (
    ("cli",),
    ("server", "report"),
    ("pipeline",),
    ("checks", "theme", "site", "support", "importers"),
    ("content",),
    ("model", "search"),
)
SEARCH_USERS = {"search", "site", "pipeline", "cli", "server"}
WORLD = {
    "os",
    "pathlib",
    "sqlite3",
    "subprocess",
    "multiprocessing",
    "concurrent",
    "random",
    "time",
    "socket",
    "tempfile",
    "shutil",
    "sys",
    "threading",
    "signal",
    "resource",
    "asyncio",
}
MAY_TOUCH_THE_WORLD = (
    "pipeline/read.py",
    "pipeline/fingerprint.py",
    "pipeline/memo.py",
    "pipeline/memory.py",
    "pipeline/workers.py",
    "pipeline/pool.py",
    "pipeline/process.py",
    "pipeline/programs.py",
    "pipeline/bounds.py",
    "pipeline/publish.py",
    "pipeline/staging.py",
    "pipeline/spare.py",
    "pipeline/manifest.py",
    "pipeline/standing.py",
    "pipeline/indexes.py",
    "pipeline/canaries.py",
    "pipeline/node.py",
    "pipeline/published.py",
    "pipeline/reproof.py",
    "pipeline/scratch.py",
    "search/whoosh_index.py",
    "server/",
    "importers/",
    "report.py",
    "cli/",
    "__main__.py",
)
# Folders of package data, found from the module's own place, read once when the module is imported.
READ_PACKAGE_DATA = ("search/characters.py", "search/language.py", "content/phrase_words.py")


def modules() -> list[Path]:
    return sorted(path for path in PACKAGE.rglob("*.py") if "starter" not in path.parts and "_themes" not in path.parts)


def imports(path: Path) -> Iterator[tuple[int, str]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.lineno, node.module


def layer_of(name: str) -> int | None:
    return next((index for index, layer in enumerate(LAYERS) if name in layer), None)


def test_the_rules_see_the_whole_package() -> None:
    folders = {path.name for path in PACKAGE.iterdir() if path.is_dir() and any(path.glob("*.py"))}
    known = {name for layer in LAYERS for name in layer}
    assert folders - known == set(), "a new package must be given its layer"
    assert len(modules()) > 60


@pytest.mark.parametrize("path", modules(), ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_imports_only_go_down(path: Path) -> None:
    own = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    if own in ("__init__", "__main__"):
        return
    for line, name in imports(path):
        parts = name.split(".")
        if parts[0] != "helpgen" or len(parts) < 2 or parts[1] == own:
            continue
        mine, theirs = layer_of(own), layer_of(parts[1])
        assert theirs is not None, f"{path}:{line}: {name} belongs to no layer"
        assert mine is not None
        assert mine < theirs, f"{path}:{line}: {own} must not import {name}"
        assert own != "search", f"{path}:{line}: search imports nothing of helpgen"
        if parts[1] == "search":
            assert own in SEARCH_USERS, f"{path}:{line}: only {sorted(SEARCH_USERS)} may import search"


@pytest.mark.parametrize("path", modules(), ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_only_a_few_doors_lead_to_the_world(path: Path) -> None:
    name = path.relative_to(PACKAGE).as_posix()
    if name.startswith(MAY_TOUCH_THE_WORLD) or name in READ_PACKAGE_DATA:
        return
    for line, module in imports(path):
        if module == "pathlib" and "from pathlib import PurePosixPath\n" in path.read_text(encoding="utf-8"):
            continue
        assert module.split(".")[0] not in WORLD, f"{name}:{line}: {module} belongs behind one of the doors"
    tree = ast.parse(path.read_text(encoding="utf-8"))
    called = {node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
    assert not called & {"open", "print", "input", "eval", "exec", "__import__"}, name


@pytest.mark.parametrize("path", modules(), ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_nothing_that_could_run_code_is_read(path: Path) -> None:
    banned = {"pickle", "marshal", "shelve", "dill", "joblib"}
    assert not banned & {name.split(".")[0] for _, name in imports(path)}


@pytest.mark.parametrize("path", modules(), ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_no_module_is_a_drawer_for_everything(path: Path) -> None:
    assert path.stem not in {"utils", "util", "helpers", "common", "misc"}
    lines = path.read_text(encoding="utf-8").count("\n")
    assert lines <= 420, f"{path.name} has {lines} lines; split it"


def test_markup_is_made_in_one_place_only() -> None:
    makers = {"content/sanitise.py", "model/html.py", "theme/filters.py", "theme/render.py", "theme/environment.py"}
    for path in modules():
        name = path.relative_to(PACKAGE).as_posix()
        if name in makers:
            continue
        text = path.read_text(encoding="utf-8")
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
                called = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
                assert called not in {"Markup", "Html"}, f"{name}:{node.lineno} makes markup"


def scripts() -> list[Path]:
    """Everything that a browser may run: of the pages, the search, the support, the preview, every theme."""
    folders = (PACKAGE, PACKAGE.parent / "themes")
    return sorted(path for folder in folders for path in folder.rglob("*.js") if "node_modules" not in path.parts)


def test_the_scripts_of_each_part_are_looked_at() -> None:
    parts = {path.relative_to(PACKAGE.parent).parts[:2] for path in scripts()}
    assert parts >= {("helpgen", "search"), ("helpgen", "support"), ("helpgen", "server"), ("themes", "lighthouse")}


@pytest.mark.parametrize("path", scripts(), ids=lambda path: path.relative_to(PACKAGE.parent).as_posix())
def test_scripts_make_no_markup_and_no_code(path: Path) -> None:
    found = _MAKES_MARKUP_OR_CODE.search(path.read_text(encoding="utf-8"))
    assert found is None, found
