"""HTML that may be shown as it is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Html:
    """Markup that has passed the gate (`helpgen.content.sanitise`), the only place that may make one.

    Templates escape every other text; `__html__` is what tells Jinja that this one is finished.
    """

    text: str

    def __html__(self) -> str:
        return self.text
