"""The text of an article below its front matter -> `Body`.

1. Read the source: one kind of line end, none of our own marks.
2. Parse the blocks; report what the block rules met.
3. One pass over the tokens writes HTML, references, headings and passages, parsing each paragraph as it comes.
4. The gate, then the cut at the holes.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from helpgen.content.markdown.blocks import write_article
from helpgen.content.markdown.hidden import report_hidden
from helpgen.content.markdown.labels import LABELS
from helpgen.content.markdown.near_misses import report_lines
from helpgen.content.markdown.page import Page
from helpgen.content.markdown.rules import block_parser
from helpgen.content.markdown.source import Report, read_source
from helpgen.content.sanitise import cut, html_gate
from helpgen.model.article import ArticleType, Body
from helpgen.model.config import Limits
from helpgen.model.diagnostic import Outcome


def parse_body(
    text: str,
    *,
    path: str,
    first_line: int,
    kind: ArticleType,
    limits: Limits,
    labels: Mapping[str, str] = LABELS["en"],
    base_url: str = "",
) -> Outcome[Body]:
    """Parse the body of an article. Pure; there is always a value, so that a preview can show what there is.

    `path` and `first_line` (the line of the file on which `text` starts) are for the places in messages; `labels` are
    the words of the article's language (`labels_for`); `base_url` tells links to this very site from links elsewhere.
    """
    source = read_source(text, path=path, first_line=first_line, base_url=base_url)
    report = Report(source)
    report_hidden(report)
    env: dict[str, Any] = {"references": {}, "footnotes": {}, "problems": []}
    markdown = block_parser(limits.nesting, limits.table_cells)
    tokens = markdown.block.parse(source.text, markdown, env, []) or []
    _report_blocks(report, env)
    page = Page(report, labels, kind, limits, env)
    write_article(page, tokens)
    report_lines(report, tokens, env)
    writer = page.writer
    body = Body(
        pieces=cut(html_gate("".join(writer.html))),
        references=tuple(writer.references),
        headings=tuple(writer.headings),
        passages=tuple(writer.passages),
        steps=page.steps.finish(),
    )
    return Outcome(value=body, diagnostics=tuple(report.diagnostics))


def _report_blocks(report: Report, env: dict[str, Any]) -> None:
    for rule, line, message, hint in env["problems"]:
        report.add_line(rule, line, message, hint=hint)
    for duplicate in env.get("duplicate_refs", ()):
        line = duplicate["map"][0]
        first = report.source.first_line + env["references"][duplicate["label"]]["map"][0]
        label = duplicate["label"].lower()
        message = f"the reference [{label}] is defined twice; the definition in line {first} counts"
        report.add_line("markdown/duplicate-definition", line, message, hint="give it another label, or delete it")
