"""Old addresses -> redirects to living pages: the aliases of articles, then the lines of `_data/redirects.yaml`.

1. An alias leads to its article. One in the folder of the article's language holds for the other languages too that show the
   article because it is not translated: they had a page at that address as well.
2. A line leads to any page that is there. Without a language in both of its addresses it holds for every language.
3. A line of a whole folder leads from below the old one to every page below the new one, where nothing else is.

A redirect never leads to another one: what it leads to is a page.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from helpgen.content.addresses import page_address
from helpgen.model.article import Article
from helpgen.model.diagnostic import Diagnostic, problem
from helpgen.model.site import Move, Redirect
from helpgen.model.suggest import did_you_mean
from helpgen.site.claims import ALIAS, Claims

RULE: Final = "site/redirect"


@dataclass(frozen=True, slots=True, kw_only=True)
class Living:
    """The page at an address: its title and language, and the file of an article ("" for another page)."""

    title: str
    locale: str
    path: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Where pages are: the address of each article by (language of the page, file), and the other pages by address.

    `locales` are the codes that addresses begin with; none where they begin with no code.
    """

    articles: Mapping[tuple[str, str], str]
    others: Mapping[str, Living]
    locales: tuple[str, ...]


@dataclass(slots=True, kw_only=True)
class Redirects:
    """What came of all old addresses; `files` are the articles behind them, `gone` the ones that were given up."""

    redirects: list[Redirect] = field(default_factory=list)
    files: dict[str, str] = field(default_factory=dict)
    gone: list[Move] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)

    def lead(self, source: str, target: str, page: Living) -> None:
        self.redirects.append(Redirect(source=source, target=target, title=page.title, locale=page.locale))
        if page.path:
            self.files[source] = page.path


def plan_redirects(published: Sequence[Article], moves: Sequence[Move], places: Places, claims: Claims) -> Redirects:
    """All redirects. What one address claims that is taken, `claims` tells."""
    made = Redirects()
    aliased = [article for article in published if article.front.aliases]
    for article in aliased:
        _lead_aliases(article, places, claims, made)
    if moves:
        _lead_moves(published, moves, places, claims, made)
    for article in aliased:
        _lead_untranslated(article, places, claims, made)
    return made


def _lead_aliases(article: Article, places: Places, claims: Claims, made: Redirects) -> None:
    target = places.articles.get((article.locale, article.path))
    if target is None:
        return
    page = Living(title=article.front.title, locale=article.locale, path=article.path)
    for alias, at in zip(article.front.aliases, article.alias_locations, strict=True):
        source = page_address(alias)
        if claims.claim(source, f"{ALIAS}{article.path}", at, "site/alias"):
            made.lead(source, target, page)


def _lead_untranslated(article: Article, places: Places, claims: Claims, made: Redirects) -> None:
    home = f"{article.locale}/"
    for code in places.locales:
        target = places.articles.get((code, article.path))
        if code == article.locale or target is None:
            continue
        page = Living(title=article.front.title, locale=code, path=article.path)
        for alias, at in zip(article.front.aliases, article.alias_locations, strict=True):
            source = f"{code}/{page_address(alias).removeprefix(home)}"
            if page_address(alias).startswith(home) and claims.is_free(source):
                claims.claim(source, f"{ALIAS}{article.path}", at)
                made.lead(source, target, page)


def _lead_moves(
    published: Sequence[Article], moves: Sequence[Move], places: Places, claims: Claims, made: Redirects
) -> None:
    titles = {article.path: article.front.title for article in published}
    living = {
        url: Living(title=titles[path], locale=locale, path=path) for (locale, path), url in places.articles.items()
    } | dict(places.others)
    # The exact lines first: a whole folder moves where nothing else was said.
    for move in sorted(moves, key=lambda move: move.below):
        if move.new is not None and not _lead_move(move, move.new, living, places, claims, made):
            made.diagnostics.append(_no_page(move, move.new, moves, living))
    made.gone.extend(move for move in moves if move.new is None)
    for move in made.gone:
        still = next((url for url in _in_all(move.old, places.locales) if not claims.is_free(url)), None)
        if still is not None and not move.below:
            message = f'the address "/{still}" is not gone: a page or a redirect is there'
            made.diagnostics.append(problem(RULE, move.at, message, hint="take this line out"))


def _lead_move(
    move: Move, new: str, living: Mapping[str, Living], places: Places, claims: Claims, made: Redirects
) -> bool:
    """Whether there is a page at the new address, or below it."""
    found = False
    owner = f"line {move.at.line} of {move.at.path}"
    for before, after in _spelled_out(move.old, new, places.locales):
        targets = [url for url in living if url.startswith(after)] if move.below else {after} & living.keys()
        for target in targets:
            found = True
            source = before + target.removeprefix(after) if move.below else before
            if move.below and not claims.is_free(source):
                continue
            if claims.claim(source, owner, move.at, RULE):
                made.lead(source, target, living[target])
    return found


def _spelled_out(old: str, new: str, locales: Sequence[str]) -> list[tuple[str, str]]:
    """Both addresses in each language, if neither of them names one."""
    if not locales or {_first(old), _first(new)} & set(locales):
        return [(old, new)]
    return [(f"{code}/{old}", f"{code}/{new}") for code in locales]


def _in_all(address: str, locales: Sequence[str]) -> list[str]:
    return [address, *(f"{code}/{address}" for code in locales)]


def _first(address: str) -> str:
    return address.partition("/")[0]


def _no_page(move: Move, new: str, moves: Sequence[Move], living: Mapping[str, Living]) -> Diagnostic:
    ending = "*" if move.below else ""
    message = f'no page is {"below" if move.below else "at"} "/{new}"'
    further = next((other for other in moves if other.old == new and other.below == move.below), None)
    if further is None:
        folders = {url for url in living if url.endswith("/")} if move.below else set(living)
        hint = did_you_mean(f"/{new}", [f"/{url}" for url in folders], listing=False)
    elif further.new is None:
        hint = "it was given up itself: write gone"
    else:
        hint = f"it has moved on itself: write /{further.new}{ending}"
    return problem(RULE, move.at, message, hint=hint)


def is_gone(address: str, gone: Sequence[Move], locales: Sequence[str]) -> bool:
    """Whether an address was given up, by itself or with its folder."""
    return any(
        address == old or (move.below and address.startswith(old))
        for move in gone
        for old in _in_all(move.old, locales)
    )
