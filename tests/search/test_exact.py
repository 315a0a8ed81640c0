"""What is asked in the words of a title or a recorded question comes first, in both twins."""

from __future__ import annotations

import json

import pytest

from helpgen.search import SearchDocument, Section, analyse_document, build_index, open_index, write_shards
from helpgen.search.constants import QUESTION_BYTES
from helpgen.search.exact import fingerprint, split_questions, spoken
from tests.search.conftest import RunNode

QUESTION = "钱转过去了怎么还没到"
MANY = tuple(f"{number}号网络的充值要等多久才能到账呢" for number in range(40))


def _documents() -> list[SearchDocument]:
    """An article with recorded questions, and others whose titles say much the same, more often and in more places."""

    def made(slug: str, title: str, body: str, questions: tuple[str, ...] = ()) -> SearchDocument:
        sections = (Section(anchor="", heading="", text=body),)
        return SearchDocument(
            key=f"zh/a/{slug}", locale="zh", url=f"zh/a/{slug}/", title=title, sections=sections, questions=questions
        )

    alike = [
        made(f"alike-{n}", f"钱转过去了怎么还没到{word}", "钱转过去了怎么还没到，钱还没到怎么办。" * 3)
        for n, word in enumerate(("账户", "银行", "朋友那里"))
    ]
    own = made("own", "到账时间", "区块链网络拥堵时需要等待。", (*MANY[:2], QUESTION, *MANY[2:]))
    other = made("english", "Where a deposit is", "It waits for the network.", ("where is my money",))
    return [*alike, own, other]


@pytest.mark.parametrize(
    ("query", "slug"),
    [
        (QUESTION, "own"),
        (f"{QUESTION}？", "own"),
        ("錢轉過去了怎麼還沒到", "own"),
        (MANY[-1], "own"),
        ("Where is my MONEY?!", "english"),
        ("钱转过去了怎么还没到银行", "alike-1"),
    ],
)
def test_a_recorded_question_beats_every_title_that_is_alike(query: str, slug: str, run_node: RunNode) -> None:
    files = write_shards(build_index(map(analyse_document, _documents())), inline_bytes=0)
    index = open_index(files.__getitem__)
    assert index.search(query).hits[0].key == f"zh/a/{slug}"
    texts = {name: data.decode() for name, data in files.items()}
    (found,) = run_node("search.mjs", {"files": texts, "locale": "zh", "queries": [query], "limit": 3})
    assert found["hits"][0]["key"] == f"zh/a/{slug}"
    answer = index.answer(query)
    assert answer is not None
    assert answer.evidence.margin == 1


def test_recorded_questions_are_suggested() -> None:
    index = open_index(write_shards(build_index(map(analyse_document, _documents()))).__getitem__)
    assert QUESTION in index.suggest("钱转过去了")
    assert index.suggest("where is") == ("where is my money",)


def test_rows_of_titles_stay_small_however_many_questions_are_recorded() -> None:
    kept, others = split_questions(MANY, QUESTION_BYTES)
    assert sum(len(question.encode()) for question in kept) <= QUESTION_BYTES < len("".join(MANY).encode())
    assert 0 < len(json.dumps(others)) <= 6 * (len(MANY) - len(kept))
    assert fingerprint(spoken(MANY[-1], None)) != fingerprint(spoken(MANY[-2], None))
