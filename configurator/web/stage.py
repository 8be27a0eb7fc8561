"""Round the product's picture: dimension lines, and its print areas flat with a ruler in millimetres."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from markupsafe import Markup

from configurator.artwork.contour_shared import Contour, shared_contour
from configurator.artwork.dressing import ground_of
from configurator.artwork.guides import shut_off
from configurator.artwork.scene import Scene
from configurator.artwork.stitches import stitches
from configurator.artwork.svg import flat_pieces
from configurator.blanks.blank import Area, Blank
from configurator.blanks.measures import Measure
from configurator.blanks.shop import Shop
from configurator.options.model import Configuration
from configurator.web.parting import Cut, cut_up

_VIEW_BOX = re.compile(r'viewBox="([^"]+)"')
TICK = 6
PREFIX = "p-"
"""What the ids in the product's picture begin with."""


@dataclass(frozen=True, slots=True)
class View:
    """A product's picture, cut in parts. start: its start tag, which says what it shows. grids: of its guides."""

    start: str
    grids: str
    cut: Cut


@dataclass(frozen=True, slots=True)
class Strip:
    """One print area, flat."""

    key: str
    label: str
    size: str
    method: str
    note: str
    drawing: Cut


def drawn(svg: str) -> Markup:
    """A drawing that goes into a page as it is. Only for what our own writers made, every text in it escaped."""
    return Markup(svg)  # noqa: S704 - see above


def view(pieces: Sequence[str]) -> View:
    """The picture that a mockup's pieces make."""
    grids = [piece for piece in pieces if piece.startswith(('<g class="guides"', '<g class="edges"'))]
    return View(pieces[0], "".join(grids), in_parts(pieces))


def in_parts(pieces: Sequence[str]) -> Cut:
    """A picture in parts that a page is not sent again: its definitions, elements, frames, fixed guides and folds."""
    return Cut([_in_parts(text) for text in pieces])


@lru_cache(maxsize=1000)
def _in_parts(piece: str) -> Cut:
    for part in ("<defs", '<g class="edges"', 'class="element"', 'class="framed"'):
        piece = piece.replace(f"{part}>", f"{part} data-part>")
    if 'class="sewn"' in piece:
        piece = _SEWN.sub(r"\1 data-whole>", piece)
    if "<g>" in piece or "<g clip-path=" in piece:
        piece = _STILL.sub(r"<\1 data-part>", piece)
    return cut_up(piece, lasting=True)


_SEWN = re.compile(r'(class="sewn"[^>]*)>')
"""A letter's threads, wherever it stands: its place is not part of them."""
_STILL = re.compile(r'<(g(?: clip-path="[^"]*")?)>(?=(?:<(?:path|rect) [^>]*/>){3,}</g>)')
"""Groups of short lines in a product's drawing, such as the folds of cloth."""


def dimension_lines(measure: Measure | None, start: str) -> Cut:
    """Height left of the product and width under it, drawn over a picture in its own units, where a view has them.

    start: the picture's start tag.
    """
    found = _VIEW_BOX.search(start)
    return _dimension_lines(measure, found[1]) if found and measure else Cut(())


@lru_cache(maxsize=200)
def _dimension_lines(measure: Measure, view_box: str) -> Cut:
    x, y, width, height = measure.box
    wide, tall = (f"{size:g} mm" for size in measure.size_mm)
    left, foot = x - measure.aside[0], y + height + measure.aside[1]
    lines = (
        f"M{left} {y}V{y + height}M{left - TICK} {y}h{2 * TICK}M{left - TICK} {y + height}h{2 * TICK}"
        f"M{x} {foot}H{x + width}M{x} {foot - TICK}v{2 * TICK}M{x + width} {foot - TICK}v{2 * TICK}"
    )
    return cut_up(
        f'<svg class="dims" viewBox="{view_box}" aria-hidden="true" data-part>'
        f'<path d="{lines}" fill="none" stroke="currentColor"/>'
        f'<text transform="translate({left - 9} {y + height / 2}) rotate(-90)" text-anchor="middle">{tall}</text>'
        f'<text x="{x + width / 2}" y="{foot + 17}" text-anchor="middle">{wide}</text></svg>',
        lasting=True,
    )


def strips(
    blank: Blank, configuration: Configuration, shop: Shop, scenes: Sequence[Scene], view: str
) -> tuple[Strip, ...]:
    """The print areas that are seen in a view, or all when none is, in the colour of what is printed on.

    Those that cannot be decorated because of what is on another one are left out.
    """
    areas = {scene.area: scene for scene in scenes}
    pairs = [(area, areas[area.key]) for area in map(blank.area, areas) if not shut_off(area, areas)]
    seen = [pair for pair in pairs if view in pair[0].views] or pairs
    return tuple(
        _strip(
            area,
            shop,
            scene,
            ruled(
                scene,
                ground_of(area, blank, configuration) or "#ffffff",
                shared_contour(area, blank, configuration, view=view, id_prefix=PREFIX),
            ),
        )
        for area, scene in seen
    )


def _strip(area: Area, shop: Shop, scene: Scene, drawing: Cut) -> Strip:
    label = shop.methods[area.method].label
    return Strip(
        key=area.key,
        label=area.label,
        size=f"{area.size_mm[0]:g} × {area.size_mm[1]:g}",
        method=label if label[1:2].isupper() else label[:1].lower() + label[1:],
        note=" ".join([_room(area), *_sewn(scene)]),
        drawing=drawing,
    )


def _room(area: Area) -> str:
    return f"Keep {area.safe_mm:g} mm free at the edge." if area.auto == "none" else "Filled in by law."


def _sewn(scene: Scene) -> Iterator[str]:
    """What is paid for, where something is embroidered."""
    plan = stitches(scene)
    if plan.stitches:
        threads = "one thread" if len(plan.blocks) == 1 else f"{len(plan.blocks)} threads"
        yield f"{plan.stitches:,} stitches in {threads}, paid by the thousand."


def ruled(scene: Scene, ground: str, contour: Contour | None = None) -> Cut:
    """A scene flat on its ground, a ruler along its top and left edge. The product's picture says what is on it.

    contour: where that picture defines what is cut round the scene.
    """
    width, height = scene.width_mm, scene.height_mm
    _, *inside = flat_pieces(scene, id_prefix=f"flat-{scene.area}-", guides=True, contour=contour)
    return Cut((_sheet_of((width, height), ground), in_parts(inside), "</svg>"))


@lru_cache(maxsize=200)
def _sheet_of(size_mm: tuple[float, float], ground: str) -> Cut:
    """The start of a flat picture: rulers, its ground, and the start tag of what lies on it."""
    width, height = size_mm
    # Units are mm; letters are sized so that they come out at about 12.5 px in a panel 500 px wide.
    unit = max(width, height * 1.6) / 100
    room, left = 5 * unit, 7 * unit
    size = f'width="{width:g}" height="{height:g}"'
    box = f"{-left:.1f} {-room:.1f} {width + left * 1.5:.1f} {height + room * 1.2:.1f}"
    edge = f'<rect {size} fill="{ground}" stroke="var(--edge)" stroke-width="{unit * 0.2:.2f}"/>'
    rulers = f"<g data-part>{_ruler(width, unit, _across)}{_ruler(height, unit, _down)}{edge}</g>"
    return cut_up(
        f'<svg class="sheet" viewBox="{box}" aria-hidden="true">{rulers}'
        f'<svg class="flat" x="0" y="0" {size} viewBox="0 0 {width:g} {height:g}">',
        lasting=True,
    )


@lru_cache(maxsize=200)
def _ruler(length: float, unit: float, put: Callable[[float, float], tuple[str, str]]) -> str:
    step = 1 if length <= 120 else 2 if length <= 320 else 5
    every = range(0, int(length) + 1, step)
    ticks = "".join(put(at, unit * (2.0 if at % (10 * step) == 0 else 1.0))[0] for at in every)
    named = next(apart for apart in (10, 20, 50, 100, 1000) if length / apart <= 6)
    numbers = "".join(put(at, unit)[1] for at in range(0, int(length) + 1, named))
    return (
        f'<path d="{ticks}" stroke="var(--edge)" stroke-width="{unit * 0.16:.2f}"/>'
        f'<g class="rl" font-size="{unit * 2.6:.2f}">{numbers}</g>'
    )


def _across(at: float, size: float) -> tuple[str, str]:
    return f"M{at} -.4v{-size:.2f}", f'<text x="{at}" y="{-2.5 * size:.2f}" text-anchor="middle">{at}</text>'


def _down(at: float, size: float) -> tuple[str, str]:
    shown = f'<text x="{-2.5 * size:.2f}" y="{at + size * 0.9:.2f}" text-anchor="end">{at}</text>' if at else ""
    return f"M-.4 {at}h{-size:.2f}", shown
