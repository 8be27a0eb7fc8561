"""Drawings with shading become pictures that look as the drawing does."""

import io

import pytest
from PIL import Image

from configurator.uploads.drawings import read_drawing
from configurator.uploads.made import Made
from configurator.uploads.shading import TILE_PX
from tests.uploads.files import SHADED, svg

RAINBOW = '<linearGradient id="g"><stop stop-color="#f00"/><stop offset="1" stop-color="#00f"/></linearGradient>'


def pixels(made: Made) -> Image.Image:
    return Image.open(io.BytesIO(made.asset)).convert("RGBA")


def at(made: Made, x: float, y: float) -> tuple[int, ...]:
    """The pixel at shares of width and height."""
    image = pixels(made)
    found = image.getpixel((int(x * (image.width - 1)), int(y * (image.height - 1))))
    assert isinstance(found, tuple)
    return found


def test_a_gradient_runs_and_the_customer_is_told_calmly_how_fine_it_is_printed() -> None:
    kept = read_drawing(svg(f'{RAINBOW}<rect x="5" y="5" width="30" height="20" fill="url(#g)"/>'))
    assert at(kept, 0, 0.5)[0] > 250 and at(kept, 1, 0.5)[2] > 250
    assert at(kept, 0.5, 0.5) == pytest.approx((128, 0, 128, 255), abs=3)
    assert kept.width / kept.height == pytest.approx(30 / 20, abs=0.002)
    assert 4900 < kept.width <= 5000
    assert kept.note == (
        f"This drawing has shading, so it is printed as a picture of {kept.width:,} × {kept.height:,} pixels: "
        f"600 dpi up to {kept.width / 600 * 25.4:.0f} mm wide."
    )


def test_a_flat_drawing_stays_paths_even_with_a_gradient_that_nobody_uses() -> None:
    kept = read_drawing(svg(f'{RAINBOW}<mask id="m"><rect/></mask><path d="M0 0h9v9z" fill="#0a0"/>'))
    assert (kept.kind, kept.note) == ("drawing", "")


def test_where_nothing_is_drawn_it_is_see_through_and_half_stays_half() -> None:
    kept = read_drawing(svg('<circle cx="20" cy="15" r="10" fill="#0a0" opacity=".5"/>'))
    assert at(kept, 0, 0)[3] == 0
    assert at(kept, 0.5, 0.5) == pytest.approx((0, 170, 0, 128), abs=1)


def test_its_tiles_meet_without_a_seam() -> None:
    """A turned stripe across a border between two tiles, half transparent: drawn twice it would be darker there."""
    kept = read_drawing(svg('<path d="M0 0L40 27V30L0 3Z" fill="#000" opacity=".5"/>'))
    alpha = pixels(kept).getchannel("A")
    near = alpha.crop((TILE_PX - 3, 0, TILE_PX + 3, alpha.height)).getcolors()
    assert near is not None and max(level for _, level in near) <= 128


def test_what_lies_outside_the_page_is_not_seen() -> None:
    kept = read_drawing(svg('<rect x="-20" width="40" height="20" fill="#00f" opacity=".5"/>'))
    assert kept.width == pytest.approx(kept.height, abs=30)


def test_a_picture_with_filters_is_coarser_and_says_so() -> None:
    kept = read_drawing(svg(SHADED["a drawing with a shadow"]))
    assert kept.width <= TILE_PX and f"{kept.width / 600 * 25.4:.0f} mm" in kept.note


def test_classes_styles_uses_and_inherited_gradients_are_told_as_they_were() -> None:
    inside = (
        '<style>.a{fill:url(#b)}</style><linearGradient id="b" xlink:href="#g" x2="0" y2="1"/>' + RAINBOW + "<defs>"
        '<rect id="r" width="10" height="10"/></defs><g class="a"><use xlink:href="#r"/><use href="#r" x="20"/></g>'
    )
    kept = read_drawing(svg(inside))
    assert at(kept, 0.1, 0.02)[0] > 240 and at(kept, 0.9, 0.98)[2] > 240
    assert at(kept, 0.5, 0.5)[3] == 0


def test_a_page_in_millimetres_without_a_view_box_is_as_large_as_it_says() -> None:
    drawing = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="25.4mm" height="1in"><rect width="96" height="96" {}/></svg>'
    )
    kept = read_drawing(drawing.format('opacity=".5"').encode())
    assert (kept.width, kept.height) == (5000, 5000)
    assert at(kept, 0.99, 0.99)[3] == 128


def test_the_colours_of_a_picture_within_are_kept() -> None:
    kept = read_drawing(svg(SHADED["a drawing with a photo in it"]))
    assert at(kept, 0.5, 0.1)[:3] == pytest.approx((220, 30, 30), abs=2)
    assert at(kept, 0.5, 0.9)[:3] == pytest.approx((20, 40, 200), abs=2)
