"""One brand colour -> every colour of the site, in both schemes.

1. Neutrals take the brand's hue at a chroma too small to be named: greys that belong to the brand.
2. Text, links, buttons and tints are the brand's hue at the lightness nearest to the wished one that still reaches its
   contrast on every surface it may stand on (`readable_on`). A pale yellow and a near-black both give a legible site.
3. Red, amber and green keep their own hues and mean something; they are held to the same contrasts.
4. The dark scheme is its own table: surfaces rise by growing lighter, text is off-white, the brand is lightened.

Everything is computed when the site is built and written as plain hex, so old browsers get the same colours.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from helpgen.theme.colour import Rgb, contrast, from_oklch, parse_hex, readable_on, to_hex, to_oklch

# Above the 4.5, 3 and 7 of WCAG by as much as rounding to eight bits can take away.
TEXT: Final = 4.55
EDGE: Final = 3.05
STRONG: Final = 7.1
# A button is known by its label (WCAG 2.2, 1.4.11 asks nothing of its ground): a bright yellow may stay one.
FILL: Final = 1.5
DANGER_HUE: Final = 26.0
WARNING_HUE: Final = 72.0
SUCCESS_HUE: Final = 152.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Scheme:
    """The wished lightnesses of one scheme; contrast may move those of texts. Chroma is capped where a tint would shout."""

    page: float
    raised: float
    sunken: float
    line: float
    edge: float
    ink: float
    muted: float
    tint: float
    tint_line: float
    brand: float
    fill: float
    meaning: float
    neutral_chroma: float
    tint_chroma: float


LIGHT: Final = Scheme(
    page=1.0, raised=1.0, sunken=0.974, line=0.912, edge=0.66, ink=0.235, muted=0.47,
    tint=0.966, tint_line=0.89, brand=0.52, fill=0.52, meaning=0.54, neutral_chroma=0.010, tint_chroma=0.013,
)  # fmt: skip
DARK: Final = Scheme(
    page=0.192, raised=0.236, sunken=0.228, line=0.315, edge=0.54, ink=0.932, muted=0.735,
    tint=0.262, tint_line=0.38, brand=0.80, fill=0.74, meaning=0.73, neutral_chroma=0.009, tint_chroma=0.026,
)  # fmt: skip


@lru_cache(maxsize=16)
def palette(brand: str, scheme: Scheme) -> Mapping[str, str]:
    """The colours of one scheme by the names of their custom properties (without `--`), as hex."""
    lightness, chroma, hue = to_oklch(parse_hex(brand))
    grey = min(scheme.neutral_chroma, chroma * 0.2)
    surfaces = {
        "page": from_oklch(scheme.page, grey if scheme.page < 1 else 0, hue),
        "raised": from_oklch(scheme.raised, grey if scheme.raised < 1 else 0, hue),
        "sunken": from_oklch(scheme.sunken, grey * 0.5, hue),
    }
    tint = from_oklch(scheme.tint, min(scheme.tint_chroma, chroma), hue)
    grounds = [*surfaces.values(), tint]
    # The site's own colour is kept exactly where it is legible: a firm knows its blue.
    wish = min(lightness, scheme.brand + 0.06) if scheme is LIGHT else max(scheme.brand, min(lightness, 0.86))
    ink = readable_on(grounds, scheme.ink, grey, hue, STRONG)
    link = readable_on(grounds, wish, chroma, hue, TEXT)
    fill, on_fill = _button(
        chroma, hue, lightness if scheme is LIGHT else max(scheme.fill, lightness), surfaces["page"]
    )
    colours = {
        **surfaces,
        "line": from_oklch(scheme.line, grey, hue),
        "edge": readable_on(grounds, scheme.edge, grey, hue, EDGE),
        "ink": ink,
        "muted": readable_on(grounds, scheme.muted, grey, hue, TEXT),
        "brand": link,
        "brand-strong": readable_on(grounds, wish, chroma, hue, STRONG),
        "brand-tint": tint,
        "brand-line": from_oklch(scheme.tint_line, min(chroma, 0.05), hue),
        "brand-fill": fill,
        "on-brand": on_fill,
    }
    for name, own_hue, strength in (
        ("danger", DANGER_HUE, 0.19),
        ("warning", WARNING_HUE, 0.13),
        ("success", SUCCESS_HUE, 0.13),
    ):
        colours |= _meaning(name, own_hue, strength, scheme, list(surfaces.values()))
    colours |= _code(hue, scheme, surfaces["sunken"])
    return {name: to_hex(colour) for name, colour in colours.items()}


def tokens_css(brand: str) -> str:
    """The palette as CSS: light by default, dark by the system's wish or the reader's choice, light again by choice."""
    light, dark = palette(brand, LIGHT), palette(brand, DARK)
    return (
        f":root{{color-scheme:light;{_declarations(light)}}}"
        f"@media (prefers-color-scheme:dark){{:root:not([data-scheme=light]){{color-scheme:dark;{_declarations(dark)}}}}}"
        f":root[data-scheme=dark]{{color-scheme:dark;{_declarations(dark)}}}"
    )


def _button(chroma: float, hue: float, lightness: float, page: Rgb) -> tuple[Rgb, Rgb]:
    """A filled button and its label: the fill must be seen on the page, the label be legible on the fill."""
    fill = from_oklch(lightness, chroma, hue)
    if contrast(fill, page) < FILL:
        fill = readable_on([page], lightness, chroma, hue, FILL)
    white, black = (255, 255, 255), from_oklch(0.2, min(chroma, 0.03), hue)
    label = max((white, black), key=lambda colour: contrast(colour, fill))
    if contrast(label, fill) < TEXT:
        fill = readable_on([label], lightness, chroma, hue, TEXT)
    return fill, label


def _meaning(name: str, hue: float, chroma: float, scheme: Scheme, grounds: list[Rgb]) -> dict[str, Rgb]:
    tint = from_oklch(scheme.tint, scheme.tint_chroma + 0.008, hue)
    return {
        name: readable_on([*grounds, tint], scheme.meaning, chroma, hue, TEXT),
        f"{name}-tint": tint,
        f"{name}-line": from_oklch(scheme.tint_line, 0.06, hue),
    }


def _code(hue: float, scheme: Scheme, ground: Rgb) -> dict[str, Rgb]:
    """Five quiet colours for code: told apart by hue, alike in weight."""
    hues = {"comment": hue, "keyword": 305.0, "name": 255.0, "string": 155.0, "number": 55.0}
    return {
        f"code-{name}": readable_on([ground], scheme.brand, 0.015 if name == "comment" else 0.11, own, TEXT)
        for name, own in hues.items()
    }


def _declarations(colours: Mapping[str, str]) -> str:
    return "".join(f"--{name}:{value};" for name, value in colours.items())
