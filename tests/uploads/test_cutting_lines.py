"""Dashed and clipped drawings are kept as they look."""

import io

import numpy as np
import pytest
import pyvips

from configurator.artwork.shapes import read_shape
from configurator.uploads.drawings import read_drawing
from configurator.uploads.refusing import Unusable

DRAWINGS = {
    "dashes": '<path d="M10 20C60 0 60 90 110 60" fill="none" stroke="#000" stroke-width="4" stroke-dasharray="9 5"/>',
    "dots of a closed shape": (
        '<circle cx="60" cy="40" r="30" fill="none" stroke="#000" stroke-width="5" stroke-linecap="round" '
        'stroke-dasharray="1 12" stroke-dashoffset="4"/>'
    ),
    "an odd pattern over a fill": (
        '<rect x="15" y="10" width="80" height="50" fill="#444" stroke="#000" stroke-width="6" stroke-dasharray="11"/>'
    ),
    "a clipped circle": (
        '<clipPath id="c"><rect x="40" y="0" width="50" height="60"/></clipPath>'
        '<g clip-path="url(#c)"><circle cx="40" cy="40" r="30"/></g>'
    ),
    "a ring with a hole, clipped by two shapes, turned": (
        '<defs><clipPath id="c"><circle cx="40" cy="30" r="22"/><rect x="60" y="20" width="40" height="20"/></clipPath>'
        '</defs><g transform="rotate(12 60 40)"><path clip-path="url(#c)" fill-rule="evenodd" '
        'd="M10 5H110V75H10ZM35 25H80V45H35Z"/></g>'
    ),
    "a clipped line within a clipped group": (
        '<clipPath id="a"><circle cx="60" cy="40" r="34"/></clipPath>'
        '<clipPath id="b"><path clip-rule="evenodd" d="M0 0H120V80H0ZM50 30H70V50H50Z"/></clipPath>'
        '<g clip-path="url(#a)"><path d="M0 0L120 80M0 80L120 0" stroke="#000" stroke-width="9" '
        'style="clip-path:url(#b)"/></g>'
    ),
}


def svg(inside: str) -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 80">{inside}</svg>'.encode()


def ink(content: bytes) -> np.ndarray:
    """Where something is drawn, cut to that, 1,000 pixels wide."""
    drawn = pyvips.Image.svgload_buffer(content, scale=10)
    alpha = drawn[3].numpy() > 127
    down, across = np.flatnonzero(alpha.any(axis=1)), np.flatnonzero(alpha.any(axis=0))
    cut = drawn.crop(across[0], down[0], across[-1] - across[0] + 1, down[-1] - down[0] + 1)
    return np.asarray(cut[3].resize(1000 / cut.width, vscale=600 / cut.height).numpy() > 127)


@pytest.mark.parametrize("name", DRAWINGS)
def test_a_drawing_with_dashes_or_clip_paths_is_kept_as_it_looks(name: str) -> None:
    content = svg(DRAWINGS[name])
    kept = read_drawing(content).asset
    assert b"clip" not in kept and b"dash" not in kept
    one, other = ink(content), ink(kept)
    size = min(one.shape[0], other.shape[0]), min(one.shape[1], other.shape[1])
    one, other = one[: size[0], : size[1]], other[: size[0], : size[1]]
    assert (one & other).sum() / (one | other).sum() > 0.96


def test_what_lies_wholly_inside_a_clip_path_keeps_its_curves() -> None:
    board = '<clipPath id="c"><rect width="120" height="80"/></clipPath><g clip-path="url(#c)">{}</g>'
    kept = read_drawing(svg(board.format('<circle cx="60" cy="40" r="30"/>'))).asset.decode()
    (part,) = read_shape(kept).parts
    assert {letter for letter, _ in part.data} == {"M", "C", "Z"}


def test_what_lies_wholly_outside_a_clip_path_is_not_there() -> None:
    both = '<clipPath id="c"><rect width="20" height="20"/></clipPath><g clip-path="url(#c)">{}</g>'
    with pytest.raises(Unusable, match="Nothing is drawn"):
        read_drawing(svg(both.format('<circle cx="90" cy="60" r="10"/>')))


def test_what_cannot_be_cut_is_a_picture_or_says_what_to_send_instead() -> None:
    by_share = '<clipPath id="c" clipPathUnits="objectBoundingBox"><rect width=".5" height="1"/></clipPath>'
    kept = read_drawing(svg(f'{by_share}<rect clip-path="url(#c)" width="80" height="80"/>'))
    assert (kept.kind, kept.width * 2) == ("raster", kept.height)
    with pytest.raises(Unusable, match="Convert its letters to paths"):
        read_drawing(svg('<clipPath id="c"><text>A</text></clipPath><rect clip-path="url(#c)" width="9" height="9"/>'))
    with pytest.raises(Unusable, match="PNG"):
        read_drawing(svg('<path d="M0 0H120" stroke="#000" stroke-dasharray=".001 .001"/>'))


def test_a_dash_pattern_of_nothing_is_a_whole_line() -> None:
    for pattern in ("0", "0 0", "none", "-1 2"):
        line = f'<path d="M0 0H120V9" fill="none" stroke="#000" stroke-dasharray="{pattern}"/>'
        (part,) = read_shape(read_drawing(svg(line)).asset.decode()).parts
        assert len(part.data) == 3


def test_the_same_drawing_is_cut_the_same_to_the_byte() -> None:
    content = svg(DRAWINGS["a clipped line within a clipped group"])
    assert read_drawing(content).asset == read_drawing(io.BytesIO(content).read()).asset


def test_shares_of_the_page_are_places_and_sizes_on_it() -> None:
    made = read_drawing(svg('<rect width="100%" height="100%" fill="#fee"/><circle cx="50%" cy="25%" r="10"/>'))
    page, spot = read_shape(made.asset.decode()).parts
    xs = [value for _, numbers in spot.data for value in numbers[::2]]
    ys = [value for _, numbers in spot.data for value in numbers[1::2]]
    assert (made.kind, made.width, made.height) == ("drawing", 1000, 667)
    assert (min(xs) + max(xs)) / 2 == pytest.approx(500, abs=1)
    assert (min(ys) + max(ys)) / 2 == pytest.approx(167, abs=1)
    assert page.fill == "#ffeeee"
