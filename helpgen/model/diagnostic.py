"""Problems as values.

A mistake of a user is never an exception: each stage that can meet one returns `Outcome(value, diagnostics)`,
and one report at the end shows them all.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Generic, Literal, TypeVar

from helpgen.model.location import Location
from helpgen.model.rules import RULES

Severity = Literal["error", "warning", "info"]
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnostic:
    """One problem: which rule, how bad, where, what and how to mend it.

    `excerpt` is the source line (without its line end), shown with a caret under `location.column`.
    """

    rule: str
    severity: Severity
    location: Location
    message: str
    hint: str = ""
    excerpt: str = ""

    @property
    def sort_key(self) -> tuple[str, int, int, str, str]:
        """The order of a report: by file, then by place."""
        place = self.location
        return (place.path, place.line, place.column, self.rule, self.message)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome(Generic[T]):
    """What a stage made (None if it could not) and the problems it met."""

    value: T | None
    diagnostics: tuple[Diagnostic, ...] = ()


def problem(rule: str, location: Location, message: str, *, hint: str = "", excerpt: str = "") -> Diagnostic:
    """A diagnostic of a rule of the table `RULES`, with that rule's own severity.

    Raises KeyError for a rule that is not in the table: a bug of ours, not of the user.
    """
    return Diagnostic(
        rule=rule,
        severity=RULES[rule].severity,
        location=location,
        message=message,
        hint=hint,
        excerpt=excerpt,
    )


def with_severities(diagnostics: Iterable[Diagnostic], severities: dict[str, str]) -> tuple[Diagnostic, ...]:
    """Apply the site's `checks:` setting (rule -> error, warning, info or off); sorted, without repetitions."""
    kept: dict[Diagnostic, None] = {}
    for diagnostic in diagnostics:
        rule = diagnostic.rule
        severity = diagnostic.severity if RULES[rule].fixed else severities.get(rule, diagnostic.severity)
        if severity == "off":
            continue
        kept[replace(diagnostic, severity=severity)] = None  # type: ignore[arg-type]
    return tuple(sorted(kept, key=lambda d: (d.sort_key, d.hint, d.excerpt)))
