"""Real help-centre articles -> a site of helpgen: the folders stay, the front matter is reduced to fields that helpgen has.

python -m tests.corpora.adapter arduino-help /tmp/arduino      then: helpgen build --site /tmp/arduino
"""

from __future__ import annotations

import json
import os
import re
import sys
from dataclasses import dataclass
from pathlib import Path

_FRONT = re.compile(r"\A---\n(.*?)^---\n", re.DOTALL | re.MULTILINE)
_KEPT = re.compile(r"^(title|summary): *(.+)$", re.MULTILINE)

# The corpora come without their images, and parts of them link to pages that are not there: true findings, which must
# not keep the rest from being built.
_CHECKS = """\
checks:
  link/broken: warning
  link/anchor: warning
  link/outside: warning
  link/scheme: warning
  link/draft: warning
  image/missing: warning
  markdown/empty-link: warning
  markdown/duplicate-id: warning
  markdown/container: warning
"""


@dataclass(frozen=True)
class Corpus:
    """A folder of articles: its language, and which of its files are not articles."""

    name: str
    title: str
    locale: str
    language: str
    skipped: tuple[str, ...]


CORPORA = {
    "arduino-help": Corpus("arduino-help", "Arduino Help", "en", "English", ("LICENSE.md",)),
    "tidb-docs-zh": Corpus("tidb-docs-zh", "TiDB 文档", "zh", "中文", ("README.md", "CONTRIBUTING.md", "TOC")),
}


def adapt(source: Path, corpus: Corpus, target: Path) -> int:
    """Write a site for the articles below `source` into `target`; returns how many articles it has."""
    config = f"title: {corpus.title}\nbase_url: https://corpus.example/\nlocales: {{{corpus.locale}: {{name: {corpus.language}}}}}\n"
    target.mkdir(parents=True, exist_ok=True)
    (target / "helpgen.yaml").write_text(config + _CHECKS, encoding="utf-8")
    count = 0
    for path in sorted(source.rglob("*.md")):
        relative = path.relative_to(source)
        hidden = any(part.startswith((".", "_")) for part in relative.parts)
        if hidden or relative.name.startswith(corpus.skipped) or len(relative.parts) > 3:
            continue
        destination = target / "content" / relative
        destination.parent.mkdir(parents=True, exist_ok=True)
        # An article beside a folder of its name would have that section's address.
        own_slug = f"slug: {path.stem}-overview\n" if path.with_suffix("").is_dir() else ""
        destination.write_text(_reduce(path.read_text(encoding="utf-8"), own_slug), encoding="utf-8")
        count += 1
    return count


def _reduce(text: str, more: str) -> str:
    """Keep title and summary, as quoted text; add `more`."""
    found = _FRONT.match(text)
    if found is None:
        return text
    kept = []
    for name, value in _KEPT.findall(found.group(1)):
        bare = value.strip()
        if len(bare) > 1 and bare[0] == bare[-1] and bare[0] in "\"'":
            bare = bare[1:-1].replace('\\"', '"').replace("''", "'")
        kept.append(f"{name}: {json.dumps(bare[:500], ensure_ascii=False)}\n")
    return f"---\n{''.join(kept)}{more}---\n{text[found.end() :]}"


def corpora_folder() -> Path:
    """Where the corpora are: `corpora/` of the folder that HELPGEN_SHARED names."""
    root = Path(__file__).resolve().parents[2]
    return Path(os.environ.get("HELPGEN_SHARED", root.parent / "shared")) / "corpora"


if __name__ == "__main__":
    name, out = sys.argv[1:]
    print(adapt(corpora_folder() / name, CORPORA[name], Path(out)), "articles")
