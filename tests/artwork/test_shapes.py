"""A maker's shapes: what SVG they may use, what becomes of it, and what is refused in a sentence."""

import pytest

from configurator.artwork.outlines import box_of, flattened
from configurator.artwork.shapes import FaultyShape, ShapePart, read_shape
from configurator.artwork.svg_paths import FaultyPath, read_path
from configurator.geometry import Box


def drawn(inside: str, box: str = "0 0 100 100") -> tuple[ShapePart, ...]:
    return read_shape(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}">{inside}</svg>').parts


def box(inside: str) -> tuple[float, float, float, float]:
    found = box_of(flattened(drawn(inside)[0].data).points)
    assert found is not None
    return found.left, found.top, found.right, found.bottom


@pytest.mark.parametrize(
    ("inside", "covered"),
    [
        ('<rect x="10" y="20" width="30" height="40"/>', (10, 20, 40, 60)),
        ('<rect x="10" y="20" width="30" height="40" rx="5"/>', (10, 20, 40, 60)),
        ('<circle cx="50" cy="50" r="20"/>', (30, 30, 70, 70)),
        ('<ellipse cx="50" cy="50" rx="20" ry="10"/>', (30, 40, 70, 60)),
        ('<polygon points="0,0 10,0 5,8"/>', (0, 0, 10, 8)),
        ('<polyline points="0 0 10 0 5 8"/>', (0, 0, 10, 8)),
        ('<line x1="1" y1="2" x2="3" y2="4" stroke="#000"/>', (1, 2, 3, 4)),
        ('<path d="M10-20 30 0h-10v5z"/>', (10, -20, 30, 5)),
        ('<g transform="translate(10 0) scale(2)"><rect width="5" height="5"/></g>', (10, 0, 20, 10)),
        ('<rect width="4" height="2" transform="rotate(90 0 0)"/>', (-2, 0, 0, 4)),
        ('<rect width="4" height="2" transform="matrix(1 0 0 1 5 6)"/>', (5, 6, 9, 8)),
        ('<path d="M20 50a30 30 0 0 1 60 0z"/>', (20, 20, 80, 50)),
        ('<path d="M20 50a30 30 0 0060 0z"/>', (20, 50, 80, 80)),
        ('<path d="M0 0q10 20 20 0t20 0"/>', (0, -10, 40, 10)),
        ('<path d="M0 0c0 10 10 10 10 0s10-10 10 0"/>', (0, -7.5, 20, 7.5)),
    ],
)
def test_every_kind_of_drawing_covers_what_it_should(inside: str, covered: tuple[float, ...]) -> None:
    assert box(inside) == pytest.approx(covered, abs=0.05)


def test_colours_come_from_the_groups_around() -> None:
    part = drawn(
        '<g fill="ink-2" stroke="#ABC" stroke-width="3" stroke-linecap="round"><rect width="9" height="9"/></g>'
    )[0]
    assert (part.fill, part.stroke, part.width, part.round) == ("ink-2", "#aabbcc", 3, True)


def test_strokes_grow_with_their_drawing() -> None:
    assert drawn('<g transform="scale(2)"><path d="M0 0h9" stroke="#000000" stroke-width="3"/></g>')[0].width == 6


def test_the_view_box_is_moved_to_the_origin() -> None:
    part = drawn('<rect x="50" y="50" width="5" height="5"/>', "50 50 10 10")[0]
    assert box_of(flattened(part.data).points) == Box(0, 0, 5, 5)


def test_what_has_no_colour_is_left_out() -> None:
    assert drawn('<rect width="5" height="5" fill="none"/>') == ()


@pytest.mark.parametrize(
    ("inside", "said"),
    [
        ("<text>hi</text>", "cannot have <text>"),
        ("<script>x</script>", "cannot have <script>"),
        ('<image href="file:///etc/passwd"/>', "cannot have <image>"),
        ('<rect width="5" height="5" opacity=".5"/>', "cannot have opacity"),
        ('<rect width="5" height="5" style="fill:red"/>', "cannot have style"),
        ('<rect width="5" height="5" fill="url(#g)"/>', "not 'url(#g)'"),
        ('<rect width="5cm" height="5"/>', "'5cm' where a number"),
        ('<rect width="5" height="5" transform="skewX(3)"/>', "cannot be transformed by 'skewX(3)'"),
        ('<path d="M0 0 X"/>', "'X' at character 6"),
        ('<path d="M0 0 L5"/>', "needs 2 numbers"),
    ],
)
def test_what_cannot_be_made_is_refused_in_a_sentence(inside: str, said: str) -> None:
    with pytest.raises(FaultyShape) as refused:
        drawn(inside)
    assert said in refused.value.sentence


def test_a_document_type_is_refused_before_it_is_read() -> None:
    with pytest.raises(FaultyShape, match="document type"):
        read_shape('<!DOCTYPE svg [<!ENTITY a "aaaa">]><svg viewBox="0 0 1 1">&a;</svg>')


def test_a_shape_without_a_view_box_is_refused() -> None:
    with pytest.raises(FaultyShape, match="viewBox"):
        read_shape("<svg/>")


def test_a_path_says_where_it_stops_making_sense() -> None:
    with pytest.raises(FaultyPath, match="character 1"):
        read_path("5 5")
