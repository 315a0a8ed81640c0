"""The types that the scripts declare in their comments, checked by TypeScript: `npm install`, then this test or `npm run types`."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conftest import ROOT

TSC = ROOT / "node_modules" / "typescript" / "bin" / "tsc"


def _compiler() -> list[str]:
    node, installed = shutil.which("node"), shutil.which("tsc")
    if node is None:
        pytest.skip("node is not installed: the types of the scripts are not checked")
    if TSC.is_file():
        return [node, str(TSC)]
    if installed is None:
        pytest.skip("TypeScript is not installed (npm install): the types of the scripts are not checked")
    return [installed]


def _check(config: Path) -> str:
    done = subprocess.run([*_compiler(), "-p", str(config)], cwd=ROOT, capture_output=True, timeout=300, check=False)
    return done.stdout.decode()


def test_the_scripts_keep_their_types() -> None:
    assert _check(ROOT / "tsconfig.json") == ""


def test_a_wrong_use_of_the_interface_is_found(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.js"
    client = (ROOT / "helpgen/search/client/engine.js").as_posix()
    wrong.write_text(
        f'import {{ openSearch }} from "{client}";\n'
        'const results = await openSearch({ base: "/", locale: "en" }).search("x", { limit: "ten" });\n'
        "results.hits;\n",
        encoding="utf-8",
    )
    config = tmp_path / "tsconfig.json"
    config.write_text(
        f'{{"extends": "{(ROOT / "tsconfig.json").as_posix()}", "include": ["wrong.js"]}}', encoding="utf-8"
    )
    said = _check(config)
    assert "wrong.js(2" in said
    assert "wrong.js(3" in said
