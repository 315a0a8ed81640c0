"""The pages of the way to a human: contact, danger, and what was sent. All of them are whole without scripts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from urllib.parse import urlsplit

from helpgen.content.chat import PROVIDERS, chat_hosts, chat_policy
from helpgen.model.config import Chat
from helpgen.model.page import (
    CasePage,
    ChannelCard,
    ChatPage,
    ContactPage,
    DangerPage,
    FieldView,
    NavLink,
    ScenarioView,
)
from helpgen.model.support import Reference, Scenario
from helpgen.site.head import page_head
from helpgen.site.urls import CASE, CHAT, CONTACT, DANGER
from helpgen.site.views import Context, article_card, languages_of

_OPTIONAL = re.compile(r"\[[^\[\]]*\{[^{}]*\}[^\[\]]*\]")
_PLACE = re.compile(r"\{[^{}]*\}")
_URGENCY = {"danger": 0, "high": 1, "normal": 2}


def contact_page(context: Context) -> ContactPage:
    """Private channels first: what concerns an account must not be lost among news."""
    site = context.site
    prepare = [context.entries[key] for key in site.config.contact if key in context.entries]
    languages = languages_of(context, CONTACT)
    url = context.view.contact_url
    ordered = sorted(site.support.scenarios, key=lambda scenario: _URGENCY[scenario.urgency])
    return ContactPage(
        url=url,
        site=context.view,
        head=page_head(site.config, context.locale, url, languages=languages),
        languages=languages,
        title="",
        channels=tuple(sorted(context.channels, key=lambda channel: channel.public)),
        prepare=tuple(article_card(context, entry) for entry in prepare),
        scenarios=tuple(_scenario(context, scenario) for scenario in ordered),
        never_ask=lines(context, site.support.never_ask),
        connect=origins(channel.endpoint for channel in site.channels),
    )


def danger_page(context: Context) -> DangerPage:
    """What the red link of every header leads to. The scenario that belongs to it is offered afterwards."""
    danger = context.site.support.danger
    assert danger is not None
    languages = languages_of(context, DANGER)
    url = context.view.home_url + DANGER
    article = context.entries.get(context.site.config.danger)
    return DangerPage(
        url=url,
        site=context.view,
        head=page_head(context.site.config, context.locale, url, languages=languages),
        languages=languages,
        freeze=lines(context, danger.freeze),
        next=lines(context, danger.next),
        channels=_channels(context, danger.channels),
        never_ask=lines(context, context.site.support.never_ask),
        scenario=danger.scenario.name if danger.scenario and context.view.contact_url else "",
        article=NavLink(title=article.article.front.title, url=article.url) if article else None,
    )


def case_page(context: Context) -> CasePage:
    """Nothing in it is for search engines: it shows what one reader has sent."""
    languages = languages_of(context, CASE)
    url = context.view.case_url
    return CasePage(
        url=url,
        site=context.view,
        head=page_head(context.site.config, context.locale, url, languages=languages, index=False),
        languages=languages,
        never_ask=lines(context, context.site.support.never_ask),
    )


def chat_page(context: Context, chat: Chat) -> ChatPage:
    """The page of a vendor's live chat. The article that explains the channel, if it has one, stays its own page."""
    languages = languages_of(context, CHAT)
    url = context.view.home_url + CHAT
    card = next(channel for channel in context.channels if channel.id == chat.channel)
    address = next(channel.address for channel in context.site.channels if channel.id == chat.channel)
    article = context.entries.get(address)
    return ChatPage(
        url=url,
        site=context.view,
        head=page_head(context.site.config, context.locale, url, languages=languages, index=False),
        languages=languages,
        channel=card,
        article=NavLink(title=article.article.front.title, url=article.url) if article else None,
        provider=PROVIDERS[chat.provider].name or chat_hosts(chat)[0],
        policy=chat_policy(chat),
        hosts=chat_hosts(chat),
        chat={
            "provider": chat.provider,
            "id": chat.id,
            "address": chat.address,
            "field": chat.field,
            "channel": chat.channel,
        },
    )


def lines(context: Context, texts: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """A list of texts in the page's language, else in the default one."""
    return texts.get(context.locale) or texts.get("") or texts.get(context.site.config.default_locale) or ()


def origins(addresses: Iterable[str]) -> tuple[str, ...]:
    """The origins of the full addresses among them, for the content security policy."""
    parts = [urlsplit(address) for address in addresses if "://" in address]
    return tuple(dict.fromkeys(f"{part.scheme}://{part.netloc}" for part in parts))


def bare_subject(pattern: str) -> str:
    """A subject without any value: the parts in [ ] that need one are left out."""
    return " ".join(_PLACE.sub("", _OPTIONAL.sub("", pattern)).split())


def _scenario(context: Context, scenario: Scenario) -> ScenarioView:
    def text(texts: dict[str, str]) -> str:
        return context.site.config.localised(texts, context.locale)

    fields = {field.id: field for field in context.site.support.fields}
    asked = [(r, True) for r in scenario.fields] + [(r, False) for r in scenario.optional]
    return ScenarioView(
        id=scenario.id,
        name=text(scenario.name),
        summary=text(scenario.summary),
        urgency=scenario.urgency,
        articles=tuple(
            article_card(context, context.entries[r.name]) for r in scenario.articles if r.name in context.entries
        ),
        fields=tuple(
            FieldView(label=text(fields[r.name].label), help=text(fields[r.name].help), required=required)
            for r, required in asked
            if r.name in fields
        ),
        never_send=text(scenario.never_send),
        subject=bare_subject(text(scenario.subject)),
        channels=_channels(context, scenario.channels),
    )


def _channels(context: Context, references: Iterable[Reference]) -> tuple[ChannelCard, ...]:
    cards = {card.id: card for card in context.channels}
    return tuple(cards[reference.name] for reference in references if reference.name in cards)
