"""A batch on its sheets: where every print area of every piece lies, for the page and for the package."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from configurator.blanks.blank import SheetSpec
from configurator.blanks.shop import Method
from configurator.export.frozen import FrozenPlace, FrozenSheet
from configurator.production.nesting import Laid, Nest, Rectangle, labels, nest_for, used_share
from configurator.production.routing import Route
from configurator.production.tightening import on_fewer_sheets

ROUND_IT_MM = 10
"""Room for marks around a piece that is printed by itself, not on a common sheet."""


@dataclass(frozen=True, slots=True)
class Layout:
    """The sheets of a batch, and piece -> its places, one a print area."""

    sheets: tuple[FrozenSheet, ...]
    places: Mapping[str, tuple[FrozenPlace, ...]]
    gap_mm: float = 0


def lay_out_batch(pieces: Sequence[tuple[str, Route]], methods: Mapping[str, Method]) -> Layout:
    """(piece code, route) in the batch's order -> the layout; the same input gives the same layout.

    methods: the shop's. The common sheets come first. Every print area that lies on none gets a sheet of its own,
    as large as it is; an embroidered one has none, since its piece is hooped.
    """
    spec = next((route.sheet for _, route in pieces if route.sheet), None)
    first = next((route.on_sheet for _, route in pieces if route.on_sheet), ())
    nest = nest_for(spec, first, sum(len(route.on_sheet) for _, route in pieces)) if spec else None
    laid = {code: list(nest.add(route.on_sheet) or ()) if nest else [] for code, route in pieces}
    if nest:
        laid = _tightened(nest, laid, pieces)
    sheets = _common_sheets(nest.spec, [each for own in laid.values() for each in own]) if nest else []
    for code, route in pieces:
        for each in route.apart:
            method = methods.get(route.methods[each.name])
            if method and method.output == "stitch":
                continue
            sheets.append(_own_sheet(len(sheets) + 1, each, method))
            place = (ROUND_IT_MM, ROUND_IT_MM, each.width, each.height)
            laid[code].append(Laid(each.name, len(sheets), *place, turned=False, bleed=each.bleed))
    return Layout(tuple(sheets), _named(laid), spec.gap_mm if spec else 0)


def _tightened(
    nest: Nest, laid: Mapping[str, list[Laid]], pieces: Sequence[tuple[str, Route]]
) -> dict[str, list[Laid]]:
    """The same pieces on fewer sheets, if there is a way to lay them so; else as they were."""
    rectangles = [each for _, route in pieces for each in route.on_sheet]
    whole = len(rectangles) == len(nest.laid)
    fewer = on_fewer_sheets(nest.spec, rectangles, nest.sheets) if whole else None
    if fewer is None:
        return dict(laid)
    places = iter(fewer)
    return {code: [next(places) for _ in route.on_sheet] for code, route in pieces}


def _common_sheets(spec: SheetSpec, laid: Sequence[Laid]) -> list[FrozenSheet]:
    return [
        FrozenSheet(number, *spec.size_mm, spec.mirror, round(used_share(spec, laid, number), 4))
        for number in range(1, max((each.sheet for each in laid), default=0) + 1)
    ]


def _own_sheet(number: int, area: Rectangle, method: Method | None) -> FrozenSheet:
    width, height = area.width + 2 * ROUND_IT_MM, area.height + 2 * ROUND_IT_MM
    used = round(area.width * area.height / width / height, 4)
    return FrozenSheet(number, width, height, mirror=False, used=used, output=method.output if method else "")


def _named(laid: Mapping[str, Sequence[Laid]]) -> Mapping[str, tuple[FrozenPlace, ...]]:
    """The places by their trim boxes, each with its name on the sheet."""
    names = iter(labels([each for own in laid.values() for each in own]))
    return {code: tuple(_place(each, next(names)) for each in own) for code, own in laid.items()}


def _place(laid: Laid, label: str) -> FrozenPlace:
    return FrozenPlace(
        sheet=laid.sheet,
        area=laid.name,
        left_mm=round(laid.left + laid.bleed, 4),
        top_mm=round(laid.top + laid.bleed, 4),
        turned=laid.turned,
        label=label,
    )
