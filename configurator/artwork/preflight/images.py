"""Preflight of customers' pictures: resolution at the printed size, bleed, place, and what the method can show."""

from math import ceil, floor

from configurator.artwork.elements import Image as Element
from configurator.artwork.image_placing import PlacedImage, size_mm
from configurator.artwork.inks import prints_colours
from configurator.artwork.pictures import Picture
from configurator.artwork.preflight.place import Place, removal
from configurator.artwork.preflight.position import position
from configurator.artwork.preflight.shapes import thin
from configurator.artwork.preflight.wording import decapitalised, mm, number
from configurator.artwork.scene import Finding, Path
from configurator.artwork.shapes import read_shape
from configurator.geometry import Affine, Box

LEAST_DPI = 100
"""Below, single pixels are seen from arm's length: it is not printed."""
NEARLY = 0.8
"""A picture that covers as much of the area is meant to cover all of it."""
MM_PER_INCH = 25.4


def image_findings(element: Element, picture: Picture, placed: PlacedImage, place: Place) -> tuple[Finding, ...]:
    """All findings about one picture."""
    found = [_unprintable(picture, place), _coarse(element, picture, place), _doubtful(picture, place)]
    if picture.drawing:
        paths = tuple(node for node in placed.nodes if isinstance(node, Path))
        found += [thin(element, paths, place), _one_colour(picture, place)]
    if _covers(placed, place):
        found.append(_bleed(element, placed, place))
    else:
        found.append(position(element, placed.box, place, element.width_mm))
    return tuple(finding for finding in found if finding)


def unknown_picture(place: Place) -> Finding:
    """A picture that is not kept (any more)."""
    sentence = "This picture is not kept here any more. Send it again, or remove it."
    return Finding("error", place.number, sentence, (removal(place.number),))


def dpi(element: Element, picture: Picture) -> float:
    """Pixels per inch at the size it is printed, in the coarser direction."""
    width, height = size_mm(element, picture)
    return min(picture.width / width, picture.height / height) * MM_PER_INCH


def _unprintable(picture: Picture, place: Place) -> Finding | None:
    if picture.drawing or _makes_photos(place):
        return None
    sentence = (
        f"{place.method.label} draws lines and areas of one colour, so it cannot make photos or shading. "
        "Send a drawing (SVG) of plain shapes in flat colours instead, or remove it."
    )
    return Finding("error", place.number, sentence, (removal(place.number),))


def _doubtful(picture: Picture, place: Place) -> Finding | None:
    return Finding("warning", place.number, picture.doubt, (removal(place.number),)) if picture.doubt else None


def _makes_photos(place: Place) -> bool:
    return prints_colours(place.method) or place.method.tone is not None


def _coarse(element: Element, picture: Picture, place: Place) -> Finding | None:
    good, now = place.method.least_dpi, dpi(element, picture)
    if picture.drawing or not _makes_photos(place) or now >= good - 0.5:
        return None
    wide, _ = size_mm(element, picture)
    fine = floor(wide * now / good * 10) / 10
    fixes = ((f"Make it {mm(fine)} wide", f"width-{place.number}", number(fine)),) if fine >= 1 else ()
    if now < LEAST_DPI:
        sentence = f"The picture has only {now:.0f} dots an inch at this size, and {LEAST_DPI} at least are needed."
        return Finding("error", place.number, sentence, (*fixes, removal(place.number)))
    sentence = f"The picture has {now:.0f} dots an inch at this size; it is sharp from {good:.0f}."
    return Finding("warning", place.number, sentence, fixes)


def _one_colour(picture: Picture, place: Place) -> Finding | None:
    if prints_colours(place.method) or place.method.sewing or _colours(picture) < 2:
        return None
    sentence = f"{place.method.label} has one colour at a time: every part of this drawing is made in {_first(place)}."
    return Finding("warning", place.number, sentence, (removal(place.number),))


def _first(place: Place) -> str:
    return decapitalised(place.method.inks[0].label)


def _colours(picture: Picture) -> int:
    parts = read_shape(picture.drawing).parts
    return len({paint for part in parts for paint in (part.fill, part.stroke) if paint})


def _covers(placed: PlacedImage, place: Place) -> bool:
    """Whether it is meant to cover the whole area: it reaches over, or nearly to, every edge."""
    whole, box = Box(0, 0, *place.area.size_mm), placed.box
    wide = min(box.right, whole.right) - max(box.left, whole.left)
    high = min(box.bottom, whole.bottom) - max(box.top, whole.top)
    return wide >= NEARLY * whole.width and high >= NEARLY * whole.height


def _bleed(element: Element, placed: PlacedImage, place: Place) -> Finding | None:
    """Grown round its middle until the corners of area and bleed lie within it."""
    bleed = place.area.bleed_mm
    share = _growth(placed, element, Box(0, 0, *place.area.size_mm).grown(bleed))
    if share <= 1 + 1e-4:
        return None
    wide = ceil(element.width_mm * share * 10) / 10
    fix = (f"Make it {mm(wide)} wide", f"width-{place.number}", number(wide))
    reach = f"reach {mm(bleed)} over every edge" if bleed else "reach every edge"
    sentence = (
        f"The picture nearly fills {decapitalised(place.area.label)}, but does not {reach}: a white line may stay."
    )
    return Finding("warning", place.number, sentence, (fix,) if not element.height_mm else ())


def _growth(placed: PlacedImage, element: Element, goal: Box) -> float:
    """How much larger it must be, round its middle, for a box to lie within it."""
    corners = [(x, y) for x in (goal.left, goal.right) for y in (goal.top, goal.bottom)]
    back = Affine.turned(-element.turn).after(Affine.shifted(-element.x_mm, -element.y_mm))
    half = (placed.frame.box.width / 2, placed.frame.box.height / 2)
    return max(max(abs(x) / half[0], abs(y) / half[1]) for x, y in (back.at(*corner) for corner in corners))
