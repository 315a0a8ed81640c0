"""What the settings and the channels let a site do without: an index for its pages, full addresses, addresses of its own."""

from __future__ import annotations

from collections.abc import Iterator

from helpgen.content.config import setting_location
from helpgen.content.placeholders import HINT, is_example
from helpgen.model.config import SiteConfig
from helpgen.model.diagnostic import Diagnostic, problem
from helpgen.model.location import Location
from helpgen.model.site import Site
from helpgen.model.source import SourceFile


def check_settings(config: SiteConfig, file: SourceFile) -> Iterator[Diagnostic]:
    """What the settings leave out, which may be meant. They stand in `file`, but for what the command line says."""
    if "json" not in config.backends:
        place = setting_location(file, "search", "backend")
        message = "without the json index the search boxes of the pages find nothing"
        hint = "search: { backend: both } makes both; where your own server answers, checks: { search/no-index: off }"
        yield problem("search/no-index", place, message, hint=hint)
    if not config.base_url and not config.offline:
        message = "without `base_url` there is no sitemap, and search engines get no canonical and hreflang links"
        yield problem("site/no-base-url", Location(path=file.path), message, hint="base_url: https://help.example.com/")
    for link in config.footer:
        if is_example(link.url):
            message = f"the footer leads to {link.url}, which is only an example"
            yield problem("link/example", setting_location(file, "footer"), message, hint=HINT)


def example_channels(site: Site) -> Iterator[Diagnostic]:
    """Channels that lead readers to an address of nobody."""
    for channel in site.channels:
        if is_example(channel.address):
            message = f'the channel "{channel.id}" leads to {channel.address}, which is only an example'
            yield problem("link/example", channel.at, message, hint=HINT)
