"""channels.yaml and scenarios.yaml: typed values, and every mistake at its place."""

from __future__ import annotations

import zoneinfo

import pytest

from helpgen.content.support import parse_channels, parse_support
from helpgen.content.zones import ZONES
from helpgen.model.source import SourceFile
from helpgen.model.support import Hours, Official, Reply
from tests.support.data import CHANNELS, SCENARIOS


def source(text: str) -> SourceFile:
    return SourceFile(path="content/_data/x.yaml", data=text.encode(), digest="")


def test_channels() -> None:
    read = parse_channels(source(CHANNELS))
    assert read.diagnostics == ()
    chat, mail, news = read.value or ()
    assert chat.open is not None
    assert chat.open.weekly["fri"] == ((540, 1080),)
    assert chat.open.weekly["sat"] == ((600, 720), (780, 1020))
    assert "sun" not in chat.open.weekly
    assert (chat.open.zone, chat.open.holidays, chat.reply) == (
        "Asia/Shanghai",
        ("2026-12-25",),
        Reply(usual=3, longest=15),
    )
    assert (mail.endpoint, [r.name for r in mail.locales]) == ("https://desk.example.com/messages", ["en"])
    assert mail.official[0] == Official(kind="email", value="help@example.com")
    assert (news.public, news.open, news.reply, news.at.line) == (True, None, None, 14)


def test_scenarios() -> None:
    read = parse_support(source(SCENARIOS))
    assert read.diagnostics == ()
    assert read.value is not None
    deposit, risk = read.value.scenarios
    assert ([r.name for r in deposit.fields], [r.name for r in deposit.optional]) == (["uid", "network"], ["story"])
    assert str(deposit.articles[0].at) == "content/_data/x.yaml:11:16"
    assert [(q.locale, q.text) for q in deposit.queries] == [("zh", "充币没有到账"), ("en", "deposit not arrived")]
    assert (risk.urgency, read.value.danger and read.value.danger.scenario and read.value.danger.scenario.name) == (
        "danger",
        "risk",
    )
    assert read.value.networks[0].name == {"": "TRON"}


@pytest.mark.parametrize(
    ("old", "new", "at", "says"),
    [
        ("Asia/Shanghai", "Asia/Beijing", "5:16", "must be a time zone"),
        ('"09:00-18:00"', '"9-18"', "5:49", "must be hours as HH:MM-HH:MM"),
        ('"09:00-18:00"', '"09:00-09:00"', "5:49", "must be hours that end after they begin"),
        ("mon-fri", "mon-fry", "5:40", '"mon-fry" is no weekday'),
        ("2026-12-25", "25 December", "5:113", "must be a date"),
        ("usual: 3", "usual: soon", "6:18", "must be a whole number"),
        ("https://desk.example.com/messages", "desk", "11:13", "must be an https: address or a path"),
        ("kind: email, value", "kind: mail, value", "13:21", "must be one of domain, url, email"),
    ],
)  # fmt: skip
def test_mistakes_in_channels(old: str, new: str, at: str, says: str) -> None:
    found = parse_channels(source(CHANNELS.replace(old, new, 1))).diagnostics
    assert [(f"{d.location.line}:{d.location.column}", says in d.message) for d in found] == [(at, True)], found


@pytest.mark.parametrize(
    ("old", "new", "at", "says"),
    [
        ("chain: tron", "chain: trom", "3:30", "must be one of bitcoin"),
        ("type: uid", "type: uuid", "5:15", "must be one of uid"),
        ("networks:\n  trc20: {name: TRON, chain: tron}\n", "", "4:12", '"networks" names none'),
        ("type: text", "type: choice", "7:10", 'the choice "story" has fewer than two'),
        ("UID {uid})]", "UID {uuid})]", "15:43", 'names "{uuid}", which is no field of "deposit"'),
        ("urgency: danger", "urgency: urgent", "19:14", "must be one of normal, high, danger"),
        ("    subject: {zh: 冻结, en: Freeze}\n", "", "18:5", '"scenarios.risk.subject" is missing'),
        ("queries: {zh: [充币没有到账]", "queries: {zh: {a: b}", "16:19", "must be a text"),
    ],
)  # fmt: skip
def test_mistakes_in_scenarios(old: str, new: str, at: str, says: str) -> None:
    assert old in SCENARIOS
    found = parse_support(source(SCENARIOS.replace(old, new, 1))).diagnostics
    assert [(f"{d.location.line}:{d.location.column}", says in d.message) for d in found] == [(at, True)], found


def test_hours_past_midnight_end_on_the_next_day() -> None:
    read = parse_channels(source(CHANNELS.replace('"09:00-18:00"', '"22:00-06:00"', 1)))
    assert read.value is not None
    assert isinstance(read.value[0].open, Hours)
    assert read.value[0].open.weekly["mon"] == ((1320, 1800),)


def test_the_zones_are_those_of_the_database() -> None:
    known = zoneinfo.available_timezones()
    if len(known) < 300:
        pytest.skip("this machine has no time zone database")
    places = {
        name
        for name in known
        if "/" in name and name.split("/")[0] in ("Africa", "America", "Asia", "Europe", "Pacific")
    }
    assert len(places - ZONES) <= len(places) // 50, sorted(places - ZONES)
    assert {"Asia/Shanghai", "Europe/London", "UTC"} <= ZONES


@pytest.mark.parametrize(
    ("hours", "said"),
    [
        ("25:00-18:00", "must be hours that exist"),
        ("09:60-18:00", "must be hours that exist"),
        ("9:00-18:00", "must be hours that exist"),
        ("24:00-18:00", "must be hours that exist"),
        ("9-18", "must be hours as HH:MM-HH:MM"),
    ],
)
def test_hours_say_whether_their_form_or_the_hour_is_wrong(hours: str, said: str) -> None:
    (found,) = parse_channels(source(CHANNELS.replace('"09:00-18:00"', f'"{hours}"', 1))).diagnostics
    assert said in found.message
    assert found.hint


def test_full_width_colons_in_hours_are_told() -> None:
    (found,) = parse_channels(source(CHANNELS.replace('"09:00-18:00"', '"09：00-18：00"', 1))).diagnostics
    assert found.hint == "write : for the full-width ："
