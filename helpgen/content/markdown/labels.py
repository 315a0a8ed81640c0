"""The few words that an article's HTML itself needs, by language.

They are part of the body (titles of notes, names for screen readers), so the parser writes them; everything
else a page says comes from the theme's strings.
"""

from __future__ import annotations

from collections.abc import Mapping

LABELS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "note": "Note",
        "tip": "Tip",
        "warning": "Warning",
        "danger": "Danger",
        "table": "Table",
        "footnotes": "Footnotes",
        "back": "Back to the text",
        "anchor": "Link to this section",
        "copy": "Copy",
        "never-ask": "What we will never ask for",
        "done": "Done",
        "todo": "To do",
    },
    "zh": {
        "note": "说明",
        "tip": "提示",
        "warning": "注意",
        "danger": "危险",
        "table": "表格",
        "footnotes": "脚注",
        "back": "回到正文",
        "anchor": "本节链接",
        "copy": "复制",
        "never-ask": "这些，我们从来不会要",
        "done": "已完成",
        "todo": "未完成",
    },
    "zh-Hant": {
        "note": "說明",
        "tip": "提示",
        "warning": "注意",
        "danger": "危險",
        "table": "表格",
        "footnotes": "註腳",
        "back": "回到正文",
        "anchor": "本節連結",
        "copy": "複製",
        "never-ask": "這些，我們從來不會要",
        "done": "已完成",
        "todo": "未完成",
    },
}
# The name under which `:::never-ask` finds its lines among the words of an article, one a line.
NEVER_ASK_LINES = "never-ask-lines"
_TRADITIONAL = frozenset({"hant", "tw", "hk", "mo"})


def labels_for(locale: str) -> Mapping[str, str]:
    """The words for a BCP 47 code: `zh-TW`, `zh-HK` and `zh-Hant-…` are traditional Chinese; unknown languages get English."""
    language, *rest = locale.lower().replace("_", "-").split("-")
    if language == "zh":
        return LABELS["zh-Hant" if _TRADITIONAL.intersection(rest) else "zh"]
    return LABELS.get(language, LABELS["en"])
