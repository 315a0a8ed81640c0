"""The few fixed words of a message to support, by language: those that stand in it whoever reads it.

Everything else of a message is the site's own data (labels of fields, names of scenarios) or the reader's.
"""

from __future__ import annotations

from typing import Final

_EN: Final = {
    "colon": ": ",
    "empty": "(not given)",
    "zone": "{time} ({zone})",
    "read": "Articles already read",
    "path": "Steps already tried",
    "talk": "Conversation with the assistant",
    "reader": "Reader",
    "assistant": "Assistant",
    "shortened": "(shortened; the whole text is in the copy of the sender)",
    "sent_from": "Written with the help centre",
}
_ZH: Final = {
    "colon": "：",
    "empty": "（未填）",
    "zone": "{time}（{zone}）",
    "read": "已经看过的文章",
    "path": "已经做过的步骤",
    "talk": "与问答助手的对话",
    "reader": "用户",
    "assistant": "助手",
    "shortened": "（已截短，全文在发件人的副本里）",
    "sent_from": "由帮助中心生成",
}
_ZH_HANT: Final = {
    "colon": "：",
    "empty": "（未填）",
    "zone": "{time}（{zone}）",
    "read": "已經看過的文章",
    "path": "已經做過的步驟",
    "talk": "與問答助手的對話",
    "reader": "使用者",
    "assistant": "助手",
    "shortened": "（已截短，全文在寄件人的副本裡）",
    "sent_from": "由說明中心產生",
}
PHRASES: Final = {"en": _EN, "zh": _ZH, "zh-Hant": _ZH_HANT}
_TRADITIONAL: Final = ("TW", "HK", "MO", "Hant")


def phrases_for(locale: str) -> dict[str, str]:
    """The words in the language of a locale; English where there are none."""
    language, *rest = locale.split("-")
    if language != "zh":
        return PHRASES.get(language, _EN)
    return _ZH_HANT if any(part in _TRADITIONAL for part in rest) else _ZH
