"""A proof of the search goes on from an earlier one: only questions whose answers may be different are asked again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from helpgen.model.build import SearchProof
from helpgen.pipeline.canaries import ask_all
from helpgen.pipeline.proof import SAMPLE_SECONDS, Asked, Proven, judge, misses
from helpgen.pipeline.stale import Difference, Stale


def prove_again(
    asked: tuple[Asked, ...],
    before: SearchProof,
    different: Mapping[str, Difference],
    folders: Mapping[str, Path],
    scripts: Mapping[str, bytes],
    askers: int,
) -> Proven | None:
    """The proof of the indexes that are `different` in these languages, and lie in `folders` as they were; None where it takes
    all documents to judge."""
    stale = {code: Stale(difference) for code, difference in different.items()}
    places = [
        place
        for place, one in enumerate(asked)
        if one.answer is not None and one.question.locale in stale and stale[one.question.locale].touches(one.answer)
    ]
    files = {code: difference.files for code, difference in different.items()}
    questions = [asked[place].question for place in places]
    answers = ask_all(files, questions, scripts, SAMPLE_SECONDS, folders, askers=askers) if questions else None
    known = list(asked)
    for place, answer in zip(places, answers.answers if answers else (), strict=True):
        known[place] = one = replace(asked[place], answer=answer)
        if misses(one) and one.common is None:
            return None
    note, by = (answers.note, answers.by) if answers else (before.note, before.by)
    return judge(tuple(known), total=before.total, by=by, note=note)
