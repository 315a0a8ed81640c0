"""`_data/channels.yaml` and `_data/scenarios.yaml` -> the ways to a human, typed. What needs both files is checked later."""

from __future__ import annotations

import re
from typing import Any

from helpgen.content.data import read_data
from helpgen.content.positioned_yaml import Mapping, Node
from helpgen.content.reader import Reader
from helpgen.content.support_fields import CHANNELS, SUPPORT_FIELDS
from helpgen.model.diagnostic import Outcome
from helpgen.model.location import Location
from helpgen.model.source import SourceFile
from helpgen.model.suggest import did_you_mean
from helpgen.model.support import (
    CanaryQuery,
    Channel,
    Danger,
    Hours,
    Network,
    Official,
    Reply,
    Scenario,
    Support,
    SupportField,
)

_PLACE = re.compile(r"\{([^{}]*)\}")


def parse_channels(file: SourceFile) -> Outcome[tuple[Channel, ...]]:
    """Read the ways to reach a human, in the order of the file."""
    values, node, reader = read_data(file, CHANNELS)
    places = _places(node, reader)
    channels = []
    for name, entry in (values or {}).items():
        if not entry["name"] or not entry["address"]:
            continue
        typed = {
            **entry,
            "open": Hours(**entry["open"]) if entry["open"] else None,
            "reply": Reply(**entry["reply"]) if entry["reply"] else None,
            "official": tuple(Official(**row) for row in entry["official"] if row["value"]),
        }
        channels.append(Channel(id=name, at=places[name], **typed))
    return Outcome(value=tuple(channels), diagnostics=tuple(reader.diagnostics))


def parse_support(file: SourceFile) -> Outcome[Support]:
    """Read the scenarios, and what support asks for. The value is None where nothing could be read."""
    values, node, reader = read_data(file, SUPPORT_FIELDS)
    if not isinstance(values, dict) or not isinstance(node, Mapping):
        return Outcome(value=None, diagnostics=tuple(reader.diagnostics))
    of_fields, of_scenarios = (_places(_child(node, name), reader) for name in ("fields", "scenarios"))
    _check_choices(node, values, reader)
    _check_subjects(node, values, reader)
    support = Support(
        language=values["language"].name if values["language"] else "",
        networks=tuple(Network(id=name, **row) for name, row in values["networks"].items()),
        fields=tuple(SupportField(id=name, at=of_fields[name], **row) for name, row in values["fields"].items()),
        scenarios=tuple(_scenario(name, row, of_scenarios[name]) for name, row in values["scenarios"].items()),
        never_ask=values["never_ask"],
        danger=Danger(**values["danger"]) if values["danger"] else None,
        at=reader.location(node),
    )
    return Outcome(value=support, diagnostics=tuple(reader.diagnostics))


def _scenario(name: str, row: dict[str, Any], at: Location) -> Scenario:
    queries = tuple(CanaryQuery(locale=code, text=text, at=place) for code, text, place in row["queries"])
    return Scenario(id=name, at=at, **{**row, "queries": queries})


def _child(node: Node | None, *names: str) -> Node | None:
    for name in names:
        entries = node.entries if isinstance(node, Mapping) else ()
        node = next((child for key, child in entries if key.text == name), None)
    return node


def _places(node: Node | None, reader: Reader) -> dict[str, Location]:
    """Where each name of a mapping stands."""
    entries = node.entries if isinstance(node, Mapping) else ()
    return {key.text: reader.location(key) for key, _ in entries}


def _check_choices(node: Mapping, values: dict[str, Any], reader: Reader) -> None:
    """A `choice` needs answers, and a field of type `network` needs networks."""
    for name, row in values["fields"].items():
        at = _child(node, "fields", name)
        if at is None:
            continue
        if row["type"] == "choice" and len(row["options"]) < 2:
            reader.report("data/value", at, f'the choice "{name}" has fewer than two "options"', "add them")
        if row["type"] == "network" and not values["networks"]:
            reader.report("data/value", at, f'"{name}" asks for a network, and "networks" names none', "add them")


def _check_subjects(node: Mapping, values: dict[str, Any], reader: Reader) -> None:
    """The {places} of a subject are fields of its scenario."""
    for name, row in values["scenarios"].items():
        known = {reference.name for reference in (*row["fields"], *row["optional"])}
        for code, text in row["subject"].items():
            for place in _PLACE.findall(text):
                at = _child(node, "scenarios", name, "subject", *([code] if code else []))
                if place not in known and at is not None:
                    message = f'the subject names "{{{place}}}", which is no field of "{name}"'
                    reader.report("data/value", at, message, did_you_mean(place, known))
