"""Page + Look -> HTML.

1. The type of the page names its template.
2. The template sees `page`, `site` and `text` (the theme's words in the page's language), nothing else.
3. What goes wrong in a template is a diagnostic with the template's line.
"""

from __future__ import annotations

import hashlib
import json
import traceback
from functools import lru_cache
from typing import Final

from jinja2 import TemplateError, TemplateNotFound

from helpgen.model.diagnostic import Diagnostic, Outcome, problem
from helpgen.model.location import Location
from helpgen.model.page import (
    ArticlePage,
    CasePage,
    CategoryPage,
    ChatPage,
    ContactPage,
    DangerPage,
    HomePage,
    NotFoundPage,
    Page,
    RedirectPage,
    SearchPage,
    VerifyPage,
)
from helpgen.theme.closure import closure_digest
from helpgen.theme.environment import TemplateEnvironment, make_environment
from helpgen.theme.fragments import PLACE, Neighbourhood, Place
from helpgen.theme.strings import Words, language_of
from helpgen.theme.values import Assets, Look, Template, Theme

_BY_TYPE: Final[dict[type, str]] = {
    HomePage: "pages/home.html",
    CategoryPage: "pages/category.html",
    ArticlePage: "pages/article.html",
    ContactPage: "pages/contact.html",
    DangerPage: "pages/danger.html",
    CasePage: "pages/case.html",
    ChatPage: "pages/chat.html",
    VerifyPage: "pages/verify.html",
    SearchPage: "pages/search.html",
    NotFoundPage: "pages/not-found.html",
    RedirectPage: "pages/redirect.html",
}
_BY_KIND: Final = {"faq": "pages/faq.html", "troubleshooter": "pages/troubleshooter.html"}
_NAMESPACE: Final = ' xmlns="http://www.w3.org/2000/svg"'
# Rule of a template that takes more than the limits of a page.
TOO_COSTLY: Final = "theme/too-costly"
TEMPLATES: Final = (*_BY_TYPE.values(), *_BY_KIND.values())


def look_of(theme: Theme, assets: Assets, *, offline: bool = False) -> Look:
    """What rendering needs of a theme and its assets, small enough to be sent to every worker."""
    icons = {
        # In a page the namespace is known.
        name.removeprefix("icons/").removesuffix(".svg"): data.decode("utf-8").strip().replace(_NAMESPACE, "", 1)
        for name, data in theme.assets.items()
        if name.startswith("icons/") and name.endswith(".svg")
    }
    shared = _digest([icons, assets.table, offline])
    closures = {
        name: _digest([closure_digest(name, theme.references, theme.templates), shared])
        for name in TEMPLATES
        if name in theme.templates
    }
    texts = {code: {name: entry.forms for name, entry in strings.items()} for code, strings in theme.strings.items()}
    return Look(
        templates=theme.templates,
        programs=theme.programs,
        fragments=theme.fragments,
        strings=theme.strings,
        icons=icons,
        table=assets.table,
        closures=closures,
        digest=_digest([closures, texts]),
        offline=offline,
    )


def template_of(page: Page) -> str:
    """The template that shows a page."""
    if isinstance(page, ArticlePage) and page.kind in _BY_KIND:
        return _BY_KIND[page.kind]
    return _BY_TYPE[type(page)]


def page_digest(page: Page, look: Look) -> str:
    """What a rendered page depends on besides its own view: its templates, icons, addresses of assets, and words.

    With the view itself it is the key by which a rendered page may be remembered.
    """
    code = language_of(_locale(page), look.strings)
    words = {name: entry.forms for name, entry in look.strings[code].items()}
    return _digest([look.closures[template_of(page)], code, words])


def render_page(page: Page, look: Look) -> Outcome[str]:
    """The HTML of one page; a mistake in a template is a diagnostic (rule theme/template) with its line."""
    name = template_of(page)
    text = _words(look, _locale(page))
    try:
        template = _environment(look).get_template(name)
        place = _place(page, look, text)
        html = template.render({"page": page, "site": place.near.site, "text": text, PLACE: place})
    except (TemplateError, ArithmeticError, LookupError, TypeError, ValueError, RecursionError) as error:
        return Outcome(value=None, diagnostics=(_explain(error, name, look),))
    return Outcome(value=html)


def _locale(page: Page) -> str:
    return page.locale if isinstance(page, RedirectPage) else page.site.locale


def _place(page: Page, look: Look, text: Words) -> Place:
    """Where the page stands. Articles are many, and those in one folder share what they have in common."""
    site = None if isinstance(page, RedirectPage) else page.site
    folder = page.url[: page.url.rfind("/") + 1]
    if not isinstance(page, ArticlePage) or not folder:
        base_path = page.site.base_path if isinstance(page, NotFoundPage) else None
        return Place(page, folder, Neighbourhood(site, text), base_path)
    # What leads out of the folder is written the same for all its neighbours.
    near = _neighbourhood(look, folder[: folder.rfind("/", 0, -1) + 1], page.site.locale)
    if near.site != site or near.text is not text:
        near.begin(page.site, text)
    return Place(page, folder, near)


@lru_cache(maxsize=16)
def _neighbourhood(_look: Look, _folder: str, _locale: str) -> Neighbourhood:
    """What is known of the pages in one folder: a memo, filled while they are made one after the other."""
    return Neighbourhood()


@lru_cache(maxsize=32)
def _words(look: Look, locale: str) -> Words:
    code = language_of(locale, look.strings)
    return Words(code, look.strings[code])


@lru_cache(maxsize=4)
def _environment(look: Look) -> TemplateEnvironment:
    """Compiled templates of a look: a memo of a pure function, so that a worker compiles each template once."""
    return make_environment(look)


def explain_stop(page: Page, look: Look, clause: str, error: BaseException) -> Diagnostic:
    """That making a page was stopped, and where its template was then. `clause` says which limit it went beyond."""
    names = {template.path: name for name, template in look.templates.items()}
    template, line = look.templates[template_of(page)], 1
    for frame, number in traceback.walk_tb(error.__traceback__):
        name = names.get(frame.f_code.co_filename)
        if name is not None:
            # Jinja has put the lines of an Exception right; those of any other are of the compiled template.
            compiled = None if isinstance(error, Exception) else _environment(look).get_template(name)
            template, line = look.templates[name], compiled.get_corresponding_lineno(number) if compiled else number
    place = Location(path=template.path, line=line, column=1)
    message = f"making /{page.url} with this template {clause}"
    hint = "look for a loop that does not end, or raise the limit in helpgen.yaml"
    return problem(TOO_COSTLY, place, message, hint=hint, excerpt=_line_of(template, line))


def _explain(error: Exception, name: str, look: Look) -> Diagnostic:
    """Where in which template it happened, from the traceback that Jinja rewrites to template lines."""
    paths = {template.path: template for template in look.templates.values()}
    template, line = look.templates[name], 1
    for frame in traceback.extract_tb(error.__traceback__):
        if frame.filename in paths and frame.lineno:
            template, line = paths[frame.filename], frame.lineno
    if isinstance(error, TemplateNotFound):
        message, hint = f'there is no template "{error.name}"', ""
    else:
        parts = [str(part) for part in error.args] or [type(error).__name__]
        message, _, hint = "\n".join(parts).partition("\n")
    place = Location(path=template.path, line=line, column=1)
    return problem("theme/template", place, message, hint=hint, excerpt=_line_of(template, line))


def _line_of(template: Template, line: int) -> str:
    lines = template.source.split("\n")
    return lines[line - 1] if line <= len(lines) else ""


def _digest(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
