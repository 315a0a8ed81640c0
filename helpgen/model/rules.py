"""Every rule that a diagnostic can name: its usual severity and one line for the docs.

The site's `checks:` setting changes severities by these names. `docs/checks.md` lists them; a test fails when one is missing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A rule: `name` is what messages show in brackets."""

    name: str
    severity: Literal["error", "warning", "info"]
    doc: str

    @property
    def fixed(self) -> bool:
        """Whether the site's settings cannot change its severity: without what such a rule guards there is no site."""
        return self.name in _FIXED


_TABLE = (
    # reading files
    ("file/unreadable", "error", "A file of the content could not be read."),
    ("file/name", "error", "A file or folder name that cannot be published safely on every system."),
    ("file/symlink", "error", "A symbolic link that leads out of the site, or in a circle."),
    ("file/not-regular", "error", "Something that is not a regular file: a pipe, a socket, a device."),
    ("file/not-read", "warning", "A file that looks like an article and is none, for it does not end with .md."),
    ("file/encoding", "error", "A text file that is not UTF-8, or holds control characters."),
    ("file/too-large", "error", "A file larger than the limit set for its kind."),
    ("file/too-costly", "error", "An article that takes more time or memory to read than the limit."),
    ("file/empty", "error", "An article file with nothing in it."),
    ("file/no-text", "warning", "An article with a title and no text below it that readers would see."),
    ("file/misplaced", "error", "An article in a folder that helpgen does not read: an unknown locale, or too deep."),
    (
        "content/secret",
        "error",
        "A seed phrase or private key that is real by its checksum, or an access key of a well-known service.",
    ),
    (
        "content/placeholder",
        "warning",
        "A line that `helpgen new` wrote to tell the author what to write, in an article that is no draft.",
    ),
    (
        "file/hidden-character",
        "warning",
        "An invisible character in the text: a byte order mark inside the file, a zero-width or direction control character.",
    ),
    # YAML and typed fields
    ("yaml/syntax", "error", "YAML that cannot be read."),
    ("yaml/forbidden", "error", "A YAML anchor, alias, tag or merge key; helpgen's files need none."),
    ("yaml/duplicate-key", "error", "The same key twice in one mapping."),
    ("yaml/too-deep", "error", "YAML nested deeper than any setting of helpgen."),
    ("front-matter/missing", "error", "An article without front matter and without a title."),
    ("front-matter/unclosed", "error", "Front matter that is opened by --- and never closed."),
    ("front-matter/unknown-field", "error", "A field that helpgen does not know."),
    ("front-matter/value", "error", "A field with a value of the wrong type or form."),
    ("config/unknown-key", "error", "A setting that helpgen does not know."),
    ("config/value", "error", "A setting with a value of the wrong type or form."),
    ("config/missing", "error", "A setting that is needed and not there."),
    ("data/unknown-key", "error", "A key that helpgen does not know, in a file of content/_data or in _category.yaml."),
    ("data/value", "error", "A value of the wrong type or form, in a file of content/_data or in _category.yaml."),
    ("data/unknown-file", "warning", "A file in content/_data that helpgen does not read."),
    # Markdown
    ("markdown/html", "warning", "HTML in an article is shown as text, but for a short list of inline elements."),
    ("markdown/nesting", "error", "Lists, quotes or blocks nested deeper than the limit."),
    ("markdown/table-cells", "error", "A table with more cells than the limit."),
    (
        "markdown/table-row",
        "warning",
        "A table row with more cells than the table has columns; the last ones are not shown.",
    ),
    ("markdown/expansion", "error", "Reference links that would swell the page out of all proportion."),
    ("markdown/container", "error", "A block such as :::note that is unknown, empty or never closed."),
    ("markdown/heading-level", "warning", "A heading that skips a level, or a second H1."),
    ("markdown/duplicate-id", "error", "The same heading id given twice in one article."),
    ("markdown/undefined-reference", "warning", "A reference link or footnote without its definition."),
    ("markdown/duplicate-definition", "warning", "Two definitions of one reference link or footnote."),
    ("markdown/empty-link", "error", "A link without an address or without words."),
    (
        "markdown/full-width",
        "warning",
        "Full-width punctuation where Markdown wants the ASCII form: `：：：`, `＃＃`, or `（…）` round an address.",
    ),
    ("markdown/heading-space", "warning", "A line that begins with `##` and no space after it: it is shown as text."),
    ("markdown/link-space", "warning", "A link or image whose address holds a space: it is shown as it is written."),
    ("markdown/faq-questions", "error", "A FAQ article without a single H2 question, or a question without an answer."),
    # troubleshooters
    ("troubleshooter/steps", "error", "A troubleshooter without steps, or without a step that has choices."),
    ("troubleshooter/dead-end", "error", "A step that offers no choice and is no end: the reader is stuck there."),
    ("troubleshooter/loop", "error", "Choices that lead a reader in a circle."),
    ("troubleshooter/unreachable", "error", "A step that no choice leads to."),
    ("troubleshooter/no-person", "warning", "A troubleshooter in which no choice leads to a person."),
    # links and images
    ("link/broken", "error", "A link to a page or file that does not exist."),
    ("link/anchor", "error", "A link to a heading that does not exist."),
    ("link/outside", "error", "A link or image path that leads out of the content folder."),
    ("link/draft", "error", "A link to a draft, from an article that is published."),
    ("link/redirect", "warning", "A link to an old address that only redirects."),
    (
        "link/scheme",
        "warning",
        "A link with a scheme other than https, http, mailto or tel: it is shown as its words, without a link.",
    ),
    (
        "link/misleading",
        "warning",
        "A link that may mislead: another host in its text than in its address, credentials in the address, or no scheme.",
    ),
    (
        "link/absolute",
        "warning",
        "A link to this very site by its full address or by a path from the root, instead of a relative link to the .md file.",
    ),
    (
        "link/scenario",
        "error",
        "A link to a scenario of support that does not exist, or that no contact page can show.",
    ),
    (
        "link/example",
        "info",
        "A link, a channel or a footer link to example.com, as the site of `helpgen init` has them: it leads readers nowhere.",
    ),
    ("link/related", "error", "An entry of `related` that names no article."),
    ("image/missing", "error", "An image file that does not exist."),
    (
        "image/remote",
        "warning",
        "An image on another host: it is shown as a link, because pages load nothing from elsewhere.",
    ),
    ("image/alt", "warning", "An image without a text for those who cannot see it."),
    ("image/broken", "error", "An image file that is damaged or not what its name says."),
    ("image/unsafe", "error", "An SVG file with scripts or references to other files."),
    ("image/too-large", "error", "An image with more pixels or bytes than the limit."),
    # the site as a whole
    ("site/duplicate-address", "error", "Two files that would be published at the same address."),
    (
        "site/alias",
        "error",
        "An old address (`aliases`) that is not a path, or that two articles or a living page claim.",
    ),
    (
        "site/redirect",
        "error",
        "A line of `redirects.yaml` that leads to no page, or from an address that has a page or a redirect of its own.",
    ),
    (
        "site/lost-address",
        "warning",
        "An address of the site that was published before, and that neither a page nor a redirect answers now.",
    ),
    (
        "site/no-base-url",
        "info",
        "A site without `base_url`: it has no sitemap, and its pages have no canonical and hreflang links.",
    ),
    ("site/no-articles", "error", "A site without a single article."),
    (
        "site/category-missing",
        "warning",
        "A folder with articles but without _category.yaml: its title is made from the folder's name.",
    ),
    ("site/icon", "warning", "A category with an icon that the theme does not have: its usual one is shown."),
    (
        "site/unknown-key",
        "error",
        "`danger`, `contact`, a footer link or a channel that names an article which does not exist.",
    ),
    (
        "site/duplicate-title",
        "warning",
        "Two articles of one category with the same title: readers cannot tell them apart.",
    ),
    (
        "site/untranslated",
        "info",
        "An article that is missing in one of the site's languages; its source language is shown there.",
    ),
    # search
    (
        "search/canary",
        "error",
        "An article that a search for its own title or question does not find among the first three.",
    ),
    (
        "search/no-index",
        "warning",
        "A site without the json index (`search.backend`, `--search`): the search boxes of its pages find nothing.",
    ),
    # the way to a human
    (
        "support/unknown",
        "error",
        "A scenario, the danger page or a channel that names an article, channel, field or language which does not exist.",
    ),
    (
        "support/public-channel",
        "error",
        "A scenario or the danger page that leads to a public channel: account matters do not belong there.",
    ),
    (
        "support/untranslated",
        "warning",
        "A channel, field or scenario that lacks a text, or a scenario whose article is missing, in one of the languages.",
    ),
    (
        "support/canary",
        "error",
        "A scenario whose articles are not among the first three for what its readers type (`queries`).",
    ),
    # theme
    ("theme/missing", "error", "A theme that does not exist, or lacks a file it needs."),
    ("theme/setting", "error", "A theme setting that the theme does not declare, or of the wrong type."),
    ("theme/too-costly", "error", "A template that takes more time or memory to make a page than the limit."),
    ("theme/template", "error", "A mistake in a template: syntax, an unknown name, filter or file."),
    (
        "theme/offline",
        "error",
        "A script of the theme that cannot be joined into one, for a site that is opened from a disk.",
    ),
    ("theme/unsafe", "error", "A template that would switch escaping off, or writes inline script, style or handlers."),
    (
        "theme/layers",
        "warning",
        "A theme whose `css` names none of the layers of its parent: pages have none of the parent's styles.",
    ),
    ("theme/strings", "error", "A text of the theme that one of its languages lacks."),
)

_FIXED = frozenset(
    {
        "file/name",
        "file/not-regular",
        "file/symlink",
        "image/unsafe",
        "site/alias",
        "site/duplicate-address",
        "site/redirect",
        "theme/missing",
        "theme/template",
        "theme/too-costly",
    }
)

RULES: dict[str, Rule] = {name: Rule(name=name, severity=severity, doc=doc) for name, severity, doc in _TABLE}  # type: ignore[arg-type]
