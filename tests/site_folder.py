"""A chained builder for tests of whole sites: write files, build, check, change one, build again."""

from __future__ import annotations

import shutil
from pathlib import Path

from helpgen.model.build import Build, Changes
from helpgen.model.diagnostic import Diagnostic
from helpgen.pipeline.build import build_site
from helpgen.pipeline.options import BuildOptions
from helpgen.pipeline.publish import publish_build
from helpgen.pipeline.read import read_search_client, read_site, read_support_client
from helpgen.pipeline.workers import Inline, Runner

CONFIG = """\
title: {zh: 灯塔帮助中心, en: Lamp Help}
base_url: https://help.example.com/
locales:
  zh: {name: 中文}
  en: {name: English}
"""
ARTICLE = """\
---
title: {title}
summary: {summary}
questions: [{question}]
---

{body}
"""


class SiteFolder:
    """A site on disk. `write` and `remove` return the folder itself, so that calls can be chained."""

    def __init__(self, root: Path) -> None:
        self.root = root
        root.mkdir(parents=True, exist_ok=True)

    @classmethod
    def small(cls, root: Path) -> SiteFolder:
        """Two languages, two categories, four articles, one of them only in Chinese."""
        folder = cls(root).write("helpgen.yaml", CONFIG)
        for locale, title in (("zh", "充币与提币"), ("en", "Deposits and withdrawals")):
            folder.write(f"content/{locale}/deposits/_category.yaml", f"title: {title}\norder: 1\n")
        for locale, title in (("zh", "安全"), ("en", "Security")):
            folder.write(f"content/{locale}/security/_category.yaml", f"title: {title}\norder: 2\n")
        folder.article(
            "zh/deposits/not-arrived", "充币没有到账", "先查链上确认。\n\n## 查找 TxID {#txid}\n\n在钱包里复制。\n"
        )
        folder.article(
            "en/deposits/not-arrived", "Deposit not arrived", "Check it.\n\n## Find the TxID {#txid}\n\nCopy it.\n"
        )
        folder.article("zh/security/phishing", "识别钓鱼网站", "看[充币没有到账](../deposits/not-arrived.md#txid)。\n")
        folder.article("en/security/phishing", "Phishing", "See [the TxID](../deposits/not-arrived.md#txid).\n")
        return folder.article("zh/security/keys", "保管密钥", "只在中文里有。看[钓鱼](phishing.md)。\n")

    def write(self, path: str, content: str | bytes) -> SiteFolder:
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content if isinstance(content, bytes) else content.encode())
        return self

    def article(self, path: str, title: str, body: str, extra: str = "") -> SiteFolder:
        """Write `content/<path>.md` with a front matter; `extra` are further lines of it."""
        text = ARTICLE.format(title=title, summary=f"About {title}", question=f"{title}?", body=body)
        if extra:
            text = text.replace("---\n\n", f"{extra}\n---\n\n", 1)
        return self.write(f"content/{path}.md", text)

    def remove(self, path: str) -> SiteFolder:
        target = self.root / path
        if target.is_dir():
            shutil.rmtree(target)
        else:
            target.unlink()
        return self

    def build(self, run: Runner | None = None, *, drafts: bool = False, check_only: bool = False) -> Build:
        """Build in memory."""
        options = BuildOptions(
            drafts=drafts,
            check_only=check_only,
            search_client=read_search_client(),
            support_client=read_support_client(),
        )
        return build_site(read_site(self.root), run or Inline(), options)

    def publish(self, build: Build | None = None) -> Changes:
        """Build without errors and publish to `build/`."""
        made = build or self.build()
        assert made.ok, made.diagnostics
        return publish_build(made, self.root / "build", sources=self.root)

    def problems(self, *severities: str) -> list[str]:
        """The problems of a build as `file:line:column rule`, in the order of a report."""
        wanted = severities or ("error", "warning")
        return [f"{d.location} {d.rule}" for d in self.build().diagnostics if d.severity in wanted]

    def find(self, rule: str) -> Diagnostic:
        """The one problem of a rule."""
        found = [d for d in self.build().diagnostics if d.rule == rule]
        assert len(found) == 1, found
        return found[0]
