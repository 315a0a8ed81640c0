"""An icon that a category names is one of the theme's."""

from __future__ import annotations

from tests.site_folder import SiteFolder

CATEGORY = "content/zh/deposits/_category.yaml"


def test_an_icon_that_the_theme_does_not_have_is_told_with_what_it_has(site: SiteFolder) -> None:
    found = site.write(CATEGORY, "title: 充币\nicon: deposit\n").find("site/icon")
    assert (str(found.location), found.severity) == (f"{CATEGORY}:2:7", "warning")
    assert found.hint == 'did you mean "deposits"?'
    assert (
        site.write(CATEGORY, "title: 充币\nicon: nosuchthing\n").find("site/icon").hint.startswith("it has account, ")
    )


def test_an_icon_of_the_theme_is_right(site: SiteFolder) -> None:
    build = site.write(CATEGORY, "title: 充币\nicon: deposits\n").build(check_only=True)
    assert "site/icon" not in [d.rule for d in build.diagnostics]
