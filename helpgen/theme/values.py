"""What a theme is, from its files to what one page needs of it. Everything here is data and may be sent to a process."""

from __future__ import annotations

from dataclasses import dataclass, field

from helpgen.content.schema import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """A template's text. `path` is where its author finds it: what messages name."""

    path: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A text of the theme: `forms` by plural category ("other" always; "one" where a language has it)."""

    forms: dict[str, str]

    @property
    def text(self) -> str:
        return self.forms["other"]


Strings = dict[str, Entry]


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """A theme with its parents folded in, checked: what `load_theme` makes.

    `chain` names the theme and its parents, nearest first. `templates` are by name below `templates/`
    ("pages/article.html"), `assets` by name below `assets/` ("css/base.css"), `strings` by locale code. `layers` are
    the names of the CSS files in the order in which they apply. `references` holds, for each template, the templates that
    it names, with the line; `programs` its text as Python; `fragments`, for each partial that can be remembered, what it
    reads (`gather_reads`). `settings` is the table that `helpgen.content.config.parse_theme_settings` reads the site's
    settings by.
    """

    chain: tuple[str, ...]
    settings: Record
    templates: dict[str, Template]
    strings: dict[str, Strings]
    assets: dict[str, bytes]
    layers: tuple[str, ...]
    references: dict[str, dict[str, int]]
    programs: dict[str, str]
    fragments: dict[str, tuple[str, ...]]

    @property
    def name(self) -> str:
        return self.chain[0]

    @property
    def icons(self) -> frozenset[str]:
        """The names of its icons."""
        names = (name.removeprefix("icons/") for name in self.assets if name.startswith("icons/"))
        return frozenset(name.removesuffix(".svg") for name in names if name.endswith(".svg"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Assets:
    """The shared files of a site by path below its root, and their addresses by the names that templates use."""

    files: dict[str, bytes] = field(default_factory=dict)
    table: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Look:
    """Exactly what rendering needs of a theme; equal looks render equal pages.

    `closures` holds, for each page template, the digest of everything that it may use besides its view: its own text,
    the templates it includes or extends, and the icons. `digest` is that of the whole look. `programs` and `fragments` are
    those of the theme. With `offline`, links name their files.
    """

    templates: dict[str, Template]
    strings: dict[str, Strings]
    icons: dict[str, str]
    table: dict[str, str]
    closures: dict[str, str]
    digest: str
    programs: dict[str, str] = field(default_factory=dict)
    fragments: dict[str, tuple[str, ...]] = field(default_factory=dict)
    offline: bool = False

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Look) and other.digest == self.digest

    def __hash__(self) -> int:
        return hash(self.digest)
