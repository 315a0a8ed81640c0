"""Damaged caches and indexes, some of each; `python -m audit.cache` tries 1,300."""

from __future__ import annotations

from pathlib import Path

from audit.cache.run import try_caches, try_whoosh


def test_a_damaged_cache_costs_only_time(tmp_path: Path) -> None:
    results = list(try_caches(tmp_path, 60))
    assert len(results) == 60
    assert [reason for reason in results if reason] == []


def test_a_damaged_whoosh_index_is_refused(tmp_path: Path) -> None:
    results = list(try_whoosh(tmp_path, 60))
    assert len(results) == 60
    assert [reason for reason in results if reason] == []
