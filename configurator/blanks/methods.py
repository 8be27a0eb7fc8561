"""Decoration methods: their inks, what a press makes of colours, how thread is sewn."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, Protocol


@dataclass(frozen=True, slots=True)
class InkSpec:
    """A colour a customer can choose: what the screen shows, what the press gets.

    cmyk in 0..1 each; spot: the separation's name for the machine, or None for process colour; of a thread, its
    maker's name and code. look: how the preview shows it.
    """

    key: str
    label: str
    rgb: str
    cmyk: tuple[float, float, float, float]
    spot: str | None = None
    look: Literal["flat", "foil", "engraved", "thread"] = "flat"


@dataclass(frozen=True, slots=True)
class Stitching:
    """How a method embroiders, in mm. row_mm: between rows and between satin stitches on one side; stitch_mm: in fills.

    pull_mm: how far stitches reach over the edge, since thread draws the cloth together. satin_mm: the widest satin,
    wider areas are filled. trim_mm: over longer gaps the thread is cut.
    """

    row_mm: float = 0.4
    stitch_mm: float = 3.5
    pull_mm: float = 0.2
    satin_mm: float = 7.0
    trim_mm: float = 2.0


@dataclass(frozen=True, slots=True)
class Sewing:
    """What embroidering takes. price: of 1,000 stitches, minor units incl. VAT; per_min: stitches a minute.

    field_mm: the largest hoop's width and height. trim_s, change_s: seconds to cut a thread and to change it.
    """

    stitching: Stitching
    price: int
    per_min: int
    field_mm: tuple[float, float]
    trim_s: float = 6
    change_s: float = 12

    def minutes(self, stitches: int, trims: int, threads: int) -> float:
        """How long the machine sews."""
        return stitches / self.per_min + (trims * self.trim_s + max(0, threads - 1) * self.change_s) / 60


@dataclass(frozen=True, slots=True)
class Press:
    """What print files are made for. condition, profile (SHA-256): empty for the free profile. total_ink: 3.0 is 300 %.

    files: SHA-256 -> content of every profile beside shop.toml, so that old batches find theirs.
    """

    condition: str = ""
    profile: str = ""
    total_ink: float = 3.0
    files: Mapping[str, bytes] = field(default_factory=dict)


class Colours(Protocol):
    """What a press makes of colours. Hashed by what it is, not by what it holds."""

    def __hash__(self) -> int: ...

    def separated(self, rgb: str) -> tuple[float, float, float, float]:
        """A colour "#rrggbb" in cyan, magenta, yellow and black, 0..1 each."""

    def seen(self, cmyk: tuple[float, float, float, float]) -> str:
        """What these look like when they are printed, "#rrggbb"."""


@dataclass(frozen=True, slots=True)
class Tone:
    """How a method of one ink makes pictures. contrast: 1 keeps the picture's; light: what is light gets the ink, as
    on cloth that a laser bleaches.
    """

    contrast: float = 1.0
    light: bool = False


@dataclass(frozen=True, slots=True)
class Method:
    """A decoration method: its inks and the least that comes out well, in mm.

    least_contrast: of letters to what they stand on, the ratio of WCAG 2. most_inks: in one go on one area, 0 any
    number. most_ink: the shares of cyan, magenta, yellow and black together that still dry, 3 is 300 %. least_dpi: of
    pictures, dots an inch. sewing: of embroidery. underbase: the separation printed under everything on a blank that
    needs it, such as White; empty: none; choke_mm: how far that is drawn in from the edges. tone: how it makes pictures
    in its one ink, None: not at all, or in colours. colours: the press's, for what comes out of drawings.
    """

    key: str
    label: str
    inks: tuple[InkSpec, ...]
    least_text_mm: float
    least_stroke_mm: float
    output: Literal["print", "laser", "cut", "stitch"]
    least_contrast: float = 1.5
    most_inks: int = 0
    most_ink: float = 3.0
    least_dpi: float = 300
    sewing: Sewing | None = None
    underbase: str = ""
    choke_mm: float = 0
    tone: Tone | None = None
    colours: Colours | None = field(default=None, compare=False)

    def ink(self, key: str) -> InkSpec:
        """The ink of that key; KeyError when the method has none such."""
        return {ink.key: ink for ink in self.inks}[key]
