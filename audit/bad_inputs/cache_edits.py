"""Edits between two builds, and while one runs; each rule answers reasons against the next build."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Callable

from audit.bad_inputs.cache_site import Site, edit
from audit.bad_inputs.process import ROOT
from audit.effort import effort


def older_file(site: Site) -> list[str]:
    path = edit(site)
    os.utime(path, (1, 1))
    return site.is_clean("an older file")


def deleted(site: Site) -> list[str]:
    (site.root / "content" / "en" / "other.md").unlink()
    found = site.is_clean("deleted article")
    return found + ["the page is still there"] * (site.root / "build" / "en" / "other" / "index.html").exists()


def renamed(site: Site, *, redirect: bool) -> list[str]:
    """Without a redirect the build names the lost address and the new file; with one it says nothing of it."""
    old = site.root / "content" / "en" / "other.md"
    new = old.with_name("quite-other.md")
    text = old.read_text(encoding="utf-8")
    new.write_text(text.replace("aliases: [", 'aliases: ["/en/other/", ', 1) if redirect else text, encoding="utf-8")
    old.unlink()
    strict = site.build("--strict")
    ended = site.build()
    lost = [entry for entry in ended.report.get("diagnostics", []) if entry["rule"] == "site/lost-address"]
    if redirect:
        return [f"exit {ended.code}: {lost}"] * bool(ended.code or lost) + site.is_clean("renamed with a redirect")
    found = [] if ended.code == 0 else [f"exit {ended.code}: {ended.err[-200:]}{ended.out[-200:]}"]
    found += [] if strict.code == 1 else [f"with --strict the exit code is {strict.code}"]
    named = any(
        entry["file"] == "content/en/quite-other.md"
        and entry["severity"] == "warning"
        and "/en/other/" in entry["message"]
        and "redirect" in entry["message"]
        for entry in lost
    )
    return found + ([] if named else [f"no warning names the file and the address: {lost}"]) + site.is_clean("renamed")


def edited(*writes: tuple[str, str]) -> Callable[[Site], list[str]]:
    """Text put at the end of files of the site, or into new ones."""

    def rule(site: Site) -> list[str]:
        for name, text in writes:
            path = site.root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("a", encoding="utf-8") as handle:
                handle.write(text)
        return site.is_clean(f"{writes[0][0]} written")

    return rule


def theme_edited(site: Site) -> list[str]:
    """A theme of the site's own, used, then changed."""
    config = next(path for path in (site.root / "helpgen.yml", site.root / "helpgen.yaml") if path.exists())
    config.write_text(config.read_text(encoding="utf-8") + "theme: mine\n", encoding="utf-8")
    theme = site.root / "themes" / "mine"
    (theme / "templates" / "partials").mkdir(parents=True)
    (theme / "theme.yaml").write_text("name: mine\nparent: lighthouse\n", encoding="utf-8")
    found = site.is_clean("a theme of its own")
    (theme / "templates" / "partials" / "footer.html").write_text("<footer>Another one</footer>\n", encoding="utf-8")
    return found + site.is_clean("a theme that was edited")


def same_size(site: Site) -> list[str]:
    """Other words of the same length, and the times of the file as they were."""
    path = site.root / "content" / "en" / "other.md"
    times = path.stat()
    path.write_text(path.read_text(encoding="utf-8").replace("Fees by", "Cost by"), encoding="utf-8")
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    return site.is_clean("an edit of the same size")


def while_building(site: Site) -> list[str]:
    """An article that changes while the build runs: that build or the next has it, and nothing is mixed."""
    build = subprocess.Popen(
        [sys.executable, "-m", "helpgen", "build", "--no-cache"],
        cwd=site.root,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    time.sleep(random.Random(19).random())
    edit(site)
    code = build.wait()
    return [f"exit {code}"] * bool(code) + site.is_clean("after an edit while building")


def random_edits(site: Site) -> list[str]:
    seed, found = random.Random(11), []
    folder = site.root / "content" / "en"
    for number in range(effort(5, 200)):
        name = f"r{seed.randrange(4)}.md"
        path = folder / name
        if path.exists() and seed.random() < 0.3:
            path.unlink()
        else:
            path.write_text(f"---\ntitle: R {name} {seed.randrange(3)}\n---\n\nText {number}.\n", encoding="utf-8")
        found += site.is_clean(f"edit {number}")
    return found


def vanished(site: Site) -> list[str]:
    """To a build, a file that is listed and cannot be found when it is opened; strace says so in the kernel's place."""
    if not shutil.which("strace"):
        return ["strace is not installed"]
    gone, before = site.root / "content" / "en" / "other.md", site.digest()
    # However the build writes the path: strace compares texts.
    relative = gone.relative_to(site.root)
    written = [part for path in (gone, relative, f"./{relative}") for part in ("-P", str(path))]
    strace = ["strace", "-f", "-qq", "-o", "/dev/null", *written, "-e", "inject=openat,open:error=ENOENT"]
    build = subprocess.run(
        [*strace, sys.executable, "-m", "helpgen", "build"],
        cwd=site.root,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    said = build.stdout + build.stderr
    found = [] if build.returncode == 1 and "vanished" in said else [f"exit {build.returncode}: {said[-300:]}"]
    found += ["the old site was touched"] * (site.digest() != before)
    return found + site.is_clean("after a vanished file")
