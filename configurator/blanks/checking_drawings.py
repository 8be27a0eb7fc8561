"""A blank's drawing and shapes against its areas, colours and options."""

import math

from configurator.blanks.blank import Area, Blank, Surface
from configurator.blanks.checking_rules import condition_fault
from configurator.blanks.draft import Draft, check_pattern, filled
from configurator.blanks.drawings import Drawing, read_drawing, read_shape
from configurator.blanks.faults import Fault, nearest
from configurator.blanks.lines import Path


def check_shapes(draft: Draft, blank: Blank) -> None:
    """Every shape may only draw; every backdrop an area can name is there."""
    for key, text in blank.shapes.items():
        _take_faults(draft, f"shapes/{key}.svg", read_shape(text))
    for area in blank.areas:
        if area.backdrop:
            _check_backdrop(draft, area, blank)


def _check_backdrop(draft: Draft, area: Area, blank: Blank) -> None:
    path = ("area", area.key, "backdrop")
    if not check_pattern(draft, path, area.backdrop or "", blank.model):
        return
    for shape in filled(area.backdrop or "", blank.model):
        if shape not in blank.shapes:
            draft.table.sheet.fault(
                path, f"There is no shapes/{shape}.svg in this folder.{nearest(shape, blank.shapes)}"
            )


def check_drawing(draft: Draft, blank: Blank) -> None:
    """The drawing may only draw, has a place for every area, and a colour for every {name}."""
    name = draft.table.content.get("drawing")
    if not isinstance(name, str) or name not in draft.files:
        return
    drawing = read_drawing(blank.drawing)
    _take_faults(draft, name, drawing)
    _check_areas(draft, blank, drawing)
    _check_conditions(draft, blank, drawing)
    _check_paints(draft, blank, drawing)
    _check_sizes(draft, blank, drawing)


def _take_faults(draft: Draft, file: str, drawing: Drawing) -> None:
    folder = draft.table.sheet.file.rpartition("/")[0]
    place = f"{folder}/{file}" if folder else file
    draft.table.sheet.faults += [Fault(place, line, sentence) for line, sentence in drawing.faults]


def _check_areas(draft: Draft, blank: Blank, drawing: Drawing) -> None:
    sheet, keys = draft.table.sheet, {area.key for area in blank.areas}
    for area in blank.areas:
        path = ("area", area.key)
        if area.key not in drawing.areas:
            sheet.fault(path, f'The drawing has no place for this area; put <g data-area="{area.key}"></g> into it.')
        _check_surface(draft, area.surface, (*path, "surface"), drawing)
        for place, surface in enumerate(area.also):
            _check_surface(draft, surface, (*path, "also", place), drawing)
            _check_place(draft, area.key, (place, surface.view), drawing)
    wrong = {**drawing.areas, **drawing.cuts}.keys() - keys
    places = {**drawing.areas, **drawing.cuts}
    faults = Drawing(faults=[(places[key], f"“{key}” is no print area.{nearest(key, keys)}") for key in wrong])
    _take_faults(draft, draft.table.content["drawing"], faults)


def _check_surface(draft: Draft, surface: Surface, path: Path, drawing: Drawing) -> None:
    sheet, clip, view = draft.table.sheet, surface.clip, surface.view
    if clip is not None and clip not in drawing.ids:
        sheet.fault((*path, "clip"), f"“{clip}” is no id of the drawing.{nearest(clip, drawing.ids)}")
    if drawing.views and view not in drawing.views:
        sheet.fault(path, f"“{view}” is no view of the drawing.{nearest(view, drawing.views)}")
    x, y, width, height = drawing.box
    left, top, wide, high = surface.box
    points = surface.corners or ((left, top), (left + wide, top + high))
    if width and not all(x <= px <= x + width and y <= py <= y + height for px, py in points):
        sheet.fault(path, f"The surface reaches outside the drawing of {width:g} x {height:g}.")


def _check_place(draft: Draft, area: str, where: tuple[int, str], drawing: Drawing) -> None:
    """A further view has a place for the area, or its surface would never be seen."""
    place, view = where
    if view in drawing.views and not {(area, view), (area, None)} & drawing.places:
        sentence = f'The view “{view}” has no place for this area; put <g data-area="{area}"></g> into it.'
        draft.table.sheet.fault(("area", area, "also", place), sentence)


def _check_conditions(draft: Draft, blank: Blank, drawing: Drawing) -> None:
    wrong = [(line, condition_fault(text, blank.model)) for line, text in drawing.conditions]
    faults = [(line, sentence) for line, sentence in wrong if sentence]
    _take_faults(draft, draft.table.content["drawing"], Drawing(faults=faults))


def _check_paints(draft: Draft, blank: Blank, drawing: Drawing) -> None:
    sheet = draft.table.sheet
    grounds = {area.ground[1:-1] for area in blank.areas if area.ground}
    missing = [
        (line, f"“{{{name}}}” has no colour; add it to [paint].{nearest(name, blank.paints)}")
        for name, line in drawing.paints.items()
        if name not in blank.paints
    ]
    _take_faults(draft, draft.table.content["drawing"], Drawing(faults=missing))
    for name in blank.paints:
        if name not in drawing.paints and name not in grounds:
            sheet.fault(("paint", name), f"The drawing has no {{{name}}} to paint.{nearest(name, drawing.paints)}")
    for path, name in draft.paints:
        if name not in drawing.paints and name not in grounds:
            hint = nearest(name, drawing.paints)
            sheet.fault(path, f"“paint” names “{name}”, which the drawing does not have.{hint}")


def _check_sizes(draft: Draft, blank: Blank, drawing: Drawing) -> None:
    """No area is larger than what it lies on; the body lies on the drawing."""
    width, height = blank.size_mm
    for area in blank.areas:
        round_it = area.surface.kind == "cylinder"
        limit = 2 * math.pi * area.surface.radius_mm if round_it else width
        if area.size_mm[1] > height or area.size_mm[0] > limit + 1e-6:
            size = f"{area.size_mm[0]:g} x {area.size_mm[1]:g} mm"
            whole = f"{limit:.0f} x {height:g} mm"
            draft.table.sheet.fault(
                ("area", area.key, "size_mm"), f"The area of {size} is larger than its surface of {whole}."
            )
    x, y, wide, high = drawing.box
    for view, (left, top, body_wide, body_high) in blank.bodies.items():
        inside = x <= left and y <= top and left + body_wide <= x + wide and top + body_high <= y + high
        if wide and not inside:
            path = ("body",) if view == next(iter(blank.bodies)) else ("bodies", view)
            draft.table.sheet.fault(path, f"The product's size reaches outside the drawing of {wide:g} x {high:g}.")
