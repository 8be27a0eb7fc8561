"""Shapes: unknown ones, lines too fine."""

from math import ceil

from configurator.artwork.elements import Image, Shape
from configurator.artwork.preflight.marking import ink_boxes, joined
from configurator.artwork.preflight.place import Place, removal
from configurator.artwork.preflight.position import position
from configurator.artwork.preflight.wording import decapitalised, mm, named, number
from configurator.artwork.scene import Finding, Path
from configurator.geometry import Box


def shape_findings(element: Shape, paths: tuple[Path, ...], box: Box | None, place: Place) -> tuple[Finding, ...]:
    """All findings about one shape alone."""
    found = [thin(element, paths, place), position(element, box, place, element.width_mm, ink_boxes(paths, {}))]
    return tuple(finding for finding in found if finding)


def unknown_shape(element: Shape, place: Place) -> Finding:
    """A shape the blank does not have."""
    sentence = f"This product has no shape “{element.shape}”: choose another or remove it."
    return Finding("error", place.number, sentence, (removal(place.number),))


def thin(element: Shape | Image, paths: tuple[Path, ...], place: Place) -> Finding | None:
    """Lines finer than the method can make."""
    least = place.method.least_stroke_mm
    thinnest = min((path.width_mm for path in paths if path.stroke), default=least)
    if thinnest >= least - 1e-3 or not thinnest:
        return None
    sentence = (
        f"The finest line of {named(element)} is {thinnest:.2f} mm. "
        f"Lines under {least:.2f} mm do not come out well with {decapitalised(place.method.label)}."
    )
    width = ceil(element.width_mm * least / thinnest)
    fixes = ((f"Make it {mm(width)} wide", f"width-{place.number}", number(width)), removal(place.number))
    fine = [path for path in paths if path.stroke and path.width_mm < least - 1e-3]
    return Finding("warning", place.number, sentence, fixes, joined(ink_boxes(fine, {})))
