"""The settings of a live chat: what each vendor needs, and what the policy of its page allows."""

from __future__ import annotations

import pytest

from helpgen.content.chat import PROVIDERS, chat_hosts, chat_policy
from helpgen.content.config import parse_config
from helpgen.model.config import Chat
from helpgen.model.source import SourceFile

BASE = "title: Help\nlocales: { en: { name: English } }\nchat:\n  channel: live-chat\n"


def problems(settings: str) -> list[tuple[str, int]]:
    data = (BASE + settings).encode()
    found = parse_config(SourceFile(path="helpgen.yaml", data=data, digest="")).diagnostics
    return [(problem.message, problem.location.line) for problem in found]


def test_each_vendor_says_what_it_needs() -> None:
    assert problems("  provider: crisp\n  id: 1-2\n") == []
    assert problems("  provider: chatwoot\n  id: abc\n  address: https://chat.example.com\n") == []
    missing = problems("  provider: chatwoot\n")
    assert [message for message, _ in missing] == [
        '"chat" needs "id" for the provider chatwoot',
        '"chat" needs "address" for the provider chatwoot',
    ]
    assert "crisp" in parse_hint("  provider: crips\n  id: a\n")


def parse_hint(settings: str) -> str:
    data = (BASE + settings).encode()
    return parse_config(SourceFile(path="helpgen.yaml", data=data, digest="")).diagnostics[0].hint


@pytest.mark.parametrize(
    "host", ["https://a.example", "a.example; script-src *", "'self'", "*", "a b.example", "*.*.example"]
)
def test_no_setting_can_widen_the_policy_by_its_spelling(host: str) -> None:
    assert problems(f'  provider: crisp\n  id: a\n  hosts: ["{host}"]\n') != []


@pytest.mark.parametrize(
    "address", ["http://chat.example.com", "https://a.example;b", "javascript:alert(1)", "https://a.example'"]
)
def test_an_address_is_https_and_plain(address: str) -> None:
    assert problems(f'  provider: chatwoot\n  id: a\n  address: "{address}"\n') != []


@pytest.mark.parametrize("provider", sorted(PROVIDERS))
def test_the_policy_names_its_hosts_and_allows_no_inline_script(provider: str) -> None:
    chat = Chat(
        provider=provider, channel="live-chat", id="1", address="https://chat.example.com/a", hosts=("x.example",)
    )
    policy = chat_policy(chat)
    directives = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    assert directives["default-src"] == "'none'"
    assert "unsafe" not in directives["script-src"]
    assert " * " not in f" {policy} "
    if provider == "url":
        assert "chat.example.com" not in policy
    else:
        assert all(f"https://{host}" in directives["script-src"] for host in chat_hosts(chat))
