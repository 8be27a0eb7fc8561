"""Artwork copied to another area: it fits, keeps its arrangement, and finds the nearest ink."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from configurator.artwork.elements import Element, Text
from configurator.blanks.methods import InkSpec
from configurator.designs.copying import Printed, copied
from configurator.geometry import Box
from tests.artwork.workbench import FLAT, area, scene, sun, text
from tests.effort import examples

INKS = (InkSpec("navy", "Navy", "#1f2a63", (1, 0.9, 0.2, 0.2)), InkSpec("coral", "Coral", "#ee5a3b", (0, 0.78, 0.8, 0)))
DARK = (InkSpec("white", "White", "#ffffff", (0, 0, 0, 0)), InkSpec("blue", "Blue", "#203070", (1, 0.8, 0, 0)))
HERE = area(surface=FLAT)
ELEMENTS: tuple[Element, ...] = (
    text("Harbour", size_mm=18.0, turn=12.0, x_mm=90.0),
    text("EST. 1911", arc_mm=30.0, y_mm=70.0, outline_mm=0.5, outline_ink="coral"),
    sun(x_mm=130.0),
)


def boxed(elements: tuple[Element, ...], on: object = HERE) -> list[tuple[Element, Box]]:
    laid = scene(*elements, on=on)  # type: ignore[arg-type] # an area
    return [(element, laid.boxes[number]) for number, element in enumerate(elements, 1)]


def whole(elements: tuple[Element, ...], on: object) -> Box:
    boxes = [box for _, box in boxed(elements, on)]
    return Box(
        min(box.left for box in boxes), min(box.top for box in boxes),
        max(box.right for box in boxes), max(box.bottom for box in boxes),
    )  # fmt: skip


@given(st.floats(20, 600), st.floats(20, 600), st.booleans())
@examples(25)
def test_copied_artwork_lies_in_the_middle_of_the_safe_zone_of_its_new_area(w: float, h: float, grow: bool) -> None:
    other = area(key="back", size_mm=(round(w, 1), round(h, 1)), surface=FLAT, safe_mm=3.0)
    found = copied(boxed(ELEMENTS), Printed(HERE, INKS), Printed(other, INKS), grow=grow)
    around = whole(found, other)
    assert Box(0, 0, *other.size_mm).grown(-2.9).holds(around, slack=0.6) or min(w, h) < 40
    assert (around.left + around.right) / 2 == pytest.approx(other.size_mm[0] / 2, abs=0.7)


def test_what_fits_keeps_its_size_on_the_same_product_and_grows_on_a_larger_one() -> None:
    large = area(key="back", size_mm=(400.0, 400.0), surface=FLAT)
    sizes = [copied(boxed(ELEMENTS), Printed(HERE, INKS), Printed(large, INKS), grow=grow)[0] for grow in (False, True)]
    assert isinstance(sizes[0], Text) and isinstance(sizes[1], Text)
    assert sizes[0].size_mm == 18
    assert sizes[1].size_mm > 25


def test_an_ink_that_is_not_there_becomes_the_nearest() -> None:
    found = copied(boxed(ELEMENTS), Printed(HERE, INKS), Printed(area(key="back"), DARK), grow=False)
    assert isinstance(found[0], Text)
    assert found[0].ink == "blue"


def test_on_a_mug_it_stands_where_the_mug_faces_the_viewer() -> None:
    mug = area(key="back")
    found = copied([boxed((text("A"),))[0]], Printed(HERE, INKS), Printed(mug, INKS), grow=False)
    assert found[0].x_mm == pytest.approx(mug.surface.facing_mm, abs=0.5)
