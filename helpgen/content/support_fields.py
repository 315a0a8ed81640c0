"""The tables of fields of `_data/channels.yaml` and `_data/scenarios.yaml`: the way to a human.

A name that something else bears (an article, a channel, a field, a language) is read with its place, for later checks.
"""

from __future__ import annotations

import re
from typing import Final

from helpgen.content.fields import ADDRESS, ARTICLE_KEY, TITLE
from helpgen.content.schema import (
    LOCALE_CODE,
    Choice,
    Date,
    Field,
    Flag,
    ListOf,
    Localised,
    MapOf,
    Number,
    Record,
    Text,
    Type,
)
from helpgen.content.support_types import Placed, PlacedTexts, Week, Zone

# The kinds of chain whose transaction ids and addresses `support/client/identifiers.js` can judge.
CHAINS: Final = (
    "bitcoin", "litecoin", "dogecoin", "bitcoin-cash", "evm", "tron", "solana", "xrp", "stellar", "ton", "cardano",
    "polkadot", "cosmos", "aptos", "sui", "near", "other",
)  # fmt: skip
FIELD_TYPES: Final = (
    "uid", "email", "datetime", "amount", "network", "txid", "address", "order", "choice", "device", "line", "text", "files",
)  # fmt: skip

_NAME: Final = re.compile(r"[a-z][a-z0-9-]{0,40}\Z")
CHANNEL_NAME: Final = Text(label="a name for the channel", pattern=_NAME)
FIELD_NAME: Final = Text(label="a name for the field", pattern=_NAME)
SCENARIO_NAME: Final = Text(label="a name for the scenario", pattern=_NAME)
NETWORK_NAME: Final = Text(label="a name for the network", pattern=_NAME)
SENTENCE: Final = Text(max_length=400)
ENDPOINT: Final = Text(
    label="an https: address or a path from the root of the site",
    pattern=re.compile(
        r"(https://[^\s\\/<>\"'@;,*?#]+(?:/[^\s\\<>\"'@;,]*)?|http://(?:localhost|127\.0\.0\.1)(?::\d+)?/[^\s\\<>\"'@;,]*|/(?!/)[^\s\\<>\"'@;,]*)\Z"
    ),
    hint="for example https://support.example.com/messages or /api/messages",
)

HOURS_FIELDS: Final = Record(
    (
        Field(name="zone", type=Zone(), default="UTC", required=True, doc="The time zone of these hours."),
        Field(
            name="weekly",
            type=Week(),
            default={},
            required=True,
            doc='Hours by weekday: `mon-fri: "09:00-18:00"`; a day that is not named is closed.',
        ),
        Field(name="holidays", type=ListOf(Date(), 400), default=(), doc="Days on which nobody is there."),
    )
)
REPLY_FIELDS: Final = Record(
    (
        Field(
            name="usual",
            type=Number(0, 100_000, whole=True),
            default=0,
            required=True,
            doc="Minutes until a first reply, as a rule.",
        ),
        Field(
            name="longest",
            type=Number(0, 100_000, whole=True),
            default=0,
            doc="Minutes after which a reader may ask again; the case card counts by it.",
        ),
    )
)
OFFICIAL_FIELDS: Final = Record(
    (
        Field(
            name="kind",
            type=Choice(("domain", "url", "email", "phone", "handle", "app")),
            default="domain",
            required=True,
            doc="What it is.",
        ),
        Field(
            name="value",
            type=Text(max_length=300),
            default="",
            required=True,
            doc="The domain, address, number or name, exactly. A domain stands for all below it.",
        ),
        Field(
            name="platform",
            type=Text(label="a platform (a-z, 0-9, -)", pattern=_NAME),
            default="",
            doc="Where a `handle` or `app` is: `telegram`, `x`, `discord`, `app-store` or another.",
        ),
    )
)

CHANNEL_FIELDS: Final = Record(
    label="a mapping of channel fields",
    fields=(
        Field(
            name="kind",
            type=Choice(("chat", "email", "phone", "form", "community", "social")),
            default="email",
            required=True,
            doc="What kind of channel it is.",
        ),
        Field(name="name", type=Localised(TITLE), default={}, required=True, doc="Its name."),
        Field(
            name="address",
            type=ADDRESS,
            default="",
            required=True,
            doc="An https:, mailto: or tel: address, or the article that explains it, as `category/slug`.",
        ),
        Field(name="description", type=Localised(SENTENCE), default={}, doc="One line on what happens there."),
        Field(name="hours", type=Localised(TITLE), default={}, doc="When somebody is there, in words."),
        Field(name="reply_time", type=Localised(TITLE), default={}, doc="How long an answer usually takes, in words."),
        Field(name="good_for", type=Localised(SENTENCE), default={}, doc="What it is for."),
        Field(name="never_for", type=Localised(SENTENCE), default={}, doc="What does not belong there, in a sentence."),
        Field(
            name="public",
            type=Flag(),
            default=False,
            doc="`true`: everybody can read along, so never for account matters.",
        ),
        Field(
            name="locales",
            type=ListOf(Placed(LOCALE_CODE), 40),
            default=(),
            doc="The languages in which somebody answers; without it, all of the site.",
        ),
        Field(
            name="open",
            type=HOURS_FIELDS,
            default=None,
            doc="The hours again, for the page to say whether it is open now, in the reader's own time zone.",
        ),
        Field(
            name="reply",
            type=REPLY_FIELDS,
            default=None,
            doc="The reply time again, in minutes: what is fastest now, and when a reply is due.",
        ),
        Field(
            name="endpoint",
            type=ENDPOINT,
            default="",
            doc="Where the contact page may send a message by POST, as JSON: [the form](support.md#receiving-messages-by-post).",
        ),
        Field(
            name="official",
            type=ListOf(OFFICIAL_FIELDS, 60),
            default=(),
            doc="By what readers recognise us there. Shipped as `/.well-known/support-channels.json`.",
        ),
    ),
)
CHANNELS: Final[Type] = MapOf(CHANNEL_NAME, CHANNEL_FIELDS)

NETWORK_FIELDS: Final = Record(
    (
        Field(name="name", type=Localised(TITLE), default={}, required=True, doc="As readers know it: TRON (TRC20)."),
        Field(
            name="chain",
            type=Choice(CHAINS),
            default="other",
            required=True,
            doc="Whose transaction ids and addresses it uses; `other` is not checked.",
        ),
    )
)
SUPPORT_FIELD_FIELDS: Final = Record(
    (
        Field(
            name="type",
            type=Choice(FIELD_TYPES),
            default="line",
            required=True,
            doc="What is asked for, and how it is checked.",
        ),
        Field(name="label", type=Localised(TITLE), default={}, required=True, doc="Its name."),
        Field(name="help", type=Localised(SENTENCE), default={}, doc="Where the reader finds it."),
        Field(name="example", type=Localised(TITLE), default={}, doc="An example, shown in the empty field."),
        Field(name="options", type=ListOf(Localised(TITLE), 40), default=(), doc="The answers of a `choice`."),
        Field(name="digits", type=Number(0, 40, whole=True), default=0, doc="How many digits a `uid` has."),
        Field(
            name="starts",
            type=Text(label="the first digits", pattern=re.compile(r"\d{1,10}\Z")),
            default="",
            doc="With which digits a `uid` begins.",
        ),
    )
)
SCENARIO_FIELDS: Final = Record(
    (
        Field(name="name", type=Localised(TITLE), default={}, required=True, doc="The trouble, in readers' words."),
        Field(name="summary", type=Localised(SENTENCE), default={}, doc="One line under the name."),
        Field(
            name="urgency",
            type=Choice(("normal", "high", "danger")),
            default="normal",
            doc="`high` comes first in lists; `danger` shows the steps that freeze an account before everything else.",
        ),
        Field(
            name="articles",
            type=ListOf(Placed(ARTICLE_KEY), 12),
            default=(),
            required=True,
            doc="The articles to try first, best first, as `category/slug`.",
        ),
        Field(
            name="fields",
            type=ListOf(Placed(FIELD_NAME), 20),
            default=(),
            required=True,
            doc="What support needs to know.",
        ),
        Field(name="optional", type=ListOf(Placed(FIELD_NAME), 20), default=(), doc="What helps, and may stay empty."),
        Field(name="never_send", type=Localised(SENTENCE), default={}, doc="What must not stand in this message."),
        Field(
            name="channels",
            type=ListOf(Placed(CHANNEL_NAME), 12),
            default=(),
            required=True,
            doc="The channels for it, best first.",
        ),
        Field(
            name="subject",
            type=Localised(TITLE),
            default={},
            required=True,
            doc="The subject of the message. `{uid}` stands for a field; a part in [ ] is left out if its fields are empty.",
        ),
        Field(
            name="queries",
            type=PlacedTexts(TITLE),
            default=(),
            doc="What readers in this trouble type, by language: a search for it must find one of the articles.",
        ),
    )
)
DANGER_FIELDS: Final = Record(
    (
        Field(
            name="freeze",
            type=Localised(ListOf(SENTENCE, 12)),
            default={},
            required=True,
            doc="The steps that freeze an account.",
        ),
        Field(name="next", type=Localised(ListOf(SENTENCE, 12)), default={}, doc="What to do in the next ten minutes."),
        Field(
            name="channels",
            type=ListOf(Placed(CHANNEL_NAME), 6),
            default=(),
            required=True,
            doc="The channels for an emergency; the fastest open one is offered first.",
        ),
        Field(
            name="scenario", type=Placed(SCENARIO_NAME), default=None, doc="The scenario for the message afterwards."
        ),
    )
)
SUPPORT_FIELDS: Final = Record(
    label="a mapping with fields and scenarios",
    fields=(
        Field(
            name="language",
            type=Placed(LOCALE_CODE),
            default=None,
            doc="The language in which support reads: a message is written in it too, beside the reader's own.",
        ),
        Field(
            name="networks",
            type=MapOf(NETWORK_NAME, NETWORK_FIELDS),
            default={},
            doc="The networks that a field of type `network` offers.",
        ),
        Field(
            name="fields",
            type=MapOf(FIELD_NAME, SUPPORT_FIELD_FIELDS),
            default={},
            required=True,
            doc="What support may ask for; scenarios name these.",
        ),
        Field(
            name="scenarios",
            type=MapOf(SCENARIO_NAME, SCENARIO_FIELDS),
            default={},
            required=True,
            doc="The kinds of trouble, in the order of the contact page.",
        ),
        Field(
            name="never_ask",
            type=Localised(ListOf(SENTENCE, 20)),
            default={},
            doc="What support will never ask for. The contact page shows it, and `:::never-ask` in an article.",
        ),
        Field(name="danger", type=DANGER_FIELDS, default=None, doc="The page behind the red link of every header."),
    ),
)
