"""The engines that are compared: each indexes a data set and answers its questions.

helpgen      the index that a build writes, asked by the scripts that readers get, in Node
whoosh       helpgen's other backend: its analysis in a Whoosh index, in Python
whoosh-plain Whoosh with stemming, or with jieba's words for Chinese; any word may match, BM25F, titles count twice
pagefind     the HTML pages of the documents, Pagefind's index of them, its client in Chromium
minisearch   MiniSearch with Intl.Segmenter, in Node
flexsearch   FlexSearch with its encoder for the language, in Node
"""

from __future__ import annotations

import html
import json
import logging
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version as package_version
from pathlib import Path
from typing import Any, Final

from bench.peers import BENCH, node, node_packages, pagefind, version
from bench.questions import DataSet, Row, document
from bench.wire import Browser, served_folder
from helpgen.search import analyse_document, build_index, write_shards
from helpgen.search.characters import DATA
from helpgen.search.whoosh_index import open_whoosh, write_whoosh

CLIENT: Final = DATA.parent / "shipped"
_CLIENTS: Final = BENCH / "clients"


@dataclass(frozen=True, slots=True)
class Answers:
    """To each question the ids of the hits, best first, and the milliseconds; the seconds that the index took."""

    ids: Sequence[Sequence[str]]
    ms: Sequence[float]
    build_s: float


@dataclass(frozen=True, slots=True)
class Engine:
    """Its name for people, what asks it, what tells its version, and whether it is one of ours."""

    label: str
    ask: Callable[[DataSet, Path], Answers]
    version: Callable[[], str]
    ours: bool = False


def ask_helpgen(data: DataSet, folder: Path) -> Answers:
    """Build the shards into `folder/<locale>` and ask in Node."""
    start = time.perf_counter()
    files = write_shards(build_index(map(analyse_document, map(document, data.rows))))
    seconds = time.perf_counter() - start
    for name, content in files.items():
        path = folder / data.locale / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    said = _node(_CLIENTS / "helpgen.mjs", str(CLIENT), str(folder), data.locale, asked=data.texts)
    return Answers([one["ids"] for one in said], [one["ms"] for one in said], seconds)


def ask_whoosh(data: DataSet, folder: Path) -> Answers:
    """helpgen's own Whoosh backend."""
    start = time.perf_counter()
    digests = write_whoosh(map(analyse_document, map(document, data.rows)), folder)
    seconds = time.perf_counter() - start
    index = open_whoosh(folder, digests)
    return _timed(data, lambda text: [hit.key for hit in index.search(text).hits], seconds)


def ask_whoosh_plain(data: DataSet, folder: Path) -> Answers:
    """Whoosh as its documentation proposes, with jieba's analyser for Chinese."""
    import jieba
    from jieba.analyse import ChineseAnalyzer
    from whoosh import fields, index, qparser, scoring
    from whoosh.analysis import StemmingAnalyzer

    jieba.setLogLevel(logging.ERROR)
    analyser = ChineseAnalyzer() if data.locale == "zh" else StemmingAnalyzer()
    text = fields.TEXT(analyzer=analyser)
    schema = fields.Schema(id=fields.ID(stored=True), title=fields.TEXT(analyzer=analyser, field_boost=2.0), body=text)
    start = time.perf_counter()
    writer = (made := index.create_in(folder, schema)).writer(limitmb=512)
    for row in data.rows:
        writer.add_document(id=row["id"], title=row["title"], body=row["body"])
    writer.commit()
    seconds = time.perf_counter() - start
    any_word = qparser.OrGroup.factory(0.9)
    parser = qparser.MultifieldParser(["title", "body"], schema, group=any_word, plugins=[])
    with made.searcher(weighting=scoring.BM25F()) as searcher:
        return _timed(
            data, lambda query: [hit["id"] for hit in searcher.search(parser.parse(query), limit=10)], seconds
        )


def ask_pagefind(data: DataSet, folder: Path) -> Answers:
    """A page for each document, indexed by the program, asked by the script in Chromium."""
    for row in data.rows:
        (folder / f"{row['id']}.html").write_text(_page(row), encoding="utf-8")
    (folder / "search.html").write_text(
        f'<!doctype html><html lang="{data.locale}"><title>search</title>', encoding="utf-8"
    )
    start = time.perf_counter()
    subprocess.run([pagefind(), "--site", str(folder), "--quiet"], check=True, capture_output=True)
    seconds = time.perf_counter() - start
    with served_folder(folder) as address, Browser() as browser:
        said = browser.ask_all(f"{address}search.html", "pagefind", data.texts)
    return Answers([one["ids"] for one in said], [one["ms"] for one in said], seconds)


def ask_minisearch(data: DataSet, folder: Path) -> Answers:
    """MiniSearch in Node."""
    return _library("minisearch", data, folder)


def ask_flexsearch(data: DataSet, folder: Path) -> Answers:
    """FlexSearch in Node."""
    return _library("flexsearch", data, folder)


ENGINES: Final[Mapping[str, Engine]] = {
    "helpgen": Engine("helpgen", ask_helpgen, lambda: "", ours=True),
    "whoosh": Engine("helpgen on Whoosh", ask_whoosh, lambda: package_version("whoosh-reloaded"), ours=True),
    "whoosh-plain": Engine("Whoosh", ask_whoosh_plain, lambda: package_version("whoosh-reloaded")),
    "pagefind": Engine("Pagefind", ask_pagefind, lambda: version(pagefind())),
    "minisearch": Engine("MiniSearch + Segmenter", ask_minisearch, lambda: _npm_version("minisearch")),
    "flexsearch": Engine("FlexSearch", ask_flexsearch, lambda: _npm_version("flexsearch")),
}


def ask(name: str, data: DataSet, folder: Path) -> Answers:
    """Ask an engine; its index is left in `folder`, which is emptied first."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return ENGINES[name].ask(data, folder)


def _library(name: str, data: DataSet, folder: Path) -> Answers:
    node_packages()
    arguments = (name, str(data.documents), str(folder / "index.json"), data.locale)
    said = _node(_CLIENTS / "library.mjs", *arguments, asked=data.texts)
    return Answers([one["ids"] for one in said["answers"]], [one["ms"] for one in said["answers"]], said["build_s"])


def _node(script: Path, *arguments: str, asked: Sequence[str]) -> Any:
    command = [node(), "--max-old-space-size=8000", str(script), *arguments]
    done = subprocess.run(command, input=json.dumps(asked).encode(), stdout=subprocess.PIPE, check=False)
    if done.returncode:
        sys.exit(f"{script.name} {arguments[0]} ended with {done.returncode}")
    return json.loads(done.stdout)


def _timed(data: DataSet, search: Callable[[str], list[str]], build_s: float) -> Answers:
    found, times = [], []
    for text in data.texts:
        start = time.perf_counter()
        found.append(search(text))
        times.append((time.perf_counter() - start) * 1_000)
    return Answers(found, times, build_s)


def _page(row: Row) -> str:
    escape = html.escape
    body = "".join(
        f"<h2 id='s{number}'>{escape(section['h'])}</h2>" * bool(section["h"])
        + "".join(f"<p>{escape(line)}</p>" for line in section["text"].split("\n") if line)
        for number, section in enumerate(row["sections"])
    )
    head = f'<html lang="{row["lang"]}"><meta charset="utf-8"><title>{escape(row["title"])}</title>'
    return f"<!doctype html>{head}<main data-pagefind-body><h1>{escape(row['title'])}</h1>{body}</main></html>"


def _npm_version(name: str) -> str:
    found: str = json.loads((node_packages() / name / "package.json").read_text(encoding="utf-8"))["version"]
    return found
