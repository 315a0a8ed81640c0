"""helpgen.yaml: read with types, refused with places."""

from __future__ import annotations

import pytest

from helpgen.content.config import parse_config
from helpgen.model.config import SiteConfig
from helpgen.model.diagnostic import Outcome
from helpgen.model.source import SourceFile

BASE = "title: Help\nlocales:\n  en: {name: English}\n"


def parse(text: str) -> Outcome[SiteConfig]:
    return parse_config(SourceFile(path="helpgen.yaml", data=text.encode(), digest=""))


def test_a_whole_config() -> None:
    config = parse(
        "title: {zh: 帮助, en: Help}\nbase_url: https://h.example/docs\nlocales:\n  zh: {name: 中文}\n  ar: {name: عربي, direction: rtl}\n"
        "  en: {name: English}\ntheme: {name: mine, settings: {brand: '#123456'}}\n"
        "footer: [{label: {zh: 条款, en: Terms}, url: https://h.example/terms}]\npopular_searches: {zh: [提币]}\n"
        "danger: security/risk\nsearch: {backend: both}\nchecks: {link/broken: warning}\nlimits: {nesting: 10}\n"
    ).value
    assert config is not None
    assert [locale.code for locale in config.locales] == ["zh", "ar", "en"]
    assert config.locales[1].direction == "rtl"
    assert (config.default_locale, config.base_url, config.theme) == ("zh", "https://h.example/docs/", "mine")
    assert config.backends == ("json", "whoosh")
    assert (config.checks, config.limits.nesting, config.danger) == ({"link/broken": "warning"}, 10, "security/risk")
    assert config.localised(config.title, "ar") == "帮助"


def test_the_least_config() -> None:
    config = parse(BASE).value
    assert config is not None
    assert (config.theme, config.backends, config.base_url) == ("lighthouse", ("json",), "")


@pytest.mark.parametrize(
    ("text", "place", "says"),
    [
        ("", "1:1", "no settings"),
        ("- a\n", "1:1", "must be a mapping"),
        ("title: Help\n", "1:1", '"locales" is missing'),
        (BASE + "tite: x\n", "4:1", 'unknown field "tite"'),
        (BASE + "base_url: example.com\n", "4:11", "the full address"),
        (BASE + "base_url: 'javascript:alert(1)'\n", "4:11", "the full address"),
        ("title: Help\nlocales: {'<b>': {name: x}}\n", "2:11", "a language code"),
        ("title: Help\nlocales: {../x: {name: x}}\n", "2:11", "a language code"),
        ("title: Help\nlocales: {}\n", "2:10", "at least one language"),
        ("title: {fr: Aide}\nlocales: {en: {name: English}}\n", "1:9", "not one of the locales"),
        (BASE + "checks: {link/brokn: off}\n", "4:10", 'no rule is called "link/brokn"'),
        (BASE + "checks: {site/duplicate-address: off}\n", "4:10", "cannot be changed"),
        (BASE + "checks: {link/broken: quiet}\n", "4:23", "one of error, warning, info, off"),
        (BASE + "search: {backend: lunr}\n", "4:19", "one of json, whoosh, both"),
        (BASE + "footer: [{label: x, url: 'javascript:x'}]\n", "4:26", "https:"),
        (BASE + "limits: {nesting: -1}\n", "4:19", "a whole number from 1"),
        (BASE + "theme: {name: x, colour: red}\n", "4:18", 'unknown field "theme.colour"'),
        ("title: 'Help\n", "1:8", "never closed"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(text: str, place: str, says: str) -> None:
    outcome = parse(text)
    assert outcome.value is None
    found = outcome.diagnostics[0]
    assert f"{found.location.line}:{found.location.column}" == place
    assert says in found.message


def test_a_locale_code_that_yaml_reads_as_false_is_a_language() -> None:
    config = parse("title: Hjelp\nlocales: {no: {name: Norsk}}\n").value
    assert config is not None
    assert config.default_locale == "no"


def test_all_mistakes_come_in_one_run() -> None:
    found = parse("titel: x\nlocales: {en: {nam: x}}\nbase_url: nowhere\n").diagnostics
    assert [d.location.line for d in found if d.rule == "config/unknown-key"] == [1, 2]
    assert len(found) >= 4
