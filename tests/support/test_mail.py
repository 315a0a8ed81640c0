"""Mail files, mail links and calendar entries, parsed back by libraries that did not write them."""

from __future__ import annotations

import email
import email.policy
import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

SCRIPT = Path(__file__).parent / "js" / "mail.mjs"
TO = "mailto:support@skerry.example"
# HELPGEN_LETTERS sets how many made-up letters are tried; Node writes so many at a time.
LETTERS = int(os.environ.get("HELPGEN_LETTERS", "160"))
BATCH = 20


@pytest.fixture(scope="module")
def node() -> str:
    found = shutil.which("node")
    if found is None:
        pytest.fail("no Node; the tests of the scripts need version 20 or later")
    return found


def make(node: str, *mails: dict[str, str]) -> list[dict[str, Any]]:
    done = subprocess.run(
        [node, str(SCRIPT)], input=json.dumps(mails), capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def lines(text: str) -> list[str]:
    return text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n").split("\n")


def check(mail: dict[str, str], made: dict[str, Any]) -> None:
    parsed = email.message_from_bytes(made["eml"].encode(), policy=email.policy.default)
    assert sorted(parsed.keys()) == sorted(
        ["To", "Subject", "Date", "X-Unsent", "MIME-Version", "Content-Type", "Content-Transfer-Encoding"]
    )
    assert parsed["To"] == "support@skerry.example"
    assert "".join(str(parsed["Subject"]).split()) == "".join(char for char in mail["subject"] if not is_space(char))
    assert lines(parsed.get_content()) == lines(mail["body"])
    assert all(len(line) <= 78 for line in made["eml"].split("\r\n"))
    link = urlsplit(made["link"]["href"])
    assert (link.scheme, link.path) == ("mailto", "support@skerry.example")
    assert len(made["link"]["href"]) <= 1900
    query = parse_qs(link.query, keep_blank_values=True, strict_parsing=True)
    assert set(query) == {"subject", "body"}
    if made["link"]["whole"]:
        assert lines(query["body"][0]) == lines(mail["body"])
    else:
        cut = query["body"][0].removesuffix("\r\n\r\n(cut)").replace("\r\n", "\n")
        assert mail["body"].replace("\r\n", "\n").replace("\r", "\n").startswith(cut)


def is_space(char: str) -> bool:
    return char.isspace() or ord(char) < 32 or ord(char) in (0x7F, 0x85, 0x2028, 0x2029)


MAILS = [
    {"to": TO, "subject": "Deposit not arrived: 200 USDT", "body": "UID: 712345678\nTxID: abc\n"},
    {"to": TO, "subject": "[充币没到账] 200 USDT UID 712345678", "body": "经过：\n" + "转出以后一直没有到账。" * 400},
    {"to": TO, "subject": "a\r\nBcc: evil@example.com\r\n\r\n<script>", "body": "x\r\n.\r\nBcc: evil@example.com"},
    {"to": TO, "subject": "长" * 120, "body": "👩‍👩‍👧‍👦 & ? # % + =\n\n\ttab"},
    {"to": TO, "subject": "", "body": ""},
]


def test_mail_is_parsed_back(node: str) -> None:
    for mail, made in zip(MAILS, make(node, *MAILS), strict=True):
        check(mail, made)


def test_a_long_text_is_cut_in_the_link_only(node: str) -> None:
    made = make(node, *MAILS)
    assert [one["link"]["whole"] for one in made] == [True, False, True, True, True]
    assert made[1]["link"]["href"].endswith("(cut)")


@settings(
    max_examples=max(LETTERS // BATCH, 1), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(
        st.tuples(
            st.text(st.characters(codec="utf-8"), max_size=100), st.text(st.characters(codec="utf-8"), max_size=3000)
        ),
        min_size=BATCH,
        max_size=BATCH,
    )
)
def test_nothing_that_is_typed_adds_a_header_or_gets_lost(node: str, texts: list[tuple[str, str]]) -> None:
    mails = [{"to": TO, "subject": subject, "body": body.replace("\0", "")} for subject, body in texts]
    for mail, made in zip(mails, make(node, *mails), strict=True):
        query = parse_qs(urlsplit(made["link"]["href"]).query, keep_blank_values=True)
        assert set(query) == {"subject", "body"}
        parsed = email.message_from_bytes(made["eml"].encode(), policy=email.policy.default)
        assert len(parsed.keys()) == 7
        assert parsed["To"] == "support@skerry.example"
        assert parsed.get_payload(decode=True).decode().replace("\r\n", "\n") == mail["body"].replace(
            "\r\n", "\n"
        ).replace("\r", "\n")


@pytest.mark.parametrize(
    "to",
    [
        "mailto:a@b.example,evil@example.com",
        "mailto:a@b.example?bcc=e@e.example",
        "a@b.example\r\nBcc: e@e.example",
        "x",
        "a@b@c",
        "a%40b@c.example",
    ],
)
def test_a_recipient_is_one_address_and_nothing_else(node: str, to: str) -> None:
    assert make(node, {"to": to, "subject": "s", "body": "b"}) == [{"error": "this is no mail address"}]


def test_calendar_entries_fold_and_escape(node: str) -> None:
    subject = "再问一次：充币没到账，200 USDT; a\\b\r\nEND:VCALENDAR " + "长" * 60
    (made,) = make(node, {"to": TO, "subject": subject, "body": ""})
    raw = made["ics"].split("\r\n")
    assert raw[-1] == ""
    assert all(len(line.encode()) <= 75 for line in raw)
    unfolded = made["ics"].replace("\r\n ", "").split("\r\n")
    assert unfolded.count("END:VCALENDAR") == 1
    (summary,) = (line for line in unfolded if line.startswith("SUMMARY:"))
    text = (
        summary.removeprefix("SUMMARY:")
        .replace("\\n", "\n")
        .replace("\\;", ";")
        .replace("\\,", ",")
        .replace("\\\\", "\\")
    )
    assert text == subject.replace("\r\n", "\n")
    assert "DTSTART:20261122T120000Z" in unfolded
