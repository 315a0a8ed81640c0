"""What a published site is a start for: a build in which little is different.

1. `keep_place`: the memory keeps what the indexes of a build were made of, the digests of their files, what proved them.
   `recall_earlier`: so the next build goes on from them (`indexed.py`), whatever else has changed.
2. `keep_ground`: after a whole build it keeps what a revision of texts starts from: the faces of all articles
   (`site/face.py`) and what else the site is joined from, the look.
3. `revise_published`: where only texts of articles have changed, the site is joined of faces, the pages of the changed
   articles are planned, rendered and indexed (`revise.py`), the questions asked again whose answers may be others
   (`reproof.py`). What comes of it are the files that differ.

The outcome is that of a whole build; tests/pipeline/test_published.py compares them. Where anything else has changed there
is none, and the site is built.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import msgspec

from helpgen.content.parse import ArticleRules
from helpgen.model.article import Article
from helpgen.model.build import Base, Build, BuildStats
from helpgen.model.diagnostic import Diagnostic, Outcome, with_severities
from helpgen.model.source import SourceFile
from helpgen.pipeline.build import NOTHING, Earlier, Made, Plan, Whole
from helpgen.pipeline.indexed import EarlierIndex, Indexed
from helpgen.pipeline.manifest import read_inside
from helpgen.pipeline.memo import Memo, Note
from helpgen.pipeline.options import BuildOptions
from helpgen.pipeline.proof import EarlierProof, Proven, findings, who_asks
from helpgen.pipeline.read import SiteFiles
from helpgen.pipeline.reproof import prove_again
from helpgen.pipeline.revise import Revision, revise_articles
from helpgen.pipeline.search import RevisedSearch, revise_search
from helpgen.pipeline.stages import ANALYSE, PARSE
from helpgen.pipeline.stale import Difference
from helpgen.pipeline.standing import FRAME, Standing, changed_texts
from helpgen.search.store import MANIFEST
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
class KeptIndex:
    """What an index was made of, and the SHA-256 of its files by name."""

    indexed: Indexed
    files: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """What the latest build to a folder has left: `made_from` is the digest of its inputs, `ground` that of the ground's."""

    made_from: str
    ground: str
    indexes: dict[str, KeptIndex]
    proof: EarlierProof | None

    @property
    def indexed(self) -> dict[str, Indexed]:
        """What the indexes were made of, by language."""
        return {code: kept.indexed for code, kept in self.indexes.items()}


GROUND: Final = Note("ground", Ground)
PLACE: Final = Note("place", Place)


def recall_earlier(memo: Memo, out: Path) -> Earlier:
    """What the build left that was published to `out` last; every file of it is checked before it is used."""
    place = memo.read_note(PLACE, _subject(memo, out))
    if place is None:
        return NOTHING
    indexes = {
        code: EarlierIndex(indexed=kept.indexed, names=kept.files, read=_checked(out / INDEX_FOLDER / code, kept.files))
        for code, kept in place.indexes.items()
    }
    return Earlier(indexes=indexes, proof=place.proof)


def _subject(memo: Memo, out: Path) -> str:
    """What is remembered of a folder is told from that of another by the way to it: a whole project may have moved."""
    return os.path.relpath(out.resolve(), memo.folder.resolve())


def _checked(folder: Path, digests: Mapping[str, str]) -> Callable[[str], bytes]:
    def read(name: str) -> bytes:
        data = read_inside(folder, name)
        if hashlib.sha256(data).hexdigest() != digests[name]:
            raise OSError(f"{name} is not as it was written")
        return data

    return read


def keep_place(memo: Memo, made: Made, inputs: Mapping[str, str], options: BuildOptions, out: Path) -> None:
    """Remember what a build that is published to `out` leaves for the next one."""
    whole = made.whole
    if whole is None or options.offline:
        # The index of a site that is opened from a disk is in scripts.
        return
    made_from = _digest(inputs)
    indexes = {
        code: KeptIndex(indexed=indexed, files=_digests(made.build.files, f"{INDEX_FOLDER}{code}/"))
        for code, indexed in whole.indexed.items()
    }
    proof = made.build.stats.proof
    earlier = (
        EarlierProof(asked=whole.asked, proof=proof, asker=who_asks(options.search_client))
        if proof is not None
        else None
    )
    memo.leave_note(
        PLACE, _subject(memo, out), Place(made_from=made_from, ground=made_from, indexes=indexes, proof=earlier)
    )


def _digests(files: Mapping[str, bytes], folder: str) -> dict[str, str]:
    """Of the files of an index by name."""
    return {
        path.removeprefix(folder): hashlib.sha256(data).hexdigest()
        for path, data in files.items()
        if path.startswith(folder) and path.endswith(".json")
    }


def keep_ground(memo: Memo, whole: Whole, inputs: Mapping[str, str], options: BuildOptions) -> None:
    """Remember where a revision of this build would start, if there can be one."""
    config = whole.site.config
    if options.offline or options.compress or options.proof == "whole" or "whoosh" in config.backends:
        return
    made_from = _digest(inputs)
    faces = tuple(map(face_of, whole.plan.inputs.articles))
    plan = replace(whole.plan, inputs=replace(whole.plan.inputs, articles=faces))
    ground = Ground(made_from=made_from, rules=whole.rules, plan=plan, look=whole.look)
    memo.leave_note(GROUND, inputs[FRAME], ground)


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
    ground, place = memo.read_note(GROUND, inputs[FRAME]), memo.read_note(PLACE, _subject(memo, out))
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
    search = revise_search(read, place.indexed, whole.site, revision.whole.site, revision.paths)
    if search is None:
        return None
    proven = _prove(place.proof, search, options, out) if place.proof is not None else None
    if proven is None and known.stats.proof is not None:
        return None
    found = findings(proven, revision.whole.site) if proven is not None else []
    diagnostics = with_severities([*revision.diagnostics, *found], whole.site.config.checks)
    if any(diagnostic.severity == "error" for diagnostic in diagnostics):
        return None
    for file in changed:
        memo.keep(PARSE, file, ground.rules, revision.whole.parsed[file.path])
    for document, analysed in search.documents:
        memo.keep(ANALYSE, document, None, analysed)
    proof = replace(place.proof, asked=proven.asked, proof=proven.proof) if place.proof and proven else None
    indexes = {code: _kept_again(kept, search, code) for code, kept in place.indexes.items()}
    memo.leave_note(PLACE, _subject(memo, out), replace(place, made_from=_digest(inputs), indexes=indexes, proof=proof))
    return _build(known, revision, search, proven, diagnostics, inputs, out)


def _whole(
    memo: Memo, known: Standing, ground: Ground, place: Place, files: SiteFiles, paths: set[str]
) -> Whole | None:
    """What the known build was made of, as far as the articles at these paths need it; None if they are not remembered."""
    parsed: dict[str, Outcome[Article]] = {}
    for path in paths:
        old = SourceFile(path=path, data=b"", digest=known.inputs[path])
        outcome = memo.recall(PARSE, PARSE.digest(old), ground.rules)
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
        indexed=place.indexed,
        asked=place.proof.asked if place.proof is not None else (),
        plan=plan,
    )


def _kept_again(kept: KeptIndex, search: RevisedSearch, locale: str) -> KeptIndex:
    """What is kept of an index after a revision."""
    folder = f"{INDEX_FOLDER}{locale}/"
    stays = {name: digest for name, digest in kept.files.items() if folder + name not in search.gone}
    return KeptIndex(indexed=search.indexed[locale], files={**stays, **_digests(search.files, folder)})


def _prove(earlier: EarlierProof, search: RevisedSearch, options: BuildOptions, out: Path) -> Proven | None:
    """None if there can be no proof without a whole build."""
    different: dict[str, Difference] = {}
    folders = {locale: out / INDEX_FOLDER / locale for locale in search.indexed}
    for locale, lies_in in folders.items():
        folder = f"{INDEX_FOLDER}{locale}/"
        files = {path.removeprefix(folder): data for path, data in search.files.items() if path.startswith(folder)}
        gone = {path.removeprefix(folder) for path in search.gone if path.startswith(folder)}
        if files:
            different[locale] = Difference(manifest=(lies_in / MANIFEST).read_bytes(), files=files, gone=gone)
    return prove_again(earlier.asked, earlier.proof, different, folders, options.search_client, options.askers)


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
