"""What channels and scenarios promise, against the site: names that exist, texts in every language, no public channel."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Final

from helpgen.model.diagnostic import Diagnostic, problem
from helpgen.model.location import Location
from helpgen.model.site import Site
from helpgen.model.suggest import did_you_mean
from helpgen.model.support import Reference, Scenario

_CHANNEL: Final = "channel of channels.yaml"


def unknown_names(site: Site) -> Iterator[Diagnostic]:
    """Articles, channels, fields, scenarios and languages that do not exist."""
    support = site.support
    articles = {entry.article.translation_key for part in site.locales for entry in part.entries} | site.failed_articles
    channels = {channel.id for channel in site.channels}
    fields = {field.id for field in support.fields}
    locales = {locale.code for locale in site.config.locales}
    for channel in site.channels:
        yield from _unknown(channel.locales, f'the channel "{channel.id}"', "language of the site", locales)
    for scenario in support.scenarios:
        owner = f'the scenario "{scenario.id}"'
        yield from _unknown(scenario.articles, owner, "published article", articles)
        yield from _unknown((*scenario.fields, *scenario.optional), owner, 'field of "fields"', fields)
        yield from _unknown(() if site.channels_failed else scenario.channels, owner, _CHANNEL, channels)
        asked = [Reference(name=query.locale, at=query.at) for query in scenario.queries]
        yield from _unknown(asked, f'"queries" of "{scenario.id}"', "language of the site", locales)
    if support.danger:
        yield from _unknown(() if site.channels_failed else support.danger.channels, '"danger"', _CHANNEL, channels)
        scenarios = {scenario.id for scenario in support.scenarios}
        named = [support.danger.scenario] if support.danger.scenario else []
        yield from _unknown(named, '"danger"', "scenario", scenarios)


def public_channels(site: Site) -> Iterator[Diagnostic]:
    """Account matters that would be sent where everybody reads along."""
    public = {channel.id for channel in site.channels if channel.public}
    danger = site.support.danger
    named = [(f'the scenario "{s.id}"', s.channels) for s in site.support.scenarios]
    named += [('"danger"', danger.channels)] if danger else []
    for owner, references in named:
        for reference in references:
            if reference.name in public:
                message = f'{owner} leads to "{reference.name}", where everybody reads along'
                yield problem("support/public-channel", reference.at, message, hint="name a private channel instead")


def missing_texts(site: Site) -> Iterator[Diagnostic]:
    """Texts and articles that one of the languages lacks."""
    codes = [locale.code for locale in site.config.locales]
    for owner, texts, at in _texts(site):
        lacking = [code for code in codes if texts and code not in texts and "" not in texts]
        if lacking:
            message = f"{owner} is missing in {', '.join(lacking)}; readers see it in another language"
            yield problem("support/untranslated", at, message, hint=f"add {lacking[0]}: …")
    for scenario in site.support.scenarios:
        yield from _missing_articles(site, scenario)
        asked = {query.locale for query in scenario.queries}
        for code in codes:
            if scenario.queries and code not in asked:
                message = f'the scenario "{scenario.id}" has "queries" but none in {code}'
                yield problem("support/untranslated", scenario.at, message, hint=f"add {code}: [what readers type]")


def _missing_articles(site: Site, scenario: Scenario) -> Iterator[Diagnostic]:
    for part in site.locales:
        own = {entry.article.translation_key for entry in part.entries if entry.translated}
        shown = {entry.article.translation_key for entry in part.entries}
        for reference in scenario.articles:
            if reference.name in shown - own:
                message = f'the article "{reference.name}" of the scenario "{scenario.id}" is missing in {part.locale}'
                yield problem("support/untranslated", reference.at, message, hint="translate it")


def _texts(site: Site) -> Iterator[tuple[str, Collection[str], Location]]:
    """Everything that has a text by language: what it is, the languages it has, where its owner stands."""
    for channel in site.channels:
        for name in ("name", "description", "hours", "reply_time", "good_for", "never_for"):
            yield f'"{name}" of the channel "{channel.id}"', getattr(channel, name), channel.at
    support = site.support
    for field in support.fields:
        for name in ("label", "help", "example"):
            yield f'"{name}" of the field "{field.id}"', getattr(field, name), field.at
        for option in field.options:
            yield f'an option of the field "{field.id}"', option, field.at
    for scenario in support.scenarios:
        for name in ("name", "summary", "never_send", "subject"):
            yield f'"{name}" of the scenario "{scenario.id}"', getattr(scenario, name), scenario.at
    for network in support.networks:
        yield f'"name" of the network "{network.id}"', network.name, support.at
    yield '"never_ask"', support.never_ask, support.at
    if support.danger:
        yield '"freeze" of "danger"', support.danger.freeze, support.at
        yield '"next" of "danger"', support.danger.next, support.at


def _unknown(references: Iterable[Reference], owner: str, what: str, known: Collection[str]) -> Iterator[Diagnostic]:
    for reference in references:
        if reference.name not in known:
            message = f'{owner} names "{reference.name}", which is no {what}'
            yield problem("support/unknown", reference.at, message, hint=did_you_mean(reference.name, known))
