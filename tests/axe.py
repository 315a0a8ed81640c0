"""What axe finds wrong with a page, as a screen reader's user would meet it."""

from __future__ import annotations

from functools import cache
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
# What fades in has its colours only at the end.
_SETTLE = """() => Promise.all(document.getAnimations().map((animation) => {
  if (animation.effect?.getComputedTiming().endTime < Infinity) animation.finish();
  return animation.effect?.getComputedTiming().endTime < Infinity ? animation.finished.catch(() => {}) : null;
}))"""
# With what passes described as well, a run takes three times as long.
_RUN = "([context, tags]) => axe.run(context || document, { runOnly: tags, resultTypes: ['violations'] }).then((r) => r.violations)"


def violations(page: Page, context: str = "", tags: tuple[str, ...] = TAGS) -> list[str]:
    """Every broken rule with the elements that break it; `context` is the selector of a part of the page."""
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(_script())
    page.evaluate(_SETTLE)
    found: list[dict[str, Any]] = page.evaluate(_RUN, [context, tags])
    return [f"{rule['id']}: {rule['help']}: {', '.join(node['html'] for node in rule['nodes'])}" for rule in found]


@cache
def _script() -> str:
    return str(Axe().axe_script)
