"""The elements of a design as the editor shows them: each with its fields, what is wrong with them, and its colours."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from configurator.artwork.elements import Element, Image, Shape, Text
from configurator.artwork.inks import takes_plates
from configurator.artwork.known import Known
from configurator.artwork.scene import Finding, Scene
from configurator.blanks.blank import Blank
from configurator.blanks.methods import InkSpec
from configurator.blanks.shop import Shop
from configurator.designs.designing import Designed
from configurator.designs.form import plain
from configurator.designs.permalink import Asked
from configurator.designs.writing_elements import written_elements
from configurator.web.element_tools import Bench, Tool, copies, tools

GROWING = ("size", "width", "fit", "arc", "spacing", "outline", "plate")
MEASURES = ("size", "x", "y", "arc", "fit", "spacing", "leading", "outline", "plate", "turn", "width", "height")
NAMES = ("kind", "area", "text", "font", "ink", "edge", "under", "align", "shape", "inks", "asset", "lock")


@dataclass(frozen=True, slots=True)
class ElementView:
    """One text, shape or picture. values, errors: by field name without its number; a faulty value as it was typed.

    plates: whether its area takes plates behind texts.
    held: all its fields when it is locked, for the form to send instead of those that cannot be changed.
    """

    number: int
    kind: str
    title: str
    values: Mapping[str, Any]
    errors: Mapping[str, str]
    inks: tuple[InkSpec, ...]
    plates: bool
    warns: bool
    open: bool
    held: tuple[tuple[str, str], ...]
    tools: tuple[Tool, ...]
    copies: tuple[Tool, ...]

    @property
    def same(self) -> Hashable:
        """All that its fields look like depends on, but for a text itself."""
        values = {name: value for name, value in self.values.items() if name != "text"}
        return self.number, repr(values), repr(self.errors), self.inks, self.plates

    @property
    def unlock(self) -> str:
        """What a button sends to unlock it."""
        return urlencode({f"lock-{self.number}": "", "el": self.number})


@dataclass(frozen=True)
class Drawn:
    """What the editor is made from. `typed`: the fields as they were sent, or none after a button."""

    blank: Blank
    shop: Shop
    asked: Asked
    designed: Designed
    scenes: tuple[Scene, ...]
    typed: Mapping[str, str]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What preflight has to say, area by area."""
        return tuple(finding for scene in self.scenes for finding in scene.findings)

    @property
    def own(self) -> tuple[Element, ...]:
        """The elements as they are now, whoever chose them."""
        return self.designed.design.elements

    @property
    def sizes(self) -> str:
        """What grows with a template's elements, as their fields would say it: the page's script scales by it."""
        return _sizes.get(
            (self.blank,),
            (self.asked.template, len(self.own)),
            lambda: urlencode([pair for pair in written_elements(self.own) if pair[0].partition("-")[0] in GROWING]),
        )


_sizes: Known[str] = Known(256)
"""By blank and template: what is typed into its fields changes no size."""


def element_views(drawn: Drawn) -> tuple[ElementView, ...]:
    """Every element the customer edits one by one; none while a template's fields are filled in."""
    bench = bench_of(drawn)
    return tuple(_element(drawn, bench, number) for number in range(1, len(drawn.asked.elements) + 1))


def bench_of(drawn: Drawn) -> Bench:
    """The customer's own elements with their ink boxes."""
    boxes = {number: box for scene in drawn.scenes for number, box in scene.boxes.items() if number}
    return Bench(drawn.blank, drawn.shop, drawn.asked.elements, boxes)


def chosen(drawn: Drawn) -> int:
    """The number of the element that a button has just added, moved or named; 0 when the customer's choice stays."""
    named = drawn.typed.get("el", "")
    known = named.isdecimal() and 0 < int(named) <= len(drawn.asked.elements)
    return min(drawn.asked.picked, len(drawn.asked.elements)) or (int(named) if known else 0)


def _element(drawn: Drawn, bench: Bench, number: int) -> ElementView:
    element = drawn.asked.elements[number - 1]
    errors = {name: drawn.asked.faults.get(f"{name}-{number}", "") for name in (*MEASURES, *NAMES)}
    typed = {
        name: drawn.typed[f"{name}-{number}"] for name in MEASURES if errors[name] and f"{name}-{number}" in drawn.typed
    }
    warned = {finding.element for finding in drawn.findings}
    return ElementView(
        number=number,
        kind=type(element).__name__.lower(),
        title=title(element),
        values={**_values(element), **typed},
        errors=errors,
        inks=(method := drawn.shop.methods[drawn.blank.area(element.area).method]).inks,
        plates=takes_plates(method),
        warns=number in warned,
        open=number == (chosen(drawn) or _opened(drawn.asked.elements, warned)),
        held=tuple(written_elements((element,), number)) if element.locked else (),
        tools=tools(bench, number),
        copies=copies(bench, number),
    )


def _values(element: Element) -> dict[str, Any]:
    common = {"area": element.area, "x": plain(element.x_mm), "y": plain(element.y_mm), "turn": plain(element.turn)}
    own: dict[str, Any]
    if isinstance(element, Shape):
        own = {"shape": element.shape, "width": plain(element.width_mm), "inks": element.inks}
    elif isinstance(element, Image):
        own = {
            "asset": element.asset,
            "width": plain(element.width_mm),
            "height": plain(element.height_mm) if element.height_mm else "",
            "mirror": element.mirrored,
        }
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
            "plate": plain(element.plate_mm),
            "under": element.plate_ink,
        }
    return {**common, **own, "lock": element.locked}


def title(element: Element) -> str:
    """What an element is called in lists: the beginning of its text, its shape, or a picture."""
    if isinstance(element, Image):
        return "Picture"
    if isinstance(element, Shape):
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
