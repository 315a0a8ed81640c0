"""What a build can be asked for. Apart from the build itself: to find that nothing is to be made needs no more than this."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from helpgen.model.config import Backend

# How much of the search is proven. "scenarios": only what readers of the contact page's scenarios type.
Extent = Literal["none", "scenarios", "sample", "whole"]


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildOptions:
    """What the command line may change. `search_client` are the scripts of the search by file name, `support_client`
    those of the way to a human with their data.

    A `preview` is not published, so it has no index for a server. `proof` is how much of the search is proven.
    `base_url`, which ends with a slash, and `backends` are used instead of those of the settings, unless empty. `offline`
    makes a site to be opened from a disk. `compress` puts compressed files beside the texts. `published` are the HTML files
    of the site that this one replaces; `askers` processes may ask the search at the same time: neither changes what is made.
    """

    drafts: bool = False
    base_url: str = ""
    search_client: Mapping[str, bytes] = field(default_factory=dict)
    support_client: Mapping[str, bytes] = field(default_factory=dict)
    check_only: bool = False
    preview: bool = False
    proof: Extent = "none"
    backends: tuple[Backend, ...] = ()
    offline: bool = False
    compress: bool = False
    published: tuple[str, ...] = ()
    askers: int = 1
