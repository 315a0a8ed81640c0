"""The steps of a troubleshooter as a graph, and what can be wrong with it.

1. The first step is where a reader starts; a choice `#step` is an edge, any other choice leads out (to a scenario of
   support or to another page).
2. A step is an end if its id says so (solved, end); any other step must offer a choice.
3. Edges must not form a circle, and every step must be reached.

That the targets exist at all is checked where links are resolved; here an unknown one is no edge.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from helpgen.content.markdown.steps import is_end
from helpgen.content.slugs import anchor_table
from helpgen.model.article import Article, Choice, Step
from helpgen.model.diagnostic import Diagnostic, problem
from helpgen.model.site import Entry, LocaleSite, Site

_SCENARIO = "scenario:"
Edges = Mapping[str, tuple[tuple[Choice, str], ...]]


def check_troubleshooters(site: Site) -> tuple[Diagnostic, ...]:
    """Every troubleshooter of the site, each looked at in its own language only."""
    return tuple(
        found
        for part in site.locales
        for entry in part.entries
        if entry.translated and entry.article.front.type == "troubleshooter"
        for found in check_troubleshooter(entry.article)
    )


def check_troubleshooter(article: Article) -> tuple[Diagnostic, ...]:
    """Dead ends, circles, steps that nothing leads to, and a way without a person."""
    steps = article.body.steps
    if not any(step.choices for step in steps):
        message = "this troubleshooter has no step with choices" if steps else "this troubleshooter has no steps"
        hint = "write each step as a ## heading, and its choices as a list of links: - [It works](#solved)"
        return (problem("troubleshooter/steps", article.title_location, message, hint=hint),)
    edges = edges_of(article)
    return (*_dead_ends(steps), *_loops(steps[0], edges), *_unreachable(steps, edges), *_no_person(article))


def edges_of(article: Article) -> Edges:
    """From the anchor of each step: its choices that lead to a step, with that step's anchor."""
    steps = {step.anchor for step in article.body.steps}
    anchors = anchor_table(article.body.headings)

    def onward(step: Step) -> Iterator[tuple[Choice, str]]:
        for choice in step.choices:
            anchor = anchors.get(choice.target[1:], "") if choice.target.startswith("#") else ""
            if anchor in steps:
                yield choice, anchor

    return {step.anchor: tuple(onward(step)) for step in article.body.steps}


def guides_of(part: LocaleSite) -> dict[str, Entry]:
    """By scenario: the troubleshooter in which most choices lead to it (the first one, if several have as many)."""
    best: dict[str, tuple[int, Entry]] = {}
    for entry in part.entries:
        counts = Counter(_scenarios(entry.article))
        for scenario, count in counts.items():
            if scenario not in best or count > best[scenario][0]:
                best[scenario] = (count, entry)
    return {scenario: entry for scenario, (_, entry) in best.items()}


def _scenarios(article: Article) -> Iterator[str]:
    for step in article.body.steps:
        for choice in step.choices:
            if choice.target.startswith(_SCENARIO):
                yield choice.target.removeprefix(_SCENARIO)


def _dead_ends(steps: tuple[Step, ...]) -> Iterator[Diagnostic]:
    for step in steps:
        if not step.choices and not is_end(step.anchor):
            message = f'the step "{step.title}" has no choices, so readers are stuck in it'
            hint = "add a list of links, or give the heading the id {#solved} or {#end} if this is an end"
            yield problem("troubleshooter/dead-end", step.location, message, hint=hint)


def _loops(first: Step, edges: Edges) -> Iterator[Diagnostic]:
    """Each choice that leads back to a step of the way on which it lies. A walk in depth, without recursion."""
    finished: set[str] = set()
    for start in (first.anchor, *edges):
        way = [(start, iter(edges[start]))] if start not in finished else []
        while way:
            anchor, onward = way[-1]
            choice, target = next(onward, (None, ""))
            if choice is None:
                finished.add(anchor)
                way.pop()
            elif any(target == passed for passed, _ in way):
                message = f'the choice "{choice.label}" leads back to a step that the reader has passed'
                hint = "readers can always go back or start again; lead this choice on, or to a scenario of support"
                yield problem("troubleshooter/loop", choice.location, message, hint=hint, excerpt=choice.excerpt)
            elif target not in finished:
                way.append((target, iter(edges[target])))


def _unreachable(steps: tuple[Step, ...], edges: Edges) -> Iterator[Diagnostic]:
    reached = {steps[0].anchor}
    todo = [steps[0].anchor]
    while todo:
        new = {target for _, target in edges[todo.pop()]} - reached
        reached |= new
        todo.extend(new)
    for step in steps:
        if step.anchor not in reached:
            message = f'no choice leads to the step "{step.title}"'
            hint = f"link to it: - [\u2026](#{step.anchor.removeprefix('h-')}); readers start at the first step"
            yield problem("troubleshooter/unreachable", step.location, message, hint=hint)


def _no_person(article: Article) -> Iterator[Diagnostic]:
    if not any(_scenarios(article)):
        message = "no choice of this troubleshooter leads to a person"
        hint = "end where nothing helps in a scenario of support: - [Still stuck](scenario:login)"
        yield problem("troubleshooter/no-person", article.title_location, message, hint=hint)
