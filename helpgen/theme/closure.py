"""Which templates a template uses, directly or through others.

1. Parse each template and write it as Python, once (a syntax error is found here, with its line).
2. Collect the names that it extends, includes or imports; a name must be written out, so that the list is complete.
3. Follow them: a missing one, or a circle, is an error that names the templates.

The closure is what a rendered page depends on besides its view: the pages of one type are made again when a
template of their closure changes, and the others are not.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from jinja2 import Environment, TemplateSyntaxError, nodes
from jinja2.compiler import CodeGenerator, Frame

from helpgen.model.diagnostic import Diagnostic, problem
from helpgen.model.location import Location
from helpgen.model.suggest import did_you_mean
from helpgen.theme.environment import compile_program, make_environment
from helpgen.theme.fragments import Reads, find_reads, gather_reads
from helpgen.theme.values import Look, Template

References = dict[str, int]  # name of the template -> line that names it


@dataclass(frozen=True, slots=True, kw_only=True)
class Closures:
    """For each template the templates that it names, and its text as Python (`programs`), so that no other process has to
    make that of it; and what the partials that can be remembered read (`gather_reads`).
    """

    references: dict[str, References]
    programs: dict[str, str]
    fragments: dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedTemplate:
    """A template and the name by which others use it."""

    name: str
    template: Template


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadTemplate:
    """What one template names and reads (`find_reads`), its program, and its mistakes."""

    references: References = field(default_factory=dict)
    reads: Reads = None
    program: str = ""
    problems: tuple[Diagnostic, ...] = ()


ReadTemplates = Callable[[Sequence[NamedTemplate]], Sequence[ReadTemplate]]


def find_references(templates: Mapping[str, Template], read: ReadTemplates) -> tuple[Closures, tuple[Diagnostic, ...]]:
    """What uses what, and every syntax error, unknown filter and missing template. `read` is `read_templates`, or remembers."""
    named = [NamedTemplate(name=name, template=template) for name, template in sorted(templates.items())]
    found = dict(zip(sorted(templates), read(named), strict=True))
    references = {name: one.references for name, one in found.items()}
    problems: list[Diagnostic] = []
    for one in named:
        problems.extend(found[one.name].problems)
        problems.extend(_missing(one.template, references[one.name], templates))
    problems.extend(_circles(templates, references))
    closures = Closures(
        references=references,
        programs={name: one.program for name, one in found.items()},
        fragments=gather_reads({name: one.reads for name, one in found.items()}),
    )
    return closures, tuple(problems)


def read_templates(templates: Sequence[NamedTemplate]) -> list[ReadTemplate]:
    """Each by itself."""
    return [read_template(one) for one in templates]


class _Unfolded(CodeGenerator):
    """Works out nothing beforehand: what a template makes has limits only when a page is made."""

    def _output_child_to_const(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> str:
        if not isinstance(node, nodes.TemplateData):
            raise nodes.Impossible
        return super()._output_child_to_const(node, frame, finalize)


def read_template(one: NamedTemplate) -> ReadTemplate:
    """Parse it, and write it as Python."""
    name, template = one.name, one.template
    environment = make_environment(Look(templates={}, strings={}, icons={}, table={}, closures={}, digest=""))
    environment.optimized = False
    environment.code_generator_class = _Unfolded
    try:
        tree = environment.parse(template.source, name, template.path)
        program = environment.compile(tree, name, template.path, raw=True)
        compile_program(program, template.path)
    except TemplateSyntaxError as error:
        return ReadTemplate(problems=(_syntax(template, error, environment),))
    except (SyntaxError, RecursionError, MemoryError, ValueError) as error:
        return ReadTemplate(problems=(_beyond_python(template, error),))
    names, unclear = _names(tree, template)
    return ReadTemplate(references=names, reads=find_reads(tree), program=program, problems=tuple(unclear))


def closure_of(name: str, references: Mapping[str, References]) -> tuple[str, ...]:
    """The template itself and all that it uses, sorted by name."""
    seen: set[str] = set()
    todo = [name]
    while todo:
        current = todo.pop()
        if current not in seen:
            seen.add(current)
            todo.extend(references.get(current, ()))
    return tuple(sorted(seen))


def closure_digest(name: str, references: Mapping[str, References], templates: Mapping[str, Template]) -> str:
    """SHA-256 over the names and texts of a template's closure."""
    digest = hashlib.sha256()
    for used in closure_of(name, references):
        text = templates[used].source.encode()
        digest.update(f"{used}\0{len(text)}\0".encode() + text)
    return digest.hexdigest()


def _names(tree: nodes.Template, template: Template) -> tuple[References, list[Diagnostic]]:
    names: References = {}
    unclear = []
    kinds = (nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)
    for node in tree.find_all(kinds):
        wanted = getattr(node, "template", None)
        if isinstance(wanted, nodes.Const) and isinstance(wanted.value, str):
            names.setdefault(wanted.value, node.lineno)
        else:
            place = Location(path=template.path, line=node.lineno, column=1)
            message = "the name of a template must be written out between quotes"
            hint = "helpgen must know beforehand which templates a page uses"
            unclear.append(problem("theme/template", place, message, hint=hint, excerpt=_line(template, node.lineno)))
    return names, unclear


def _missing(template: Template, names: References, templates: Mapping[str, Template]) -> list[Diagnostic]:
    found = []
    for name, line in names.items():
        if name not in templates:
            place = Location(path=template.path, line=line, column=1)
            message = f'there is no template "{name}"'
            hint = did_you_mean(name, templates)
            found.append(problem("theme/template", place, message, hint=hint, excerpt=_line(template, line)))
    return found


def _circles(templates: Mapping[str, Template], references: Mapping[str, References]) -> list[Diagnostic]:
    """One problem for each template that leads back to itself by a direct reference of its own."""
    found = []
    for name in sorted(references):
        for used, line in references[name].items():
            if name <= used and name in closure_of(used, references):
                template = templates[name]
                message = f'"{name}" and "{used}" include each other' if name != used else f'"{name}" includes itself'
                place = Location(path=template.path, line=line, column=1)
                found.append(problem("theme/template", place, message, excerpt=_line(template, line)))
    return found


def _syntax(template: Template, error: TemplateSyntaxError, environment: Environment) -> Diagnostic:
    message = (error.message or "the template cannot be read").rstrip(".")
    hint = ""
    if message.startswith("No filter named"):
        wrong = message.split("'")[1]
        message, hint = f'there is no filter "{wrong}"', did_you_mean(wrong, environment.filters)
    place = Location(path=template.path, line=error.lineno, column=1)
    return problem("theme/template", place, message, hint=hint, excerpt=_line(template, error.lineno))


def _beyond_python(template: Template, error: Exception) -> Diagnostic:
    """What Jinja understands and Python cannot hold: twenty loops inside each other, thousands of brackets or digits."""
    place = Location(path=template.path, line=1, column=1)
    message = f"the template cannot be made into a program: {error.args[0] if error.args else type(error).__name__}"
    hint = "split it into templates that include each other"
    return problem("theme/template", place, message, hint=hint)


def _line(template: Template, number: int) -> str:
    lines = template.source.split("\n")
    return lines[number - 1] if 0 < number <= len(lines) else ""
