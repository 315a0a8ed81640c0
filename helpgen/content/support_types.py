"""Types of fields that only channels and scenarios have: names with their place, hours, weekdays, time zones.

A name of an article, channel, field or language is read with its place, so that a later check can point at it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final

from helpgen.content.full_width import COLON
from helpgen.content.positioned_yaml import Mapping, Node, Scalar
from helpgen.content.reader import INVALID, Reader
from helpgen.content.schema import LOCALE_CODE, Json, ListOf, MapOf, Text
from helpgen.content.zones import ZONES
from helpgen.model.location import Location
from helpgen.model.suggest import did_you_mean
from helpgen.model.support import WEEKDAYS, Reference

MINUTES_OF_A_DAY: Final = 1440
_DAYS: Final = "|".join(WEEKDAYS)
_CLOCK: Final = r"(?:[01]\d|2[0-3]):[0-5]\d"
_SPAN: Final = re.compile(f"{_CLOCK}-(?:{_CLOCK}|24:00)")


@dataclass(frozen=True, slots=True)
class Placed:
    """A text, read with its place: as a Reference."""

    inner: Text

    @property
    def label(self) -> str:
        return self.inner.label

    @property
    def json_schema(self) -> Json:
        return self.inner.json_schema

    def read(self, node: Node, name: str, reader: Reader) -> Any:
        text = self.inner.read(node, name, reader)
        return INVALID if text is INVALID else Reference(name=text, at=reader.location(node))


@dataclass(frozen=True, slots=True)
class Span:
    """From one time of the day to another, as minutes since midnight; an end before the start is on the next day."""

    label: str = "hours as HH:MM-HH:MM"

    @property
    def json_schema(self) -> Json:
        return {"type": "string", "pattern": f"^{_SPAN.pattern}$"}

    def read(self, node: Node, name: str, reader: Reader) -> Any:
        text = node.text.replace(" ", "").replace("–", "-") if isinstance(node, Scalar) else ""
        if re.fullmatch(r"\d?\d:\d\d-\d?\d:\d\d", text) and not _SPAN.fullmatch(text):
            wanted = "hours that exist, as HH:MM-HH:MM"
            return reader.wrong(node, name, wanted, "from 00:00 to 23:59 in two digits each; the end may be 24:00")
        if COLON in text:
            return reader.wrong(node, name, self.label, f"write : for the full-width {COLON}")
        if not _SPAN.fullmatch(text):
            return reader.wrong(node, name, self.label, 'for example "09:00-18:00", or "00:00-24:00" for the whole day')
        start, end = (int(part[:2]) * 60 + int(part[3:]) for part in text.split("-"))
        if start == end:
            return reader.wrong(node, name, "hours that end after they begin", 'the whole day is "00:00-24:00"')
        return (start, end if end > start else end + MINUTES_OF_A_DAY)


@dataclass(frozen=True, slots=True)
class Zone:
    """A time zone by its IANA name."""

    label: str = "a time zone (Area/City)"

    @property
    def json_schema(self) -> Json:
        return {"enum": sorted(ZONES)}

    def read(self, node: Node, name: str, reader: Reader) -> Any:
        if isinstance(node, Scalar) and node.text in ZONES:
            return node.text
        hint = did_you_mean(node.text, ZONES) if isinstance(node, Scalar) else ""
        return reader.wrong(node, name, self.label, hint or "for example Asia/Shanghai, Europe/Berlin or UTC")


@dataclass(frozen=True, slots=True)
class Week:
    """Spans by weekday, or by a run of weekdays ("mon-fri")."""

    label: str = "a mapping from weekdays (mon, mon-fri …) to hours"

    @property
    def json_schema(self) -> Json:
        spans = ListOf(Span(), 6).json_schema
        either = {"anyOf": [Span().json_schema, spans]}
        key = {"type": "string", "pattern": f"^(?:{_DAYS})(?:-(?:{_DAYS}))?$"}
        return {"type": "object", "propertyNames": key, "additionalProperties": either}

    def read(self, node: Node, name: str, reader: Reader) -> Any:
        if not isinstance(node, Mapping):
            return reader.wrong(node, name, self.label, 'for example { mon-fri: "09:00-18:00" }')
        result: dict[str, tuple[tuple[int, int], ...]] = {}
        for key, child in node.entries:
            first, _, last = key.text.partition("-")
            spans = ListOf(Span(), 6).read(child, f"{name}.{key.text}", reader)
            if not {first, last or first} <= set(WEEKDAYS):
                reader.report(reader.value_rule, key, f'"{key.text}" is no weekday', f"they are {', '.join(WEEKDAYS)}")
            elif spans is not INVALID:
                at = WEEKDAYS.index(first)
                length = (WEEKDAYS.index(last or first) - at) % len(WEEKDAYS) + 1
                for day in (WEEKDAYS[(at + step) % len(WEEKDAYS)] for step in range(length)):
                    result[day] = result.get(day, ()) + spans
        return result


@dataclass(frozen=True, slots=True)
class PlacedTexts:
    """Lists of texts by language, each read with its place: (locale, text, place)."""

    inner: Text

    @property
    def label(self) -> str:
        return f"a mapping from language code to a list of {self.inner.label.removeprefix('a ')}s"

    @property
    def json_schema(self) -> Json:
        return MapOf(LOCALE_CODE, ListOf(self.inner, 40)).json_schema

    def read(self, node: Node, name: str, reader: Reader) -> Any:
        read = MapOf(LOCALE_CODE, ListOf(Placed(self.inner), 40)).read(node, name, reader)
        if read is INVALID:
            return INVALID
        found: list[tuple[str, str, Location]] = []
        for code, references in read.items():
            found += [(code, reference.name, reference.at) for reference in references]
        return tuple(found)
