"""Layout in millimetres: where texts and shapes come to stand, how they fit, what the scene says of them."""

import math
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from configurator.artwork.layout import lay_out
from configurator.artwork.outlines import flattened, sent
from configurator.artwork.scene import Glyphs, Path, Scene
from configurator.blanks.blank import Template, TextSpec
from configurator.geometry import Affine, Box, mapped
from tests.artwork.workbench import PLAIN, SHOP, area, blank, book, muesli, scene, sun, text

SCRIPTS = ["Marit", "Ελένη", "Дмитрий", "محمد", "प्रिया", "สวัสดี", "שלום", "Team 2026 محمد"]


def box(words: str, **parts: object) -> Box:
    return scene(text(words, **parts)).boxes[1]


def letters(laid: Scene, element: int = 1) -> tuple[tuple[str, Affine], ...]:
    return next(node for node in laid.nodes if isinstance(node, Glyphs) and node.element == element).placements


@pytest.mark.parametrize("words", SCRIPTS)
def test_a_text_is_centred_on_its_place(words: str) -> None:
    found = box(words)
    assert (found.left + found.right) / 2 == pytest.approx(100, abs=1)
    assert found.top < 45 < found.bottom + 0.5


def test_capitals_stand_on_the_baseline_at_their_height() -> None:
    found = box("HEM")
    assert found.bottom == pytest.approx(45, abs=1e-3)
    assert found.height == pytest.approx(10 * book().face("archivo").cap_height, abs=0.02)


def test_twice_the_size_is_twice_the_box() -> None:
    once, twice = box("Marit"), box("Marit", size_mm=20)
    assert twice.width == pytest.approx(2 * once.width, rel=1e-4)


def test_spacing_stands_between_letters_and_not_behind_the_last() -> None:
    assert box("HEM", spacing_mm=3).width == pytest.approx(box("HEM").width + 6, abs=1e-3)


def test_arabic_keeps_together_when_spacing_is_asked_for() -> None:
    laid = scene(text("محمد", spacing_mm=3))
    assert laid.boxes == scene(text("محمد")).boxes
    assert [finding.fixes for finding in laid.findings] == [(("Set it to 0", "spacing-1", "0"),)]


def test_nobody_is_warned_of_a_space_that_a_template_puts_between_letters() -> None:
    """A customer with an Arabic name would have to tick a warning on every design of the maker's."""
    spec = TextSpec("wrap", "{name}", "archivo", 10, (100, 45), "navy", spacing_mm=3)
    made = replace(blank(), templates=(Template("club", "Club", (), (spec,)),))
    (laid,) = lay_out((text("محمد", spacing_mm=3),), made, PLAIN, SHOP, book())
    assert laid.findings == ()


@pytest.mark.parametrize("radius", [60.0, -60.0, 30.0])
def test_every_letter_of_an_arched_text_stands_upright_on_its_circle(radius: float) -> None:
    straight, arched = scene(text("IIIIIII")), scene(text("IIIIIII", arc_mm=radius))
    for (_, flat), (_, bent) in zip(letters(straight), letters(arched), strict=True):
        foot = float(flattened(straight.outlines[letters(straight)[0][0]]).points[:, 0].mean())
        on = bent.at(foot, 0)
        assert math.dist(on, (100, 45 + radius)) == pytest.approx(abs(radius), abs=0.12)
        along = flat.at(foot, 0)[0] - 100
        turned = math.atan2(bent.b, bent.a)
        assert turned == pytest.approx(along / radius, abs=0.02)


def test_an_arch_rises_in_the_middle_and_a_smile_hangs() -> None:
    words = "ROWING CLUB"
    feet = [by.at(0, 0)[1] for _, by in letters(scene(text(words, arc_mm=50)))]
    assert min(feet) == min(feet[len(feet) // 2 - 1 : len(feet) // 2 + 2])
    smile = [by.at(0, 0)[1] for _, by in letters(scene(text(words, arc_mm=-50)))]
    assert max(smile) == max(smile[len(smile) // 2 - 1 : len(smile) // 2 + 2])


@pytest.mark.parametrize("words", SCRIPTS)
@pytest.mark.parametrize("arc", [0.0, 40.0, -40.0])
def test_a_fitted_text_is_as_wide_as_allowed_and_no_wider(words: str, arc: float) -> None:
    wide = box(words * 6, size_mm=14, arc_mm=0).width
    found = box(words * 6, size_mm=14, fit_mm=40, arc_mm=arc)
    assert wide > 40
    assert found.width <= 40.01
    assert found.width == pytest.approx(40, abs=0.1)


def test_a_text_that_fits_keeps_its_size() -> None:
    assert box("Marit", fit_mm=150) == box("Marit")


def test_a_shape_stands_by_its_middle_at_its_width() -> None:
    laid = scene(sun())
    disc, ray = laid.nodes
    assert isinstance(disc, Path) and isinstance(ray, Path)
    found = laid.boxes[1]
    assert (found.left, found.right, found.bottom) == pytest.approx((85, 115, 50), abs=0.01)
    assert disc.fill is not None and disc.fill.key == "coral"
    assert ray.stroke is not None and ray.stroke.key == "navy" and ray.width_mm == 2 and ray.round


def test_elements_keep_their_numbers_over_all_areas() -> None:
    front, back = area(key="front"), area(key="back")
    elements = (text("A", area="front"), text("B", area="back"), text("C", area="front"))
    scenes = lay_out(elements, blank(front, back), PLAIN, SHOP, book())
    assert [(laid.area, sorted(laid.boxes)) for laid in scenes] == [("front", [1, 3]), ("back", [2])]


def test_an_empty_area_is_a_scene_too() -> None:
    laid = scene()
    assert laid.nodes == () and laid.boxes == {} and laid.cut == ()
    assert laid.says == "All round, 200 by 85 mm: nothing on it yet."


def test_a_backdrop_covers_the_area_with_its_bleed_under_everything_else() -> None:
    paper = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 5"><rect width="10" height="5" fill="#102030"/></svg>'
    )
    covered = blank(area(backdrop="cover-{rim}"), shapes={"cover-plain": paper})
    laid = lay_out((text("Marit"),), covered, PLAIN, SHOP, book())[0]
    first = laid.nodes[0]
    assert isinstance(first, Path) and first.element == 0
    points = flattened(first.data).points
    assert (*points.min(axis=0), *points.max(axis=0)) == pytest.approx((-2, -2, 202, 87))


def test_the_legal_food_text_is_wrapped_into_its_area_and_no_letter_is_too_small() -> None:
    tin, mix = muesli(6, size_mm=(80.0, 60.0))
    laid = lay_out((), tin, mix, SHOP, book())[0]
    assert Box(2, 2, 78, 58).holds(laid.boxes[0], slack=0.05)
    assert laid.findings == ()
    size = min(by.a for _, by in letters(laid, 0)) * book().plain_face.units
    assert size * book().plain_face.x_height >= 1.2


def test_a_food_text_that_cannot_fit_is_an_error() -> None:
    tin, mix = muesli(40, size_mm=(40.0, 20.0))
    finding = lay_out((), tin, mix, SHOP, book())[0].findings[0]
    assert (finding.level, finding.element) == ("error", 0)
    assert "choose fewer ingredients" in finding.sentence


def test_the_scene_says_what_is_on_it() -> None:
    laid = scene(text("Marit", font="lobster", arc_mm=40), sun())
    assert laid.says == (
        "All round, 200 by 85 mm: “Marit” in Lobster, Navy, arched, 23.6 by 8.6 mm, 88.7 mm from the left, "
        "37.7 mm from the top; shape sun, 30 by 20 mm, 85 mm from the left, 30 mm from the top."
    )


def test_only_outlines_that_are_used_are_kept() -> None:
    laid = scene(text("Marit"))
    assert set(laid.outlines) == {key for key, _ in letters(laid)}


def test_an_unknown_ink_or_face_of_an_old_address_becomes_the_first() -> None:
    laid = scene(text("Marit", ink="ultraviolet", font="comic"))
    assert laid.nodes == scene(text("Marit")).nodes


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=20), st.floats(2, 30), st.sampled_from([0.0, 40.0, -40.0]), st.sampled_from([0.0, 60.0]))
def test_the_same_input_gives_the_same_scene(words: str, size: float, arc: float, fit: float) -> None:
    element = text(words, size_mm=size, arc_mm=arc, fit_mm=fit)
    assert scene(element) == scene(replace(element))


@settings(max_examples=60, deadline=None)
@given(st.text(min_size=1, max_size=20), st.sampled_from([0.0, 40.0, -25.0]))
def test_a_box_holds_all_ink_of_its_text(words: str, arc: float) -> None:
    laid = scene(text(words, arc_mm=arc))
    for node in laid.nodes:
        assert all(laid.boxes[1].grown(1e-3).holds(Box(x, y, x, y)) for x, y in ink_of(laid, node))


def ink_of(laid: Scene, node: Glyphs | Path) -> Iterator[tuple[float, float]]:
    """Points on the outlines of a node, in mm; joined letters on a circle are a path of their own."""
    if isinstance(node, Path):
        yield from flattened(node.data).points
        return
    for key, by in node.placements:
        yield from sent(flattened(laid.outlines[key]).points, by)


def test_the_net_weight_is_as_tall_as_the_law_asks() -> None:
    tin, mix = muesli(5, size_mm=(80.0, 60.0))
    laid = lay_out((), tin, mix, SHOP, book())[0]
    tallest = max(by.a for _, by in letters(laid, 0)) * book().plain_face.units
    assert tallest * book().plain_face.cap_height >= 4


@pytest.mark.parametrize("words", ["محمد", "प्रिया"])
@pytest.mark.parametrize("radius", [40.0, -40.0])
def test_letters_that_hang_together_are_bent_along_the_circle_and_stay_joined(words: str, radius: float) -> None:
    straight, arched = scene(text(words, size_mm=20)), scene(text(words, size_mm=20, arc_mm=radius))
    (node,) = arched.nodes
    assert isinstance(node, Path) and node.fill is not None and node.fill.key == "navy"
    placed = [mapped(straight.outlines[key], by) for key, by in letters(straight)]
    starts = [numbers for path in placed for letter, numbers in path if letter == "M"]
    bent = [numbers for letter, numbers in node.data if letter == "M"]
    assert len(starts) == len(bent)
    for (x, y), (u, v) in zip(starts, bent, strict=True):
        assert math.dist((u, v), (100, 45 + radius)) == pytest.approx(abs(radius + 45 - y), abs=1e-3)
        assert math.atan2(u - 100, (45 + radius - v) * math.copysign(1, radius)) == pytest.approx(
            (x - 100) / abs(radius), abs=1e-4
        )
