"""A site with so many articles that it can be revised, built by the command's own way, to compare with clean builds."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from helpgen.cli.run import Request, run_build
from helpgen.model.build import Build
from helpgen.pipeline.memo import Memo
from helpgen.pipeline.options import Extent
from helpgen.pipeline.publish import publish_build
from helpgen.pipeline.standing import keep_standing
from tests.site_folder import CONFIG, SiteFolder

TOPICS = ("充币", "提币", "验证码", "手续费", "密码", "钱包", "订单", "合约", "身份", "语言")
ARTICLES = 40
TEXTS = (
    "先查链上确认，再联系客服。",
    "看[没有到账](../deposits/a1.md#steps)，或者[没有的](nowhere.md)。",
    "Check the address, then the network; wait for ten confirmations.",
    "| 网络 | 时间 |\n|---|---|\n| TRON | 一分钟 |",
    ":::warning\n不要把验证码告诉任何人。\n:::",
    "![图](/content/img/one.svg)",
)


def use_many_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """The index of a site this small travels in its manifest; here it must not. And every question is asked."""
    monkeypatch.setattr("helpgen.pipeline.search.INLINE_BYTES", 0)
    monkeypatch.setattr("helpgen.pipeline.stages.INLINE_BYTES", 0)
    monkeypatch.setattr("helpgen.pipeline.indexed.INLINE_BYTES", 0)
    # How many questions are asked must not depend on the machine.
    monkeypatch.setattr("helpgen.pipeline.proof.SAMPLE_SECONDS", 0.0)
    monkeypatch.setattr("helpgen.pipeline.reproof.SAMPLE_SECONDS", 0.0)


def write_site(tmp_path: Path) -> SiteFolder:
    """Forty articles in Chinese, one of them a faq."""
    folder = SiteFolder.small(tmp_path / "site")
    folder.write(
        "helpgen.yaml", CONFIG + "checks: {link/broken: warning, image/missing: warning, search/canary: warning}\n"
    )
    # So many that one text hardly moves the average length.
    long = "\n\n".join(TEXTS[:3] * 8)
    for number in range(ARTICLES):
        body = f"{TEXTS[number % 3]}\n\n## 步骤 {{#steps}}\n\n{TEXTS[(number + 1) % 3]}\n\n{long}\n"
        title = f"{TOPICS[number % 10]}{TOPICS[number // 10]}怎么办"
        folder.article(f"zh/deposits/a{number}", title, body, "type: faq" if number == 4 else "")
    return folder


def nothing() -> None:
    """What happens beside a build, mostly."""


def build(
    root: Path,
    *,
    cache: bool = True,
    proof: Extent = "sample",
    spare: Path | None = None,
    meanwhile: Callable[[], object] = nothing,
    afterwards: Callable[[], object] = nothing,
) -> tuple[Build, dict[str, bytes], bool]:
    """The build, what is published, and whether it was made whole.

    `meanwhile` happens before it is published, `afterwards` before it is remembered what was.
    """
    out = root / "build"
    request = Request(site=root, out=out, jobs=1, cache=cache, quiet=True, proof=proof)
    with run_build(request) as (made, run):
        if made.ok:
            meanwhile()
            changes = publish_build(made, out, sources=root, spare=spare)
            afterwards()
            if isinstance(run, Memo):
                keep_standing(run, made, changes, out)
    files = {path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*") if path.is_file()}
    return made, files, "render" in made.stats.seconds


def build_cleanly(site: SiteFolder, proof: Extent = "sample") -> tuple[Build, dict[str, bytes]]:
    """The same without any memory, in another folder."""
    clean = site.root.with_name("clean")
    shutil.rmtree(clean, ignore_errors=True)
    shutil.copytree(site.root, clean, ignore=shutil.ignore_patterns("build*", ".helpgen", ".build*"))
    made, files, _ = build(clean, cache=False, proof=proof)
    return made, files


def rewrite(site: SiteFolder, number: int, choice: random.Random) -> None:
    """Another text for an article, its front matter and headings as they were."""
    path = site.root / f"content/zh/deposits/a{number}.md"
    head, heading, rest = path.read_text(encoding="utf-8").partition("## 步骤 {#steps}\n\n")
    front = head[: head.rindex("---\n") + 4]
    lead, last = choice.sample(TEXTS, 2)
    path.write_text(f"{front}\n{lead}\n\n{heading}{last}\n\n{rest.partition(chr(10))[2]}", encoding="utf-8")
