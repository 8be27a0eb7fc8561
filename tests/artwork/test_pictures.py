"""Customers' pictures: laid out once, checked while editing, and the same in every output."""

import base64
import io
from dataclasses import replace

import numpy as np
import pikepdf
import pypdfium2
import pytest
import typst
from PIL import Image as Pillow

from configurator.artwork.dxf_areas import Areas
from configurator.artwork.elements import Image
from configurator.artwork.freezing import freeze, thaw
from configurator.artwork.imaging import CLOSE, Piece, pieces
from configurator.artwork.layout import lay_out
from configurator.artwork.mockup import mockup
from configurator.artwork.outlines import Points, sent
from configurator.artwork.pdf import Placement, SheetPage, proof_pdf, sheet_pdf
from configurator.artwork.pictures import Picture, embedded
from configurator.artwork.projecting import projection
from configurator.artwork.scene import Finding, Path, Scene
from configurator.artwork.scene import Image as Node
from configurator.artwork.svg import flat_svg
from configurator.artwork.tracing import UNITS
from configurator.blanks.blank import Area
from configurator.blanks.methods import InkSpec, Method
from tests.artwork.workbench import CYLINDER, FLAT, INKS, PLAIN, PRINT, QUAD, SHOP, area, blank, book, sun, text
from tests.uploads.files import halves, saved

PHOTO, MARK = "a" * 64, "b" * 64
LASER = Method("laser", "Laser engraving", INKS[3:], 3, 0.2, "laser")
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1000 500"><path fill="#ee5a3b" d="M0 0H1000V500H0Z"/>'
    '<path fill="none" stroke="#0000ff" stroke-width="5" d="M0 0L1000 500"/></svg>'
)
PICTURES = {PHOTO: Picture(PHOTO, 1200, 900), MARK: Picture(MARK, 1000, 500, SVG)}


class Kept:
    """A photo, red above and blue below; its right half may be see-through."""

    def __init__(self, *, clear: bool = False) -> None:
        image = halves(1200, 900, "RGBA" if clear else "RGB")
        if clear:
            image.paste((0, 0, 0, 0), (600, 0, 1200, 900))
        self.content = saved(image, "PNG") if clear else saved(image, "JPEG", quality=94, subsampling=0)

    def whole(self, asset: str) -> bytes:
        assert asset == PHOTO
        return self.content

    small = proofed = whole


def photo(**parts: object) -> Image:
    usual: dict[str, object] = {"area": "wrap", "asset": PHOTO, "width_mm": 60.0, "x_mm": 100.0, "y_mm": 42.0}
    return Image(**{**usual, **parts})  # type: ignore[arg-type]  # parts are the picture's own fields


def laid(element: Image, on: Area | None = None, method: Method = PRINT) -> Scene:
    shop = replace(SHOP, methods={"print": method})
    return lay_out((element,), blank(*([on] if on else [])), PLAIN, shop, book(), PICTURES)[0]


def node() -> Node:
    """The photo as a drawing meets it."""
    return next(each for each in laid(photo()).nodes if isinstance(each, Node))


def found(element: Image, **how: object) -> tuple[Finding, ...]:
    return laid(element, **how).findings  # type: ignore[arg-type]  # area or method


def fixed(element: Image, finding: Finding) -> Image:
    """The element after the first button of a finding."""
    _, name, value = finding.fixes[0]
    part = {"width-1": "width_mm", "x-1": "x_mm", "y-1": "y_mm"}[name]
    return replace(element, **{part: float(value)})


def test_a_picture_keeps_its_shape_unless_a_height_is_asked_for() -> None:
    assert laid(photo()).boxes[1].height == pytest.approx(45)
    assert laid(photo(height_mm=20.0)).boxes[1].height == pytest.approx(20)


def test_a_turned_and_mirrored_picture_stands_where_its_corners_say() -> None:
    (node,) = laid(photo(turn=90.0, mirrored=True)).nodes
    assert isinstance(node, Node) and node.pixels == (1200, 900)
    assert node.matrix.at(0.5, 0.5) == pytest.approx((100, 42))
    assert node.matrix.at(0, 0) == pytest.approx((122.5, 72))
    assert node.matrix.at(1, 0) == pytest.approx((122.5, 12))
    frame = laid(photo(turn=90.0)).frames[1]
    assert (frame.box.width, frame.box.height, frame.turn) == (60, 45, 90)


def test_a_sharp_picture_in_its_place_is_nothing_to_speak_of() -> None:
    assert found(photo(width_mm=100.0)) == ()


def test_a_coarse_picture_is_told_with_the_size_at_which_it_is_sharp() -> None:
    coarse = photo(width_mm=105.0, y_mm=42.5)
    (finding,) = found(coarse)
    assert finding.level == "warning"
    assert finding.sentence == "The picture has 290 dots an inch at this size; it is sharp from 300."
    assert finding.fixes == (("Make it 101.6 mm wide", "width-1", "101.6"),)
    assert found(fixed(coarse, finding)) == ()
    assert found(coarse, method=replace(PRINT, least_dpi=200)) == ()


def test_a_picture_of_bare_pixels_is_not_printed() -> None:
    tall = area(size_mm=(600.0, 600.0), surface=FLAT)
    coarse = photo(width_mm=400.0, x_mm=300.0, y_mm=300.0)
    (finding,) = found(coarse, on=tall)
    assert (finding.level, finding.sentence) == (
        "error",
        "The picture has only 76 dots an inch at this size, and 100 at least are needed.",
    )
    assert found(fixed(coarse, finding), on=tall) == ()


@pytest.mark.parametrize("turn", [0.0, 3.0, 180.0])
def test_a_picture_that_nearly_fills_the_area_is_made_to_reach_over_its_edge(turn: float) -> None:
    card = area(size_mm=(40.0, 30.0), surface=FLAT)
    near = photo(width_mm=41.0, x_mm=20.0, y_mm=15.2, turn=turn)
    (finding,) = found(near, on=card)
    assert finding.level == "warning"
    assert "does not reach 2 mm over every edge: a white line may stay." in finding.sentence
    assert found(fixed(near, finding), on=card) == ()


def test_a_picture_keeps_the_safe_zone_or_runs_out_past_the_bleed() -> None:
    near = photo(x_mm=31.0)
    (finding,) = found(near)
    assert (finding.level, finding.sentence) == ("warning", "The picture is 1 mm from the edge. Keep 3 mm free.")
    assert found(fixed(near, finding)) == ()
    assert found(photo(x_mm=10.0)) == ()


def test_letters_on_a_picture_are_not_measured_against_what_is_under_it() -> None:
    white = InkSpec("white", "White", "#ffffff", (0, 0, 0, 0))
    shop = replace(SHOP, methods={"print": replace(PRINT, inks=(*INKS, white))})
    cup = blank(area(ground="#ffffff"))
    words = text("Marit", ink="white", y_mm=42.0)
    (alone,) = lay_out((words,), cup, PLAIN, shop, book(), PICTURES)[0].findings
    assert alone.sentence.startswith("“Marit” cannot be seen")
    assert lay_out((photo(), words), cup, PLAIN, shop, book(), PICTURES)[0].findings == ()


def test_parts_of_a_shape_on_a_picture_are_not_either() -> None:
    white = InkSpec("white", "White", "#ffffff", (0, 0, 0, 0))
    shop = replace(SHOP, methods={"print": replace(PRINT, inks=(*INKS, white))})
    cup, half = blank(area(ground="#ffffff")), sun(inks=("coral", "white"), width_mm=10.0, y_mm=42.0)
    (alone,) = lay_out((half,), cup, PLAIN, shop, book(), PICTURES)[0].findings
    assert alone.sentence.startswith("Part of “sun”")
    assert lay_out((photo(), half), cup, PLAIN, shop, book(), PICTURES)[0].findings == ()


def test_a_laser_engraves_a_drawing_and_says_that_it_cannot_make_a_photo() -> None:
    (finding,) = found(photo(), method=LASER)
    assert (finding.level, finding.fixes) == ("error", (("Remove it", "remove", "1"),))
    assert "cannot make photos or shading. Send a drawing (SVG) of plain shapes in flat colours" in finding.sentence
    drawing = laid(photo(asset=MARK), method=LASER)
    assert {path.fill.key for path in drawing.nodes if isinstance(path, Path) and path.fill} == {"burn"}
    assert [finding.level for finding in drawing.findings] == ["warning"]
    assert Areas().engraved(drawing)


def test_a_drawing_is_printed_as_paths_in_its_own_colours_however_large() -> None:
    scene = laid(photo(asset=MARK, width_mm=180.0))
    assert [path.fill.rgb for path in scene.nodes if isinstance(path, Path) and path.fill] == ["#ee5a3b"]
    assert scene.boxes[1].height == pytest.approx(90)
    assert "dots" not in str(scene.findings)


def test_fine_lines_of_a_drawing_are_told() -> None:
    (finding,) = found(photo(asset=MARK, width_mm=20.0))
    assert finding.sentence.startswith("The finest line of The picture is 0.10 mm.")


def test_a_picture_that_is_not_kept_any_more_cannot_be_ordered() -> None:
    (finding,) = found(photo(asset="c" * 64))
    assert (finding.level, finding.sentence) == (
        "error",
        "This picture is not kept here any more. Send it again, or remove it.",
    )


def test_a_frozen_picture_comes_back_by_its_name() -> None:
    scene = laid(photo(turn=12.0, mirrored=True))
    assert thaw(freeze([scene])) == (scene,)
    assert PHOTO.encode() not in freeze([scene])  # packed
    assert len(freeze([scene])) < 1_000


def test_people_who_listen_hear_of_the_picture() -> None:
    assert "your picture, mirrored, 60 by 45 mm, 70 mm from the left" in laid(photo(mirrored=True)).says


def samples(piece: Piece) -> Points:
    box = piece.box
    return np.array([(x, y) for x in np.linspace(box.left, box.right, 5) for y in np.linspace(box.top, box.bottom, 3)])


@pytest.mark.parametrize(
    ("surface", "several"), [(CYLINDER, True), (QUAD, True), (FLAT, False)], ids=["cylinder", "quad", "flat"]
)
@pytest.mark.parametrize("turn", [0.0, 25.0])
def test_every_piece_of_a_picture_lies_where_the_surface_is(surface: object, several: bool, turn: float) -> None:
    on = area(surface=surface)
    seen = projection(on)
    (node,) = laid(photo(width_mm=90.0, turn=turn), on).nodes
    assert isinstance(node, Node)
    found = pieces(node, seen)
    assert (len(found) > 1) == several
    for piece in found:
        off = np.abs(sent(samples(piece), piece.by) / UNITS - seen.shown(samples(piece))).max()
        assert off < 3 * CLOSE


def test_what_is_behind_a_mug_is_not_drawn_and_what_turns_away_is_cut_off() -> None:
    seen = projection(area())
    (behind,) = laid(photo(x_mm=10.0, width_mm=10.0)).nodes
    (beside,) = laid(photo(x_mm=40.0)).nodes
    assert isinstance(behind, Node) and isinstance(beside, Node)
    assert pieces(behind, seen) == ()
    assert min(piece.box.left for piece in pieces(beside, seen)) > 30


def test_a_picture_is_named_once_in_a_drawing_however_many_pieces_it_has() -> None:
    svg = mockup(blank(), PLAIN, [laid(photo())], id_prefix="p")
    assert svg.count(f"/uploads/{PHOTO}-proof") == 1 and svg.count("<use") > 5
    assert "data:" not in svg
    alone = mockup(blank(), PLAIN, [laid(photo())], id_prefix="p", href=embedded(Kept()))
    assert "/uploads/" not in alone
    assert base64.b64decode(alone.partition("base64,")[2].partition('"')[0]) == Kept().content


def images(file: bytes) -> list[tuple[int, int, str]]:
    pdf = pikepdf.open(io.BytesIO(file))
    found = [each for each in pdf.objects if isinstance(each, pikepdf.Stream) and each.get("/Subtype") == "/Image"]
    return [(int(each.Width), int(each.Height), str(each.ColorSpace)) for each in found]


def test_print_files_hold_a_picture_in_full_in_cmyk_and_nothing_in_rgb() -> None:
    file = proof_pdf([laid(photo())], title="proof", pixels=Kept())
    assert images(file) == [(1200, 900, "/DeviceCMYK")]
    assert b"DeviceRGB" not in file


@pytest.mark.parametrize("clear", [False, True])
def test_a_printed_picture_has_its_colours_stands_upright_and_lets_through_what_is_clear(clear: bool) -> None:
    file = proof_pdf([laid(photo())], title="proof", pixels=Kept(clear=clear))
    page = pypdfium2.PdfDocument(file)[0].render(scale=4 * 25.4 / 72).to_numpy()[:, :, :3][:, :, ::-1].astype(int)
    left, right = ((2 + 75) * 4), ((2 + 125) * 4)
    above, below = ((2 + 25) * 4), ((2 + 60) * 4)
    assert page[above, left][0] - page[above, left][2] > 120
    assert page[below, left][2] - page[below, left][0] > 60
    assert (page[above, right].min() == 255) == clear
    assert page[8, 8] == pytest.approx((255, 255, 255))


def test_the_flat_preview_and_the_print_file_show_the_picture_in_the_same_place() -> None:
    scene = laid(photo(turn=20.0), area(bleed_mm=0.0))
    page = f"#set page(width: {scene.width_mm}mm, height: {scene.height_mm}mm, margin: 0mm)\n"
    picture = page + '#image(bytes(sys.inputs.svg), format: "svg", width: 100%, height: 100%)'
    svg = flat_svg(scene, id_prefix="p", guides=False, href=embedded(Kept()))
    shown = typst.compile(picture.encode(), sys_inputs={"svg": svg})
    one, other = (
        pypdfium2.PdfDocument(file)[0].render(scale=8 * 25.4 / 72).to_numpy()[:, :, :3].min(axis=2) < 128
        for file in (shown, proof_pdf([scene], title="proof", pixels=Kept()))
    )
    one = one[: len(other), : other.shape[1]]
    assert (one & other).sum() / (one | other).sum() > 0.995


def test_a_series_shares_one_picture_and_the_sheet_is_the_same_every_time() -> None:
    scene = laid(photo())
    places = tuple(Placement(scene, 10, 10 + 100 * number) for number in range(3))
    page = SheetPage(number=1, width_mm=230, height_mm=320, mirror=True, title="B-1", placements=places)
    first = sheet_pdf(page, Kept())
    assert len(images(first)) == 1
    assert first == sheet_pdf(page, Kept())
    assert first == sheet_pdf(replace(page, placements=tuple(places)), Kept())


def test_a_contour_goes_round_a_picture() -> None:
    ring = area(cut="contour", size_mm=(60.0, 60.0), surface=FLAT)
    scene = laid(photo(width_mm=20.0, x_mm=30.0, y_mm=30.0), ring)
    xs = [number for _, numbers in scene.cut[0] for number in numbers[-2::2]]
    assert min(xs) == pytest.approx(17, abs=0.3) and max(xs) == pytest.approx(43, abs=0.3)


def test_the_small_copy_says_what_it_is() -> None:
    assert embedded(Kept())(node()).startswith("data:image/jpeg;base64,")
    assert embedded(Kept(clear=True))(node()).startswith("data:image/png;base64,")
    assert Pillow.open(io.BytesIO(Kept().content)).size == (1200, 900)
