"""Letters of an uploaded drawing become outlines, set as browsers set them, or their customer is told why not."""

from pathlib import Path

import pytest

from configurator.artwork.fonts import FontBook
from configurator.artwork.shapes import Drawing, read_shape
from configurator.geometry import Box, control_box
from configurator.uploads.decoding import decoded
from configurator.uploads.drawings import read_drawing
from configurator.uploads.made import Made
from configurator.uploads.refusing import Unusable
from tests.artwork.workbench import FONTS, book
from tests.uploads.files import SHADED, svg

FRAME = '<path d="M0 0h40v.001h-40zM0 29.999h40v.001h-40z" fill="#0f0"/>'
"""Keeps a drawing at 25 units of what is kept to one of its own."""


def taken(inside: str) -> Made:
    return read_drawing(svg(FRAME + inside), book())


def drawn(inside: str) -> Drawing:
    return read_shape(taken(inside).asset.decode())


def box(inside: str) -> Box:
    """Of all letters, in the drawing's own units."""
    found = control_box([part.data for part in drawn(inside).parts[1:]])
    assert found
    return Box(*(side / 25 for side in (found.left, found.top, found.right, found.bottom)))


def test_a_line_is_anchored_where_it_says_and_as_high_as_its_face_is() -> None:
    plain = '<text x="20" y="20" font-family="Archivo" font-weight="700" font-size="5" {}>HOH</text>'
    start, middle, end = (box(plain.format(f'text-anchor="{anchor}"')) for anchor in ("start", "middle", "end"))
    assert start.left == pytest.approx(20.3, abs=0.2) and end.right == pytest.approx(19.7, abs=0.2)
    assert (middle.left + middle.right) / 2 == pytest.approx(20, abs=0.05)
    assert start.bottom == pytest.approx(20, abs=0.1)
    assert start.height == pytest.approx(5 * book().face("archivo").cap_height, abs=0.2)


def test_weight_is_as_the_drawing_says_not_as_the_shop_has_it() -> None:
    line = '<text x="1" y="20" font-family="Rubik" font-size="10" {}>lll</text>'
    light, heavy = (box(line.format(f'font-weight="{weight}"')) for weight in (300, 900))
    assert heavy.width > 1.2 * light.width
    assert box(line.format("").replace("Rubik", "Rubik-Black")).width == heavy.width
    assert taken(line.format("")).doubt == ""


def test_letters_are_painted_as_their_text_their_part_or_what_holds_them_says() -> None:
    inside = (
        '<g fill="#123456"><text y="10" font-family="Lobster">a<tspan fill="#aa0000">b</tspan>'
        '<tspan style="fill:none;stroke:#00bb00">c</tspan></text></g>'
    )
    paints = [(part.fill, part.stroke) for part in drawn(inside).parts[1:]]
    assert sorted(paints, key=str) == [("#123456", None), ("#aa0000", None), (None, "#00bb00")]


def test_a_line_round_letters_that_lies_under_them_is_drawn_first() -> None:
    text = '<text y="20" font-family="Lobster" font-size="9" fill="#fff" stroke="#000" {}>Ab</text>'
    assert [part.fill for part in drawn(text.format("")).parts[1:]] == ["#ffffff"]
    under = drawn(text.format('paint-order="stroke"')).parts[1:]
    assert [(part.fill, part.stroke) for part in under] == [(None, "#000000"), ("#ffffff", None)]


def test_letters_with_holes_keep_them_where_the_drawing_fills_by_other_rules() -> None:
    text = '<g fill-rule="evenodd"><text y="20" font-family="Archivo" font-size="9">8</text></g>'
    assert drawn(text).parts[1].data == drawn(text.replace("evenodd", "nonzero")).parts[1].data


def test_letters_clip_a_picture_of_what_lies_behind_them() -> None:
    inside = (
        '<clipPath id="c"><text y="25" font-family="Archivo" font-size="30">O<tspan dx="1">K</tspan></text></clipPath>'
    )
    both = drawn(f'{inside}<rect width="40" height="30" fill="#00f" clip-path="url(#c)"/>').parts[1]
    around = control_box([both.data])
    assert both.fill == "#0000ff" and around and around.width < 40 * 25 and around.height < 25 * 25


def test_letters_with_a_gradient_are_a_picture_of_them() -> None:
    gradient = SHADED["a drawing with a gradient"].partition("<rect")[0]
    kept = taken(f'{gradient}<text y="20" font-family="Lobster" font-size="20" fill="url(#g)">Ab</text>')
    assert (kept.kind, kept.doubt) == ("raster", "") and "shading" in kept.note


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('<text y="20" font-family="Montserrat, sans-serif">A</text>', "set in Noto Sans: Montserrat is not here."),
        ('<text y="20">A</text>', "set in Noto Sans: it names no font."),
        ('<text y="20" font-family="Rubik" font-style="italic">A</text>', "set in Rubik: Rubik is here upright only."),
        (
            '<text y="20" font-family="Lobster" font-weight="900">A</text>',
            "set in Lobster: Lobster is not here in that",
        ),
        ('<text y="20" font-family="Archivo">Aب</text>', "set in Arabic: Archivo lacks some."),
    ],
)
def test_a_font_that_stands_in_for_another_is_told(text: str, why: str) -> None:
    try:
        kept = taken(text)
    except Unusable as refused:
        pytest.fail(refused.sentence)
    assert why in kept.doubt and kept.doubt.endswith(
        "If they should look otherwise, convert them to paths (outlines) and send it again."
    )


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('<path id="p" d="M0 9H40"/><text><textPath href="#p">A</textPath></text>', "run along a line"),
        ('<text writing-mode="vertical-rl">A</text>', "are written from top to bottom"),
        ('<text text-decoration="underline">A</text>', "are underlined or struck through"),
        ('<text font-variant="small-caps">A</text>', "are small capitals or other variants"),
        ('<text textLength="30">A</text>', "are spread over a length"),
        ('<text rotate="0 10">AB</text>', "are turned one by one"),
        ('<text x="1 9">بم</text>', "hang together and are placed one by one"),
        ("<text>A שלום<tspan fill='#f00'>!</tspan></text>", "run from right to left in several parts"),
        ("<text>שלום abc</text>", "run in two directions"),
        ("<text>\U00013000</text>", "have “\U00013000”, which no font here has"),
        ("<text>😀</text>", "have “😀”, which no font here has"),
    ],
)
def test_letters_that_cannot_be_set_as_they_were_drawn_are_refused_with_the_reason(text: str, why: str) -> None:
    with pytest.raises(Unusable) as refused:
        taken(text)
    assert why in refused.value.sentence
    assert refused.value.sentence.endswith("Convert its letters to paths (outlines) and send it again.")


def test_text_that_is_empty_or_not_shown_is_not_there() -> None:
    assert (
        len(
            drawn('<text/><text> </text><g display="none"><text>😀</text></g><text style="display:none">A</text>').parts
        )
        == 1
    )


def test_the_process_that_reads_has_the_shops_fonts_open(tmp_path: Path) -> None:
    logo = tmp_path / "logo.svg"
    logo.write_bytes(svg('<text y="9" font-family="Lobster">Lot One</text>'))
    with logo.open("rb") as file:
        kept = decoded(file, book())
    assert (kept.kind, kept.doubt) == ("drawing", "")
    assert kept == read_drawing(logo.read_bytes(), FontBook(FONTS))
