"""The product picture: the blank's drawing with the scene's own paths projected on it."""

from collections.abc import Sequence, Set
from dataclasses import dataclass
from functools import lru_cache
from math import pi, radians, tau

from configurator.artwork.contour_shared import contour_id
from configurator.artwork.contours import edge
from configurator.artwork.dressing import (
    PREFIX,
    AreaPlace,
    CutPlace,
    Dressed,
    Part,
    drawing_views,
    dressed,
    turns_drawing,
)
from configurator.artwork.guides import guide_marks, shut_off
from configurator.artwork.painting import Painter
from configurator.artwork.pictures import Href, page_href
from configurator.artwork.picturing import pictured, traced_path
from configurator.artwork.projecting import projection
from configurator.artwork.scene import Path, Scene
from configurator.artwork.svg import check_prefix
from configurator.artwork.svg_text import worded
from configurator.artwork.tracing import UNITS, traced_plain
from configurator.blanks.blank import Area, Blank
from configurator.geometry import Box
from configurator.options.model import Configuration


@dataclass(frozen=True, slots=True)
class Side:
    """From where a product is seen. view: one of views(blank), the first by default. turn: degrees round its axis,
    so that what is on its right comes to the front; only cylinders turn.
    """

    view: str | None = None
    turn: float = 0


FRONT = Side()


def mockup(  # noqa: PLR0913  # the border that pages and orders rely on
    blank: Blank,
    configuration: Configuration,
    scenes: Sequence[Scene],
    *,
    id_prefix: str,
    side: Side = FRONT,
    guides: bool = False,
    href: Href = page_href,
) -> str:
    """One <svg> to put into a page, ids starting with id_prefix.

    guides: print area, safe zone and a frame for every element (class "frame", data-element), in drawing units.
    href: where it finds pictures. Raises ValueError when id_prefix is no plain name.
    """
    return "".join(
        mockup_pieces(blank, configuration, scenes, id_prefix=id_prefix, side=side, guides=guides, href=href)
    )


def mockup_pieces(  # noqa: PLR0913  # as above
    blank: Blank,
    configuration: Configuration,
    scenes: Sequence[Scene],
    *,
    id_prefix: str,
    side: Side = FRONT,
    guides: bool = False,
    href: Href = page_href,
) -> list[str]:
    """The same in pieces: its start tag, then texts of which those that did not change are the same objects."""
    check_prefix(id_prefix)
    side = Side(side.view or views(blank)[0], side.turn)
    drawing = dressed(blank, configuration, side.view or "", side.turn)
    painter = Painter(id_prefix, UNITS, href)
    picture = _Picture(blank, {scene.area: scene for scene in scenes}, side, painter, guides, _sign(drawing))
    inside = [piece for part in drawing.parts for piece in picture.part(part)]
    label = worded(_label(blank, scenes, picture.in_sight(drawing)))
    head = f'<svg class="product" role="img" aria-label="{label}" viewBox="{drawing.view_box}" '
    head += 'xmlns="http://www.w3.org/2000/svg">'
    return [head, picture.painter.definitions(), *inside, "</svg>"]


def _sign(drawing: Dressed) -> float:
    """How high numbers on the picture are: 16 px on a large screen, still 11 on a phone."""
    return float(drawing.view_box.split()[3]) * 0.032


def views(blank: Blank) -> tuple[str, ...]:
    """The sides a blank can be seen from: those its drawing names, else the one its areas name."""
    named = drawing_views(blank.drawing)
    return named or tuple(dict.fromkeys(area.surface.view for area in blank.areas)) or ("front",)


def portrait(blank: Blank, scenes: Sequence[Scene]) -> Side:
    """The side that lists, mails and proofs show; where nothing of the customer's is on it, one where something is."""
    shown = blank.shown or views(blank)[0]
    made = [blank.area(scene.area).views for scene in scenes if any(node.element for node in scene.nodes)]
    return Side(shown if not made or any(shown in seen for seen in made) else made[0][0])


def turns(blank: Blank, view: str) -> bool:
    """Whether the product turns in this view: its drawing shows a cylinder's whole silhouette."""
    return any(area.surface.kind == "cylinder" for area in blank.areas) and turns_drawing(blank.drawing, view)


def _facing(area: Area, facing_mm: float | None, turn: float) -> float | None:
    if area.surface.kind != "cylinder" or not turn:
        return facing_mm
    return (area.surface.facing_mm if facing_mm is None else facing_mm) + area.surface.radius_mm * radians(turn)


def _label(blank: Blank, scenes: Sequence[Scene], shown: Set[str]) -> str:
    """The blank's name and what is on the areas that are shown."""
    return " ".join([f"{blank.name}.", *(scene.says for scene in scenes if scene.area in shown)])


def _round(area: Area, facing_mm: float | None) -> tuple[float | None, ...]:
    """The millimetres that may face the viewer: once round a cylinder, what is left of the print begins again.

    None of them when nothing of the area is in sight.
    """
    if area.surface.kind != "cylinder" or facing_mm is None:
        return (facing_mm,)
    around, reach = area.surface.radius_mm * tau, area.surface.radius_mm * pi / 2
    ways = (facing_mm, facing_mm - around, facing_mm + around)
    return tuple(sorted(way for way in ways if way - reach < area.size_mm[0] and way + reach > 0))


@dataclass(frozen=True, slots=True)
class _Picture:
    blank: Blank
    scenes: dict[str, Scene]
    side: Side
    painter: Painter
    guides: bool
    sign: float

    def in_sight(self, drawing: Dressed) -> Set[str]:
        """The areas of which the drawing shows something."""
        places = (part for part in drawing.parts if isinstance(part, AreaPlace))
        return {part.area for part in places if self._ways(self._area(part.area), part)}

    def part(self, part: Part) -> list[str]:
        if isinstance(part, str):
            return [_prefixed(part, self.painter.id_prefix)]
        scene = self.scenes.get(part.area)
        if scene is None:
            return []
        area = self._area(part.area)
        if isinstance(part, CutPlace):
            return [self._cut(scene, area, part)]
        return [piece for way in self._ways(area, part) for piece in self._artwork(scene, area, way)]

    def _area(self, key: str) -> Area:
        return self.blank.area(key).seen_in(self.side.view or "")

    def _ways(self, area: Area, place: AreaPlace) -> tuple[float | None, ...]:
        return _round(area, _facing(area, place.facing_mm, self.side.turn))

    def _artwork(self, scene: Scene, area: Area, facing_mm: float | None) -> list[str]:
        seen = projection(area, facing_mm)
        painted = pictured(scene, seen, self.painter, numbered=self.guides)
        marks = guide_marks(scene, seen, self.sign) if self.guides and not shut_off(area, self.scenes) else []
        if not any(painted):
            return marks
        clip, definition = self._clip(scene, area, facing_mm)
        return [f'{definition}<g{clip}><g transform="scale({1 / UNITS})">', *painted, "</g></g>", *marks]

    def _clip(self, scene: Scene, area: Area, facing_mm: float | None) -> tuple[str, str]:
        """The drawing's clip path if the surface names one; the area's edge if artwork reaches over it."""
        if area.surface.clip:
            return f' clip-path="url(#{self.painter.id_prefix}{area.surface.clip})"', ""
        if not _reaches_over(scene):
            return "", ""
        name = f"{self.painter.id_prefix}edge-{area.key}" + ("" if facing_mm is None else f"-{round(facing_mm)}")
        d = traced_path(edge(area), projection(area, facing_mm))
        path = f'<path transform="scale({1 / UNITS})" d="{d}"/>'
        return f' clip-path="url(#{name})"', f'<clipPath id="{name}">{path}</clipPath>'

    def _cut(self, scene: Scene, area: Area, place: CutPlace) -> str:
        """The contour, defined once; the drawing may show it several times, as body, shadow and glint."""
        name = contour_id(self.painter.id_prefix, area.key)
        if name not in self.painter.defined:
            d = traced_plain(scene.cut, projection(area))
            self.painter.defined[name] = f'<path id="{name}" fill-rule="evenodd" clip-rule="evenodd" d="{d}"/>'
        return f'<use href="#{name}"{_prefixed(place.attributes, self.painter.id_prefix)}/>'


def _reaches_over(scene: Scene) -> bool:
    whole = Box(0, 0, scene.width_mm, scene.height_mm)
    backdrop = any(node.element == 0 and isinstance(node, Path) for node in scene.nodes)
    return backdrop or not all(whole.holds(box) for box in scene.boxes.values())


@lru_cache(maxsize=256)
def _prefixed(drawing: str, id_prefix: str) -> str:
    return drawing.replace(PREFIX, id_prefix)
