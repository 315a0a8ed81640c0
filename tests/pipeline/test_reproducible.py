"""The same input gives the same bytes, whatever the machine is set to."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from helpgen.pipeline.workers import WORTH_A_PROCESS
from tests.site_folder import CONFIG, SiteFolder

ENVIRONMENTS = [
    {"PYTHONHASHSEED": "1", "TZ": "UTC", "LANG": "C", "LC_ALL": "C"},
    {"PYTHONHASHSEED": "77", "TZ": "Asia/Shanghai", "LANG": "zh_CN.UTF-8", "PYTHONIOENCODING": "ascii"},
    {"PYTHONHASHSEED": "4000", "TZ": "America/New_York", "LC_ALL": "tr_TR.UTF-8", "SOURCE_DATE_EPOCH": "0"},
]


def tree_digest(*folders: Path) -> str:
    total = hashlib.sha256()
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                total.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return total.hexdigest()


@pytest.mark.parametrize("arguments", [["--jobs", "1"], ["--jobs", "3"]], ids=["one process", "three"])
def test_one_digest_in_every_environment(tmp_path: Path, arguments: list[str]) -> None:
    digests = set()
    for number, environment in enumerate(ENVIRONMENTS):
        site = SiteFolder.small(tmp_path / f"place {number}" / "网站")
        site.write("helpgen.yaml", CONFIG + "search: {backend: both}\n")
        for extra in range(WORTH_A_PROCESS):
            site.article(f"zh/deposits/extra-{extra}", f"第{extra}篇", f"正文{extra}。\n")
        old_mask = os.umask(0o077 if number else 0o022)
        try:
            run = subprocess.run(
                [sys.executable, "-m", "helpgen", "build", "--site", str(site.root), *arguments],
                env={**os.environ, **environment},
                capture_output=True,
                check=False,
            )
        finally:
            os.umask(old_mask)
        assert run.returncode == 0, run.stderr.decode(errors="replace")
        digests.add(tree_digest(site.root / "build", site.root / "build.whoosh"))
        shutil.rmtree(site.root)
    assert len(digests) == 1
