"""A batch's sheets as the page draws them: rulers, places and the flat artwork in them, all in millimetres."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from configurator.artwork.footprint import area_mm2, footprint
from configurator.artwork.scene import Scene
from configurator.export.frozen import FrozenPlace
from configurator.geometry import Affine, Box, PathData, control_box, lying, mapped, turned_box
from configurator.production.batch_store import PieceInBatch
from configurator.production.laying_out import Layout


@dataclass(frozen=True, slots=True)
class DrawnPlace:
    """A print area on the sheet: in mm the box around it, its picture's size and address, which piece it belongs to.

    matrix: where the picture lies, as SVG writes it. outline: of what is cut, as SVG path data; empty for the box.
    """

    label: str
    code: str
    x: float
    y: float
    width: float
    height: float
    picture: str
    picture_width: float
    picture_height: float
    matrix: str
    outline: str


@dataclass(frozen=True, slots=True)
class DrawnSheet:
    """One sheet with its places; ticks every 10 mm are drawn from its size."""

    number: int
    width: float
    height: float
    mirror: bool
    used: float
    output: str
    places: tuple[DrawnPlace, ...]


def drawn_sheets(
    layout: Layout, pieces: Sequence[PieceInBatch], scenes: Mapping[str, tuple[Scene, ...]]
) -> tuple[DrawnSheet, ...]:
    """The sheets, first to last. scenes: by design hash. What is cut out covers its outline only."""
    designs = {piece.code: piece.design_hash for piece in pieces}
    found: dict[int, list[DrawnPlace]] = {sheet.number: [] for sheet in layout.sheets}
    covered, mirrored = dict.fromkeys(found, 0.0), {sheet.number: sheet.mirror for sheet in layout.sheets}
    for code, places in layout.places.items():
        for place in places:
            design = designs.get(code)
            scene = next((s for s in scenes.get(design or "", ()) if s.area == place.area), None)
            if design is None or scene is None:
                continue
            picture, mirror = f"/pictures/{design}/{place.area}.svg", mirrored[place.sheet]
            found[place.sheet].append(_drawn(code, place, (scene, mirror), picture))
            covered[place.sheet] += area_mm2(footprint(scene)) if scene.cut else 0
    return tuple(
        DrawnSheet(
            number=sheet.number,
            width=sheet.width_mm,
            height=sheet.height_mm,
            mirror=sheet.mirror,
            used=covered[sheet.number] / (sheet.width_mm * sheet.height_mm) or sheet.used,
            output=sheet.output,
            places=tuple(found[sheet.number]),
        )
        for sheet in layout.sheets
    )


def _drawn(code: str, place: FrozenPlace, what: tuple[Scene, bool], picture: str) -> DrawnPlace:
    """What is cut out of a mirrored sheet is drawn mirrored, as its cut line lies; a print stays readable."""
    scene, mirror = what
    size = (scene.width_mm, scene.height_mm)
    onto = lying(size, place.degrees, (place.left_mm, place.top_mm))
    if mirror and scene.cut:
        onto = onto.after(Affine(a=-1, e=scene.width_mm))
    cut = [mapped(contour, onto) for contour in scene.cut]
    trim = turned_box(*size, place.degrees)
    box = Box(place.left_mm, place.top_mm, place.left_mm + trim.width, place.top_mm + trim.height)
    around = control_box(cut[:1]) or box
    return DrawnPlace(
        label=place.label,
        code=code,
        x=round(around.left, 2),
        y=round(around.top, 2),
        width=round(around.width, 2),
        height=round(around.height, 2),
        picture=picture,
        picture_width=scene.width_mm,
        picture_height=scene.height_mm,
        matrix=" ".join(f"{value:.4f}" for value in (onto.a, onto.b, onto.c, onto.d, onto.e, onto.f)),
        outline="".join(_path(contour) for contour in cut),
    )


def _path(data: PathData) -> str:
    return "".join(letter + " ".join(f"{number:.2f}" for number in numbers) for letter, numbers in data)


def by_place(pieces: Sequence[PieceInBatch], labels: Mapping[str, str]) -> tuple[PieceInBatch, ...]:
    """The pieces as one comes across them on the sheets: row by row; those without a place at the end."""
    return tuple(sorted(pieces, key=lambda piece: _reading(labels.get(piece.code))))


def _reading(label: str | None) -> tuple[bool, int, int, str, int]:
    """“2-AB13” -> sheet 2, row AB, place 13."""
    found = re.fullmatch(r"(?:(\d+)-)?([A-Z]+)(\d+)", label or "")
    if found is None:
        return True, 0, 0, "", 0
    sheet, row, place = found.groups()
    return False, int(sheet or 1), len(row), row, int(place)


def first_labels(sheets: Sequence[DrawnSheet]) -> Mapping[str, str]:
    """Piece code -> the name of its first place."""
    labels: dict[str, str] = {}
    for sheet in sheets:
        for place in sheet.places:
            labels.setdefault(place.code, place.label)
    return labels
