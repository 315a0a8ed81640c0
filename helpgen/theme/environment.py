"""The environment in which templates run: sandboxed, strict, always escaping.

1. A template sees `page`, `site` and `text`; Jinja's own globals (range, lipsum, cycler …) are gone.
2. The filters are a closed list: ours, and those of Jinja that cannot leave the page.
3. An unknown name is an error that suggests the right one; nothing is ever silently empty.
4. Multiplying texts and raising to powers is bounded: a theme cannot eat the machine by accident.
"""

from __future__ import annotations

from collections.abc import MutableMapping
from dataclasses import fields, is_dataclass
from functools import lru_cache
from types import CodeType
from typing import Any, Final

from jinja2 import BaseLoader, Environment, StrictUndefined, TemplateNotFound
from jinja2 import Template as JinjaTemplate
from jinja2.exceptions import SecurityError
from jinja2.filters import FILTERS
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import missing
from markupsafe import escape

from helpgen.model import page
from helpgen.model.suggest import did_you_mean
from helpgen.theme.filters import date_filter, make_asset_filter, make_icon_filter, make_url_filter
from helpgen.theme.fragments import remembering
from helpgen.theme.strings import Message, Words
from helpgen.theme.values import Look, Template

try:  # The same without a Markup around each text, which nobody would look at.
    from markupsafe import _escape_inner as _escape_text  # type: ignore[attr-defined]
except ImportError:
    _escape_text = escape

VISIBLE: Final = ("page", "site", "text")
_JINJA_FILTERS: Final = (
    *("batch", "default", "dictsort", "e", "escape", "first", "groupby", "join", "last", "length", "list", "lower"),
    *("map", "max", "min", "reject", "rejectattr", "replace", "reverse", "round", "select", "selectattr", "slice"),
    *("sort", "string", "sum", "title", "tojson", "trim", "truncate", "unique", "upper", "urlencode", "wordcount"),
)
_LARGEST: Final = 10_000
# The views of the pages are frozen data: any field of theirs may be shown.
_FIELDS: Final[dict[type, frozenset[str]]] = {
    view: frozenset(field.name for field in fields(view))
    for view in vars(page).values()
    if isinstance(view, type) and is_dataclass(view)
}


class UnknownName(StrictUndefined):
    """A name that does not exist; using it is an error that suggests the right one."""

    __slots__ = ()
    # Within a list too, which shows its items by their representation.
    __repr__ = StrictUndefined.__str__

    @property
    def _undefined_message(self) -> str:
        if self._undefined_hint:
            return str(self._undefined_hint)
        name = str(self._undefined_name)
        if self._undefined_obj is missing:
            return f'there is no "{name}" here\n{did_you_mean(name, VISIBLE) or "a template sees page, site and text"}'
        kind = _kind(self._undefined_obj)
        return f'{kind} has no "{name}"\n{did_you_mean(name, _names(self._undefined_obj))}'


def _escaped(value: Any) -> str:
    """As Jinja's `escape`, for what is written at once: nobody looks at its type again."""
    if type(value) is str:
        return _escape_text(value)
    return value.html if isinstance(value, Message) else escape(value)


class _Template(JinjaTemplate):
    """A compiled template that escapes what it writes by `_escaped`."""

    @classmethod
    def _from_namespace(
        cls, environment: Environment, namespace: MutableMapping[str, Any], globals: MutableMapping[str, Any]
    ) -> JinjaTemplate:
        namespace["escape"] = _escaped
        return super()._from_namespace(environment, namespace, globals)


@lru_cache(maxsize=256)
def compile_program(program: str, path: str) -> CodeType:
    """A template as Python, ready to run; tracebacks show the path of the template, which its author knows. A memo: whoever
    has loaded the theme makes pages with it too.
    """
    return compile(program, path, "exec")


class _ProgramLoader(BaseLoader):
    """Templates by name, written as Python when the theme was loaded (`closure.py`): that is three quarters of the work."""

    def __init__(self, templates: dict[str, Template], programs: dict[str, str]) -> None:
        self._templates, self._programs = templates, programs

    def load(
        self, environment: Environment, name: str, globals: MutableMapping[str, Any] | None = None
    ) -> JinjaTemplate:
        if name not in self._programs:
            raise TemplateNotFound(name)
        code = compile_program(self._programs[name], self._templates[name].path)
        return environment.template_class.from_code(environment, code, {} if globals is None else globals)


class TemplateEnvironment(ImmutableSandboxedEnvironment):
    """Jinja's sandbox with bounds on what multiplication and powers can make."""

    intercepted_binops = frozenset({"*", "**"})

    template_class = _Template

    def __init__(self, look: Look, **options: Any) -> None:
        super().__init__(loader=_ProgramLoader(look.templates, look.programs), **options)
        self._fragments = look.fragments
        self._ready: dict[str, JinjaTemplate] = {}

    def get_template(
        self,
        name: str | JinjaTemplate,
        parent: str | None = None,
        globals: MutableMapping[str, Any] | None = None,
    ) -> JinjaTemplate:
        """Loaded once; nothing changes under a look."""
        if isinstance(name, JinjaTemplate):
            return name
        found = self._ready.get(name)
        if found is None:
            found = super().get_template(name, parent, globals)
            reads = self._fragments.get(name)
            if reads is not None:
                found.root_render_func = remembering(name, found.root_render_func, reads)
            self._ready[name] = found
        return found

    def getattr(self, obj: Any, attribute: str) -> Any:
        """A field of a view, or a text, needs none of the sandbox's questions; they cost half the time of a page."""
        if attribute in (obj if type(obj) is Words else _FIELDS.get(type(obj), ())):
            return getattr(obj, attribute)
        return super().getattr(obj, attribute)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        for value in (left, right):
            large = value > _LARGEST if isinstance(value, int | float) else len(value) > _LARGEST
            if large:
                raise SecurityError(f"{operator} with a value beyond {_LARGEST}")
        if operator == "**" and isinstance(right, int | float) and right > 8:
            raise SecurityError("** with a power beyond 8")
        return super().call_binop(context, operator, left, right)


def make_environment(look: Look) -> TemplateEnvironment:
    """The environment of a look; its templates are loaded at their first use."""
    environment = TemplateEnvironment(
        look,
        autoescape=True,
        undefined=UnknownName,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,
    )
    environment.globals.clear()
    url_filter = make_url_filter(offline=look.offline)
    environment.filters = {name: FILTERS[name] for name in _JINJA_FILTERS} | {
        "url": url_filter,
        "asset": make_asset_filter(look.table, url_filter),
        "icon": make_icon_filter(look.icons),
        "date": date_filter,
    }
    environment.policies["json.dumps_kwargs"] = {"sort_keys": True, "ensure_ascii": False, "separators": (",", ":")}
    return environment


def _kind(value: object) -> str:
    if isinstance(value, Words):
        return "the theme's text"
    return f"this {type(value).__name__}"


def _names(value: object) -> tuple[str, ...]:
    if isinstance(value, Words):
        return value.names
    if is_dataclass(value):
        return tuple(field.name for field in fields(value))
    if isinstance(value, dict):
        return tuple(str(key) for key in value)
    return ()
