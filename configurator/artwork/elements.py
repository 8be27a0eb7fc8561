"""The elements a customer puts on print areas, as chosen: the input of layout."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """A line of text. x_mm, y_mm: the middle of its baseline; arc_mm: baseline circle's radius, 0 straight.

    fit_mm: widest it may become (0: no limit); size is reduced to fit. spacing_mm: added between letters.
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


@dataclass(frozen=True, slots=True)
class Shape:
    """A shape from the blank's folder, its middle at x_mm, y_mm."""

    area: str
    shape: str
    width_mm: float
    inks: tuple[str, ...]
    x_mm: float
    y_mm: float


Element = Text | Shape
