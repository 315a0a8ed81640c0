"""A published site that is revised where it stands, because only texts of articles have changed since.

1. `keep_ground`: after a whole build the memory keeps what a revision starts from: the faces of all articles
   (`site/face.py`) and what else the site is joined from, the look, the ledgers of the indexes, what proved the search.
2. `revise_published`: the site is joined of faces, the pages of the changed articles are planned, rendered and indexed
   (`revise.py`), the questions asked again whose answers may be others (`reproof.py`). What comes of it are the files that differ.

The outcome is that of a whole build; tests/pipeline/test_published.py compares them. Where anything else has changed there
is none, and the site is built.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import msgspec

from helpgen.content.parse import ArticleRules
from helpgen.model.article import Article
from helpgen.model.build import Base, Build, BuildStats, SearchProof
from helpgen.model.diagnostic import Diagnostic, Outcome, with_severities
from helpgen.model.source import SourceFile
from helpgen.pipeline.build import Plan, Whole
from helpgen.pipeline.memo import Memo, Note
from helpgen.pipeline.options import BuildOptions
from helpgen.pipeline.proof import Asked, Proven, findings
from helpgen.pipeline.read import SiteFiles
from helpgen.pipeline.reproof import Difference, prove_again
from helpgen.pipeline.revise import Revision, revise_articles
from helpgen.pipeline.search import RevisedSearch, revise_search
from helpgen.pipeline.stages import PARSE
from helpgen.pipeline.standing import FRAME, Standing, changed_texts
from helpgen.search.shards import Ledger
from helpgen.site.assemble import assemble_site
from helpgen.site.face import face_of
from helpgen.site.pages import plan_articles
from helpgen.site.urls import INDEX_FOLDER
from helpgen.theme.values import Look

_PROOFS: Final = ("search/canary", "support/canary")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What stays the same in all revisions of a build; `made_from` is the digest of that build's inputs."""

    made_from: str
    rules: ArticleRules
    plan: Plan
    look: Look


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """What the latest build over a ground has left: `made_from` is the digest of its inputs, `ground` that of the ground's."""

    made_from: str
    ground: str
    ledgers: dict[str, Ledger]
    asked: tuple[Asked, ...]


GROUND: Final = Note("ground", Ground)
PLACE: Final = Note("place", Place)


def keep_ground(memo: Memo, whole: Whole, inputs: Mapping[str, str], options: BuildOptions) -> None:
    """Remember where a revision of this build would start, if there can be one."""
    config = whole.site.config
    if options.offline or options.compress or options.proof == "whole" or "whoosh" in config.backends:
        return
    made_from = _digest(inputs)
    faces = tuple(map(face_of, whole.plan.inputs.articles))
    plan = replace(whole.plan, inputs=replace(whole.plan.inputs, articles=faces))
    ground = Ground(made_from=made_from, rules=whole.rules, plan=plan, look=whole.look)
    place = Place(made_from=made_from, ground=made_from, ledgers=dict(whole.ledgers), asked=whole.asked)
    memo.leave_note(GROUND, inputs[FRAME], ground)
    memo.leave_note(PLACE, inputs[FRAME], place)


def revise_published(
    memo: Memo,
    known: Standing,
    base: Base,
    files: SiteFiles,
    inputs: Mapping[str, str],
    options: BuildOptions,
    out: Path,
) -> Build | None:
    """The build of these inputs as what differs from the `known` one, which stands in `out`; None if it must be whole."""
    try:
        build = _revise(memo, known, files, inputs, options, out)
    except OSError:
        # Another build has published to `out` meanwhile, or somebody has taken a file away.
        return None
    return replace(build, base=base) if build is not None else None


def _revise(
    memo: Memo, known: Standing, files: SiteFiles, inputs: Mapping[str, str], options: BuildOptions, out: Path
) -> Build | None:
    paths = set(changed_texts(known, inputs))
    ground, place = memo.read_note(GROUND, inputs[FRAME]), memo.read_note(PLACE, inputs[FRAME])
    if ground is None or place is None:
        return None
    if place.made_from != _digest(known.inputs) or place.ground != ground.made_from:
        return None
    whole = _whole(memo, known, ground, place, files, paths)
    if whole is None:
        return None
    read = _reader(out)
    others = tuple(diagnostic for diagnostic in known.diagnostics if diagnostic.rule not in _PROOFS)
    changed = [file for file in files.content if file.path in paths]
    revision = revise_articles(whole, read, others, changed)
    if revision is None or not revision.ok:
        return None
    search = revise_search(read, place.ledgers, whole.site, revision.whole.site, revision.paths)
    if search is None:
        return None
    proven = _prove(place.asked, known.stats.proof, search, options, out)
    if proven is None and known.stats.proof is not None:
        return None
    found = findings(proven, revision.whole.site) if proven is not None else []
    diagnostics = with_severities([*revision.diagnostics, *found], whole.site.config.checks)
    if any(diagnostic.severity == "error" for diagnostic in diagnostics):
        return None
    for file in changed:
        memo.keep(PARSE, file, ground.rules, revision.whole.parsed[file.path])
    asked = proven.asked if proven is not None else place.asked
    place = replace(place, made_from=_digest(inputs), ledgers=dict(search.ledgers), asked=asked)
    memo.leave_note(PLACE, inputs[FRAME], place)
    return _build(known, revision, search, proven, diagnostics, inputs, out)


def _whole(
    memo: Memo, known: Standing, ground: Ground, place: Place, files: SiteFiles, paths: set[str]
) -> Whole | None:
    """What the known build was made of, as far as the articles at these paths need it; None if they are not remembered."""
    parsed: dict[str, Outcome[Article]] = {}
    for path in paths:
        old = SourceFile(path=path, data=b"", digest=known.inputs[path])
        outcome = memo.recall(PARSE, old, ground.rules)
        if outcome is None or outcome.value is None:
            return None
        parsed[path] = outcome
    old_articles = {path: outcome.value for path, outcome in parsed.items() if outcome.value is not None}
    articles = tuple(old_articles.get(article.path, article) for article in ground.plan.inputs.articles)
    plan = replace(ground.plan, inputs=replace(ground.plan.inputs, articles=articles))
    joined = assemble_site(plan.inputs).value
    if joined is None:
        return None
    pages = plan_articles(joined.site, plan.settings, plan.support_urls, plan.related, paths)
    return Whole(
        files=files,
        rules=ground.rules,
        parsed=parsed,
        site=joined.site,
        links=joined.links,
        look=ground.look,
        pages={page.url: page for page in pages},
        ledgers=place.ledgers,
        asked=place.asked,
        plan=plan,
    )


def _prove(
    asked: tuple[Asked, ...], before: SearchProof | None, search: RevisedSearch, options: BuildOptions, out: Path
) -> Proven | None:
    """None if there was no proof before, or there can be none without a whole build."""
    if before is None:
        return None
    different: dict[str, Difference] = {}
    for locale in search.ledgers:
        below = f"{INDEX_FOLDER}{locale}/"
        files = {path.removeprefix(below): data for path, data in search.files.items() if path.startswith(below)}
        gone = {path.removeprefix(below) for path in search.gone if path.startswith(below)}
        if files:
            different[locale] = Difference(folder=out / below, files=files, gone=gone)
    return prove_again(asked, before, different, options.search_client, options.askers)


def _build(
    known: Standing,
    revision: Revision,
    search: RevisedSearch,
    proven: Proven | None,
    diagnostics: tuple[Diagnostic, ...],
    inputs: Mapping[str, str],
    out: Path,
) -> Build:
    read = _reader(out)
    new = {**revision.pages, **search.files}
    before = {path: read(path) for path in new if (out / path).exists()}
    files = {path: data for path, data in new.items() if before.get(path) != data}
    less = sum((out / path).stat().st_size for path in {*search.gone, *(before.keys() & search.files.keys())})
    more = sum(map(len, search.files.values()))
    stats = replace(
        known.stats,
        index_bytes=known.stats.index_bytes - less + more,
        proof=proven.proof if proven is not None else None,
        remembered=_remembered(known.stats, revision),
    )
    return Build(
        files=files,
        gone=search.gone,
        diagnostics=diagnostics,
        stats=stats,
        inputs=inputs,
        unchanged=known.files - len(files.keys() & before.keys()) - len(search.gone),
    )


def _remembered(stats: BuildStats, revision: Revision) -> dict[str, tuple[int, int]]:
    made = {"parse": len(revision.paths), "render": len(revision.pages), "analyse": len(revision.pages)}
    return {name: (total - min(total, made.get(name, 0)), total) for name, (_, total) in stats.remembered.items()}


def _reader(out: Path) -> Callable[[str], bytes]:
    return lambda path: (out / path).read_bytes()


def _digest(inputs: Mapping[str, str]) -> str:
    return hashlib.sha256(msgspec.json.encode(inputs, order="deterministic")).hexdigest()
