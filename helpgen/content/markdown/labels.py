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
        "done": "已完成",
        "todo": "未完成",
    },
}
_TRADITIONAL = frozenset({"hant", "tw", "hk", "mo"})


def labels_for(locale: str) -> Mapping[str, str]:
    """The words for a BCP 47 code: `zh-TW`, `zh-HK` and `zh-Hant-…` are traditional Chinese; unknown languages get English."""
    language, *rest = locale.lower().replace("_", "-").split("-")
    if language == "zh":
        return LABELS["zh-Hant" if _TRADITIONAL.intersection(rest) else "zh"]
    return LABELS.get(language, LABELS["en"])
