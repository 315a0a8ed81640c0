"""References as written in an article -> addresses, or a diagnostic that says what is wrong with them.

1. Cut the target into path and #fragment; the path is relative to the article's file, as on GitHub.
2. Find what it names: an article, a category's folder, an image or attachment.
3. In a page that shows a text of another language (because its translation is missing), links lead on in the page's
   own language where they can.
4. `scenario:login` is the contact page, opened at that scenario of support.
5. Check the fragment against the headings of the article that it names.
"""

from __future__ import annotations

import posixpath
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote

from helpgen.content.sanitise import fill
from helpgen.model.article import Article, Reference
from helpgen.model.diagnostic import Diagnostic, problem
from helpgen.model.html import Html
from helpgen.model.media import Image
from helpgen.model.suggest import did_you_mean
from helpgen.site.urls import encode, output_path, relative_url

SCENARIO = "scenario:"


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkMap:
    """All that a reference can name.

    `articles` by file path; `drafts` are paths of articles that are not published, `unreadable`
    those of files in which something else is wrong (which is said there); `urls` is the address of an article
    by (page locale, translation key); `folders` the address of a category by (page locale, folder path in the source);
    `media` by file path; `pages` maps a published address to the article's file (or "" for other pages);
    `redirects` maps an old address to the file that it leads to; `anchors` maps, by file path, every fragment that
    may name a heading of an article to that heading's id. For hints: `named` has the paths of articles by file name,
    `beside` the file names of articles and media by folder.
    `contact` is the address of the contact page by locale ("" = none) and `scenarios` are the ids that it knows.
    """

    base_url: str
    articles: Mapping[str, Article]
    drafts: frozenset[str]
    unreadable: frozenset[str]
    urls: Mapping[tuple[str, str], str]
    folders: Mapping[tuple[str, str], str]
    media: Mapping[str, Image]
    pages: Mapping[str, str]
    redirects: Mapping[str, str]
    anchors: Mapping[str, Mapping[str, str]]
    named: Mapping[str, tuple[str, ...]]
    beside: Mapping[str, tuple[str, ...]]
    contact: Mapping[str, str]
    scenarios: frozenset[str]
    offline: bool = False

    def link(self, page_url: str, url: str) -> str:
        """The link from a page to an address; from a disk it must name the file, since no host does."""
        return relative_url(page_url, output_path(url) if self.offline else url)


def resolve_body(article: Article, page_url: str, locale: str, links: LinkMap) -> tuple[Html, tuple[Diagnostic, ...]]:
    """The body with every hole filled, as the page at `page_url` of language `locale` shows it."""
    values: list[str] = []
    diagnostics: list[Diagnostic] = []
    for reference in article.body.references:
        if reference.kind == "image":
            value, found = _image(reference, article, page_url, links)
        else:
            value, found = _link(reference, article, page_url, locale, links)
        values.append(value)
        diagnostics.extend(found)
    return fill(article.body, values), tuple(diagnostics)


def _say(rule: str, reference: Reference, message: str, hint: str = "") -> Diagnostic:
    return problem(rule, reference.location, message, hint=hint, excerpt=reference.excerpt)


def _image(reference: Reference, article: Article, page_url: str, links: LinkMap) -> tuple[str, tuple[Diagnostic, ...]]:
    path, problems = _source_path(reference, article, links)
    if path is None:
        return "", problems
    image = links.media.get(path)
    if image is None and path in links.unreadable:
        return "", ()
    if image is None:
        folder, name = posixpath.split(path)
        hint = _near(name, tuple(other for other in links.beside.get(folder, ()) if not other.endswith(".md")))
        return "", (_say("image/missing", reference, f'the image "{reference.target}" does not exist', hint),)
    src = links.link(page_url, image.output)
    size = f' width="{image.width}" height="{image.height}"' if image.width and image.height else ""
    return f' src="{src}"{size}', ()


def _source_path(reference: Reference, article: Article, links: LinkMap) -> tuple[str | None, tuple[Diagnostic, ...]]:
    """The path of the file that a relative target names, from the site's root; None if it leads out of content/."""
    target = unicodedata.normalize("NFC", reference.target.partition("#")[0].partition("?")[0])
    if target.startswith("/") and target.endswith(".md"):
        return _from_a_root(target, article, links), ()
    if target.startswith("/"):
        message = f'"{reference.target}" starts with /, so it names no file of the content'
        found = _say(
            "link/broken", reference, message, "write the path relative to this file, for example ../img/a.png"
        )
        return None, (found,)
    path = posixpath.normpath(posixpath.join(posixpath.dirname(article.path), target))
    if not path.startswith("content/") and path != "content":
        message = f'"{reference.target}" leads out of the content folder'
        return None, (_say("link/outside", reference, message, "copy the file into content/"),)
    return path, ()


def _from_a_root(target: str, article: Article, links: LinkMap) -> str:
    """`/deposits/fees.md`: from the root of the site (as on GitHub), of the content, or of the article's language."""
    tries = [target[1:], f"content{target}", f"content/{article.locale}{target}"]
    return next((path for path in tries if path in links.articles or path in links.drafts), tries[-1])


def _link(
    reference: Reference, article: Article, page_url: str, locale: str, links: LinkMap
) -> tuple[str, tuple[Diagnostic, ...]]:
    if reference.target.startswith(SCENARIO):
        return _to_scenario(reference, page_url, locale, links)
    path_part, _, fragment = reference.target.partition("#")
    if not path_part:
        return _anchored("", article, fragment, reference, links)
    if path_part.startswith("/") and not path_part.endswith(".md"):
        return _from_root(article, reference, path_part, fragment, page_url, locale, links)
    path, problems = _source_path(reference, article, links)
    if path is None:
        return "#", problems
    target = links.articles.get(path)
    if target is not None:
        return _to_article(article, target, fragment, reference, page_url, locale, links)
    if path in links.unreadable:
        return "#", ()
    if path in links.drafts:
        message = f'"{reference.target}" is a draft and will not be published'
        return "#", (_say("link/draft", reference, message, "publish it, or take the link out"),)
    folder = links.folders.get((locale, path)) or links.folders.get((article.locale, path))
    if folder is not None:
        return links.link(page_url, folder) + (f"#{quote(fragment)}" if fragment else ""), ()
    media = links.media.get(path)
    if media is not None:
        return links.link(page_url, media.output), ()
    return "#", (_broken(reference, path, links),)


def _to_scenario(
    reference: Reference, page_url: str, locale: str, links: LinkMap
) -> tuple[str, tuple[Diagnostic, ...]]:
    name = reference.target.removeprefix(SCENARIO)
    if name not in links.scenarios:
        message = f'there is no scenario "{name}" in content/_data/scenarios.yaml'
        return "#", (_say("link/scenario", reference, message, did_you_mean(name, links.scenarios)),)
    contact = links.contact.get(locale, "")
    if not contact:
        message = f'the scenario "{name}" needs a contact page, and the site has no channels'
        hint = "name the ways to reach you in content/_data/channels.yaml"
        return "#", (_say("link/scenario", reference, message, hint),)
    return f"{links.link(page_url, contact)}?scenario={quote(name)}", ()


def _broken(reference: Reference, path: str, links: LinkMap) -> Diagnostic:
    hint = ""
    if f"{path}.md" in links.articles:
        hint = f'write "{reference.target.partition("#")[0]}.md"'
    else:
        folder, name = posixpath.split(path)
        elsewhere = links.named.get(name)
        if elsewhere:
            hint = f"a file of this name is {elsewhere[0]}"
        else:
            stems = tuple(other[:-3] for other in links.beside.get(folder, ()) if other.endswith(".md"))
            hint = _near(name.removesuffix(".md"), stems).replace('"?', '.md"?')
    return _say("link/broken", reference, f'"{reference.target}" does not exist', hint)


@lru_cache(maxsize=4096)
def _near(name: str, names: tuple[str, ...]) -> str:
    """A memo of a pure function: a page that went away is linked from many places."""
    return did_you_mean(name, names, listing=False)


def _to_article(
    article: Article, target: Article, fragment: str, reference: Reference, page_url: str, locale: str, links: LinkMap
) -> tuple[str, tuple[Diagnostic, ...]]:
    # A link that names its own language's file means "this article, in my reader's language".
    key = target.translation_key
    url = links.urls.get((locale, key)) if article.locale == target.locale else None
    url = url or links.urls.get((target.locale, key))
    if url is None:
        return "#", (_say("link/broken", reference, f'"{reference.target}" is not published'),)
    return _anchored(links.link(page_url, url), target, fragment, reference, links)


def _anchored(
    href: str, target: Article, fragment: str, reference: Reference, links: LinkMap
) -> tuple[str, tuple[Diagnostic, ...]]:
    if not fragment:
        return href or "#", ()
    table = links.anchors[target.path]
    wanted = unicodedata.normalize("NFC", fragment)
    anchor = table.get(wanted) or table.get(wanted.lower())
    if anchor is None:
        known = [heading.anchor.removeprefix("h-") for heading in target.body.headings]
        hint = did_you_mean(fragment, known, listing=False)
        message = f'"{target.front.title}" has no heading "#{fragment}"'
        return href or "#", (_say("link/anchor", reference, message, hint),)
    return f"{href}#{quote(anchor)}", ()


def _from_root(
    article: Article, reference: Reference, path: str, fragment: str, page_url: str, locale: str, links: LinkMap
) -> tuple[str, tuple[Diagnostic, ...]]:
    url = path.lstrip("/")
    slashed = url if not url or url.endswith(("/", ".html")) else url + "/"
    if slashed in links.pages or url == "":
        source = links.pages.get(slashed, "")
        hint = "write the path of its .md file, relative to this one" if source else ""
        message = f'"{reference.target}" is a path from the root; it breaks when the site moves into a folder'
        found = (_say("link/absolute", reference, message, hint),)
        target = links.articles.get(source)
        if target is not None and fragment:
            href, more = _anchored(links.link(page_url, slashed), target, fragment, reference, links)
            return href, found + more
        return links.link(page_url, slashed), found
    if slashed in links.redirects:
        target_path = links.redirects[slashed]
        target = links.articles[target_path]
        message = f'"{reference.target}" is an old address of {target_path}'
        hint = f"link to {posixpath.relpath(target_path, posixpath.dirname(reference.location.path))}"
        href, more = _to_article(article, target, fragment, reference, page_url, locale, links)
        return href, (_say("link/redirect", reference, message, hint), *more)
    message = f'"{reference.target}" is a path from the root, and no page of this site is there'
    hint = "write the full address if it is another part of your web site"
    return encode(path) + (f"#{quote(fragment)}" if fragment else ""), (
        _say("link/absolute", reference, message, hint),
    )
