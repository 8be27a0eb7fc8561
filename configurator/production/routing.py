"""How a design is made: its operations, the one that leads, the sheet and what it puts on it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from configurator.blanks.blank import Area, Blank, Operation, SheetSpec
from configurator.blanks.shop import Facility
from configurator.designs.cutting import CutAreas, CutOut, mirrored
from configurator.designs.describing import areas_used
from configurator.designs.design import Design
from configurator.designs.making import leading, operations
from configurator.errors import Invalid
from configurator.production.cut_boxes import CutBox, least_box
from configurator.production.nesting import Rectangle


@dataclass(frozen=True, slots=True)
class Route:
    """What making one piece of a design takes.

    sheet: the common sheet of its batch, if there is one; on_sheet: the print areas laid on it; apart: those that
    another operation puts on the piece by itself. methods: area -> key of its method. contours: areas on the sheet that
    are cut out round their artwork; boxes: the rectangles around those, cut_mm2: what is inside their cut lines and
    covers_mm2: with half a gap around it, as far as the design's cut lines are known.
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
    boxes: Mapping[str, CutBox] = field(default_factory=dict)
    cut_mm2: Mapping[str, float] = field(default_factory=dict)
    covers_mm2: float = 0

    @property
    def taking(self) -> tuple[Rectangle, ...]:
        """The rectangles that it takes on the sheet, one an area: around the cut line of what is cut out."""
        return tuple(_taking(each, self.boxes.get(each.name)) for each in self.on_sheet)

    @property
    def method(self) -> str:
        """The key of the method that the batch is known by; empty when nothing is decorated."""
        first = next((each.name for each in (*self.on_sheet, *self.apart)), "")
        return self.methods.get(first, "")


class NothingToDo(Invalid):
    """A blank without operations cannot be made."""

    def __init__(self, blank: Blank) -> None:
        super().__init__(f"“{blank.name}” has no operation that makes it. Add one to its blank.toml.")


def route(
    design: Design, blank: Blank, minutes: Mapping[str, float] | None = None, cut: CutAreas | None = None
) -> Route:
    """How pieces of this design are made; minutes: area -> what a machine takes for it; cut: what is cut out of it.

    Without `cut` a cut-out area takes all of its rectangle. Raises NothingToDo.
    """
    steps = operations(design, blank, minutes)
    if not steps:
        raise NothingToDo(blank)
    lead = leading(steps)
    sheet = lead.sheet or next((step.sheet for step in steps if step.sheet), None)
    areas = printed_areas(design, blank)
    common = [area for area in areas if sheet and _lies_on(area, sheet, steps)]
    shapes = _shapes(common, sheet, cut or {}) if sheet else {}
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
        boxes={key: least_box(shape.hull, sheet) for key, shape in shapes.items()} if sheet else {},
        cut_mm2={key: shape.area_mm2 for key, shape in shapes.items()},
        covers_mm2=_covers(common, shapes, sheet) if sheet else 0,
    )


def _shapes(common: Sequence[Area], sheet: SheetSpec, cut: CutAreas) -> dict[str, CutOut]:
    """What is cut out of the sheet, as it lies there."""
    return {
        area.key: mirrored(cut[area.key], area.size_mm[0]) if sheet.mirror else cut[area.key]
        for area in common
        if area.cut == "contour" and area.key in cut
    }


def _covers(common: Sequence[Area], shapes: CutAreas, sheet: SheetSpec) -> float:
    """Of a piece whose areas on the sheet are all cut out by lines that are known; else 0."""
    if len(shapes) < len(common):
        return 0
    return round(sum(with_gap(shape.area_mm2, shape.girth_mm, sheet.gap_mm) for shape in shapes.values()), 2)


def with_gap(area_mm2: float, girth_mm: float, gap_mm: float) -> float:
    """A shape's area with half a gap around it."""
    return area_mm2 + gap_mm / 2 * girth_mm


def _taking(area: Rectangle, box: CutBox | None) -> Rectangle:
    return Rectangle(area.name, box.width, box.height, cut=True) if box else area


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
        return f"Its facility “{key}” is closed, or not in shop.toml any more. Open it again, or move the order."
    step = next((step for step in found.operations if step.at not in facility.centres), None)
    if step is None:
        return ""
    able = [other.name for other in facilities if other.makes({each.at for each in found.operations})]
    wanted = f"{facility.name} has no work centre “{step.at}”, which “{step.name}” needs"
    if able:
        return f"{wanted}. {' and '.join(able)} could make it: move the order there."
    return f"{wanted}, and no facility has everything this piece needs. Add it on the Facility page."
