"""An index that is revised is, file by file, the index that would be written anew."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from helpgen.search import SearchDocument, Section, analyse_document, build_index
from helpgen.search import ranges as ranges_module
from helpgen.search import shards as shards_module
from helpgen.search.index import AnalysedDocument
from helpgen.search.revise import revise_index
from helpgen.search.shards import Written, write_index

# Words of many lengths, characters from all over Han, kana and Hangul, digits, and letters that sort behind all of these.
_WORDS = ["".join(random.Random(n).choices("abcdefgilmnoprstu", k=3 + n % 8)) for n in range(1_200)]
_HAN = [chr(0x4E00 + (n * 37) % 4_000) for n in range(600)]
_OTHER = ["ひらがな", "カタカナ", "한국어", "ｆｕｌｌ", "2024", "ꀀꀁꀂ", "été", "資產", "𠀀𠀁"]


def _sentence(random_: random.Random, locale: str, length: int) -> str:
    if locale == "en":
        return " ".join(random_.choices(_WORDS, k=length))
    mixed = ["".join(random_.choices(_HAN, k=random_.randint(1, 8))) for _ in range(length // 4 + 1)]
    return "，".join(random_.choices([*mixed, random_.choice(_OTHER), random_.choice(_WORDS)], k=length // 3 + 1))


def _document(random_: random.Random, locale: str, number: int) -> SearchDocument:
    faq = number % 7 == 0
    return SearchDocument(
        key=f"{locale}/topic/{number:04d}",
        locale=locale,
        url=f"{locale}/topic/{number:04d}/",
        title=_sentence(random_, locale, 5),
        path=(f"Topic {number % 3}",),
        sections=(
            Section(anchor="", heading="", text=_sentence(random_, locale, random_.randint(3, 60))),
            Section(anchor="h-a", heading=_sentence(random_, locale, 3), text=_sentence(random_, locale, 30)),
        ),
        questions=(_sentence(random_, locale, 4),),
        kind="faq" if faq else "article",
        boost=(1.0, 0.5, 1.5)[number % 3],
    )


def _edit(random_: random.Random, document: SearchDocument) -> SearchDocument:
    """Another text under the same headings: words come, go or move, the whole is new, or is another article's."""
    lead, *others = document.sections
    words = lead.text.split(" ") if document.locale == "en" else list(lead.text)
    kind = random_.randrange(5)
    if kind == 0:
        words.insert(random_.randrange(len(words) + 1), random_.choice([*_WORDS, *_HAN, *_OTHER, "zz" * 3, "永"]))
    elif kind == 1 and len(words) > 1:
        del words[random_.randrange(len(words))]
    elif kind == 2:
        words = _sentence(random_, document.locale, 40).split(" ")
    elif kind == 3:
        words = []
    else:
        others = [replace(others[0], text=others[0].text + " extra")]
    text = (" " if document.locale == "en" else "").join(words)
    return replace(document, sections=(replace(lead, text=text), *others))


def _rename(random_: random.Random, document: SearchDocument) -> SearchDocument:
    """Now and then another title, another question, another weight."""
    words = random_.choices(_WORDS, k=2)
    change: dict[str, Any] = random_.choice(
        [
            {},
            {},
            {},
            {"title": " ".join(words)},
            {"questions": (f"{words[0]}?",)},
            {"boost": random_.choice([1.0, 1.5])},
        ]
    )
    return replace(document, **change)


def _write(documents: Sequence[AnalysedDocument], locale: str) -> Written:
    return write_index(build_index(documents, locale=locale), inline_bytes=0)


@pytest.fixture
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Bounds that only a large site reaches, so that a small one does: cut lists, shared digests."""
    monkeypatch.setattr(shards_module, "CHARACTER_POSTINGS", 9)
    monkeypatch.setattr(shards_module, "MOST_DIGESTS", 60)
    monkeypatch.setattr(ranges_module, "RANGE_BYTES", 900)
    monkeypatch.setattr(ranges_module, "CHARACTER_BYTES", 300)
    monkeypatch.setattr(ranges_module, "TYPO_BYTES", 300)
    monkeypatch.setattr(shards_module, "TYPO_LIST", 40)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("locale", ["en", "zh"])
@pytest.mark.usefixtures("small_parts")
def test_any_walk_of_edits_ends_in_the_index_written_anew(locale: str, seed: int) -> None:
    random_ = random.Random(f"{locale}{seed}")
    documents = [_document(random_, locale, number) for number in range(90)]
    # The same text twice: one file of excerpts stands for both.
    documents[5] = replace(documents[4], key=documents[5].key, url=documents[5].url)
    analysed = [analyse_document(document) for document in documents]
    written = _write(analysed, locale)
    files, ledger = dict(written.files), written.ledger
    revised_times = 0
    for _ in range(30):
        changes = []
        for number in random_.sample(range(len(documents)), random_.choice([1, 1, 1, 2, 5])):
            documents[number] = _rename(random_, _edit(random_, documents[number]))
            new = analyse_document(documents[number])
            changes.append((analysed[number], new))
            analysed[number] = new
        revised = revise_index(files.__getitem__, ledger, changes, inline_bytes=0)
        expected = _write(analysed, locale)
        if revised is None:
            files, ledger = dict(expected.files), expected.ledger
            continue
        revised_times += 1
        files = {name: data for name, data in files.items() if name not in revised.gone} | revised.files
        ledger = revised.ledger
        assert files.keys() == expected.files.keys()
        assert {name for name in files if files[name] != expected.files[name]} == set()
        assert ledger == expected.ledger
    assert revised_times >= 15


def test_an_edit_leaves_nearly_all_files_as_they_are() -> None:
    random_ = random.Random(7)
    documents = [_document(random_, "en", number) for number in range(200)]
    written = _write([analyse_document(document) for document in documents], "en")
    old = documents[60]
    new = replace(old, sections=(replace(old.sections[0], text=f"{old.sections[0].text} {_WORDS[3]}"), old.sections[1]))
    revised = revise_index(
        written.files.__getitem__, written.ledger, [(analyse_document(old), analyse_document(new))], inline_bytes=0
    )
    assert revised is not None
    assert len(revised.files) < len(written.files) / 4


@pytest.mark.parametrize("change", [{"path": ("Elsewhere",)}, {"platforms": ("ios",)}, {"kind": "faq"}])
def test_another_place_or_filter_is_no_revision(change: dict[str, object]) -> None:
    random_ = random.Random(1)
    documents = [_document(random_, "en", number) for number in range(30)]
    analysed = [analyse_document(document) for document in documents]
    written = _write(analysed, "en")
    other = analyse_document(replace(documents[3], **change))  # type: ignore[arg-type]
    assert revise_index(written.files.__getitem__, written.ledger, [(analysed[3], other)], inline_bytes=0) is None


def test_an_index_within_its_manifest_is_written_anew() -> None:
    random_ = random.Random(2)
    documents = [_document(random_, "en", number) for number in range(5)]
    analysed = [analyse_document(document) for document in documents]
    written = write_index(build_index(analysed))
    other = analyse_document(_edit(random_, documents[0]))
    assert revise_index(written.files.__getitem__, written.ledger, [(analysed[0], other)]) is None
