"""how: build, config, theme. One build of the case's site, over an output that an earlier build made."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path

from audit.bad_inputs import expect
from audit.bad_inputs.cases import Case
from audit.bad_inputs.folder import Prepared, prepare
from audit.bad_inputs.process import Ended, run

_PATIENCE = 90.0
_PAGE = "en/case/index.html"
_WATCHED = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """A case that was built: the reasons against it so far, and the pages that show it (paths below `outputs`)."""

    prepared: Prepared
    ended: Ended
    outputs: Path
    reasons: tuple[str, ...]
    pages: tuple[str, ...]


def build_base(case: Case, box: Path) -> Path:
    """The site without any case, built; answers its output folder."""
    return build_site_of(prepare(replace(case, overlay="", gen=""), box))


def build_site_of(prepared: Prepared) -> Path:
    """Build a site that must build; answers its output folder."""
    ended = _build(prepared)
    if ended.code != 0:
        raise SystemExit(f"the base of the cases does not build:\n{ended.err}{ended.out}")
    return prepared.site / "build"


def try_build(case: Case, box: Path, base: Path) -> Built:
    """Build a case and hold what happened against what it wants, all but the oracles in the browser."""
    named_output = any(word in case.title for word in ("output", "Output"))
    # With a good configuration of its own it is another site, which need not have the addresses of the base.
    another_site = case.how == "config" and case.kind == "ok"
    prepared = prepare(case, box, published=None if named_output or another_site else base)
    before = expect.tree_digest(base)
    ended = _build(prepared)
    outputs = prepared.site / "build"
    reasons = expect.check_limits(case, ended) + expect.check_kind(case, ended)
    reasons += expect.check_says(prepared, ended) if not reasons else []
    after = expect.tree_digest(outputs)
    if ended.code != 0 and not named_output and before != after:
        reasons.append("the old site was touched")
    if ended.code == 0 and expect.outcome_of(ended) == "warning" and case.kind == "warning":
        reasons += _strict_refuses(prepared)
    reasons += expect.check_never(prepared, outputs)
    changed = [path for path, digest in after.items() if path.endswith(".html") and before.get(path) != digest]
    pages = tuple(changed if ended.code == 0 else ())
    if ended.code == 0:
        reasons += expect.check_pages(case, outputs, list(pages))
        reasons += _further_builds(prepared, ended) + _searches(prepared)
    return Built(prepared=prepared, ended=ended, outputs=outputs, reasons=tuple(reasons), pages=pages)


def queries_for(built: Built) -> list[str]:
    """What brings the case's article up in the search: its title, as its page shows it."""
    page = built.outputs / _PAGE
    titles = re.findall(r"<h1[^>]*>(.*?)</h1>", page.read_text(encoding="utf-8"), re.DOTALL) if page.is_file() else []
    return [title[:100] for title in map(expect.visible_text, titles) if title.strip()]


def pages_to_watch(built: Built) -> list[str]:
    """The case's own page and a few others that it changed, as addresses."""
    ordered = sorted(built.pages, key=lambda path: (path != _PAGE, "/" not in path, len(path)))
    return [path.removesuffix("index.html") for path in ordered[:_WATCHED]]


def _build(prepared: Prepared, *, options: tuple[str, ...] = (), environment: dict[str, str] | None = None) -> Ended:
    arguments = ("build", "--json", *prepared.options, *options)
    return run(
        arguments,
        folder=prepared.site,
        scratch=prepared.scratch,
        environment={**expect.environment(), **(environment or {})},
        seconds=_PATIENCE,
        unprivileged=prepared.unprivileged,
    )


def _strict_refuses(prepared: Prepared) -> list[str]:
    ended = _build(prepared, options=("--strict",))
    return [] if ended.code == 1 else [f"with --strict the exit code is {ended.code}"]


def _further_builds(prepared: Prepared, _first: Ended) -> list[str]:
    """The same output in other circumstances."""
    case, reasons = prepared.case, []
    once = expect.tree_digest(prepared.site / "build")
    for zones in case.wanted("same_output_for_TZ"):
        for zone in zones:
            _build(prepared, environment={"TZ": str(zone)}, options=("--no-cache",))
            if expect.tree_digest(prepared.site / "build") != once:
                reasons.append(f"another output for TZ={zone}")
    for how in case.wanted("same_output_as"):
        if how == "the LF form":
            for path in (prepared.site / "content").rglob("*.md"):
                path.write_bytes(path.read_bytes().replace(b"\r\n", b"\n"))
            _build(prepared)
        elif how == "run from the project folder":
            arguments = ("build", "--site", str(prepared.site), "--out", str(prepared.site / "build"))
            run(arguments, folder=Path("/"), scratch=prepared.scratch, environment=expect.environment())
        else:
            reasons.append(f"the runner has no rule for: same output as {how}")
        if expect.tree_digest(prepared.site / "build") != once:
            reasons.append(f"another output than {how}")
    return reasons


def _searches(prepared: Prepared) -> list[str]:
    """Words that the search must find the case by."""
    case = prepared.case
    wanted = [(str(entry["query"]), str(entry["finds"])) for entry in case.wanted("search")]
    wanted += [(str(word), "case") for words in case.wanted("tags_as_text") for word in words]
    reasons = []
    for query, key in wanted:
        arguments = ("search", "--json", "--", query)
        ended = run(arguments, folder=prepared.site, scratch=prepared.scratch, environment=expect.environment())
        if not any(re.search(rf"\b{re.escape(key)}\b", hit["key"]) for hit in ended.report.get("results", [])):
            reasons.append(f"the search for {query!r} does not find {key}")
    return reasons
