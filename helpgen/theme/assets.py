"""The files that all pages share, named by their content so that browsers may keep them for ever.

1. CSS layers and the computed palette -> `assets/site.<hash>.css`.
2. All script modules, the theme's words for them and the search client -> one folder `assets/js.<hash>/`, in which
   modules import each other by plain relative paths; the hash covers them all.
3. The site's mark -> `assets/mark.<hash>.svg` in the brand's colour (also the favicon), or the site's own logo.

The same input gives the same bytes and names on every machine.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from posixpath import basename, splitext

from helpgen.model.diagnostic import Outcome, problem
from helpgen.model.location import Location
from helpgen.theme.bundle import bundle
from helpgen.theme.palette import LIGHT, palette
from helpgen.theme.styles import stylesheet
from helpgen.theme.values import Assets, Strings, Theme

SCRIPT_TEXT_PREFIX = "js_"
# Words that few pages need, or only after a touch: in a module of their own, so that an article does not carry them.
LATE_TEXT_PREFIX = "late_"
_MARK = "icons/mark.svg"
_ENTRY = "main.js"


def build_assets(
    theme: Theme,
    settings: Mapping[str, object],
    scripts: Mapping[str, bytes],
    logo: bytes | None = None,
    *,
    at: Location | None = None,
    offline: bool = False,
) -> Outcome[Assets]:
    """All shared files and the table of their addresses.

    `settings` are the theme's, typed and complete. `scripts` are further files of the script folder by their path in
    it ("search/engine.js" -> bytes). `logo` is the content of the file that the setting `logo` names, None if it could
    not be found; `at` is where that setting stands, for the message. With
    `offline` all modules stand in one classic script too, "offline.js".
    """
    logo_path = str(settings.get("logo") or "")
    if logo_path and logo is None:
        place = at or Location(path="helpgen.yaml")
        return Outcome(
            value=None,
            diagnostics=(
                problem(
                    "theme/setting",
                    place,
                    f'the logo "{logo_path}" does not exist',
                    hint="the path starts at the site's root",
                ),
            ),
        )
    brand = str(settings["brand"])
    files: dict[str, bytes] = {}
    table: dict[str, str] = {}

    def add(name: str, stem: str, ending: str, data: bytes) -> None:
        path = f"assets/{stem}.{_hash(data)}{ending}"
        files[path] = data
        table[name] = path

    add("site.css", "site", ".css", stylesheet(theme.layers, _layer_sources(theme), brand).encode())
    folder, modules = _scripts(theme, scripts)
    for name, data in modules.items():
        files[f"{folder}/{name}"] = data
        table[f"js/{name}"] = f"{folder}/{name}"
    if offline:
        try:
            add(
                "offline.js",
                "site",
                ".js",
                bundle({n: data for n, data in modules.items() if n.endswith(".js")}, _ENTRY, f"{basename(folder)}/"),
            )
        except ValueError as error:
            place = at or Location(path="helpgen.yaml")
            return Outcome(value=None, diagnostics=(problem("theme/offline", place, str(error)),))
    if _MARK in theme.assets:
        add("icon", "icon", ".svg", _coloured(theme.assets[_MARK], palette(brand, LIGHT)["brand-fill"]))
    if logo is not None and logo_path:
        add("logo", "logo", splitext(logo_path)[1].lower(), logo)
    return Outcome(value=Assets(files=dict(sorted(files.items())), table=dict(sorted(table.items()))))


def _layer_sources(theme: Theme) -> dict[str, str]:
    return {name: theme.assets[f"css/{name}.css"].decode("utf-8") for name in theme.layers}


def _scripts(theme: Theme, further: Mapping[str, bytes]) -> tuple[str, dict[str, bytes]]:
    """The folder of the scripts and its files. One hash for all: a module's imports are part of what it does."""
    modules = {name.removeprefix("js/"): data for name, data in theme.assets.items() if name.startswith("js/")}
    modules |= further
    for code, strings in theme.strings.items():
        modules[f"text/{code}.js"] = _text_module(strings, SCRIPT_TEXT_PREFIX)
        modules[f"text/late/{code}.js"] = _text_module(strings, LATE_TEXT_PREFIX)
    together = hashlib.sha256()
    for name, data in sorted(modules.items()):
        together.update(f"{name}\0{len(data)}\0".encode() + data)
    return f"assets/js.{together.hexdigest()[:8]}", dict(sorted(modules.items()))


def _text_module(strings: Strings, prefix: str) -> bytes:
    """The words that scripts show, as a module: `js_no_results` is `no_results` there."""
    words = {
        name.removeprefix(prefix): entry.forms if len(entry.forms) > 1 else entry.text
        for name, entry in strings.items()
        if name.startswith(prefix)
    }
    return f"export default {json.dumps(words, ensure_ascii=False, sort_keys=True, indent=1)};\n".encode()


def _coloured(svg: bytes, colour: str) -> bytes:
    """A picture file has no page to inherit a colour from."""
    return svg.replace(b"currentColor", colour.encode())


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:8]
