"""The way to a human, as `content/_data/channels.yaml` and `content/_data/scenarios.yaml` tell it.

Texts map a locale code to the text ("" = every locale), as everywhere in the model.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from helpgen.model.location import Location

ChannelKind = Literal["chat", "email", "phone", "form", "community", "social"]
OfficialKind = Literal["domain", "url", "email", "phone", "handle", "app"]
FieldType = Literal[
    "uid", "email", "datetime", "amount", "network", "txid", "address", "order", "choice", "device", "line", "text", "files"
]  # fmt: skip
Urgency = Literal["normal", "high", "danger"]
Texts = dict[str, str]
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A name that something else bears (an article, a channel, a field), and where it was written."""

    name: str
    at: Location


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """Opening hours in one time zone (IANA name).

    `weekly` maps a weekday ("mon" … "sun") to spans in minutes since midnight; an end after 1440 is on the next day.
    `holidays` are days (ISO) on which nobody is there.
    """

    zone: str
    weekly: dict[str, tuple[tuple[int, int], ...]]
    holidays: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """Minutes until the first reply: how long it usually takes, and the longest that readers are promised (0 = not said)."""

    usual: int
    longest: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Official:
    """Something by which readers recognise us: a domain, a mail address, a name on a platform ("telegram", "x" …)."""

    kind: OfficialKind
    value: str
    platform: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """One way to reach support, or to read its news.

    `address` is an https, mailto or tel address, or the key of an article (`category/slug`). `public` channels are for
    news, never for account matters. `open` None = no hours that a program could know. `locales` are the languages in
    which somebody answers (none = all of the site). `endpoint` takes the composer's message as JSON by POST: an https
    address or a path from the site's root, "" = there is none.
    """

    id: str
    kind: ChannelKind
    name: Texts
    address: str
    description: Texts = field(default_factory=dict)
    hours: Texts = field(default_factory=dict)
    reply_time: Texts = field(default_factory=dict)
    good_for: Texts = field(default_factory=dict)
    never_for: Texts = field(default_factory=dict)
    public: bool = False
    locales: tuple[Reference, ...] = ()
    open: Hours | None = None
    reply: Reply | None = None
    endpoint: str = ""
    official: tuple[Official, ...] = ()
    at: Location = field(default_factory=lambda: Location(path="content/_data/channels.yaml"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """A network that readers choose from, and the kind of chain whose identifiers it uses ("other": unknown to us)."""

    id: str
    name: Texts
    chain: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SupportField:
    """Something that support will ask for. `digits` and `starts` say what a `uid` looks like (0 and "" = anything)."""

    id: str
    type: FieldType
    label: Texts
    help: Texts = field(default_factory=dict)
    example: Texts = field(default_factory=dict)
    options: tuple[Texts, ...] = ()
    digits: int = 0
    starts: str = ""
    at: Location


@dataclass(frozen=True, slots=True, kw_only=True)
class CanaryQuery:
    """What a reader in this trouble types: a search for it must find one of the scenario's articles."""

    locale: str
    text: str
    at: Location


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """A kind of trouble: what to read first, what to tell support, by which channels, in that order.

    `subject` is a pattern: {field} stands for the value of a field, and is left out with what surrounds it in [ ] if there
    is none. Only "danger" puts the freeze steps before everything else.
    """

    id: str
    name: Texts
    summary: Texts
    urgency: Urgency
    articles: tuple[Reference, ...]
    fields: tuple[Reference, ...]
    optional: tuple[Reference, ...]
    never_send: Texts
    channels: tuple[Reference, ...]
    subject: Texts
    queries: tuple[CanaryQuery, ...]
    at: Location


@dataclass(frozen=True, slots=True, kw_only=True)
class Danger:
    """What to do when money or an account is at risk: steps that freeze it, the ten minutes after, the channels then."""

    freeze: dict[str, tuple[str, ...]]
    next: dict[str, tuple[str, ...]]
    channels: tuple[Reference, ...]
    scenario: Reference | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Support:
    """Everything that `scenarios.yaml` says. `language` is the one in which support reads ("" = the reader's)."""

    language: str = ""
    networks: tuple[Network, ...] = ()
    fields: tuple[SupportField, ...] = ()
    scenarios: tuple[Scenario, ...] = ()
    never_ask: dict[str, tuple[str, ...]] = field(default_factory=dict)
    danger: Danger | None = None
    at: Location = field(default_factory=lambda: Location(path="content/_data/scenarios.yaml"))
