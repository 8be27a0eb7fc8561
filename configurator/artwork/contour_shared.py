"""A cut contour that one picture of a page defines and another one uses: it is sent once."""

from dataclasses import dataclass

from configurator.artwork.dressing import CutPlace, dressed
from configurator.artwork.projecting import Flat, projection
from configurator.blanks.blank import Area, Blank
from configurator.options.model import Configuration


@dataclass(frozen=True, slots=True)
class Contour:
    """The id of a path in a product's picture, and the plane it is drawn on."""

    name: str
    seen: Flat

    @property
    def scale(self) -> float:
        """Drawing units a millimetre."""
        return self.seen.scale()

    def back(self, units: float) -> str:
        """The transform from the drawing to the area, so many units a millimetre."""
        by = self.seen.affine()
        across, down = units / by.a, units / by.d
        return f"matrix({across:.6g} 0 0 {down:.6g} {-by.e * across:.6g} {-by.f * down:.6g})"


def shared_contour(
    area: Area, blank: Blank, configuration: Configuration, *, view: str, id_prefix: str
) -> Contour | None:
    """The contour of an area, if the product's picture in that view shows it straight on. id_prefix: the picture's."""
    seen = projection(area)
    if not area.cut or not isinstance(seen, Flat):
        return None
    parts = dressed(blank, configuration, view).parts
    shown = any(isinstance(part, CutPlace) and part.area == area.key for part in parts)
    return Contour(contour_id(id_prefix, area.key), seen) if shown else None


def contour_id(id_prefix: str, area: str) -> str:
    """What a product's picture calls the contour of an area."""
    return f"{id_prefix}contour-{area}"
