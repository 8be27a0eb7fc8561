"""Preflight marks the very place: the letters, lines and parts it speaks of, by a number that the list has too."""

import pytest

from configurator.artwork.preflight.marking import MOST, joined, outside
from configurator.artwork.scene import Finding, Scene
from configurator.geometry import Box
from tests.artwork.workbench import scene, sun, text


def the_finding(laid: Scene, words: str) -> Finding:
    return next(finding for finding in laid.findings if words in finding.sentence)


def test_only_the_letters_that_no_font_has_are_marked() -> None:
    laid = scene(text("Zoë 🎉 Noor"))
    (mark,) = the_finding(laid, "can draw “🎉”").marks
    box = laid.boxes[1]
    assert box.left + 0.2 * box.width < mark.left < mark.right < box.right - 0.3 * box.width


def test_letters_too_small_are_marked_line_by_line() -> None:
    laid = scene(text("EST. 1911\nBREMEN", size_mm=2.4, leading=3.5))
    first, second = the_finding(laid, "do not come out well").marks
    assert first.bottom < second.top


def test_what_reaches_into_the_safe_zone_is_marked_and_nothing_else_of_it() -> None:
    laid = scene(text("Wilhelmina", x_mm=14, y_mm=40))
    finding = the_finding(laid, "of the print area")
    for mark in finding.marks:
        assert mark.right <= laid.safe_mm + 1e-3
        assert mark.left >= laid.boxes[1].left - 1e-3


def test_the_part_of_a_turned_text_that_is_outside_is_as_small_as_it_is() -> None:
    laid = scene(text("Wilhelmina", x_mm=100, y_mm=12, turn=-12))
    finding = the_finding(laid, "Wilhelmina")
    box = laid.boxes[1]
    assert sum(mark.width for mark in finding.marks) < 0.8 * box.width


def test_a_line_too_fine_is_marked() -> None:
    laid = scene(sun(width_mm=5.0))
    finding = the_finding(laid, "finest line")
    assert finding.marks
    assert all(laid.boxes[1].grown(0.1).holds(mark) for mark in finding.marks)


def test_findings_are_numbered_over_all_areas_errors_first() -> None:
    laid = scene(text("EST. 1911", size_mm=2.4, y_mm=20), text("Zoë 🎉", y_mm=60))
    assert [(finding.level, finding.number) for finding in laid.findings] == [("warning", 2), ("error", 1)]


def test_marks_near_each_other_are_one_and_very_many_are_one_round_all() -> None:
    row = [Box(3.0 * at, 0, 3.0 * at + 2, 5) for at in range(5)]
    assert joined(row) == (Box(0, 0, 14, 5),)
    assert joined(row, near=0.5) == tuple(row)
    far = [Box(10.0 * at, 0, 10.0 * at + 2, 5) for at in range(MOST + 1)]
    assert joined(far) == (Box(0, 0, 10.0 * MOST + 2, 5),)
    assert joined([]) == ()


@pytest.mark.parametrize(
    ("box", "parts"),
    [
        (Box(2, 2, 8, 8), ()),
        (Box(-3, 2, 4, 8), (Box(-3, 2, 0, 8),)),
        (Box(2, 7, 4, 14), (Box(2, 10, 4, 14),)),
        (Box(-5, 2, -3, 8), (Box(-5, 2, -3, 8),)),
    ],
)
def test_what_is_outside_an_edge(box: Box, parts: tuple[Box, ...]) -> None:
    assert outside([box], Box(0, 0, 10, 10)) == parts
