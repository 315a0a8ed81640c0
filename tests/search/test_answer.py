"""The answer: what is quoted, when it is called certain, and the same in both languages of the program."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from helpgen.search import SearchDocument, SearchIndex, Section, analyse_document, build_index, open_index, write_shards
from helpgen.search.answer import CERTAIN, Evidence, confidence, passage, passage_range
from helpgen.search.highlight import Stretch
from tests.search import make_vectors, sample

NOWHERE = Stretch(start=0, end=0, mass=0, leads=False, cut_start=False, cut_end=False)
LONG = (
    "Withdrawals are reviewed first.\n"
    + "\n".join(f"Line {number} says nothing of any use." for number in range(30))
    + "\nA TxID is the number of a transfer. It is public."
)


def index_of(*documents: SearchDocument) -> SearchIndex:
    files = write_shards(build_index(map(analyse_document, documents)))
    return open_index(files.__getitem__)


def article(slug: str, title: str, text: str, **more: Any) -> SearchDocument:
    section = Section(anchor=f"h-{slug}", heading=f"About {slug}", text=text)
    return SearchDocument(key=f"en/{slug}", locale="en", url=f"en/{slug}/", title=title, sections=(section,), **more)


def texts(blocks: Any) -> list[tuple[bool, list[str]]]:
    return [(block.steps, ["".join(part.text for part in line) for line in block.lines]) for block in blocks]


@pytest.mark.parametrize("locale", sample.QUERIES)
@pytest.mark.parametrize("inline_bytes", [0, 1_000_000])
def test_the_client_answers_and_suggests_the_same(
    locale: str, inline_bytes: int, run_node: Callable[[str, Any], Any]
) -> None:
    index = build_index(map(analyse_document, sample.documents(locale)))
    files = write_shards(index, synonyms=sample.SYNONYMS[locale], inline_bytes=inline_bytes)
    queries = [*sample.QUERIES[locale], *sample.HOSTILE, *(q[: len(q) // 2] for q in sample.QUERIES[locale])]
    search = open_index(files.__getitem__)
    own = []
    for query in queries:
        found = search.answer(query)
        own.append([make_vectors.camel(found) if found else None, search.suggest(query)])
    given = {name: data.decode() for name, data in files.items()}
    theirs = run_node("answer.mjs", {"files": given, "locale": locale, "queries": queries})
    for query, one, other in zip(queries, json.loads(json.dumps(own)), theirs, strict=True):
        assert other == one, ascii(query)[:80]


def test_a_title_asked_whole_is_certain_and_a_word_that_all_share_is_not() -> None:
    index = index_of(
        article("uid", "Where do I find my UID", "Open your profile. The UID is at the top."),
        article("fees", "Fees of withdrawals", "A withdrawal costs a fee."),
        article("limits", "Limits of withdrawals", "A withdrawal has a limit."),
    )
    sure = index.answer("Where do I find my UID")
    assert sure is not None
    assert sure.certain
    assert sure.whole
    assert sure.hit.key == "en/uid"
    assert sure.hit.anchor == "h-uid"
    assert texts(sure.blocks) == [(False, ["Open your profile. The UID is at the top."])]
    unsure = index.answer("withdrawals")
    assert unsure is not None
    assert not unsure.certain
    assert index.answer("zebra") is None


def test_a_long_section_is_quoted_from_the_line_that_matches() -> None:
    found = index_of(article("txid", "Transfers", LONG)).answer("what is a txid")
    assert found is not None
    assert not found.whole
    assert texts(found.blocks)[0][1] == ["A TxID is the number of a transfer. It is public."]


def test_a_question_of_a_faq_is_quoted_with_its_own_answer() -> None:
    faq = SearchDocument(
        key="en/faq",
        locale="en",
        url="en/faq/",
        title="Questions",
        kind="faq",
        sections=(
            Section(anchor="", heading="", text="All about accounts."),
            Section(anchor="h-a", heading="May I have two accounts?", text="No. One person, one account."),
            Section(anchor="h-b", heading="Can I change my name?", text="Yes, with a document."),
        ),
    )
    found = index_of(faq, article("fees", "Fees", "Fees are low.")).answer("Can I change my name?")
    assert found is not None
    assert found.certain
    assert found.hit.anchor == "h-b"
    assert texts(found.blocks) == [(False, ["Yes, with a document."])]


def test_three_lines_of_doing_are_numbered_and_two_are_not() -> None:
    lines = "To reset it:\n1. Open Security.\n2. Tap Reset.\n3. Enter the code.\nIt takes a day."
    assert texts(passage(lines, (), None)) == [
        (False, ["To reset it:"]),
        (True, ["Open Security.", "Tap Reset.", "Enter the code."]),
        (False, ["It takes a day."]),
    ]
    assert [block.steps for block in passage("打开「我的」。\n点「安全」。", (), None)] == [False, False]
    assert texts(passage("1.5 BTC\n2.5 BTC\n3.5 BTC", (), None))[0] == (False, ["1.5 BTC"])


def test_a_text_that_was_cut_for_the_index_ends_with_a_sentence() -> None:
    text = "It takes a day. Then you may wi"
    assert passage_range(text, NOWHERE, 400, may_be_cut=True) == (0, len("It takes a day."))
    assert passage_range(text, NOWHERE, 400, may_be_cut=False) == (0, len(text))
    assert passage_range("", NOWHERE, 400, may_be_cut=True) == (0, 0)


def test_confidence_grows_with_the_evidence_and_stays_within_one() -> None:
    most = confidence(Evidence(fit=1, title=1, margin=1, name=0))
    assert confidence(Evidence(fit=0, title=0, margin=0, name=0)) == 0
    assert CERTAIN < most <= 1
    assert confidence(Evidence(fit=0.5, title=1, margin=0, name=0)) < CERTAIN
    assert confidence(Evidence(fit=0.5, title=1, margin=0, name=0.95)) == 1
