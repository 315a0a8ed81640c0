"""The files of the content -> their values, each kind by its own function.

`ParseWork` begins the articles, which take longest and go on in other processes while the caller does something else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import TypeVar

from helpgen.content.data import DATA_FILES, SynonymTable, parse_category, parse_synonyms
from helpgen.content.images import is_image
from helpgen.content.parse import ArticleRules
from helpgen.content.place import DATA, find_layout, report_unread
from helpgen.content.redirects import parse_redirects
from helpgen.content.support import parse_channels, parse_support
from helpgen.model.article import Article
from helpgen.model.config import SiteConfig
from helpgen.model.diagnostic import Diagnostic, Outcome, problem, with_severities
from helpgen.model.location import Location
from helpgen.model.site import Move
from helpgen.model.source import SourceFile
from helpgen.model.suggest import did_you_mean
from helpgen.model.support import Channel, Support
from helpgen.pipeline.read import SiteFiles
from helpgen.pipeline.stage import Made
from helpgen.pipeline.stages import IMAGE, PARSE
from helpgen.pipeline.workers import Runner
from helpgen.site.assemble import Inputs

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """Every file of the content; what came of each article, by its path."""

    inputs: Inputs
    synonyms: Mapping[str, SynonymTable]
    rules: ArticleRules
    outcomes: Mapping[str, Outcome[Article]]


@dataclass(slots=True, kw_only=True)
class _Data:
    """The data of a site as they are read, and what was wrong with them."""

    channels: tuple[Channel, ...] = ()
    support: Support = field(default_factory=Support)
    synonyms: dict[str, SynonymTable] = field(default_factory=dict)
    moves: tuple[Move, ...] = ()
    diagnostics: list[Diagnostic] = field(default_factory=list)
    severities: dict[str, str]
    failed: set[str] = field(default_factory=set)

    def take(self, outcome: Outcome[Value]) -> Value | None:
        self.diagnostics.extend(outcome.diagnostics)
        return outcome.value

    def stops(self, outcome: Outcome[Value]) -> bool:
        """Whether there is an error in what came of a file, by the site's own severities."""
        return any(found.severity == "error" for found in with_severities(outcome.diagnostics, self.severities))


class ParseWork:
    """The reading of every file of the content: the data at once, for articles show some of it; the articles begun."""

    def __init__(self, files: SiteFiles, config: SiteConfig, run: Runner) -> None:
        self._config, self._run = config, run
        self._config_file = files.config or SourceFile(path="helpgen.yaml", data=b"", digest="")
        self._articles, self._media, self._categories, data, unread = _sort(files.content)
        self._data = _read_data(data, config.checks)
        self._data.diagnostics.extend(unread)
        self._rules = ArticleRules(
            layout=find_layout([locale.code for locale in config.locales], [file.path for file in files.content]),
            limits=config.limits,
            base_url=config.base_url,
            never_ask=self._data.support.never_ask,
        )
        self._parsing: Iterator[Made[Outcome[Article]]] = run.start(PARSE, self._articles, self._rules)

    def finish(self, *, drafts: bool) -> Outcome[Parsed]:
        """All values, and all problems of single files; there is always a value."""
        data, layout = self._data, self._rules.layout
        outcomes = [made.value for made in self._parsing]
        articles = tuple(article for article in map(data.take, outcomes) if article is not None)
        images = tuple(
            image
            for image in map(data.take, self._run.map(IMAGE, self._media, self._config.limits))
            if image is not None
        )
        read = {article.path for article in articles} | {image.path for image in images}
        categories = (data.take(parse_category(file, layout)) for file in self._categories)
        by_path = {file.path: outcome for file, outcome in zip(self._articles, outcomes, strict=True)}
        failed = {path for path, outcome in by_path.items() if outcome.value is None and data.stops(outcome)}
        inputs = Inputs(
            config=self._config,
            layout=layout,
            articles=articles,
            categories=tuple(category for category in categories if category is not None),
            channels=data.channels,
            support=data.support,
            moves=data.moves,
            media=images,
            drafts=drafts,
            unreadable=frozenset(file.path for file in (*self._articles, *self._media) if file.path not in read),
            failed=frozenset(data.failed | failed),
            config_file=self._config_file,
        )
        parsed = Parsed(inputs=inputs, synonyms=data.synonyms, rules=self._rules, outcomes=by_path)
        return Outcome(value=parsed, diagnostics=tuple(data.diagnostics))


def _read_data(files: Sequence[SourceFile], severities: dict[str, str]) -> _Data:
    """The data files, each by its name."""
    data = _Data(severities=severities)
    for file in files:
        name = file.path.removeprefix(DATA)
        if name == "channels.yaml":
            read = parse_channels(file)
            data.channels = data.take(read) or ()
            data.failed.update({file.path} if data.stops(read) else ())
        elif name == "scenarios.yaml":
            data.support = data.take(parse_support(file)) or data.support
        elif name == "redirects.yaml":
            data.moves = data.take(parse_redirects(file)) or ()
        elif name == "synonyms.yaml":
            data.synonyms = data.take(parse_synonyms(file)) or {}
        else:
            hint = did_you_mean(name, DATA_FILES)
            place = Location(path=file.path)
            data.diagnostics.append(problem("data/unknown-file", place, "helpgen does not read this file", hint=hint))
    return data


def _sort(
    content: Sequence[SourceFile],
) -> tuple[list[SourceFile], list[SourceFile], list[SourceFile], list[SourceFile], list[Diagnostic]]:
    """Articles, media, categories and data. Other names that start with an underscore or dot are nobody's; files that
    only look like articles are told."""
    articles: list[SourceFile] = []
    media: list[SourceFile] = []
    categories: list[SourceFile] = []
    data: list[SourceFile] = []
    unread: list[Diagnostic] = []
    for file in content:
        path = PurePosixPath(file.path)
        if file.path.startswith(DATA):
            data.append(file)
        elif path.name == "_category.yaml":
            categories.append(file)
        elif any(part.startswith("_") for part in path.parts):
            continue
        elif path.suffix == ".md":
            articles.append(file)
        elif is_image(file.path):
            media.append(file)
        else:
            unread.extend(report_unread(file.path))
    return articles, media, categories, data, unread
