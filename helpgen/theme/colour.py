"""Colour as the eye sees it: OKLCH, and the contrast of WCAG.

OKLab and its matrices: Björn Ottosson, "A perceptual color space for image processing" (2020), the space behind CSS
`oklch()` (CSS Color 4). Relative luminance and contrast ratio: WCAG 2.2, definitions of the same names.
Lightness and chroma are 0–1 (chroma of sRGB colours stays below 0.33), hue in degrees, channels 0–255.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

Rgb = tuple[int, int, int]


def parse_hex(text: str) -> Rgb:
    """ "#1f6f8b" -> (31, 111, 139)."""
    return int(text[1:3], 16), int(text[3:5], 16), int(text[5:7], 16)


def to_hex(colour: Rgb) -> str:
    return "#{:02x}{:02x}{:02x}".format(*colour)


def to_oklch(colour: Rgb) -> tuple[float, float, float]:
    """sRGB -> (lightness, chroma, hue)."""
    red, green, blue = (_linear(channel / 255) for channel in colour)
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    medium = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    lightness = 0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short
    a = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
    return lightness, math.hypot(a, b), math.degrees(math.atan2(b, a)) % 360


def from_oklch(lightness: float, chroma: float, hue: float) -> Rgb:
    """The sRGB colour of this lightness and hue with at most this chroma: chroma gives way where sRGB has no such colour."""
    low, high = 0.0, chroma
    channels = _to_linear(lightness, chroma, hue)
    if not _inside(channels):
        for _ in range(20):
            middle = (low + high) / 2
            if _inside(_to_linear(lightness, middle, hue)):
                low = middle
            else:
                high = middle
        channels = _to_linear(lightness, low, hue)
    red, green, blue = (round(255 * _gamma(min(max(channel, 0.0), 1.0))) for channel in channels)
    return red, green, blue


def luminance(colour: Rgb) -> float:
    """Relative luminance, 0 (black) to 1 (white)."""
    red, green, blue = (_linear(channel / 255) for channel in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Rgb, other: Rgb) -> float:
    """Contrast ratio, 1 to 21; body text needs 4.5, the edge of a control 3."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def readable_on(backgrounds: Sequence[Rgb], wish: float, chroma: float, hue: float, ratio: float) -> Rgb:
    """The colour of this hue nearest to the wished lightness that has at least `ratio` on every background.

    It is sought in steps of a thousandth away from the backgrounds: towards black on light ones, towards white on dark ones.
    """
    darker = sum(luminance(background) for background in backgrounds) / len(backgrounds) > 0.18
    steps = range(round(wish * 1000), -1, -1) if darker else range(round(wish * 1000), 1001)
    for step in steps:
        colour = from_oklch(step / 1000, chroma, hue)
        if all(contrast(colour, background) >= ratio for background in backgrounds):
            return colour
    return (0, 0, 0) if darker else (255, 255, 255)


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def _gamma(channel: float) -> float:
    return 12.92 * channel if channel <= 0.0031308 else 1.055 * channel ** (1 / 2.4) - 0.055


def _to_linear(lightness: float, chroma: float, hue: float) -> tuple[float, float, float]:
    a = chroma * math.cos(math.radians(hue))
    b = chroma * math.sin(math.radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )


def _inside(channels: Sequence[float]) -> bool:
    return all(-0.0005 <= channel <= 1.0005 for channel in channels)
