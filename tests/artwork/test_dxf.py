import io
import math
import subprocess
import sys
from itertools import pairwise

import ezdxf
import pytest
from ezdxf import bbox
from ezdxf.document import Drawing
from ezdxf.entities import LWPolyline

from configurator.artwork.dxf import sheet_dxf
from configurator.artwork.dxf_areas import TOLERANCE_MM, Areas, filled_area, flat_rings
from configurator.artwork.pdf import Placement, SheetPage
from configurator.artwork.scene import Path
from tests.artwork.scenes import ENGRAVED, filled, name_scene, rectangle, scene

KAPPA = 4 / 3 * (math.sqrt(2) - 1)


def circle(x: float, y: float, r: float) -> tuple:
    k = r * KAPPA
    return (
        ("M", (x + r, y)),
        ("C", (x + r, y + k, x + k, y + r, x, y + r)),
        ("C", (x - k, y + r, x - r, y + k, x - r, y)),
        ("C", (x - r, y - k, x - k, y - r, x, y - r)),
        ("C", (x + k, y - r, x + r, y - k, x + r, y)),
        ("Z", ()),
    )


def sheet(*placements: Placement, mirror: bool = False) -> SheetPage:
    return SheetPage(1, 300, 200, mirror, "B-9 · sheet 1 of 1", placements, output="laser")


def drawing(page: SheetPage, *, engrave: bool = True) -> Drawing:
    return ezdxf.read(io.StringIO(sheet_dxf(page, engrave=engrave).decode()))


def on(layer: str, doc: Drawing) -> list[LWPolyline]:
    return list(doc.modelspace().query(f'LWPOLYLINE[layer=="{layer}"]'))


def extent(lines: list[LWPolyline]) -> tuple[float, ...]:
    box = bbox.extents(lines)
    return (box.extmin.x, box.extmin.y, box.extmax.x, box.extmax.y)


BOARD = name_scene("Marit & Zoë", ENGRAVED, cut=(rectangle(0, 0, 80, 40),))


def test_a_drawing_passes_the_audit_and_is_in_millimetres() -> None:
    doc = drawing(sheet(Placement(BOARD, 20, 30), Placement(BOARD, 150, 30, degrees=90)))
    audit = doc.audit()
    assert (audit.errors, audit.fixes) == ([], [])
    assert doc.units == ezdxf.units.MM
    assert {layer.dxf.name for layer in doc.layers} - {"0", "Defpoints"} == {"cut", "engrave", "codes"}


def test_every_line_is_closed_and_lies_on_the_layer_for_its_tool() -> None:
    doc = drawing(sheet(Placement(BOARD, 20, 30)))
    lines = list(doc.modelspace())
    assert all(isinstance(line, LWPolyline) and line.closed for line in lines)
    assert len(on("cut", doc)) == 1
    assert len(on("cut", doc)) + len(on("engrave", doc)) == len(lines)


def test_cut_lines_lie_where_the_sheet_says_with_the_origin_at_the_bottom_left() -> None:
    doc = drawing(sheet(Placement(BOARD, 20, 30)))
    assert extent(on("cut", doc)) == pytest.approx((20, 130, 100, 170))
    turned = drawing(sheet(Placement(BOARD, 20, 30, degrees=90)))
    assert extent(on("cut", turned)) == pytest.approx((20, 90, 60, 170))


def test_a_mirrored_sheet_is_mirrored_for_the_cutter_too() -> None:
    bar = scene(filled(rectangle(8, 26, 30, 30), ENGRAVED))
    assert extent(on("engrave", drawing(sheet(Placement(bar, 20, 30))))) == pytest.approx((28, 140, 50, 144))
    assert extent(on("engrave", drawing(sheet(Placement(bar, 20, 30), mirror=True)))) == pytest.approx(
        (70, 140, 92, 144)
    )


def test_a_cutter_that_does_not_engrave_gets_the_cut_lines_alone() -> None:
    doc = drawing(sheet(Placement(BOARD, 20, 30)), engrave=False)
    assert len(on("cut", doc)) == 1
    assert on("engrave", doc) == []


def test_curves_are_followed_within_a_fiftieth_of_a_millimetre() -> None:
    for radius in (0.5, 3.0, 60.0):
        ring = flat_rings(circle(0, 0, radius))[0]
        assert all(abs(math.dist(point, (0, 0)) - radius) < radius * 0.0004 for point in ring)
        middles = [((a[0] + b[0]) / 2, (a[1] + b[1]) / 2) for a, b in pairwise(ring)]
        assert all(radius - math.dist(middle, (0, 0)) < TOLERANCE_MM + radius * 0.0004 for middle in middles)


def test_letters_that_overlap_are_engraved_once() -> None:
    apart = scene(filled(rectangle(10, 10, 20, 20), ENGRAVED), filled(rectangle(30, 10, 40, 20), ENGRAVED))
    over = scene(filled(rectangle(10, 10, 20, 20), ENGRAVED), filled(rectangle(15, 10, 25, 20), ENGRAVED))
    assert len(on("engrave", drawing(sheet(Placement(apart, 20, 30))))) == 2
    assert len(on("engrave", drawing(sheet(Placement(over, 20, 30))))) == 1
    joined = Areas().engraved(name_scene("mmmm", ENGRAVED))
    assert len(joined) == 2, "Lobster joins its letters: one word, and the bar under it"


def test_a_hole_is_what_winds_the_other_way_and_an_overlap_is_not_a_hole() -> None:
    ring, hole = rectangle(0, 0, 10, 10), rectangle(2, 2, 8, 8)
    turned = (("M", hole[0][1]), ("L", hole[3][1]), ("L", hole[2][1]), ("L", hole[1][1]), ("Z", ()))
    assert filled_area(flat_rings((*ring, *turned))).area == pytest.approx(64)
    assert filled_area(flat_rings((*ring, *hole))).area == pytest.approx(100)
    assert filled_area(flat_rings((*ring, *rectangle(5, 5, 15, 15)))).area == pytest.approx(175)


def test_strokes_become_areas_of_their_width_and_bleed_ends_them() -> None:
    line = Path((("M", (-30, 20)), ("L", (40, 20))), None, ENGRAVED, 2, "art", 1)
    (area,) = Areas().engraved(scene(line))
    assert area.bounds == pytest.approx((-2, 19, 40, 21))
    ring = Path(circle(40, 20, 10), None, ENGRAVED, 2, "art", 1, round=True)
    (area,) = Areas().engraved(scene(ring))
    assert len(area.interiors) == 1
    assert area.area == pytest.approx(math.pi * (11**2 - 9**2), rel=0.005)


def test_guides_are_never_engraved() -> None:
    guide = Path(rectangle(10, 10, 20, 20), ENGRAVED, None, 0, "guide", 1)
    assert Areas().engraved(scene(guide)) == []


def full_page() -> SheetPage:
    return sheet(Placement(BOARD, 20, 30), Placement(name_scene("Łukasz", ENGRAVED), 150, 30, degrees=90))


@pytest.mark.slow
def test_the_same_sheet_is_the_same_bytes_in_every_process() -> None:
    program = (
        "import hashlib; from tests.artwork.test_dxf import *; "
        "print(hashlib.sha256(sheet_dxf(full_page())).hexdigest())"
    )
    prints = {
        subprocess.run(
            [sys.executable, "-c", program], env={"PYTHONHASHSEED": seed}, check=True, capture_output=True, text=True
        ).stdout
        for seed in ("0", "1", "2", "3", "4", "5")
    }
    assert len(prints) == 1
    assert sheet_dxf(full_page()) == sheet_dxf(full_page())
