"""The file of headers: one policy that every page can live under, and that allows nothing that no page needs."""

from __future__ import annotations

import pytest

from helpgen.content.chat import PROVIDERS, chat_policy
from helpgen.model.config import Chat
from helpgen.site.headers import policy_of, write_headers
from helpgen.site.policy import united_policy
from tests.site_folder import SiteFolder

PAGE = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
)
CONTACT = PAGE.replace("connect-src 'self'", "connect-src 'self' https://desk.example.com")


def directives(policy: str) -> dict[str, set[str]]:
    return {name: set(values) for name, *values in (part.split() for part in policy.split(";"))}


def test_one_policy_stays_as_it_is() -> None:
    assert united_policy([PAGE, PAGE]) == PAGE
    assert united_policy([]) == ""


def test_a_page_with_an_endpoint_adds_its_host_and_takes_nothing() -> None:
    united = directives(united_policy([PAGE, CONTACT]))
    assert united == directives(CONTACT)


@pytest.mark.parametrize("provider", sorted(PROVIDERS))
def test_a_chat_keeps_what_both_forbid(provider: str) -> None:
    chat = chat_policy(Chat(provider=provider, channel="live-chat", id="1", address="https://chat.example.com/a"))
    united = directives(united_policy([PAGE, chat, CONTACT]))
    assert (united["default-src"], united["base-uri"]) == ({"'none'"}, {"'none'"})
    assert "unsafe" not in "".join(united["script-src"])
    for name, values in directives(chat).items():
        assert values - {"'none'"} <= united[name]
    # The widgets make markup; the policy in the head of every other page still forbids it.
    assert "require-trusted-types-for" not in united
    # A worker of our own would be judged by child-src, had it no directive.
    assert ("child-src" in united) == ("worker-src" in united)
    assert "'self'" in united.get("worker-src", {"'self'"})


@pytest.mark.parametrize(
    ("one", "other", "united"),
    [
        ("default-src 'self'", "script-src 'self'", "script-src 'self'"),
        ("img-src 'self'", "script-src 'self'", ""),
        ("default-src 'none'", "default-src 'none'; img-src data:", "default-src 'none'; img-src data:"),
        ("default-src 'none'; img-src 'none'", "default-src a.example", "default-src a.example; img-src a.example"),
        ("default-src 'none'; sandbox", "default-src 'none'", "default-src 'none'"),
        ("img-src a.example; img-src b.example", "img-src 'none'", "img-src a.example"),
    ],
)
def test_what_one_does_not_restrict_all_do_not(one: str, other: str, united: str) -> None:
    assert directives(united_policy([one, other])) == directives(united) if united else not united_policy([one, other])


def test_the_file_of_a_site_forbids_framing_and_holds_the_policy(site: SiteFolder) -> None:
    build = site.build()
    (policy,) = {policy_of(data) for path, data in build.files.items() if path.endswith("404.html")}
    text = build.files["_headers"].decode()
    assert f"Content-Security-Policy: {policy}; frame-ancestors 'none'" in text
    assert "X-Frame-Options: DENY" in text
    media = write_headers([])["_headers"].decode().partition("/assets/media/*")[2]
    assert "sandbox" in media
