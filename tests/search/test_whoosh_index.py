"""The Whoosh backend: the same questions, and no byte is unpickled that has not been checked."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from helpgen.search import IndexCorruptError, IndexMissingError, analyse_document, whoosh_index
from helpgen.search.whoosh_index import WhooshIndex, open_whoosh, write_whoosh
from tests.search import sample


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "index"


def written(folder: Path, locale: str) -> str:
    return write_whoosh(map(analyse_document, sample.documents(locale)), folder)


def opened(folder: Path, locale: str) -> WhooshIndex:
    return open_whoosh(folder, written(folder, locale))


@pytest.mark.parametrize(
    ("query", "key"),
    [
        ("充值没到账", "zh/deposits/not-arrived"),
        ("充值沒有到帳", "zh/deposits/not-arrived"),
        ("掉单", "zh/deposits/not-arrived"),
        ("２ＦＡ", "zh/security/2fa-reset"),
        ("where is my money", "en/deposits/not-arrived"),
        ("depositing", "en/deposits/not-arrived"),
        ("limit ord", "en/trading/order-types"),
    ],
)
def test_the_right_article_is_first(folder: Path, query: str, key: str) -> None:
    assert opened(folder, key[:2]).search(query).hits[0].key == key


def test_hits_have_all_fields(folder: Path) -> None:
    hit = opened(folder, "zh").search("怎么注销账户").hits[0]
    assert (hit.key, hit.section, hit.anchor, hit.kind) == ("zh/account/faq", "如何注销账户？", "h-q-close", "faq")
    assert (hit.url, hit.locale, hit.path) == ("zh/account/faq/", "zh", ("Account",))
    assert any(part.mark for part in hit.excerpt)
    assert "".join(part.text for part in hit.title_parts) == hit.title


def test_any_string_may_be_asked(folder: Path) -> None:
    index = opened(folder, "zh")
    for query in sample.HOSTILE:
        assert len(index.search(query).hits) <= 10


def test_an_empty_index_can_be_asked(folder: Path) -> None:
    assert open_whoosh(folder, write_whoosh([], folder)).search("提币").hits == ()


def test_an_index_that_is_sorted_in_parts_is_the_same(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """More postings than Whoosh sorts at a time, as 2,400 long Chinese articles have."""
    whole = opened(folder / "whole", "zh").search("充值没到账")
    monkeypatch.setattr(whoosh_index, "SORTED_MB", 0.01)
    assert opened(folder / "parts", "zh").search("充值没到账") == whole


def test_a_changed_file_is_refused_before_it_is_unpickled(folder: Path, tmp_path: Path) -> None:
    digest = written(folder, "en")
    toc = next(folder.glob("_MAIN_*.toc"))

    class Payload:
        def __reduce__(self) -> tuple[object, tuple[object, ...]]:
            return (Path.touch, (tmp_path / "ran",))

    toc.write_bytes(toc.read_bytes() + pickle.dumps(Payload()))
    with pytest.raises(IndexCorruptError, match=toc.name):
        open_whoosh(folder, digest)
    assert not (tmp_path / "ran").exists()


def test_a_forged_list_of_digests_is_refused(folder: Path) -> None:
    digest = written(folder, "en")
    for path in folder.iterdir():
        path.unlink()
    assert written(folder, "zh") != digest
    with pytest.raises(IndexCorruptError, match=r"digests\.json"):
        open_whoosh(folder, digest)


def test_a_missing_index_says_so(folder: Path) -> None:
    with pytest.raises(IndexMissingError, match="whoosh"):
        open_whoosh(folder, "0" * 64)
    digest = written(folder, "en")
    next(folder.glob("*.seg")).unlink()
    with pytest.raises(IndexMissingError):
        open_whoosh(folder, digest)
