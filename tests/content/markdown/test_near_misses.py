"""What is nearly Markdown is told at its place; what only looks like it, and what stands in code, is not."""

from __future__ import annotations

import pytest

from helpgen.content.markdown import parse_body
from helpgen.model.config import Limits
from helpgen.model.diagnostic import Diagnostic


def problems(text: str) -> list[Diagnostic]:
    return list(parse_body(text, path="a.md", first_line=5, kind="article", limits=Limits()).diagnostics)


@pytest.mark.parametrize(
    ("text", "rule", "places", "hint"),
    [
        ("：：：warning\n不要转账。\n：：：\n", "full-width", ["5:1", "7:1"], 'write ":::warning"'),
        ("前文\n\n- 一\n- 二\n：：：tip 提示\n", "full-width", ["9:1"], 'write ":::tip 提示"'),
        (":：:note\n", "full-width", ["5:1"], 'write ":::note"'),
        ("> ：：：note\n", "full-width", ["5:3"], 'write ":::note"'),
        ("前文\n\n##标题\n", "heading-space", ["7:1"], 'write "## 标题"'),
        ("前文\n###Title\n后文\n", "heading-space", ["6:1"], 'write "### Title"'),
        ("- 一\n- ##二\n", "heading-space", ["6:3"], 'write "## 二"'),
        ("##\u3000标题\n", "heading-space", ["5:1"], 'write "## 标题"'),
        ("#\u3000标题\n", "heading-space", ["5:1"], 'write "# 标题"'),
        ("前文\n\n#常见问题\n\n后文\n", "heading-space", ["7:1"], 'write "# 常见问题"'),
        ("＃＃ 标题\n", "full-width", ["5:1"], 'write "## 标题"'),
        ("＃＃标题\n", "full-width", ["5:1"], 'write "## 标题"'),
        ("＃ 标题\n", "full-width", ["5:1"], 'write "# 标题"'),
        ("#＃ 标题\n", "full-width", ["5:1"], 'write "## 标题"'),
        ("看[文章]（not-arrived.md）。\n", "full-width", ["5:2"], "write [文章](not-arrived.md)"),
        ("看[文章]（../a/b.md#费用）。\n", "full-width", ["5:2"], "write [文章](../a/b.md#费用)"),
        ("看[文章](not-arrived.md）。\n", "full-width", ["5:2"], "write [文章](not-arrived.md)"),
        ("看[文章]（not-arrived.md)。\n", "full-width", ["5:2"], "write [文章](not-arrived.md)"),
        ("- 看 [官网]（https://koi.example/）\n", "full-width", ["5:5"], "write [官网](https://koi.example/)"),
        ("![图]（img/a.png）\n", "full-width", ["5:2"], "write [图](img/a.png)"),
        ("![图](img/图 一.png)\n", "link-space", ["5:2"], "[图](<img/图 一.png>)"),
        ('[图](img/图 一.png "题")\n', "link-space", ["5:1"], "[图](<img/图 一.png>)"),
        ("[图](img/shot (1).png)\n", "link-space", ["5:1"], "[图](<img/shot (1).png>)"),
        ("| a | b |\n|---|---|\n| x | [图](my file.md) |\n", "link-space", ["7:7"], "[图](<my file.md>)"),
    ],
)
def test_it_is_named_at_its_place_with_what_to_write(text: str, rule: str, places: list[str], hint: str) -> None:
    found = problems(text)
    assert [d.rule for d in found] == [f"markdown/{rule}"] * len(places)
    assert [f"{d.location.line}:{d.location.column}" for d in found] == places
    assert {d.severity for d in found} == {"warning"}
    assert hint in found[0].hint


@pytest.mark.parametrize(
    "text",
    [
        "话题 #充值 #提现 与 ##没有\n",
        "前文\n#充值 是标签\n",
        "#充值 #提现\n",
        "#话题#\n",
        "＃话题\n后文\n",
        "- #充值\n- #提现\n",
        "#123\n\n#general\n\n#!/bin/sh\n",
        "\\##没有\n",
        "#######七\n",
        "##\n\n#\n",
        "```\n##标题\n：：：warning\n[a]（b.md）\n```\n",
        "    ##标题\n    [a](b c.md)\n",
        "见 `[a]（b.md）` 和 `[a](b c.md)`\n",
        "见 `一\n##二` 和 `：：：note`\n",
        "<!--\n##标题\n[a]（b.md）\n-->\n",
        "[注]（见下文）\n",
        "[订单]（买入/卖出）和 [工单]（#12345）、[版本]（见 v1.25）\n",
        "[a](b.md \"t\") [a](<b c.md>) [a](b%20c.md) [a](b.md 't') （见[a](b.md)）\n",
        "[见](下文 第二节) 与 [ ](说明 文字)\n",
        "注：：不是块\n",
        ":::note\n正文\n:::\n",
        "\\[a]（b.md）\n",
    ],
)
def test_no_false_alarm(text: str) -> None:
    assert [d.rule for d in problems(text) if d.rule not in ("markdown/undefined-reference", "link/broken")] == []
