"""The first half of the walks of `walk.py`: incremental builds equal clean ones."""

from __future__ import annotations

from tests.pipeline.walk import Walk, take_half_of_the_walks


def test_incremental_builds_equal_clean_ones() -> None:
    take_half_of_the_walks(Walk)
