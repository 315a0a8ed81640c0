"""Secrets in articles and data: real ones are errors, examples and everything that looks alike are none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from helpgen.content.secrets import find_secrets
from tests.conftest import ROOT
from tests.site_folder import SiteFolder

PHRASE = "gravity machine north sort system female filter attitude volume fold club stay feature office ecology stable narrow fog"
WIF = "5HueCGU8rMjxEXxiPuD5BDku4MkFqeZyd4dZ1jvhTVqvbTLvyTJ"
SET = ROOT / "tests" / "support" / "sets" / "secrets.jsonl"


@pytest.mark.parametrize(
    ("text", "what", "place"),
    [
        (f"Write it down:\n\n{PHRASE}\n", "a seed phrase", (3, 1)),
        (
            "\n".join(f"{number}. {word}" for number, word in enumerate(PHRASE.split(), start=1)),
            "a seed phrase",
            (1, 4),
        ),
        ("| " + " | ".join(PHRASE.title().split()) + " |", "a seed phrase", (1, 3)),
        ("推 画 疆 吧 锦 伏 陈 抑 鉴 驶 遭 度", "a seed phrase", (1, 1)),
        (f"key `{WIF}`", "a private key", (1, 6)),
        ("token: ghp_q9Zk3VtR8mWc2LpYx7BnJ4sHd6FgT0aEuKiO", "an access key of a service", (1, 8)),
        (
            "-----BEGIN RSA PRIVATE KEY-----\nMIIEowIBAAKCAQEAu1SU1LfVLPHCozMxH2\nMo4lgOEePzNm0tRgeLezV6ffAt0gun\n-----END",
            "a private key",
            (1, 1),
        ),
    ],
)
def test_what_is_real_is_found_where_it_stands(text: str, what: str, place: tuple[int, int]) -> None:
    (found,) = find_secrets(text, "content/en/a/b.md")
    assert what in found.message
    assert (found.location.line, found.location.column) == place
    assert not any(word in found.message + found.hint + found.excerpt for word in ("gravity", WIF, "ghp_"))


@pytest.mark.parametrize(
    "text",
    [
        # Examples of the specification, and of everybody since.
        "abandon " * 11 + "about",
        "legal winner thank year wave sausage worth useful legal winner thank yellow",
        "zoo " * 11 + "wrong",
        PHRASE.replace("fog", "fox"),
        "A phrase of twelve words, such as: gravity machine north sort system female …",
        f"{WIF[:-1]}K",
        "sk_live_xxxxxxxxxxxxxxxxxxxxxxxx",
        "ghp_YOUR_TOKEN and AKIAIOSFODNN7EXAMPLE",
        "-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----",
        "推 画 疆 吧 锦 伏 陈 抑 鉴 驶 遭 国",
    ],
)
def test_what_is_none_raises_no_alarm(text: str) -> None:
    assert find_secrets(text, "content/en/a/b.md") == ()


def test_harmless_strings_of_the_labelled_set_raise_no_alarm() -> None:
    rows = [json.loads(line) for line in SET.read_text(encoding="utf-8").splitlines()]
    harmless = [row["text"] for row in rows if not row["kind"]]
    assert len(harmless) > 700
    assert [text for text in harmless if find_secrets(text, "a.md")] == []


def test_a_secret_stops_the_build_and_is_not_shown(tmp_path: Path) -> None:
    site = SiteFolder.small(tmp_path).article("en/security/phishing", "Phishing", f"Keep it: {PHRASE}")
    found = site.find("content/secret")
    assert found.location.path == "content/en/security/phishing.md"
    assert found.severity == "error"
    assert not site.build().files
    assert not any("gravity" in str(diagnostic) for diagnostic in site.build().diagnostics)


def test_data_files_are_examined_too(tmp_path: Path) -> None:
    channels = f"mail:\n  kind: email\n  name: Mail\n  address: mailto:a@example.com\n  description: {PHRASE}\n"
    site = SiteFolder.small(tmp_path).write("content/_data/channels.yaml", channels)
    assert site.find("content/secret").location.line == 5
