"""Where a customer looks: the side of the product in the picture, how far it is turned, what of an area that shows."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from math import radians, tau

from configurator.artwork.dressing import drawn_areas
from configurator.artwork.mockup import views
from configurator.blanks.blank import Area, Blank

IN_SIGHT = 0.85
"""How far off the middle of something round something is still made out, in radians: about 50 degrees."""


@dataclass(frozen=True, slots=True)
class Look:
    """view: one of views(blank). turn: degrees, from -180 to 180, so that what is on the right comes to the front."""

    blank: Blank
    view: str
    turn: int

    def draws(self, area: Area) -> bool:
        """Whether the picture of this side has a place for an area."""
        return area.key in self._drawn

    def shows(self, area: Area, x_mm: float) -> bool:
        """Whether what stands that far along an area is in sight."""
        if area.surface.kind != "cylinder":
            return self.draws(area)
        return any(abs(x_mm - faces) <= IN_SIGHT * area.surface.radius_mm for faces in self._faces(area))

    def place(self, area: Area, half_mm: float) -> float | None:
        """Where along something round a thing stands that is put where one looks, with half_mm to each end of the area.

        None where that is out of sight, and for what is not round.
        """
        least, most = half_mm, area.size_mm[0] - half_mm
        near = [(abs(faces - kept), kept) for faces in self._faces(area) if (kept := min(max(faces, least), most))]
        found = min(near, default=None)
        return found[1] if found and self.shows(area, found[1]) else None

    @property
    def _drawn(self) -> dict[str, float | None]:
        return drawn_areas(self.blank.drawing, self.view)

    def _faces(self, area: Area) -> tuple[float, ...]:
        """The millimetre that faces the viewer, counted once round in both directions; none for what is not shown."""
        surface = area.seen_in(self.view).surface
        if surface.kind != "cylinder" or not self.draws(area):
            return ()
        straight = self._drawn[area.key]
        around = surface.radius_mm * tau
        faces = (surface.facing_mm if straight is None else straight) + surface.radius_mm * radians(self.turn)
        return faces, faces - around, faces + around


def look(blank: Blank, fields: Sequence[tuple[str, str]]) -> Look:
    """Where the fields of a form or address look."""
    return Look(blank, view_of(blank, fields), turn_of(fields))


def view_of(blank: Blank, fields: Sequence[tuple[str, str]]) -> str:
    """The side asked for, or the first."""
    known = views(blank)
    asked = [value for name, value in fields if name == "view"]
    return asked[-1] if asked and asked[-1] in known else known[0]


def turn_of(fields: Sequence[tuple[str, str]]) -> int:
    """How far the product is turned, in degrees from -180 to 180; 0 for anything else."""
    asked = [value for name, value in fields if name == "turn"]
    return max(-180, min(int(asked[-1]), 180)) if asked and re.fullmatch(r"-?[0-9]{1,3}", asked[-1]) else 0
