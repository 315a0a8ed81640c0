"""What a case says, must and must never do, compared with what a build did. Each function answers reasons against it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from audit.bad_inputs.cases import Case
from audit.bad_inputs.folder import Prepared
from audit.bad_inputs.names import file_for, words_for
from audit.bad_inputs.process import Ended

HOME = "/home/canary-of-the-environment"
_PWNED = Path("/tmp/HELPGEN_PWNED")


def tree_digest(folder: Path) -> dict[str, str]:
    """Path -> digest of every file below a folder."""
    if not folder.is_dir():
        return {}
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def outcome_of(ended: Ended) -> str:
    """error, warning or ok, by exit code and report."""
    if ended.code != 0:
        return "error"
    found = ended.report.get("diagnostics", [])
    return "warning" if any(entry["severity"] == "warning" for entry in found) else "ok"


def check_kind(case: Case, ended: Ended) -> list[str]:
    """Was it an error, a warning, or neither, as the case wants?"""
    got = outcome_of(ended)
    accepted = set(case.accepted)
    if "escaped" in accepted:
        accepted |= {"ok", "warning"}
    if got in accepted or (got == "warning" and {"ok", "error"} <= accepted):
        return []  # whoever takes both ends takes what lies between
    shown = [f"{d['severity']} {d['file']}:{d['line']} {d['message'][:70]}" for d in _problems(ended)][:3]
    return [f"wanted {case.kind}, got {got}: {shown or ended.err.strip()[-200:]}"]


def check_says(prepared: Prepared, ended: Ended) -> list[str]:
    """Does a message name the file, the line and the words? The terminal also shows the source line."""
    case, got = prepared.case, outcome_of(ended)
    for problem in _problems(ended):
        problem["source"] = _source_line(prepared.site / problem["file"], problem["line"])
    if not case.says or got != case.kind:
        return []  # another outcome that the case accepts has other words
    files = [file_for(path) for path in case.says.get("files", [])]
    reasons = [f"no message names {path}" for path in files if not any(d["file"] == path for d in _problems(ended))]
    path = file_for(case.says["file"]) if case.says.get("file") else ""
    found = [d for d in _problems(ended) if d["severity"] == got] or [_failure(ended)]
    if path:
        found = [d for d in found if d["file"] in (path, "") or _moved(d["file"], path)] or found[:0]
        if not found:
            return [*reasons, f"no {got} for {path}: {[(d['file'], d['message'][:60]) for d in _problems(ended)][:3]}"]
    line = case.says.get("line")
    if line and path and not any(d["line"] in (line, 0) for d in found):
        return [*reasons, f"no {got} on line {line}: {[(d['line'], d['message'][:60]) for d in found][:3]}"]
    return reasons + _missing_words(case, found, ended)


def _source_line(path: Path, line: int) -> str:
    """The line that a message shows under itself."""
    try:
        lines = path.read_text(encoding="utf-8").split("\n") if path.is_file() else []
    except (OSError, UnicodeError):
        return ""
    return lines[line - 1][:500] if 0 < line <= len(lines) else ""


def _moved(path: str, wanted: str) -> bool:
    """A setting that has a file of its own in helpgen."""
    return wanted == "helpgen.yml" and path == "content/_data/channels.yaml"


def _missing_words(case: Case, found: list[dict[str, Any]], ended: Ended) -> list[str]:
    fields = ("file", "message", "hint", "source")
    said = " ".join(str(d.get(key, "")) for d in found for key in fields) + ended.err
    said = f"{said} {len(_problems(ended))} errors".lower()
    missing = [w for w in case.says.get("words", []) if not any(form.lower() in said for form in words_for(str(w)))]
    return [f"the message lacks {missing}: {[d['message'][:90] for d in found][:3]}"] if missing else []


def _problems(ended: Ended) -> list[dict[str, Any]]:
    entries = ended.report.get("diagnostics", [])
    return [entry for entry in entries if entry["severity"] in ("error", "warning")]


def _failure(ended: Ended) -> dict[str, Any]:
    """What could not be published is no problem of a file."""
    return {"file": "", "line": 0, "message": str(ended.report.get("failure", "")), "severity": "error"}


def check_limits(case: Case, ended: Ended) -> list[str]:
    """Within the seconds and megabytes of the case, and without a sign of a bug?"""
    reasons = [f"a bug of ours: {ended.crashed}"] if ended.crashed else []
    seconds, megabytes = case.limit.get("seconds"), case.limit.get("mb")
    if seconds and ended.seconds > seconds:
        reasons.append(f"took {ended.seconds:.1f} s, allowed are {seconds}")
    if megabytes and ended.megabytes > megabytes:
        reasons.append(f"needed {ended.megabytes:.0f} MB, allowed are {megabytes}")
    return reasons


def check_never(prepared: Prepared, outputs: Path) -> list[str]:
    """Nothing outside was read or written, nothing was deleted, no code ran."""
    case, reasons = prepared.case, []
    known = {"site", "scratch"}
    strangers = sorted(path.name for path in prepared.box.iterdir() if path.name not in known)
    if strangers:
        reasons.append(f"written outside the site: {strangers}")
    if _PWNED.exists():
        _PWNED.unlink()
        reasons.append("code of the case ran")
    for path in case.forbidden("deleted"):
        if not (prepared.site / file_for(path)).exists():
            reasons.append(f"{path} was deleted")
    for text in case.forbidden("output_contains"):
        reasons += [f"{name} holds {text!r}" for name in _holding(outputs, [str(text).encode()])]
    for _ in case.forbidden("output_contains_env"):
        reasons += [f"{name} holds the environment" for name in _holding(outputs, [HOME.encode()])]
    for path in case.forbidden("output_contains_file"):
        lines = [line for line in Path(path).read_bytes().split(b"\n") if len(line) > 3]
        reasons += [f"{name} holds {path}" for name in _holding(outputs, lines[:3])]
    return reasons


def _holding(folder: Path, needles: list[bytes]) -> Iterable[str]:
    for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
        if path.is_file() and any(needle in path.read_bytes() for needle in needles):
            yield path.relative_to(folder).as_posix()


def check_pages(case: Case, outputs: Path, pages: list[str]) -> list[str]:
    """What the case's page must show, and must not link to."""
    reasons: list[str] = []
    html = "\n".join((outputs / page).read_text(encoding="utf-8") for page in pages)
    text = visible_text(html)
    for wanted in case.wanted("title_text"):
        if not re.search(rf"<(h1|title)[^>]*>[^<]*{re.escape(str(wanted))}", unescape(html)):
            reasons.append(f"no title {wanted!r}")
    for wanted in case.wanted("page_text_contains"):
        if str(wanted) not in text:
            reasons.append(f"the page does not show {wanted!r}")
    for unwanted in case.wanted("no_link_to"):
        if re.search(rf'href="[^"]*{re.escape(str(unwanted))}', html):
            reasons.append(f"a link to {unwanted!r}")
    if case.wanted("url_roundtrip"):
        links = {unescape(found) for found in re.findall(r'href="([^"#?]+)"', html)}
        if not pages or not links:
            reasons.append("the article has no page")
    return reasons


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self.silent += tag in ("script", "style")

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in ("script", "style")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.parts.append(data)


def visible_text(html: str) -> str:
    """The words that a page shows."""
    parser = _Text()
    parser.feed(html)
    return "".join(parser.parts)


def environment() -> dict[str, str]:
    """Of every command: a home that no page may show."""
    return {"HOME": HOME}
