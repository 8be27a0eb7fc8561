import io
import subprocess
import sys
from collections.abc import Iterator

import numpy as np
import pikepdf
import pypdfium2
import pytest
import zxingcpp

from configurator.artwork.pdf import Placement, SheetPage, proof_pdf, sheet_pdf
from configurator.artwork.scene import Ink, Path, Scene
from tests.artwork.scenes import CORAL, GOLD, filled, name_scene, rectangle, scene

PX = 10
"""Pixels to a millimetre."""


def sheet(*placements: Placement, size: tuple[float, float] = (210, 148), **parts: object) -> SheetPage:
    given = {"mirror": False, "title": "B-224 · sheet 1 of 1", "code": "B-224/1", **parts}
    return SheetPage(number=1, width_mm=size[0], height_mm=size[1], placements=placements, **given)  # type: ignore[arg-type] # the sheet's own fields


def raster(file: bytes, page: int = 0) -> np.ndarray:
    return pypdfium2.PdfDocument(file)[page].render(scale=PX * 25.4 / 72).to_numpy()[:, :, :3][:, :, ::-1].astype(int)


def coral(picture: np.ndarray) -> np.ndarray:
    return (picture[:, :, 0] - picture[:, :, 2] > 90) & (picture[:, :, 0] > 150)


def extent(mask: np.ndarray) -> tuple[float, float, float, float]:
    """Left, top, right, bottom of the ink in mm."""
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    return columns[0] / PX, rows[0] / PX, (columns[-1] + 1) / PX, (rows[-1] + 1) / PX


def box_mm(box: pikepdf.Array) -> list[float]:
    return [round(float(side) * 25.4 / 72, 3) for side in box]


def streams(file: bytes) -> Iterator[pikepdf.Object]:
    """Every content stream: pages and forms."""
    pdf = pikepdf.open(io.BytesIO(file))
    yield from (page.Contents for page in pdf.pages)
    yield from (each for each in pdf.objects if isinstance(each, pikepdf.Stream) and each.get("/Subtype") == "/Form")


def operators(file: bytes) -> set[str]:
    return {str(step.operator) for stream in streams(file) for step in pikepdf.parse_content_stream(stream)}


BAR = scene(filled(rectangle(8, 26, 30, 30)))


def test_a_sheet_measures_what_the_press_expects() -> None:
    with pikepdf.open(io.BytesIO(sheet_pdf(sheet(Placement(BAR, 20, 30), size=(420, 594))))) as pdf:
        page = pdf.pages[0]
        assert [box_mm(box) for box in (page.MediaBox, page.BleedBox, page.TrimBox)] == [[0, 0, 420, 594]] * 3


@pytest.mark.parametrize(
    ("degrees", "mirror", "expected"),
    [
        (0, False, (28, 56, 50, 60)),
        (0, True, (70, 56, 92, 60)),
        (90, False, (30, 38, 34, 60)),
        (90, True, (30, 80, 34, 102)),
        (180, False, (70, 40, 92, 44)),
    ],
)
def test_ink_lies_where_the_sheet_says(degrees: float, mirror: bool, expected: tuple[float, ...]) -> None:
    file = sheet_pdf(sheet(Placement(BAR, 20, 30, degrees=degrees), mirror=mirror))
    assert extent(coral(raster(file))) == pytest.approx(expected, abs=0.15)


def test_a_mirrored_sheet_holds_every_artwork_as_in_a_mirror_in_its_own_place() -> None:
    names = [Placement(name_scene(name), left, 20) for name, left in (("Zoë", 14), ("Marit", 110))]
    plain = raster(sheet_pdf(sheet(*names)))
    mirrored = raster(sheet_pdf(sheet(*names, mirror=True)))
    for placement in names:
        left, top = int(placement.left_mm * PX), int(placement.top_mm * PX)
        there = np.s_[top : top + 40 * PX, left : left + 80 * PX]
        one, other = coral(plain[there]), coral(mirrored[there][:, ::-1])
        assert (one & other).sum() / (one | other).sum() > 0.98
        assert (coral(plain[there]) & coral(mirrored[there])).sum() < 0.9 * one.sum()


def test_labels_and_the_code_of_a_sheet_stay_readable_when_the_artwork_is_mirrored() -> None:
    plain, mirrored = (
        raster(sheet_pdf(sheet(Placement(name_scene(), 20, 30, label="A1 7K4-PM2-01"), mirror=mirror)))
        for mirror in (False, True)
    )
    assert [code.text for code in zxingcpp.read_barcodes(mirrored.astype(np.uint8))] == ["B-224/1"]
    below = np.s_[int(72.1 * PX) :]
    assert (plain[below] == mirrored[below]).all()


def test_no_font_and_no_live_text_is_left_in_a_sheet() -> None:
    file = sheet_pdf(sheet(Placement(name_scene("Zoë & Łukasz"), 20, 30, label="A1 7K4-PM2-01")))
    pdf = pikepdf.open(io.BytesIO(file))
    dictionaries = [each for each in pdf.objects if isinstance(each, pikepdf.Dictionary | pikepdf.Stream)]
    assert not any("/Font" in each or each.get("/Type") == "/Font" for each in dictionaries)
    assert operators(file).isdisjoint({"BT", "Tj", "TJ", "Tf"})
    assert pypdfium2.PdfDocument(file)[0].get_textpage().count_chars() == 0


def test_everything_is_process_colour_or_a_separation_never_rgb() -> None:
    file = sheet_pdf(sheet(Placement(name_scene(ink=GOLD), 20, 30, label="A1")))
    assert operators(file).isdisjoint({"rg", "RG", "g", "G", "sh"})


def separations(file: bytes) -> dict[str, list[float]]:
    pdf = pikepdf.open(io.BytesIO(file))
    spaces = [each for each in pdf.objects if isinstance(each, pikepdf.Array) and each and each[0] == "/Separation"]
    assert all(space[2] == "/DeviceCMYK" for space in spaces)
    return {str(space[1])[1:]: [round(float(part), 3) for part in space[3].C1] for space in spaces}


def test_spot_colours_carry_the_exact_name_the_machine_looks_for() -> None:
    cut = Ink("cut", "#ff0000", (0, 1, 1, 0), spot="ThruCut")
    with_cut = name_scene(ink=GOLD, cut=(rectangle(0, 0, 80, 40),))
    assert separations(sheet_pdf(sheet(Placement(with_cut, 20, 30)))) == {
        "Foil Gold": [0.1, 0.3, 0.9, 0.1],
        "CutContour": [0, 1, 0, 0],
        "All": [1, 1, 1, 1],
    }
    assert "ThruCut" in separations(sheet_pdf(sheet(Placement(with_cut, 20, 30), cut=cut)))


def test_cut_lines_are_closed_strokes_that_overprint_on_a_layer_of_their_own() -> None:
    file = sheet_pdf(sheet(Placement(scene(cut=(rectangle(0, 0, 80, 40),)), 20, 30)))
    pdf = pikepdf.open(io.BytesIO(file))
    page = pdf.pages[0]
    steps = [(str(step.operator), [str(o) for o in step.operands]) for step in pikepdf.parse_content_stream(page)]
    start = next(at for at, (name, operands) in enumerate(steps) if name == "BDC" and operands[1] == "/L1")
    names = [name for name, _ in steps[start : next(at for at in range(start, len(steps)) if steps[at][0] == "EMC")]]
    assert names[-6:] == ["l", "l", "h", "S", "Q", "Q"]
    assert {"gs", "CS", "SCN"} <= set(names)
    assert {"f", "B", "Do"}.isdisjoint(names)
    state = page.Resources.ExtGState.OP
    assert (state.OP, state.op, state.OPM) == (True, True, 1)
    assert str(page.Resources.Properties.L1.Name) == "Cut"


def test_a_sheet_without_cut_lines_names_no_cut_colour() -> None:
    assert "CutContour" not in separations(sheet_pdf(sheet(Placement(BAR, 20, 30))))


def test_artwork_ends_at_its_bleed_and_guides_are_not_printed() -> None:
    guide = Path(rectangle(10, 10, 20, 20), CORAL, None, 0, "guide", 1)
    wild = scene(filled(rectangle(-50, -50, 200, 20)), guide)
    assert extent(coral(raster(sheet_pdf(sheet(Placement(wild, 60, 40)))))) == pytest.approx(
        (58, 38, 142, 60), abs=0.15
    )
    assert not coral(raster(sheet_pdf(sheet(Placement(scene(guide), 60, 40))))).any()


def test_a_letter_is_stored_once_and_a_series_shares_one_artwork() -> None:
    one, many = name_scene("Anna"), 15
    with pikepdf.open(io.BytesIO(proof_pdf([one], title=""))) as proof:
        forms = [each for each in proof.objects if isinstance(each, pikepdf.Stream) and "/BBox" in each]
        assert len(forms) == 4  # A, n, a and the artwork: the second n is the first one again
    placements = [Placement(one, 12 + (i % 3) * 90, 12 + (i // 3) * 48) for i in range(many)]
    single, series = sheet_pdf(sheet(placements[0], size=(300, 300))), sheet_pdf(sheet(*placements, size=(300, 300)))
    assert len(series) - len(single) < 120 * many


def test_labels_and_marks_keep_off_the_artwork() -> None:
    solid = scene(filled(rectangle(-2, -2, 42, 32)), size=(40, 30))
    placements = [
        Placement(solid, 12 + (i % 4) * 48, 12 + (i // 4) * 38, label=f"{'AB'[i // 4]}{i % 4 + 1} 7K4-PM2-0{i}")
        for i in range(8)
    ]
    picture = raster(sheet_pdf(sheet(*placements, size=(210, 100))))
    for placement in placements:
        box = placement.bleed_box.grown(-0.2)
        inside = picture[int(box.top * PX) : int(box.bottom * PX), int(box.left * PX) : int(box.right * PX)]
        assert coral(inside).all()
        under = picture[int((placement.bleed_box.bottom + 0.3) * PX) : int((placement.bleed_box.bottom + 2.3) * PX)]
        label = under[:, int(placement.left_mm * PX) : int((placement.left_mm + 20) * PX)]
        assert (label.sum(axis=2) < 300).any(), f"no label under {placement.label}"


def test_a_sheet_that_is_all_artwork_is_left_without_marks() -> None:
    whole = scene(filled(rectangle(-2, -2, 82, 42)))
    file = sheet_pdf(sheet(Placement(whole, 2, 2, label="A1"), size=(84, 44)))
    assert coral(raster(file))[2:-2, 2:-2].all()
    assert "All" not in separations(file)


@pytest.mark.parametrize(
    ("left", "top", "size"), [(2, 2, (84, 56)), (2, 14, (84, 56)), (2, 2, (98, 44)), (14, 2, (98, 44))]
)
def test_the_sheets_name_goes_into_whichever_margin_has_room(
    left: float, top: float, size: tuple[float, float]
) -> None:
    whole = scene(filled(rectangle(-2, -2, 82, 42)))
    picture = raster(sheet_pdf(sheet(Placement(whole, left, top), size=size, title="B")))
    assert [code.text for code in zxingcpp.read_barcodes(picture.astype(np.uint8))] == ["B-224/1"]
    box = Placement(whole, left, top).bleed_box.grown(-0.2)
    inside = picture[int(box.top * PX) : int(box.bottom * PX), int(box.left * PX) : int(box.right * PX)]
    assert coral(inside).all()


def test_the_marks_of_a_laser_sheet_are_in_a_colour_the_machine_can_leave_out() -> None:
    file = sheet_pdf(sheet(Placement(BAR, 20, 30, label="A1"), output="laser"))
    assert "Info" in separations(file)
    assert "All" not in separations(file)


def test_the_scale_on_a_sheet_is_fifty_millimetres_long() -> None:
    picture = raster(sheet_pdf(sheet(Placement(BAR, 20, 30), code="", title="B")))
    foot = picture[-80:, int(14 * PX) : int(180 * PX)].sum(axis=2) < 400
    longest = max(len(run) for row in foot for run in "".join("#" if dark else " " for dark in row).split())
    assert longest / PX == pytest.approx(50, abs=0.3)


def test_a_proof_has_one_page_an_area_with_its_bleed_around_its_trim() -> None:
    back = scene(filled(rectangle(-2, -2, 52, 32)), size=(50, 30), area="back")
    file = proof_pdf([name_scene(), back], title="7K4-PM2-01")
    pdf = pikepdf.open(io.BytesIO(file))
    pages = pdf.pages
    assert [box_mm(page.MediaBox) for page in pages] == [[0, 0, 84, 44], [0, 0, 54, 34]]
    assert [box_mm(page.BleedBox) for page in pages] == [[0, 0, 84, 44], [0, 0, 54, 34]]
    assert [box_mm(page.TrimBox) for page in pages] == [[2, 2, 82, 42], [2, 2, 52, 32]]
    assert coral(raster(file, 1))[1:-1, 1:-1].all()
    assert extent(coral(raster(file)))[0] == pytest.approx(10, abs=0.2)


def full_page() -> SheetPage:
    scenes: list[Scene] = [name_scene("Marit"), name_scene("Zoë", GOLD, cut=(rectangle(0, 0, 80, 40),))]
    placements = [Placement(scenes[i % 2], 14 + (i % 2) * 90, 14 + (i // 2) * 48, label=f"A{i}") for i in range(4)]
    return sheet(*placements, mirror=True)


@pytest.mark.slow
def test_the_same_sheet_is_the_same_bytes_in_every_process() -> None:
    program = (
        "import hashlib; from tests.artwork.test_pdf import *; "
        "print(hashlib.sha256(sheet_pdf(full_page())).hexdigest())"
    )
    prints = {
        subprocess.run(
            [sys.executable, "-c", program], env={"PYTHONHASHSEED": seed}, check=True, capture_output=True, text=True
        ).stdout
        for seed in ("1", "2")
    }
    assert len(prints) == 1
    assert sheet_pdf(full_page()) == sheet_pdf(full_page())
