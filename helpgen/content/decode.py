"""Bytes -> text: UTF-8 only, with the place of the first fault."""

from __future__ import annotations

import codecs
import re

from helpgen.model.diagnostic import Outcome, problem
from helpgen.model.location import Location
from helpgen.model.source import SourceFile

# But for U+0085, which some editors of large machines write for the end of a line.
_CONTROL = re.compile("[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")
_CONTROL_BYTES = bytes([*range(1, 9), 11, 12, *range(14, 32), 127])
_KINDS = (
    (b"\x89PNG", "a PNG image"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"PK\x03\x04", "a zip archive"),
    (b"%PDF", "a PDF file"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\x7fELF", "a program"),
    (b"\xd0\xcf\x11\xe0", "a Word document"),
)


def decode_text(file: SourceFile) -> Outcome[str]:
    """The text of a file with `\\n` line ends; a leading byte order mark is dropped.

    NUL becomes U+FFFD, as CommonMark says, with a warning; any other control character is an error.
    """
    data = file.data

    def fail(message: str, hint: str, line: int = 1, column: int = 1, excerpt: str = "") -> Outcome[str]:
        place = Location(path=file.path, line=line, column=column, length=1)
        return Outcome(value=None, diagnostics=(problem("file/encoding", place, message, hint=hint, excerpt=excerpt),))

    for magic, what in _KINDS:
        if data.startswith(magic):
            return fail(f"this is {what}, not a text", "give the file its right ending")
    if data.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return fail("the text is UTF-32", "save the file as UTF-8")
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return fail("the text is UTF-16", "save the file as UTF-8")
    if data.count(0) * 3 > len(data):
        # Every other byte of Latin text in UTF-16 is NUL.
        return fail("the text is UTF-16 without its mark, or binary", "save the file as UTF-8")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        start = 3 + error.start if data.startswith(codecs.BOM_UTF8) else error.start
        before = data[:start].decode("utf-8", "replace")
        line = before.count("\n") + 1
        column = len(before) - before.rfind("\n")
        message = f"the byte 0x{data[start]:02X} is not UTF-8"
        return fail(message, "save the file as UTF-8 (not GBK, Big5 or Windows-1252)", line, column)
    if "\r" in text:
        if "\n" not in text and text.count("\r") > 1:
            return fail("the lines end with a lone carriage return (old Mac)", "save the file with Unix line ends")
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    control = _CONTROL.search(text) if _may_hold_control(data) else None
    if control:
        message = f"the control character U+{ord(control.group()):04X} does not belong in a text"
        return fail(message, "remove it", *_line_and_column(text, control.start()))
    if "\0" not in text:
        return Outcome(value=text)
    line, column = _line_and_column(text, text.index("\0"))
    place = Location(path=file.path, line=line, column=column, length=1)
    message = "the control character NUL (U+0000) does not belong in a text; readers see \ufffd in its place"
    found = problem("file/hidden-character", place, message, hint="remove it")
    return Outcome(value=text.replace("\0", "\ufffd"), diagnostics=(found,))


def _may_hold_control(data: bytes) -> bool:
    """Bytes are looked through faster than characters: those of the first 32, and what begins one of U+0080 to U+00BF."""
    return b"\xc2" in data or len(data.translate(None, _CONTROL_BYTES)) < len(data)


def _line_and_column(text: str, at: int) -> tuple[int, int]:
    """Both counted from 1."""
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
