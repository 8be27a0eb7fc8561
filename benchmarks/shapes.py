"""Cut shapes on sheets, by rectangles and by their cut lines: `python -m benchmarks.shapes [--kind K] [--pieces N]`.

rings: the shop's own key ring, its templates with given names, on the blank's own sheet. stickers, patches, concave:
made up (--seed). combs, needles: shapes that the search does not get through in time, or falls over; rectangles stand.

One JSON object is printed: sheets by the rectangles of the print areas (rings only), by the rectangles around the cut
lines (what a batch begins with), and by the cut lines; whether rectangles stood; how far down the last sheet is used,
the share of the used sheets that pieces cover, seconds on the clock, what a checker finds wrong that shares no code
with what laid the shapes, and whether the shop's own checker, asked before release, agrees with it: also about spoiled
copies, in which pieces lie on each other, over the edge, askew, twice or not at all.
"""

import argparse
import json
import random
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from benchmarks.places import ROOT
from benchmarks.shape_checker import Sheet, faults
from benchmarks.shape_mixes import KINDS, made
from configurator.artwork.fonts import FontBook
from configurator.artwork.footprint import area_mm2, footprint
from configurator.artwork.layout import lay_out
from configurator.artwork.scene import Scene
from configurator.blanks.blank import SheetSpec
from configurator.blanks.catalogue import read_catalogue
from configurator.demo.people import GIVEN
from configurator.designs.designing import design_for
from configurator.designs.permalink import Asked
from configurator.production.layout_checking import Lying, layout_faults
from configurator.production.nesting import Rectangle
from configurator.production.shape_nesting import PlacedShape, Shape, by_rectangles, nested, sheets_of, used_mm
from configurator.production.tightening import on_fewer_sheets


def main() -> None:
    """Print the figures."""
    asked = _asked()
    if asked.kind == "rings":
        spec, scenes = _pieces(asked.pieces, asked.seed)
        shapes = [Shape(f"P{n}", footprint(scene)) for n, scene in enumerate(scenes, 1)]
    else:
        (spec, shapes), scenes = made(asked.kind, asked.pieces, asked.seed), ()
    spec = replace(spec, turn_deg=asked.turn_deg, turn=90 % asked.turn_deg == 0) if asked.turn_deg else spec
    around = by_rectangles(shapes, spec)
    began = time.monotonic()
    found = nested(shapes, spec, seed=asked.seed, seconds=asked.seconds)
    took = time.monotonic() - began
    figures = {
        "kind": asked.kind,
        "pieces": asked.pieces,
        "seed": asked.seed,
        "seconds": asked.seconds,
        "angles": len(spec.angles),
        **({"sheets_by_rectangles": _by_areas(scenes, spec)} if scenes else {}),
        "sheets_by_rectangles_around_cut_lines": sheets_of(around),
        "sheets_by_cut_lines": sheets_of(found),
        "last_sheet_used_mm": round(used_mm(found, shapes), 1),
        "covered": _covered(found, shapes, spec),
        "wall_s": round(took, 1),
        "rectangles_stood": found == around,
        "violations": _violations(found, shapes, spec),
        "checkers_agree": not judged_alike(found, shapes, spec),
    }
    sys.stdout.write(json.dumps(figures) + "\n")


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kind", choices=("rings", *KINDS), default="rings")
    parser.add_argument("--pieces", type=_several, default=48)
    parser.add_argument("--seconds", type=int, default=20, help="for the search")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--turn-deg", type=int, default=0, help="another step of angles than the blank's")
    return parser.parse_args()


def _several(text: str) -> int:
    """At least two, so that there is something to lay beside each other."""
    if not text.isdigit() or int(text) < 2:
        raise argparse.ArgumentTypeError(f"“{text}” is no number of pieces; write 2 or more.")
    return int(text)


def _pieces(count: int, seed: int) -> tuple[SheetSpec, Sequence[Scene]]:
    """The blank's sheet, and the artwork of so many key rings as people of the demo want them."""
    catalogue, chance = read_catalogue(ROOT / "blanks"), random.Random(seed)
    blank, fonts = catalogue.blank("keyring"), FontBook(catalogue.shop.fonts)
    engine, scenes = catalogue.engine("keyring"), list[Scene]()
    for _ in range(count):
        template = chance.choice(blank.templates)
        name = chance.choice([name for name in GIVEN if len(name) <= template.fields[0].most])
        asked = Asked(choices={}, template=template.key, fields={template.fields[0].key: name})
        design = design_for(asked, blank, catalogue.shop, engine, fonts=fonts.fingerprint).design
        scenes += lay_out(design.elements, blank, design.configuration, catalogue.shop, fonts)
    return next(step.sheet for step in blank.operations if step.sheet), scenes


def _by_areas(scenes: Sequence[Scene], spec: SheetSpec) -> int:
    sizes = [(scene.width_mm + 2 * scene.bleed_mm, scene.height_mm + 2 * scene.bleed_mm) for scene in scenes]
    laid = on_fewer_sheets(spec, [Rectangle(str(n), *size) for n, size in enumerate(sizes)], len(sizes) + 1)
    return max((each.sheet for each in laid or ()), default=0)


def _covered(found: Sequence[PlacedShape], shapes: Sequence[Shape], spec: SheetSpec) -> float:
    """Of the sheets, the last one as far down as it is used."""
    width, height = spec.size_mm
    sheets = (sheets_of(found) - 1) * width * height + width * (used_mm(found, shapes) + spec.margin_mm)
    return round(sum(area_mm2(shape.outline) for shape in shapes) / sheets, 3)


SPOILING = ("overlap", "overrun", "askew", "twice", "lost")


def judged_alike(found: Sequence[PlacedShape], shapes: Sequence[Shape], spec: SheetSpec) -> list[str]:
    """Where a checker is wrong: it finds something in what was laid, or nothing in a copy that is spoiled like this."""
    checkers = {"own": _own, "other": _violations}
    wrong = [f"{name}: {fault}" for name, judge in checkers.items() for fault in judge(found, shapes, spec)]
    return wrong + [
        f"{name}: {how} was not seen"
        for how in SPOILING
        for name, judge in checkers.items()
        if not judge(_spoilt(found, shapes, spec, how), shapes, spec)
    ]


def _spoilt(found: Sequence[PlacedShape], shapes: Sequence[Shape], spec: SheetSpec, how: str) -> Sequence[PlacedShape]:
    """A copy with one fault of that kind."""
    first, second, *rest = found
    middle = [(min(values) + max(values)) / 2 for values in zip(*_outline(second, shapes), strict=True)]
    own = [(min(values) + max(values)) / 2 for values in zip(*_outline(first, shapes), strict=True)]
    onto = replace(first, sheet=second.sheet, x=first.x + middle[0] - own[0], y=first.y + middle[1] - own[1])
    copies = {
        "overlap": (onto, second, *rest),
        "overrun": (replace(first, x=first.x + spec.size_mm[0]), second, *rest),
        "askew": (replace(first, degrees=first.degrees + 7), second, *rest),
        "twice": (first, second, *rest, first),
        "lost": (first, *rest),
    }
    return copies[how]


def _outline(placed: PlacedShape, shapes: Sequence[Shape]) -> Sequence[tuple[float, float]]:
    return placed.outline(next(shape for shape in shapes if shape.name == placed.name))


def _violations(found: Sequence[PlacedShape], shapes: Sequence[Shape], spec: SheetSpec) -> list[str]:
    """What the checker finds that shares no code with us."""
    rows = [(each.name, each.sheet, each.degrees, each.x, each.y) for each in found]
    outlines = {shape.name: shape.outline for shape in shapes}
    return faults(outlines, rows, Sheet(spec.size_mm, spec.margin_mm, spec.gap_mm, spec.angles))


def _own(found: Sequence[PlacedShape], shapes: Sequence[Shape], spec: SheetSpec) -> list[str]:
    """What the shop's own checker finds."""
    known: Mapping[str, Any] = {shape.name: shape for shape in shapes}
    laid = [Lying(each.name, each.sheet, each.outline(known[each.name]), each.degrees) for each in found]
    return list(layout_faults(spec, {shape.name: area_mm2(shape.outline) for shape in shapes}, laid))


if __name__ == "__main__":
    main()
