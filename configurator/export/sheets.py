"""The sheets of a frozen batch as pages for the print, cut and laser writers."""

from collections.abc import Iterator
from typing import Literal, cast

from configurator.artwork.condition import Condition
from configurator.artwork.pdf import Placement, SheetPage
from configurator.blanks.marks import Marks
from configurator.export.frozen import FrozenBatch, FrozenSheet
from configurator.export.placed import Scenes, placed_scene


def sheet_pages(batch: FrozenBatch, scenes: Scenes, condition: Condition | None = None) -> Iterator[SheetPage]:
    """A page for every sheet, its pieces labelled with place and code. Raises NoArtwork."""
    for sheet in batch.sheets:
        yield SheetPage(
            number=sheet.number,
            width_mm=sheet.width_mm,
            height_mm=sheet.height_mm,
            mirror=sheet.mirror,
            title=_title(batch, sheet),
            placements=tuple(_placements(batch, sheet, scenes)),
            code=f"{batch.number}/{sheet.number}",
            output=cast(Literal["print", "laser", "cut"], sheet.output or batch.output),
            condition=condition,
            marks=Marks(**batch.marks) if batch.marks else None,
        )


def _title(batch: FrozenBatch, sheet: FrozenSheet) -> str:
    parts = [batch.number, f"sheet {sheet.number} of {len(batch.sheets)}", batch.title]
    return "  ·  ".join([*parts, "artwork mirrored"] if sheet.mirror else parts)


def _placements(batch: FrozenBatch, sheet: FrozenSheet, scenes: Scenes) -> Iterator[Placement]:
    for piece in batch.pieces:
        for place in piece.places:
            if place.sheet == sheet.number:
                yield Placement(
                    scene=placed_scene(piece, place, scenes),
                    left_mm=place.left_mm,
                    top_mm=place.top_mm,
                    degrees=place.degrees,
                    label=" ".join(dict.fromkeys(part for part in (place.label, piece.code) if part)),
                )
