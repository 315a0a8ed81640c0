"""Values for the tests of the theme: the real theme from its folder, small ones made of texts, and one page of each kind."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from hashlib import sha256
from pathlib import Path

from helpgen.model.html import Html
from helpgen.model.page import (
    ArticleCard,
    ArticlePage,
    CasePage,
    CategoryCard,
    CategoryPage,
    ChannelCard,
    ChatPage,
    ContactPage,
    ContentsEntry,
    DangerPage,
    FieldView,
    Head,
    HomePage,
    Language,
    NavGroup,
    NavLink,
    NotFoundPage,
    OfficialRow,
    Page,
    RedirectPage,
    ScenarioView,
    SearchPage,
    SectionView,
    SiteView,
    VerifyPage,
)
from helpgen.model.source import SourceFile
from helpgen.theme.assets import build_assets
from helpgen.theme.load import Folders, load_theme
from helpgen.theme.render import look_of
from helpgen.theme.values import Look, Theme

ROOT = Path(__file__).resolve().parents[2]
LIGHTHOUSE = "themes/lighthouse"


def source(path: str, text: str | bytes) -> SourceFile:
    data = text if isinstance(text, bytes) else text.encode()
    return SourceFile(path=path, data=data, digest=sha256(data).hexdigest())


def lighthouse_files() -> tuple[SourceFile, ...]:
    folder = ROOT / LIGHTHOUSE
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return tuple(source(path.relative_to(ROOT).as_posix(), path.read_bytes()) for path in files)


def child(**files: str) -> Folders:
    """lighthouse and a theme "harbour" that changes some of its files, named by path: `child(**{"css/a.css": "…"})`."""
    own = {"theme.yaml": "name: harbour\nparent: lighthouse\n", **files}
    return {
        LIGHTHOUSE: lighthouse_files(),
        "themes/harbour": tuple(source(f"themes/harbour/{path}", text) for path, text in own.items()),
    }


def load(folders: Folders | None = None, name: str = "lighthouse") -> Theme:
    outcome = load_theme(folders or {LIGHTHOUSE: lighthouse_files()}, name)
    assert outcome.value is not None, outcome.diagnostics
    return outcome.value


@cache
def lighthouse() -> Theme:
    """The theme as it is; loaded once, as it is a frozen value."""
    return load()


def settings_of(theme: Theme) -> dict[str, object]:
    return {field.name: field.default for field in theme.settings.fields}


def look(theme: Theme | None = None) -> Look:
    theme = theme or lighthouse()
    assets = build_assets(theme, settings_of(theme), {"search/engine.js": b"export {};\n"})
    assert assets.value is not None
    return look_of(theme, assets.value)


def site_view(locale: str = "zh", **changes: object) -> SiteView:
    view = SiteView(
        title="礁灯帮助中心",
        tagline="",
        locale=locale,
        direction="ltr",
        home_url=f"{locale}/",
        search_url=f"{locale}/search/",
        contact_url=f"{locale}/contact-us/",
        index_url="search/",
        base_path="/help/",
        danger=NavLink(title="账户有风险", url=f"{locale}/security/account-at-risk/"),
        categories=(NavLink(title="充币与提币", url=f"{locale}/deposits/"),),
        footer=(NavLink(title="官网", url="https://www.skerry.example"),),
        popular_searches=("提币没到账", "a&b <c>"),
        settings=settings_of(lighthouse()),
    )
    return replace(view, **changes)  # type: ignore[arg-type]


HEAD = Head(
    title="标题 <b>",
    description='a "quoted" & <tagged> line',
    canonical="https://help.skerry.example/zh/",
    json_ld=({"@type": "Article", "name": "</script><script>alert(1)</script>"},),
)
LANGUAGES = (
    Language(code="zh", name="中文", url="zh/", current=True),
    Language(code="en", name="English", url="en/", translated=False),
)
CARD = ArticleCard(title="充币没有到账", summary="先查 TxID", url="zh/deposits/not-arrived/")
CATEGORY = CategoryCard(title="充币与提币", description="到账与网络", icon="deposits", url="zh/deposits/", count=8)
CHAT = ChannelCard(
    id="chat",
    kind="chat",
    name="在线客服",
    url="zh/contact/live-chat/",
    address="contact/live-chat",
    reply_time="3分钟",
)
MAIL = ChannelCard(
    id="email", kind="email", name="邮件", url="mailto:help@skerry.example", address="help@skerry.example", hours="全天"
)
NEWS = ChannelCard(
    id="x",
    kind="social",
    name="X",
    url="https://www.skerry.example/official",
    address="https://www.skerry.example/official",
    never_for="账户",
    public=True,
)

SCENARIO = ScenarioView(
    id="risk",
    name="有危险 <b>",
    summary="先冻结",
    urgency="danger",
    articles=(CARD,),
    fields=(FieldView(label="UID", help="点头像", required=True), FieldView(label="截图", help="", required=False)),
    never_send="密码",
    subject="冻结 & 求助",
    channels=(CHAT, MAIL),
)


def article(**changes: object) -> ArticlePage:
    page = ArticlePage(
        url="zh/deposits/not-arrived/",
        site=site_view(),
        head=HEAD,
        languages=LANGUAGES,
        key="zh/deposits/not-arrived",
        kind="article",
        title="充币没有到账 <怎么办>",
        summary="一句话",
        body=Html(text='<h2 id="h-stages">阶段</h2><p>正文</p>'),
        body_locale="zh",
        body_direction="ltr",
        breadcrumbs=(NavLink(title="首页", url="zh/"), NavLink(title="充币与提币", url="zh/deposits/")),
        contents=(
            ContentsEntry(title="阶段", anchor="h-stages", level=2),
            ContentsEntry(title="自查", anchor="h-check", level=2),
        ),
        navigation=(
            NavGroup(title="", url="zh/deposits/", links=(NavLink(title="一", url="zh/deposits/a/", current=True),)),
        ),
        related=(CARD,),
        channels=(CHAT, MAIL, NEWS),
        updated="2026-10-12",
        reviewed="2026-11-05",
        previous=NavLink(title="上", url="zh/deposits/a/"),
        next=NavLink(title="下", url="zh/deposits/b/"),
        category=NavLink(title="充币与提币", url="zh/deposits/"),
    )
    return replace(page, **changes)  # type: ignore[arg-type]


def pages() -> dict[str, Page]:
    """One page of each kind, full of things to show."""
    site = site_view()
    return {
        "home": HomePage(
            url="zh/",
            site=site,
            head=HEAD,
            languages=LANGUAGES,
            categories=(CATEGORY, replace(CATEGORY, icon="no-such-icon")),
            featured=(CARD,),
            channels=(CHAT, NEWS),
            pages=(CARD,),
        ),
        "category": CategoryPage(
            url="zh/deposits/",
            site=site,
            head=HEAD,
            languages=LANGUAGES,
            title="充币与提币",
            description="一行",
            icon="deposits",
            breadcrumbs=(NavLink(title="首页", url="zh/"),),
            articles=(CARD, replace(CARD, locale="en")),
            sections=(SectionView(title="提币", description="", url="zh/deposits/w/", articles=(CARD,)),),
        ),
        "article": article(),
        "faq": article(
            kind="faq", body=Html(text='<section class="question"><h2 id="h-q">问?</h2><p>答</p></section>')
        ),
        "troubleshooter": article(
            kind="troubleshooter",
            contents=(),
            body=Html(text='<section class="step end"><h2 id="h-solved">好了</h2><p>可以了</p></section>'),
        ),
        "untranslated": article(body_locale="en", contents=(), navigation=(), previous=None, next=None),
        "contact": ContactPage(
            url="zh/contact-us/",
            site=site,
            head=HEAD,
            title="联系我们",
            channels=(CHAT, MAIL, NEWS),
            prepare=(CARD,),
            scenarios=(SCENARIO,),
            never_ask=("密码",),
            connect=("https://desk.example.com",),
        ),
        "chat": ChatPage(
            url="zh/live-chat/",
            site=site,
            head=HEAD,
            channel=CHAT,
            article=None,
            provider="Crisp",
            policy="default-src 'none'; script-src 'self' https://*.crisp.chat",
            hosts=("*.crisp.chat",),
            chat={"provider": "crisp", "id": "1", "address": "", "field": "", "channel": "chat"},
        ),
        "danger": DangerPage(
            url="zh/at-risk/",
            site=site,
            head=HEAD,
            freeze=("点「冻结」",),
            next=("改密码",),
            channels=(CHAT, MAIL),
            scenario="risk",
            article=NavLink(title="账户有风险", url="zh/security/account-at-risk/"),
        ),
        "verify": VerifyPage(
            url="zh/verify/",
            site=site,
            head=HEAD,
            names=("礁灯",),
            rows=(OfficialRow(kind="domain", platform="", value="skerry.example", url="https://skerry.example/"),),
            official={},
        ),
        "case": CasePage(url="zh/my-case/", site=site, head=HEAD, never_ask=("密码",)),
        "search": SearchPage(url="zh/search/", site=site, head=HEAD, categories=(CATEGORY,), channels=(CHAT,)),
        "not-found": NotFoundPage(url="404.html", site=site, head=HEAD, categories=(CATEGORY,)),
        "redirect": RedirectPage(url="old/", target="zh/deposits/", title="充币与提币", locale="zh"),
    }
