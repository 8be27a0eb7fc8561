"""How a design is made: its operations, the one that leads, the sheet and what it puts on it."""

from collections.abc import Sequence
from dataclasses import dataclass

from configurator.blanks.blank import Area, Blank, Operation, SheetSpec
from configurator.blanks.shop import Facility
from configurator.designs.design import Design
from configurator.designs.pricing import areas_used, operations
from configurator.errors import Invalid
from configurator.production.nesting import Rectangle


@dataclass(frozen=True, slots=True)
class Route:
    """What making one piece of a design takes. `rectangles`: its print areas with bleed, named by the area."""

    blank: str
    title: str
    operations: tuple[Operation, ...]
    lead: Operation
    sheet: SheetSpec | None
    rectangles: tuple[Rectangle, ...]
    method: str


class NothingToDo(Invalid):
    """A blank without operations cannot be made."""

    def __init__(self, blank: Blank) -> None:
        super().__init__(f"“{blank.name}” has no operation that makes it. Add one to its blank.toml.")


def route(design: Design, blank: Blank) -> Route:
    """How pieces of this design are made. Raises NothingToDo."""
    steps = operations(design, blank)
    if not steps:
        raise NothingToDo(blank)
    lead = next((step for step in steps if step.leads), max(steps, key=lambda step: step.setup_min))
    areas = printed_areas(design, blank)
    return Route(
        blank=blank.key,
        title=blank.name,
        operations=tuple(steps),
        lead=lead,
        sheet=lead.sheet or next((step.sheet for step in steps if step.sheet), None),
        rectangles=tuple(rectangle(area) for area in areas),
        method=areas[0].method if areas else "",
    )


def printed_areas(design: Design, blank: Blank) -> tuple[Area, ...]:
    """The areas that carry anything: an element, a backdrop, the legal food text, or a cut."""
    used = areas_used(design)
    return tuple(
        area for area in blank.areas if area.key in used or area.backdrop or area.auto != "none" or area.cut != "none"
    )


def rectangle(area: Area) -> Rectangle:
    """What an area takes up on a sheet."""
    width, height = area.size_mm
    return Rectangle(area.key, width + 2 * area.bleed_mm, height + 2 * area.bleed_mm, area.bleed_mm)


def no_machine(found: Route, key: str, facilities: Sequence[Facility]) -> str:
    """Why a piece cannot be made at the facility of that key; empty when it can."""
    facility = next((each for each in facilities if each.key == key), None)
    if facility is None:
        return f"Its facility “{key}” is not in shop.toml any more. Put it back there, or move the order."
    step = next((step for step in found.operations if step.at not in facility.centres), None)
    if step is None:
        return ""
    able = [other.name for other in facilities if other.makes({each.at for each in found.operations})]
    wanted = f"{facility.name} has no work centre “{step.at}”, which “{step.name}” needs"
    if able:
        return f"{wanted}. {' and '.join(able)} could make it: move the order there."
    return f"{wanted}, and no facility has everything this piece needs. Add it to shop.toml."
