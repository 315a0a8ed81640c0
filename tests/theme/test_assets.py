"""The shared files: named by content, equal on every machine, small."""

from __future__ import annotations

import gzip
import re

from helpgen.content.markdown.code import COLOURLESS
from helpgen.pipeline.read import read_support_client
from helpgen.theme.assets import build_assets
from helpgen.theme.render import render_page
from helpgen.theme.styles import highlight_css, minify
from tests.theme import shop

SCRIPTS = {"search/engine.js": b"export const openSearch = 1;\n"}


def build(brand: str = "#1f6f8b", scripts: dict[str, bytes] | None = None) -> tuple[dict[str, bytes], dict[str, str]]:
    theme = shop.lighthouse()
    outcome = build_assets(theme, {**shop.settings_of(theme), "brand": brand}, scripts or SCRIPTS)
    assert outcome.value is not None
    return outcome.value.files, outcome.value.table


def test_same_input_same_files() -> None:
    assert build() == build()


def test_every_name_leads_to_a_file() -> None:
    files, table = build()
    assert set(table.values()) == set(files)
    assert all(re.match(r"assets/(site|icon|js)\.[0-9a-f]{8}[./]", path) for path in files)


def test_a_changed_script_moves_the_whole_folder() -> None:
    before, after = build()[1], build(scripts={"search/engine.js": b"changed"})[1]
    assert before["js/main.js"] != after["js/main.js"]
    assert before["site.css"] == after["site.css"]


def test_the_brand_colours_css_and_icon() -> None:
    one, other = build("#1f6f8b"), build("#aa2200")
    assert one[1]["site.css"] != other[1]["site.css"]
    assert b"#1f6f8b" in one[0][one[1]["icon"]]
    assert b"currentColor" not in one[0][one[1]["icon"]]


def test_every_import_of_a_script_exists() -> None:
    files, table = build()
    names = {name.removeprefix("js/") for name in table if name.startswith("js/")}
    known = names | {f"support/{name}" for name in read_support_client()}
    for name in names:
        text = files[table[f"js/{name}"]].decode()
        for path in re.findall(r"""(?:from|import)\s*\(?\s*["']\./([^"'$]+)["']""", text):
            assert path in known, f"{name} imports {path}"


def test_scripts_write_no_markup() -> None:
    files, table = build()
    for name, path in table.items():
        if name.startswith("js/") and not name.startswith("js/search/"):
            text = files[path].decode()
            found = re.search(
                r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|\beval\(|new (Function|RegExp)\(",
                text,
            )
            assert found is None, f"{name}: {found}"


def test_words_of_scripts() -> None:
    files, table = build()
    english = files[table["js/text/en.js"]].decode()
    assert '"copied": "Copied"' in english
    assert "skip" not in english
    assert "compose_solved" not in english
    assert '"compose_solved": "That solved it"' in files[table["js/text/late/en.js"]].decode()
    used = set()
    for name, path in table.items():
        if name.startswith("js/") and not name.startswith(("js/search/", "js/text/")):
            used |= set(re.findall(r'say\((?:this\.)?words, "(\w+)"', files[path].decode()))
    strings = shop.lighthouse().strings["en"]
    given = {name.partition("_")[2] for name in strings if name.startswith(("js_", "late_"))}
    assert used <= given


def test_minify_keeps_texts() -> None:
    css = 'a { content: "a  /* b */ ; c" ; /* gone */\n  color : red ; }\n\nb > c { margin: 0 1px }'
    assert minify(css) == 'a{content: "a  /* b */ ; c";color : red}b > c{margin: 0 1px}'


def test_code_has_one_set_of_colours() -> None:
    css = highlight_css()
    assert ".k," in css
    assert "var(--code-string)" in css
    assert "#" not in css
    coloured = set(re.findall(r"\.(\w+)[,)]", css))
    assert {"k", "s2", "c1"} <= coloured
    assert not coloured & COLOURLESS, "these stay text: no rule finds them"


def test_weight_of_an_article_page() -> None:
    theme = shop.lighthouse()
    assets = build_assets(theme, shop.settings_of(theme), SCRIPTS).value
    assert assets is not None
    html = render_page(shop.article(), shop.look(theme)).value or ""
    first = (
        "scheme",
        "main",
        "data",
        "store",
        "menus",
        "scheme-switch",
        "search-start",
        "contents",
        "helpful",
        "dom",
        "copy",
    )
    scripts = [assets.files[assets.table[f"js/{name}.js"]] for name in first]
    parts = [
        html.encode(),
        assets.files[assets.table["site.css"]],
        assets.files[assets.table["js/text/zh.js"]],
        *scripts,
    ]
    assert sum(len(gzip.compress(part, 9)) for part in parts) < 25_000
