"""What `helpgen.yaml` says, typed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, Literal

Backend = Literal["json", "whoosh"]
# What a setting or an option calls the indexes of a site.
BACKENDS: Final[dict[str, tuple[Backend, ...]]] = {"json": ("json",), "whoosh": ("whoosh",), "both": ("json", "whoosh")}
Scalar = str | int | float | bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Locale:
    """A language of the site: its BCP 47 code, its own name for itself, and its writing direction."""

    code: str
    name: str
    direction: Literal["ltr", "rtl"] = "ltr"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Bounds on one input; a file beyond one is an error that names the bound, never cut in silence."""

    article_bytes: int = 6_000_000
    article_seconds: int = 60
    article_megabytes: int = 2_000
    page_seconds: int = 5
    page_megabytes: int = 500
    front_matter_bytes: int = 65_536
    nesting: int = 40
    expansion: int = 20
    table_cells: int = 20_000
    image_bytes: int = 10_000_000
    image_pixels: int = 50_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class FooterLink:
    """A link in the footer; `label` by locale code ("" = every locale)."""

    label: dict[str, str]
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Chat:
    """The live chat of another firm: `provider` is a name of `helpgen.content.chat.PROVIDERS`, `channel` the id of the channel
    of channels.yaml that it is. `id` is the vendor's for this site, `address` its server or, for "url", the page that is
    opened; `field` is where Zendesk keeps what was said; `hosts` are further hosts that the widget loads from.
    """

    provider: str
    channel: str
    id: str = ""
    address: str = ""
    field: str = ""
    hosts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteConfig:
    """The settings of a site. Texts that may differ by language map a locale code to the text ("" = every one).

    `base_url` is "" or ends with a slash. `locales` is never empty; the first is the default. `danger` is the
    translation key (`category/slug`) of the article behind the red link of the header ("" = none), `contact` those of
    the articles that the contact page puts before the channels. `offline` is for a site that is opened from a disk; the command
    line says so, never the file.
    """

    title: dict[str, str]
    base_url: str = ""
    locales: tuple[Locale, ...]
    tagline: dict[str, str] = field(default_factory=dict)
    theme: str = "lighthouse"
    theme_settings: dict[str, object] = field(default_factory=dict)
    backends: tuple[Backend, ...] = ("json",)
    footer: tuple[FooterLink, ...] = ()
    popular_searches: dict[str, tuple[str, ...]] = field(default_factory=dict)
    danger: str = ""
    contact: tuple[str, ...] = ()
    chat: Chat | None = None
    checks: dict[str, str] = field(default_factory=dict)
    limits: Limits = field(default_factory=Limits)
    offline: bool = False

    @property
    def default_locale(self) -> str:
        return self.locales[0].code

    def localised(self, texts: dict[str, str], locale: str) -> str:
        """The text for a locale, else the one for every locale, else the default locale's, else ""."""
        return texts.get(locale) or texts.get("") or texts.get(self.default_locale) or ""
