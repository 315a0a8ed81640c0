"""A revision is, to the byte, what a whole build would make; and what is no revision is not taken for one."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from helpgen.content.place import CONTENT
from helpgen.pipeline.build import Made, make_site
from helpgen.pipeline.options import BuildOptions
from helpgen.pipeline.read import read_again, read_search_client, read_site, read_support_client
from helpgen.pipeline.revise import follow, revise
from helpgen.pipeline.standing import MOST_TEXTS
from helpgen.pipeline.workers import Inline
from tests.site_folder import CONFIG, SiteFolder

OPTIONS = BuildOptions(search_client=read_search_client(), support_client=read_support_client(), preview=True)

PLACES = st.sampled_from(
    ["zh/deposits/not-arrived", "en/deposits/not-arrived", "zh/security/keys", "zh/security/faq", "zh/loose"]
)
BODIES = st.lists(
    st.sampled_from(
        [
            "先查链上确认。",
            "Check it twice, then thrice.",
            "看[钓鱼](/zh/security/phishing.md)，还有 ![图](/content/img/one.svg)。",
            "[没有](nowhere.md) 和 [也没有](../deposits/not-arrived.md#nothing)",
            "[查找](../deposits/not-arrived.md#txid)",
            ":::tabs\n== iOS\n苹果\n\n== Android\n安卓\n:::",
            "| a | b |\n|---|---|\n| 1 | 2 |",
            "<b>not allowed</b>",
            "```python\nprint(1)\n```",
        ]
    ),
    min_size=1,
    max_size=4,
)


@pytest.fixture(autouse=True)
def many_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """The index of a site this small travels in its manifest; here it must not."""
    monkeypatch.setattr("helpgen.pipeline.search.INLINE_BYTES", 0)
    monkeypatch.setattr("helpgen.pipeline.stages.INLINE_BYTES", 0)


def make(site: SiteFolder) -> Made:
    return make_site(read_site(site.root), Inline(), OPTIONS)


@pytest.fixture
def rich(site: SiteFolder) -> SiteFolder:
    """Articles of every kind: with headings, of questions, outside every category, with a picture."""
    site.write(
        "helpgen.yaml", CONFIG + "checks: {link/broken: warning, link/anchor: warning, image/missing: warning}\n"
    )
    site.write("content/img/one.svg", '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')
    site.article("zh/security/faq", "常见问题", "## 一\n\n先。\n\n## 二\n\n后。\n\n## 三\n\n再。\n", extra="type: faq")
    return site.article("zh/loose", "关于我们", "在这里。\n")


def rewrite(site: SiteFolder, path: str, body: str) -> None:
    """Another text under the same front matter and headings."""
    file = site.root / f"{CONTENT}{path}.md"
    _, front, old = file.read_text(encoding="utf-8").split("---\n", 2)
    headings = [line for line in old.split("\n") if line.startswith("#")]
    parts = [body, *(f"{heading}\n\n{body}" for heading in headings)]
    site.write(f"{CONTENT}{path}.md", f"---\n{front}---\n\n" + "\n\n".join(parts) + "\n")


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.lists(st.tuples(PLACES, BODIES), min_size=1, max_size=3), min_size=1, max_size=4))
def test_a_revision_is_what_a_build_would_make(rich: SiteFolder, steps: list[list[tuple[str, list[str]]]]) -> None:
    made = make(rich)
    for step in steps:
        for path, body in step:
            rewrite(rich, path, "\n\n".join(body))
        assert made.whole is not None
        revision = revise(made.whole, made.build, read_site(rich.root))
        expected = make(rich)
        assert revision is not None
        assert revision.diagnostics == expected.build.diagnostics
        assert revision.ok == expected.build.ok
        if expected.whole is None:
            continue
        followed = follow(revision, made.whole, made.build)
        if followed is None:
            made = expected
            continue
        assert followed.whole is not None
        assert followed.build.files == expected.build.files
        assert followed.build.diagnostics == expected.build.diagnostics
        assert followed.build.stats.index_bytes == expected.build.stats.index_bytes
        # Links and plan are those of the first build, and equal by the rule of the face.
        assert replace(followed.whole, links=expected.whole.links, plan=expected.whole.plan) == expected.whole
        made = followed


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("content/zh/deposits/not-arrived.md", "title: 充币没有到账", "title: 充币去哪了"),
        ("content/zh/deposits/not-arrived.md", "## 查找 TxID {#txid}", "## 查找 TxID {#tx}"),
        ("content/zh/deposits/not-arrived.md", "## 查找 TxID", "## 找 TxID"),
        ("content/zh/deposits/not-arrived.md", "---\n\n先", "draft: true\n---\n\n先"),
        ("content/zh/deposits/not-arrived.md", "summary: ", "summary: 新的"),
        ("content/zh/deposits/not-arrived.md", "title: ", "titel: x\ntitle: "),
        ("content/zh/deposits/_category.yaml", "title: ", "title: 新的"),
        ("helpgen.yaml", "Lamp Help", "Lamp Centre"),
    ],
)
def test_what_others_see_is_no_revision(site: SiteFolder, path: str, old: str, new: str) -> None:
    made = make(site)
    text = (site.root / path).read_text(encoding="utf-8")
    assert old in text
    site.write(path, text.replace(old, new, 1))
    assert made.whole is not None
    assert revise(made.whole, made.build, read_site(site.root)) is None


def test_files_that_come_and_go_are_no_revision(site: SiteFolder) -> None:
    made = make(site)
    assert made.whole is not None
    site.article("zh/security/new", "新的", "新的。\n")
    assert revise(made.whole, made.build, read_site(site.root)) is None
    site.remove("content/zh/security/new.md").remove("content/zh/security/keys.md")
    assert revise(made.whole, made.build, read_site(site.root)) is None


def test_many_changes_are_no_revision(site: SiteFolder) -> None:
    for number in range(MOST_TEXTS + 1):
        site.article(f"zh/security/a{number}", f"第{number}篇", "好。\n")
    made = make(site)
    assert made.whole is not None
    for number in range(MOST_TEXTS + 1):
        assert revise(made.whole, made.build, read_site(site.root)) is not None
        site.article(f"zh/security/a{number}", f"第{number}篇", "更好。\n")
    assert revise(made.whole, made.build, read_site(site.root)) is None


def test_only_what_is_told_is_read_again(site: SiteFolder) -> None:
    known = read_site(site.root)
    site.article("zh/security/keys", "保管密钥", "新的正文。\n").article("zh/security/phishing", "识别", "另一篇。\n")
    keys = site.root / "content/zh/security/keys.md"
    again = read_again(site.root, known, [str(keys)])
    assert again is not None
    differing = [new.path for old, new in zip(known.content, again.content, strict=True) if old != new]
    assert differing == ["content/zh/security/keys.md"]
    transient = [str(keys.with_name("4913")), str(keys.with_name(".keys.md.swp"))]
    assert read_again(site.root, known, transient) == known
    site.write("content/zh/security/extra.md", "---\ntitle: x\n---\n\nx\n")
    assert read_again(site.root, known, [str(keys.with_name("extra.md"))]) is None
    keys.unlink()
    assert read_again(site.root, known, [str(keys)]) is None
    keys.symlink_to(site.root / "helpgen.yaml")
    assert read_again(site.root, known, [str(keys)]) is None


@pytest.mark.parametrize(
    "name",
    ["content/zh/security/b?.md", "content/zh/security/nowhere.md", "content/zh/security/cafe\u0301.md",
     "content/zh/security", "content/zh/refused", "themes/mine/templates/article.html", "helpgen.yaml"],
)  # fmt: skip
def test_of_what_is_gone_only_what_nobody_read_is_passed_over(site: SiteFolder, name: str) -> None:
    for other in ("content/zh/security/b?.md", "content/zh/refused/b?.md", "content/zh/security/cafe\u0301.md"):
        site.write(other, "---\ntitle: x\n---\n\nx\n")
    site.write("themes/mine/theme.yaml", "name: mine\nparent: lighthouse\n")
    site.write("themes/mine/templates/article.html", "x")
    path = site.root / name
    if path.name == "nowhere.md":
        path.symlink_to("nothing.md")
    known = read_site(site.root)
    transient = str(site.root / "content/zh/security/b.md~")
    assert read_again(site.root, known, [transient]) == known
    # Of a folder that was moved away, nothing but its own name is told.
    path.rename(site.root / "elsewhere")
    assert read_site(site.root) != known
    assert read_again(site.root, known, [transient, str(path)]) is None


def test_a_refused_file_never_takes_the_place_of_the_one_with_its_name(site: SiteFolder) -> None:
    texts = {"content/zh/security/café.md": b"one", "content/zh/security/cafe\u0301.md": b"other"}
    for name, data in texts.items():
        (site.root / name).write_bytes(data)
    known = read_site(site.root)
    assert [d.location.path for d in known.diagnostics] == ["content/zh/security/café.md"]
    assert all(read_again(site.root, known, [str(site.root / name)]) is None for name in texts)
