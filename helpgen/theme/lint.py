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
from functools import lru_cache
from typing import Final

from helpgen.model.diagnostic import Diagnostic, problem
from helpgen.model.location import Location
from helpgen.theme.foreign import LINK_SCHEMES, is_elsewhere, scheme_of
from helpgen.theme.values import Template

_COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
_JINJA = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_ESCAPES: Final = (
    (re.compile(r"\|\s*safe\b"), "|safe", "escaping must stay on: only values that passed the gate are HTML"),
    (re.compile(r"\bMarkup\b"), "Markup", "templates cannot make HTML out of text"),
    (re.compile(r"\bautoescape\b"), "autoescape", "escaping cannot be switched off"),
)
# Quoted values may hold ">". An expression is masked by \x01, a tag of Jinja by \x00, which no HTML has.
_TAG = re.compile(r"<([a-zA-Z][\w-]*)((?:\"[^\"]*\"|'[^']*'|[^\"'>])*)>")
_ATTRIBUTE = re.compile(r"([^\s=\"'<>/]+)\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s\"'>]*)")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_MADE_TAG = re.compile("</?\x01")
_LOOSE_VALUE = re.compile("(?<![=\x01])\x01")
_ADDRESSES: Final = frozenset(
    [
        "href",
        "src",
        "srcset",
        "imagesrcset",
        "action",
        "formaction",
        "poster",
        "cite",
        "data",
        "ping",
        "background",
        "longdesc",
        "manifest",
    ]
)
# What a browser loads, or sends to, by itself; other links wait for the reader.
_LOADED: Final = _ADDRESSES - {"href", "cite", "longdesc"}
_ONLY_NAMED: Final = frozenset({"canonical", "alternate", "author", "license", "me", "next", "prev", "search"})
_REFRESH = re.compile(r"[\d.\s]*(?:;\s*url\s*=\s*)?", re.IGNORECASE)
_WIDE_POLICY = re.compile(
    r"'unsafe-[\w-]+'|(?<!\S)(?:\*|https?:|wss?:|blob:)(?!\S)|script-src[^;]*\bdata:", re.IGNORECASE
)
_ADDRESS_FILTER = re.compile(r"\|\s*(url|asset)\b")
_DATA_TYPES: Final = frozenset({"application/json", "application/ld+json"})
_HTML = re.compile(r"<html\b|<!doctype\b", re.IGNORECASE)
_TITLE = re.compile(r"<title\b", re.IGNORECASE)
_FORBIDDEN_TAGS: Final = frozenset({"base", "iframe", "frame", "object", "embed", "applet"})


@lru_cache(maxsize=512)
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


_NO_HOST: Final = "the CSP allows no other host: put the file into the theme"


def _mask(jinja: re.Match[str]) -> str:
    mark = "\1" if jinja.group().startswith("{{") else "\0"
    return re.sub(r"[^\n]", mark, jinja.group())


def _text_of(attributes: dict[str, re.Match[str]], name: str) -> str:
    """The value of an attribute, "" without one."""
    value = attributes[name].group(2) if name in attributes else ""
    return value[1:-1] if value[:1] in ('"', "'") else value


class _Lint:
    """One pass over one template; keeps its text, its masked text and where its lines begin."""

    def __init__(self, template: Template) -> None:
        self.template = template
        self.source = _COMMENT.sub(lambda match: re.sub(r"[^\n]", " ", match.group()), template.source)
        self.masked = _JINJA.sub(_mask, self.source)
        self.starts = [0] + [match.end() for match in re.finditer("\n", template.source)]

    def run(self) -> Iterator[Diagnostic]:
        if not self.source.strip():
            yield self._problem(0, "the template is empty", "a page made with it would be blank")
            return
        yield from self._expressions()
        for made in _MADE_TAG.finditer(self.masked):
            yield self._problem(made.start(), "the name of a tag is a value", "write the tag's name out")
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
        loose = _LOOSE_VALUE.search(_QUOTED.sub(lambda quoted: " " * len(quoted.group()), tag.group(2)))
        if loose:
            hint = 'write name="{{ … }}": outside of quotes a value can become an attribute'
            yield self._problem(tag.start(2) + loose.start(), "a value stands in a tag, outside of quotes", hint)
        attributes = {match.group(1).lower(): match for match in _ATTRIBUTE.finditer(self.masked, *tag.span(2))}
        for attribute, match in attributes.items():
            yield from self._attribute(attribute, match)
        if name == "script":
            yield from self._script(tag, attributes)
        elif name == "link":
            yield from self._link(attributes)
        elif name == "meta":
            yield from self._meta(attributes)

    def _attribute(self, name: str, match: re.Match[str]) -> Iterator[Diagnostic]:
        value = match.group(2)
        if not value.startswith(('"', "'")):
            hint = f'write {match.group(1)}="…": a value with a space would become a new attribute'
            yield self._problem(match.start(), f'the attribute "{name}" has no quotes', hint)
        if re.match(r"on[a-z]+\Z", name) or name == "srcdoc":
            yield self._problem(match.start(), f'the inline handler "{name}" is blocked by the CSP', "use assets/js")
        if name == "style":
            yield self._problem(match.start(), "inline style is blocked by the CSP", "use a class and assets/css")
        # In a drawing an address may have a prefix: xlink:href.
        if name.rpartition(":")[2] in _ADDRESSES:
            yield from self._address(name, match)

    def _address(self, name: str, match: re.Match[str]) -> Iterator[Diagnostic]:
        start, end = match.span(2)
        literal = match.group(2).strip("\"'")
        if scheme_of(literal) not in ("", *LINK_SCHEMES):
            yield self._problem(match.start(), f'the address in "{name}" can run script')
        elif name in _LOADED and any(is_elsewhere(part) for part in re.split(r"[,\s]+", literal)):
            yield self._problem(match.start(), f'the address in "{name}" is on another host', _NO_HOST)
        elif literal.startswith(("\0", "\1")) and not _ADDRESS_FILTER.search(self.source, start, end):
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

    def _link(self, attributes: dict[str, re.Match[str]]) -> Iterator[Diagnostic]:
        """A browser loads what a link element names, but for a few kinds."""
        kinds = set(_text_of(attributes, "rel").lower().split())
        if is_elsewhere(_text_of(attributes, "href")) and not kinds <= _ONLY_NAMED:
            yield self._problem(attributes["href"].start(), "a link element loads from another host", _NO_HOST)

    def _meta(self, attributes: dict[str, re.Match[str]]) -> Iterator[Diagnostic]:
        kind, content = _text_of(attributes, "http-equiv").lower(), _text_of(attributes, "content")
        if kind == "refresh" and is_elsewhere(_REFRESH.sub("", content, count=1).strip("\"'")):
            yield self._problem(attributes["content"].start(), "the page sends its reader to another host")
        wide = _WIDE_POLICY.search(content) if kind == "content-security-policy" else None
        if wide:
            message = f"the content security policy is weakened by {wide.group()}"
            hint = 'take the head of the parent theme: {% include "partials/head.html" %}'
            yield self._problem(attributes["content"].start(), message, hint)

    def _problem(self, offset: int, message: str, hint: str = "") -> Diagnostic:
        line = bisect_right(self.starts, offset)
        column = offset - self.starts[line - 1] + 1
        place = Location(path=self.template.path, line=line, column=column, length=1)
        excerpt = self.template.source.split("\n")[line - 1]
        return problem("theme/unsafe", place, message, hint=hint, excerpt=excerpt)
