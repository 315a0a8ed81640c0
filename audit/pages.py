"""Rows about pages: the policy over the whole demo, fuzzed articles without it, valid HTML of the demo and of real articles."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from audit.attack import attack
from audit.chromium import chromium, hosted
from audit.effort import ROOT, effort
from audit.fuzz import make_article
from audit.lenient import build_lenient, written
from audit.tally import Tally
from audit.validity import check_html, missing_tool
from helpgen.pipeline.build import build_site
from helpgen.pipeline.options import BuildOptions
from helpgen.pipeline.read import read_search_client, read_site
from helpgen.pipeline.workers import Inline
from tests.corpora.adapter import CORPORA, adapt

_QUERIES = ("<img src=x onerror=alert(1)>", "fees", "constructor", "javascript:alert(1)")


def policy_of_the_demo() -> Tally:
    """Every page of the demo, as built and with its policy stripped, hovered over and clicked."""
    with built(ROOT) as folder:
        pages = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.html"))
        step = effort(4, 1)
        chosen = [path.removesuffix("index.html") for path in pages[::step]]
        with chromium() as browser, hosted(folder) as host:
            faults = attack(browser, host, chosen, _QUERIES, "en/search/")
    return Tally(tried=2 * (len(chosen) + len(_QUERIES)), failed=tuple(faults))


def fuzzed_pages() -> Tally:
    """Fuzzed articles in a site that takes them all, opened with and without the policy."""
    count = effort(100, 2_000)
    with tempfile.TemporaryDirectory() as scratch:
        site = Path(scratch) / "site"
        articles = site / "content" / "en"
        articles.mkdir(parents=True)
        for seed in range(count):
            body = make_article(seed).partition("\n---\n")[2].replace("\0", "")
            (articles / f"a{seed}.md").write_text(f"---\ntitle: Seed {seed}\n---\n{body}", encoding="utf-8")
        build = build_lenient(site, "title: Fuzz\n")
        with written(build, Path(scratch) / "out") as folder, chromium() as browser, hosted(folder) as host:
            pages = [f"en/a{seed}/" for seed in range(count) if (folder / f"en/a{seed}/index.html").exists()]
            faults = attack(browser, host, pages)
    return Tally(tried=2 * len(pages), failed=tuple(faults))


def valid_demo() -> Tally:
    """The demo, for both checkers."""
    if missing_tool():
        return Tally(tried=0, skipped=missing_tool())
    with built(ROOT) as folder:
        pages, errors = check_html(folder)
    return Tally(tried=pages, failed=tuple(errors))


def valid_corpora() -> Tally:
    """Real articles of other help centres, for both checkers."""
    shared = Path(os.environ.get("HELPGEN_SHARED", ROOT.parent / "shared")) / "corpora"
    if missing_tool() or not shared.is_dir():
        return Tally(tried=0, skipped=missing_tool() or f"there is no {shared}")
    pages, errors = 0, []
    for name, corpus in CORPORA.items():
        with tempfile.TemporaryDirectory() as scratch:
            adapt(shared / name, corpus, Path(scratch))
            with built(Path(scratch)) as folder:
                found, wrong = check_html(folder)
        pages += found
        errors += [f"{name}: {error}" for error in wrong]
    return Tally(tried=pages, failed=tuple(errors))


@contextmanager
def built(site: Path) -> Iterator[Path]:
    """A site's public files in a folder that is gone afterwards."""
    build = build_site(read_site(site), Inline(), BuildOptions(search_client=read_search_client(), preview=True))
    if not build.ok:
        errors = [f"{d.location}: {d.message}" for d in build.diagnostics if d.severity == "error"]
        raise RuntimeError(f"the site does not build: {errors[:5]}")
    with tempfile.TemporaryDirectory() as scratch, written(build, Path(scratch)) as folder:
        yield folder
