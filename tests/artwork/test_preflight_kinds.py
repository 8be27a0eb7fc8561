"""Preflight kind by kind: where its limits lie, and that the first button offered puts the defect right."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from configurator.artwork.elements import Element, Text
from configurator.artwork.fonts import FontBook
from configurator.artwork.guest_fonts import Guests, find_guests
from configurator.artwork.layout import lay_out
from configurator.artwork.scene import Finding
from configurator.artwork.seeing import contrast, distance
from configurator.blanks.blank import Area
from configurator.blanks.methods import InkSpec, Method
from tests.artwork.test_preflight import pressed
from tests.artwork.workbench import INKS, PLAIN, PRINT, SHOP, area, blank, book, sun, text

WHITE = InkSpec("white", "White", "#ffffff", (0, 0, 0, 0), "White")
YELLOW = InkSpec("sun", "Sun", "#f6e945", (0.02, 0.1, 0.83, 0))
INKED = replace(PRINT, inks=(*INKS, WHITE, YELLOW))
ISLAND = area(cut="contour", size_mm=(60.0, 84.0), bleed_mm=0.0, hole_mm=(30.0, 7.4, 4.6), ground="#ffffff")


def found(
    *elements: Element, on: Area | None = None, method: Method = INKED, fonts: FontBook | None = None
) -> Sequence[Finding]:
    shop = replace(SHOP, methods={"print": method})
    return lay_out(elements, blank(on or area(ground="#ffffff")), PLAIN, shop, fonts or book())[0].findings


def mended(*elements: Element, on: Area | None = None, method: Method = INKED) -> Sequence[Finding]:
    """What is left when the first button of the first finding has been pressed."""
    return found(*pressed(elements, found(*elements, on=on, method=method)[0].fixes[0]), on=on, method=method)


@pytest.mark.parametrize("ground", ["#ffffff", "#fbfbf8"])
def test_white_on_white_is_an_error_and_is_put_right_by_the_ink_that_stands_out_most(ground: str) -> None:
    on = area(ground=ground)
    (finding,) = found(text("Marit", ink="white"), on=on)
    assert (finding.level, finding.element) == ("error", 1)
    assert "cannot be seen" in finding.sentence
    assert mended(text("Marit", ink="white"), on=on) == ()


def test_dark_on_black_is_caught_and_white_offered() -> None:
    on = area(ground="#101218")
    (finding,) = found(text("Marit", ink="navy"), on=on)
    assert finding.fixes[0] == ("Make it white", "ink-1", "white")
    assert mended(text("Marit", ink="navy"), on=on) == ()


def test_yellow_on_white_is_hard_to_read_as_letters_but_a_picture_may_be_pale() -> None:
    (finding,) = found(text("Marit", ink="sun"))
    assert finding.level == "warning" and "hard to read" in finding.sentence
    assert found(sun(inks=("sun", "sun"))) == ()


def test_a_picture_nobody_would_see_is_an_error() -> None:
    (finding,) = found(sun(inks=("white", "white")))
    assert finding.level == "error" and finding.fixes[0][1] == "inks-1"


def test_letters_are_compared_with_what_lies_under_them() -> None:
    band = sun(width_mm=90.0, inks=("navy", "navy"), y_mm=45.0)
    assert found(band, text("Marit", ink="white", y_mm=58.0)) == ()
    (finding,) = found(band, text("Marit", ink="navy", y_mm=58.0))
    assert finding.element == 2


def test_where_nothing_is_known_of_the_ground_contrast_is_not_judged() -> None:
    assert found(text("Marit", ink="white"), on=area()) == ()


def test_contrast_and_distance_are_the_published_ones() -> None:
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert distance("#ffffff", "#000000") == pytest.approx(100, abs=0.1)


@pytest.mark.parametrize(
    ("x", "says"), [(14.8, "0.2 mm over the edge"), (15.0, "at the edge"), (15.4, "0.4 mm before")]
)
def test_a_picture_that_ends_at_the_cut_leaves_a_white_line(x: float, says: str) -> None:
    (finding,) = found(sun(width_mm=40.0, x_mm=x, y_mm=45.0))
    assert finding.level == "warning"
    assert says in finding.sentence


def test_a_picture_that_runs_out_past_the_bleed_is_as_it_should_be() -> None:
    assert found(sun(width_mm=40.0, x_mm=5.0, y_mm=45.0)) == ()


def test_a_widened_picture_reaches_past_the_bleed() -> None:
    assert mended(sun(width_mm=40.0, x_mm=15.0, y_mm=45.0)) == ()


def test_letters_may_never_run_over_the_edge() -> None:
    assert any(each.level == "error" for each in found(text("Marit", x_mm=0.0)))


def test_a_method_of_one_colour_names_what_brings_the_second_and_offers_the_first() -> None:
    foil = replace(PRINT, most_inks=1)
    elements = (text("Marit", ink="navy"), text("Emil", ink="navy", y_mm=60.0), text("Li", ink="coral", y_mm=25.0))
    (finding,) = found(*elements, method=foil)
    assert (finding.element, finding.fixes[0]) == (3, ("Make it navy", "ink-3", "navy"))
    assert mended(*elements, method=foil) == ()


def test_emoji_are_lines_where_only_so_many_inks_go_on_at_once() -> None:
    emoji = FontBook(SHOP.fonts, Guests(find_guests().emoji))
    assert found(text("Hi 🎉"), method=replace(PRINT, most_inks=1), fonts=emoji) == ()


def test_lines_of_a_small_emoji_are_too_fine_for_a_laser() -> None:
    emoji = FontBook(SHOP.fonts, Guests(find_guests().emoji))
    laser = replace(PRINT, inks=(replace(INKS[0], spot="Engrave"),), output="laser", least_stroke_mm=0.3)
    (finding,) = found(text("Hi 🎉", size_mm=6.0), method=laser, fonts=emoji)
    assert "The lines of the emoji" in finding.sentence
    elements = pressed((text("Hi 🎉", size_mm=6.0),), finding.fixes[0])
    assert found(*elements, method=laser, fonts=emoji) == ()


def test_ink_that_will_not_dry_is_replaced_by_the_nearest_that_does() -> None:
    wet = replace(PRINT, most_ink=2.0)
    (finding,) = found(text("Marit", ink="navy"), method=wet)
    assert finding.level == "error" and "230% of ink" in finding.sentence
    assert mended(text("Marit", ink="navy"), method=wet) == ()


def test_a_part_that_hangs_on_a_thread_is_moved_to_the_rest_press_by_press() -> None:
    elements: tuple[Element, ...] = (text("I", x_mm=10.0, y_mm=20.0), text("I", x_mm=50.0, y_mm=78.0))
    (finding,) = found(*elements, on=ISLAND)
    assert finding.level == "error" and "would break off" in finding.sentence
    for _ in range(3):
        left = found(*elements, on=ISLAND)
        elements = pressed(elements, left[0].fixes[0]) if left else elements
    assert found(*elements, on=ISLAND) == ()


def test_a_hole_through_a_name_is_an_error_and_the_name_moves_away() -> None:
    (finding,) = [each for each in found(text("MARIT", x_mm=30.0, y_mm=12.0), on=ISLAND) if "hole" in each.sentence]
    assert finding.level == "error"
    assert not [e for e in mended(text("MARIT", x_mm=30.0, y_mm=12.0), on=ISLAND) if "hole" in e.sentence]


def test_texts_over_each_other_are_moved_apart_and_a_doubled_one_is_removed() -> None:
    over = (text("Marit"), text("Emil", y_mm=48.0))
    assert "lies over" in found(*over)[0].sentence
    assert mended(*over) == ()
    assert found(text("Marit"), text("Marit"))[0].fixes == (("Remove it", "remove", "2"),)


def test_texts_that_meet_by_a_tail_are_left_alone() -> None:
    assert found(text("gypsy"), text("Tall", y_mm=45.0 + 10.5)) == ()


def test_texts_on_circles_are_judged_by_their_letters_not_their_boxes() -> None:
    ring: tuple[Text, ...] = (text("HARBOUR ROWING CLUB", arc_mm=30.0, size_mm=6.0, y_mm=20.0), text("II", y_mm=40.0))
    assert found(*ring) == ()


def test_pain_6_white_on_lime_is_told_before_it_is_printed_and_white_on_white_cannot_be_ordered() -> None:
    lime, white = found(text("Marit", ink="white"), on=area(ground="#c6f432")), found(text("Marit", ink="white"))
    assert [each.level for each in (*lime, *white)] == ["warning", "error"]
    assert all(each.fixes[0][1] == "ink-1" for each in (*lime, *white))


def test_a_part_of_a_picture_that_nobody_would_see_is_told_and_gets_another_ink() -> None:
    (finding,) = found(sun(inks=("coral", "white")))
    assert finding.level == "warning" and "Part of “sun” cannot be seen: white" in finding.sentence
    assert finding.fixes[0][1] == "inks-1" and finding.fixes[0][2].startswith("coral,")
    assert mended(sun(inks=("coral", "white"))) == ()


def test_a_picture_in_one_ink_has_no_lost_parts() -> None:
    assert found(sun(inks=("navy", "navy"))) == ()
