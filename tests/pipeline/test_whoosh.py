"""The index for a server, as bytes."""

from __future__ import annotations

import random

from helpgen.pipeline.whoosh import WhooshBatch, make_whoosh
from helpgen.search.document import SearchDocument, Section
from helpgen.search.index import analyse_document

DOCUMENTS = tuple(
    analyse_document(
        SearchDocument(
            key=f"zh/a/{number}",
            locale="zh",
            url=f"zh/a/{number}/",
            title=f"充币第{number}步",
            sections=(Section(anchor="", heading="", text="先查链上确认，再联系客服。"),),
        )
    )
    for number in range(20)
)


def test_the_same_documents_give_the_same_files_and_chance_goes_on_elsewhere() -> None:
    random.seed(42)
    expected = random.random()
    random.seed(42)
    first = make_whoosh(WhooshBatch(locale="zh", documents=DOCUMENTS), None)
    assert random.random() == expected
    random.seed(7)
    second = make_whoosh(WhooshBatch(locale="zh", documents=DOCUMENTS), None)
    assert first == second
    assert first.digest
    assert any(name.endswith(".seg") for name in first.files)
