"""How large a configured product is, and where that lies on its drawing: for dimension lines."""

from dataclasses import dataclass

from configurator.blanks.blank import Blank
from configurator.options.model import Configuration


@dataclass(frozen=True, slots=True)
class Measure:
    """Width and height in mm, and the box they have on the drawing (x, y, width, height).

    aside: how far left of the box the line of the height stands, and how far under it that of the width.
    """

    size_mm: tuple[float, float]
    box: tuple[float, float, float, float]
    aside: tuple[float, float] = (30, 30)


def measured(blank: Blank, configuration: Configuration, view: str) -> Measure | None:
    """The size a view shows: the blank's, or that of a chosen value which has one of its own; None for no lines."""
    if view not in blank.bodies:
        return None
    chosen = ((key, configuration.get(key)) for key in blank.detailed)
    plain = [(key, value) for key, value in chosen if isinstance(value, str)]
    details = (blank.details[pair] for pair in plain if pair in blank.details)
    own = next((detail for detail in details if detail.size_mm and detail.body), None)
    if own and own.size_mm and own.body:
        return Measure(own.size_mm, own.body, blank.aside)
    return Measure(blank.size_mm, blank.bodies[view], blank.aside)
