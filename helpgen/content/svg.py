"""An SVG file: its size, and proof that it neither runs nor loads anything.

Opened by its own address an SVG is a document of the site, with all the rights of its pages. So elements,
namespaces and addresses go by allow lists, and the file is refused rather than repaired.

1. expat reads it, with handlers only: no tree is built, no entity expanded (a DOCTYPE is refused when it begins).
2. Each element and attribute is judged, with line and column.
3. The size is `width` and `height` in pixels, else the `viewBox`.
"""

from __future__ import annotations

import re
from xml.parsers import expat

from helpgen.model.diagnostic import Diagnostic, Outcome, problem
from helpgen.model.location import Location
from helpgen.model.source import SourceFile

_SVG = "http://www.w3.org/2000/svg"
_ELEMENTS = frozenset(
    """
    svg g defs symbol use switch title desc metadata style path rect circle ellipse line polyline polygon text tspan
    textPath image linearGradient radialGradient stop pattern clipPath mask marker filter view feBlend feColorMatrix
    feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting feDisplacementMap feDistantLight feDropShadow
    feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur feMerge feMergeNode feMorphology feOffset fePointLight
    feSpecularLighting feSpotLight feTile feTurbulence
    """.split()  # noqa: SIM905
)
# What drawing programs add; browsers do nothing with it.
_INERT = (
    "http://www.inkscape.org/",
    "http://sodipodi.sourceforge.net/",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "http://creativecommons.org/ns#",
    "http://purl.org/dc/elements/",
    "http://www.serif.com/",
    "http://www.bohemiancoding.com/",
)
_DATA_IMAGE = re.compile(r"data:image/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/=\s]*")
_CSS_OUTSIDE = re.compile(r"@import|url\(\s*[\"']?\s*(?![\"'#\s])|expression\s*\(|\\|image-set|src\s*\(", re.IGNORECASE)
_LENGTH = re.compile(r"\s*([0-9]*\.?[0-9]+)(px|pt|mm|cm|in)?\s*")
_PIXELS = {"": 1.0, "px": 1.0, "pt": 4 / 3, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0}
_PROBLEM_LIMIT = 10


class _StopError(Exception):
    """Stops the parser at a place where going on would be work for nothing."""


class _Reader:
    def __init__(self, file: SourceFile) -> None:
        self.path = file.path
        self.diagnostics: list[Diagnostic] = []
        self.size: tuple[int, int] | None = None
        self._style: list[str] | None = None
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.ProcessingInstructionHandler = self._instruction

    def refuse(self, what: str, hint: str = "") -> None:
        place = Location(path=self.path, line=self.parser.CurrentLineNumber, column=self.parser.CurrentColumnNumber + 1)
        self.diagnostics.append(problem("image/unsafe", place, what, hint=hint))
        if len(self.diagnostics) >= _PROBLEM_LIMIT:
            raise _StopError

    def _doctype(self, *_: object) -> None:
        self.refuse("the SVG has a DOCTYPE, which may name other files", "delete the line that begins with <!DOCTYPE")
        raise _StopError

    def _instruction(self, target: str, _data: str) -> None:
        self.refuse(f"the SVG has an instruction <?{target} …?>", "delete it")

    def _start(self, full_name: str, attributes: dict[str, str]) -> None:
        namespace, _, name = full_name.rpartition(" ")
        if self.size is None:
            if full_name != f"{_SVG} svg":
                self.refuse("the file is not an SVG drawing", f'its first element must be <svg xmlns="{_SVG}">')
                raise _StopError
            self.size = _size(attributes)
        if self._style is not None:
            # A browser reads the words on both sides of it as one style sheet.
            self.refuse("the SVG's <style> has an element inside", "delete it")
        if namespace.startswith(_INERT):
            return
        if namespace != _SVG or name not in _ELEMENTS:
            self.refuse(f"the SVG has an element <{name}>, which may run or load something", "export it without")
        if name == "style":
            self._style = []
        for attribute, value in attributes.items():
            self._attribute(name, attribute, value)

    def _attribute(self, element: str, full_name: str, value: str) -> None:
        name = full_name.rpartition(" ")[2].lower()
        if name.startswith("on"):
            self.refuse(f"the SVG has a script in the attribute {name}", "delete the attribute")
        elif name == "href" and not value.strip().startswith("#"):
            if not (element == "image" and _DATA_IMAGE.fullmatch(value.strip())):
                self.refuse(f'the SVG refers to another file, "{value[:80]}"', "put it into the drawing itself")
        elif name in ("base", "src"):
            self.refuse(f"the SVG has the attribute {name}, which names another file", "delete the attribute")
        elif ("(" in value or "\\" in value or name == "style") and _CSS_OUTSIDE.search(value):
            self.refuse(f"the attribute {name} refers to something outside the drawing", "use url(#id) only")

    def _text(self, text: str) -> None:
        if self._style is not None:
            self._style.append(text)

    def _end(self, _name: str) -> None:
        if self._style is not None and _CSS_OUTSIDE.search("".join(self._style)):
            self.refuse(
                "the SVG's <style> refers to something outside the drawing", "use url(#id) only, and no @import"
            )
        self._style = None


def read_svg(file: SourceFile) -> Outcome[tuple[int, int]]:
    """Width and height in CSS pixels (0 = unknown), or None with what is wrong."""
    reader = _Reader(file)
    try:
        reader.parser.Parse(file.data, True)
    except _StopError:
        pass
    except (expat.ExpatError, ValueError, LookupError) as error:
        line = getattr(error, "lineno", 1)
        column = getattr(error, "offset", 0) + 1
        fault = expat.ErrorString(error.code) if isinstance(error, expat.ExpatError) else str(error)
        place = Location(path=file.path, line=line, column=column)
        found = problem("image/broken", place, f"the SVG is not well-formed: {fault}", hint="export it again")
        return Outcome(value=None, diagnostics=(*reader.diagnostics, found))
    if reader.diagnostics or reader.size is None:
        return Outcome(value=None, diagnostics=tuple(reader.diagnostics))
    return Outcome(value=reader.size)


def _size(attributes: dict[str, str]) -> tuple[int, int]:
    width, height = _pixels(attributes.get("width", "")), _pixels(attributes.get("height", ""))
    box = [float(part) for part in re.findall(r"-?[0-9]*\.?[0-9]+", attributes.get("viewBox", ""))]
    if len(box) == 4 and box[2] > 0 and box[3] > 0:
        if not width and not height:
            width, height = box[2], box[3]
        width, height = width or height * box[2] / box[3], height or width * box[3] / box[2]
    return (round(width), round(height)) if width and height else (0, 0)


def _pixels(length: str) -> float:
    match = _LENGTH.fullmatch(length)
    return float(match.group(1)) * _PIXELS[match.group(2) or ""] if match else 0.0
