"""Addresses are read as a browser reads them."""

from __future__ import annotations

import pytest

from helpgen.content.markdown.hosts import differs, looks_alike, shown_host
from helpgen.content.markdown.targets import Target, read_target


@pytest.mark.parametrize(
    ("written", "kind", "address"),
    [
        ("a.md", "site", "a.md"),
        ("../b/a%20b.md#c", "site", "../b/a b.md#c"),
        ("cafe\u0301.md", "site", "café.md"),
        ("img\\a.png", "site", "img/a.png"),
        ("/root/", "site", "/root/"),
        ("?q=1", "site", "?q=1"),
        ("%FF.md", "site", "%FF.md"),
        ("#own", "site", "#own"),
        ("#", "top", "#"),
        ("", "empty", ""),
        (" \t\n", "empty", ""),
        ("HTTPS://A.Example/B", "web", "https://a.example/B"),
        ("https:\\\\a.example\\b", "web", "https://a.example/b"),
        ("https://u:p@a.example/", "web", "https://a.example/"),
        ('http://a.example:8080/x y"<>', "web", "http://a.example:8080/x%20y%22%3C%3E"),
        ("https://[::1]/", "web", "https://[::1]/"),
        ("https://中文.example/路", "web", "https://中文.example/路"),
        ("mailto:a@b.example", "contact", "mailto:a@b.example"),
        ("tel:+86 10", "contact", "tel:+86%2010"),
        ("//evil.example", "no-scheme", "//evil.example"),
        ("/\\evil.example", "no-scheme", "/\\evil.example"),
        ("/\t/evil.example", "no-scheme", "//evil.example"),
        ("https:evil.example", "no-scheme", "https:evil.example"),
        ("https:/evil.example", "no-scheme", "https:/evil.example"),
        ("https:///evil.example", "no-scheme", "https:///evil.example"),
        ("https://", "no-scheme", "https://"),
        ("https://a b/", "no-host", "https://a b/"),
        ("https://%00/", "no-host", "https://%00/"),
        ("https://a.example:x/", "no-host", "https://a.example:x/"),
        ("javascript:alert(1)", "scheme", "javascript:alert(1)"),
        ("\x01java\nscript:alert(1)", "scheme", "javascript:alert(1)"),
        ("data:image/png;base64,AA", "scheme", "data:image/png;base64,AA"),
        ("C:\\a.png", "drive", "C:\\a.png"),
        ("a%00b.md", "control", "a\x00b.md"),
    ],
)
def test_read_target(written: str, kind: str, address: str) -> None:
    target = read_target(written)
    assert (target.kind, target.address) == (kind, address)


def test_credentials_are_noted() -> None:
    assert read_target("https://bank.example@evil.example/") == Target(
        "web", "https://evil.example/", "https", "evil.example", True
    )


@pytest.mark.parametrize(
    ("words", "host"),
    [
        ("https://a.example/b", "a.example"),
        ("www.bank.com", "bank.com"),
        ("bank.com", "bank.com"),
        (" Bank.COM ", "bank.com"),
        ("https://good.example@evil.example/", "evil.example"),
        ("Node.js", ""),
        ("readme.md", ""),
        ("see bank.com", ""),
        ("the words", ""),
    ],
)
def test_shown_host(words: str, host: str) -> None:
    assert shown_host(words) == host


def test_subdomains_do_not_differ() -> None:
    assert not differs("bank.com", "www.bank.com")
    assert not differs("bank.com", "help.bank.com")
    assert not differs("help.bank.com", "bank.com")
    assert differs("bank.com", "bank.com.evil.example")
    assert differs("bank.com", "evilbank.com")


def test_look_alikes() -> None:
    assert looks_alike("аррӏе.example")
    assert looks_alike("xn--80ak6aa92e.com")
    assert looks_alike("binаnce.com")
    assert not looks_alike("binance.com")
    assert not looks_alike("中文.example")
    assert not looks_alike("пример.example")
    assert not looks_alike("bücher.example")
