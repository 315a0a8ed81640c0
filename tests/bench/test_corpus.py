"""Articles for the benchmarks: cleaned without loss of text, in pairs, and a site of helpgen without errors."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from bench.builds import _EDITS
from bench.corpus import Article, clean, corpus
from bench.sites import article_path, template_path, write_helpgen, write_hugo

RAW = """\
Text with <b>bold</b> and ![a picture](img/a.png), [a file](../b.md#c) and [a page](https://example.com/x), [none](https://{{{.url}}}).

## Heading {#own-id}

:::note
Kept.
:::

```html
<b>code</b> ![stays](img/a.png) {{< tabs >}}
```
"""
CLEANED = """\
Text with bold and a picture, a file and [a page](https://example.com/x), none.

## Heading


Kept.


```html
<b>code</b> ![stays](img/a.png) { {< tabs >}}
```
"""


def test_cleaning_takes_what_only_one_tool_knows_and_leaves_code() -> None:
    assert clean(RAW) == CLEANED


def test_a_fence_that_is_never_closed_is_closed() -> None:
    assert clean("~~~\ncode\n").endswith("\n~~~\n")


@pytest.fixture
def articles(tmp_path: Path) -> list[Article]:
    """A folder of Markdown with front matter and without, in both languages."""
    source = tmp_path / "source"
    (source / "sub").mkdir(parents=True)
    (source / "README.md").write_text("Not an article.\n")
    (source / "a.md").write_text("---\ntitle: 'First'\n---\n# First\n\nText.\n")
    (source / "b.md").write_text("# Second \u200b`one`\n\nMore text.\n")
    (source / "sub" / "c.md").write_text("# 充币没有到账\n\n先看链上确认。\n")
    return corpus("folder", source)


def test_a_folder_becomes_articles_with_language_title_and_place(articles: list[Article]) -> None:
    found = [(one.locale, one.title, one.category, one.slug) for one in articles]
    assert found == [
        ("en", "First", "category-001", "article-00001"),
        ("en", "Second one", "category-001", "article-00002"),
        ("zh", "充币没有到账", "category-001", "article-00003"),
    ]


def test_both_sites_hold_the_same_articles_and_helpgen_builds_its(articles: list[Article], tmp_path: Path) -> None:
    ours, theirs = tmp_path / "ours", tmp_path / "theirs"
    write_helpgen(articles, ours)
    write_hugo(articles, theirs)
    for one in articles:
        assert article_path(ours, one).read_bytes() == article_path(theirs, one).read_bytes()
    edited = template_path(ours)
    edited.write_text(_EDITS["template"](edited.read_text(encoding="utf-8"), 7), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "helpgen", "build", "--site", str(ours)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    page = (ours / "build/en/category-001/article-00001/index.html").read_text(encoding="utf-8")
    assert 'data-edit="edit-0007"' in page


def test_a_title_is_renamed_once_however_often() -> None:
    text = '---\ntitle: "Fees"\n---\n'
    for number in (1, 2, 13):
        text = _EDITS["title"](text, number)
    assert text == '---\ntitle: "Renamed 13 Fees"\n---\n'
