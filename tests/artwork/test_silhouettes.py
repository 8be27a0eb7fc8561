"""Pictures with transparency: a cut contour goes round what is seen of them, and preflight knows it."""

import io
import time
from dataclasses import replace

import ezdxf
import numpy as np
import pikepdf
import pytest
import shapely
from PIL import Image as Pillow
from PIL import ImageDraw

from configurator.artwork.dxf import sheet_dxf
from configurator.artwork.elements import Image
from configurator.artwork.freezing import freeze, thaw
from configurator.artwork.layout import lay_out
from configurator.artwork.outlines import flattened
from configurator.artwork.pdf import Placement, SheetPage, sheet_pdf
from configurator.artwork.pictures import Picture
from configurator.artwork.scene import Finding, Scene
from configurator.artwork.silhouettes import silhouette
from configurator.blanks.methods import InkSpec
from configurator.geometry import Affine, PathData
from tests.artwork.workbench import FLAT, INKS, PLAIN, PRINT, SHOP, area, blank, book, text

DISC = "e" * 64
TAG = area(size_mm=(60.0, 84.0), bleed_mm=0.0, cut="contour", safe_mm=2.0, surface=FLAT)
HOLED = replace(TAG, hole_mm=(30.0, 6.0, 4.0))


def disc(*, side: int = 320, specks: bool = False) -> bytes:
    """Half as wide as the picture, in its middle; with a hole, and perhaps dust in the corners."""
    image = Pillow.new("RGBA", (side, side))
    draw = ImageDraw.Draw(image)
    draw.ellipse((side * 0.25, side * 0.25, side * 0.75, side * 0.75), fill="navy")
    draw.ellipse((side * 0.45, side * 0.45, side * 0.55, side * 0.55), fill=(0, 0, 0, 0))
    if specks:
        draw.point([(2, 2), (side - 3, side - 3)], fill="navy")
    return png(image)


def png(image: Pillow.Image) -> bytes:
    file = io.BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


def on_tag(*, y_mm: float = 42.0, on: object = TAG, seen: PathData | None = None) -> Scene:
    picture = Image(area="wrap", asset=DISC, width_mm=40.0, x_mm=30.0, y_mm=y_mm)
    known = {DISC: Picture(DISC, 1200, 1200, silhouette=silhouette(disc()) if seen is None else seen)}
    return lay_out((picture,), blank(on), PLAIN, SHOP, book(), known)[0]  # type: ignore[arg-type]  # on is an area


def polygon(path: PathData) -> shapely.Polygon:
    (ring,) = flattened(path).rings(Affine())
    return shapely.Polygon(ring)


def test_the_silhouette_of_a_disc_is_a_disc() -> None:
    (ring,) = flattened(silhouette(disc())).rings(Affine())
    seen = shapely.Polygon(ring)
    assert seen.is_valid
    assert seen.hausdorff_distance(shapely.Point(0.5, 0.5).buffer(0.25)) < 0.008
    assert len(ring) < 160


def test_a_picture_without_transparency_has_no_silhouette_and_a_clear_one_none_either() -> None:
    assert silhouette(png(Pillow.new("RGB", (40, 30), "red"))) == ()
    assert silhouette(png(Pillow.new("RGBA", (40, 30), (255, 0, 0, 255)))) == ()
    assert silhouette(png(Pillow.new("RGBA", (40, 30)))) == ()


def test_dust_is_not_cut_round() -> None:
    assert silhouette(disc(specks=True)) == silhouette(disc())


def test_noise_has_a_silhouette_too_and_soon() -> None:
    noise = np.random.default_rng(3).integers(0, 256, (320, 320, 4), dtype=np.uint8)
    start = time.process_time()
    assert len(silhouette(png(Pillow.fromarray(noise, "RGBA")))) > 0
    assert time.process_time() - start < 30


def test_the_contour_goes_round_what_is_seen_of_the_picture_at_the_safe_distance() -> None:
    body = polygon(on_tag().cut[0])
    assert body.hausdorff_distance(shapely.Point(30, 42).buffer(12)) < 0.3
    assert polygon(on_tag(seen=()).cut[0]).area > 1.9 * body.area


def test_the_cutter_gets_it_as_one_closed_line_in_dxf_and_pdf() -> None:
    scene = on_tag()
    page = SheetPage(1, 100, 120, mirror=False, title="x", placements=(Placement(scene, 20, 20),), output="cut")
    (line,) = ezdxf.read(io.StringIO(sheet_dxf(page, engrave=False).decode())).modelspace().query("LWPOLYLINE")
    assert line.closed
    assert line.dxf.layer == "cut"
    cut = shapely.Polygon([(x, y) for x, y, *_ in line.get_points()])
    assert cut.area == pytest.approx(polygon(scene.cut[0]).area, rel=0.002)
    with pikepdf.open(io.BytesIO(sheet_pdf(page, Pixels()))) as pdf:
        names = [str(space[1]) for space in pdf.pages[0].Resources.ColorSpace.values()]
        assert "/CutContour" in names


class Pixels:
    def whole(self, asset: str) -> bytes:
        return disc()

    small = proofed = whole


def test_the_ring_may_hang_in_the_clear_part_of_a_picture_but_not_in_its_disc() -> None:
    assert "hole is cut through" not in sentences(on_tag(y_mm=22.0, on=HOLED).findings)
    assert "hole is cut through" in sentences(on_tag(y_mm=22.0, on=HOLED, seen=()).findings)
    assert "hole is cut through" in sentences(on_tag(y_mm=14.0, on=HOLED).findings)


def test_letters_beside_what_is_seen_of_a_picture_are_measured_against_the_material() -> None:
    white = InkSpec("white", "White", "#ffffff", (0, 0, 0, 0))
    shop = replace(SHOP, methods={"print": replace(PRINT, inks=(*INKS, white))})
    picture = Image(area="wrap", asset=DISC, width_mm=40.0, x_mm=30.0, y_mm=42.0)
    words = text("Ida", ink="white", size_mm=4.0, x_mm=30.0, y_mm=28.0)
    plain = blank(replace(TAG, ground="#ffffff"))
    known = {DISC: Picture(DISC, 1200, 1200, silhouette=silhouette(disc()))}
    beside = lay_out((picture, words), plain, PLAIN, shop, book(), known)[0]
    on_it = lay_out((picture, replace(words, y_mm=51.0)), plain, PLAIN, shop, book(), known)[0]
    assert "cannot be seen" in sentences(beside.findings)
    assert "cannot be seen" not in sentences(on_it.findings)


def sentences(findings: tuple[Finding, ...]) -> str:
    return " ".join(finding.sentence for finding in findings)


def test_an_order_keeps_the_silhouette() -> None:
    assert thaw(freeze([on_tag()])) == (on_tag(),)
