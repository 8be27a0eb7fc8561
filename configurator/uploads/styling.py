"""How a part of an uploaded SVG is painted: attributes, style and plain classes, as flat colours."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from PIL import ImageColor

from configurator.uploads.refusing import Unusable
from configurator.uploads.svg_elements import OUTLINES, NotFlat

_KNOWN = frozenset(
    {"fill", "stroke", "stroke-width", "stroke-linecap", "stroke-linejoin", "fill-rule", "color", "visibility"}
    | {"opacity", "fill-opacity", "stroke-opacity", "display", "stroke-dasharray", "stroke-dashoffset"}
    | {"clip-path", "clip-rule", "mask", "mask-type", "filter", "mix-blend-mode", "isolation", "paint-order"}
    | {"stop-color", "stop-opacity", "flood-color", "flood-opacity", "stroke-miterlimit", "vector-effect"}
    | {"color-interpolation-filters"}
)
_SETTING = frozenset(
    {"font", "font-family", "font-size", "font-weight", "font-style", "font-stretch", "font-variant", "text-anchor"}
    | {"letter-spacing", "word-spacing", "text-decoration", "text-decoration-line", "text-transform", "white-space"}
    | {"writing-mode", "direction", "baseline-shift", "dominant-baseline", "alignment-baseline", "display"}
)
"""How letters are set (letter_style.py)."""
_NO_ATTRIBUTES = frozenset({"font", "text-transform"})
"""Said in styles only."""
_ALONE = frozenset({"opacity", "display", "clip-path", "mask", "filter", "mix-blend-mode", "isolation"})
"""Not inherited."""
_RULE = re.compile(r"([^{}]*)\{([^{}]*)\}")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_NUMBER = re.compile(r"([-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?)(px|)")
_NAMED = re.compile(r"""url\(\s*["']?#([^"')]+)["']?\s*\)[\w\s.,+\-#%()]*""")
_SHADES = ("mask", "filter", "mix-blend-mode")
SHADING, GLASS = "shading", "half transparent parts"


@dataclass(frozen=True)
class Style:
    """Properties in force."""

    values: Mapping[str, str] = field(default_factory=lambda: {"fill": "black", "color": "black"})

    def of(self, own: Mapping[str, str]) -> "Style":
        """The style of a part within this one."""
        kept = {name: value for name, value in self.values.items() if name not in _ALONE}
        return replace(self, values={**kept, **{name: value for name, value in own.items() if value != "inherit"}})

    @property
    def hidden(self) -> bool:
        """Whether it is there, but not seen."""
        gone = self.values.get("display") == "none" or self.values.get("visibility") in ("hidden", "collapse")
        return gone or self.share("opacity") == 0

    @property
    def even_odd(self) -> bool:
        """How its inside is told."""
        return self.values.get("fill-rule") == "evenodd"

    @property
    def line_first(self) -> bool:
        """Whether its line lies under what it fills."""
        return self.values.get("paint-order", "normal").split()[:1] == ["stroke"]

    @property
    def clip(self) -> str:
        """The name of the clip path that what is drawn keeps inside; empty for none. Raises NotFlat."""
        text = self.values.get("clip-path", "none").strip()
        key = reference(text)
        if not key and text not in ("none", ""):
            raise NotFlat(SHADING)
        return key

    @property
    def round(self) -> bool:
        """Round ends and corners of lines."""
        return "round" in (self.values.get("stroke-linecap"), self.values.get("stroke-linejoin"))

    @property
    def width(self) -> float:
        """Of its line, in its own units."""
        return number(self.values.get("stroke-width", "1"))

    def paint(self, name: str) -> str | None:
        """`fill` or `stroke` as #rrggbb; None for none. Raises NotFlat, Unusable for what is no flat colour."""
        text = self.values.get(name, "none").strip()
        if text == "currentColor":
            text = self.values.get("color", "black")
        if text in ("none", "transparent") or self.share(f"{name}-opacity") == 0:
            return None
        self.check()
        return colour(text)

    def check(self) -> None:
        """Raises NotFlat for what flat paths cannot show."""
        if any(self.values.get(name, "none") not in ("none", "", "normal") for name in _SHADES):
            raise NotFlat(SHADING)
        if any(0 < self.share(name) < 1 for name in ("opacity", "fill-opacity", "stroke-opacity")):
            raise NotFlat(GLASS)

    def share(self, name: str) -> float:
        """An opacity, 0..1."""
        text = self.values.get(name, "1").strip()
        return number(text[:-1]) / 100 if text.endswith("%") else number(text)


def own_style(attributes: Mapping[str, str], classes: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """How a part says it is painted: attributes, then its classes, then its style, as CSS ranks them."""
    return _said(attributes, classes, _KNOWN)


def own_setting(attributes: Mapping[str, str], classes: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """How a part says its letters are set."""
    return _said(attributes, classes, _SETTING)


def _said(
    attributes: Mapping[str, str], classes: Mapping[str, Mapping[str, str]], known: frozenset[str]
) -> dict[str, str]:
    said = {name: value for name, value in attributes.items() if name not in _NO_ATTRIBUTES}
    for name in attributes.get("class", "").split():
        said |= classes.get(name, {})
    said |= _declared(attributes.get("style", ""))
    return {name: value for name, value in said.items() if name in known}


def read_classes(sheets: Iterable[str]) -> dict[str, dict[str, str]]:
    """`.name { … }` rules of style elements. Other selectors are refused: ignoring one would change the picture."""
    classes: dict[str, dict[str, str]] = {}
    for sheet in sheets:
        if "@font-face" in sheet:
            raise Unusable(f"This SVG brings a font of its own, which is not read here. {OUTLINES}")
        if "@" in sheet:
            raise Unusable("The styles of this drawing come from elsewhere. Export with presentation attributes.")
        for selectors, body in _RULE.findall(_COMMENT.sub("", sheet)):
            for selector in selectors.split(","):
                name = selector.strip()
                if not re.fullmatch(r"\.[\w-]+", name):
                    raise Unusable(f"The style rule “{name[:40]}” cannot be read. Export with presentation attributes.")
                classes.setdefault(name[1:], {}).update(_declared(body))
    return classes


def colour(text: str) -> str:
    """A flat colour as #rrggbb. Raises NotFlat, Unusable."""
    if text.startswith("url("):
        raise NotFlat(SHADING)
    try:
        red, green, blue, *alpha = ImageColor.getrgb(text)
    except ValueError:
        raise Unusable(f"The colour “{text[:40]}” cannot be read. Use colours like #ee5a3b.") from None
    if alpha and alpha[0] < 255:
        raise NotFlat(GLASS)
    return f"#{red:02x}{green:02x}{blue:02x}"


def reference(text: str) -> str:
    """The name in `url(#name)`, with or without a colour for want of it; empty for anything else."""
    found = _NAMED.fullmatch(text.strip())
    return found[1] if found else ""


def number(text: str) -> float:
    """A plain number, or pixels. Raises Unusable."""
    found = _NUMBER.fullmatch(text.strip().lower())
    if not found or abs(value := float(found[1])) > 1e9:
        raise Unusable(f"“{text[:40]}” stands where a plain number belongs. Export the drawing with pixels as unit.")
    return value


def _declared(text: str) -> dict[str, str]:
    pairs = (part.partition(":") for part in text.split(";"))
    return {name.strip(): value.strip().removesuffix("!important").strip() for name, _, value in pairs if value.strip()}
