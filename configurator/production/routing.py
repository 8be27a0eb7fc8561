"""How a design is made: its operations, the one that leads, the sheet and what it puts on it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from configurator.blanks.blank import Area, Blank, Operation, SheetSpec
from configurator.blanks.shop import Facility
from configurator.designs.describing import areas_used
from configurator.designs.design import Design
from configurator.designs.making import leading, operations
from configurator.errors import Invalid
from configurator.production.nesting import Rectangle


@dataclass(frozen=True, slots=True)
class Route:
    """What making one piece of a design takes.

    sheet: the common sheet of its batch, if there is one; on_sheet: the print areas laid on it; apart: those that
    another operation puts on the piece by itself. methods: area -> key of its method. contours: areas on the sheet that
    are cut out round their artwork.
    """

    blank: str
    title: str
    operations: tuple[Operation, ...]
    lead: Operation
    sheet: SheetSpec | None
    on_sheet: tuple[Rectangle, ...]
    apart: tuple[Rectangle, ...]
    methods: Mapping[str, str]
    contours: tuple[str, ...] = ()

    @property
    def method(self) -> str:
        """The key of the method that the batch is known by; empty when nothing is decorated."""
        first = next((each.name for each in (*self.on_sheet, *self.apart)), "")
        return self.methods.get(first, "")


class NothingToDo(Invalid):
    """A blank without operations cannot be made."""

    def __init__(self, blank: Blank) -> None:
        super().__init__(f"“{blank.name}” has no operation that makes it. Add one to its blank.toml.")


def route(design: Design, blank: Blank, minutes: Mapping[str, float] | None = None) -> Route:
    """How pieces of this design are made; minutes: area -> what a machine takes for it. Raises NothingToDo."""
    steps = operations(design, blank, minutes)
    if not steps:
        raise NothingToDo(blank)
    lead = leading(steps)
    sheet = lead.sheet or next((step.sheet for step in steps if step.sheet), None)
    areas = printed_areas(design, blank)
    common = [area for area in areas if sheet and _lies_on(area, sheet, steps)]
    return Route(
        blank=blank.key,
        title=blank.name,
        operations=tuple(steps),
        lead=lead,
        sheet=sheet if common else None,
        on_sheet=tuple(rectangle(area) for area in common),
        apart=tuple(rectangle(area) for area in areas if area not in common),
        methods={area.key: area.method for area in areas},
        contours=tuple(area.key for area in common if area.cut == "contour"),
    )


def _lies_on(area: Area, sheet: SheetSpec, steps: Sequence[Operation]) -> bool:
    """Whether an area is put on by an operation with this sheet: every area that does not name another one."""
    own = [step for step in steps if step.key in area.adds]
    return not own or any(step.sheet == sheet for step in own)


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
    return f"{wanted}, and no facility has everything this piece needs. Add it on the Facility page."
