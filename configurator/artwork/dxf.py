"""DXF for cutters and lasers: closed polylines in mm on the layers `cut` and `engrave`, names on `codes`, marks."""

import io
from collections.abc import Iterable

import ezdxf
from ezdxf.document import Drawing
from ezdxf.enums import TextEntityAlignment
from ezdxf.filemanagement import new
from ezdxf.units import MM

from configurator.artwork.dxf_areas import Areas, Ring, flat_rings
from configurator.artwork.footprint import footprint
from configurator.artwork.pdf_sheet import Placement, SheetPage
from configurator.geometry import Affine, mapped

CUT, ENGRAVE, CODES = "cut", "engrave", "codes"
COLOURS = {CUT: 1, ENGRAVE: 5, CODES: 8}
"""AutoCAD colour numbers: red is cut and blue engraved in most laser software; grey is looked at only."""

MARKS_COLOUR = 3
CODE_MM = 2.5

# ezdxf's own switch for files without the time of day and without random ids; nothing else here writes DXF.
ezdxf.options.write_fixed_meta_data_for_testing = True  # type: ignore[attr-defined] # ezdxf's documented global


def sheet_dxf(page: SheetPage, *, engrave: bool = True) -> bytes:
    """The sheet as DXF R2010, origin at its bottom left, y up as the format has it; the same bytes every time.

    Placed and mirrored as sheet_pdf does. engrave: whether the artwork is drawn too, or only what is cut.
    """
    drawing = _drawing()
    areas = Areas()
    for placement in page.placements:
        onto = _y_up(page).after(placement.onto_sheet(mirror=page.mirror))
        _draw(drawing, CUT, _cut_rings(placement, onto))
        if placement.scene.cut and placement.label:
            _name(drawing, placement, onto)
        if engrave:
            _draw(drawing, ENGRAVE, _engraved_rings(placement, onto, areas))
    _mark(drawing, page)
    return _written(drawing)


def _drawing() -> Drawing:
    drawing = new("R2010", units=MM)
    for layer, colour in COLOURS.items():
        drawing.layers.add(layer, color=colour)
    return drawing


def _y_up(page: SheetPage) -> Affine:
    return Affine(d=-1, f=page.height_mm)


def _cut_rings(placement: Placement, onto: Affine) -> Iterable[Ring]:
    return (ring for contour in placement.scene.cut for ring in flat_rings(mapped(contour, onto)))


def _engraved_rings(placement: Placement, onto: Affine, areas: Areas) -> Iterable[Ring]:
    for area in areas.engraved(placement.scene):
        for ring in (area.exterior, *area.interiors):
            yield tuple(onto.at(x, y) for x, y in ring.coords)


def _draw(drawing: Drawing, layer: str, rings: Iterable[Ring]) -> None:
    """Closed polylines, without the repeated last point and points that lie on each other."""
    space = drawing.modelspace()
    for ring in rings:
        points = [(round(x, 4), round(y, 4)) for x, y in ring]
        kept = [point for point, before in zip(points, [points[-1], *points], strict=False) if point != before]
        if len(kept) >= 3:
            space.add_lwpolyline(kept, close=True, dxfattribs={"layer": layer})


def _name(drawing: Drawing, placement: Placement, onto: Affine) -> None:
    """Place and code in the middle of what is cut out: for the eye, on a layer that no machine follows."""
    xs, ys = zip(*(onto.at(x, y) for x, y in footprint(placement.scene)), strict=True)
    middle = ((min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2)
    text = drawing.modelspace().add_text(placement.label, height=CODE_MM, dxfattribs={"layer": CODES})
    text.set_placement((round(middle[0], 4), round(middle[1], 4)), align=TextEntityAlignment.MIDDLE_CENTER)


def _mark(drawing: Drawing, page: SheetPage) -> None:
    """The registration marks of the print, where it has them: circles, squares, or crosses of two lines."""
    marks = page.marks
    if marks is None or not page.registered:
        return
    drawing.layers.add(marks.layer, color=MARKS_COLOUR)
    space, half, layer = drawing.modelspace(), marks.size_mm / 2, {"layer": marks.layer}
    for left, top in page.registered:
        x, y = _y_up(page).at(left, top)
        if marks.kind == "dot":
            space.add_circle((x, y), half, dxfattribs=layer)
        elif marks.kind == "square":
            corners = [(x - half, y - half), (x + half, y - half), (x + half, y + half), (x - half, y + half)]
            space.add_lwpolyline(corners, close=True, dxfattribs=layer)
        else:
            space.add_line((x - half, y), (x + half, y), dxfattribs=layer)
            space.add_line((x, y - half), (x, y + half), dxfattribs=layer)


def _written(drawing: Drawing) -> bytes:
    # ezdxf lists the classes in the order of a set, which is another one in every process.
    for kind in sorted(drawing.entitydb.dxf_types_in_use()):
        drawing.classes.add_class(kind)
    text = io.StringIO()
    drawing.write(text)
    return drawing.encode(text.getvalue())
