"""Whatever the text: no crash, well-formed HTML, true places, nothing that the gate would have to remove."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from helpgen.content.markdown import parse_body
from helpgen.content.sanitise import fill
from helpgen.model.config import Limits

FRAGMENTS = [
    *"abc 中文,。*_~`[]()<>!#|:-=+>&\\\"'{}^/1.\t",
    *("\n", "\n\n", "\n    ", "\n> ", "\n- ", "\n1. ", "\n## ", "\n# ", "\n:::note ", "\n:::", "\n::::tabs\n== A\n"),
    *("**", "~~", "```", "```py\n", "[^a]", "\n[^a]: ", "[a](b.md)", '![a](b.png "t")', "\n[a]: c.md\n", "[x][a]"),
    *("<b>", "</b>", "<br>", "<kbd>", "</kbd>", "<div>", "<!--", "-->", "<abbr title='x'>", "</abbr>", "<details>"),
    *("<summary>", "</summary>", "</details>", "\n| a | b |\n|---|---|\n| ", "\nT\n: d", "- [ ] ", "{#id}", "&amp;"),
    *(
        "https://a.example/x",
        "<https://b.example>",
        "javascript:",
        "//c.example",
        "\u200b",
        "\ufdd00\ufdd1",
        "\0",
        "\r",
    ),
]
VOID = {"br", "hr", "img", "input"}


class Checker(HTMLParser):
    """Fails when tags do not nest."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.stack: list[str] = []
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.ids += [value or "" for name, value in attrs if name == "id"]
        for name, value in attrs:
            assert not name.startswith("on")
            assert name != "href" or re.match(r"(https?://|mailto:|tel:|#|x$)", value or "")
        if tag not in VOID:
            self.stack.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.stack.pop() == tag


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(FRAGMENTS), max_size=60), st.sampled_from(["article", "faq"]))
def test_any_text(fragments: list[str], kind: str) -> None:
    text = "".join(fragments)
    outcome = parse_body(text, path="a.md", first_line=1, kind=kind, limits=Limits(nesting=8))  # type: ignore[arg-type]
    body = outcome.value
    assert body is not None
    checker = Checker()
    filled = fill(body, ["x" if r.kind == "link" else ' src="x"' for r in body.references]).text
    checker.feed(filled)
    assert checker.stack == []
    assert len(set(checker.ids)) == len(checker.ids)
    assert all(re.match("h-|fn-", name) for name in checker.ids)
    assert not re.search("[\ufdd0-\ufdef]", filled)
    lines = re.split(r"\r\n?|\n", text.replace("\0", "\ufffd"))
    for place in (*(r.location for r in body.references), *(d.location for d in outcome.diagnostics)):
        assert 1 <= place.line <= len(lines)
        assert 1 <= place.column <= len(lines[place.line - 1]) + 1
    for reference in body.references:
        shown = lines[reference.location.line - 1][reference.location.column - 1 :]
        assert shown.startswith(("[", "![")), (shown, reference)
    assert {anchor.anchor for anchor in body.passages} <= {"", *(heading.anchor for heading in body.headings)}
