"""A theme's folder and its parents' -> Theme.

1. Follow `parent` from theme to theme; an unknown one is an error with a suggestion, a circle too.
2. Fold the files together by name, child over parent; strings by text, settings by name.
3. Check everything once: strings equal in all languages, templates parse, name only what exists, do nothing unsafe;
   icons hold only shapes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from helpgen import __version__
from helpgen.content.config import setting_location
from helpgen.content.decode import decode_text
from helpgen.content.schema import Field, Record
from helpgen.model.diagnostic import Diagnostic, Outcome, problem
from helpgen.model.location import Location
from helpgen.model.source import SourceFile
from helpgen.model.suggest import did_you_mean
from helpgen.theme.closure import ReadTemplates, closure_of, find_references, read_templates
from helpgen.theme.foreign import lint_styles
from helpgen.theme.lint import lint_documents, lint_template
from helpgen.theme.manifest import MANIFEST_FILE, Manifest, parse_manifest
from helpgen.theme.render import TEMPLATES
from helpgen.theme.strings import check_new_texts, check_strings, parse_strings
from helpgen.theme.values import Strings, Template, Theme

Folders = Mapping[str, tuple[SourceFile, ...]]
_UNSAFE_SVG = re.compile(
    r"<\s*(script|style|foreignobject|image|use|a|iframe|animate\w*|set)\b|\son\w+\s*=|href|url\(|<!|&", re.IGNORECASE
)


def load_theme(
    folders: Folders,
    name: str,
    *,
    at: Location | None = None,
    version: str = __version__,
    read: ReadTemplates = read_templates,
) -> Outcome[Theme]:
    """Load the theme `name`.

    `folders` maps the folder of each theme there is, as its user knows it ("themes/lighthouse"; the last part is the
    theme's name), to its files, whose paths start with that folder. `at` is where the site names its theme. `read` reads
    the templates.
    """
    place = at or Location(path="helpgen.yaml")
    found = _chain(folders, name, place, version)
    if found.value is None:
        return Outcome(value=None, diagnostics=found.diagnostics)
    files = _fold(folders, [folder for folder, _ in found.value])
    manifests = [manifest for _, manifest in found.value]
    problems: list[Diagnostic] = []
    templates = _templates(files, problems)
    strings = _strings(folders, [folder for folder, _ in found.value], problems)
    assets = {path.removeprefix("assets/"): file.data for path, file in files.items() if path.startswith("assets/")}
    # Templates that the lint refuses are parsed all the same: a run reports all that is wrong.
    closures, unclear = find_references(templates, read)
    problems.extend(unclear)
    theme = Theme(
        chain=tuple(manifest.name for manifest in manifests),
        settings=Record(_settings(manifests), label="a mapping of the theme's settings"),
        templates=templates,
        strings=strings,
        assets=assets,
        layers=next((manifest.layers for manifest in manifests if manifest.layers), ()),
        references=closures.references,
        programs=closures.programs,
        fragments=closures.fragments,
    )
    problems += _dropped_layers(folders, found.value)
    problems += _check(theme, files, Location(path=f"{found.value[0][0]}/{MANIFEST_FILE}"))
    failed = any(item.severity == "error" for item in problems)
    return Outcome(value=None if failed else theme, diagnostics=tuple(problems))


def _chain(folders: Folders, name: str, place: Location, version: str) -> Outcome[list[tuple[str, Manifest]]]:
    """The theme and its parents, nearest first, each with its folder."""
    by_name = {folder.rsplit("/", 1)[-1]: folder for folder in folders}
    chain: list[tuple[str, Manifest]] = []
    while name:
        if name not in by_name:
            message = f'there is no theme "{name}"'
            return _fail("theme/missing", place, message, did_you_mean(name, by_name))
        if any(manifest.name == name for _, manifest in chain):
            circle = " -> ".join([*(manifest.name for _, manifest in chain), name])
            return _fail("theme/missing", place, f"the themes are each other's parents: {circle}")
        folder = by_name[name]
        path = f"{folder}/{MANIFEST_FILE}"
        file = next((file for file in folders[folder] if file.path == path), None)
        if file is None:
            return _fail("theme/missing", Location(path=path), f'the theme "{name}" has no {MANIFEST_FILE}')
        parsed = parse_manifest(file, version)
        if parsed.value is None:
            return Outcome(value=None, diagnostics=parsed.diagnostics)
        if parsed.value.name != name:
            message = f'the theme calls itself "{parsed.value.name}", its folder "{name}"'
            return _fail("theme/missing", Location(path=path, line=1), message, "give both the same name")
        chain.append((folder, parsed.value))
        name = parsed.value.parent
        place = Location(path=path)
    return Outcome(value=chain)


def _fail(rule: str, place: Location, message: str, hint: str = "") -> Outcome[list[tuple[str, Manifest]]]:
    return Outcome(value=None, diagnostics=(problem(rule, place, message, hint=hint),))


def _fold(folders: Folders, chain: list[str]) -> dict[str, SourceFile]:
    """Every file by its path below the theme's folder; the child's where both have one."""
    files: dict[str, SourceFile] = {}
    for folder in reversed(chain):
        for file in folders[folder]:
            files[file.path.removeprefix(folder + "/")] = file
    return dict(sorted(files.items()))


def _settings(manifests: Iterable[Manifest]) -> tuple[Field, ...]:
    table: dict[str, Field] = {}
    for manifest in reversed(list(manifests)):
        table |= {field.name: field for field in manifest.settings}
    return tuple(table.values())


def _templates(files: Mapping[str, SourceFile], problems: list[Diagnostic]) -> dict[str, Template]:
    templates = {}
    for path, file in files.items():
        if path.startswith("templates/") and path.endswith(".html"):
            decoded = decode_text(file)
            problems.extend(decoded.diagnostics)
            if decoded.value is not None:
                name = path.removeprefix("templates/")
                templates[name] = Template(path=file.path, source=decoded.value)
    return templates


def _strings(folders: Folders, chain: list[str], problems: list[Diagnostic]) -> dict[str, Strings]:
    """Texts by language; a child changes single texts and keeps its parent's others."""
    languages: dict[str, Strings] = {}
    paths: dict[str, str] = {}
    for folder in reversed(chain):
        files: dict[str, SourceFile] = {}
        texts: dict[str, Strings] = {}
        for file in folders[folder]:
            match = re.fullmatch(r"strings/([A-Za-z0-9-]+)\.yaml", file.path.removeprefix(folder + "/"))
            if match:
                parsed = parse_strings(file)
                problems.extend(parsed.diagnostics)
                if parsed.value is not None:
                    files[match.group(1)], texts[match.group(1)] = file, parsed.value
        new = check_new_texts(texts, files, languages) if languages else {}
        problems.extend(new.values())
        for code, strings in texts.items():
            own = {name: entry for name, entry in strings.items() if name not in new}
            languages[code] = {**languages.get(code, {}), **own}
            paths[code] = files[code].path
    problems.extend(check_strings(languages, paths))
    return languages


def _dropped_layers(folders: Folders, chain: list[tuple[str, Manifest]]) -> Iterator[Diagnostic]:
    """A theme whose list of layers has none of its parent's: nearly always it was meant to add one."""
    listing = [(folder, manifest) for folder, manifest in chain if manifest.layers]
    if len(listing) < 2 or set(listing[0][1].layers) & set(listing[1][1].layers):
        return
    (folder, child), (_, parent) = listing[:2]
    file = next(file for file in folders[folder] if file.path == f"{folder}/{MANIFEST_FILE}")
    message = f'"css" names none of the {len(parent.layers)} layers of "{parent.name}": pages have none of its styles'
    hint = f"list them before your own: css: [{', '.join((*parent.layers, *child.layers))}]"
    yield problem("theme/layers", setting_location(file, "css"), message, hint=hint)


def _check(theme: Theme, files: Mapping[str, SourceFile], manifest: Location) -> list[Diagnostic]:
    problems: list[Diagnostic] = []
    for template in theme.templates.values():
        problems.extend(lint_template(template))
    used = [closure_of(name, theme.references) for name in TEMPLATES if name in theme.templates]
    problems.extend(
        lint_documents([theme.templates[part] for part in parts if part in theme.templates] for parts in used)
    )
    for name in sorted(set(TEMPLATES) - set(theme.templates)):
        message = f"the theme has no templates/{name}"
        problems.append(problem("theme/missing", manifest, message, hint=did_you_mean(name, theme.templates)))
    for layer in theme.layers:
        if f"css/{layer}.css" not in theme.assets:
            message = f"the theme has no assets/css/{layer}.css, which its css setting names"
            problems.append(problem("theme/missing", manifest, message))
    if not theme.strings:
        problems.append(problem("theme/missing", manifest, "the theme has no strings/<locale>.yaml"))
    for path, file in files.items():
        if path.endswith(".css"):
            problems.extend(lint_styles(file))
        if path.endswith(".svg") and _UNSAFE_SVG.search(file.data.decode("utf-8", "replace")):
            message = "an icon may hold only shapes: no script, style, link, entity or reference"
            problems.append(problem("theme/unsafe", Location(path=file.path, line=1), message))
    return problems
