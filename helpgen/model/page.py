"""What each template may see: one class per template, and a template sees nothing else.

A page's view is its dependency record: a page is rendered again exactly when something that it shows has changed.
So a view holds what is shown, never the whole site. Every `url` here is relative to the site's root without a leading
slash ("zh/deposits/not-arrived/", "" for the root); templates turn it into a link with the filter `url`. An `url`
that contains a scheme (https:, mailto:, tel:) is used as it is.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from helpgen.model.html import Html


@dataclass(frozen=True, slots=True, kw_only=True)
class NavLink:
    """A named link. `current` marks the page itself (or the branch that it is in); `locale` is set where the target's language differs."""

    title: str
    url: str
    current: bool = False
    locale: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteView:
    """What every page of one language shows.

    `categories` are the first ones only where the site has many; then `more_categories` is true, and the home page has all.
    `index_url` is the folder of the search index of all locales; `settings` are the theme's own settings, typed as its
    `theme.yaml` declares them. `base_path` ("/", "/help/") is for pages that are served at any depth (404). `support_url` is
    the file of scenarios and channels that scripts read, `case_url` the page of what was sent, `verify_url` the one
    that tells what is ours ("" = there is none).
    `offline` is for a site that is opened from a disk: no modules, and links that name their file.
    """

    title: str
    tagline: str
    locale: str
    direction: str
    home_url: str
    search_url: str
    contact_url: str
    index_url: str
    base_path: str = "/"
    danger: NavLink | None = None
    categories: tuple[NavLink, ...] = ()
    more_categories: bool = False
    footer: tuple[NavLink, ...] = ()
    popular_searches: tuple[str, ...] = ()
    settings: dict[str, object] = field(default_factory=dict)
    offline: bool = False
    support_url: str = ""
    case_url: str = ""
    verify_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """An entry of the language switch: the same page in another language (or that language's home)."""

    code: str
    name: str
    url: str
    current: bool = False
    translated: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternate:
    """An hreflang link: `url` absolute, or relative to the site's root if the site has no base_url."""

    hreflang: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What goes into `<head>`. `canonical` is "" without a base_url; `json_ld` are finished objects to be written with tojson."""

    title: str
    description: str = ""
    canonical: str = ""
    robots: str = ""
    alternates: tuple[Alternate, ...] = ()
    json_ld: tuple[dict[str, object], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleCard:
    """An article in a list. `locale` is set only where its language is not the page's; `count` etc. never appear here."""

    title: str
    summary: str
    url: str
    category: str = ""
    locale: str = ""
    kind: str = "article"


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryCard:
    """A category in a grid: `count` articles in it and its sections."""

    title: str
    description: str
    icon: str
    url: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelCard:
    """A way to reach a human, in the page's language. `private` false = never for account matters."""

    id: str
    kind: str
    name: str
    url: str
    address: str
    description: str = ""
    hours: str = ""
    reply_time: str = ""
    good_for: str = ""
    never_for: str = ""
    public: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldView:
    """Something that support will ask for, as the list of what to have at hand shows it."""

    label: str
    help: str
    required: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ScenarioView:
    """A kind of trouble on the contact page, whole without scripts. `subject` is that of a message without any values."""

    id: str
    name: str
    summary: str
    urgency: str
    articles: tuple[ArticleCard, ...]
    fields: tuple[FieldView, ...]
    never_send: str
    subject: str
    channels: tuple[ChannelCard, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentsEntry:
    """A line of an article's table of contents."""

    title: str
    anchor: str
    level: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NavGroup:
    """The articles of one category or section, for the side navigation. `title` "" = the category itself.

    `links` is empty where only the section is named, because the category has too many articles to list.
    """

    title: str
    url: str
    links: tuple[NavLink, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionView:
    """A section of a category page."""

    title: str
    description: str
    url: str
    articles: tuple[ArticleCard, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PageBase:
    """What all pages share."""

    url: str
    site: SiteView
    head: Head
    languages: tuple[Language, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class HomePage(PageBase):
    """`templates/pages/home.html`. `pages` are articles outside every category."""

    categories: tuple[CategoryCard, ...]
    featured: tuple[ArticleCard, ...]
    channels: tuple[ChannelCard, ...]
    pages: tuple[ArticleCard, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryPage(PageBase):
    """`templates/pages/category.html`: a category, or a section of one (then `breadcrumbs` names its parent)."""

    title: str
    description: str
    icon: str
    breadcrumbs: tuple[NavLink, ...]
    articles: tuple[ArticleCard, ...]
    sections: tuple[SectionView, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticlePage(PageBase):
    """`templates/pages/article.html`; for `kind` "faq" or "troubleshooter", the template of that name.

    `body_locale` is the language of the text: other than `site.locale` where a translation is missing; the page then
    shows a one-line notice.
    `platforms` is what the article is for, empty for everything.
    `updated` and `reviewed` are ISO dates or "".
    """

    key: str
    kind: str
    title: str
    summary: str
    body: Html
    body_locale: str
    body_direction: str
    breadcrumbs: tuple[NavLink, ...]
    contents: tuple[ContentsEntry, ...]
    navigation: tuple[NavGroup, ...]
    related: tuple[ArticleCard, ...]
    channels: tuple[ChannelCard, ...]
    platforms: tuple[str, ...] = ()
    updated: str = ""
    reviewed: str = ""
    previous: NavLink | None = None
    next: NavLink | None = None
    category: NavLink | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactPage(PageBase):
    """`templates/pages/contact.html`: the scenarios, then every way to reach a human, private channels first.

    `connect` are the origins to which its scripts may send a message.
    """

    title: str
    channels: tuple[ChannelCard, ...]
    prepare: tuple[ArticleCard, ...] = ()
    scenarios: tuple[ScenarioView, ...] = ()
    never_ask: tuple[str, ...] = ()
    connect: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DangerPage(PageBase):
    """`templates/pages/danger.html`: money or an account is at risk. `scenario` is that of the message afterwards ("" = none)."""

    freeze: tuple[str, ...]
    next: tuple[str, ...]
    channels: tuple[ChannelCard, ...]
    never_ask: tuple[str, ...] = ()
    scenario: str = ""
    article: NavLink | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CasePage(PageBase):
    """`templates/pages/case.html`: what the reader has sent, kept on the device and shown by a script."""

    never_ask: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatPage(PageBase):
    """`templates/pages/chat.html`: another firm's live chat, which nothing loads before the reader agrees.

    `policy` is this page's own content security policy, `hosts` what the reader is told of; `chat` is what the script needs:
    provider, id, address, field, channel.
    """

    channel: ChannelCard
    article: NavLink | None
    provider: str
    policy: str
    hosts: tuple[str, ...]
    chat: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficialRow:
    """Something by which readers recognise us: `platform_name` for people ("App Store"), `platform` for programs.

    `forms` are the digits of a phone number in every way of writing it.
    """

    kind: str
    value: str
    platform: str
    platform_name: str = ""
    url: str = ""
    forms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifyPage(PageBase):
    """`templates/pages/verify.html`: the list of what is ours, and a box that compares a link or account with it.

    `names` are what we are called; `official` is what the script reads, `rows` the same for people, in groups by kind.
    """

    names: tuple[str, ...]
    rows: tuple[OfficialRow, ...]
    official: dict[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchPage(PageBase):
    """`templates/pages/search.html`: results for `?q=`; without JavaScript, all topics, the articles outside them, the ways to a human."""

    categories: tuple[CategoryCard, ...]
    channels: tuple[ChannelCard, ...]
    pages: tuple[ArticleCard, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NotFoundPage(PageBase):
    """`templates/pages/not-found.html`: served at any depth, so its links start with `site.base_path`."""

    categories: tuple[CategoryCard, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RedirectPage:
    """`templates/pages/redirect.html`: an old address that leads to the new one, also without JavaScript."""

    url: str
    target: str
    title: str
    locale: str
    canonical: str = ""


Page = (
    HomePage
    | CategoryPage
    | ArticlePage
    | ContactPage
    | DangerPage
    | CasePage
    | ChatPage
    | VerifyPage
    | SearchPage
    | NotFoundPage
    | RedirectPage
)
