"""The JSON Schemas of the files that people write, for editors that complete and check YAML."""

from __future__ import annotations

from helpgen.content.fields import ARTICLE_FIELDS, CATEGORY_FIELDS, CONFIG_FIELDS, SYNONYMS
from helpgen.content.redirects import REDIRECTS
from helpgen.content.schema import Json
from helpgen.content.support_fields import CHANNELS, SUPPORT_FIELDS


def json_schemas() -> dict[str, Json]:
    """The schemas by name."""
    titles = {
        "article": ("The front matter of an article", ARTICLE_FIELDS.json_schema),
        "category": ("_category.yaml", CATEGORY_FIELDS.json_schema),
        "config": ("helpgen.yaml", CONFIG_FIELDS.json_schema),
        "channels": ("content/_data/channels.yaml", CHANNELS.json_schema),
        "redirects": ("content/_data/redirects.yaml", REDIRECTS.json_schema),
        "scenarios": ("content/_data/scenarios.yaml", SUPPORT_FIELDS.json_schema),
        "synonyms": ("content/_data/synonyms.yaml", SYNONYMS.json_schema),
    }
    base = "https://json-schema.org/draft/2020-12/schema"
    return {name: {"$schema": base, "title": title, **schema} for name, (title, schema) in titles.items()}
