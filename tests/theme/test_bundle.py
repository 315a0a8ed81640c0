"""Modules as one classic script, run by Node."""

from __future__ import annotations

import shutil
import subprocess

import pytest

from helpgen.theme.bundle import bundle

MODULES = {
    "main.js": b"""// import { nothing } from "./nowhere.js";
import { add, Name as Other } from "./lib/add.js";
import * as all from "./lib/add.js";
import words from "./text/en.js";
/** @type {import("./types.js").Nothing} */
const text = "export function in a text";
console.log(add(1, 2), new Other().name, all.LIMIT, words.hello, text);
import("./later.js").then(({ later }) => console.log(later()));
import(`./text/${"en"}.js`).then((module) => console.log(module.default.hello));
import("./nowhere.js").catch((error) => console.log(error.message));
""",
    "lib/add.js": b"""import { one } from "../one.js";
export const LIMIT = 9;
export class Name {
  name = "n";
}
export async function unused() {}
function add(a, b) {
  return a + b + one;
}
export { add };
""",
    "one.js": b'export { two as one } from "./two.js";\n',
    "two.js": b"const first = 1;\nexport { first as two };\n",
    "later.js": b"export function later() {\n  return 'later';\n}\n",
    "text/en.js": b'export default {\n "hello": "Hello"\n};\n',
}


def _run(script: bytes) -> str:
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not installed")
    done = subprocess.run([node, "-"], input=script, capture_output=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()


def test_imports_and_exports_of_every_kind() -> None:
    assert _run(bundle(MODULES, "main.js")).split("\n") == [
        "4 n 9 Hello export function in a text",
        "later",
        "Hello",
        "no module nowhere.js",
        "",
    ]


def test_a_module_runs_once_and_only_when_it_is_asked_for() -> None:
    modules = {
        "main.js": b'import { a } from "./a.js";\nimport { b } from "./b.js";\nconsole.log(a, b);\n',
        "a.js": b'import { b } from "./b.js";\nexport const a = b + 1;\n',
        "b.js": b'console.log("b");\nexport const b = 1;\n',
        "never.js": b'console.log("never");\n',
    }
    assert _run(bundle(modules, "main.js")) == "b\n2 1\n"


def test_the_same_modules_give_the_same_bytes() -> None:
    assert bundle(MODULES, "main.js") == bundle(dict(reversed(MODULES.items())), "main.js")


def test_a_module_knows_where_it_lies() -> None:
    modules = {"main.js": b"console.log(new URL('./a.css', import.meta.url).pathname);\n"}
    assert _run(bundle(modules, "main.js", "js.1/")) == "/js.1/a.css\n"


@pytest.mark.parametrize("line", ['import "./a.js";', 'export * from "./a.js";', "const here = import.meta.resolve;"])
def test_what_cannot_be_joined_is_refused_by_name(line: str) -> None:
    with pytest.raises(ValueError, match=r"main\.js: .* cannot be joined"):
        bundle({"main.js": f"{line}\n".encode()}, "main.js")
