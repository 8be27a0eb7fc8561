"""Print areas and the surfaces they lie on, read from [area.…]."""

import math
from typing import Literal, cast

from configurator.blanks.blank import Area, Surface
from configurator.blanks.draft import Draft
from configurator.blanks.faults import nearest
from configurator.blanks.table import Table

_PROPORTION = 0.03
"""How far a box on the drawing may be off the area's proportions before artwork looks stretched."""

_SHORT = 20
"""Drawing units: the shortest side of an area in perspective."""
_STEEP = 4.0
"""How many times shorter one way of an area may look than the other: as what lies 14 degrees under the eye's line."""


def read_areas(draft: Draft) -> tuple[Area, ...]:
    """Every [area.…] in the order of the file."""
    return tuple(_area(draft, key, entry) for key, entry in draft.table.entries("area", required=True))


def _area(draft: Draft, key: str, entry: Table) -> Area:
    size = _size(entry)
    method = _method(draft, entry)
    _check_field(draft, entry, method, size)
    area = Area(
        key=key,
        label=entry.text("label"),
        size_mm=size,
        bleed_mm=entry.number("bleed_mm", 0.0, most=20),
        safe_mm=entry.number("safe_mm", 0.0, most=min(size) / 2),
        method=method,
        surface=_surface(entry, size),
        price=entry.money("price", "0"),
        most_texts=entry.whole("most_texts", 6, most=30),
        cut=cast(Literal["none", "edge", "contour"], entry.one_of("cut", ("none", "edge", "contour"), "none")),
        corner_mm=entry.number("corner_mm", 0.0, most=min(size) / 2),
        backdrop=entry.text("backdrop") if entry.has("backdrop") else None,
        auto=cast(Literal["none", "food"], entry.one_of("auto", ("none", "food"), "none")),
        adds=draft.added(entry),
        hole_mm=_hole(entry, size),
        ground=_ground(draft, entry),
        not_with=entry.texts("not_with"),
        also=tuple(_read_surface(table, size) for table in entry.tables("also")),
    )
    _check_views(entry, area)
    entry.close()
    return area


def _check_views(entry: Table, area: Area) -> None:
    """In each view the area lies on one surface."""
    for place, surface in enumerate(area.also):
        if surface.view in area.views[: place + 1]:
            sentence = f"The area has a surface in the view “{surface.view}” already; name another view."
            entry.sheet.fault((*entry.path, "also", place), sentence)


def _ground(draft: Draft, entry: Table) -> str | None:
    """A colour, or the {name} of one of [paint]."""
    if not entry.has("ground"):
        return None
    ground = entry.text("ground")
    named = ground.startswith("{") and ground.endswith("}")
    paints = draft.table.content.get("paint")
    known = paints if isinstance(paints, dict) else {}
    if named and ground[1:-1] not in known:
        entry.fault("ground", f"“{ground[1:-1]}” is no colour of [paint].{nearest(ground[1:-1], known)}")
    return ground if named else entry.colour("ground")


def _size(entry: Table) -> tuple[float, float]:
    width, height = entry.numbers("size_mm", 2)
    if not (1 <= width <= 5000 and 1 <= height <= 5000):
        entry.fault("size_mm", f"The area is {width:g} x {height:g} mm; expected 1 to 5000 mm each way.")
        return 100, 100
    return width, height


def _method(draft: Draft, entry: Table) -> str:
    method = entry.text("method")
    if method and method not in draft.shop.methods:
        entry.fault("method", f"“{method}” is no decoration method of the shop.{nearest(method, draft.shop.methods)}")
        return ""
    return method


def _check_field(draft: Draft, entry: Table, method: str, size: tuple[float, float]) -> None:
    """An embroidered area lies within the machine's hoop."""
    found = draft.shop.methods.get(method)
    if found and found.sewing and not (size[0] <= found.sewing.field_mm[0] and size[1] <= found.sewing.field_mm[1]):
        width, height = found.sewing.field_mm
        entry.fault(
            "size_mm",
            f"The hoop for {found.label} takes {width:g} x {height:g} mm; this area is {size[0]:g} x {size[1]:g} mm. "
            "Make it smaller, or print it.",
        )


def _hole(entry: Table, size: tuple[float, float]) -> tuple[float, float, float] | None:
    if not entry.has("hole_mm"):
        return None
    x, y, diameter = entry.numbers("hole_mm", 3)
    if not (x - diameter / 2 >= 0 and x + diameter / 2 <= size[0] and diameter > 0):
        entry.fault("hole_mm", f"The hole must lie across the area's {size[0]:g} mm; expected [x, y, diameter].")
    return x, y, diameter


def _surface(entry: Table, size: tuple[float, float]) -> Surface:
    table = entry.table("surface")
    if table is None:
        return Surface(kind="flat", box=(0, 0, *size))
    return _read_surface(table, size)


def _read_surface(table: Table, size: tuple[float, float]) -> Surface:
    kind = table.one_of("kind", ("flat", "quad", "cylinder"))
    read = {"flat": _flat, "quad": _quad, "cylinder": _cylinder}[kind]
    surface = read(table, size)
    table.close()
    return surface


def _flat(table: Table, size: tuple[float, float]) -> Surface:
    box = _box(table)
    if box[2] > 0 and box[3] > 0 and abs(box[2] / box[3] / (size[0] / size[1]) - 1) > _PROPORTION:
        fitting = round(box[2] * size[1] / size[0], 1)
        table.fault("box", f"The box stretches the area; {box[2]:g} wide, it must be {fitting:g} high.")
    return Surface(kind="flat", clip=_clip(table), box=box, view=table.text("view", "front"))


def _quad(table: Table, size: tuple[float, float]) -> Surface:
    numbers = table.numbers("corners", 8)
    corners = tuple((numbers[place], numbers[place + 1]) for place in range(0, 8, 2))
    fault = corner_fault(corners, size)
    if fault:
        table.fault("corners", fault)
    return Surface(kind="quad", clip=_clip(table), corners=corners, view=table.text("view", "front"))


def corner_fault(corners: tuple[tuple[float, float], ...], size: tuple[float, float]) -> str:
    """Why four corners, clockwise, cannot be those of an area of a size in mm, in a sentence; empty when they can."""
    if not _is_convex(corners):
        return "“corners” must go round clockwise from the top left, without crossing."
    above, right, below, left = (math.dist(corners[place], corners[(place + 1) % 4]) for place in range(4))
    across, down = (above + below) / size[0], (left + right) / size[1]
    if min(above, right, below, left) < _SHORT:
        return f"A side of the area is shorter than {_SHORT} units of the drawing; nobody can read it."
    if max(across, down) > _STEEP * min(across, down):
        short, full = ("width", "height") if across < down else ("height", "width")
        return (
            f"The area’s {short} looks {max(across, down) / min(across, down):.1f} times shorter than its {full}; more "
            f"than {_STEEP:g} cannot be read. Do the corners belong to an area of {size[0]:g} x {size[1]:g} mm?"
        )
    return ""


def _is_convex(corners: tuple[tuple[float, float], ...]) -> bool:
    turns = []
    for place, (x, y) in enumerate(corners):
        (ax, ay), (bx, by) = corners[place - 1], corners[(place + 1) % 4]
        turns.append((x - ax) * (by - y) - (y - ay) * (bx - x))
    return all(turn > 0 for turn in turns)


def _cylinder(table: Table, size: tuple[float, float]) -> Surface:
    radius = table.number("radius_mm", least=1, most=5000)
    if size[0] > 2 * math.pi * radius:
        round_it = 2 * math.pi * radius
        table.fault(
            "radius_mm", f"The area is {size[0]:g} mm long, larger than the {round_it:.0f} mm round this cylinder."
        )
    return Surface(
        kind="cylinder",
        clip=_clip(table),
        box=_box(table),
        radius_mm=radius,
        facing_mm=table.number("facing_mm", size[0] / 2, most=size[0]),
        bow=table.number("bow", 0.0, most=1000),
        view=table.text("view", "front"),
    )


def _box(table: Table) -> tuple[float, float, float, float]:
    x, y, width, height = table.numbers("box", 4)
    if width <= 0 or height <= 0:
        table.fault("box", "“box” is [x, y, width, height] on the drawing; width and height must be more than 0.")
    return x, y, width, height


def _clip(table: Table) -> str | None:
    return table.text("clip") if table.has("clip") else None
