"""A sheet and what lies on it: the input of the print, cut and laser files. Millimetres, y down."""

from dataclasses import dataclass
from typing import Literal

from configurator.artwork.condition import Condition
from configurator.artwork.footprint import Ring, footprint
from configurator.artwork.scene import Ink, Scene
from configurator.blanks.marks import Marks
from configurator.geometry import Affine, Box, lying, turned_box

CUT = Ink(key="cut", rgb="#ec008c", cmyk=(0, 1, 0, 0), spot="CutContour")
"""The separation that most cutting RIPs look for, and its magenta on screen."""


@dataclass(frozen=True, slots=True)
class Placement:
    """A scene on a sheet. left_mm, top_mm: the corner of the upright box around its trim box as it lies there.

    degrees: how far it is turned, clockwise as seen on the sheet. label: printed beside it.
    """

    scene: Scene
    left_mm: float
    top_mm: float
    degrees: float = 0
    label: str = ""

    @property
    def bleed_box(self) -> Box:
        """The upright box around what it covers on the sheet, bleed included."""
        bleed, turn = self.scene.bleed_mm, Affine.turned(self.degrees)
        around = turned_box(self.scene.width_mm, self.scene.height_mm, self.degrees)
        trim = Box(self.left_mm, self.top_mm, self.left_mm + around.width, self.top_mm + around.height)
        return trim.grown(round(bleed * (abs(turn.a) + abs(turn.b)), 9))

    def outline(self, *, mirror: bool) -> Ring:
        """Around what it takes of the sheet, where it lies."""
        onto = self.onto_sheet(mirror=mirror)
        return tuple(onto.at(x, y) for x, y in footprint(self.scene))

    def onto_sheet(self, *, mirror: bool) -> Affine:
        """The map from the scene to the sheet; mirrored left to right in its own place, before turning."""
        size = (self.scene.width_mm, self.scene.height_mm)
        here = lying(size, self.degrees, (self.left_mm, self.top_mm))
        return here.after(Affine(a=-1, e=self.scene.width_mm)) if mirror else here


@dataclass(frozen=True, slots=True)
class SheetPage:
    """A sheet to make. mirror: every artwork is printed mirrored in its own place, labels stay readable.

    code: what the sheet's QR code says; empty for none. output: on a laser or cut sheet the marks are in a spot
    colour, Info, so that the machine can leave them out. cut: the ink that cut lines are drawn in.
    condition: what it is printed for; a file without one claims nothing. marks: that a cutter finds it by, if what is
    printed on it is cut out afterwards.
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
    marks: Marks | None = None

    @property
    def box(self) -> Box:
        """The whole sheet."""
        return Box(0, 0, self.width_mm, self.height_mm)

    @property
    def registered(self) -> tuple[tuple[float, float], ...]:
        """The middles of the marks by which print and cut lines come together; none where only one of them is made."""
        if self.marks is None or self.output != "print" or not any(each.scene.cut for each in self.placements):
            return ()
        return self.marks.middles(self.width_mm, self.height_mm)
