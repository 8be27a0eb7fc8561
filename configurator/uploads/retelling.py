"""An uploaded SVG told again: known elements, known attributes, plain values, no addresses, names of our own."""

import base64
import binascii
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element
from xml.sax.saxutils import quoteattr

from configurator.uploads.refusing import Unusable
from configurator.uploads.styling import own_style, reference
from configurator.uploads.svg_elements import ELSEWHERE, href, local_name, refuse

_BOX, _FUNCTION = "x y width height", "type tableValues slope intercept amplitude exponent offset"
_KNOWN = {
    "g": "",
    "defs": "",
    "symbol": "viewBox preserveAspectRatio",
    "use": _BOX,
    "image": f"{_BOX} preserveAspectRatio",
    "path": "d",
    "rect": f"{_BOX} rx ry",
    "circle": "cx cy r",
    "ellipse": "cx cy rx ry",
    "line": "x1 y1 x2 y2",
    "polyline": "points",
    "polygon": "points",
    "linearGradient": "x1 y1 x2 y2 gradientUnits gradientTransform spreadMethod",
    "radialGradient": "cx cy r fx fy fr gradientUnits gradientTransform spreadMethod",
    "stop": "offset",
    "pattern": f"{_BOX} patternUnits patternContentUnits patternTransform viewBox preserveAspectRatio",
    "clipPath": "clipPathUnits",
    "mask": f"{_BOX} maskUnits maskContentUnits",
    "filter": f"{_BOX} filterUnits primitiveUnits",
    "feGaussianBlur": f"{_BOX} result in stdDeviation",
    "feDropShadow": f"{_BOX} result in dx dy stdDeviation",
    "feOffset": f"{_BOX} result in dx dy",
    "feFlood": f"{_BOX} result",
    "feBlend": f"{_BOX} result in in2 mode",
    "feComposite": f"{_BOX} result in in2 operator k1 k2 k3 k4",
    "feColorMatrix": f"{_BOX} result in type values",
    "feComponentTransfer": f"{_BOX} result in",
    "feFuncR": _FUNCTION,
    "feFuncG": _FUNCTION,
    "feFuncB": _FUNCTION,
    "feFuncA": _FUNCTION,
    "feMerge": f"{_BOX} result",
    "feMergeNode": "in",
}
_ATTRIBUTES = {name: frozenset(attributes.split()) | {"transform"} for name, attributes in _KNOWN.items()}
_LINKED = frozenset({"use", "linearGradient", "radialGradient", "pattern"})
_DROPPED = frozenset({"title", "desc", "metadata", "style", "marker"})
_PLAIN = re.compile(r"[\w\s.,+\-#%()]*")
_PICTURE = re.compile(r"data:image/(?:png|jpe?g)\s*;\s*base64\s*,", re.IGNORECASE)


@dataclass
class Teller:
    """Of one drawing. picture: makes a PNG anew of the bytes of a picture in it."""

    named: Mapping[str, Element]
    classes: Mapping[str, Mapping[str, str]]
    picture: Callable[[bytes], bytes]
    _names: dict[str, str] = field(default_factory=dict)

    def told(self, root: Element) -> str:
        """What is within the root. It must not lie too deep (weighing.py). Raises Unusable for what is not known."""
        style = "".join(self._said(root))
        return f"<g{style}>{''.join(self._children(root))}</g>"

    def _children(self, node: Element) -> Iterator[str]:
        for child in node:
            name = local_name(child)
            if name and name not in _DROPPED:
                yield from self._element(child, "g" if name == "a" else name)

    def _element(self, node: Element, name: str) -> Iterator[str]:
        if name not in _ATTRIBUTES:
            refuse(name)
        yield f"<{name}"
        if key := node.get("id"):
            yield f' id="{self._name_of(key)}"'
        for attribute, value in node.attrib.items():
            if attribute in _ATTRIBUTES[name]:
                yield f" {attribute}={quoteattr(_plain(value))}"
        yield from self._said(node)
        yield from self._linked(node, name)
        yield ">"
        yield from self._children(node)
        yield f"</{name}>"

    def _said(self, node: Element) -> Iterator[str]:
        """How it is painted."""
        pairs = own_style(node.attrib, self.classes).items()
        said = ";".join(f"{name}:{self._value(value)}" for name, value in pairs)
        if said:
            yield f" style={quoteattr(said)}"

    def _value(self, value: str) -> str:
        key = reference(value)
        if not key:
            return _plain(value)
        return f"url(#{self._name_of(key)})" if key in self.named else "none"

    def _linked(self, node: Element, name: str) -> Iterator[str]:
        link = href(node)
        if name == "image":
            yield f' href="data:image/png;base64,{base64.b64encode(self.picture(_sent(link))).decode()}"'
        elif name in _LINKED and link.startswith("#"):
            yield f' href="#{self._name_of(link[1:])}"'
        elif link and name in _LINKED:
            raise Unusable(ELSEWHERE)

    def _name_of(self, key: str) -> str:
        return self._names.setdefault(key, f"n{len(self._names)}")


def _plain(value: str) -> str:
    if "url(" in value.lower():
        raise Unusable(ELSEWHERE)
    if not _PLAIN.fullmatch(value):
        raise Unusable("This SVG says things that no plain drawing says. Export it as plain SVG and send that.")
    return value


def _sent(link: str) -> bytes:
    found = _PICTURE.match(link)
    if not found:
        raise Unusable(ELSEWHERE)
    try:
        return base64.b64decode(link[found.end() :])
    except (binascii.Error, ValueError) as fault:
        raise Unusable("A picture within this SVG is damaged. Export it anew, or save the whole as PNG.") from fault
