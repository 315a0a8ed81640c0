"""One Markdown file -> Article: decode, place, front matter, body."""

from __future__ import annotations

from dataclasses import dataclass, field

from helpgen.content.decode import decode_text
from helpgen.content.front_matter import read_front_matter, split_front_matter
from helpgen.content.markdown import labels_for, parse_body
from helpgen.content.markdown.labels import NEVER_ASK_LINES
from helpgen.content.place import Layout, place_of
from helpgen.content.placeholders import find_placeholders
from helpgen.content.secrets import find_secrets
from helpgen.model.article import Article, Body
from helpgen.model.config import Limits
from helpgen.model.diagnostic import Outcome, problem
from helpgen.model.location import Location
from helpgen.model.source import SourceFile


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleRules:
    """What parsing an article needs to know of the site; part of the key under which the result is remembered.

    `never_ask` is what support never asks for, by locale ("" = every one).
    """

    layout: Layout
    limits: Limits
    base_url: str = ""
    never_ask: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def words_for(self, locale: str) -> dict[str, str]:
        """The words that the HTML of an article needs, and the lines of `:::never-ask`, in its language."""
        lines = self.never_ask.get(locale) or self.never_ask.get("") or ()
        return {**labels_for(locale), NEVER_ASK_LINES: "\n".join(lines)}


def parse_article(file: SourceFile, rules: ArticleRules) -> Outcome[Article]:
    """Read one article. The value is None if it cannot be used at all; the diagnostics say why."""
    whole = Location(path=file.path, line=1, column=1)
    if len(file.data) > rules.limits.article_bytes:
        message = f"the article has {len(file.data):,} bytes; the limit limits.article_bytes is {rules.limits.article_bytes:,}"
        hint = "split it, or raise the limit in helpgen.yaml"
        return Outcome(value=None, diagnostics=(problem("file/too-large", whole, message, hint=hint),))
    decoded = decode_text(file)
    placed = place_of(file.path, rules.layout)
    if decoded.value is None or placed.value is None:
        return Outcome(value=None, diagnostics=decoded.diagnostics + placed.diagnostics)
    text, place = decoded.value, placed.value
    if not text or text.isspace():
        message, hint = "the file is empty", "write the article, or delete the file"
        return Outcome(value=None, diagnostics=(problem("file/empty", whole, message, hint=hint),))
    split = split_front_matter(text, file.path, rules.limits.front_matter_bytes)
    if split.value is None:
        return Outcome(value=None, diagnostics=split.diagnostics)
    # Messages of the front matter quote no line beyond the first of the body.
    last = split.value.body_line
    lines = text.split("\n", last)[:last]
    front, parts, found, places = read_front_matter(split.value, path=file.path, lines=lines, stem=place.stem)
    body = parse_body(
        parts.body,
        path=file.path,
        first_line=parts.body_line,
        kind=front.type if front else "article",
        limits=rules.limits,
        labels=rules.words_for(place.locale),
        base_url=rules.base_url,
    )
    diagnostics = decoded.diagnostics + found + body.diagnostics + find_secrets(text, file.path)
    if front is None or body.value is None:
        return Outcome(value=None, diagnostics=diagnostics)
    if not front.draft:
        diagnostics += find_placeholders(text, file.path)
    if not _has_content(body.value):
        message, hint = "the article has no text below its title", "write it, or mark it `draft: true`"
        diagnostics += (problem("file/no-text", places.title, message, hint=hint),)
    prefix = f"{place.category}/" if place.category else ""
    article = Article(
        path=file.path,
        key=f"{place.locale}/{prefix}{front.slug}",
        translation_key=place.translation_key,
        locale=place.locale,
        category=place.category,
        front=front,
        body=body.value,
        title_location=places.title,
        slug_location=places.slug,
        alias_locations=places.aliases,
        related_locations=places.related,
    )
    return Outcome(value=article, diagnostics=diagnostics)


def _has_content(body: Body) -> bool:
    return any(isinstance(piece, int) or (piece and not piece.isspace()) for piece in body.pieces)
