"""The Scene: what is made, in millimetres, y down, origin at the print area's top left trim corner."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from configurator.artwork.frames import Frame
from configurator.blanks.methods import Stitching, Tone
from configurator.geometry import Affine, Box, PathData, mapped


@dataclass(frozen=True, slots=True)
class Ink:
    """A colour as frozen into a scene. cmyk in 0..1; spot: separation name or None; of a thread, its maker's code."""

    key: str
    rgb: str
    cmyk: tuple[float, float, float, float]
    spot: str | None = None
    look: Literal["flat", "foil", "engraved", "thread"] = "flat"


@dataclass(frozen=True, slots=True)
class Glyphs:
    """Shaped text: each placement is (key into Scene.outlines, map from font units to mm)."""

    placements: tuple[tuple[str, Affine], ...]
    ink: Ink
    element: int


@dataclass(frozen=True, slots=True)
class Path:
    """A filled and/or stroked path; stroke width in mm. Fills are non-zero. round: round caps and joins."""

    data: PathData
    fill: Ink | None
    stroke: Ink | None
    width_mm: float
    role: Literal["art", "cut", "guide"]
    element: int
    round: bool = False


@dataclass(frozen=True, slots=True)
class Image:
    """A picture of pixels. asset: SHA-256 of its file; matrix: from the unit square, y down, to mm.

    ink, tone: what it is made in and how, where the method has no colours. silhouette: what is seen of it, in the unit
    square; empty for all of it.
    """

    asset: str
    pixels: tuple[int, int]
    matrix: Affine
    element: int
    ink: Ink | None = None
    tone: Tone | None = None
    silhouette: PathData = ()

    @property
    def corners(self) -> list[tuple[float, float]]:
        """In mm, all round from its own top left."""
        return [self.matrix.at(x, y) for x, y in ((0, 0), (1, 0), (1, 1), (0, 1))]

    @property
    def outline(self) -> PathData:
        """What is seen of it as closed straight lines, in mm."""
        if self.silhouette:
            return mapped(self.silhouette, self.matrix)
        first, *others = self.corners
        return (("M", first), *(("L", corner) for corner in others), ("Z", ()))


Node = Glyphs | Path | Image


@dataclass(frozen=True, slots=True)
class Finding:
    """What preflight has to say about an element. level: an error blocks ordering, a warning does not.

    fixes: (button label, form field name, new value) that a press of a button would send. marks: the very place in mm,
    where it is not the whole element. number: over all areas, errors first; 0 outside of a layout.
    """

    level: Literal["error", "warning"]
    element: int
    sentence: str
    fixes: tuple[tuple[str, str, str], ...] = ()
    marks: tuple[Box, ...] = field(default=(), compare=False)
    number: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Scene:
    """Everything on one print area, laid out. Immutable; every output is a writer of it.

    outlines: glyph outlines in font units, y up, each once. boxes: element number -> ink box in mm. frames: the same
    before turning, for what a customer put there. cut: closed contours to cut, in mm. says: a description in words
    for screen readers. Elements count from 1 over all areas, as in the permalink; 0 is what the blank brings itself
    (backdrop, legal text). stitching: how it is embroidered, if it is. underbase: the separation printed under all of
    it, empty for none; choke_mm: how far it is drawn in. fitted: elements whose text was made smaller to fit.
    """

    area: str
    width_mm: float
    height_mm: float
    bleed_mm: float
    safe_mm: float
    nodes: tuple[Node, ...]
    outlines: Mapping[str, PathData]
    boxes: Mapping[int, Box]
    cut: tuple[PathData, ...]
    findings: tuple[Finding, ...]
    says: str
    frames: Mapping[int, Frame] = field(default_factory=dict)
    stitching: Stitching | None = None
    underbase: str = ""
    choke_mm: float = 0
    fitted: frozenset[int] = frozenset()
