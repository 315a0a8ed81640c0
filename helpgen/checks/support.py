"""What channels and scenarios promise, against the site: names that exist, texts in every language, no public channel."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from helpgen.model.diagnostic import Diagnostic, problem
from helpgen.model.location import Location
from helpgen.model.site import Site
from helpgen.model.suggest import did_you_mean
from helpgen.model.support import Reference

_NAMED: Final = 3
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


@dataclass(frozen=True, slots=True)
class _Gap:
    """What a language lacks: `one` says it of a single thing, `many` of several of one file; the hint may name the language."""

    one: str
    many: str
    hint: str


_TEXT: Final = _Gap(
    "{owner} is missing in {languages}; readers see it in another language",
    "{count} texts are missing in {languages}; readers see them in another language",
    "add {language}: …",
)
_ARTICLE: Final = _Gap(
    "the article {owner} is missing in {languages}",
    "{count} articles that scenarios name are missing in {languages}",
    "translate it",
)
_QUERIES: Final = _Gap(
    'the scenario {owner} has "queries" but none in {languages}',
    '{count} scenarios have "queries" but none in {languages}',
    "add {language}: [what readers type]",
)


def missing_texts(site: Site) -> Iterator[Diagnostic]:
    """Texts and articles that one of the languages lacks. Those of one file are one finding: a new language lacks them all."""
    places: dict[tuple[str, _Gap, tuple[str, ...]], list[tuple[str, Location]]] = {}
    for gap, owner, languages, at in _gaps(site):
        places.setdefault((at.path, gap, languages), []).append((owner, at))
    for (_, gap, languages), found in places.items():
        named = ", ".join(f"{owner} (line {at.line})" for owner, at in found[:_NAMED])
        more = f" and {len(found) - _NAMED} more" if len(found) > _NAMED else ""
        form = gap.one if len(found) == 1 else f"{gap.many}: {{named}}{{more}}"
        message = form.format(
            owner=found[0][0], count=len(found), languages=", ".join(languages), named=named, more=more
        )
        yield problem("support/untranslated", found[0][1], message, hint=gap.hint.format(language=languages[0]))


def _gaps(site: Site) -> Iterator[tuple[_Gap, str, tuple[str, ...], Location]]:
    """Everything that some languages lack: what it is, the languages, and where it or its owner stands."""
    codes = [locale.code for locale in site.config.locales]
    for owner, texts, at in _texts(site):
        lacking = tuple(code for code in codes if texts and code not in texts and "" not in texts)
        if lacking:
            yield _TEXT, owner, lacking, at
    shown = {
        part.locale: {
            entry.article.translation_key: entry.translated or entry.article.translation_key in site.failed_articles
            for entry in part.entries
        }
        for part in site.locales
    }
    for scenario in site.support.scenarios:
        for reference in scenario.articles:
            lacking = tuple(code for code, translated in shown.items() if not translated.get(reference.name, True))
            if lacking:
                yield _ARTICLE, f'"{reference.name}" of the scenario "{scenario.id}"', lacking, reference.at
        asked = {query.locale for query in scenario.queries}
        lacking = tuple(code for code in codes if scenario.queries and code not in asked)
        if lacking:
            yield _QUERIES, f'"{scenario.id}"', lacking, scenario.at


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
