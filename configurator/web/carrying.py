"""A design put on another blank: its artwork scaled to fit, area by area; choices stay with each blank."""

from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import urlencode

from configurator.artwork.elements import Element, Shape
from configurator.blanks.blank import Area, Blank
from configurator.blanks.shop import Shop
from configurator.designs.copying import copied, printed
from configurator.designs.writing_elements import written_elements
from configurator.web.studio import Step


def open_areas(blank: Blank) -> list[Area]:
    """The areas that customers put something on."""
    return [area for area in blank.areas if area.auto == "none"]


def carried(step: Step, blank: Blank, shop: Shop) -> str:
    """The query of the same artwork on another blank. `behind`: how many elements it has no shape or no area for."""
    elements = list(_carried(step, blank, shop))
    behind = len(step.design.elements) - len(elements)
    query = [("template", ""), *written_elements(elements), ("pieces", str(step.quote.quantity))]
    return urlencode([*query, ("behind", str(behind))] if behind else query)


def _carried(step: Step, blank: Blank, shop: Shop) -> Iterator[Element]:
    """The first area used goes to the first area there is, and so on."""
    boxes = {number: box for scene in step.scenes for number, box in scene.boxes.items() if number}
    used = list(dict.fromkeys(element.area for element in step.designed.design.elements))
    for source, target in zip(used, open_areas(blank), strict=False):
        own = [
            (element, boxes[number])
            for number, element in enumerate(step.designed.design.elements, 1)
            if element.area == source and number in boxes and _is_known(element, blank)
        ]
        yield from copied(own, printed(step.blank, shop, source), printed(blank, shop, target.key), grow=True)


def _is_known(element: Element, blank: Blank) -> bool:
    return not isinstance(element, Shape) or element.shape in blank.shapes


def others(blank: Blank, blanks: Mapping[str, Blank], elements: Sequence[Element]) -> tuple[tuple[str, str], ...]:
    """Key and name of the blanks this artwork can be put on; none while there is no artwork."""
    if not elements:
        return ()
    return tuple((key, other.name) for key, other in blanks.items() if key != blank.key and open_areas(other))


def left_behind(typed: Mapping[str, str]) -> str:
    """What a page says after artwork came from another blank and not all of it could; empty when all came."""
    count = typed.get("behind", "")
    if not count.isdecimal() or not 0 < int(count[:3]) < 100:
        return ""
    subject = "1 element stays" if count == "1" else f"{int(count[:3])} elements stay"
    return f"{subject} behind: this product has no such shape or no place for it. All the rest is here, scaled to fit."
