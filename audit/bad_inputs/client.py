"""how: client. Queries in every way a reader can ask them, and faults of the files that the browser loads."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from playwright.sync_api import Browser
from playwright.sync_api import Error as PlaywrightError

from audit.attack import read_page, wait_for_results
from audit.bad_inputs import client_faults as faults
from audit.bad_inputs.builds import build_site_of
from audit.bad_inputs.cases import Case, Verdict, judged, no_rule
from audit.bad_inputs.folder import prepare
from audit.chromium import Host, Watched, chromium, fresh_page, hosted

_SEARCH = "en/search/"
# An answer that reaches a reader 50 ms later is no fault of the client on a busy machine: the best of a few tries counts.
_TRIES = 3
_ASK = """async (query) => {
  const input = document.querySelector('.search-page main input[name=q]');
  const results = document.querySelector('[data-results]');
  const until = (is, patience) => new Promise((done) => {
    if (is()) return done();
    const observer = new MutationObserver(() => { if (is()) { observer.disconnect(); done(); } });
    observer.observe(results, { childList: true, characterData: true, subtree: true });
    setTimeout(done, patience);
  });
  const type = (text) => {
    input.value = text;
    input.dispatchEvent(new Event('input', { bubbles: true }));
  };
  type('');
  await until(() => !results.textContent.trim(), 500);
  const began = performance.now();
  type(query);
  await until(() => results.textContent.trim(), 1000);
  return performance.now() - began;
}"""


@dataclass(frozen=True, slots=True)
class Stage:
    """A built site, served, with a browser in front of it."""

    browser: Browser
    host: Host


def run_client(cases: Sequence[Case], folder: Path, _jobs: int) -> list[Verdict]:
    """Every case in a fresh page of one built site."""
    box = folder / "site"
    prepared = prepare(Case(id="base", title="", how="client", kind="ok", folder=cases[0].folder), box)
    faults.write_article(prepared.site)
    outputs = build_site_of(prepared)
    with chromium() as browser, hosted(outputs) as host:
        return [_guarded(case, Stage(browser, host)) for case in cases]


def _guarded(case: Case, stage: Stage) -> Verdict:
    """A page that does not do what the runner waits for is a fault of the page, not the end of the run."""
    try:
        return _try(case, stage)
    except PlaywrightError as error:
        return judged(case, [f"the page could not be used: {error}"[:300]])


def _try(case: Case, stage: Stage) -> Verdict:
    if isinstance(case.args, dict) and "query" in case.args:
        return judged(case, _ask(case, stage))
    rule = next(
        (rule for words, rule in _FAULTS.items() if words in f"{case.title} {' '.join(case.steps)}".lower()), None
    )
    if rule is None:
        return no_rule(case)
    found = rule(stage.browser, stage.host)
    stage.host.changed = faults.unchanged
    if isinstance(found, str):
        return Verdict(case=case, outcome="not there yet", reasons=(found,))
    return judged(case, found)


def query_of(written: str) -> str:
    """The query that a case means: JSON between quotes, and repetitions in words."""
    text, _, repeated = written.partition(" (+ repeated to ")
    if text.startswith('"') and text.endswith('"') and len(text) > 1:
        text = json.loads(text)
    count = int("".join(filter(str.isdigit, repeated)) or 0)
    return (text * (count // max(len(text), 1) + 1))[:count] if count else text


def _ask(case: Case, stage: Stage) -> list[str]:
    query = query_of(str(case.args["query"]))
    encoded = quote(query.encode("utf-8", "surrogatepass")) if not query.startswith("%") else query
    reasons: list[str] = []
    with fresh_page(stage.browser, stage.host) as watched:
        for way, path in (("?q=", f"{_SEARCH}?q={encoded}"), ("#q=", f"{_SEARCH}#q={encoded}")):
            watched.open(path)
            wait_for_results(watched)
            reasons += read_page(watched, way)
        watched.open(_SEARCH)
        watched.page.wait_for_selector("[data-results] [role=status]", state="attached")
        # A browser takes a byte order mark for a space.
        blank = not query.replace("\ufeff", " ").strip()
        spent = min(watched.page.evaluate(_ASK, query) for _ in range(1 if blank else _TRIES))
        reasons += read_page(watched, "typed")
        allowed = min([float(ms) for ms in case.wanted("answers_within_ms")], default=float("inf"))
        if spent > allowed and not blank:
            reasons.append(f"answered after {spent:.0f} ms, allowed are {allowed:.0f}")
        _go_back(watched)
        reasons += read_page(watched, "history back")
    return reasons


def _go_back(watched: Watched) -> None:
    watched.open("en/")
    watched.page.go_back(wait_until="load")
    wait_for_results(watched)


# Words of a case's title or steps -> what is done. The first that fits counts.
_FAULTS: Mapping[str, Callable[[Browser, Host], list[str] | str]] = {
    "wrong shape": faults.wrong_shapes,
    "markup in title": faults.hostile_shards,
    "cut in half": faults.broken_shards,
    "html error page": faults.broken_shards,
    "empty": faults.broken_shards,
    "truncated": faults.broken_shards,
    "hashchange": faults.foreign_messages,
    "404": faults.missing_shards,
    "delete one shard": faults.missing_shards,
    "slow": faults.slow_shards,
    "offline": faults.offline,
    "mixed": faults.mixed_versions,
    "version": faults.mixed_versions,
    "switched off": faults.without_scripts,
    "postmessage": faults.foreign_messages,
    "storage": faults.without_storage,
    "cookies": faults.without_storage,
    "assistant": faults.assistant,
    "?to=": faults.contact_parameters,
    "contact": faults.contact_parameters,
    "mailto": faults.contact_parameters,
    "frame": faults.framing,
    "trusted types": faults.trusted_types,
    "copy": faults.copying,
}
