"""A template that does not end, or eats the memory, is stopped at its line; a build never waits for all its pages."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from helpgen.model.diagnostic import Diagnostic
from helpgen.pipeline.build import build_site
from helpgen.pipeline.memory import Memory
from helpgen.pipeline.options import BuildOptions
from helpgen.pipeline.read import read_site
from helpgen.pipeline.workers import Inline
from tests.site_folder import CONFIG, SiteFolder

TEMPLATE = "themes/own/templates/pages/article.html"
FRAME = '{{% extends "layouts/base.html" %}}\n{{% block main %}}\n{body}\n{{% endblock %}}\n'
LIST = "{% set many = 'a' * 9000 %}\n"
ENDLESS = LIST + "{% for a in many %}{% for b in many %}{% for c in many %}{% endfor %}{% endfor %}{% endfor %}"
DOUBLED = "{% set text = 'a' * 9000 %}\n" + "{% set text = text ~ text ~ text ~ text %}\n" * 8


def site_with(folder: Path, body: str) -> SiteFolder:
    site = SiteFolder.small(folder)
    site.write("themes/own/theme.yaml", "name: own\nparent: lighthouse\n")
    site.write(TEMPLATE, FRAME.format(body=body))
    return site.write("helpgen.yaml", CONFIG + "theme: own\nlimits: {page_seconds: 1, page_megabytes: 100}\n")


def costly(site: SiteFolder) -> list[Diagnostic]:
    return [d for d in site.build().diagnostics if d.rule == "theme/too-costly"]


def test_an_endless_template_is_stopped_at_its_line(tmp_path: Path) -> None:
    (found,) = costly(site_with(tmp_path, ENDLESS))
    assert (found.severity, found.location.path, found.location.line) == ("error", TEMPLATE, 4)
    assert found.message.startswith("making /")
    assert "1 seconds of processor time, the limit limits.page_seconds" in found.message
    assert found.excerpt.startswith("{% for a in many %}")


@pytest.mark.skipif(sys.platform != "linux", reason="memory is bounded on Linux")
def test_a_greedy_template_is_stopped_at_its_line(tmp_path: Path) -> None:
    (found,) = costly(site_with(tmp_path, DOUBLED))
    assert found.location.path == TEMPLATE
    assert 5 <= found.location.line <= 11
    assert "100 megabytes of memory, the limit limits.page_megabytes" in found.message


@pytest.mark.skipif(sys.platform != "linux", reason="memory is bounded on Linux")
def test_what_could_be_worked_out_beforehand_has_the_limits_too(tmp_path: Path) -> None:
    (found,) = costly(site_with(tmp_path, "{{ '%300000000d' % 1 }}"))
    assert (found.location.path, "limits.page_megabytes" in found.message) == (TEMPLATE, True)


def test_what_was_not_tried_is_made_when_the_template_ends(tmp_path: Path) -> None:
    site, memory = site_with(tmp_path, ENDLESS), Memory(Inline())
    assert not build_site(read_site(site.root), memory, BuildOptions()).ok
    site.write(TEMPLATE, FRAME.format(body="<h1>{{ page.title }}</h1>"))
    memory.next_build(keep=True)
    build = build_site(read_site(site.root), memory, BuildOptions())
    assert build.ok, build.diagnostics
    assert build.files.keys() >= {"zh/index.html", "zh/deposits/not-arrived/index.html", "en/search/index.html"}


LOOPS = "{% for a in page.title %}" * 25 + "{% endfor %}" * 25
BRACKETS = "{{ " + "(" * 5_000 + "1" + ")" * 5_000 + " }}"


@pytest.mark.parametrize("body", [LOOPS, BRACKETS], ids=["loops", "brackets"])
def test_what_is_nested_too_deep_for_python_is_told(tmp_path: Path, body: str) -> None:
    found = [d for d in site_with(tmp_path, body).build().diagnostics if d.rule == "theme/template"]
    assert [d.location.path for d in found] == [TEMPLATE]
