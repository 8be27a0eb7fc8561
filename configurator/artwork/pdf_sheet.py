"""A sheet and what lies on it: the input of the print, cut and laser files. Millimetres, y down."""

from dataclasses import dataclass
from typing import Literal

from configurator.artwork.condition import Condition
from configurator.artwork.scene import Ink, Scene
from configurator.geometry import Affine, Box

CUT = Ink(key="cut", rgb="#ec008c", cmyk=(0, 1, 0, 0), spot="CutContour")
"""The separation that most cutting RIPs look for, and its magenta on screen."""


@dataclass(frozen=True, slots=True)
class Placement:
    """A scene on a sheet. left_mm, top_mm: the corner of its trim box as it lies there.

    turned: by 90 degrees, clockwise as seen on the sheet. label: printed beside it.
    """

    scene: Scene
    left_mm: float
    top_mm: float
    turned: bool = False
    label: str = ""

    @property
    def bleed_box(self) -> Box:
        """What it covers on the sheet, bleed included."""
        width, height = self.scene.width_mm, self.scene.height_mm
        if self.turned:
            width, height = height, width
        return Box(self.left_mm, self.top_mm, self.left_mm + width, self.top_mm + height).grown(self.scene.bleed_mm)

    def onto_sheet(self, *, mirror: bool) -> Affine:
        """The map from the scene to the sheet; mirrored left to right in its own place, before turning."""
        here = Affine.shifted(self.left_mm, self.top_mm)
        if self.turned:
            here = here.after(Affine.shifted(self.scene.height_mm, 0)).after(Affine.turned(90))
        return here.after(Affine(a=-1, e=self.scene.width_mm)) if mirror else here


@dataclass(frozen=True, slots=True)
class SheetPage:
    """A sheet to make. mirror: every artwork is printed mirrored in its own place, labels stay readable.

    code: what the sheet's QR code says; empty for none. output: on a laser or cut sheet the marks are in a spot
    colour, Info, so that the machine can leave them out. cut: the ink that cut lines are drawn in.
    condition: what it is printed for; a file without one claims nothing.
    """

    number: int
    width_mm: float
    height_mm: float
    mirror: bool
    title: str
    placements: tuple[Placement, ...]
    code: str = ""
    output: Literal["print", "laser", "cut"] = "print"
    cut: Ink = CUT
    condition: Condition | None = None

    @property
    def box(self) -> Box:
        """The whole sheet."""
        return Box(0, 0, self.width_mm, self.height_mm)
