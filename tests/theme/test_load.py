"""A theme's folder is read whole, its parents are folded in, and every fault in it is named with its place."""

from __future__ import annotations

import pytest

from helpgen.model.diagnostic import Diagnostic
from helpgen.theme.assets import build_assets
from helpgen.theme.load import load_theme
from helpgen.theme.render import render_page
from tests.theme import shop


def problems_of(**files: str) -> tuple[Diagnostic, ...]:
    return load_theme(shop.child(**files), "harbour").diagnostics


def test_lighthouse_has_no_fault() -> None:
    outcome = load_theme({shop.LIGHTHOUSE: shop.lighthouse_files()}, "lighthouse")
    assert outcome.diagnostics == ()
    assert outcome.value is not None
    assert outcome.value.chain == ("lighthouse",)


def test_unknown_theme_suggests_the_known_one() -> None:
    [problem] = load_theme({shop.LIGHTHOUSE: shop.lighthouse_files()}, "lighthose").diagnostics
    assert (problem.rule, problem.hint) == ("theme/missing", 'did you mean "lighthouse"?')


def test_child_overrides_one_file_and_keeps_the_rest() -> None:
    files = {"templates/partials/footer.html": "<footer>Harbour {{ site.title }}</footer>\n"}
    theme = shop.load(shop.child(**files), "harbour")
    html = render_page(shop.article(), shop.look(theme)).value or ""
    assert "<footer>Harbour 礁灯帮助中心</footer>" in html
    assert 'class="prose' in html
    assert theme.chain == ("harbour", "lighthouse")


def test_child_changes_one_text_and_one_default() -> None:
    files = {
        "strings/en.yaml": "danger: Something is wrong\n",
        "theme.yaml": 'name: harbour\nparent: lighthouse\nsettings:\n  brand: { type: colour, default: "#aa0000", doc: Red. }\n',
    }
    theme = shop.load(shop.child(**files), "harbour")
    assert theme.strings["en"]["danger"].text == "Something is wrong"
    assert theme.strings["en"]["skip"].text == "Skip to the content"
    assert shop.settings_of(theme)["brand"] == "#aa0000"
    assert shop.settings_of(theme)["show_helpful"] is True


def test_parents_in_a_circle() -> None:
    folders = {
        "themes/a": (shop.source("themes/a/theme.yaml", "name: a\nparent: b\n"),),
        "themes/b": (shop.source("themes/b/theme.yaml", "name: b\nparent: a\n"),),
    }
    [problem] = load_theme(folders, "a").diagnostics
    assert "a -> b -> a" in problem.message


def test_newer_helpgen_needed() -> None:
    [problem] = problems_of(**{"theme.yaml": 'name: harbour\nparent: lighthouse\nrequires: ">=99"\n'})
    assert (problem.location.line, problem.rule) == (3, "theme/setting")
    assert "99" in problem.message


def test_manifest_fields_are_checked() -> None:
    [problem] = problems_of(**{"theme.yaml": "name: harbour\nparrent: lighthouse\n"})
    assert str(problem.location) == "themes/harbour/theme.yaml:2:1"
    assert problem.hint == 'did you mean "parent"?'


@pytest.mark.parametrize(
    ("template", "line", "words"),
    [
        ("<p>\n{% if x %}</p>", 2, "endif"),
        ("<p>{{ page.title|shout }}</p>", 1, "shout"),
        ("\n\n{% extends 'layouts/basee.html' %}", 3, "basee.html"),
        ("{% include page.title %}", 1, "between quotes"),
        ("   \n", 1, "empty"),
    ],
)
def test_template_faults_name_file_and_line(template: str, line: int, words: str) -> None:
    found = problems_of(**{"templates/partials/footer.html": template})
    problem = found[0]
    assert (problem.location.path, problem.location.line) == ("themes/harbour/templates/partials/footer.html", line)
    assert words in problem.message


def test_missing_template_suggests_the_near_one() -> None:
    [problem] = problems_of(**{"templates/partials/footer.html": '{% include "partials/human.htm" %}'})
    assert problem.hint == 'did you mean "partials/human.html"?'


def test_templates_that_include_each_other() -> None:
    files = {
        "templates/partials/footer.html": '<p>{% include "partials/z.html" %}</p>',
        "templates/partials/z.html": '<p>{% include "partials/footer.html" %}</p>',
    }
    [problem] = problems_of(**files)
    assert "partials/footer.html" in problem.message
    assert "partials/z.html" in problem.message


def test_icon_that_is_more_than_shapes() -> None:
    [problem] = problems_of(**{"assets/icons/search.svg": '<svg><script href="x"/></svg>'})
    assert (problem.rule, problem.location.path) == ("theme/unsafe", "themes/harbour/assets/icons/search.svg")


def test_layer_without_a_file() -> None:
    [problem] = problems_of(**{"theme.yaml": "name: harbour\nparent: lighthouse\ncss: [tokens, sails]\n"})
    assert "assets/css/sails.css" in problem.message


def test_logo_that_does_not_exist() -> None:
    theme = shop.load()
    settings = {**shop.settings_of(theme), "logo": "media/logo.svg"}
    outcome = build_assets(theme, settings, {}, None)
    assert outcome.value is None
    assert "media/logo.svg" in outcome.diagnostics[0].message
    with_logo = build_assets(theme, settings, {}, b"<svg/>")
    assert with_logo.value is not None
    assert with_logo.value.table["logo"].startswith("assets/logo.")


def test_a_wrong_key_of_a_child_is_told_where_it_is_written() -> None:
    [problem] = problems_of(**{"strings/en.yaml": "danger: Help\nsearch_buton: Go\n"})
    assert str(problem.location) == "themes/harbour/strings/en.yaml:2:1"
    assert problem.hint == 'did you mean "search_button"?'


def test_a_new_text_of_a_child_must_be_in_every_language() -> None:
    files = {"strings/en.yaml": "pier: The pier\n", "strings/zh.yaml": "pier: 码头\n"}
    [problem] = problems_of(**files)
    assert str(problem.location) == "themes/harbour/strings/en.yaml:1:1"
    assert "missing in zh-Hant" in problem.message
    assert problem.hint == "add it to themes/harbour/strings/zh-Hant.yaml"
    assert problems_of(**files, **{"strings/zh-Hant.yaml": "pier: 碼頭\n"}) == ()


def test_a_child_that_drops_its_parents_layers_is_told() -> None:
    files = {
        "theme.yaml": "name: harbour\nparent: lighthouse\ncss: [harbour]\n",
        "assets/css/harbour.css": "a { color: red }\n",
    }
    [problem] = problems_of(**files)
    assert (problem.rule, problem.severity) == ("theme/layers", "warning")
    assert str(problem.location) == "themes/harbour/theme.yaml:3:6"
    assert problem.hint.startswith("list them before your own: css: [tokens, base, ")
    assert problem.hint.endswith("print, harbour]")
    assert problems_of(**files | {"theme.yaml": "name: harbour\nparent: lighthouse\ncss: [base, harbour]\n"}) == ()
