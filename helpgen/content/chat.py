"""Live-chat widgets of other firms: what each needs in the settings, and what its page may load.

One page of the site, and no other, has a policy that lets a widget in; it is loaded there after the reader has agreed. The
hosts follow what the vendors document, but were not tried against their services: where a widget asks for another one,
the browser's console names it, and `chat.hosts` adds it.

Where the vendors document their calls: Intercom, developers.intercom.com "JavaScript API: Methods" and its help article on content
security policies; Zendesk, developer.zendesk.com "Web Widget: core" and "messaging metadata"; Crisp,
docs.crisp.chat "$crisp methods"; Chatwoot, its "Widget SDK" guide; tawk.to, developer.tawk.to "JavaScript API"; LiveChat,
platform.text.com "Chat Widget JS API".
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from helpgen.model.config import Chat

# The last part of the address of that page, in every language.
CHAT_PAGE: Final = "live-chat/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """A vendor: its name, its hosts (`own` = that of `chat.address`), and which settings it needs."""

    name: str
    hosts: tuple[str, ...] = ()
    own: bool = False
    needs: tuple[str, ...] = ("id",)


PROVIDERS: Final[dict[str, Provider]] = {
    "intercom": Provider(
        name="Intercom",
        hosts=("*.intercom.io", "*.intercomcdn.com", "*.intercomusercontent.com", "intercom-sheets.com"),
    ),
    "zendesk": Provider(
        name="Zendesk", hosts=("static.zdassets.com", "ekr.zdassets.com", "*.zendesk.com", "*.zopim.com", "*.smooch.io")
    ),
    "crisp": Provider(name="Crisp", hosts=("*.crisp.chat", "*.relay.crisp.chat")),
    "chatwoot": Provider(name="Chatwoot", own=True, needs=("id", "address")),
    "tawk": Provider(name="tawk.to", hosts=("*.tawk.to", "cdn.jsdelivr.net")),
    "livechat": Provider(name="LiveChat", hosts=("*.livechatinc.com", "*.livechat-files.com", "*.text.com")),
    "url": Provider(name="", own=True, needs=("address",)),
}


def chat_hosts(chat: Chat) -> tuple[str, ...]:
    """The hosts that the reader is told of, and that the policy of the chat page allows."""
    provider = PROVIDERS[chat.provider]
    own = (urlsplit(chat.address).netloc,) if provider.own else ()
    return tuple(dict.fromkeys((*own, *provider.hosts, *chat.hosts)))


def chat_policy(chat: Chat) -> str:
    """The content security policy of the chat page.

    Vendors' programs set styles and make markup, so trusted types and strict styles cannot hold there. Scripts still come
    from the named hosts only, and none stands in the page. A plain address is only left to: nothing is added for it.
    """
    hosts = "" if chat.provider == "url" else "".join(f" https://{host}" for host in chat_hosts(chat))
    sockets = hosts.replace("https://", "wss://")
    widget = (
        f"style-src 'self' 'unsafe-inline'{hosts}; img-src 'self' data: blob:{hosts}; connect-src 'self'{hosts}{sockets};"
        f" frame-src{hosts}; child-src blob:{hosts}; font-src data:{hosts}; media-src blob:{hosts}; form-action 'self'{hosts};"
    )
    plain = "style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self';"
    return f"default-src 'none'; script-src 'self'{hosts}; {widget if hosts else plain} base-uri 'none'"
