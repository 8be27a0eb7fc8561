"""Which waiting pieces are made together: most urgent first, within what the sheets and the shop's rule take."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import lru_cache
from math import ceil

from configurator.blanks.blank import SheetSpec
from configurator.production.alike import Sheets
from configurator.production.cut_boxes import usable_mm
from configurator.production.nesting import Rectangle, fits, per_sheet


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

    due: when it must be finished. rectangles: what it needs of the sheet (None: it is not laid on sheets). covers_mm2:
    if all of it is cut out, what that takes with half a gap around it; else 0.
    """

    piece: int
    group: Group
    due: datetime
    sheet: SheetSpec | None = None
    rectangles: tuple[Rectangle, ...] = ()
    covers_mm2: float = 0
    obstacle: str = ""


@dataclass(frozen=True, slots=True)
class Formed:
    """Pieces made together, most urgent first. full: there is no room for another one of its kind.

    capacity: pieces it takes; per_sheet: pieces of the smallest kind on one sheet, of cut shapes the usual number
    (0: no sheets).
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


Densities = Mapping[tuple[str, str], float]
"""(facility, blank) -> the share of a sheet that its cut shapes with their gaps have filled lately, at the least."""

BOXED = 0.75
"""The share of a sheet that rectangles around cut shapes fill, about."""

NEARLY = 0.75
"""Of a sheet of cut shapes: filled so far by the most pieces that a batch may have, it counts as whole."""


def batches(
    waiting: Iterable[Waiting], *, most: int, no_more: bool = False, densities: Densities | None = None
) -> Batching:
    """Batches of at most about `most` pieces: whole sheets as many as come to that, at least one.

    no_more: of at most `most`, even if its only sheet stays half empty. densities: cut shapes fill sheets by them, as
    their nesting has shown that they can; otherwise by rectangles.
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
    formed = []
    for (group, sheet), pieces in groups.items():
        space = room(pieces, sheet, most, (densities or {}).get((group.facility, group.blank), 0))
        capacity = min(space.capacity, most) if no_more else space.capacity
        formed += _filled(pieces, replace(space, capacity=capacity))
    return Batching(tuple(sorted(formed, key=lambda batch: batch.group)), tuple(left))


@lru_cache(maxsize=1024)
def too_large(sheet: SheetSpec | None, rectangles: tuple[Rectangle, ...]) -> str:
    """The reason why a piece does not fit its sheet even alone; empty when it does."""
    large = next((each for each in rectangles if sheet and not fits(sheet, each)), None)
    if sheet is None or large is None:
        return ""
    how = "as it is cut out, even turned as its sheet allows" if large.cut else "with bleed"
    return (
        f"Its “{large.name}” is {large.width:g} × {large.height:g} mm {how}, larger than the sheet of "
        f"{sheet.size_mm[0]:g} × {sheet.size_mm[1]:g} mm less {sheet.margin_mm:g} mm margin. "
        "Give the operation a larger sheet in blank.toml."
    )


@dataclass(frozen=True, slots=True)
class Room:
    """What a batch has room for. places: pieces on a sheet; sheets: of a batch; capacity: pieces of a batch.

    Places and sheets are 0 without a sheet. shapes_mm2: what cut shapes with their gaps may cover of one sheet; 0 where
    rectangles say what fits.
    """

    sheet: SheetSpec | None
    places: int
    sheets: int
    capacity: int
    shapes_mm2: float = 0


@dataclass(slots=True)
class _Filling:
    """A batch while it fills. refused: shapes that found no room, so that none of them is tried twice.

    covered: what its cut shapes take so far, mm²; beyond: there are more of them than rectangles would have room for.
    """

    room: Room
    nest: Sheets | None
    pieces: list[int] = field(default_factory=list)
    refused: set[tuple[Rectangle, ...]] = field(default_factory=set)
    covered: float = 0
    beyond: bool = False

    def takes(self, piece: Waiting) -> bool:
        """Add the piece if there is room."""
        if len(self.pieces) >= self.room.capacity or piece.rectangles in self.refused:
            return False
        if self.nest is not None and not self._lies(piece):
            self.refused.add(piece.rectangles)
            return False
        self.covered += piece.covers_mm2
        self.pieces.append(piece.piece)
        return True

    def _lies(self, piece: Waiting) -> bool:
        """By its rectangle, or by its shape where that is known to save room."""
        if self.nest is None or self.nest.add(piece.rectangles):
            return True
        if self.covered + piece.covers_mm2 > self.room.shapes_mm2 * self.room.sheets:
            return False
        self.beyond = True
        return True

    @property
    def sheets(self) -> int:
        """Sheets that it is reckoned with: no more than rectangles take, unless it holds more shapes than those."""
        if self.nest is None or not self.room.shapes_mm2:
            return self.nest.sheets if self.nest else 0
        by_shapes = ceil(self.covered / self.room.shapes_mm2)
        return min(by_shapes, self.room.sheets if self.beyond else self.nest.sheets)


def _filled(pieces: Sequence[Waiting], room: Room) -> list[Formed]:
    filling: list[_Filling] = []
    past: dict[tuple[Rectangle, ...], int] = {}
    for piece in pieces:
        # A batch that has no room for a shape never has again: those before are not asked.
        at = past.get(piece.rectangles, 0)
        while at < len(filling) and not filling[at].takes(piece):
            at += 1
        if at == len(filling):
            filling.append(_Filling(room, _sheets(room, piece.rectangles)))
            filling[at].takes(piece)
        past[piece.rectangles] = at
    return [
        Formed(
            group=pieces[0].group,
            pieces=tuple(batch.pieces),
            capacity=len(batch.pieces) if batch.refused else room.capacity,
            per_sheet=room.places,
            sheets=batch.sheets,
            full=len(batch.pieces) >= room.capacity or bool(batch.refused),
        )
        for batch in filling
    ]


def _sheets(room: Room, first: tuple[Rectangle, ...]) -> Sheets | None:
    return Sheets(room.sheet, first, room.sheets, room.capacity) if room.sheet else None


def room(pieces: Sequence[Waiting], sheet: SheetSpec | None, most: int, density: float = 0) -> Room:
    """What a batch of these pieces has room for; density: of their cut shapes, 0 if it is not known.

    Sheets bind a batch only where several pieces share one: a T-shirt that takes a platen of its own, or two, does
    not.
    """
    if sheet is None:
        return Room(None, 0, 0, most)
    shapes, longest = {piece.rectangles for piece in pieces}, max(len(piece.rectangles) for piece in pieces)
    cut = all(piece.covers_mm2 for piece in pieces)
    places = _cut_places(pieces, sheet, density) if cut else max(per_sheet(sheet, shape) for shape in shapes)
    if places <= 1:
        return Room(sheet, 1, most * longest, most)
    whole = max(1, most // places)
    if not cut:
        return Room(sheet, places, max(whole, longest), places * whole)
    capacity, shapes_mm2 = places * whole, density * _usable_mm2(sheet)
    if capacity < most and most - capacity >= NEARLY * places:
        whole, capacity = whole + 1, most
    return Room(sheet, places, max(whole, longest), capacity, shapes_mm2)


def _cut_places(pieces: Sequence[Waiting], sheet: SheetSpec, density: float) -> int:
    """How many shapes of their usual size a sheet takes: by the rectangles around them, or by their own density."""
    gap = sheet.gap_mm
    boxes = sum((each.width + gap) * (each.height + gap) for piece in pieces for each in piece.rectangles)
    covered = sum(piece.covers_mm2 for piece in pieces)
    share = max(BOXED / boxes, density / covered)
    return int(_usable_mm2(sheet) * share * len(pieces))


def _usable_mm2(sheet: SheetSpec) -> float:
    across, down = usable_mm(sheet)
    return across * down


def _urgency(piece: Waiting) -> tuple[datetime, int]:
    return piece.due, piece.piece
