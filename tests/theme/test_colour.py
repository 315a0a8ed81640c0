"""Whatever the brand's colour, the site stays legible in both schemes."""

from __future__ import annotations

import pytest

from helpgen.theme.colour import contrast, from_oklch, luminance, parse_hex, to_hex, to_oklch
from helpgen.theme.palette import DARK, LIGHT, Scheme, palette, tokens_css

BRANDS = (
    *("#1f6f8b", "#000000", "#ffffff", "#808080", "#ff0000", "#00ff00", "#0000ff", "#ffff00"),
    *("#00ffff", "#ff00ff", "#f7931a", "#627eea", "#26a17b", "#f0b90b", "#1652f0", "#fcd535"),
    *("#e84142", "#14f195", "#9945ff", "#0033ad", "#ffe4e1", "#111827", "#f3f4f6", "#7c3aed"),
    *("#db2777", "#65a30d", "#ea580c", "#0ea5e9", "#422006", "#fafaf9"),
)
SURFACES = ("page", "raised", "sunken", "brand-tint")
TEXTS = ("ink", "muted", "brand", "brand-strong")


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("brand", BRANDS)
def test_contrast(brand: str, scheme: Scheme) -> None:
    colours = {name: parse_hex(value) for name, value in palette(brand, scheme).items()}
    for surface in SURFACES:
        for text in TEXTS:
            assert contrast(colours[text], colours[surface]) >= 4.5, (text, surface)
        assert contrast(colours["edge"], colours[surface]) >= 3, ("edge", surface)
    for meaning in ("danger", "warning", "success"):
        for surface in ("page", "raised", "sunken", f"{meaning}-tint"):
            assert contrast(colours[meaning], colours[surface]) >= 4.5, (meaning, surface)
        assert contrast(colours["ink"], colours[f"{meaning}-tint"]) >= 4.5
    assert contrast(colours["on-brand"], colours["brand-fill"]) >= 4.5
    assert contrast(colours["brand-fill"], colours["page"]) >= 1.5
    for name in (name for name in colours if name.startswith("code-")):
        assert contrast(colours[name], colours["sunken"]) >= 4.5, name


def test_a_legible_brand_is_kept_as_it_is() -> None:
    assert palette("#1f6f8b", LIGHT)["brand-fill"] == "#1f6f8b"
    assert palette("#f0b90b", LIGHT)["brand-fill"] == "#f0b90b"


def test_dark_surfaces_rise_by_growing_lighter() -> None:
    dark = {name: luminance(parse_hex(value)) for name, value in palette("#1f6f8b", DARK).items()}
    assert dark["page"] < dark["raised"] < dark["line"]
    assert dark["ink"] < 1


@pytest.mark.parametrize("colour", BRANDS)
def test_oklch_there_and_back(colour: str) -> None:
    assert to_hex(from_oklch(*to_oklch(parse_hex(colour)))) == colour


def test_known_values() -> None:
    # CSS Color 4, section 9.3: the sRGB primaries in OKLCH.
    lightness, chroma, hue = to_oklch(parse_hex("#ff0000"))
    assert (round(lightness, 4), round(chroma, 4), round(hue, 2)) == (0.628, 0.2577, 29.23)
    assert round(contrast(parse_hex("#000000"), parse_hex("#ffffff")), 2) == 21.0
    assert round(contrast(parse_hex("#767676"), parse_hex("#ffffff")), 2) == 4.54


def test_schemes_in_css() -> None:
    css = tokens_css("#1f6f8b")
    assert css.count("--page:") == 3
    assert "prefers-color-scheme:dark" in css
    assert ":root[data-scheme=dark]" in css
