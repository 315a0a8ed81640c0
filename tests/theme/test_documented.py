"""docs/theming.md names every setting, filter, field, kind of page and icon that exists."""

from __future__ import annotations

from helpgen.theme.environment import make_environment
from helpgen.theme.manifest import MANIFEST_FIELDS, MANIFEST_FILE, parse_manifest
from helpgen.theme.render import TEMPLATES
from tests.theme import shop

DOC = (shop.ROOT / "docs/theming.md").read_text(encoding="utf-8")


def test_settings() -> None:
    file = next(file for file in shop.lighthouse_files() if file.path.endswith(MANIFEST_FILE))
    manifest = parse_manifest(file, "0.1.0").value
    assert manifest is not None
    for setting in manifest.settings:
        assert f"| `{setting.name}` |" in DOC
        assert setting.doc.split(".")[0] in DOC
    for field in MANIFEST_FIELDS.fields:
        assert f"| `{field.name}` |" in DOC


def test_filters_of_ours() -> None:
    ours = {"url", "asset", "icon", "date"}
    assert ours <= set(make_environment(shop.look()).filters)
    for name in ours:
        assert f"| `{name}` |" in DOC


def test_pages_and_layers() -> None:
    for template in TEMPLATES:
        assert f"`{template.removeprefix('pages/').removesuffix('.html')}`" in DOC
    assert ", ".join(shop.lighthouse().layers) in DOC
