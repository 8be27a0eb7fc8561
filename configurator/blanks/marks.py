"""Registration marks: what a cutter's camera looks for on a printed sheet; read from its work centre in shop.toml."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil
from typing import Literal

from configurator.blanks.table import Table

QUIET_MM = 1.0
"""Kept free around a mark, so that a camera sees nothing else."""

Kind = Literal["dot", "square", "cross"]

KINDS: tuple[Kind, ...] = ("dot", "square", "cross")

LEAST_MM, LARGEST_MM, FURTHEST_IN_MM, FURTHEST_APART_MM, FURTHEST_SECOND_MM = 1, 30, 100, 5000, 500


@dataclass(frozen=True, slots=True)
class Marks:
    """Marks in the corners of a sheet, in mm. in_mm: from the sheet's edges to a mark's middle.

    apart_mm: between two marks of a long edge at the most, 0: corners only. second_mm: from the mark at the lower left
    to one more beside it, which tells a sheet that lies head to foot; 0: none. layer: in the DXF.
    """

    kind: Kind
    size_mm: float
    in_mm: float
    apart_mm: float = 0
    second_mm: float = 0
    layer: str = "marks"

    @property
    def reach_mm(self) -> float:
        """How far they reach into a sheet, with what is kept free around them."""
        return self.in_mm + self.size_mm / 2 + QUIET_MM

    def middles(self, width: float, height: float) -> tuple[tuple[float, float], ...]:
        """Of all marks of a sheet, x and y from its left top, in mm: row by row."""
        across, down = self._along(width, long=width >= height), self._along(height, long=height >= width)
        edges = {(x, y) for x in across for y in (down[0], down[-1])} | {
            (x, y) for x in (across[0], across[-1]) for y in down
        }
        if self.second_mm:
            edges.add((round(self.in_mm + self.second_mm, 4), down[-1]))
        return tuple(sorted(edges, key=lambda middle: (middle[1], middle[0])))

    def _along(self, side: float, *, long: bool) -> list[float]:
        length = side - 2 * self.in_mm
        steps = max(1, ceil(length / self.apart_mm - 1e-9)) if self.apart_mm and long else 1
        return [round(self.in_mm + length * n / steps, 4) for n in range(steps + 1)]


def read_marks(entry: Table) -> Marks | None:
    """`marks = { kind = "dot", size_mm = 5, in_mm = 4 }` of a work centre that cuts what was printed before."""
    table = entry.table("marks", required=False)
    if table is None:
        return None
    word = table.one_of("kind", KINDS)
    marks = Marks(
        kind=next(kind for kind in KINDS if kind == word),
        size_mm=table.number("size_mm", least=LEAST_MM, most=LARGEST_MM),
        in_mm=table.number("in_mm", least=LEAST_MM, most=FURTHEST_IN_MM),
        apart_mm=table.number("apart_mm", 0.0, most=FURTHEST_APART_MM),
        second_mm=table.number("second_mm", 0.0, most=FURTHEST_SECOND_MM),
        layer=table.text("layer", "marks"),
    )
    for key, sentence in contradictions(marks):
        table.fault(key, sentence)
    table.close()
    return marks


def contradictions(marks: Marks) -> Iterator[tuple[str, str]]:
    """What cannot be about marks: the name of a field and a sentence."""
    if marks.in_mm < marks.size_mm / 2:
        yield "in_mm", f"A mark of {marks.size_mm:g} mm would hang over the edge {marks.in_mm:g} mm beside it."
    if marks.apart_mm and marks.apart_mm < 4 * marks.size_mm:
        yield "apart_mm", f"Marks of {marks.size_mm:g} mm cannot be {marks.apart_mm:g} mm apart; expected more."
    if marks.second_mm and marks.second_mm < 2 * marks.size_mm:
        yield "second_mm", f"The second mark would lie on the first; expected {2 * marks.size_mm:g} mm or more."
    if marks.layer in ("cut", "engrave", "codes"):
        yield "layer", f"The layer “{marks.layer}” holds other lines; give the marks one of their own."
