"""The whole order of a build: read → parse → assemble → plan → render → search → prove → (publish).

`build_site` is a function from files to files. Memory and processes come in by the runner alone; the disk not at all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, Final

from helpgen.checks import check_settings, check_site, unknown_icons
from helpgen.content.config import missing_config, parse_config, parse_theme_settings, setting_location
from helpgen.content.data import SynonymTable
from helpgen.content.parse import ArticleRules
from helpgen.content.place import CONTENT
from helpgen.model.article import Article
from helpgen.model.build import Build, BuildStats
from helpgen.model.config import Limits, SiteConfig
from helpgen.model.diagnostic import Diagnostic, Outcome, with_severities
from helpgen.model.page import Page
from helpgen.model.site import Site
from helpgen.pipeline.compress import compress_files
from helpgen.pipeline.indexed import EarlierIndex, Indexed
from helpgen.pipeline.options import BuildOptions, Extent
from helpgen.pipeline.parsing import Parsed, ParseWork
from helpgen.pipeline.proof import Asked, EarlierProof, ProofWork
from helpgen.pipeline.read import SiteFiles
from helpgen.pipeline.search import SearchFiles, SearchWork, as_scripts, below
from helpgen.pipeline.stages import RELATED, TEMPLATE, render_stage
from helpgen.pipeline.workers import Runner
from helpgen.site.assemble import Inputs, Joined, assemble_site
from helpgen.site.feeds import write_feeds
from helpgen.site.headers import write_headers
from helpgen.site.links import LinkMap
from helpgen.site.lost import lost_addresses
from helpgen.site.pages import find_related, plan_pages
from helpgen.site.urls import INDEX_FOLDER, output_path
from helpgen.support.files import official_file, support_files
from helpgen.support.troubleshooter import check_troubleshooters
from helpgen.theme.assets import build_assets
from helpgen.theme.load import load_theme
from helpgen.theme.render import look_of
from helpgen.theme.values import Assets, Look, Theme


@dataclass(slots=True)
class _Log:
    """Collects the problems of all steps, so that one run reports them all."""

    diagnostics: list[Diagnostic] = field(default_factory=list)

    def take(self, outcome: Any) -> Any:
        self.diagnostics.extend(outcome.diagnostics)
        return outcome.value


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What the site was joined and its pages were planned from."""

    inputs: Inputs
    settings: dict[str, object]
    support_urls: dict[str, str]
    related: dict[str, dict[str, tuple[str, ...]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """What a build was made of and from: where a revision (`pipeline/revise.py`) goes on."""

    files: SiteFiles
    rules: ArticleRules
    parsed: Mapping[str, Outcome[Article]]
    site: Site
    links: LinkMap
    look: Look
    pages: Mapping[str, Page]
    indexed: Mapping[str, Indexed]
    asked: tuple[Asked, ...]
    plan: Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """What an earlier build of the site has left: its search indexes, by language, and what proved them."""

    indexes: Mapping[str, EarlierIndex] = field(default_factory=dict)
    proof: EarlierProof | None = None


NOTHING: Final = Earlier()


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A build; `whole` is None unless it has come to its end without an error."""

    build: Build
    whole: Whole | None = None


def earlier_of(made: Made) -> Earlier:
    """What a build leaves for the next one in the same process: its search indexes."""
    if made.whole is None:
        return NOTHING
    files = made.build.files
    indexes: dict[str, EarlierIndex] = {}
    for code, indexed in made.whole.indexed.items():
        folder = f"{INDEX_FOLDER}{code}/"
        names = [path.removeprefix(folder) for path in files if path.startswith(folder)]
        indexes[code] = EarlierIndex(indexed=indexed, names=names, read=below(folder, files.__getitem__))
    return Earlier(indexes=indexes)


def build_site(files: SiteFiles, run: Runner, options: BuildOptions) -> Build:
    """Make the whole site of its files. After an error the build has no files, only diagnostics."""
    return make_site(files, run, options).build


def make_site(files: SiteFiles, run: Runner, options: BuildOptions, earlier: Earlier = NOTHING) -> Made:
    """As `build_site`, and what the build was made of. What an `earlier` one has left is used where it is still right.

    The steps are those of the summary: parse, assemble, theme, plan, render, search, proof. Nothing here writes, or reads
    but by `run` and `earlier`, whose answers are checked by their digests.
    """
    log = _Log(list(files.diagnostics))
    config = _config(files, options, log)
    ground = _lay(files, config, run, options, log) if config is not None and not _content_is_lost(files) else None
    if config is None or ground is None:
        return Made(build=_failed(log, config.checks if config is not None else {}))
    site, synonyms = ground.joined.site, ground.parsed.synonyms
    support = support_files(site)
    # The search takes longest, so it begins first; but whoever looks at a preview waits for the page, not for the search.
    pages_first = options.preview or options.check_only or _has_errors(log, config)
    work = None if pages_first else SearchWork(site, synonyms, run, earlier.indexes)
    support_urls = {locale: path for locale, (path, _) in support.items()}
    related = find_related(site, lambda articles: run.map(RELATED, [tuple(articles)], None)[0])
    pages = plan_pages(site, ground.settings, support_urls, related)
    with run.report.step("search"):
        if work is not None:
            work.begin_indexes()
    rendering = _Rendering(pages, ground.look, config.limits, run)

    # Unless files are to be compressed, no large batch comes after the pages where the search came before them.
    last = not pages_first and not options.compress

    def finish_pages() -> dict[str, bytes]:
        rendered = rendering.finish(log, last=last)
        path = files.config.path if files.config else ""
        log.diagnostics.extend(lost_addresses(site, rendered, options.published, config_path=path))
        return rendered

    rendered: dict[str, bytes] = {}
    if work is None:
        rendered = finish_pages()
        if options.check_only and not _has_errors(log, config):
            log.diagnostics.extend(_check_scenarios(site, synonyms, run, options))
        if options.check_only or _has_errors(log, config):
            return _stopped(log, config, _stats(ground, pages, None, run))
        work = SearchWork(site, synonyms, run, earlier.indexes, private=False)
        work.begin_indexes()
    with run.report.step("search"):
        search = work.finish()
    begin_proof = partial(_proving, site, work, search, run, options, options.proof, earlier.proof)
    # Where other processes make the pages, these have the processors and the memory: who asks comes after them.
    proving = None if run.is_busy else begin_proof()
    if not pages_first:
        rendered = finish_pages()
    if _has_errors(log, config):
        return _stopped(log, config, _stats(ground, pages, None, run))
    with run.report.step("proof"):
        proof, unfound, asked = (proving or begin_proof()).finish()
        log.diagnostics.extend(unfound)
    stats = replace(_stats(ground, pages, search, run), proof=proof)
    if _has_errors(log, config):
        return _stopped(log, config, stats)
    made = {**rendered, **dict(support.values()), **write_feeds(config, pages)}
    build = Build(
        files=_public_files(made, search, ground.assets, site, files, options, run),
        private=search.private,
        digests=search.digests,
        diagnostics=with_severities(log.diagnostics, config.checks),
        stats=stats,
    )
    whole = Whole(
        files=files,
        rules=ground.parsed.rules,
        parsed=ground.parsed.outcomes,
        site=site,
        links=ground.joined.links,
        look=ground.look,
        pages={page.url: page for page in pages},
        indexed=search.indexed,
        asked=asked,
        plan=Plan(inputs=ground.parsed.inputs, settings=ground.settings, support_urls=support_urls, related=related),
    )
    return Made(build=build, whole=whole)


def _content_is_lost(files: SiteFiles) -> bool:
    """Whether the content as a whole could not be read, which is said there: all that names something in it would seem wrong."""
    return any(found.location.path == CONTENT.rstrip("/") for found in files.diagnostics)


def _lay(files: SiteFiles, config: SiteConfig, run: Runner, options: BuildOptions, log: _Log) -> _Ground | None:
    """Everything parsed, joined and checked, and the theme; None without a theme that can be used."""
    with run.report.step("parse"):
        parsing = ParseWork(files, config, run)
    # Other processes parse meanwhile.
    with run.report.step("theme"):
        theme, settings = _theme(files, config, run, log)
        assets = _assets(theme, settings, files, options, log) if theme is not None else None
    with run.report.step("parse"):
        parsed: Parsed = log.take(parsing.finish(drafts=options.drafts))
    with run.report.step("assemble"):
        joined: Joined = log.take(assemble_site(parsed.inputs))
        log.diagnostics.extend((*check_site(joined.site), *check_troubleshooters(joined.site)))
    if theme is None or assets is None:
        return None
    log.diagnostics.extend(unknown_icons(joined.site, theme.icons))
    look = look_of(theme, assets, offline=options.offline)
    return _Ground(parsed=parsed, joined=joined, settings=settings, assets=assets, look=look)


def _public_files(
    made: Mapping[str, bytes],
    search: SearchFiles,
    assets: Assets,
    site: Site,
    files: SiteFiles,
    options: BuildOptions,
    run: Runner,
) -> dict[str, bytes]:
    """What was `made` of the site's text, and all that goes with it."""
    index = as_scripts(search.public) if options.offline else search.public
    public = {**made, **_copies(site, files), **assets.files, **official_file(site), **index}
    if not options.offline:
        pages = (data for path, data in made.items() if path.endswith(".html"))
        public |= {**_engine(assets), **write_headers(pages)}
    if not options.compress:
        return public
    with run.report.step("compress"):
        return compress_files(public, run)


def _check_scenarios(
    site: Site, synonyms: Mapping[str, SynonymTable], run: Runner, options: BuildOptions
) -> list[Diagnostic]:
    """Scenarios that a search for what their readers type does not find. Only for these does a check make an index."""
    if not any(scenario.queries for scenario in site.support.scenarios) or "json" not in site.config.backends:
        return []
    with run.report.step("search"):
        work = SearchWork(site, synonyms, run, {}, private=False)
        work.begin_indexes()
        search = work.finish()
    with run.report.step("proof"):
        return _proving(site, work, search, run, options, "scenarios").finish()[1]


def _proving(
    site: Site,
    work: SearchWork,
    search: SearchFiles,
    run: Runner,
    options: BuildOptions,
    extent: Extent,
    earlier: EarlierProof | None = None,
) -> ProofWork:
    scripts, askers = options.search_client, options.askers
    return ProofWork(site, work.documents, search.public, scripts, run, extent, askers, earlier, search.different)


def _has_errors(log: _Log, config: SiteConfig) -> bool:
    return any(d.severity == "error" for d in with_severities(log.diagnostics, config.checks))


def _stopped(log: _Log, config: SiteConfig, stats: BuildStats) -> Made:
    """A build without files."""
    return Made(build=Build(files={}, diagnostics=with_severities(log.diagnostics, config.checks), stats=stats))


def _failed(log: _Log, severities: dict[str, str]) -> Build:
    return Build(files={}, diagnostics=with_severities(log.diagnostics, severities), stats=BuildStats())


def _config(files: SiteFiles, options: BuildOptions, log: _Log) -> SiteConfig | None:
    if files.config is None:
        log.diagnostics.append(missing_config())
        return None
    config: SiteConfig | None = log.take(parse_config(files.config))
    if config is not None and options.base_url:
        config = replace(config, base_url=options.base_url)
    if config is not None and options.backends:
        config = replace(config, backends=options.backends)
    if config is not None and options.offline:
        config = replace(config, offline=True)
    if config is not None:
        log.diagnostics.extend(check_settings(config, files.config))
    return config


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ground:
    """What pages are planned from and rendered with."""

    parsed: Parsed
    joined: Joined
    settings: dict[str, object]
    assets: Assets
    look: Look


def _theme(files: SiteFiles, config: SiteConfig, run: Runner, log: _Log) -> tuple[Theme | None, dict[str, object]]:
    assert files.config is not None
    folders = {f"themes/{name}": found for name, found in files.themes.items()}
    at = setting_location(files.config, "theme")
    loaded = load_theme(folders, config.theme, at=at, read=lambda templates: run.map(TEMPLATE, templates, None))
    theme: Theme | None = log.take(loaded)
    if theme is None:
        return None, {}
    settings = log.take(parse_theme_settings(files.config, theme.settings))
    return theme, settings or {}


def _assets(
    theme: Theme, settings: Mapping[str, object], files: SiteFiles, options: BuildOptions, log: _Log
) -> Assets | None:
    assert files.config is not None
    logo = str(settings.get("logo", "") or "")
    data = next((file.data for file in files.content if logo and file.path == f"{CONTENT}{logo}"), None)
    clients = {"search": options.search_client, "support": options.support_client}
    scripts = {f"{folder}/{name}": data for folder, client in clients.items() for name, data in client.items()}
    at = setting_location(files.config, "theme", "settings", "logo")
    assets: Assets | None = log.take(build_assets(theme, settings, scripts, data, at=at, offline=options.offline))
    return assets


def _engine(assets: Assets) -> dict[str, bytes]:
    """The search under an address that lasts, for scripts of others; the pages' own import it by its hash."""
    path = assets.table.get("js/search/engine.js")
    return {f"{INDEX_FOLDER}engine.js": f'export * from "../{path}";\n'.encode()} if path else {}


class _Rendering:
    """The pages of a site on their way to HTML: begun when it is made."""

    def __init__(self, pages: Sequence[Page], look: Look, limits: Limits, run: Runner) -> None:
        self._run = run
        self._making = zip(pages, run.start(render_stage(look, limits), pages, look), strict=True)
        self._rendered: dict[str, bytes] = {}

    def finish(self, log: _Log, *, last: bool) -> dict[str, bytes]:
        """The pages by the path of their file, in their order; problems go to the log, once.

        If this is the `last` batch, other processes end before what is known is read: both would take memory.
        """
        with self._run.report.step("render"):
            making = [(page, made.value if made.is_here else made) for page, made in self._making]
            if last:
                self._run.rest()
            for page, made in making:
                outcome = made if isinstance(made, Outcome) else made.value
                log.diagnostics.extend(outcome.diagnostics)
                if outcome.value is not None:
                    self._rendered[output_path(page.url)] = outcome.value
        return self._rendered


def _copies(site: Site, files: SiteFiles) -> dict[str, bytes]:
    outputs = {image.path: image.output for image in site.images}
    return {outputs[file.path]: file.data for file in files.content if file.path in outputs}


def _stats(ground: _Ground, pages: Sequence[Page], search: SearchFiles | None, run: Runner) -> BuildStats:
    articles: dict[str, dict[str, int]] = {}
    for part in ground.joined.site.locales:
        counts = articles.setdefault(part.locale, {})
        for entry in part.entries:
            if entry.translated:
                counts[entry.article.category] = counts.get(entry.article.category, 0) + 1
    inputs = ground.parsed.inputs
    return BuildStats(
        articles=articles,
        drafts=0 if inputs.drafts else sum(article.front.draft for article in inputs.articles),
        pages=len(pages),
        index_bytes=sum(len(data) for data in search.public.values()) if search else 0,
        index_documents=search.documents if search else 0,
        seconds=run.report.seconds,
        remembered=dict(getattr(run, "hits", {})),
    )
