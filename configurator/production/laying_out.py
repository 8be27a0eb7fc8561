"""A batch on its sheets: where every print area of every piece lies, for the page and for the package."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from configurator.blanks.blank import SheetSpec
from configurator.blanks.methods import Method
from configurator.export.frozen import FrozenPlace, FrozenSheet
from configurator.geometry import turned_box
from configurator.production.nesting import Laid, Nest, Rectangle, labels, nest_for
from configurator.production.routing import Route
from configurator.production.shape_layout import ShapeLayout, spot
from configurator.production.shape_nesting import PlacedShape
from configurator.production.tightening import on_fewer_sheets

ROUND_IT_MM = 10
"""Room for marks around a piece that is printed by itself, not on a common sheet."""


@dataclass(frozen=True, slots=True)
class Layout:
    """The sheets of a batch, and piece -> its places, one a print area.

    rectangles: common sheets that it would take by rectangles, when it is laid by outlines; else 0.
    """

    sheets: tuple[FrozenSheet, ...]
    places: Mapping[str, tuple[FrozenPlace, ...]]
    gap_mm: float = 0
    rectangles: int = 0


def lay_out_batch(
    pieces: Sequence[tuple[str, Route]], methods: Mapping[str, Method], shaped: ShapeLayout | None = None
) -> Layout:
    """(piece code, route) in the batch's order -> the layout; the same input gives the same layout.

    methods: the shop's. shaped: where just these pieces lie by their outlines, if that was found. The common sheets
    come first. Every print area that lies on none gets a sheet of its own, as large as it is; an embroidered one has
    none, since its piece is hooped.
    """
    spec = next((route.sheet for _, route in pieces if route.sheet), None)
    common, put = _by_outlines(spec, pieces, shaped) if spec and shaped else _by_rectangles(spec, pieces)
    sheets = list(common)
    for code, route in pieces:
        for each in route.apart:
            method = methods.get(route.methods[each.name])
            if method and method.output == "stitch":
                continue
            sheets.append(_own_sheet(len(sheets) + 1, each, method))
            place = (ROUND_IT_MM, ROUND_IT_MM, each.width, each.height)
            put[code].append(_Put(Laid(each.name, len(sheets), *place, turned=False, bleed=each.bleed)))
    return Layout(
        sheets=tuple(sheets),
        places=_named(put),
        gap_mm=spec.gap_mm if spec else 0,
        rectangles=shaped.rectangles if spec and shaped else 0,
    )


@dataclass(frozen=True, slots=True)
class _Put:
    """A print area on a sheet. degrees: of any other turn than the rectangle's own; row: names it if it is in none."""

    laid: Laid
    degrees: float = 0
    row: float | None = None

    @property
    def in_row(self) -> Laid:
        """As it is named."""
        return self.laid if self.row is None else replace(self.laid, top=self.row)


def _by_rectangles(
    spec: SheetSpec | None, pieces: Sequence[tuple[str, Route]]
) -> tuple[Sequence[FrozenSheet], dict[str, list[_Put]]]:
    if spec is None:
        return (), {code: [] for code, _ in pieces}
    first = next((route.taking for _, route in pieces if route.taking), ())
    nest = nest_for(spec, first, sum(len(route.taking) for _, route in pieces))
    laid = _tightened(nest, {code: list(nest.add(route.taking) or ()) for code, route in pieces}, pieces)
    sheets = _common_sheets(spec, [(each, route) for code, route in pieces for each in laid[code]])
    band = _band(pieces) if any(route.boxes for _, route in pieces) else 0
    return sheets, {
        code: [_by_box(each, area, route, band) for each, area in zip(laid[code], route.on_sheet, strict=False)]
        for code, route in pieces
    }


def _by_box(laid: Laid, area: Rectangle, route: Route, band: float) -> _Put:
    """A rectangle on its sheet; that around a cut line holds the trim box somehow turned and moved. band: of rows."""
    box = route.boxes.get(area.name)
    if box is None:
        return _Put(laid, row=(laid.top + laid.height / 2) // band if band else None)
    degrees, x, y = box.moved(laid.left, laid.top, across=laid.turned)
    return _turned(PlacedShape(area.name, laid.sheet, degrees, x, y), area, band)


def _band(pieces: Sequence[tuple[str, Route]]) -> float:
    """Rows of what lies anyhow, for its name, are bands of the sheet as high as the tallest area."""
    return max(each.height for _, route in pieces for each in route.on_sheet)


def _by_outlines(
    spec: SheetSpec, pieces: Sequence[tuple[str, Route]], shaped: ShapeLayout
) -> tuple[Sequence[FrozenSheet], dict[str, list[_Put]]]:
    """Every area as it was found to lie."""
    known = {each.name: each for each in shaped.places}
    band = _band(pieces)
    sheets = [
        FrozenSheet(number, *spec.size_mm, spec.mirror, round(used, 4)) for number, used in enumerate(shaped.used, 1)
    ]
    return sheets, {
        code: [_turned(known[spot(code, each.name)], each, band) for each in route.on_sheet] for code, route in pieces
    }


def _turned(placed: PlacedShape, area: Rectangle, band: float) -> _Put:
    """Without bleed: left and top are of the box around the trim box."""
    width, height = area.width - 2 * area.bleed, area.height - 2 * area.bleed
    around = turned_box(width, height, placed.degrees)
    left, top = placed.x + around.left, placed.y + around.top
    laid = Laid(area.name, placed.sheet, left, top, around.width, around.height, turned=False)
    return _Put(laid, placed.degrees, (top + around.height / 2) // band)


def _tightened(
    nest: Nest, laid: Mapping[str, list[Laid]], pieces: Sequence[tuple[str, Route]]
) -> dict[str, list[Laid]]:
    """The same pieces on fewer sheets, if there is a way to lay them so; else as they were."""
    rectangles = [each for _, route in pieces for each in route.taking]
    whole = len(rectangles) == len(nest.laid)
    fewer = on_fewer_sheets(nest.spec, rectangles, nest.sheets) if whole else None
    if fewer is None:
        return dict(laid)
    places = iter(fewer)
    return {code: [next(places) for _ in route.taking] for code, route in pieces}


def _common_sheets(spec: SheetSpec, laid: Sequence[tuple[Laid, Route]]) -> list[FrozenSheet]:
    """What is cut out covers what is inside its cut line, everything else its rectangle."""
    covered = dict.fromkeys(range(1, max((each.sheet for each, _ in laid), default=0) + 1), 0.0)
    for each, route in laid:
        covered[each.sheet] += route.cut_mm2.get(each.name, each.width * each.height)
    whole = spec.size_mm[0] * spec.size_mm[1]
    return [FrozenSheet(number, *spec.size_mm, spec.mirror, round(area / whole, 4)) for number, area in covered.items()]


def _own_sheet(number: int, area: Rectangle, method: Method | None) -> FrozenSheet:
    width, height = area.width + 2 * ROUND_IT_MM, area.height + 2 * ROUND_IT_MM
    used = round(area.width * area.height / width / height, 4)
    return FrozenSheet(number, width, height, mirror=False, used=used, output=method.output if method else "")


def _named(put: Mapping[str, Sequence[_Put]]) -> Mapping[str, tuple[FrozenPlace, ...]]:
    """The places by their trim boxes, each with its name on the sheet."""
    names = iter(labels([each.in_row for own in put.values() for each in own]))
    return {code: tuple(_place(each, next(names)) for each in own) for code, own in put.items()}


def _place(put: _Put, label: str) -> FrozenPlace:
    laid = put.laid
    return FrozenPlace(
        sheet=laid.sheet,
        area=laid.name,
        left_mm=round(laid.left + laid.bleed, 4),
        top_mm=round(laid.top + laid.bleed, 4),
        degrees=90.0 if laid.turned else put.degrees,
        label=label,
    )
