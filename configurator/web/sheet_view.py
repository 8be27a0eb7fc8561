"""A batch's sheets as the page draws them: rulers, places and the flat artwork in them, all in millimetres."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from configurator.artwork.scene import Scene
from configurator.production.batch_store import PieceInBatch
from configurator.production.laying_out import Layout


@dataclass(frozen=True, slots=True)
class DrawnPlace:
    """A print area on the sheet: its trim box in mm, its picture's address, which piece it belongs to."""

    label: str
    code: str
    x: float
    y: float
    width: float
    height: float
    turned: bool
    picture: str


@dataclass(frozen=True, slots=True)
class DrawnSheet:
    """One sheet with its places; ticks every 10 mm are drawn from its size."""

    number: int
    width: float
    height: float
    mirror: bool
    used: float
    places: tuple[DrawnPlace, ...]


def drawn_sheets(
    layout: Layout, pieces: Sequence[PieceInBatch], scenes: Mapping[str, tuple[Scene, ...]]
) -> tuple[DrawnSheet, ...]:
    """The sheets, first to last. scenes: by design hash."""
    designs = {piece.code: piece.design_hash for piece in pieces}
    found: dict[int, list[DrawnPlace]] = {sheet.number: [] for sheet in layout.sheets}
    for code, places in layout.places.items():
        for place in places:
            design = designs.get(code)
            scene = next((s for s in scenes.get(design or "", ()) if s.area == place.area), None)
            if design is None or scene is None:
                continue
            width, height = scene.width_mm, scene.height_mm
            if place.turned:
                width, height = height, width
            picture = f"/pictures/{design}/{place.area}.svg"
            found[place.sheet].append(
                DrawnPlace(place.label, code, place.left_mm, place.top_mm, width, height, place.turned, picture)
            )
    return tuple(
        DrawnSheet(s.number, s.width_mm, s.height_mm, s.mirror, s.used, tuple(found[s.number])) for s in layout.sheets
    )


def first_labels(sheets: Sequence[DrawnSheet]) -> Mapping[str, str]:
    """Piece code -> the name of its first place."""
    labels: dict[str, str] = {}
    for sheet in sheets:
        for place in sheet.places:
            labels.setdefault(place.code, place.label)
    return labels
