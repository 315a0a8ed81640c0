"""The ways to reach a human, as `content/_data/channels.yaml` tells them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

ChannelKind = Literal["chat", "email", "phone", "form", "community", "social"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """One way to reach support, or to read its news.

    Texts map a locale code to the text ("" = every locale). `address` is an https, mailto or tel address, or the
    key of an article (`category/slug`). `public` channels are for news, never for account matters.
    """

    id: str
    kind: ChannelKind
    name: dict[str, str]
    address: str
    description: dict[str, str]
    hours: dict[str, str]
    reply_time: dict[str, str]
    good_for: dict[str, str]
    never_for: dict[str, str]
    public: bool = False
