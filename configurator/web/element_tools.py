"""The buttons of one element: align to its area, layers, duplicate, lock, copy elsewhere. Each says all it changes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil, floor
from urllib.parse import urlencode

from configurator.artwork.elements import Element, Text
from configurator.blanks.blank import Area, Blank
from configurator.blanks.shop import Shop
from configurator.designs.copying import copied, printed
from configurator.designs.form import plain
from configurator.designs.reading_elements import MOST_ELEMENTS
from configurator.designs.writing_elements import written_elements
from configurator.geometry import Box

BESIDE_MM = 4.0
"""How far a duplicate lies off its original."""


@dataclass(frozen=True, slots=True)
class Tool:
    """A button with a small drawing. group: tools of one kind stand together."""

    group: str
    icon: str
    label: str
    take: str
    pressed: bool | None = None


@dataclass(frozen=True, slots=True)
class Bench:
    """All elements with their ink boxes, by number from 1."""

    blank: Blank
    shop: Shop
    elements: Sequence[Element]
    boxes: Mapping[int, Box]

    def area(self, number: int) -> Area:
        """The area an element stands on."""
        return self.blank.area(self.elements[number - 1].area)

    def has_room(self, area: Area, *more: Element) -> bool:
        """Whether these elements more may stand on an area."""
        texts = sum(isinstance(element, Text) and element.area == area.key for element in self.elements)
        texts += sum(isinstance(element, Text) for element in more)
        return len(self.elements) + len(more) <= MOST_ELEMENTS and texts <= area.most_texts


def tools(bench: Bench, number: int) -> tuple[Tool, ...]:
    """The buttons of an element; what is locked is neither aligned nor moved to another layer."""
    element = bench.elements[number - 1]
    lock = Tool(
        "more",
        "lock",
        "Unlock" if element.locked else "Lock",
        _take(number, {f"lock-{number}": "" if element.locked else "yes"}),
        pressed=element.locked,
    )
    moving = () if element.locked else (*_aligning(bench, number), *_layering(bench, number))
    return (*moving, *_copying(bench, number), lock)


def _aligning(bench: Bench, number: int) -> Iterator[Tool]:
    box, area, element = bench.boxes.get(number), bench.area(number), bench.elements[number - 1]
    if box is None:
        return
    width, height = area.size_mm
    safe = Box(0, 0, width, height).grown(-area.safe_mm)
    for icon, label, by in (
        ("to-left", "Align left", _up(safe.left - box.left)),
        ("to-centre", "Centre across", (width - box.left - box.right) / 2),
        ("to-right", "Align right", -_up(box.right - safe.right)),
    ):
        yield Tool("align", icon, label, _take(number, {f"x-{number}": plain(element.x_mm + by)}))
    for icon, label, by in (
        ("to-top", "Align at the top", _up(safe.top - box.top)),
        ("to-middle", "Centre up and down", (height - box.top - box.bottom) / 2),
        ("to-bottom", "Align at the bottom", -_up(box.bottom - safe.bottom)),
    ):
        yield Tool("align", icon, label, _take(number, {f"y-{number}": plain(element.y_mm + by)}))


def _up(by: float) -> float:
    """To a hundredth, never short of the safe zone."""
    return (ceil(by * 100 - 1e-6) if by > 0 else -floor(-by * 100 + 1e-6)) / 100


def _layering(bench: Bench, number: int) -> Iterator[Tool]:
    layers = [place for place, other in enumerate(bench.elements, 1) if other.area == bench.area(number).key]
    if number != layers[-1]:
        yield Tool("layer", "forward", "One layer forward", urlencode({"layer": f"up:{number}"}))
    if number != layers[0]:
        yield Tool("layer", "backward", "One layer backward", urlencode({"layer": f"down:{number}"}))


def _copying(bench: Bench, number: int) -> Iterator[Tool]:
    element, area = bench.elements[number - 1], bench.area(number)
    if bench.has_room(area, element):
        width, height = area.size_mm
        beside = replace(
            element,
            x_mm=min(element.x_mm + BESIDE_MM, width),
            y_mm=min(element.y_mm + BESIDE_MM, height),
            locked=False,
        )
        yield Tool("more", "copy", "Duplicate", to_add(bench, (beside,)))


def copies(bench: Bench, number: int) -> tuple[Tool, ...]:
    """Buttons that put a copy of an element on another area of the blank."""
    element, box = bench.elements[number - 1], bench.boxes.get(number)
    source = printed(bench.blank, bench.shop, element.area)
    others = [area for area in bench.blank.areas if area.auto == "none" and area.key != element.area]
    return tuple(
        Tool(
            "copy",
            "copy",
            f"Copy to {area.label}",
            to_add(bench, copied([(element, box)], source, printed(bench.blank, bench.shop, area.key), grow=False)),
        )
        for area in others
        if box is not None and bench.has_room(area, element)
    )


def area_copies(bench: Bench) -> tuple[Tool, ...]:
    """Buttons that put everything on one area of the blank on another one too, as it is arranged."""
    areas = [area for area in bench.blank.areas if area.auto == "none"]
    return tuple(
        tool
        for source in areas
        for target in areas
        if source is not target and (tool := _area_copy(bench, source, target)) is not None
    )


def _area_copy(bench: Bench, source: Area, target: Area) -> Tool | None:
    own = [
        (element, bench.boxes[number])
        for number, element in enumerate(bench.elements, 1)
        if element.area == source.key and number in bench.boxes
    ]
    if len(own) < 2 or not bench.has_room(target, *(element for element, _ in own)):
        return None
    there = copied(
        own,
        printed(bench.blank, bench.shop, source.key),
        printed(bench.blank, bench.shop, target.key),
        grow=False,
    )
    return Tool("copy", "copy", f"Copy all of {source.label} to {target.label}", to_add(bench, there))


def to_add(bench: Bench, more: Sequence[Element]) -> str:
    """What a button sends to put elements over all others."""
    first = len(bench.elements) + 1
    return urlencode([*written_elements(more, first), ("el", str(first))])


def _take(number: int, changes: Mapping[str, str]) -> str:
    return urlencode([*changes.items(), ("el", str(number))])
