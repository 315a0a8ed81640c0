"""The steps of a troubleshooter: what is read of the Markdown, and every mistake that its check finds."""

from __future__ import annotations

from pathlib import Path

from helpgen.content.markdown import parse_body
from helpgen.model.article import Article, FrontMatter
from helpgen.model.config import Limits
from helpgen.model.location import Location
from helpgen.support.troubleshooter import check_troubleshooter
from tests.site_folder import SiteFolder

GOOD = """\
Before you start.

## What do you see? {#start}

Look at the page.

- [Nothing](#nothing)
- [An *error*](scenario:login)
- [A plain list follows](../other.md)

## Nothing {#nothing}

- one item
- [a link](https://example.com) with words

1. [numbered](#solved)

- [It works](#solved)

## Solved {#solved}

Good.
"""
SCENARIOS = """\
fields:
  story: { type: text, label: What happened }
scenarios:
  login:
    name: Cannot sign in
    fields: [story]
    articles: [security/phishing]
    channels: [chat]
    subject: Cannot sign in
"""
CHANNELS = "chat: { kind: chat, name: Chat, address: https://chat.example.com }\n"


def article(text: str) -> Article:
    body = parse_body(text, path="a.md", first_line=1, kind="troubleshooter", limits=Limits())
    assert body.value is not None
    return Article(
        path="a.md",
        key="en/a",
        translation_key="a",
        locale="en",
        category="",
        front=FrontMatter(title="A", slug="a", type="troubleshooter"),
        body=body.value,
        title_location=Location(path="a.md", line=1, column=1),
        slug_location=Location(path="a.md", line=1, column=1),
    )


def found(text: str) -> list[tuple[str, int]]:
    return [
        (problem.rule.removeprefix("troubleshooter/"), problem.location.line)
        for problem in check_troubleshooter(article(text))
    ]


def test_headings_are_steps_and_lists_of_links_are_choices() -> None:
    body = article(GOOD).body
    assert [(step.anchor, step.title, len(step.choices)) for step in body.steps] == [
        ("h-start", "What do you see?", 3),
        ("h-nothing", "Nothing", 1),
        ("h-solved", "Solved", 0),
    ]
    assert [(choice.label, choice.target, choice.location.line) for choice in body.steps[0].choices] == [
        ("Nothing", "#nothing", 7),
        ("An *error*", "scenario:login", 8),
        ("A plain list follows", "../other.md", 9),
    ]
    html = "".join(str(piece) for piece in body.pieces)
    assert html.count('<section class="step">') == 2
    assert html.count('<section class="step end">') == html.count("</section>") - 2 == 1
    assert html.count('<ul class="choices">') == 2
    assert found(GOOD) == []


def test_an_ordinary_article_has_no_steps() -> None:
    body = parse_body(GOOD, path="a.md", first_line=1, kind="article", limits=Limits()).value
    assert body is not None
    assert body.steps == ()
    assert "choices" not in "".join(str(piece) for piece in body.pieces)


def test_every_mistake_is_found_at_its_place() -> None:
    assert found("Only words.\n") == [("steps", 1)]
    assert found("## One\n\nWords.\n") == [("steps", 1)]
    dead = "## One\n\n- [On](#two)\n- [Out](scenario:x)\n\n## Two {#two}\n\nStuck.\n"
    assert found(dead) == [("dead-end", 6)]
    circle = "## One {#one}\n\n- [On](#two)\n- [Out](scenario:x)\n\n## Two {#two}\n\n- [Back](#one)\n"
    assert found(circle) == [("loop", 8)]
    itself = "## One {#one}\n\n- [Again](#one)\n- [Out](scenario:x)\n"
    assert found(itself) == [("loop", 3)]
    lost = "## One\n\n- [Out](scenario:x)\n\n## Two {#two}\n\n- [On](#three)\n\n## Three {#three}\n\n- [Back](#two)\n"
    assert found(lost) == [("loop", 11), ("unreachable", 5), ("unreachable", 9)]
    assert found("## One\n\n- [Fine](#solved)\n\n## Solved {#solved}\n\nGood.\n") == [("no-person", 1)]


def test_two_ways_to_one_step_are_no_circle() -> None:
    text = "## A\n\n- [b](#b)\n- [c](#c)\n- [p](scenario:x)\n\n## B {#b}\n\n- [c](#c)\n\n## C {#c}\n\n- [d](#end-d)\n\n## D {#end-d}\n\nx\n"
    assert found(text) == []


def test_a_long_way_is_walked_without_recursion() -> None:
    steps = "".join(f"## S{n} {{#s{n}}}\n\n- [on](#s{n + 1})\n\n" for n in range(3_000))
    assert found(steps + "## Last {#s3000}\n\n- [p](scenario:x)\n") == []


def test_a_scenario_is_the_contact_page_and_must_exist(tmp_path: Path) -> None:
    site = SiteFolder.small(tmp_path / "site").write("content/_data/scenarios.yaml", SCENARIOS)
    site.write("content/_data/channels.yaml", CHANNELS)
    body = "## One {#one}\n\n- [Person](scenario:login)\n\nSee also [support](scenario:login).\n"
    site.article("en/security/steps", "Steps", body, "type: troubleshooter\n")
    build = site.build()
    assert build.ok, build.diagnostics
    html = build.files["en/security/steps/index.html"].decode()
    assert html.count('href="../../contact-us/?scenario=login"') == 2
    assert "data-guide" in html
    site.article("en/security/steps", "Steps", body.replace("login", "logn"), "type: troubleshooter\n")
    wrong = [problem for problem in site.build().diagnostics if problem.rule == "link/scenario"]
    assert [problem.location.line for problem in wrong][-1] > 0
    assert 'did you mean "login"' in wrong[0].hint


def test_a_scenario_needs_a_contact_page(tmp_path: Path) -> None:
    site = SiteFolder.small(tmp_path / "site").article("en/security/keys", "Keys", "[Ask us](scenario:login).\n")
    assert [problem.rule for problem in site.build().diagnostics if problem.severity == "error"] == ["link/scenario"]
