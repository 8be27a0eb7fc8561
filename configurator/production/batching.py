"""Which waiting pieces are made together: most urgent first, within what the sheets and the shop's rule take."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache

from configurator.blanks.blank import SheetSpec
from configurator.production.nesting import Nest, Rectangle, fits, nest_for, per_sheet


@dataclass(frozen=True, slots=True, order=True)
class Group:
    """What all pieces of a batch have in common."""

    facility: str
    work_centre: str
    family: str
    blank: str
    rush: bool


@dataclass(frozen=True, slots=True)
class Waiting:
    """A piece waiting for its batch. `obstacle`: a sentence, if something known beforehand keeps it out.

    due: when it must be finished. rectangles: what it needs of the sheet (None: it is not laid on sheets).
    """

    piece: int
    group: Group
    due: datetime
    sheet: SheetSpec | None = None
    rectangles: tuple[Rectangle, ...] = ()
    obstacle: str = ""


@dataclass(frozen=True, slots=True)
class Formed:
    """Pieces made together, most urgent first. full: there is no room for another one of its kind.

    capacity: pieces it takes; per_sheet: pieces of the smallest kind on one sheet (0: no sheets).
    """

    group: Group
    pieces: tuple[int, ...]
    capacity: int
    per_sheet: int
    sheets: int
    full: bool


@dataclass(frozen=True, slots=True)
class Batching:
    """Every piece once: in one of the batches, or left with the reason why."""

    formed: tuple[Formed, ...]
    left: tuple[tuple[int, str], ...]


def batches(waiting: Iterable[Waiting], *, most: int) -> Batching:
    """Batches of at most about `most` pieces: whole sheets as many as come to that, at least one.

    Deterministic: the same pieces in any order give the same batches, by group and then by urgency.
    """
    groups: dict[tuple[Group, SheetSpec | None], list[Waiting]] = {}
    left: list[tuple[int, str]] = []
    for piece in sorted(waiting, key=_urgency):
        reason = piece.obstacle or too_large(piece.sheet, piece.rectangles)
        if reason:
            left.append((piece.piece, reason))
        else:
            groups.setdefault((piece.group, piece.sheet), []).append(piece)
    formed = [batch for (_, sheet), pieces in groups.items() for batch in _filled(pieces, sheet, most)]
    return Batching(tuple(sorted(formed, key=lambda batch: batch.group)), tuple(left))


@lru_cache(maxsize=1024)
def too_large(sheet: SheetSpec | None, rectangles: tuple[Rectangle, ...]) -> str:
    """The reason why a piece does not fit its sheet even alone; empty when it does."""
    large = next((each for each in rectangles if sheet and not fits(sheet, each)), None)
    if sheet is None or large is None:
        return ""
    return (
        f"Its “{large.name}” is {large.width:g} × {large.height:g} mm with bleed, larger than the sheet of "
        f"{sheet.size_mm[0]:g} × {sheet.size_mm[1]:g} mm less {sheet.margin_mm:g} mm margin. "
        "Give the operation a larger sheet in blank.toml."
    )


@dataclass(slots=True)
class _Filling:
    """A batch while it fills. refused: shapes that found no room, so that none of them is tried twice."""

    nest: Nest | None
    pieces: list[int] = field(default_factory=list)
    refused: set[tuple[Rectangle, ...]] = field(default_factory=set)

    def takes(self, piece: Waiting, capacity: int) -> bool:
        """Add the piece if there is room."""
        if len(self.pieces) >= capacity or piece.rectangles in self.refused:
            return False
        if self.nest is not None and self.nest.add(piece.rectangles) is None:
            self.refused.add(piece.rectangles)
            return False
        self.pieces.append(piece.piece)
        return True


def _filled(pieces: Sequence[Waiting], sheet: SheetSpec | None, most: int) -> list[Formed]:
    places, sheets, capacity = room(pieces, sheet, most)
    filling: list[_Filling] = []
    for piece in pieces:
        if not any(batch.takes(piece, capacity) for batch in filling):
            batch = _Filling(nest_for(sheet, piece.rectangles, sheets) if sheet else None)
            batch.takes(piece, capacity)
            filling.append(batch)
    return [
        Formed(
            group=pieces[0].group,
            pieces=tuple(batch.pieces),
            capacity=len(batch.pieces) if batch.refused else capacity,
            per_sheet=places,
            sheets=batch.nest.sheets if batch.nest else 0,
            full=len(batch.pieces) >= capacity or bool(batch.refused),
        )
        for batch in filling
    ]


def room(pieces: Sequence[Waiting], sheet: SheetSpec | None, most: int) -> tuple[int, int, int]:
    """Places on a sheet, sheets of a batch, pieces of a batch; places and sheets are 0 without a sheet.

    Sheets bind a batch only where several pieces share one: a T-shirt that takes a platen of its own, or two, does
    not.
    """
    if sheet is None:
        return 0, 0, most
    shapes = {piece.rectangles for piece in pieces}
    places = max(per_sheet(sheet, shape) for shape in shapes)
    if places <= 1:
        return 1, most * max(len(shape) for shape in shapes), most
    whole = max(1, most // places)
    return places, max(whole, *(len(shape) for shape in shapes)), places * whole


def _urgency(piece: Waiting) -> tuple[datetime, int]:
    return piece.due, piece.piece
