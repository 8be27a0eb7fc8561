"""What a print file is made for: output intent, ink limit, machine names of separations, white under the artwork."""

import io
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from PIL import Image, ImageCms

from configurator.artwork.condition import Condition, free_condition, total_ink
from configurator.artwork.pdf import Placement, SheetPage, proof_pdf, sheet_pdf
from configurator.artwork.scene import Ink
from tests.artwork.golden import scenes_of, shop
from tests.artwork.scenes import CORAL, GOLD, filled, name_scene, rectangle, scene

RICH = Ink("rich", "#000000", (1, 1, 1, 1))


def condition(**parts: object) -> Condition:
    return replace(free_condition(), **parts)  # type: ignore[arg-type] # parts are the condition's own fields


def opened(file: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(file))


def test_a_print_file_is_structured_as_pdf_x_4() -> None:
    with opened(proof_pdf([name_scene()], title="B-1 & co", condition=free_condition())) as pdf:
        intent = pdf.Root.OutputIntents[0]
        assert (str(intent.S), str(intent.OutputConditionIdentifier)) == ("/GTS_PDFX", free_condition().name)
        assert intent.DestOutputProfile.read_bytes() == free_condition().profile
        assert int(intent.DestOutputProfile.N) == 4
        xmp = pdf.Root.Metadata.read_bytes().decode()
        assert b"Filter" not in pdf.Root.Metadata.unparse()
        for word in (
            "<pdfxid:GTS_PDFXVersion>PDF/X-4<",
            "<pdf:Trapped>False<",
            "B-1 &amp; co",
            "<xmpMM:DocumentID>uuid:",
        ):
            assert word in xmp
        assert pdf.pdf_version == "1.6"
        assert len(pdf.trailer.ID) == 2
        assert str(pdf.docinfo.Trapped) == "/False"
        for page in pdf.pages:
            media, bleed, trim = ([float(side) for side in page[box]] for box in ("/MediaBox", "/BleedBox", "/TrimBox"))
            assert media[0] <= bleed[0] < trim[0] < trim[2] < bleed[2] <= media[2]
            assert page.get("/ArtBox") is None


def test_there_is_no_rgb_no_font_and_no_encryption_in_any_golden_print_file() -> None:
    for key in shop()[0].blanks:
        blank = shop()[0].blank(key)
        drawn = scenes_of(key, (("template", blank.templates[0].key),))
        with opened(proof_pdf(drawn, title=key, condition=free_condition())) as pdf:
            assert not pdf.is_encrypted
            for each in pdf.objects:
                text = each.unparse()
                assert b"DeviceRGB" not in text
                assert b"/Font" not in text
                if isinstance(each, pikepdf.Stream) and each.get("/Subtype") == "/Form":
                    assert not re.search(rb"\b(rg|RG)\b", each.read_bytes())


def test_ink_is_kept_under_the_limit_and_black_stays_black() -> None:
    limited = condition(total_ink=2.4).limited((1.0, 1.0, 1.0, 1.0))
    assert sum(limited) == pytest.approx(2.4)
    assert limited[3] == 1
    assert condition(total_ink=3.0).limited((0.9, 0.8, 0.2, 0.1)) == (0.9, 0.8, 0.2, 0.1)
    drawn = scene(filled(rectangle(0, 0, 40, 20), RICH), filled(rectangle(0, 0, 9, 9)))
    assert total_ink(drawn) == 4
    with opened(proof_pdf([drawn], title="t", condition=condition(total_ink=2.4))) as pdf:
        form = next(iter(pdf.pages[0].Resources.XObject.values())).read_bytes().decode()
    inks = [[float(part) for part in found.split()[:4]] for found in re.findall(r"[\d. ]+ k\b", form)]
    assert inks
    assert max(sum(ink) for ink in inks) <= 2.4 + 1e-3


def test_separations_have_the_names_that_the_machine_looks_for() -> None:
    own = condition(spots={"CutContour": "ThruCut", "Foil Gold": "Spot 1"})
    page = SheetPage(
        number=1,
        width_mm=210,
        height_mm=148,
        mirror=False,
        title="t",
        placements=(Placement(name_scene(ink=GOLD, cut=(rectangle(1, 1, 79, 39),)), 20, 20),),
        condition=own,
    )
    with opened(sheet_pdf(page)) as pdf:
        names = {str(space[1]) for space in pdf.pages[0].Resources.ColorSpace.values()}
    assert {"/ThruCut", "/Spot 1"} <= names
    assert not {"/CutContour", "/Foil Gold"} & names


def test_white_goes_under_the_artwork_where_the_cloth_is_dark() -> None:
    """PAINS 6."""
    dark = scenes_of("tee", (("colour", "black"), ("template", "club")))
    light = scenes_of("tee", (("colour", "cream"), ("template", "club")))
    assert {each.underbase for each in dark if not each.stitching} == {"White"}
    assert {each.underbase for each in light} == {""}
    with opened(proof_pdf(dark, title="t", condition=free_condition())) as pdf:
        assert any(str(space[1]) == "/White" for space in pdf.pages[0].Resources.ColorSpace.values())
        state = pdf.pages[0].Resources.ExtGState["/UB"]
        assert str(state.BM) == "/Multiply"
    with opened(proof_pdf(light, title="t", condition=free_condition())) as pdf:
        assert not any(str(space[1]) == "/White" for space in pdf.pages[0].Resources.ColorSpace.values())


def test_a_key_ring_has_white_behind_the_print_unless_it_is_to_be_seen_through() -> None:
    behind = {
        backing: {each.underbase for each in scenes_of("keyring", (("backing", backing), ("template", "cat")))}
        for backing in ("white", "glass")
    }
    assert behind == {"white": {"White"}, "glass": {""}}


def test_the_same_print_file_is_the_same_bytes_and_small_beside_its_profile() -> None:
    one, other = (proof_pdf([name_scene()], title="t", condition=free_condition()) for _ in range(2))
    assert one == other
    with opened(one) as pdf:
        profile = len(pdf.Root.OutputIntents[0].DestOutputProfile.read_raw_bytes())
    assert len(one) - profile < 20_000


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("gs") is None, reason="NO GHOSTSCRIPT: separations are not rendered to plates")
def test_ghostscript_makes_a_plate_of_every_separation_and_white_lies_under_all_of_it(tmp_path: Path) -> None:
    drawn = scene(
        filled(rectangle(10, 10, 40, 30), CORAL), filled(rectangle(50, 10, 70, 30), GOLD), underbase="White", cut=()
    )
    page = SheetPage(
        number=1,
        width_mm=100,
        height_mm=60,
        mirror=False,
        title="t",
        placements=(Placement(replace(drawn, cut=(rectangle(5, 5, 75, 35),)), 10, 10),),
        condition=condition(spots={"CutContour": "ThruCut"}),
    )
    (tmp_path / "sheet.pdf").write_bytes(sheet_pdf(page))
    command = ["gs", "-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", "-sDEVICE=tiffsep", "-r127"]
    subprocess.run([*command, f"-sOutputFile={tmp_path}/plate.tif", str(tmp_path / "sheet.pdf")], check=True)
    plates = {found.name[6:-5]: plate(found) for found in tmp_path.glob("plate(*).tif")}
    assert {"Cyan", "Magenta", "Yellow", "Black", "White", "Foil Gold", "ThruCut"} <= set(plates)
    at = {"coral": (30, 30), "gold": (70, 30), "bare": (56, 30)}
    ink = {name: {place: plates[name][y * 5, x * 5] for place, (x, y) in at.items()} for name in plates}
    assert ink["White"] == {"coral": pytest.approx(1), "gold": pytest.approx(1), "bare": pytest.approx(0)}
    assert ink["Magenta"]["coral"] == pytest.approx(0.78, abs=0.02)
    assert ink["Foil Gold"] == {"coral": 0, "gold": pytest.approx(1), "bare": 0}
    assert plates["ThruCut"].max() > 0.3


def plate(file: Path) -> np.ndarray:
    """Ink of a plate, 0 to 1."""
    with Image.open(file) as picture:
        return 1 - np.asarray(picture.convert("L"), dtype=float) / 255


def test_every_process_ink_looks_on_the_screen_as_it_prints() -> None:
    """PAINS 3: ΔE (CIE 1976) to the soft proof on the free profile."""
    inks = {ink.key: ink for method in shop()[0].shop.methods.values() for ink in method.inks if ink.spot is None}
    apart = {key: distance(ink.rgb, free_condition().seen(ink.cmyk)) for key, ink in inks.items()}
    assert max(apart.values()) <= 1, apart


def distance(one: str, other: str) -> float:
    lab = ImageCms.buildTransform(ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB"), "RGB", "LAB")
    colours = []
    for rgb in (one, other):
        pixel = ImageCms.applyTransform(Image.new("RGB", (1, 1), rgb), lab)
        light, a, b = pixel.getpixel((0, 0))
        colours.append(np.array([light / 2.55, a - 128.0, b - 128.0]))
    return float(np.linalg.norm(colours[0] - colours[1]))
