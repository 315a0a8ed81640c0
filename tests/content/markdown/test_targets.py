"""Addresses are read as a browser reads them."""

from __future__ import annotations

import pytest

from helpgen.content.markdown.hosts import differs, is_number, looks_alike, shown_host, shows_other_contact
from helpgen.content.markdown.targets import Target, read_target
from helpgen.content.sanitise import keeps_address


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
        ("mailto:a@b.example%0d%0aBcc:c@d.example", "control", "mailto:a@b.example\r\nBcc:c@d.example"),
        ("mailto:a@b.example?subject=x%0Ay", "control", "mailto:a@b.example?subject=x\ny"),
        ("mailto:a@b.example?body=x%0D%0Ay", "contact", "mailto:a@b.example?body=x%0D%0Ay"),
        ("tel:*%2306%23", "no-number", "tel:*%2306%23"),
        ("tel:javascript:alert(1)", "no-number", "tel:javascript:alert(1)"),
        ("tel:+1-800-555;ext=5", "contact", "tel:+1-800-555;ext=5"),
        ("https://a.example:65536/", "no-host", "https://a.example:65536/"),
        ("https://a.example:65535/", "web", "https://a.example:65535/"),
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
        ("see https://bank.com/login now", "bank.com"),
        ("(www.bank.com)", "bank.com"),
        ("在 https://bank.com。", "bank.com"),
        ("hxxps://bank.com", "bank.com"),
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


@pytest.mark.parametrize(
    "host",
    [
        "exch\u0251nge.example",
        "b\u0131nance.example",
        "\uff45vil.example",
        "good.example\u2044x.evil.example",
        "evi\u00adl.example",
    ],
)
def test_signs_and_odd_forms_look_alike(host: str) -> None:
    assert looks_alike(host)


@pytest.mark.parametrize(
    "host",
    ["m\u00fcnchen.example", "\u4e2d\u6587.example", "\u043f\u0440\u0438\u043c\u0435\u0440.example", "a_b.example"],
)
def test_hosts_in_their_own_letters_do_not(host: str) -> None:
    assert not looks_alike(host)


@pytest.mark.parametrize(
    ("host", "number"),
    [("2130706433", True), ("0x7f.1", True), ("0177.0.0.1", True), ("127.0.0.1", False), ("1.example", False)],
)
def test_numbers_that_hide_a_host(host: str, number: bool) -> None:
    assert is_number(host) is number


@pytest.mark.parametrize(
    ("words", "scheme", "address", "shown"),
    [
        ("help@good.example", "mailto", "mailto:evil@evil.example", "help@good.example"),
        ("write to Help@Good.example", "mailto", "mailto:help@good.example?subject=x", ""),
        ("write to us", "mailto", "mailto:help@good.example", ""),
        ("+1 800 555 0199", "tel", "tel:+79000000000", "+1 800 555 0199"),
        ("0800 555 0199", "tel", "tel:+448005550199", ""),
        ("400-800-1234 (9\u201318)", "tel", "tel:+864008001234", ""),
        ("call us", "tel", "tel:+1", ""),
    ],
)
def test_other_contacts_than_shown(words: str, scheme: str, address: str, shown: str) -> None:
    assert shows_other_contact(words, scheme, address) == shown


def test_the_second_layer_is_asked_what_it_keeps() -> None:
    assert keeps_address("https://m\u00fcnchen.example/")
    assert not keeps_address("https://xn--a.example/")
