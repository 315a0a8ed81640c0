"""Images: kind, size, damage and safety are told from the bytes."""

from __future__ import annotations

import hashlib
import struct
import zlib

import pytest

from helpgen.content.images import is_image, parse_image
from helpgen.model.config import Limits
from helpgen.model.diagnostic import Diagnostic
from helpgen.model.media import Image
from helpgen.model.source import SourceFile


def read(path: str, data: bytes, limits: Limits | None = None) -> tuple[Image | None, tuple[Diagnostic, ...]]:
    file = SourceFile(path=path, data=data, digest=hashlib.sha256(data).hexdigest())
    outcome = parse_image(file, limits or Limits())
    return outcome.value, outcome.diagnostics


def png(width: int = 4, height: int = 3) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress(b"".join(b"\0" + b"\0\0\0" * min(width, 8) for _ in range(min(height, 8))))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


GIF = (
    b"GIF89a\x05\x00\x06\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff,\x00\x00\x00\x00\x05\x00\x06\x00\x00\x02\x02\x84Q\x00;"
)


def svg(inner: str = "", attributes: str = 'width="40" height="30"') -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" {attributes}>{inner}</svg>'.encode()


def test_a_png_has_its_size_and_a_hashed_name() -> None:
    image, problems = read("content/zh/img/充币 步骤.PNG", png())
    assert problems == ()
    assert image is not None
    assert (image.width, image.height) == (4, 3)
    assert image.output == f"assets/media/充币-步骤.{hashlib.sha256(png()).hexdigest()[:8]}.png"


def test_a_gif_and_an_svg() -> None:
    assert read("a.gif", GIF)[0] == Image(
        path="a.gif", output=f"assets/media/a.{hashlib.sha256(GIF).hexdigest()[:8]}.gif", width=5, height=6
    )
    image, _ = read("a.svg", svg("<style>a{fill:url(#g)}</style><use href='#x'/><rect fill='url(#g)'/>"))
    assert image is not None
    assert (image.width, image.height) == (40, 30)


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        ('width="40" height="30"', (40, 30)),
        ('width="1in" height="36pt"', (96, 48)),
        ('viewBox="0 0 400 200"', (400, 200)),
        ('width="100" viewBox="0 0 400 200"', (100, 50)),
        ('width="100%" viewBox="0,0,40,20"', (40, 20)),
        ("", (0, 0)),
    ],
)
def test_the_size_of_an_svg(attributes: str, size: tuple[int, int]) -> None:
    image, _ = read("a.svg", svg(attributes=attributes))
    assert image is not None
    assert (image.width, image.height) == size


@pytest.mark.parametrize(
    ("path", "data", "rule", "word"),
    [
        ("a.png", png()[:-4], "image/broken", "damaged"),
        ("a.png", png().replace(b"IDAT", b"IDAX"), "image/broken", "checksum"),
        ("a.png", png()[:24], "image/broken", ""),
        ("a.gif", GIF[:-1], "image/broken", "damaged"),
        ("a.jpg", png(), "image/broken", "not a JPEG"),
        ("a.png", b"<html>", "image/broken", "not a PNG"),
        ("a.bmp", b"BM", "image/broken", ".bmp"),
        ("a.png", png(60_000, 60_000), "image/too-large", "60000"),
        ("a.svg", b"<svg", "image/broken", "well-formed"),
        ("a.svg", b"<html xmlns='http://www.w3.org/1999/xhtml'/>", "image/unsafe", "not an SVG"),
    ],
)
def test_what_must_not_be_published(path: str, data: bytes, rule: str, word: str) -> None:
    image, problems = read(path, data)
    assert image is None
    assert [d.rule for d in problems] == [rule]
    assert word in problems[0].message
    assert problems[0].location.line == 1


@pytest.mark.parametrize(
    "inner",
    [
        "<script>alert(1)</script>",
        "<rect onload='alert(1)'/>",
        "<foreignObject/>",
        "<a href='javascript:alert(1)'/>",
        "<use href='other.svg#x'/>",
        "<use xmlns:xlink='http://www.w3.org/1999/xlink' xlink:href='https://evil.example/#x'/>",
        "<image href='https://evil.example/p.png'/>",
        "<image href='data:image/svg+xml;base64,AA'/>",
        "<animate attributeName='href' values='javascript:alert(1)'/>",
        "<style>@import 'https://evil.example/a.css';</style>",
        "<style>a{fill:url(https://evil.example/)}</style>",
        "<style><g/>@import 'https://evil.example/a.css';</style>",
        "<style>@im<g/>port 'https://evil.example/a.css';</style>",
        "<style>a{fill:u\\72l(https://evil.example/)}</style>",
        "<rect fill='url( \"https://evil.example/\")'/>",
        "<rect style='background:url(//evil.example)'/>",
        "<h:script xmlns:h='http://www.w3.org/1999/xhtml'>alert(1)</h:script>",
        "<?xml-stylesheet href='a.css'?>",
        "<g xml:base='https://evil.example/'/>",
    ],
)
def test_an_svg_that_runs_or_loads(inner: str) -> None:
    image, problems = read("a.svg", svg(f"\n{inner}"))
    assert image is None
    assert {d.rule for d in problems} == {"image/unsafe"}
    assert problems[0].location.line == 2


def test_an_svg_with_a_doctype_is_not_read_further() -> None:
    bomb = b"<!DOCTYPE svg [<!ENTITY a '" + b"x" * 1000 + b"'>]>" + svg("&a;" * 1000)
    image, problems = read("a.svg", bomb)
    assert image is None
    assert ["DOCTYPE" in d.message for d in problems] == [True]


def test_an_svg_may_hold_pictures_and_what_drawing_programs_add() -> None:
    inner = (
        "<image href='data:image/png;base64,iVBO'/>"
        "<i:namedview xmlns:i='http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd'/>"
    )
    assert read("a.svg", svg(inner))[1] == ()


def test_limits_are_named() -> None:
    _, problems = read("a.png", png(), Limits(image_bytes=10))
    assert [d.rule for d in problems] == ["image/too-large"]
    assert "limits.image_bytes" in problems[0].message
    _, problems = read("a.png", png(), Limits(image_pixels=11))
    assert "limits.image_pixels" in problems[0].message


def test_is_image() -> None:
    assert is_image("a/b.SVG")
    assert not is_image("a/b.md")
