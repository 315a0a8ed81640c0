"""The beginnings of articles that `helpgen new` writes, in the language of the article."""

from __future__ import annotations

import json
from typing import Final

_FRONT: Final = """---
title: {title}
summary: {summary}
questions:
  - {question}
keywords: []
draft: true
{kind}---

"""

_ARTICLE_ZH: Final = """先用一两句话给出答案：读者现在该做什么。

## 先确认 {#check}

- 写清楚怎样判断是不是这种情况。

## 怎么做 {#steps}

:::steps
1. 打开「……」。

2. 写明每一步看到什么、按什么。
:::

## 还没解决？ {#contact}

写明联系客服前要准备什么，以及绝不要发送什么。
"""

_ARTICLE_EN: Final = """Give the answer first, in a sentence or two: what should the reader do now?

## Check first {#check}

- Say how to tell whether this is their case.

## What to do {#steps}

:::steps
1. Open **…**.

2. For each step, say what they see and what they press.
:::

## Still not solved? {#contact}

Say what to prepare before contacting support, and what never to send.
"""

_FAQ_ZH: Final = """## 第一个问题，用读者的原话写？ {#first}

先直接回答，再解释。

## 第二个问题？ {#second}

每个二级标题是一个独立的问题：可以链接，可以搜到，也会作为答案被引用。
"""

_FAQ_EN: Final = """## The first question, in the reader's own words? {#first}

Answer at once, then explain.

## The second question? {#second}

Each heading of level two is a question of its own: it can be linked, found and quoted as an answer.
"""

_TROUBLESHOOTER_ZH: Final = """先说这里能查清什么，以及绝不需要告诉任何人的东西。

## 第一个问题：您看到什么？ {#start}

每个二级标题是一步。步骤末尾的链接列表是选项，每项只写一个链接。

- [第一种情况](#first)
- [第二种情况](#second)

## 第一种情况怎么做 {#first}

写明看到什么、按什么，再问有没有解决。

- [解决了](#solved)
- [还是不行](#second)

## 再试另一个办法 {#second}

都不行的话，最后一项通向人工客服：`scenario:`后面写`content/_data/scenarios.yaml`里的编号。

- [解决了](#solved)
- [还是不行，联系客服](scenario:other)

## 解决了 {#solved}

说一句怎样避免再发生。
"""

_TROUBLESHOOTER_EN: Final = """Say what readers will find out here, and what they need not tell anybody.

## The first question: what do you see? {#start}

Each heading of level two is a step. The list of links at its end is its choices, one link an item.

- [The first case](#first)
- [The second case](#second)

## What to do in the first case {#first}

Say what readers see and what they press, then ask whether it helped.

- [It works](#solved)
- [It does not](#second)

## Try another way {#second}

Where nothing helps, the last choice leads to a person: after `scenario:` stands an id of `content/_data/scenarios.yaml`.

- [It works](#solved)
- [Still stuck: write to support](scenario:other)

## Solved {#solved}

Say in a sentence how to keep it from happening again.
"""

ARTICLE_TEMPLATES: Final = {
    "article": {"zh": _ARTICLE_ZH, "en": _ARTICLE_EN},
    "faq": {"zh": _FAQ_ZH, "en": _FAQ_EN},
    "troubleshooter": {"zh": _TROUBLESHOOTER_ZH, "en": _TROUBLESHOOTER_EN},
}
_WORDS: Final = {
    "zh": ("一两句话说明这篇文章解决什么问题", "读者会怎样问，一行一个"),
    "en": ("One or two sentences on what this article solves", "How a reader would ask it, one a line"),
}


# What these tell the author, a line each; headings and choices may well stay.
INSTRUCTIONS: Final = frozenset(
    line
    for texts in ARTICLE_TEMPLATES.values()
    for text in texts.values()
    for line in text.split("\n")
    if line and not line.startswith(("#", "- [", ":::"))
) | {line for summary, question in _WORDS.values() for line in (f"summary: {summary}", f"  - {question}")}


def fill_template(template: str, title: str, locale: str) -> str:
    """The text of a new article."""
    language = "zh" if locale.split("-")[0] == "zh" else "en"
    summary, question = _WORDS[language]
    kind = f"type: {template}\n" if template != "article" else ""
    head = _FRONT.format(title=json.dumps(title, ensure_ascii=False), summary=summary, question=question, kind=kind)
    return head + ARTICLE_TEMPLATES[template][language]
