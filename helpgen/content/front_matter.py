"""An article's text -> its front matter, typed, and its body.

---
title: …        YAML between two lines of three hyphens, at the very start
---
Body …
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from helpgen.content.fields import ARTICLE_FIELDS
from helpgen.content.positioned_yaml import Mapping as YamlMapping
from helpgen.content.positioned_yaml import Node, parse_yaml
from helpgen.content.positioned_yaml import Sequence as YamlList
from helpgen.content.reader import Reader
from helpgen.content.slugs import path_slug
from helpgen.model.article import FrontMatter
from helpgen.model.diagnostic import Diagnostic, Outcome, problem
from helpgen.model.location import Location

_OPEN = re.compile(r"---[ \t]*(\S*)[ \t]*\n")
_CLOSE = re.compile(r"^(---|\.\.\.)[ \t]*$", re.MULTILINE)
_H1 = re.compile(r"\A\s*#[ \t]+(.+?)[ \t]*#*[ \t]*(?:\{#[\w-]+\})?[ \t]*(?:\n|\Z)")
_MARKUP = re.compile(r"[`*_]{1,3}(?=\S)(.+?)(?<=\S)[`*_]{1,3}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """An article cut in two: the YAML with the line it starts on, and the body with its first line."""

    yaml: str
    yaml_line: int
    body: str
    body_line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Where the fields stand that other files may collide with, or must agree with; the title's where a field is absent."""

    title: Location
    slug: Location
    aliases: tuple[Location, ...]
    related: tuple[Location, ...]


def split_front_matter(text: str, path: str, max_bytes: int) -> Outcome[Split]:
    """Find the front matter. Without one, the body is the whole text."""

    def fail(rule: str, line: int, message: str, hint: str) -> Outcome[Split]:
        excerpt = text.split("\n", line)[line - 1] if line else ""
        place = Location(path=path, line=line, column=1, length=3)
        return Outcome(value=None, diagnostics=(problem(rule, place, message, hint=hint, excerpt=excerpt[:200]),))

    opened = _OPEN.match(text)
    if opened is None:
        if text.startswith("+++"):
            return fail("front-matter/missing", 1, "the front matter is TOML", "write it as YAML between --- lines")
        return Outcome(value=Split(yaml="", yaml_line=1, body=text, body_line=1))
    if opened.group(1):
        message = f'front matter in "{opened.group(1)[:20]}" is not read'
        return fail("front-matter/missing", 1, message, "write it as YAML, between two lines that hold only ---")
    closed = _CLOSE.search(text, opened.end())
    if closed is None:
        return fail(
            "front-matter/unclosed", 1, "the front matter is never closed", "add a line --- after its last field"
        )
    block = text[opened.end() : closed.start()]
    if len(block.encode()) > max_bytes:
        message = (
            f"the front matter has {len(block.encode()):,} bytes; the limit limits.front_matter_bytes is {max_bytes:,}"
        )
        return fail("file/too-large", 1, message, "move the text into the body")
    body_line = text.count("\n", 0, closed.end()) + 2
    return Outcome(value=Split(yaml=block, yaml_line=2, body=text[closed.end() + 1 :], body_line=body_line))


def read_front_matter(
    split: Split, *, path: str, lines: list[str], stem: str
) -> tuple[FrontMatter | None, Split, tuple[Diagnostic, ...], Places]:
    """Type the fields; take the title from a leading `# heading` where the front matter has none.

    Returns the front matter (None if the article cannot be used), the split with a leading H1 that repeats the title
    taken off the body, what was wrong, and the places of the fields that other files have to do with.
    """
    parsed = parse_yaml(split.yaml, path=path, first_line=split.yaml_line)
    reader = Reader(path, lines, "front-matter/unknown-field", "front-matter/value", list(parsed.diagnostics))
    nodes: dict[str, Node] = {}
    fields = {field.name: field.default for field in ARTICLE_FIELDS.fields}
    broken = parsed.value is None and bool(parsed.diagnostics)
    if parsed.value is not None:
        read = ARTICLE_FIELDS.read(parsed.value, "", reader)
        if isinstance(read, dict):
            fields = read
        else:
            broken = True
        if isinstance(parsed.value, YamlMapping):
            nodes = {key.text: value for key, value in parsed.value.entries}
            broken = broken or ("title" in nodes and not fields["title"])
    places = _places(nodes, fields, reader)
    title, split = _title(fields["title"], split)
    if not title and not broken:
        message = "the article has no title"
        hint = "add `title: …` to the front matter"
        excerpt = lines[0] if lines else ""
        reader.diagnostics.append(
            problem("front-matter/missing", places.title, message, hint=hint, excerpt=excerpt[:200])
        )
    if not title:
        return None, split, tuple(reader.diagnostics), places
    slug = fields["slug"] or path_slug(stem)
    front = FrontMatter(
        title=title,
        slug=slug,
        summary=fields["summary"],
        order=fields["order"],
        type=fields["type"],
        questions=fields["questions"],
        keywords=fields["keywords"],
        platforms=tuple(dict.fromkeys(fields["platforms"])),
        aliases=fields["aliases"],
        related=fields["related"],
        updated=fields["updated"],
        reviewed=fields["reviewed"],
        draft=fields["draft"],
        featured=fields["featured"],
        search_boost=fields["search"]["boost"],
        search_exclude=fields["search"]["exclude"],
    )
    return front, split, tuple(reader.diagnostics), places


def _places(nodes: Mapping[str, Node], fields: Mapping[str, Any], reader: Reader) -> Places:
    title = reader.location(nodes["title"]) if "title" in nodes else Location(path=reader.path, line=1, column=1)
    slug = reader.location(nodes["slug"]) if "slug" in nodes else title
    aliases, related = (_places_of_items(nodes.get(name), len(fields[name]), reader) for name in ("aliases", "related"))
    return Places(title=title, slug=slug, aliases=aliases, related=related)


def _places_of_items(node: Node | None, count: int, reader: Reader) -> tuple[Location, ...]:
    """Where each of the entries stands that were read of a list."""
    if node is None:
        return ()
    items = node.items if isinstance(node, YamlList) else (node,)
    if len(items) == count:
        return tuple(reader.location(item) for item in items)
    # After a mistake in the list an entry is missing; its own message says where, so the list's place will do.
    return (reader.location(node),) * count


def _title(given: str, split: Split) -> tuple[str, Split]:
    match = _H1.match(split.body)
    if match is None:
        return given, split
    heading = _MARKUP.sub(r"\1", match.group(1)).strip()
    if given and heading != given:
        return given, split
    rest = split.body[match.end() :]
    moved = split.body.count("\n", 0, match.end())
    return heading, Split(yaml=split.yaml, yaml_line=split.yaml_line, body=rest, body_line=split.body_line + moved)
