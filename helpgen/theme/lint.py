"""What a template must never do, found in its text before anything is rendered.

1. Jinja comments are blanked; expressions and tags are looked at for ways round the escaping.
2. With Jinja masked, the HTML is looked at tag by tag: unquoted attributes, inline script, style and handlers,
   scripts from elsewhere, addresses that did not pass a filter.

Escaping and the strict content security policy hold because no template does any of this (SECURITY.md: rules 5, 6).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from helpgen.model.diagnostic import Diagnostic, problem
from helpgen.model.location import Location
from helpgen.theme.values import Template

_COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
_JINJA = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_ESCAPES: Final = (
    (re.compile(r"\|\s*safe\b"), "|safe", "escaping must stay on: only values that passed the gate are HTML"),
    (re.compile(r"\bMarkup\b"), "Markup", "templates cannot make HTML out of text"),
    (re.compile(r"\bautoescape\b"), "autoescape", "escaping cannot be switched off"),
)
# Quoted values may hold ">"; the mask of an expression is made of \x00, which no HTML has.
_TAG = re.compile(r"<([a-zA-Z][\w-]*)((?:\"[^\"]*\"|'[^']*'|[^\"'>])*)>")
_ATTRIBUTE = re.compile(r"([^\s=\"'<>/]+)\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s\"'>]*)")
_ADDRESSES: Final = frozenset({"href", "src", "action", "formaction", "poster", "cite", "data"})
_ADDRESS_FILTER = re.compile(r"\|\s*(url|asset)\b")
_DATA_TYPES: Final = frozenset({"application/json", "application/ld+json"})
_HTML = re.compile(r"<html\b|<!doctype\b", re.IGNORECASE)
_TITLE = re.compile(r"<title\b", re.IGNORECASE)
_FORBIDDEN_TAGS: Final = frozenset({"base", "iframe", "frame", "object", "embed", "applet"})


def lint_template(template: Template) -> tuple[Diagnostic, ...]:
    """Everything wrong with one template, each with its line and column."""
    return tuple(_Lint(template).run())


def lint_documents(closures: Iterable[Sequence[Template]]) -> tuple[Diagnostic, ...]:
    """A page without a language or a title is noticed first by those who cannot see it. Each closure is one page's templates."""
    found: dict[Diagnostic, None] = {}
    for templates in closures:
        frame = next((template for template in templates if _HTML.search(template.source)), None)
        if frame is None:
            continue
        lacks = [] if re.search(r"<html\b[^>]*\blang\s*=", frame.source, re.IGNORECASE) else ["lang"]
        lacks += [] if any(_TITLE.search(template.source) for template in templates) else ["title"]
        if lacks:
            message = f"the page has no {' and no '.join(lacks)}"
            place = Location(path=frame.path, line=1)
            warning = problem("theme/unsafe", place, message, hint="screen readers need both")
            found[replace(warning, severity="warning")] = None
    return tuple(found)


class _Lint:
    """One pass over one template; keeps its text, its masked text and where its lines begin."""

    def __init__(self, template: Template) -> None:
        self.template = template
        self.source = _COMMENT.sub(lambda match: re.sub(r"[^\n]", " ", match.group()), template.source)
        self.masked = _JINJA.sub(lambda match: re.sub(r"[^\n]", "\0", match.group()), self.source)
        self.starts = [0] + [match.end() for match in re.finditer("\n", template.source)]

    def run(self) -> Iterator[Diagnostic]:
        if not self.source.strip():
            yield self._problem(0, "the template is empty", "a page made with it would be blank")
            return
        yield from self._expressions()
        for tag in _TAG.finditer(self.masked):
            yield from self._tag(tag)

    def _expressions(self) -> Iterator[Diagnostic]:
        for jinja in _JINJA.finditer(self.source):
            for pattern, name, why in _ESCAPES:
                match = pattern.search(jinja.group())
                if match:
                    yield self._problem(jinja.start() + match.start(), f"{name} is not allowed in a template", why)

    def _tag(self, tag: re.Match[str]) -> Iterator[Diagnostic]:
        name = tag.group(1).lower()
        if name == "style":
            yield self._problem(tag.start(), "a <style> element is blocked by the CSP", "put it into assets/css")
        if name in _FORBIDDEN_TAGS:
            yield self._problem(tag.start(), f"a <{name}> element is not allowed in a template")
        attributes = {match.group(1).lower(): match for match in _ATTRIBUTE.finditer(self.masked, *tag.span(2))}
        for attribute, match in attributes.items():
            yield from self._attribute(attribute, match)
        if name == "script":
            yield from self._script(tag, attributes)

    def _attribute(self, name: str, match: re.Match[str]) -> Iterator[Diagnostic]:
        value = match.group(2)
        if not value.startswith(('"', "'")):
            hint = f'write {match.group(1)}="…": a value with a space would become a new attribute'
            yield self._problem(match.start(), f'the attribute "{name}" has no quotes', hint)
        if re.match(r"on[a-z]+\Z", name) or name == "srcdoc":
            yield self._problem(match.start(), f'the inline handler "{name}" is blocked by the CSP', "use assets/js")
        if name == "style":
            yield self._problem(match.start(), "inline style is blocked by the CSP", "use a class and assets/css")
        if name in _ADDRESSES:
            yield from self._address(name, match)

    def _address(self, name: str, match: re.Match[str]) -> Iterator[Diagnostic]:
        start, end = match.span(2)
        literal = match.group(2).strip("\"'")
        if re.match(r"\s*(javascript|vbscript|data):", literal, re.IGNORECASE):
            yield self._problem(match.start(), f'the address in "{name}" can run script')
        elif literal.startswith("\0") and not _ADDRESS_FILTER.search(self.source, start, end):
            message = f'the address in "{name}" does not pass the filter url or asset'
            hint = "write {{ … | url }}: it checks the scheme and makes the link relative"
            yield replace(self._problem(match.start(), message, hint), severity="warning")

    def _script(self, tag: re.Match[str], attributes: dict[str, re.Match[str]]) -> Iterator[Diagnostic]:
        if "src" in attributes:
            start, end = attributes["src"].span(2)
            if not re.search(r"\|\s*asset\b", self.source[start:end]):
                shown = self.source[start:end].strip("\"'")
                message = f"the script {shown} is not one of the theme's"
                yield self._problem(tag.start(), message, 'write src="{{ "js/…" | asset }}": the CSP allows no other')
            return
        kind = attributes["type"].group(2).strip("\"'").lower() if "type" in attributes else ""
        end = self.masked.lower().find("</script", tag.end())
        body = self.source[tag.end() : end if end >= 0 else None]
        if kind not in _DATA_TYPES:
            hint = 'put it into assets/js; data go into <script type="application/json"> by the filter tojson'
            yield self._problem(tag.start(), "an inline script is blocked by the CSP", hint)
        elif not re.fullmatch(r"\s*\{\{(?:(?!\}\}).)*\|\s*tojson\s*-?\}\}\s*", body, re.DOTALL):
            yield self._problem(tag.start(), "data in a script element must be one value by the filter tojson")

    def _problem(self, offset: int, message: str, hint: str = "") -> Diagnostic:
        line = bisect_right(self.starts, offset)
        column = offset - self.starts[line - 1] + 1
        place = Location(path=self.template.path, line=line, column=column, length=1)
        excerpt = self.template.source.split("\n")[line - 1]
        return problem("theme/unsafe", place, message, hint=hint, excerpt=excerpt)
