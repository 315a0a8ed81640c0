"""Script modules → one classic script, for sites that are opened from a disk: there browsers load no modules.

1. Each module becomes a function in a table; `import` asks the table, `export` fills what the module gives.
2. A module runs when it is first asked for, as in a browser; `import()` asks later and gives a promise.
3. What is written in another way than helpgen's themes write it (side-effect imports, `export *`) is refused by name.
"""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Mapping

_IMPORT = re.compile(r'^import\s+(?P<names>\{[^}]*\}|\*\s+as\s+\w+|\w+)\s+from\s+"(?P<path>\.[^"]+)";?$', re.MULTILINE)
_DECLARED = re.compile(r"^export\s+(?P<rest>(?:async\s+)?(?:function\*?|class|const)\s+(?P<name>\w+))", re.MULTILINE)
_LISTED = re.compile(r'^export\s*\{(?P<names>[^}]*)\}(?:\s+from\s+"(?P<path>\.[^"]+)")?;?$', re.MULTILINE)
_DEFAULT = re.compile(r"^export\s+default\s+", re.MULTILINE)
_RENAMED = re.compile(r"\s+as\s+")
_LATER = re.compile(r"(?<![\w.$])import\(")
_OWN_URL = re.compile(r"\bimport\.meta\.url\b")
_LEFT = re.compile(r"^(?:import|export)\b|\bimport\.meta\b", re.MULTILINE)
_COMMENT = re.compile(r"^[ \t]*(?:/\*\*.*?\*/|//[^\n]*)\n", re.DOTALL | re.MULTILINE)

_FRAME = """\
(() => {
"use strict";
const modules = new Map();
const given = new Map();
const home = new URL(HOME, globalThis.document?.currentScript?.src ?? "file:///").href;
const need = (name) => {
  if (!given.has(name)) {
    if (!modules.has(name)) throw new Error(`no module ${name}`);
    const out = {};
    given.set(name, out);
    modules.get(name)(out);
  }
  return given.get(name);
};
const later = async (folder, path) => need(folder + path.replace(/^\\.\\//, ""));
"""


def bundle(modules: Mapping[str, bytes], entry: str, home: str = "") -> bytes:
    """One script that runs the module `entry`; the same modules give the same bytes.

    `home` is the folder in which the modules lie, as seen from the script: `import.meta.url` leads there.

    Raises ValueError for a module that cannot be joined, with its name and line.
    """
    parts = [_FRAME.replace("HOME", json.dumps(home))]
    for name, data in sorted(modules.items()):
        parts.append(f"modules.set({json.dumps(name)}, (out) => {{\n{_joined(name, data.decode('utf-8'))}}});\n")
    return "".join([*parts, f"need({json.dumps(entry)});\n}})();\n"]).encode()


def _joined(name: str, source: str) -> str:
    """The body of a module's function."""
    folder = posixpath.dirname(name)
    given: list[str] = []

    def need(match: re.Match[str]) -> str:
        path = posixpath.normpath(posixpath.join(folder, match["path"]))
        asked = f"need({json.dumps(path)})"
        names = match["names"]
        if names.startswith("*"):
            return f"const {names.rpartition(' ')[2]} = {asked};"
        if not names.startswith("{"):
            return f"const {names} = {asked}.default;"
        return f"const {_RENAMED.sub(': ', names)} = {asked};"

    def declare(match: re.Match[str]) -> str:
        given.append(match["name"])
        return match["rest"]

    def listed(match: re.Match[str]) -> str:
        for one in filter(None, map(str.strip, match["names"].split(","))):
            own, *other = _RENAMED.split(one)
            path = match["path"] and json.dumps(posixpath.normpath(posixpath.join(folder, match["path"])))
            given.append(f"{other[0] if other else own}: {f'need({path}).{own}' if path else own}")
        return ""

    text = _COMMENT.sub("", source)
    text = _IMPORT.sub(need, text)
    text = _DECLARED.sub(declare, text)
    text = _LISTED.sub(listed, text)
    text = _DEFAULT.sub("out.default = ", text)
    text = _LATER.sub(f"later({json.dumps(folder + '/' if folder else '')}, ", text)
    text = _OWN_URL.sub(f"(home + {json.dumps(name)})", text)
    left = _LEFT.search(text)
    if left:
        line = text[left.start() :].partition("\n")[0]
        raise ValueError(f'{name}: "{line[:80]}" cannot be joined into one script')
    return f"{text}\nObject.assign(out, {{ {', '.join(given)} }});\n" if given else text
