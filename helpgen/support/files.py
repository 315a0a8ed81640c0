"""Site -> the files that the scripts of the contact page, the danger page and the assistant read.

1. `support_files`: per language, `assets/support.<locale>.<hash>.json` with scenarios, fields, networks and channels. What
   stands in a message is there in two languages, the reader's and that of support; all else in the reader's. For a site on
   a disk, where a page can fetch nothing, it is a script that puts the same into `helpgenSupport.<locale>`.
2. `official_file`: `.well-known/support-channels.json`, the list by which anybody can tell our channels from false ones.

Addresses in the first are relative to the site's root, as everywhere in helpgen; in the second they are absolute.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, Final
from urllib.parse import quote

from helpgen.content.chat import CHAT_PAGE
from helpgen.model.site import Entry, LocaleSite, Site
from helpgen.model.support import Channel, Danger, Hours, Reference, Scenario, SupportField, Texts
from helpgen.support.phrases import phrases_for
from helpgen.support.troubleshooter import guides_of

Json = dict[str, Any]
OFFICIAL_FILE: Final = ".well-known/support-channels.json"
# The version of the form of the official list; docs/support.md describes it.
OFFICIAL_VERSION: Final = 1


def support_files(site: Site) -> dict[str, tuple[str, bytes]]:
    """By locale: the path and the content of what its scripts read. Empty for a site without channels."""
    if not site.channels:
        return {}
    files = {}
    for part in site.locales:
        data, ending = _dump(_Locale(site, part).document()), "json"
        if site.config.offline:
            data, ending = _as_script(part.locale, data), "js"
        files[part.locale] = (f"assets/support.{part.locale}.{hashlib.sha256(data).hexdigest()[:8]}.{ending}", data)
    return files


def _as_script(locale: str, document: bytes) -> bytes:
    return f"(globalThis.helpgenSupport ??= {{}})[{json.dumps(locale)}] = ".encode() + document.rstrip() + b";\n"


def official_file(site: Site) -> dict[str, bytes]:
    """The public list of our channels by its path; none for a site without channels."""
    if not site.channels:
        return {}
    base = site.config.base_url
    entries = {e.article.translation_key: e for e in site.locales[0].entries}
    channels = [
        {
            "id": channel.id,
            "kind": channel.kind,
            "name": channel.name,
            "address": _absolute(_address(channel.address, entries), base),
            "public": channel.public,
            "locales": _names(channel.locales),
            "official": [asdict(row) for row in channel.official],
        }
        for channel in site.channels
    ]
    document = {
        "version": OFFICIAL_VERSION,
        "title": site.config.title,
        "home": base,
        "channels": channels,
        "never_ask": {code: list(texts) for code, texts in site.support.never_ask.items()},
    }
    return {OFFICIAL_FILE: _dump(document, indent=1)}


class _Locale:
    """The document of one language."""

    def __init__(self, site: Site, part: LocaleSite) -> None:
        self.site = site
        self.locale = part.locale
        self.entries = {entry.article.translation_key: entry for entry in part.entries}
        self.guides = guides_of(part)
        self.language = site.support.language or part.locale

    def document(self) -> Json:
        support = self.site.support
        return {
            "locale": self.locale,
            "language": self.language,
            "home": self.site.config.base_url,
            "phrases": {code: phrases_for(code) for code in (self.locale, self.language)},
            "networks": [{"id": n.id, "name": self.both(n.name), "chain": n.chain} for n in support.networks],
            "fields": [self.field(field) for field in support.fields],
            "scenarios": [self.scenario(scenario) for scenario in support.scenarios],
            "channels": [self.channel(channel) for channel in self.site.channels],
            "never_ask": list(self.lines(support.never_ask)),
            "danger": self.danger(support.danger) if support.danger else None,
        }

    def text(self, texts: Texts) -> str:
        return self.site.config.localised(texts, self.locale)

    def both(self, texts: Texts) -> Texts:
        """The reader's language and that of support."""
        return {code: self.site.config.localised(texts, code) for code in (self.locale, self.language)}

    def lines(self, texts: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
        return texts.get(self.locale) or texts.get("") or texts.get(self.site.config.default_locale) or ()

    def field(self, field: SupportField) -> Json:
        return {
            "id": field.id,
            "type": field.type,
            "label": self.both(field.label),
            "help": self.text(field.help),
            "example": self.text(field.example),
            "options": [self.both(option) for option in field.options],
            "digits": field.digits,
            "starts": field.starts,
        }

    def scenario(self, scenario: Scenario) -> Json:
        return {
            "id": scenario.id,
            "name": self.both(scenario.name),
            "summary": self.text(scenario.summary),
            "urgency": scenario.urgency,
            "articles": [self.article(r.name) for r in scenario.articles if r.name in self.entries],
            "guide": self.guide(scenario.id),
            "fields": _names(scenario.fields),
            "optional": _names(scenario.optional),
            "never_send": self.text(scenario.never_send),
            "channels": _names(scenario.channels),
            "subject": self.both(scenario.subject),
        }

    def guide(self, scenario: str) -> Json | None:
        """The troubleshooter that ends in this scenario."""
        entry = self.guides.get(scenario)
        return self.article(entry.article.translation_key) if entry else None

    def article(self, key: str) -> Json:
        entry = self.entries[key]
        return {"key": key, "title": entry.article.front.title, "url": _encoded(entry.url)}

    def channel(self, channel: Channel) -> Json:
        chat = self.site.config.chat
        address = _address(channel.address, self.entries)
        widget = chat is not None and chat.channel == channel.id
        if widget:
            address = (f"{self.locale}/" if self.site.prefixed else "") + CHAT_PAGE
        return {
            "id": channel.id,
            "kind": channel.kind,
            "name": self.text(channel.name),
            "url": address if ":" in address else _encoded(address),
            "widget": widget,
            "public": channel.public,
            "reply_time": self.text(channel.reply_time),
            "never_for": self.text(channel.never_for),
            "locales": _names(channel.locales),
            "open": _hours(channel.open) if channel.open else None,
            "reply": asdict(channel.reply) if channel.reply else None,
            "endpoint": channel.endpoint,
        }

    def danger(self, danger: Danger) -> Json:
        return {
            "freeze": list(self.lines(danger.freeze)),
            "next": list(self.lines(danger.next)),
            "channels": _names(danger.channels),
            "scenario": danger.scenario.name if danger.scenario else "",
        }


def _hours(hours: Hours) -> Json:
    weekly = {day: [list(span) for span in spans] for day, spans in hours.weekly.items()}
    return {"zone": hours.zone, "weekly": weekly, "holidays": list(hours.holidays)}


def _names(references: tuple[Reference, ...]) -> list[str]:
    return [reference.name for reference in references]


def _address(address: str, entries: Mapping[str, Entry]) -> str:
    """An https, mailto or tel address as it is; an article's, below the site's root."""
    if ":" in address:
        return address
    entry = entries.get(address)
    return entry.url if entry else ""


def _absolute(address: str, base: str) -> str:
    return address if ":" in address else base + _encoded(address)


def _encoded(path: str) -> str:
    return quote(path, safe="/-_.~!$'()*,;:@")


def _dump(document: Json, indent: int | None = None) -> bytes:
    separators = None if indent else (",", ":")
    return (json.dumps(document, ensure_ascii=False, indent=indent, separators=separators) + "\n").encode()
