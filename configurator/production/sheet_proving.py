"""No sheet is released unproved: every layout goes through an independent checker first."""

import logging
from collections.abc import Iterator, Mapping, Sequence

from shapely.geometry import Polygon

from configurator.artwork.footprint import Ring, rectangle
from configurator.blanks.methods import Method
from configurator.errors import Conflict
from configurator.geometry import lying
from configurator.production.laying_out import Layout, lay_out_batch
from configurator.production.layout_checking import Lying, layout_faults
from configurator.production.nesting import Rectangle
from configurator.production.shape_layout import LyingPiece, Outlines, ShapeLayout, spot

LOG = logging.getLogger(__name__)


class FaultySheets(Conflict):
    """Pieces would be cut into each other, or over the edge."""

    def __init__(self, fault: str) -> None:
        super().__init__(f"The sheets are not right: {fault} Nothing was released; take that piece out and plan again.")


def sure_layout(
    pieces: Sequence[LyingPiece], methods: Mapping[str, Method], shaped: ShapeLayout | None, outlines: Outlines
) -> Layout:
    """The layout by outlines if there is one and it is faultless, else the one by rectangles. Raises FaultySheets."""
    routed = [(code, route) for code, _, route in pieces]
    if shaped:
        layout = lay_out_batch(routed, methods, shaped)
        faults = sheet_faults(layout, pieces, outlines)
        if not faults:
            return layout
        LOG.warning("A layout by outlines is faulty, so rectangles are released: %s", " ".join(faults))
    layout = lay_out_batch(routed, methods)
    faults = sheet_faults(layout, pieces, outlines)
    if faults:
        raise FaultySheets(faults[0])
    return layout


def sheet_faults(layout: Layout, pieces: Sequence[LyingPiece], outlines: Outlines) -> tuple[str, ...]:
    """What is wrong with the common sheets, as sentences. An area without outline is judged by its rectangle."""
    spec = next((route.sheet for _, _, route in pieces if route.sheet), None)
    if spec is None:
        return ()
    areas = {
        spot(code, each.name): Polygon(_outline(design, each, outlines)).area
        for code, design, route in pieces
        for each in route.on_sheet
    }
    return layout_faults(spec, areas, list(_lying(layout, pieces, outlines)))


def needed(layout: Layout, pieces: Sequence[LyingPiece], outlines: Outlines) -> tuple[int, float]:
    """How many common sheets a layout takes, and how far down the last one is used, in mm: less is better."""
    laid = list(_lying(layout, pieces, outlines))
    sheets = max((each.sheet for each in laid), default=0)
    return sheets, max((y for each in laid if each.sheet == sheets for _, y in each.outline), default=0)


def _lying(layout: Layout, pieces: Sequence[LyingPiece], outlines: Outlines) -> Iterator[Lying]:
    for code, design, route in pieces:
        places = {place.area: place for place in layout.places.get(code, ())}
        for each in route.on_sheet:
            if place := places.get(each.name):
                onto = lying(_trim(each), place.degrees, (place.left_mm, place.top_mm))
                ring = tuple(onto.at(x, y) for x, y in _outline(design, each, outlines))
                yield Lying(spot(code, each.name), place.sheet, ring, place.degrees)


def _outline(design: str, area: Rectangle, outlines: Outlines) -> Ring:
    return outlines.get((design, area.name)) or rectangle(*_trim(area), area.bleed)


def _trim(area: Rectangle) -> tuple[float, float]:
    return area.width - 2 * area.bleed, area.height - 2 * area.bleed
