"""Preflight: what would not come out well is said at once, with a fix that works when it is pressed."""

from dataclasses import fields, replace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from configurator.artwork.elements import Element, Text
from configurator.artwork.scene import Finding, Scene
from tests.artwork.workbench import area, scene, sun, text


def the_finding(laid: Scene) -> Finding:
    (finding,) = laid.findings
    return finding


def pressed(elements: tuple[Element, ...], fix: tuple[str, str, str]) -> tuple[Element, ...]:
    """The elements after a fix's button was pressed, as the permalink would read it."""
    _, field, value = fix
    if field == "remove":
        return tuple(element for number, element in enumerate(elements, 1) if number != int(value))
    name, number = field.split("-")
    known = {part.name for part in fields(elements[int(number) - 1])}
    part = next(known_name for known_name in (name, f"{name}_mm") if known_name in known)
    read = {"text": str, "ink": str, "inks": lambda keys: tuple(keys.split(","))}.get(part, float)
    changed = replace(elements[int(number) - 1], **{part: read(value)})
    return tuple(changed if at == int(number) else element for at, element in enumerate(elements, 1))


def test_a_good_design_has_nothing_to_say() -> None:
    assert scene(text("Marit"), sun()).findings == ()


def test_a_missing_letter_is_an_error_that_names_it_and_can_be_left_out() -> None:
    finding = the_finding(scene(text("Zoë 🎉")))
    assert finding.level == "error"
    assert "can draw “🎉” U+1F389 PARTY POPPER. Leave it out" in finding.sentence
    assert finding.fixes == (("Leave it out", "text-1", "Zoë"),)


def test_a_text_of_nothing_but_missing_letters_can_only_go() -> None:
    assert the_finding(scene(text("🎉🎉"))).fixes == (("Remove it", "remove", "1"),)


def test_letters_too_small_for_the_method_are_a_warning() -> None:
    elements = (text("EST. 1911", size_mm=2.4),)
    finding = the_finding(scene(*elements))
    assert finding.level == "warning"
    assert finding.sentence == ("“EST. 1911” is 1.6 mm tall. Letters under 2 mm do not come out well with sublimation.")
    assert finding.fixes[0][:2] == ("Make it 2 mm", "size-1")
    assert scene(*pressed(elements, finding.fixes[0])).findings == ()
    assert scene(*pressed(elements, finding.fixes[1])).boxes == {}


def test_letters_made_small_by_their_width_are_mended_by_more_width() -> None:
    elements = (text("A NAME THAT IS VERY LONG INDEED", size_mm=9, fit_mm=30),)
    finding = the_finding(scene(*elements))
    assert finding.fixes[0][1] == "fit-1"
    assert scene(*pressed(elements, finding.fixes[0])).findings == ()


def test_a_line_too_fine_for_the_method_is_a_warning() -> None:
    elements = (sun(width_mm=5.0),)
    finding = the_finding(scene(*elements))
    assert finding.sentence.startswith("The finest line of “sun” is 0.25 mm. Lines under 0.30 mm")
    assert scene(*pressed(elements, finding.fixes[0])).findings == ()


def test_ink_in_the_safe_zone_is_a_warning_and_over_the_edge_an_error() -> None:
    near, over = scene(text("Marit", y_mm=83)), scene(text("Marit", y_mm=90))
    assert (the_finding(near).level, the_finding(over).level) == ("warning", "error")
    assert "over the edge" in the_finding(over).sentence


def test_a_text_too_wide_for_the_area_can_be_made_smaller() -> None:
    elements = (text("HARBOUR ROWING CLUB", size_mm=40),)
    finding = the_finding(scene(*elements))
    assert finding.level == "error" and finding.fixes[0][1] == "size-1"
    assert scene(*pressed(elements, finding.fixes[0])).findings == ()


def test_a_text_longer_than_its_circle_gets_a_wider_one() -> None:
    elements = (text("ROUND AND ROUND AND ROUND", size_mm=8, arc_mm=12),)
    finding = next(found for found in scene(*elements).findings if found.fixes[0][1] == "arc-1")
    assert finding.level == "error"
    mended = scene(*pressed(elements, finding.fixes[0]))
    assert all(found.fixes[0][1] != "arc-1" for found in mended.findings)


def test_more_texts_than_the_area_takes_are_an_error() -> None:
    one = area(most_texts=1)
    laid = scene(text("A"), text("B", y_mm=60.0), on=one)
    assert the_finding(laid).element == 2
    assert the_finding(laid).fixes == (("Remove it", "remove", "2"),)


def test_a_shape_the_blank_does_not_have_is_an_error() -> None:
    assert the_finding(scene(sun(shape="moon"))).level == "error"


@settings(max_examples=150, deadline=None)
@given(st.floats(-20, 220), st.floats(-10, 110), st.floats(4, 60), st.sampled_from(["Marit", "محمد", "HARBOUR CLUB"]))
def test_pressing_the_offered_fixes_ends_every_finding_about_the_place(
    x: float, y: float, size: float, words: str
) -> None:
    elements: tuple[Element, ...] = (text(words, x_mm=x, y_mm=y, size_mm=size),)
    assume(scene(*elements).findings)
    for _ in range(6):
        findings = scene(*elements).findings
        if not findings:
            return
        assert findings[0].fixes, findings[0]
        elements = pressed(elements, findings[0].fixes[0])
    pytest.fail(f"still {scene(*elements).findings}")


def test_fixes_are_numbers_a_form_field_takes() -> None:
    for finding in scene(text("Marit", x_mm=-4.0, y_mm=84.0)).findings:
        for _, _, value in finding.fixes:
            assert float(value) == round(float(value), 1)


def test_texts_are_named_by_their_first_letters_only() -> None:
    long = Text("wrap", "word " * 30, "archivo", 12, "navy", 100, 45)
    assert len(the_finding(scene(long)).sentence) < 90
