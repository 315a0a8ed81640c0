"""Links and images: what they lead to decides how they are written.

1. An address of this site becomes a hole and a `Reference`; the site fills it when all files are known.
2. An address elsewhere is written as it is, marked `external`; one that misleads is named.
3. What is refused is shown as its words, and named with line and column.
4. Images from elsewhere are shown as links, because pages load nothing from other hosts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from html import escape
from typing import Literal
from urllib.parse import unquote

from markdown_it.token import Token

from helpgen.content.markdown.hosts import differs, is_number, looks_alike, shown_host, shows_other_contact
from helpgen.content.markdown.source import Report
from helpgen.content.markdown.targets import Target, TargetKind, read_target
from helpgen.content.markdown.writer import Writer
from helpgen.content.sanitise import keeps_address
from helpgen.model.article import Reference

Span = Callable[[int, int], tuple[int, int, int]]
Place = tuple[int, int, int]

_HTTPS = "write the whole address, with https://"
_REFUSED: dict[TargetKind, tuple[str, str, str]] = {
    "empty": (
        "markdown/empty-link",
        "this {what} is empty: it has no address",
        "write the address between the parentheses",
    ),
    "scheme": (
        "link/scheme",
        '"{scheme}:" in "{url}" is not allowed; an address begins with https:, http:, mailto: or tel:, or is a relative path',
        "",
    ),
    "drive": (
        "link/outside",
        '"{url}" is a path of one computer; readers cannot open it',
        "copy the file into content/ and write its path relative to this article",
    ),
    "entity": ("link/scheme", '"{url}" holds a broken character reference (&#…)', "write the character itself"),
    "control": ("link/scheme", 'the address "{url}" holds a control character', "retype the address"),
    "no-scheme": ("link/misleading", '"{url}" names another host without https://, so it is shown as text', _HTTPS),
    "contact": (
        "image/missing",
        '"{url}" is an address to write to or to call, and no image',
        "make it a link, without the !",
    ),
    "scenario": ("image/missing", '"{url}" is a way to support, and no image', "make it a link, without the !"),
    "no-host": (
        "link/misleading",
        'no browser can open "{url}": its host is not valid',
        "write it as `code` if it is a pattern",
    ),
    "no-number": ("link/scheme", '"{url}" is no telephone number', "write digits, with the country first: tel:+8610…"),
}
# A host that needs no second opinion: letters, digits and hyphens, the last part no number, nothing encoded.
_PLAIN_HOST = re.compile(r"(?!.*xn--)(?:[a-z0-9-]{1,63}\.)*[a-z][a-z0-9-]{0,62}")
# Of a letter's fields its writer sees the receivers, the subject and the text.
_HIDDEN_FIELD = re.compile(r"[?&;](?!(?:to|cc|subject|body)=)([A-Za-z-]+)=", re.IGNORECASE)
# Reference links repeat an address that is written once; so much they may add to any page, and more by limits.expansion.
_EXPANSION_FREE = 1_000_000


class LinkWriter:
    """Writes the links and images of one article, whose text has `size` characters and may grow `expansion`-fold."""

    def __init__(self, writer: Writer, report: Report, size: int, expansion: int) -> None:
        self._writer = writer
        self._report = report
        self._expansion = expansion
        self._budget = expansion * size + _EXPANSION_FREE
        self._in_link = False

    def write_link(self, tokens: list[Token], index: int, span: Span, write: Callable[[list[Token]], None]) -> int:
        """Write the link that opens at `index`; answers the index of its end."""
        end = next(i for i in range(index + 1, len(tokens)) if tokens[i].type == "link_close")
        token, inner = tokens[index], tokens[index + 1 : end]
        html = self._writer.html
        if not self._pays(token, span):
            write(inner)
            return end
        target = read_target(str(token.attrs["href"]))
        opening = self._opening(token, target, inner, span)
        html.append(opening)
        self._in_link = bool(opening)
        write(inner)
        self._in_link = False
        if opening and not _has_words(inner):
            self._say("markdown/empty-link", _place(token, span), "this link has no words to click on")
            html.append(escape(target.address))
            self._writer.line.append(target.address)
        html.append("</a>" if opening else "")
        return end

    def write_image(self, token: Token, span: Span) -> None:
        """Write an image within text."""
        alt = plain_text(token.children or ())
        self._writer.line.append(alt)
        if not self._pays(token, span):
            self._writer.html.append(escape(alt, quote=False))
            return
        target = read_target(str(token.attrs["src"]))
        if not self._is_shown(token, target, alt, span):
            return
        mark = self._refer("image", target, _place(token, span))
        self._writer.html.append(f"{_img(mark, alt)}{_title(token)}>")

    def write_figure(self, token: Token, span: Span) -> None:
        """Write an image that is alone in its paragraph: to be enlarged by a click, its title as caption.

        One that cannot be shown is written as a paragraph of words.
        """
        html, at = self._writer.html, len(self._writer.html)
        alt = plain_text(token.children or ())
        if not self._pays(token, span):
            html.append(f"<p>{escape(alt, quote=False)}</p>\n")
            return
        target = read_target(str(token.attrs["src"]))
        caption = str(token.attrs.get("title", ""))
        shown_caption = escape(caption, quote=False)
        self._writer.line.append(" ".join(filter(None, (alt, caption))))
        if self._is_shown(token, target, alt, span):
            mark = self._refer("image", target, _place(token, span))
            html.append(f'<figure class="figure"><a class="zoom" href="{mark}">{_img(mark, alt)}></a>')
            html.append(f"<figcaption>{shown_caption}</figcaption></figure>\n" if caption else "</figure>\n")
        else:
            html.insert(at, "<p>")
            html.append(f" {shown_caption}</p>\n" if caption else "</p>\n")

    def _is_shown(self, token: Token, target: Target, alt: str, span: Span) -> bool:
        """Is this an image of the site? If not, write what stands for it, and say why."""
        html, place = self._writer.html, _place(token, span)
        if not alt.strip():
            hint = "describe between the brackets what the picture shows"
            self._say("image/alt", place, "this image has no alt text for those who cannot see it", hint)
        if target.kind == "site":
            return True
        words = escape(alt or target.address, quote=False)
        if target.kind == "web":
            message = (
                f"the image is remote, on {target.host}: pages load nothing from other hosts, so it is shown as a link"
            )
            self._say("image/remote", place, message, "copy the file into content/")
            html.append(words if self._in_link else f"{_external(target)}{words}</a>")
            return False
        if target.kind != "top":
            self._refuse(target, "image", place)
        html.append(words)
        return False

    def _opening(self, token: Token, target: Target, inner: list[Token], span: Span) -> str:
        """The opening tag; "" if only the link's words are to be shown."""
        if target.kind in ("site", "scenario"):
            return f'<a href="{self._refer("link", target, _place(token, span))}"{_title(token)}>'
        if target.kind == "web" and not (_PLAIN_HOST.fullmatch(target.host) or keeps_address(target.address)):
            target = Target("no-host", target.address, scheme=target.scheme)
        if target.kind == "web":
            self._check_host(token, target, inner, span)
            return _external(target, _title(token))
        if target.kind in ("contact", "top"):
            self._check_contact(target, inner, _place(token, span))
            return f'<a href="{escape(target.address)}"{_title(token)}>'
        self._refuse(target, "link", _place(token, span))
        return ""

    def _check_host(self, token: Token, target: Target, inner: list[Token], span: Span) -> None:
        shown = shown_host(plain_text(inner)) if token.info != "auto" else ""
        own = read_target(self._report.source.base_url)
        if target.host and target.host == own.host and target.address.partition("/")[2]:
            self._say("link/absolute", _place(token, span), *_own_site(target, own))
            return
        if target.credentials:
            message = f"the address holds a user name or password; it leads to {target.host}, and they are left out"
        elif shown and differs(shown, target.host):
            message = f"the words show {shown}, but the link leads to {target.host}"
        elif looks_alike(target.host):
            message = f"the host {target.host} is written in letters that look like others"
        elif is_number(target.host):
            message = f"the host {target.host} is a number, which hides where the link leads"
        else:
            return
        self._say("link/misleading", _place(token, span), message, "write where the link really leads")

    def _check_contact(self, target: Target, inner: list[Token], place: Place) -> None:
        shown = shows_other_contact(plain_text(inner), target.scheme, unquote(target.address))
        fields = _HIDDEN_FIELD.search(target.address) if target.scheme == "mailto" else None
        if shown:
            message = f"the words show {shown}, but the link is to {target.address}"
        elif fields:
            message = f'the letter would have "{fields.group(1).lower()}", which its writer may not see'
        else:
            return
        self._say("link/misleading", place, message, "write where the link really leads")

    def _refer(self, kind: Literal["link", "image"], target: Target, place: Place) -> str:
        line, column, length = place
        source = self._report.source
        location = source.location(line, column, length)
        return self._writer.refer(
            Reference(kind=kind, target=target.address, location=location, excerpt=source.excerpt(line))
        )

    def _pays(self, token: Token, span: Span) -> bool:
        """May a reference link repeat its address and title once more? Judged before anything is made of them."""
        if not token.meta["by_label"]:
            return True
        already_over = self._budget < 0
        self._budget -= sum(len(str(value)) for value in token.attrs.values())
        if self._budget < 0 and not already_over:
            message = (
                f"the reference links of this article would make its page more than {self._expansion} times as large"
                " as its text, the limit limits.expansion"
            )
            hint = "shorten the address that the reference definition gives"
            self._say("markdown/expansion", _place(token, span), message, hint)
        return self._budget >= 0

    def _refuse(self, target: Target, what: str, place: Place) -> None:
        rule, message, hint = _REFUSED[target.kind]
        self._say(rule, place, message.format(url=target.address[:200], scheme=target.scheme, what=what), hint)

    def _say(self, rule: str, place: Place, message: str, hint: str = "") -> None:
        line, column, length = place
        self._report.add(rule, line, column, message, hint=hint, length=length)


def plain_text(tokens: Iterable[Token]) -> str:
    """The words of tokens without markup; images give their alt text."""
    parts: list[str] = []
    for token in tokens:
        if token.type == "image":
            parts.append(plain_text(token.children or ()))
        elif token.type in ("softbreak", "hardbreak"):
            parts.append(" ")
        elif token.nesting == 0:
            parts.append(token.content)
    return "".join(parts)


def _own_site(target: Target, own: Target) -> tuple[str, str]:
    """Message and hint for a link to this very site by its full address."""
    message = f"the link leads to this very site by its full address, {target.address[:200]}"
    if target.scheme != own.scheme:
        message += f", and by {target.scheme}: where the site has {own.scheme}:"
    return message, "write the path of its .md file, relative to this one"


def _has_words(tokens: list[Token]) -> bool:
    return any(token.type in ("image", "footnote_ref") or token.content.strip() for token in tokens)


def _img(mark: str, alt: str) -> str:
    return f'<img alt="{escape(alt)}" loading="lazy" decoding="async" src="{mark}"'


def _external(target: Target, title: str = "") -> str:
    return f'<a class="external" href="{escape(target.address)}" rel="noopener noreferrer"{title}>'


def _title(token: Token) -> str:
    title = str(token.attrs.get("title", ""))
    return f' title="{escape(title)}"' if title else ""


def _place(token: Token, span: Span) -> Place:
    return span(token.meta["at"], token.meta["end"])
