"""How letters of an uploaded drawing are set where they stand: family, size, weight, anchor and the like."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import NoReturn

from configurator.uploads.refusing import Unusable
from configurator.uploads.styling import own_setting
from configurator.uploads.svg_elements import OUTLINES
from configurator.uploads.svg_frame import UNITS

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_ALONE = frozenset({"display", "baseline-shift", "alignment-baseline"})
"""Not inherited."""
_PLAIN = {
    "text-decoration": ("none", "underlined or struck through"),
    "text-decoration-line": ("none", "underlined or struck through"),
    "writing-mode": ("horizontal-tb lr lr-tb rl rl-tb", "written from top to bottom"),
    "font-variant": ("normal none", "small capitals or other variants"),
    "text-transform": ("none uppercase lowercase", "made capitals one by one"),
    "baseline-shift": ("baseline 0 0px 0%", "raised or lowered"),
}
"""Property -> what is set as it says, and what letters are that say anything else."""
_LENGTH = re.compile(r"([-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?)([a-z%]*)")
_SHORT = re.compile(r"(?P<how>.*?)(?P<size>[\d.]+(?:px|pt|pc|mm|cm|in|em|%)?)(?:\s*/\s*\S+)?\s+(?P<family>\S.*)")
LONGEST_FONT = 300
_WEIGHTS = {"normal": 400, "bold": 700, "bolder": 700, "lighter": 300}
_WIDTHS = {"ultra-condensed": 50, "extra-condensed": 62.5, "condensed": 75, "semi-condensed": 87.5, "normal": 100}
_WIDTHS |= {"semi-expanded": 112.5, "expanded": 125, "extra-expanded": 150, "ultra-expanded": 200}


@dataclass(frozen=True)
class LetterStyle:
    """Properties in force. size: of the letters, in the drawing's units."""

    values: Mapping[str, str] = field(default_factory=dict)
    size: float = 16

    def of(self, attributes: Mapping[str, str], classes: Mapping[str, Mapping[str, str]]) -> "LetterStyle":
        """The style of a part within this one. Raises Unusable for a size that is none."""
        own = {name: value for name, value in own_setting(attributes, classes).items() if value != "inherit"}
        own = {**_parted(own.pop("font", "")), **own}
        if _SPACE in attributes:
            own["white-space"] = "pre" if attributes[_SPACE] == "preserve" else "normal"
        size = own.get("font-size", "")
        kept = {name: value for name, value in self.values.items() if name not in _ALONE}
        if self.hidden:
            own["display"] = "none"
        return replace(self, values={**kept, **own}, size=length(size, self.size) if size else self.size)

    def check(self) -> None:
        """Raises Unusable for what cannot be set as it says."""
        for name, (known, otherwise) in _PLAIN.items():
            if not set(self.values.get(name, "").lower().split()) <= set(known.split()):
                cannot_be_set(f"are {otherwise}")

    @property
    def hidden(self) -> bool:
        """Whether it is not there."""
        return self.values.get("display") == "none"

    @property
    def preserves(self) -> bool:
        """Whether every space counts."""
        return self.values.get("white-space", "normal").lower() in ("pre", "pre-wrap", "break-spaces")

    @property
    def families(self) -> tuple[str, ...]:
        """As it names them, the best first."""
        names = (name.strip(" \"'") for name in self.values.get("font-family", "").split(","))
        return tuple(name for name in names if name)

    @property
    def weight(self) -> float:
        """400 is regular, 700 bold. Raises Unusable."""
        text = self.values.get("font-weight", "normal").lower()
        return _WEIGHTS[text] if text in _WEIGHTS else length(text, 1)

    @property
    def slanted(self) -> bool:
        """Italic or oblique."""
        return self.values.get("font-style", "").lower().startswith(("italic", "oblique"))

    @property
    def width(self) -> float:
        """In per cent of the usual. Raises Unusable."""
        text = self.values.get("font-stretch", "normal").lower()
        return _WIDTHS[text] if text in _WIDTHS else length(text, 100)

    @property
    def rightward(self) -> float:
        """Which share of a line lies before the place it is set at."""
        anchor = {"middle": 0.5, "end": 1.0}.get(self.values.get("text-anchor", "start"), 0.0)
        return 1 - anchor if self.right_to_left else anchor

    @property
    def right_to_left(self) -> bool:
        """What the line's direction is, whatever its letters are."""
        return self.values.get("direction") == "rtl"

    @property
    def baseline(self) -> str:
        """Which line of the letters lies at their place."""
        own = self.values.get("alignment-baseline", "auto")
        return own if own not in ("auto", "baseline") else self.values.get("dominant-baseline", "auto")

    def space(self, name: str) -> float:
        """`letter-spacing` or `word-spacing`. Raises Unusable."""
        text = self.values.get(name, "normal").strip().lower()
        return 0 if text in ("normal", "") else length(text, self.size)

    def said(self, text: str) -> str:
        """The letters as they are shown."""
        how = self.values.get("text-transform", "none")
        return {"uppercase": text.upper, "lowercase": text.lower}.get(how, lambda: text)()


def length(text: str, size: float) -> float:
    """A length in the drawing's units; em, ex and per cent are of the size. Raises Unusable."""
    found = _LENGTH.fullmatch(text.strip().lower())
    unit = {**UNITS, "em": size, "rem": 16, "ex": size / 2, "%": size / 100}.get(found[2]) if found else None
    if not found or unit is None or abs(value := float(found[1]) * unit) > 1e7:
        raise Unusable(f"“{text[:40]}” is no size of letters that can be read here. {OUTLINES}")
    return value


def cannot_be_set(why: str) -> NoReturn:
    """Raises Unusable. why: what the letters are or do."""
    raise Unusable(f"Letters in this SVG {why}. {OUTLINES}")


def _parted(font: str) -> dict[str, str]:
    """The shorthand `font`: style and weight, size, family."""
    found = _SHORT.fullmatch(font.strip()[:LONGEST_FONT])
    if not found:
        return {}
    words = found["how"].lower().split()
    slant = next((word for word in words if word in ("italic", "oblique")), "normal")
    weight = next((word for word in words if word in _WEIGHTS or word.isdigit()), "normal")
    return {"font-style": slant, "font-weight": weight, "font-size": found["size"], "font-family": found["family"]}
