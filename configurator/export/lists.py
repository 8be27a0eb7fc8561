"""Cut list and pick list, for spreadsheets (CSV) and machines (JSON)."""

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from configurator.export.frozen import FrozenBatch, FrozenPiece, FrozenPlace
from configurator.export.placed import Scenes, placed_scene
from configurator.geometry import turned_box

_FORMULA = re.compile(r"[\s\x00\ufeff]*[=+\-@＝＋－＠]|[\t\r\n]")
"""What makes a spreadsheet take a text for a formula (OWASP, CSV injection), full-width forms included."""


class Cut(NamedTuple):
    """A row of the cut list: one print area of one piece. In mm: its trim box's upright box, and left and top of that.

    degrees: how far the area is turned in it, clockwise. contours: to cut, holes included.
    """

    sheet: int
    place: str
    piece: str
    order: str
    customer: str
    blank: str
    area: str
    left_mm: float
    top_mm: float
    width_mm: float
    height_mm: float
    bleed_mm: float
    degrees: float
    mirrored: str
    contours: int
    due: str
    design: str


class Pick(NamedTuple):
    """A row of the pick list: a component and how much of it the whole batch takes."""

    component: str
    label: str
    amount: int
    unit: str
    pieces: int


def cut_list(batch: FrozenBatch, scenes: Scenes) -> tuple[Cut, ...]:
    """Every place on every sheet, in the order of the sheets."""
    rows = [_cut(batch, piece, place, scenes) for piece in batch.pieces for place in piece.places]
    return tuple(sorted(rows, key=lambda row: (row.sheet, row.top_mm, row.left_mm, row.piece)))


def _cut(batch: FrozenBatch, piece: FrozenPiece, place: FrozenPlace, scenes: Scenes) -> Cut:
    scene = placed_scene(piece, place, scenes)
    around = turned_box(scene.width_mm, scene.height_mm, place.degrees)
    mirrored = any(sheet.mirror for sheet in batch.sheets if sheet.number == place.sheet)
    return Cut(
        sheet=place.sheet,
        place=place.label,
        piece=piece.code,
        order=piece.order_number,
        customer=piece.customer,
        blank=piece.blank,
        area=place.area,
        left_mm=round(place.left_mm, 3),
        top_mm=round(place.top_mm, 3),
        width_mm=round(around.width, 3),
        height_mm=round(around.height, 3),
        bleed_mm=scene.bleed_mm,
        degrees=round(place.degrees, 4),
        mirrored="yes" if mirrored else "no",
        contours=len(scene.cut),
        due=piece.due,
        design=piece.design_hash,
    )


def pick_list(batch: FrozenBatch) -> tuple[Pick, ...]:
    """What the batch takes from the shelves, summed over its pieces, by label."""
    sums: dict[str, Pick] = {}
    for piece in batch.pieces:
        for component, label, count, unit in piece.components:
            before = sums.get(component, Pick(component, label, 0, unit, 0))
            sums[component] = before._replace(amount=before.amount + count, pieces=before.pieces + 1)
    return tuple(sorted(sums.values(), key=lambda row: (row.label, row.component)))


def written_csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """UTF-8 with a byte order mark, so that spreadsheets read names right; commas, CRLF (RFC 4180)."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return file.getvalue().encode("utf-8-sig")


def _cell(value: object) -> object:
    """A text as a spreadsheet shows it: one that would be run as a formula gets an apostrophe in front."""
    if isinstance(value, str) and _FORMULA.match(value):
        return f"'{value}"
    return value


def written_json(content: Mapping[str, Any]) -> bytes:
    """JSON for machines: UTF-8, two spaces, a line break at the end."""
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()
