"""how: cache. Builds one after the other, with something done between them; the outcome must be a clean build's."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from audit.bad_inputs import cache_edits as edits
from audit.bad_inputs import cache_ends as ends
from audit.bad_inputs import cache_files as files
from audit.bad_inputs.cache_site import Site
from audit.bad_inputs.cases import Case, Verdict, judged, no_rule
from audit.bad_inputs.folder import prepare
from audit.effort import effort

_PICKLE = b"cos\nsystem\n(S'touch /tmp/HELPGEN_PWNED'\ntR."
_PWNED = Path("/tmp/HELPGEN_PWNED")


def run_caches(cases: Sequence[Case], folder: Path, _jobs: int) -> list[Verdict]:
    """Every case on a site of its own."""
    return [_try(case, folder / case.id) for case in cases]


def _try(case: Case, box: Path) -> Verdict:
    said = f"{case.title} {' '.join(case.steps)}".lower()
    rule = next((rule for words, rule in _RULES.items() if words in said), None)
    if rule is None:
        return no_rule(case)
    site = Site(prepare(Case(id=case.id, title="", how="cache", kind="ok", folder=case.folder), box))
    first = site.build()
    if first.code != 0:
        return judged(case, [f"the base does not build: {first.err[-300:]}"])
    found = rule(site)
    if _PWNED.exists():
        _PWNED.unlink()
        found.append("code of the cache ran")
    return judged(case, found)


# Words of a case's title or steps -> what is done. The first that fits counts.
_RULES: Mapping[str, Callable[[Site], list[str]]] = {
    "output folder read-only": files.read_only_output,
    "pickle over": files.overwritten(lambda _: _PICKLE),
    "whoosh": files.foreign_whoosh,
    "random edits": edits.random_edits,
    "pickle": files.overwritten(lambda _: _PICKLE),
    "kill -9": ends.struck(effort(20, 1000), 0),
    "enospc": ends.struck(0, effort(2, 100)),
    "inject": ends.struck(0, effort(2, 100)),
    "two builds": ends.two_builds,
    "delete in the gap": edits.vanished,
    "sigkill one worker": ends.worker_killed,
    "sigterm": ends.signals,
    "bit flip": files.flipped,
    "flip bit": files.flipped,
    "version": files.older_version,
    "truncat": files.overwritten(lambda path: path.read_bytes()[: path.stat().st_size // 2]),
    "cut": files.overwritten(lambda path: path.read_bytes()[: path.stat().st_size // 2]),
    "empty": files.overwritten(lambda _: b""),
    "json": files.overwritten(lambda _: b"[" * 100_000),
    "read-only": files.read_only_cache,
    "not utf-8": ends.plain_terminal,
    "source_date_epoch": ends.dates,
    "environment": ends.environments,
    "same size": edits.same_size,
    "keeping size": edits.same_size,
    "clock": edits.older_file,
    "older file": edits.older_file,
    "mtime": edits.older_file,
    "with redirect": lambda site: edits.renamed(site, redirect=True),
    "with a redirect": lambda site: edits.renamed(site, redirect=True),
    "rename": lambda site: edits.renamed(site, redirect=False),
    "entries swapped": files.swapped,
    "swap two": files.swapped,
    "another site": files.cache_of_another_site,
    "by a file": files.no_folder,
    "while": edits.while_building,
    "during the build": edits.while_building,
    "umask": ends.other_umask,
    "theme": edits.theme_edited,
    "template": edits.theme_edited,
    "edit config": edits.edited(("helpgen.yml", "checks: {image/alt: off}\n")),
    "edit data": edits.edited(("content/_data/synonyms.yaml", "en:\n  two_way:\n    - [fees, costs]\n")),
    "add an article": edits.edited(("content/en/added.md", "---\ntitle: Added\n---\n\nText.\n")),
    "edit a file in": edits.edited(("build/en/other/index.html", "<p>by hand</p>")),
    "stray": edits.edited(("build/stray.txt", "left by somebody")),
    "staging folder": ends.dead_lock,
    "quota": ends.struck(0, effort(2, 100)),
    "lang=": ends.environments,
    "home": ends.environments,
    "delete": edits.deleted,
    "lock": ends.dead_lock,
}
