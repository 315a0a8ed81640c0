"""how: cache. Builds one after the other, with something done between them; the outcome must be a clean build's."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from audit.bad_inputs.cases import Case, Verdict, judged, no_rule
from audit.bad_inputs.expect import tree_digest
from audit.bad_inputs.folder import Prepared, prepare
from audit.bad_inputs.process import ROOT, Ended, run, run_anew
from audit.effort import effort, processors
from audit.kills.run import try_sites
from audit.kills.shim import compiler

_PICKLE = b"cos\nsystem\n(S'touch /tmp/HELPGEN_PWNED'\ntR."
_PWNED = Path("/tmp/HELPGEN_PWNED")
_STRUCK = 2
_MANY = 400


@dataclass(frozen=True, slots=True)
class Site:
    """A site that builds, in a folder of its own."""

    prepared: Prepared

    @property
    def root(self) -> Path:
        return self.prepared.site

    @property
    def cache(self) -> list[Path]:
        return [path for path in sorted((self.root / ".helpgen").rglob("*")) if path.is_file()]

    def build(self, *options: str, unprivileged: bool = False, environment: Mapping[str, str] | None = None) -> Ended:
        """One build, over what is there."""
        return run(
            ("build", "--json", *options),
            folder=self.root,
            scratch=self.prepared.scratch,
            environment=environment,
            unprivileged=unprivileged,
        )

    def digest(self) -> dict[str, str]:
        return tree_digest(self.root / "build")

    def clean_digest(self) -> dict[str, str]:
        """What a build without memory makes of the same sources."""
        ended = self.build("--no-cache", "--out", str(self.prepared.scratch / "clean"))
        assert ended.code == 0, ended.err
        return tree_digest(self.prepared.scratch / "clean")

    def is_clean(self, what: str) -> list[str]:
        """Build, and compare with a clean build."""
        ended = self.build()
        if ended.code != 0:
            return [f"{what}: exit {ended.code} {ended.err[-200:]}{ended.out[-200:]}"]
        return [] if self.digest() == self.clean_digest() else [f"{what}: another output than a clean build"]


def run_caches(cases: Sequence[Case], folder: Path, _jobs: int) -> list[Verdict]:
    """Every case on a site of its own."""
    return [_try(case, folder / case.id) for case in cases]


def _try(case: Case, box: Path) -> Verdict:
    said = f"{case.title} {' '.join(case.steps)}".lower()
    rule = next((rule for words, rule in _RULES.items() if words in said), None)
    if rule is None:
        return no_rule(case)
    if isinstance(rule, str):
        return Verdict(case=case, outcome="not there yet", reasons=(rule,))
    site = Site(prepare(Case(id=case.id, title="", how="cache", kind="ok", folder=case.folder), box))
    first = site.build()
    if first.code != 0:
        return judged(case, [f"the base does not build: {first.err[-300:]}"])
    found = rule(site)
    if _PWNED.exists():
        _PWNED.unlink()
        found.append("code of the cache ran")
    return judged(case, found)


def _flipped(site: Site) -> list[str]:
    seed, found = random.Random(7), []
    for number in range(effort(8, 1000)):
        target = seed.choice(site.cache)
        data = bytearray(target.read_bytes())
        if data:
            data[seed.randrange(len(data))] ^= 1 << seed.randrange(8)
        target.write_bytes(bytes(data))
        found += site.is_clean(f"flip {number}")
    return found


def _overwritten(content: Callable[[Path], bytes]) -> Callable[[Site], list[str]]:
    def rule(site: Site) -> list[str]:
        for path in site.cache:
            path.write_bytes(content(path))
        return site.is_clean("overwritten cache")

    return rule


def _older_version(site: Site) -> list[str]:
    found = []
    for path in site.cache:
        data = path.read_bytes()
        for old, new in ((b"helpgen", b"helpgeN"), (b'"version":1', b'"version":9')):
            path.write_bytes(data.replace(old, new))
            found += site.is_clean("a cache of another version")
    return found


def _foreign_whoosh(site: Site) -> list[str]:
    config = next(path for path in (site.root / "helpgen.yml", site.root / "helpgen.yaml") if path.exists())
    config.write_text(config.read_text(encoding="utf-8") + "search: {backend: both}\n", encoding="utf-8")
    site.build()
    for path in (site.root / "build.whoosh").rglob("*"):
        if path.is_file() and path.name.startswith("_"):
            path.write_bytes(_PICKLE)
    asked = ("search", "--backend", "whoosh", "fees")
    ended = run(asked, folder=site.root, scratch=site.prepared.scratch)
    return [] if ended.code == 1 else [f"a foreign index was opened: exit {ended.code} {ended.out[-200:]}"]


def _read_only_cache(site: Site) -> list[str]:
    subprocess.run(["chmod", "-R", "a-w", str(site.root / ".helpgen")], check=True)
    _edit(site)
    ended = site.build(unprivileged=True)
    subprocess.run(["chmod", "-R", "u+w", str(site.root / ".helpgen")], check=True)
    said = "cache" in (ended.out + ended.err).lower()
    found = [] if ended.code == 0 else [f"exit {ended.code}: {ended.err[-200:]}"]
    return found + ([] if said else ["no word about the cache"]) + site.is_clean("read-only cache")


def _read_only_output(site: Site) -> list[str]:
    before = site.digest()
    _edit(site)
    site.root.chmod(0o555)
    (site.root / "build").chmod(0o555)
    ended = site.build("--no-cache", unprivileged=True)
    site.root.chmod(0o755)
    (site.root / "build").chmod(0o755)
    found = [] if site.digest() == before else ["the old site was touched"]
    return found + ([] if ended.code == 1 and "build" in ended.out + ended.err else [f"exit {ended.code}: {ended.err}"])


def _older_file(site: Site) -> list[str]:
    path = _edit(site)
    os.utime(path, (1, 1))
    return site.is_clean("an older file")


def _edit(site: Site) -> Path:
    path = site.root / "content" / "en" / "other.md"
    path.write_text(path.read_text(encoding="utf-8") + "\nAnother line.\n", encoding="utf-8")
    return path


def _deleted(site: Site) -> list[str]:
    (site.root / "content" / "en" / "other.md").unlink()
    found = site.is_clean("deleted article")
    return found + ["the page is still there"] * (site.root / "build" / "en" / "other" / "index.html").exists()


def _renamed(site: Site, *, redirect: bool) -> list[str]:
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


def _dead_lock(site: Site) -> list[str]:
    (site.root / ".build.lock").write_text("99999999", encoding="ascii")
    leftover = site.root / ".build.staging-99999999"
    leftover.mkdir()
    return site.is_clean("a dead build's lock")


def _environments(site: Site) -> list[str]:
    seed, found, digests = random.Random(3), [], set()
    for number in range(effort(4, 50)):
        moved = site.prepared.box / f"place {number}"
        shutil.copytree(site.root, moved, ignore=shutil.ignore_patterns("build*", ".helpgen", ".build*"))
        environment = {
            "PYTHONHASHSEED": str(seed.randrange(10**6)),
            "TZ": seed.choice(("UTC", "Asia/Shanghai", "America/New_York", "Pacific/Chatham")),
            "LANG": seed.choice(("C", "C.UTF-8", "de_DE.UTF-8", "tr_TR.UTF-8")),
            "HOME": str(moved),
        }
        ended = run_anew(("build", "--jobs", str(seed.randint(1, 3))), folder=moved, environment=environment)
        found += [f"exit {ended.code} in {environment}"] * (ended.code != 0)
        digests.add(tuple(sorted(tree_digest(moved / "build").items())))
    return found + ([] if len(digests) == 1 else [f"{len(digests)} outputs of one input"])


def _dates(site: Site) -> list[str]:
    found = []
    for value in ("0", "-1", "soon", "4294967296"):
        ended = site.build(environment={"SOURCE_DATE_EPOCH": value})
        found += [f"SOURCE_DATE_EPOCH={value}: {ended.crashed}"] * bool(ended.crashed)
    return found + site.is_clean("after odd dates")


def _plain_terminal(site: Site) -> list[str]:
    environment = {"LANG": "C", "LC_ALL": "C", "PYTHONIOENCODING": "ascii"}
    ended = run_anew(("build",), folder=site.root, environment=environment)
    return [] if ended.code == 0 else [f"exit {ended.code}: {ended.err[-300:]}"]


def _random_edits(site: Site) -> list[str]:
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


def _struck(points: int, faults: int) -> Callable[[Site], list[str]]:
    """Builds that are killed, or met by a fault of the disk, at their calls (see audit.kills)."""

    def rule(site: Site) -> list[str]:
        if compiler() is None:
            return ["there is no C compiler for the library that strikes the calls"]
        folder = site.prepared.scratch / "kills"
        folder.mkdir(parents=True, exist_ok=True)
        rows = try_sites(folder, points=points, fault_points=faults, jobs=processors(), names=["one"])
        return [f"{row.stage}: {reason}" for row in rows for reason in row.failed]

    return rule


def _two_builds(site: Site) -> list[str]:
    """Both at once: each goes well or says that another build is running, and the site is one of the two."""
    _edit(site)
    command = [sys.executable, "-m", "helpgen", "build"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    builds = [
        subprocess.Popen(command, cwd=site.root, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for _ in range(_STRUCK)
    ]
    found = []
    for build in builds:
        _, said = build.communicate()
        if build.returncode and b"another build" not in said:
            found.append(f"exit {build.returncode}: {said.decode()[-200:]}")
    return found + site.is_clean("two builds")


def _signals(site: Site) -> list[str]:
    """Ctrl-C and SIGTERM at random times: the old site or the new one, and nothing left behind by the next build."""
    seed, found = random.Random(17), []
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    for number in range(effort(3, 100)):
        before = site.digest()
        _edit(site)
        after = site.clean_digest()
        build = subprocess.Popen(
            [sys.executable, "-m", "helpgen", "build", "--no-cache"],
            cwd=site.root,
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        time.sleep(seed.random())
        build.send_signal(seed.choice((signal.SIGINT, signal.SIGTERM)))
        build.wait()
        if site.digest() not in (before, after):
            found.append(f"signal {number}: a mixed site")
        found += site.is_clean(f"after signal {number}")
    left = [path.name for path in site.root.iterdir() if "staging" in path.name]
    return found + [f"left behind: {left}"] * bool(left)


def _worker_killed(site: Site) -> list[str]:
    """A build large enough for several processes, one of which is killed as soon as it is there."""
    for number in range(_MANY):
        text = f"---\ntitle: Article {number}\n---\n\nText {number}.\n"
        (site.root / "content" / "en" / f"w{number}.md").write_text(text, encoding="utf-8")
    before = site.digest()
    build = subprocess.Popen(
        [sys.executable, "-m", "helpgen", "build", "--jobs", "2", "--no-cache"],
        cwd=site.root,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    worker = None
    while worker is None and build.poll() is None:
        worker = _worker_of(build.pid)
        time.sleep(0.01)
    if worker is None:
        return ["the build had no worker"]
    os.kill(worker, signal.SIGKILL)
    said = build.communicate()[0].decode("utf-8", "replace")
    found = [] if build.returncode == 1 and "worker" in said else [f"exit {build.returncode}: {said[-300:]}"]
    found += ["the old site was touched"] * (site.digest() != before)
    return found + site.is_clean("after a killed worker")


def _worker_of(build: int) -> int | None:
    for child in Path(f"/proc/{build}/task/{build}/children").read_text(encoding="ascii").split():
        command = Path(f"/proc/{child}/cmdline")
        if command.exists() and b"spawn_main" in command.read_bytes():
            return int(child)
    return None


def _vanished(site: Site) -> list[str]:
    """To a build, a file that is listed and cannot be found when it is opened; strace says so in the kernel's place."""
    if not shutil.which("strace"):
        return ["strace is not installed"]
    gone, before = site.root / "content" / "en" / "other.md", site.digest()
    strace = [
        "strace",
        "-f",
        "-qq",
        "-o",
        "/dev/null",
        "-P",
        str(gone),
        "-P",
        str(gone.relative_to(site.root)),
        "-e",
        "inject=openat,open:error=ENOENT",
    ]
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


# Words of a case's title or steps -> what is done, or the part that is not written. The first that fits counts.
_RULES: Mapping[str, Callable[[Site], list[str]] | str] = {
    "output folder read-only": _read_only_output,
    "pickle over": _overwritten(lambda _: _PICKLE),
    "whoosh": _foreign_whoosh,
    "random edits": _random_edits,
    "pickle": _overwritten(lambda _: _PICKLE),
    "kill -9": _struck(effort(20, 1000), 0),
    "enospc": _struck(0, effort(2, 100)),
    "inject": _struck(0, effort(2, 100)),
    "two builds": _two_builds,
    "delete in the gap": _vanished,
    "sigkill one worker": _worker_killed,
    "sigterm": _signals,
    "bit flip": _flipped,
    "flip bit": _flipped,
    "version": _older_version,
    "truncat": _overwritten(lambda path: path.read_bytes()[: path.stat().st_size // 2]),
    "cut": _overwritten(lambda path: path.read_bytes()[: path.stat().st_size // 2]),
    "empty": _overwritten(lambda _: b""),
    "json": _overwritten(lambda _: b"[" * 100_000),
    "read-only": _read_only_cache,
    "older file": _older_file,
    "mtime": _older_file,
    "with redirect": lambda site: _renamed(site, redirect=True),
    "with a redirect": lambda site: _renamed(site, redirect=True),
    "rename": lambda site: _renamed(site, redirect=False),
    "delete": _deleted,
    "lock": _dead_lock,
    "environment": _environments,
    "source_date_epoch": _dates,
    "not utf-8": _plain_terminal,
}
