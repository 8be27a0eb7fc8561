"""Turn, alignment, lines, outline: laid out once, and every writer follows because it writes the Scene."""

import math
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from configurator.artwork.dxf_areas import Areas
from configurator.artwork.elements import Element
from configurator.artwork.freezing import freeze, thaw
from configurator.artwork.mockup import mockup
from configurator.artwork.outlines import flattened, sent
from configurator.artwork.scene import Glyphs, Path, Scene
from configurator.geometry import Affine, Box
from tests.artwork.test_pdf_same_as_preview import assert_same
from tests.artwork.workbench import FLAT, PLAIN, area, blank, scene, sun, text

FINE = pytest.approx
ON = area(surface=FLAT)
SEVERAL: tuple[Element, ...] = (
    text("Harbour\nRowing Club", turn=17.0, align="left", x_mm=40, outline_mm=0.8, outline_ink="coral"),
    text("محمد", turn=-90.0, arc_mm=30.0, x_mm=150, size_mm=14),
    text("EST. 1911", arc_mm=40.0, turn=180.0, y_mm=20, outline_mm=0.4, outline_ink="coral"),
    sun(turn=33.0, width_mm=30.0, x_mm=25),
)


def box(element: Element) -> Box:
    return scene(element, on=ON).boxes[1]


def ink(laid: Scene) -> list[tuple[float, float]]:
    found: list[tuple[float, float]] = []
    for node in laid.nodes:
        paths = (
            [sent(flattened(laid.outlines[key]).points, by) for key, by in node.placements]
            if isinstance(node, Glyphs)
            else [flattened(node.data).points]
        )
        found += [(float(x), float(y)) for points in paths for x, y in points]
    return found


@pytest.mark.parametrize("words", ["Marit", "محمد", "Harbour\nClub"])
@pytest.mark.parametrize("arc", [0.0, 40.0])
def test_a_turned_text_is_the_upright_one_turned_round_its_place(words: str, arc: float) -> None:
    upright, turned = scene(text(words, arc_mm=arc)), scene(text(words, arc_mm=arc, turn=30.0))
    by = Affine.shifted(100, 45).after(Affine.turned(30)).after(Affine.shifted(-100, -45))
    for (x, y), there in zip(ink(upright), ink(turned), strict=True):
        assert there == FINE(by.at(x, y), abs=2e-3)


@given(st.sampled_from(SEVERAL), st.floats(-180, 180))
@settings(max_examples=60, deadline=None)
def test_the_box_of_what_is_turned_is_that_of_its_ink(element: Element, turn: float) -> None:
    laid = scene(replace(element, turn=turn), on=ON)
    xs, ys = zip(*ink(laid), strict=True)
    grown = max(node.width_mm / 2 for node in laid.nodes if isinstance(node, Path)) if has_path(laid) else 0
    found = laid.boxes[1]
    whole = Box(min(xs), min(ys), max(xs), max(ys)).grown(grown)
    assert found.holds(Box(min(xs), min(ys), max(xs), max(ys)), slack=2e-3)
    assert whole.holds(found, slack=2e-3)


def has_path(laid: Scene) -> bool:
    return any(isinstance(node, Path) for node in laid.nodes)


def test_a_whole_turn_changes_nothing_and_a_quarter_swaps_width_and_height() -> None:
    upright, quarter = box(sun()), box(sun(turn=90.0))
    assert (quarter.width, quarter.height) == (FINE(upright.height, abs=1e-3), FINE(upright.width, abs=1e-3))
    assert box(sun(turn=360.0)).left == FINE(upright.left, abs=1e-3)


def test_a_text_starts_meets_or_ends_at_its_place() -> None:
    assert box(text("HEM", align="left")).left == FINE(100, abs=1)
    assert box(text("HEM", align="right")).right == FINE(100, abs=1)
    middle = box(text("HEM"))
    assert (middle.left + middle.right) / 2 == FINE(100, abs=0.5)


def test_lines_stand_a_line_space_apart_and_an_empty_one_keeps_its_room() -> None:
    one, two = box(text("HEM")), box(text("HEM\nHEM", leading=1.5))
    assert two.bottom - one.bottom == FINE(15, abs=1e-3)
    assert box(text("HEM\n\nHEM", leading=1.5)).bottom - one.bottom == FINE(30, abs=1e-3)


@pytest.mark.parametrize("radius", [50.0, -50.0])
def test_lines_on_a_circle_keep_its_centre(radius: float) -> None:
    laid = scene(text("I\nI", arc_mm=radius, leading=1.0))
    letters = [letter for node in laid.nodes if isinstance(node, Glyphs) for letter in node.placements]
    feet = [max((sent(flattened(laid.outlines[key]).points, by))[:, 1]) for key, by in letters]
    assert feet[1] - feet[0] == FINE(10, abs=0.05)
    assert math.dist((100, feet[1]), (100, 45 + radius)) == FINE(abs(radius - 10), abs=0.05)


def test_several_lines_shrink_together_until_the_widest_fits() -> None:
    found = box(text("A\nWWWWWWWW", fit_mm=40.0, outline_mm=1.0, outline_ink="coral"))
    assert found.width == FINE(40, abs=0.01)


def test_fit_bounds_the_width_before_turning() -> None:
    assert box(text("WWWWWWWW", fit_mm=40.0, turn=90.0)).height == FINE(40, abs=0.01)


def test_an_outline_lies_under_its_letters_and_stands_out_all_round() -> None:
    laid = scene(text("HEM", outline_mm=0.5, outline_ink="coral"))
    under, over = laid.nodes
    assert isinstance(under, Path) and under.stroke is not None and isinstance(over, Glyphs)
    assert (under.stroke.key, under.width_mm, over.ink.key) == ("coral", 1.0, "navy")
    assert laid.boxes[1].width == FINE(scene(text("HEM")).boxes[1].width + 1, abs=1e-3)


def test_an_outline_too_fine_for_the_method_is_told_with_a_way_out() -> None:
    (finding,) = scene(text("HEM", outline_mm=0.1, outline_ink="coral")).findings
    assert "outline of “HEM” is 0.10 mm" in finding.sentence
    assert finding.fixes == (("Make it 0.3 mm", "outline-1", "0.3"), ("Leave it out", "outline-1", "0"))


def test_a_lock_changes_nothing_that_is_made() -> None:
    assert scene(text("HEM", locked=True)).nodes == scene(text("HEM")).nodes


def test_later_elements_lie_over_earlier_ones() -> None:
    assert [node.element for node in scene(sun(), text("HEM")).nodes][-1] == 2


def test_every_property_prints_as_it_is_shown() -> None:
    assert_same(scene(*SEVERAL, on=ON))


def test_the_laser_engraves_what_is_turned_where_it_stands() -> None:
    laid = scene(text("HEM", turn=90.0, outline_mm=0.5, outline_ink="burn", ink="burn"))
    engraved = Areas().engraved(laid)
    left, top = min(part.bounds[0] for part in engraved), min(part.bounds[1] for part in engraved)
    assert (left, top) == (FINE(laid.boxes[1].left, abs=0.05), FINE(laid.boxes[1].top, abs=0.05))


def test_the_cut_line_goes_round_what_is_turned() -> None:
    around = [
        flattened(scene(text("WWWWW", turn=turn), on=area(cut="contour", surface=FLAT)).cut[0]).points
        for turn in (0.0, 90.0)
    ]
    (wide, low), (narrow, high) = (points.max(axis=0) - points.min(axis=0) for points in around)
    assert wide > 2 * low
    assert (narrow, high) == (FINE(low, abs=0.2), FINE(wide, abs=0.2))


def test_what_is_frozen_with_properties_comes_back_equal_and_the_picture_frames_it_turned() -> None:
    laid = scene(*SEVERAL, on=ON)
    assert thaw(freeze([laid])) == (laid,)
    assert laid.frames[1].turn == 17.0
    picture = mockup(blank(ON), PLAIN, [laid], id_prefix="p", guides=True)
    assert picture.count('data-element="') == len(SEVERAL)
