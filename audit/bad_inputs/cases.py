"""The manifest of a folder of cases, and what came of each case."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import yaml

Outcome = Literal["passed", "failed", "not there yet"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One entry of the manifest. `folder` is that of the manifest; `overlay` lies in it and may be ""."""

    id: str
    title: str
    how: str
    kind: str
    folder: Path
    overlay: str = ""
    gen: str = ""
    category: str = ""
    group: str = ""
    oracle: str = ""
    also_accept: str = ""
    note: str = ""
    says: dict[str, Any] = field(default_factory=dict)
    limit: dict[str, float] = field(default_factory=dict)
    args: Any = None
    steps: tuple[str, ...] = ()
    must: tuple[dict[str, Any], ...] = ()
    never: tuple[dict[str, Any], ...] = ()

    @property
    def accepted(self) -> frozenset[str]:
        """The kinds of outcome that pass: the wanted one, and those that the manifest also accepts."""
        also = {kind for kind in ("error", "warning", "escaped", "ok") if _begins(self.also_accept, kind)}
        return frozenset({self.kind, *also})

    def wanted(self, name: str) -> list[Any]:
        """Every value that `must` gives for a name."""
        return [entry[name] for entry in self.must if name in entry]

    def forbidden(self, name: str) -> list[Any]:
        """Every value that `never` gives for a name."""
        return [entry[name] for entry in self.never if name in entry]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What came of a case; `reasons` say why it did not pass."""

    case: Case
    outcome: Outcome
    reasons: tuple[str, ...] = ()


def judged(case: Case, reasons: list[str]) -> Verdict:
    """Passed if there is no reason against it."""
    return Verdict(case=case, outcome="failed" if reasons else "passed", reasons=tuple(reasons))


def no_rule(case: Case) -> Verdict:
    """A case whose steps the runner cannot read: nobody has tried it, so it counts as failed."""
    return Verdict(case=case, outcome="failed", reasons=("the runner has no rule for it",))


def read_cases(folder: Path) -> list[Case]:
    """Every case of a folder, in the order of its manifest."""
    manifest = yaml.safe_load((folder / "manifest.yaml").read_text(encoding="utf-8"))
    return [_case(entry, folder) for entry in manifest["cases"]]


def _case(entry: dict[str, Any], folder: Path) -> Case:
    said = entry.get("says") or {}
    return Case(
        id=str(entry["id"]),
        title=str(entry.get("title", "")),
        how=str(entry.get("how", "build")),
        kind=str(entry.get("kind", "error")),
        folder=folder,
        overlay=str(entry.get("overlay") or ""),
        gen=str(entry.get("gen") or ""),
        category=str(entry.get("category", "")),
        group=str(entry.get("class", "")),
        oracle=str(entry.get("oracle") or ""),
        also_accept=str(entry.get("also_accept") or ""),
        note=str(entry.get("note") or ""),
        says=said if isinstance(said, dict) else {"words": [said]},
        limit=entry.get("limit") or {},
        args=entry.get("args"),
        steps=tuple(str(step) for step in _listed(entry.get("steps"))),
        must=tuple(step for step in _listed(entry.get("must")) if isinstance(step, dict)),
        never=tuple(step for step in _listed(entry.get("never")) if isinstance(step, dict)),
    )


def _listed(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _begins(text: str, kind: str) -> bool:
    return text == kind or text.startswith((f"{kind} ", f"{kind}:", f"{kind},", f"{kind};"))
