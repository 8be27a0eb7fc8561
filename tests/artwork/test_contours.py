"""Cut contours: one closed line the cutter can follow, round the artwork, with a hole for the ring."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import Point, Polygon

from configurator.artwork.outlines import flattened
from configurator.artwork.scene import Scene
from configurator.geometry import Affine, PathData
from tests.artwork.workbench import FLAT, area, scene, sun, text

HOLE = (30.0, 6.0, 4.0)
KEYRING = area(size_mm=(60.0, 70.0), cut="contour", safe_mm=2.0, hole_mm=HOLE, surface=FLAT)


def polygon(contour: PathData) -> Polygon:
    (ring,) = flattened(contour).rings(Affine())
    return Polygon(ring)


def inside(laid: Scene) -> Polygon:
    return polygon(laid.cut[0])


def test_an_area_that_is_not_cut_has_no_contour() -> None:
    assert scene(text("Marit")).cut == ()


def test_cutting_the_edge_is_a_round_cornered_rectangle() -> None:
    laid = scene(on=area(size_mm=(60.0, 40.0), cut="edge", corner_mm=5.0))
    assert inside(laid).bounds == pytest.approx((0, 0, 60, 40))
    assert inside(laid).area == pytest.approx(60 * 40 - (4 - 3.14159) * 25, abs=0.6)


def test_a_contour_is_one_closed_line_with_material_round_everything() -> None:
    laid = scene(sun(x_mm=30.0, y_mm=36.0, width_mm=36.0), text("MILO", x_mm=30.0, y_mm=60.0, size_mm=9.0), on=KEYRING)
    body = inside(laid)
    assert laid.cut[0][0][0] == "M" and laid.cut[0][-1] == ("Z", ())
    assert body.is_valid and not body.interiors
    for box in laid.boxes.values():
        middle = Point((box.left + box.right) / 2, (box.top + box.bottom) / 2)
        assert body.contains(middle)
        assert body.contains(Point(box.left + 0.5, box.bottom))


def test_the_margin_is_the_safe_zone() -> None:
    laid = scene(
        text("I", x_mm=30.0, y_mm=45.0, size_mm=20.0), on=area(size_mm=(60.0, 70.0), cut="contour", safe_mm=2.0)
    )
    box = laid.boxes[1]
    assert inside(laid).bounds == pytest.approx((box.left - 2, box.top - 2, box.right + 2, box.bottom + 2), abs=0.05)


def test_the_ring_has_a_hole_with_material_round_it() -> None:
    laid = scene(text("MILO", x_mm=30.0, y_mm=60.0), on=KEYRING)
    hole = polygon(laid.cut[1])
    assert hole.centroid.coords[0] == pytest.approx((30, 6), abs=0.01)
    assert hole.area == pytest.approx(3.14159 * 4, rel=0.01)
    assert inside(laid).contains(hole.buffer(2))


def test_separate_letters_far_apart_are_bridged_into_one_piece() -> None:
    apart = (text("A", x_mm=8.0, y_mm=30.0), text("B", x_mm=50.0, y_mm=66.0))
    assert inside(scene(*apart, on=KEYRING)).is_valid


def test_an_empty_area_is_cut_along_its_edge() -> None:
    assert inside(scene(on=KEYRING)).bounds == pytest.approx((0, 0, 60, 70))


@settings(max_examples=40, deadline=None)
@given(st.text("ABCabcğŁم क", min_size=1, max_size=8), st.floats(-10, 70), st.floats(-10, 80), st.floats(3, 40))
def test_whatever_is_typed_the_contour_is_one_valid_line_on_the_sheet(
    words: str, x: float, y: float, size: float
) -> None:
    laid = scene(text(words, x_mm=x, y_mm=y, size_mm=size), on=KEYRING)
    body = inside(laid)
    assert body.is_valid
    left, top, right, bottom = body.bounds
    assert left >= -0.1 and top >= -0.1 and right <= 60.1 and bottom <= 70.1


def test_artwork_off_the_sheet_leaves_the_edge_and_is_no_crash() -> None:
    laid = scene(text("MILO", x_mm=-900.0, size_mm=10.0), on=KEYRING)
    assert inside(laid).bounds == pytest.approx((0, 0, 60, 70))
    assert laid.findings[0].level == "error"
