"""The site's folder -> its files, as values.

Nothing outside the site's folder is read (a theme that helpgen brings aside): a symbolic link is followed only where it
ends inside. Names that some system could not hold, or that hide something, are refused here, once for everything.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

from helpgen.content.devices import is_device
from helpgen.model.diagnostic import Diagnostic, problem
from helpgen.model.location import Location
from helpgen.model.source import SourceFile

CONFIG_NAMES = ("helpgen.yaml", "helpgen.yml")
_IGNORED = (".git", "__pycache__", "node_modules", ".DS_Store", "Thumbs.db")
_FORBIDDEN = re.compile('[\x00-\x1f\x7f<>:"\\\\|?*]')
_HIDDEN = re.compile("[\u00ad\u061c\u180e\u200b-\u200f\u2011\u2028-\u202e\u2060-\u2069\ufeff]")
_MAX_NAME = 200
# Most names are such, and need no other question than whether they are a device's.
_PLAIN_NAME = re.compile(r"[a-z0-9_-]{1,190}\.[a-z]{1,9}")


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteFiles:
    """Everything that a build reads. `config` is None if there is no helpgen.yaml; themes by name."""

    config: SourceFile | None
    content: tuple[SourceFile, ...]
    themes: dict[str, tuple[SourceFile, ...]]
    diagnostics: tuple[Diagnostic, ...]


@dataclass(slots=True)
class _Walk:
    """One walk over a folder: what it may not leave, and what it met."""

    root: Path
    shown: str
    files: list[SourceFile] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    seen: dict[str, str] = field(default_factory=dict)

    def report(self, rule: str, path: str, message: str, hint: str = "") -> None:
        self.diagnostics.append(problem(rule, Location(path=_printable(path)), message, hint=hint))


def builtin_themes() -> Path:
    """The folder of the themes that come with helpgen: in the package when installed, beside it in a checkout."""
    package = Path(__file__).resolve().parent.parent
    installed = package / "_themes"
    return installed if installed.is_dir() else package.parent / "themes"


def read_search_client() -> dict[str, bytes]:
    """The scripts of the search that are shipped with the site, by file name: the client joined and shortened."""
    folder = Path(__file__).resolve().parent.parent / "search" / "shipped"
    return {path.name: path.read_bytes() for path in sorted(folder.glob("*.js"))}


def read_support_client() -> dict[str, bytes]:
    """The scripts of the way to a human that are shipped with the site, by file name, and their data as modules.

    As modules the data can be had from a disk too, where browsers fetch nothing.
    """
    folder = Path(__file__).resolve().parent.parent / "support"
    scripts = {path.name: path.read_bytes() for path in (folder / "client").glob("*.js")}
    data = {f"{path.stem}.js": path.read_bytes().rstrip() for path in (folder / "data").glob("*.json")}
    modules = {name: b"export default " + text + b";\n" for name, text in data.items()}
    return dict(sorted({**scripts, **modules}.items()))


def read_site(root: Path) -> SiteFiles:
    """Read the settings, content and themes of the site in a folder."""
    top, content = _Walk(root=root, shown=""), _Walk(root=root, shown="")
    for name in CONFIG_NAMES:
        if not top.files and os.path.lexists(root / name):
            _file_or_folder(top, name, ())
    if _stays_inside(content, "content", ()):
        _walk(content, "content", (os.path.realpath(root / "content"),))
    themes = dict(_themes(builtin_themes(), top))
    # A site inside a checkout of helpgen has the same folder as the built-in themes.
    if _stays_inside(top, "themes", ()):
        themes |= dict(_themes(root / "themes", top))
    return SiteFiles(
        config=top.files[0] if top.files else None,
        content=tuple(sorted(content.files, key=lambda file: file.path)),
        themes=themes,
        diagnostics=tuple(dict.fromkeys((*content.diagnostics, *top.diagnostics))),
    )


def read_again(root: Path, known: SiteFiles, paths: Iterable[str]) -> SiteFiles | None:
    """The files as they were `known`, with the content at these paths (of the disk) read again.

    None where more may have changed than what stands in files of the content: then the whole site must be read.
    """
    content = list(known.content)
    places = {file.path: place for place, file in enumerate(content)}
    refused = {unicodedata.normalize("NFC", diagnostic.location.path) for diagnostic in known.diagnostics}
    for path in paths:
        name = unicodedata.normalize("NFC", _printable(os.path.relpath(path, root).replace(os.sep, "/")))
        if name in refused:
            return None
        if name in places:
            try:
                if stat.S_ISREG(os.lstat(path).st_mode):
                    data = Path(path).read_bytes()
                    content[places[name]] = SourceFile(path=name, data=data, digest=_digest(data))
                    continue
            except OSError:
                pass
            return None
        if _is_ignored(PurePosixPath(name).name):
            continue
        # What editors write beside a text and take away again is nobody's. A folder that goes is told without its files.
        there = os.path.lexists(path) or any(other.startswith(f"{name}/") for other in (*places, *refused))
        if there or not name.startswith("content/"):
            return None
    return replace(known, content=tuple(content))


def _themes(folder: Path, top: _Walk) -> Iterator[tuple[str, tuple[SourceFile, ...]]]:
    """Each theme of a folder by name, with its files."""
    if not folder.is_dir():
        return
    walk = _Walk(root=folder, shown="themes/", diagnostics=top.diagnostics)
    for entry in _entries(walk, ""):
        if entry.name.startswith(".") or not entry.is_dir() or not _stays_inside(walk, entry.name, ()):
            continue
        walk.files = []
        _walk(walk, entry.name, (os.path.realpath(folder / entry.name),))
        yield entry.name, tuple(walk.files)


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _printable(path: str) -> str:
    """A path in which bytes that are no UTF-8 are escaped."""
    return path.encode("utf-8", "backslashreplace").decode()


def _is_ignored(name: str) -> bool:
    return name in _IGNORED or (name.startswith(".") and name != ".well-known")


def _entries(walk: _Walk, relative: str) -> list[os.DirEntry[str]]:
    """What is in a folder, in the order of the names' bytes."""
    try:
        with os.scandir(walk.root / relative) as found:
            return sorted(found, key=lambda entry: os.fsencode(entry.name))
    except OSError as error:
        walk.report("file/unreadable", walk.shown + relative, f"the folder cannot be read: {error.strerror}")
        return []


def _walk(walk: _Walk, relative: str, trail: tuple[str, ...]) -> None:
    """Read one folder. `trail` holds the real paths above, so that a link back up is seen as a circle."""
    if not (walk.root / relative).is_dir():
        return
    for entry in _entries(walk, relative):
        if _is_ignored(entry.name):
            continue
        path = f"{relative}/{entry.name}"
        if not _name_is_fine(walk, walk.shown + path, entry.name):
            continue
        # Nearly all are files, of which the folder itself has told that they are no links.
        if entry.is_file(follow_symlinks=False):
            _read(walk, path)
        else:
            _file_or_folder(walk, path, trail)


def _file_or_folder(walk: _Walk, path: str, trail: tuple[str, ...]) -> None:
    if not _stays_inside(walk, path, trail):
        return
    try:
        mode = (walk.root / path).stat().st_mode
    except OSError as error:
        walk.report("file/unreadable", walk.shown + path, f"it cannot be read: {error.strerror}")
        return
    if stat.S_ISDIR(mode) and "/" in path:
        if path.endswith((".md", ".yaml")):
            hint = "an article is a file, not a folder" if path.endswith(".md") else "settings and data are files"
            named = "like an article" if path.endswith(".md") else "like a file of settings or data"
            walk.report("file/not-regular", walk.shown + path, f"a folder is named {named}", hint)
        _walk(walk, path, (*trail, os.path.realpath(walk.root / path)))
    elif stat.S_ISREG(mode):
        _read(walk, path)
    else:
        walk.report("file/not-regular", walk.shown + path, "this is not a regular file", "take it out of the folder")


def _read(walk: _Walk, path: str) -> None:
    shown = unicodedata.normalize("NFC", walk.shown + path)
    try:
        with open(f"{walk.root}/{path}", "rb", buffering=0) as handle:
            data = handle.read()
    except FileNotFoundError:
        walk.report("file/unreadable", shown, "the file has vanished since the folder was listed", "build again")
        return
    except OSError as error:
        walk.report("file/unreadable", shown, f"the file cannot be read: {error.strerror}")
        return
    if shown in walk.seen:
        walk.report("file/name", shown, "two files have this name, spelt with different Unicode characters")
        return
    walk.seen[shown] = path
    walk.files.append(SourceFile(path=shown, data=data, digest=_digest(data)))


def _name_is_fine(walk: _Walk, shown: str, name: str) -> bool:
    """Whether a name can be published on every system; reports why not."""
    if _PLAIN_NAME.fullmatch(name) and not is_device(name):
        return True
    message, hint = "", "rename it"
    try:
        size = len(name.encode("utf-8"))
    except UnicodeEncodeError:
        walk.report("file/name", shown, "the name is not UTF-8", hint)
        return False
    forbidden, hidden = _FORBIDDEN.search(name), _HIDDEN.search(name)
    if size > _MAX_NAME:
        message = f"the name has {size} bytes, more than {_MAX_NAME}"
    elif forbidden:
        message = f"the name holds the character {forbidden.group()!a}, which not every system can store"
    elif hidden:
        message = f"the name holds the invisible character U+{ord(hidden.group()):04X}"
    elif name.endswith((" ", ".")) or name.startswith(" ") or name.removesuffix(".md").endswith((" ", ".")):
        message = f'the name "{name}" starts or ends with a space, or ends with a dot'
    elif is_device(name):
        message = f'"{name}" is the name of a device on Windows'
    if message:
        walk.report("file/name", shown, message, hint)
    return not message


def _stays_inside(walk: _Walk, path: str, trail: tuple[str, ...]) -> bool:
    """Whether a path is no symbolic link, or one that ends in the folder of the walk; reports what it is otherwise."""
    if not (walk.root / path).is_symlink():
        return True
    shown = walk.shown + path
    try:
        real = os.path.realpath(walk.root / path, strict=True)
    except OSError:
        walk.report("file/symlink", shown, "the symbolic link leads nowhere, or in a circle", "remove it")
        return False
    root = os.path.realpath(walk.root)
    if os.path.commonpath((real, root)) != root:
        walk.report("file/symlink", shown, "the symbolic link leads out of the site", "copy the file instead")
        return False
    if real in trail:
        walk.report("file/symlink", shown, "the symbolic link leads back to a folder above it", "remove it")
        return False
    return True
