"""The elements of a design as the editor shows them: each with its fields, what is wrong with them, and its colours."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from configurator.artwork.elements import Element, Text
from configurator.artwork.scene import Finding
from configurator.blanks.blank import Blank
from configurator.blanks.shop import InkSpec, Shop
from configurator.designs.designing import Designed
from configurator.designs.form import plain
from configurator.designs.permalink import Asked
from configurator.web.taking import to_loosen

MEASURES = ("size", "x", "y", "arc", "fit", "spacing", "leading", "outline", "turn", "width")
NAMES = ("kind", "area", "text", "font", "ink", "edge", "align", "shape", "inks")


@dataclass(frozen=True, slots=True)
class ElementView:
    """One text or shape. values, errors: by field name without its number; a faulty value as it was typed."""

    number: int
    kind: str
    title: str
    values: Mapping[str, Any]
    errors: Mapping[str, str]
    inks: tuple[InkSpec, ...]
    warns: bool
    open: bool


@dataclass(frozen=True)
class Drawn:
    """What the editor is made from. `typed`: the fields as they were sent, or none after a button."""

    blank: Blank
    shop: Shop
    asked: Asked
    designed: Designed
    findings: tuple[Finding, ...]
    typed: Mapping[str, str]

    @property
    def own(self) -> tuple[Element, ...]:
        """The elements as they are now, whoever chose them."""
        return self.designed.design.elements

    @cached_property
    def loosened(self) -> str:
        """What a button sends to make a template's elements the customer's own."""
        return to_loosen(self.own, {})


def element_views(drawn: Drawn) -> tuple[ElementView, ...]:
    """Every element the customer edits one by one; none while a template's fields are filled in."""
    return tuple(_element(drawn, number) for number in range(1, len(drawn.asked.elements) + 1))


def _element(drawn: Drawn, number: int) -> ElementView:
    element = drawn.asked.elements[number - 1]
    errors = {name: drawn.asked.faults.get(f"{name}-{number}", "") for name in (*MEASURES, *NAMES)}
    typed = {
        name: drawn.typed[f"{name}-{number}"] for name in MEASURES if errors[name] and f"{name}-{number}" in drawn.typed
    }
    warned = {finding.element for finding in drawn.findings}
    return ElementView(
        number=number,
        kind="text" if isinstance(element, Text) else "shape",
        title=_title(element),
        values={**_values(element), **typed},
        errors=errors,
        inks=drawn.shop.methods[drawn.blank.area(element.area).method].inks,
        warns=number in warned,
        open=number == _opened(drawn.asked.elements, warned),
    )


def _values(element: Element) -> dict[str, Any]:
    common = {"area": element.area, "x": plain(element.x_mm), "y": plain(element.y_mm), "turn": plain(element.turn)}
    if not isinstance(element, Text):
        own = {"shape": element.shape, "width": plain(element.width_mm), "inks": element.inks}
    else:
        own = {
            "text": element.text,
            "font": element.font,
            "ink": element.ink,
            "size": plain(element.size_mm),
            "arc": plain(element.arc_mm),
            "fit": plain(element.fit_mm),
            "spacing": plain(element.spacing_mm),
            "align": element.align,
            "leading": plain(element.leading),
            "outline": plain(element.outline_mm),
            "edge": element.outline_ink,
        }
    return {**common, **own, "lock": element.locked}


def _title(element: Element) -> str:
    if not isinstance(element, Text):
        return in_words(element.shape)
    text = " ".join(element.text.split())
    return (text if len(text) <= 14 else text[:13] + "…") or "empty text"


def in_words(key: str) -> str:
    """A shape's key as people read it."""
    return key.replace("-", " ").replace("_", " ").capitalize()


def _opened(elements: Sequence[Element], warned: set[int]) -> int:
    """The element that is open at first: an empty one just added, else one that needs something, else the first."""
    if isinstance(elements[-1], Text) and not elements[-1].text:
        return len(elements)
    return min(warned - {0}, default=1)
