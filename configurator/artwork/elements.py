"""The elements a customer puts on print areas, as chosen: the input of layout. Later ones lie over earlier ones."""

from dataclasses import dataclass
from typing import Literal, get_args

Align = Literal["left", "middle", "right"]
ALIGNS: tuple[Align, ...] = get_args(Align)
LEADING = 1.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Laid:
    """What every kind of element has. turn: degrees round x_mm, y_mm, clockwise as seen. locked: not to be dragged."""

    turn: float = 0
    locked: bool = False


@dataclass(frozen=True, slots=True)
class Text(Laid):
    """Lines of text. x_mm, y_mm: where the first baseline has its left end, middle or right end, as align says.

    arc_mm: baseline circle's radius, 0 straight. fit_mm: widest it may become before it is turned (0: no limit);
    size is reduced to fit. spacing_mm: added between letters. leading: from baseline to baseline, as a share of the
    size. outline_mm: how far an outline in outline_ink stands out round the letters, 0: none. plate_mm: how far a
    plate in plate_ink, a rectangle with round corners behind all of it, stands out round the ink, 0: none.
    """

    area: str
    text: str
    font: str
    size_mm: float
    ink: str
    x_mm: float
    y_mm: float
    arc_mm: float = 0
    fit_mm: float = 0
    spacing_mm: float = 0
    align: Align = "middle"
    leading: float = LEADING
    outline_mm: float = 0
    outline_ink: str = ""
    plate_mm: float = 0
    plate_ink: str = ""


@dataclass(frozen=True, slots=True)
class Shape(Laid):
    """A shape from the blank's folder, its middle at x_mm, y_mm."""

    area: str
    shape: str
    width_mm: float
    inks: tuple[str, ...]
    x_mm: float
    y_mm: float


@dataclass(frozen=True, slots=True)
class Image(Laid):
    """A customer's picture, its middle at x_mm, y_mm. asset: SHA-256 of it as it is kept. mirrored: left to right.

    height_mm: 0 keeps the picture's own shape.
    """

    area: str
    asset: str
    width_mm: float
    x_mm: float
    y_mm: float
    height_mm: float = 0
    mirrored: bool = False


Element = Text | Shape | Image
