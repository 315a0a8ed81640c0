"""Asks queries of an index as it is shipped: with the shipped JavaScript in Node, or with its twin in Python.

1. If there is a Node that can run the scripts, they are written to a temporary folder, and `client/canaries.mjs` asks; where
   more than one processor may be used, in two processes.
2. If there is none, or it is too old or dies, the Python engine asks, and the answer says so.
3. When the build is stopped, so is the asking (pipeline/programs.py).

Scripts that do not load are a bug of ours, and an exception.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from helpgen.pipeline.node import RUNNER
from helpgen.pipeline.programs import run_programs, while_wanted
from helpgen.pipeline.scratch import scratch_folder
from helpgen.search.engine import SearchIndex, open_index
from helpgen.search.errors import SearchIndexError

# Seconds that a Node may need beyond those for the queries, and for each query of a whole set.
_START: Final = 60.0
_EACH: Final = 0.5
_TOO_OLD: Final = 20
# Questions for which another process pays: it takes a tenth of a second to start, as ten to thirty of them do to be answered.
_WORTH_ANOTHER: Final = 60
# All files of all indexes, one after the other; client/canaries.mjs knows the name.
_PACK: Final = "indexes.pack"

# The files of each language's index by name.
Files = Mapping[str, Mapping[str, bytes]]


class ScriptsBrokenError(RuntimeError):
    """The search scripts that go with the site do not load."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A query to one language's index, and how many hits are wanted."""

    locale: str
    query: str
    limit: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The keys of the hits, best first; `refusal` is why there is no answer at all.

    `reads` are the files of the index on which the answer depends, beside the manifest; None where that is not known.
    """

    keys: tuple[str, ...] = ()
    refusal: str = ""
    reads: tuple[str, ...] | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """An answer to each question, None to those that the time did not suffice for; `by` is "node" or "python".

    `note` says why a Node that is there did not do it.
    """

    answers: tuple[Answer | None, ...]
    by: str
    note: str = ""


def ask_all(
    files: Files,
    questions: Sequence[Question],
    scripts: Mapping[str, bytes],
    seconds: float = 0.0,
    folders: Mapping[str, Path] | None = None,
    *,
    askers: int = 1,
) -> Answers:
    """Ask each language's index, given by the names of its files, within `seconds` (0: as long as it takes).

    `scripts` are those of the search client by name. `folders` have, by language, the files that are not given. Each of so
    many `askers` at the most has an equal share of the questions, taken in turn, and all the seconds.
    Raises ScriptsBrokenError.
    """
    folders = folders or {}
    node = shutil.which("node")
    if node is None:
        return Answers(answers=_ask_python(files, questions, seconds, folders), by="python")
    askers = min(askers, len(questions) // _WORTH_ANOTHER) or 1
    answers, note = _ask_node(node, files, questions, scripts, seconds, folders, askers)
    if answers is None:
        return Answers(answers=_ask_python(files, questions, seconds, folders), by="python", note=note)
    return Answers(answers=answers, by="node")


# Node starts while pages are rendered within bounds of memory (bounds.py), which it would inherit, and it reserves more
# addresses than they allow, though it uses little memory: the shell lifts them first.
_LIFT: Final = (
    ("/bin/sh", "-c", 'ulimit -S -v "$(ulimit -H -v)"; exec "$0" "$@"') if sys.platform.startswith("linux") else ()
)


def _ask_node(
    node: str,
    files: Files,
    questions: Sequence[Question],
    scripts: Mapping[str, bytes],
    seconds: float,
    folders: Mapping[str, Path],
    askers: int,
) -> tuple[tuple[Answer | None, ...] | None, str]:
    """The answers and "", or None and why there are none."""
    known = {"files": _table(files), "seconds": seconds, "folders": {code: str(path) for code, path in folders.items()}}
    asked = [{"locale": one.locale, "query": one.query, "limit": one.limit} for one in questions]
    limit = _START + (seconds or _EACH * len(questions))
    try:
        with scratch_folder() as folder:
            for path, data in {**scripts, "package.json": b'{"type": "module"}'}.items():
                target = folder / path
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(data)
            with (folder / _PACK).open("wb") as pack:
                pack.writelines(data for named in files.values() for data in named.values())
            requests = [json.dumps({**known, "asked": asked[at::askers]}).encode() for at in range(askers)]
            parts = run_programs([*_LIFT, node, str(RUNNER), str(folder)], requests, limit)
    except subprocess.TimeoutExpired:
        return None, "node did not answer in time"
    except OSError as error:
        return None, f"node could not be asked: {error.filename or node}: {error.strerror or error}"
    answers: list[Answer | None] = [None] * len(questions)
    for at, (code, printed) in enumerate(parts):
        if code == _TOO_OLD:
            return None, f"node is older than version {_TOO_OLD}"
        try:
            said = json.loads(printed)
        except ValueError:
            return None, f"node ended with code {code}"
        if "broken" in said:
            raise ScriptsBrokenError(f"the search scripts do not load in node: {said['broken']}")
        answers[at::askers] = map(_answer, said["answers"])
    return tuple(answers), ""


def _answer(said: dict[str, Any] | None) -> Answer | None:
    if said is None:
        return None
    return Answer(keys=tuple(said.get("keys", ())), refusal=said.get("refusal", ""), reads=tuple(said["reads"]))


def _table(files: Files) -> dict[str, dict[str, tuple[int, int]]]:
    """Where each file is in the pack, and its bytes: questions touch few files, so Node reads these and not all of them."""
    table: dict[str, dict[str, tuple[int, int]]] = {}
    at = 0
    for code, named in files.items():
        table[code] = {}
        for name, data in named.items():
            table[code][name] = (at, len(data))
            at += len(data)
    return table


def _ask_python(
    files: Files, questions: Sequence[Question], seconds: float, folders: Mapping[str, Path]
) -> tuple[Answer | None, ...]:
    started = time.monotonic()
    indexes: dict[str, SearchIndex] = {}
    answers: list[Answer | None] = []
    for one in while_wanted(questions):
        if seconds and time.monotonic() - started > seconds:
            answers.append(None)
            continue
        try:
            if one.locale not in indexes:
                indexes[one.locale] = open_index(_reader(files[one.locale], folders.get(one.locale)))
            hits = indexes[one.locale].search(one.query, limit=one.limit).hits
            answers.append(Answer(keys=tuple(hit.key for hit in hits)))
        except SearchIndexError as error:
            answers.append(Answer(refusal=str(error)))
    return tuple(answers)


def _reader(files: Mapping[str, bytes], folder: Path | None) -> Callable[[str], bytes]:
    return lambda name: files[name] if name in files or folder is None else (folder / name).read_bytes()
