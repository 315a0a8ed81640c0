"""Markdown -> gated HTML with holes for references, headings and passages. Start with `body.parse_body`.

    source, positions   lines and places                 hidden      characters that nobody sees
    engine, rules       the configured parser            containers, html_blocks, footnotes, inline_rules: its rules
    near_misses         what is nearly Markdown, and would be shown as it is written
    body                the order of the steps           blocks, headings, inline, links, code: tokens -> HTML
    targets, hosts      what an address is, whom it means
    labels              the few words an article's HTML needs, by language

Nothing here touches the world or keeps state between two articles.
"""

from helpgen.content.markdown.body import parse_body
from helpgen.content.markdown.labels import LABELS, labels_for

__all__ = ["LABELS", "labels_for", "parse_body"]
