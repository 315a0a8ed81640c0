"""Proof of the search: canaries of every article are asked of the index that has just been made.

1. `ProofWork` hands the index and its documents to the runner: the same of both gives the same proof, so a build that
   changes neither does not ask again.
2. `prove_batch` makes the canaries of each language's index (search/canaries.py), all or a sample, and has them asked as
   readers will ask (pipeline/canaries.py).
3. An article that does not come first enough for its own question is a finding, at its title; so is a scenario none of
   whose articles come first enough for what its readers type, at that query.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain, zip_longest
from typing import Final

import msgspec

from helpgen.model.article import Article
from helpgen.model.build import SearchProof
from helpgen.model.diagnostic import Diagnostic, problem
from helpgen.model.location import Location
from helpgen.model.site import Site
from helpgen.pipeline.canaries import Answer, Question, ask_all
from helpgen.pipeline.node import asker
from helpgen.pipeline.options import Extent
from helpgen.pipeline.programs import while_wanted
from helpgen.pipeline.stage import Made, Stage
from helpgen.pipeline.stale import Difference, Stale
from helpgen.pipeline.workers import Runner
from helpgen.search.canaries import (
    FIRST,
    Canary,
    Kind,
    is_common,
    is_found,
    plan_canaries,
    sample_documents,
    take_sample,
    with_claimants,
)
from helpgen.search.document import SearchDocument
from helpgen.site.urls import INDEX_FOLDER

# Questions of a sample, and the seconds that they may take at the most: pages are rendered beside them, so a machine whose
# processors are all busy needs several times the second that they take alone.
SAMPLE: Final = 300
SAMPLE_SECONDS: Final = 5.0

_ASKED_FOR: Final[Mapping[Kind, str]] = {
    "title": "its title",
    "half": "the first half of its title",
    "typo": "its title with a typo",
    "pinyin": "its title in pinyin",
    "question": "its own question",
    "words": "a word of its title",
}
_HINTS: Final[Mapping[Kind, str]] = {
    "title": 'add "questions" in readers\' words, or say in the title how it differs from those',
    "half": 'add "questions" that begin like the title, or begin the title with what is its own',
    "typo": 'add "questions" and "keywords" with the words of the title, so that one of them may be wrong',
    "pinyin": 'add "questions" with the words of the title; their pinyin is found too',
    "question": 'use words of the title in it, or add its words to "keywords" or content/_data/synonyms.yaml',
    "words": 'add it to "keywords", or "questions" that have it',
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ScenarioQuery:
    """What a reader in trouble types, and the keys of the articles of which one must be found."""

    scenario: str
    locale: str
    query: str
    keys: tuple[str, ...]
    at: Location


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofBatch:
    """By language: the files of the index by name, and the documents that it was made of. And what scenarios ask.

    `askers` is how many processes may ask, `earlier` what is known of an earlier proof; neither changes the proof.
    """

    files: Mapping[str, Mapping[str, bytes]]
    documents: Mapping[str, tuple[SearchDocument, ...]]
    extent: Extent
    scenarios: tuple[ScenarioQuery, ...] = ()
    askers: int = 1
    earlier: EarlierProof | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierProof:
    """What was asked of an earlier index, and what came of it; `asker` is who asked, as `who_asks` tells it."""

    asked: tuple[Asked, ...]
    proof: SearchProof
    asker: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unfound:
    """An article that its own canary did not find; `first` are the keys of what came instead."""

    key: str
    kind: Kind
    query: str
    first: tuple[str, ...]
    refusal: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Missed:
    """A query of a scenario that finds none of its articles; `first` are the keys of what came instead."""

    query: ScenarioQuery
    first: tuple[str, ...]
    refusal: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A canary of an index, or what a scenario asks of it, and the answer, None if the time was over.

    `common` tells of a canary that failed whether its word is too common to be expected to find anything.
    """

    question: Question
    canary: Canary | None = None
    scenario: ScenarioQuery | None = None
    answer: Answer | None = None
    common: bool | None = None

    @classmethod
    def by(cls, scenario: ScenarioQuery) -> Asked:
        """What a scenario asks."""
        return cls(question=Question(locale=scenario.locale, query=scenario.query, limit=FIRST), scenario=scenario)

    @classmethod
    def with_canary(cls, locale: str, canary: Canary) -> Asked:
        """What a canary asks."""
        return cls(question=Question(locale=locale, query=canary.query, limit=canary.limit), canary=canary)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proven:
    """What came of a batch."""

    proof: SearchProof
    unfound: tuple[Unfound, ...]
    missed: tuple[Missed, ...] = ()
    asked: tuple[Asked, ...] = ()


class ProofWork:
    """The asking of an index, begun at once: its files in `public` (paths as in the build), made of `documents` (by locale).

    `scripts` are the search client's. What an `earlier` proof was told is not asked again where the index, which is
    `different` in these languages, must still say so.
    """

    def __init__(
        self,
        site: Site,
        documents: Mapping[str, tuple[SearchDocument, ...]],
        public: Mapping[str, bytes],
        scripts: Mapping[str, bytes],
        run: Runner,
        extent: Extent,
        askers: int,
        earlier: EarlierProof | None = None,
        different: Mapping[str, Difference] | None = None,
    ) -> None:
        self._site = site
        self._proven: Iterator[Made[Proven]] | None = None
        files = _by_locale(public)
        if extent == "none" or not files:
            return
        indexed = {locale: found for locale, found in documents.items() if locale in files}
        scenarios = tuple(query for query in _scenario_queries(site) if query.locale in files)
        lasting = _lasting(earlier, different or {}) if earlier and earlier.asker == who_asks(scripts) else None
        batch = ProofBatch(
            files=files, documents=indexed, extent=extent, scenarios=scenarios, askers=askers, earlier=lasting
        )
        self._proven = run.start(PROOF, [batch], dict(scripts))

    def finish(self) -> tuple[SearchProof | None, list[Diagnostic], tuple[Asked, ...]]:
        """The proof, what it found, and what was asked; no proof if there is no index."""
        if self._proven is None:
            return None, [], ()
        proven = next(self._proven).value
        return proven.proof, findings(proven, self._site), proven.asked


def findings(proven: Proven, site: Site) -> list[Diagnostic]:
    """A problem for each question that failed."""
    articles = {entry.article.key: entry.article for part in site.locales for entry in part.entries}
    found = [_finding(unfound, articles) for unfound in proven.unfound]
    return [*found, *(_scenario_finding(missed, articles) for missed in proven.missed)]


def prove_batch(batch: ProofBatch, scripts: Mapping[str, bytes]) -> Proven:
    """Make the canaries, have them asked, judge the answers."""
    planned, total = _plan(batch)
    asked = [Asked.by(one) for one in batch.scenarios]
    asked += [Asked.with_canary(code, canary) for code, canary in planned]
    seconds = SAMPLE_SECONDS if batch.extent == "sample" else 0.0
    known = {one.question: one.answer for one in batch.earlier.asked} if batch.earlier is not None else {}
    questions = [one.question for one in asked if known.get(one.question) is None]
    if questions or batch.earlier is None:
        answers = ask_all(batch.files, questions, scripts, seconds, askers=batch.askers)
        known |= dict(zip(questions, answers.answers, strict=True))
        by, note = answers.by, answers.note
    else:
        by, note = batch.earlier.proof.by, batch.earlier.proof.note
    answered = [replace(one, answer=known[one.question]) for one in asked]
    judged = tuple(replace(one, common=_common(one, batch)) if misses(one) else one for one in answered)
    return judge(judged, total=total, by=by, note=note)


def who_asks(scripts: Mapping[str, bytes]) -> str:
    """A digest of what asks on this machine, with the search client's scripts."""
    return hashlib.sha256(asker() + _scripts_key(scripts)).hexdigest()


def _lasting(earlier: EarlierProof, different: Mapping[str, Difference]) -> EarlierProof:
    """Of an earlier proof the answers that must still be the same."""
    stale = {code: Stale(difference) for code, difference in different.items()}
    lasting = tuple(
        one
        for one in earlier.asked
        if one.answer is not None and (of := stale.get(one.question.locale)) is not None and not of.touches(one.answer)
    )
    return replace(earlier, asked=lasting)


def judge(asked: tuple[Asked, ...], *, total: int | None, by: str, note: str) -> Proven:
    """What the answers mean; `total`, `by` and `note` are those of the proof."""
    unfound: list[Unfound] = []
    missed: list[Missed] = []
    count = failed = 0
    for one in asked:
        if one.scenario is not None:
            missed += _missed_scenario(one.scenario, one.answer)
            continue
        count += one.answer is not None
        found = [] if one.common else misses(one)
        unfound += found
        failed += bool(found)
    proof = SearchProof(asked=count, total=total, failed=failed, by=by, note=note)
    return Proven(proof=proof, unfound=tuple(unfound), missed=tuple(missed), asked=asked)


def misses(one: Asked) -> list[Unfound]:
    """The articles that gave a canary and do not come first enough; none for a scenario."""
    return list(_missed(one.canary, one.answer)) if one.canary is not None and one.answer is not None else []


def _common(one: Asked, batch: ProofBatch) -> bool:
    refused = one.answer is not None and one.answer.refusal
    if refused or one.canary is None:
        return False
    return is_common(one.canary, while_wanted(batch.documents[one.question.locale]))


def _scenario_queries(site: Site) -> Iterator[ScenarioQuery]:
    for part in site.locales:
        keys = {entry.article.translation_key: entry.article.key for entry in part.entries}
        for scenario in site.support.scenarios:
            wanted = tuple(keys[reference.name] for reference in scenario.articles if reference.name in keys)
            for query in scenario.queries:
                if query.locale == part.locale and wanted:
                    yield ScenarioQuery(
                        scenario=scenario.id, locale=part.locale, query=query.text, keys=wanted, at=query.at
                    )


def _missed_scenario(query: ScenarioQuery, answer: Answer | None) -> Iterator[Missed]:
    if answer is not None and (answer.refusal or not set(query.keys) & set(answer.keys[:FIRST])):
        yield Missed(query=query, first=answer.keys[:FIRST], refusal=answer.refusal)


def _by_locale(public: Mapping[str, bytes]) -> dict[str, dict[str, bytes]]:
    files: dict[str, dict[str, bytes]] = {}
    for path, data in public.items():
        if path.startswith(INDEX_FOLDER):
            locale, _, name = path.removeprefix(INDEX_FOLDER).partition("/")
            files.setdefault(locale, {})[name] = data
    return files


def _plan(batch: ProofBatch) -> tuple[list[tuple[str, Canary]], int | None]:
    """What to ask of which language, the languages in turn, and how many canaries there are; None where not all were made."""
    plans: list[list[tuple[str, Canary]]] = []
    total = 0
    all_made = True
    whole = batch.extent == "whole"
    if batch.extent == "scenarios":
        return [], 0
    for locale, documents in batch.documents.items():
        # Making the canaries of thousands of articles would take longer than asking the sample.
        own = [document for document in documents if document.locale == locale]
        sampled = not whole and len(own) > SAMPLE
        all_made = all_made and not sampled
        canaries = plan_canaries(documents, locale, while_wanted(sample_documents(own, SAMPLE) if sampled else own))
        total += len(canaries)
        chosen = canaries if whole else take_sample(canaries, SAMPLE)
        fair = with_claimants(chosen, documents)
        total -= len(chosen) - len(fair)
        plans.append([(locale, canary) for canary in fair])
    turns = [pair for pair in chain.from_iterable(zip_longest(*plans)) if pair is not None]
    return (turns if whole else turns[:SAMPLE]), total if all_made else None


def _missed(canary: Canary, answer: Answer) -> Iterator[Unfound]:
    """The articles that gave the canary and do not come first enough."""
    for key in canary.own:
        if answer.refusal or not is_found(key, canary, answer.keys):
            first = tuple(hit for hit in answer.keys if hit != key)[:FIRST]
            yield Unfound(key=key, kind=canary.kind, query=canary.query, first=first, refusal=answer.refusal)


def _finding(unfound: Unfound, articles: Mapping[str, Article]) -> Diagnostic:
    asked = f'a search for {_ASKED_FOR[unfound.kind]}, "{unfound.query}",'
    place = articles[unfound.key].title_location
    if unfound.refusal:
        message = f"{asked} failed: {unfound.refusal}"
        return problem("search/canary", place, message, hint="build again with --no-cache")
    before = ", ".join(f'"{articles[key].front.title}"' for key in unfound.first)
    message = (
        f"{asked} does not find it among the first {FIRST}: {f'first come {before}' if before else 'nothing is found'}"
    )
    return problem("search/canary", place, message, hint=_HINTS[unfound.kind])


def _scenario_finding(missed: Missed, articles: Mapping[str, Article]) -> Diagnostic:
    query = missed.query
    if missed.refusal:
        message = f'a search for "{query.query}" failed: {missed.refusal}'
        return problem("support/canary", query.at, message, hint="build again with --no-cache")
    came = ", ".join(f'"{articles[key].front.title}"' for key in missed.first if key in articles) or "nothing"
    message = (
        f'a search for "{query.query}" finds none of the articles of the scenario "{query.scenario}" '
        f"among the first {FIRST}, but {came}"
    )
    return problem("support/canary", query.at, message, hint='add it to the "questions" of one of these articles')


def _batch_key(batch: ProofBatch) -> bytes:
    """What the proof depends on: the bytes, what is asked of them, and who can ask."""
    total = hashlib.sha256(
        asker() + batch.extent.encode() + msgspec.json.encode([batch.documents, batch.scenarios], order="deterministic")
    )
    for code, files in sorted(batch.files.items()):
        for name, data in sorted(files.items()):
            total.update(f"{code}/{name}\0{len(data)}\0".encode() + data)
    return total.digest()


def _scripts_key(scripts: Mapping[str, bytes]) -> bytes:
    total = hashlib.sha256()
    for name, data in sorted(scripts.items()):
        total.update(f"{name}\0{len(data)}\0".encode() + data)
    return total.digest()


PROOF: Final = Stage(
    name="proof",
    function=prove_batch,
    item_type=ProofBatch,
    shared_type=dict[str, bytes],
    result_type=Proven,
    key=_batch_key,
    shared_key=_scripts_key,
    parallel=False,
    waits=True,
)
