"""A thousand damaged indexes, generated from a seed, asked of the shipped client: an answer or a named failure, never more."""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from tests.search.conftest import RunNode

Files = Mapping[str, bytes]

CASES = 500
QUERIES = {"en": "deposits wrong netwrok isnt los", "zh": "充值沒到账 chongzhi meidao memo"}
FOREIGN: tuple[Any, ...] = (
    *(None, True, 0, -1, 1.5, 1e308, 2**53, "", "A", "~", "~A", "\ud800", "\n", "\n" * 50, "constructor", "../../x", "javascript:alert(1)"),
    *([], {}, [[]], [None], {"__proto__": {"x": 1}}, {"length": 9e9}, ["a", "b"], "_" * 99, "g" * 99 + "A", "<img onerror=alert(1)>"),
)  # fmt: skip


def _cut(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data) + 1)]


def _flipped(data: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 20))):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def _otherwise(data: bytes, chance: random.Random) -> bytes:
    """One value somewhere in the file is another one: valid JSON of the wrong form."""
    value = json.loads(data)
    places: list[tuple[Any, Any]] = []

    def walk(node: Any) -> None:
        for key, child in node.items() if isinstance(node, dict) else enumerate(node):
            places.append((node, key))
            if isinstance(child, dict | list):
                walk(child)

    if not isinstance(value, dict | list):
        return json.dumps(chance.choice(FOREIGN)).encode()
    walk(value)
    node, key = chance.choice(places)
    old = node[key]
    shorter = old[:-1] if isinstance(old, str | list) and old else old
    node[key] = chance.choice((*FOREIGN, shorter, [old], old * 2 if isinstance(old, str) else old))
    return json.dumps(value).encode()


def _nonsense(data: bytes, chance: random.Random) -> bytes:
    depth = 10 ** chance.randrange(1, 6)
    return chance.choice(
        (b"", b"null", b"<!doctype html>", b"[" * depth, b"[" * depth + b"]" * depth, data * 2, data[::-1])
    )


DAMAGES: tuple[Callable[[bytes, random.Random], bytes], ...] = (_cut, _flipped, _otherwise, _otherwise, _nonsense)


def _damaged(files: Files, chance: random.Random) -> dict[str, str]:
    """The files with one of them damaged, gone, or with another's content; the manifest more often than the others."""
    names = sorted(files)
    name = chance.choice(("manifest.json", chance.choice(names), chance.choice(names)))
    changed = dict(files)
    kind = chance.randrange(8)
    if kind == 0:
        del changed[name]
    elif kind == 1:
        changed[name] = files[chance.choice(names)]
    else:
        changed[name] = chance.choice(DAMAGES)(files[name], chance)
    return {key: data.decode("utf-8", "replace") for key, data in changed.items()}


@pytest.mark.parametrize("locale", QUERIES)
def test_damaged_files_give_an_answer_or_a_named_failure(
    locale: str, shards: dict[str, dict[str, bytes]], run_node: RunNode
) -> None:
    chance = random.Random(20_26)
    cases = [_damaged(shards[locale], chance) for _ in range(CASES)]
    outcomes: list[str] = []
    for start in range(0, CASES, 100):
        part = {"cases": cases[start : start + 100], "locale": locale, "query": QUERIES[locale]}
        outcomes += run_node("damaged.mjs", part)
    counts = Counter(outcomes)
    assert set(counts) <= {"answered", "corrupt", "missing", "version"}, counts
    # The damage reaches what is asked: if all were answered, nothing would have been tried.
    assert counts["corrupt"] > CASES // 8, counts
    assert counts["missing"] > 0, counts
