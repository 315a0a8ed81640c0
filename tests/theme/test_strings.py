"""All languages of the theme say the same things; a locale takes the nearest of them."""

from __future__ import annotations

import pytest

from helpgen.model.article import PLATFORMS
from helpgen.theme.strings import Message, check_strings, fallback_chain, language_of, parse_strings, places_of
from helpgen.theme.values import Entry
from tests.theme import shop


def test_languages_of_lighthouse() -> None:
    strings = shop.lighthouse().strings
    assert set(strings) == {"en", "zh", "zh-Hant"}
    assert set(strings["en"]) == set(strings["zh"]) == set(strings["zh-Hant"])
    for name, entry in strings["en"].items():
        assert places_of(entry) == places_of(strings["zh"][name]) == places_of(strings["zh-Hant"][name]), name


def test_chinese_texts_use_full_width_punctuation() -> None:
    for code in ("zh", "zh-Hant"):
        for name, entry in shop.lighthouse().strings[code].items():
            for before, mark in zip(entry.text, entry.text[1:], strict=False):
                assert not ("\u4e00" <= before <= "\u9fff" and mark in ",?!;:"), f"{code}: {name}: {entry.text}"


def test_missing_text_names_the_file_and_the_text() -> None:
    languages = {"en": {"a": entry("x"), "b": entry("y")}, "zh": {"a": entry("甲")}}
    [problem] = check_strings(languages, {"en": "strings/en.yaml", "zh": "strings/zh.yaml"})
    assert (problem.rule, problem.location.path) == ("theme/strings", "strings/zh.yaml")
    assert '"b"' in problem.message


def test_places_must_agree() -> None:
    languages = {"en": {"a": entry("{count} hits")}, "zh": {"a": entry("结果")}}
    [problem] = check_strings(languages, {"en": "en", "zh": "zh"})
    assert "{count}" in problem.message


@pytest.mark.parametrize(
    ("locale", "chain"),
    [
        ("zh-TW", ("zh-TW", "zh-Hant", "zh", "en")),
        ("zh-HK", ("zh-HK", "zh-Hant", "zh", "en")),
        ("zh-Hant-TW", ("zh-Hant-TW", "zh-Hant", "zh", "en")),
        ("zh-CN", ("zh-CN", "zh", "en")),
        ("pt-BR", ("pt-BR", "pt", "en")),
        ("en", ("en",)),
    ],
)
def test_fallback(locale: str, chain: tuple[str, ...]) -> None:
    assert fallback_chain(locale) == chain


def test_language_of_a_locale() -> None:
    strings = shop.lighthouse().strings
    assert [language_of(code, strings) for code in ("zh-TW", "zh-CN", "fr", "en-GB")] == ["zh-Hant", "zh", "en", "en"]


def test_plural_and_places() -> None:
    message = Message(Entry(forms={"one": "{count} article", "other": "{count} articles"}))
    assert [message(count=n) for n in (0, 1, 2)] == ["0 articles", "1 article", "2 articles"]
    assert Message(entry("{count}篇文章"))(count=1) == "1篇文章"
    with pytest.raises(ValueError, match="needs a value"):
        Message(entry("Go to {title}"))(name="x")


def test_faults_in_a_file() -> None:
    outcome = parse_strings(shop.source("strings/en.yaml", "skip:\n  many: x\n"))
    assert [problem.location.line for problem in outcome.diagnostics] == [2, 2]
    assert all(problem.rule == "theme/strings" for problem in outcome.diagnostics)


def entry(text: str) -> Entry:
    return Entry(forms={"other": text})


def test_every_text_is_used() -> None:
    theme = shop.lighthouse()
    templates = "".join(template.source for template in theme.templates.values())
    scripts = "".join(data.decode() for name, data in theme.assets.items() if name.startswith("js/"))
    client = (shop.ROOT / "helpgen/support/client/fields.js").read_text(encoding="utf-8")
    kinds = [f'"{kind}_{what}"' for kind in ("txid", "address") for what in ("chain", "shape", "checksum", "unknown")]
    codes = client + "".join(kinds)
    folder = shop.ROOT / "helpgen/support/client"
    deciding = "".join(path.read_text(encoding="utf-8") for path in folder.glob("[av][es]*.js"))
    by_rule = {"date_format", "date_months"} | {
        f"js_{e}_{p}" for e in ("offline", "missing", "version") for p in ("title", "text")
    }
    by_rule |= {f"js_platform_{platform}" for platform in PLATFORMS}
    for name in set(theme.strings["en"]) - by_rule:
        shown = name.removeprefix("js_").removeprefix("late_")
        # What is wrong with a field is named by the code that finds it.
        said = codes if shown.startswith("check_") else scripts
        used = f'"{shown.removeprefix("check_")}"' in said if shown != name else f"text.{name}" in templates
        if shown != name and shown.startswith(("verify_", "assistant_say_")):
            # Verdicts, reasons and kinds of answers are named by the pure modules that decide on them.
            code = (
                shown.removeprefix("verify_").removeprefix("assistant_say_").removeprefix("why_").removesuffix("_text")
            )
            used = used or f'"{code.replace("_", "-")}"' in deciding
        assert used, f"nothing shows the text {name}"
