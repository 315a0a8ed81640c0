"""Content security policies: the narrowest one that every page of a site can live under.

A header is sent with all pages, and a browser holds a page to its header and to the policy in its head at once. So the header
may allow what any page needs, and each page's own policy stays what it is. (CSP 3: directives, fallbacks, several policies.)
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

Directives = Mapping[str, tuple[str, ...]]

# What a browser asks when a policy lacks the directive, in this order; every fetch directive falls back to default-src.
_FALLBACKS: Final = {
    "script-src-elem": ("script-src",),
    "script-src-attr": ("script-src",),
    "style-src-elem": ("style-src",),
    "style-src-attr": ("style-src",),
    "frame-src": ("child-src",),
    "worker-src": ("child-src", "script-src"),
}
_NO_FETCH: Final = frozenset(
    {
        *("base-uri", "form-action", "frame-ancestors", "navigate-to", "report-to", "report-uri", "sandbox"),
        *("require-trusted-types-for", "trusted-types", "upgrade-insecure-requests", "webrtc"),
    }
)
_NOTHING: Final = "'none'"


def united_policy(policies: Iterable[str]) -> str:
    """A policy that allows all that any of some policies allows, and no more; "" for none. One policy stays as it is."""
    distinct = sorted(set(policies))
    if len(distinct) < 2:
        return "".join(distinct)
    parsed = [_parse(policy) for policy in distinct]
    names = list(dict.fromkeys(name for policy in parsed for name in policy))
    if "child-src" in names:
        # Where it is there it answers for workers, before script-src would.
        names += [name for name in ("frame-src", "worker-src") if name not in names]
    united = []
    for name in names:
        found = [_effective(policy, name) for policy in parsed]
        sources = [one for one in found if one is not None]
        # What one of them does not restrict, all together do not.
        if len(sources) == len(found):
            united.append(" ".join([name, *_sum(sources)]))
    return "; ".join(united)


def _parse(policy: str) -> Directives:
    """The directives by name; of a repeated one the first counts, as in browsers."""
    parts = [part.split() for part in policy.split(";") if part.split()]
    return {name.lower(): tuple(values) for name, *values in reversed(parts)}


def _effective(policy: Directives, name: str) -> tuple[str, ...] | None:
    """The sources by which a policy judges what the directive is for; None if it does not restrict that."""
    fallbacks = () if name in _NO_FETCH else (*_FALLBACKS.get(name, ()), "default-src")
    return next((policy[asked] for asked in (name, *fallbacks) if asked in policy), None)


def _sum(found: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    values = tuple(dict.fromkeys(value for sources in found for value in sources))
    return tuple(value for value in values if value != _NOTHING) or values
