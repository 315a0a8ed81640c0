"""The steps of a troubleshooter, and the lists in them that are choices.

1. Each `##` heading of the article is a step.
2. A bullet list under it whose items are nothing but a link each, at least one of them to a step or to a scenario of
   support, is the choices of that step. Every other list stays a list.

Whether the steps make sense together is judged by `helpgen.support.troubleshooter`.
"""

from __future__ import annotations

import re
from dataclasses import replace

from markdown_it.token import Token

from helpgen.content.markdown.source import Report
from helpgen.content.slugs import PREFIX
from helpgen.model.article import Choice, Heading, Step

# An end has the id `solved` or `end`, or one that begins with it: `solved-by-waiting`, `end-ask-sender`.
END = re.compile(r"(solved|end)(-[\w-]+)?\Z")
_LINK = re.compile(r"\[((?:(?!\]\().)+)\]\(\s*<?([^()<>\s]+)>?\s*\)\s*\Z")
_ON = ("#", "scenario:")
# list item, paragraph, words, and the two ends
_ITEM = ("list_item_open", "paragraph_open", "inline", "paragraph_close", "list_item_close")


class StepWriter:
    """Collects the steps of one article; of any other kind of article it collects nothing."""

    def __init__(self, report: Report, active: bool) -> None:
        self._report = report
        self._active = active
        self._steps: list[Step] = []

    def begin(self, heading: Heading) -> str:
        """A heading opens a step; answers the classes of its section."""
        self._steps.append(Step(anchor=heading.anchor, title=heading.text, location=heading.location))
        return "step end" if is_end(heading.anchor) else "step"

    def take_choices(self, tokens: list[Token], index: int) -> bool:
        """Whether the bullet list at `index` is the choices of the current step, which are then noted."""
        if not self._active or not self._steps or tokens[index].level:
            return False
        choices = self._choices(tokens, index + 1)
        if not any(choice.target.startswith(_ON) for choice in choices):
            return False
        self._steps[-1] = replace(self._steps[-1], choices=self._steps[-1].choices + choices)
        return True

    def finish(self) -> tuple[Step, ...]:
        """The steps, in the order in which they are written."""
        return tuple(self._steps)

    def _choices(self, tokens: list[Token], index: int) -> tuple[Choice, ...]:
        found: list[Choice] = []
        while tokens[index].type == "list_item_open":
            words = tokens[index + 2]
            match = _LINK.match(words.content)
            if tuple(token.type for token in tokens[index : index + 5]) != _ITEM or match is None:
                return ()
            line = (words.map or [0])[0]
            location = self._report.source.location(line, self._column(line), len(words.content))
            label, target = match.groups()
            excerpt = self._report.source.excerpt(line)
            found.append(Choice(label=label, target=target, location=location, excerpt=excerpt))
            index += len(_ITEM)
        return tuple(found)

    def _column(self, line: int) -> int:
        return max(0, self._report.source.lines[line].find("["))


def is_end(anchor: str) -> bool:
    """Whether a step with this anchor ends the way: the reader needs no further step here."""
    return bool(END.match(anchor.removeprefix(PREFIX)))
