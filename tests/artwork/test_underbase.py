"""White under artwork on dark blanks: drawn in from the edges, so that none shows beside it."""

import io
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pikepdf
import pytest
import shapely
from PIL import Image as Pillow

from configurator.artwork.condition import free_condition
from configurator.artwork.dxf_areas import Areas, filled_area, flat_rings
from configurator.artwork.freezing import freeze, thaw
from configurator.artwork.pdf import proof_pdf
from configurator.artwork.scene import Image, Ink, Scene
from configurator.artwork.silhouettes import silhouette
from configurator.artwork.underbase import white_under
from configurator.geometry import Affine
from tests.artwork.comparing import GHOSTSCRIPT
from tests.artwork.golden import scenes_of
from tests.artwork.scenes import CORAL, filled, lettered, rectangle, scene
from tests.artwork.test_silhouettes import Pixels, disc

WHITE = Ink("white", "#ffffff", (0, 0, 0, 0))
CHOKE = 0.2
DARK: dict[str, object] = {"underbase": "White", "choke_mm": CHOKE}


def white(drawn: Scene) -> shapely.Geometry:
    return filled_area(flat_rings(white_under(drawn, Areas())))


def box(left: float, top: float, right: float, bottom: float) -> shapely.Geometry:
    return shapely.box(left, top, right, bottom)


def test_white_is_drawn_in_by_the_methods_choke() -> None:
    drawn = scene(filled(rectangle(10, 10, 40, 30)), **DARK)
    assert white(drawn).symmetric_difference(box(10.2, 10.2, 39.8, 29.8)).area < 0.01


def test_shapes_that_meet_keep_white_where_they_meet() -> None:
    drawn = scene(filled(rectangle(10, 10, 25, 30)), filled(rectangle(25, 10, 40, 30)), **DARK)
    assert white(drawn).symmetric_difference(box(10.2, 10.2, 39.8, 29.8)).area < 0.01


def test_what_is_white_itself_keeps_its_size_unless_something_lies_over_it() -> None:
    alone = scene(filled(rectangle(10, 10, 40, 30), WHITE), **DARK)
    assert white(alone).symmetric_difference(box(10, 10, 40, 30)).area < 0.01
    covered = scene(filled(rectangle(10, 10, 40, 30), WHITE), filled(rectangle(5, 5, 45, 35)), **DARK)
    assert white(covered).symmetric_difference(box(5.2, 5.2, 44.8, 34.8)).area < 0.01


def test_fine_lines_keep_white_under_them() -> None:
    drawn = scene(filled(rectangle(10, 10, 40, 10.3)), filled(rectangle(10, 20, 40, 20.7)), **DARK)
    left = white(drawn)
    assert left.intersection(box(0, 9, 80, 11)).area == pytest.approx(30 * 0.3, rel=0.02)
    assert left.intersection(box(0, 19, 80, 22)).area == pytest.approx(30 * 0.5, rel=0.04)


def test_no_white_reaches_past_letters_and_little_of_them_is_without() -> None:
    glyphs, outlines = lettered("Marit", 14, 8, 22)
    drawn = scene(glyphs, outlines=outlines, **DARK)
    ink = shapely.union_all(Areas().engraved(drawn))
    left = white(drawn)
    assert left.difference(ink.buffer(0.005)).area < 0.01
    assert ink.difference(left).area == pytest.approx(ink.length * CHOKE, rel=0.25)


def test_a_cut_out_picture_has_white_in_its_own_shape_drawn_in() -> None:
    picture = Image("e" * 64, (320, 320), Affine(40, 0, 0, 40, 20, 0), 1, silhouette=silhouette(disc()))
    with pikepdf.open(io.BytesIO(proof_pdf([scene(picture, **DARK)], title="x", pixels=Pixels()))) as pdf:
        masks = [
            np.frombuffer(each.SMask.read_bytes(), np.uint8).reshape(320, 320)
            for each in pdf.objects
            if isinstance(each, pikepdf.Stream) and "/SMask" in each
        ]
    areas = sorted(float((mask > 127).sum()) * (40 / 320) ** 2 for mask in masks)
    assert areas[1] == pytest.approx(np.pi * (10**2 - 2**2), rel=0.02)
    assert areas[0] == pytest.approx(np.pi * (9.75**2 - 2.25**2), rel=0.02)


def test_the_shops_shirts_have_it_and_orders_keep_it() -> None:
    dark = [each for each in scenes_of("tee", (("colour", "black"), ("template", "club"))) if each.underbase]
    assert {each.choke_mm for each in dark} == {0.15}
    assert thaw(freeze(dark)) == tuple(dark)
    light = scenes_of("tee", (("colour", "cream"), ("template", "club")))
    assert {each.choke_mm for each in light} == {0}


@pytest.mark.slow
def test_the_white_plate_is_the_same_bytes_in_another_process() -> None:
    program = "from tests.artwork.test_underbase import file; import sys; sys.stdout.buffer.write(file())"
    other = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, timeout=120)
    assert other.stdout == file()


def file() -> bytes:
    glyphs, outlines = lettered("Marit", 14, 8, 22)
    return proof_pdf([scene(glyphs, outlines=outlines, **DARK)], title="x", condition=free_condition())


@pytest.mark.slow
@pytest.mark.skipif(GHOSTSCRIPT is None, reason="NO GHOSTSCRIPT: separations are not rendered to plates")
def test_on_the_plates_white_ends_inside_the_colour(tmp_path: Path) -> None:
    drawn = replace(scene(filled(rectangle(10, 10, 40, 30), CORAL), **DARK), bleed_mm=0.0)
    (tmp_path / "x.pdf").write_bytes(proof_pdf([drawn], title="x", condition=free_condition()))
    command = ["gs", "-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", "-sDEVICE=tiffsep", "-r1270"]
    subprocess.run([*command, f"-sOutputFile={tmp_path}/p.tif", str(tmp_path / "x.pdf")], check=True)
    columns = {name: inked(tmp_path / f"p({name}).tif") for name in ("Magenta", "White")}
    assert columns["Magenta"] == pytest.approx((10, 40), abs=0.05)
    assert columns["White"] == pytest.approx((10.2, 39.8), abs=0.05)


def inked(plate: Path) -> tuple[float, float]:
    """First and last mm with ink in the row through the middle of the shape; 50 pixels a mm."""
    with Pillow.open(plate) as picture:
        row = np.flatnonzero(np.asarray(picture.convert("L"))[20 * 50] < 250)
    return row[0] / 50, (row[-1] + 1) / 50
