"""What channels and scenarios name must exist, in every language, be found by the search, and be private."""

from __future__ import annotations

import pytest

from tests.site_folder import CONFIG, SiteFolder
from tests.support.data import CHANNELS, SCENARIOS, with_support

FILE = "content/_data/scenarios.yaml"


def test_the_sample_is_right(site: SiteFolder) -> None:
    build = with_support(site).build(check_only=True)
    assert [d for d in build.diagnostics if d.rule.startswith("support/")] == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("articles: [deposits/not-arrived]", "articles: [deposits/not-arived]", f"{FILE}:11:16 support/unknown"),
        ("optional: [story]", "optional: [storey]", f"{FILE}:13:16 support/unknown"),
        ("channels: [mail]", "channels: [male]", f"{FILE}:22:16 support/unknown"),
        ("channels: [mail]", "channels: [news]", f"{FILE}:22:16 support/public-channel"),
        ("channels: [chat, mail]\n  scenario", "channels: [news]\n  scenario", f"{FILE}:28:14 support/public-channel"),
        ("scenario: risk", "scenario: risky", f"{FILE}:29:13 support/unknown"),
        ("queries: {zh", "queries: {fr", f"{FILE}:16:20 support/unknown"),
        ("articles: [security/phishing]", "articles: [security/keys]", f"{FILE}:20:16 support/untranslated"),
        ("label: {zh: 网络, en: Network}", "label: {zh: 网络}", f"{FILE}:6:3 support/untranslated"),
        ("en: [deposit not arrived]", "en: [phishing]", f"{FILE}:16:34 support/canary"),
    ],
)
def test_each_mistake_is_found_at_its_place(site: SiteFolder, old: str, new: str, expected: str) -> None:
    assert old in SCENARIOS
    build = with_support(site, scenarios=SCENARIOS.replace(old, new, 1)).build(check_only=True)
    found = [f"{d.location} {d.rule}" for d in build.diagnostics if d.rule.startswith("support/")]
    assert expected in found


def test_a_channel_names_languages_of_the_site(site: SiteFolder) -> None:
    with_support(site, channels=CHANNELS.replace("locales: [en]", "locales: [fr]"))
    found = site.find("support/unknown")
    assert str(found.location) == "content/_data/channels.yaml:12:13"


def test_a_channel_names_its_own_line_when_its_article_is_missing(site: SiteFolder) -> None:
    with_support(site, channels=CHANNELS.replace("address: deposits/not-arrived", "address: deposits/gone"))
    assert str(site.find("site/unknown-key").location) == "content/_data/channels.yaml:1:1"


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("mailto:help@example.com", "help@example.com", "data/value"),
        ("  kind: email\n", "  kind：email\n", "yaml/syntax"),
    ],
)
def test_a_mistake_in_a_channel_is_one_error(site: SiteFolder, old: str, new: str, rule: str) -> None:
    with_support(site, channels=CHANNELS.replace(old, new, 1))
    chat = "chat: {provider: url, channel: mail, address: https://chat.example/}\n"
    errors = [d for d in site.write("helpgen.yaml", CONFIG + chat).build().diagnostics if d.severity == "error"]
    assert [d.rule for d in errors] == [rule]


def test_a_channel_that_a_mistake_of_less_weight_leaves_out_is_still_missed(site: SiteFolder) -> None:
    with_support(site, channels=CHANNELS.replace("mailto:help@example.com", "help@example.com", 1))
    found = site.write("helpgen.yaml", CONFIG + "checks: {data/value: warning}\n").build().diagnostics
    assert "support/unknown" in [d.rule for d in found if d.severity == "error"]


def test_a_new_language_is_one_finding_a_file_with_the_first_places(site: SiteFolder) -> None:
    with_support(site).write("helpgen.yaml", CONFIG + "  fr: {name: Français}\n")
    found = [d for d in site.build(check_only=True).diagnostics if d.rule == "support/untranslated"]
    assert [f"{d.location}: {d.message}" for d in found] == [
        "content/_data/channels.yaml:1:1: 3 texts are missing in fr; readers see them in another language: "
        '"name" of the channel "chat" (line 1), "name" of the channel "mail" (line 7), "name" of the channel "news" (line 14)',
        f"{FILE}:5:3: 10 texts are missing in fr; readers see them in another language: "
        '"label" of the field "uid" (line 5), "label" of the field "network" (line 6), "label" of the field "story" (line 7)'
        " and 7 more",
        f'{FILE}:9:3: the scenario "deposit" has "queries" but none in fr',
        f"{FILE}:11:16: 2 articles that scenarios name are missing in fr: "
        '"deposits/not-arrived" of the scenario "deposit" (line 11), "security/phishing" of the scenario "risk" (line 20)',
    ]
