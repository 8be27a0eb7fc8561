"""Photos for a laser: engraved as dots, shown in the tone that the dots come to, refused where nothing can be done."""

import io
from dataclasses import replace

import numpy as np
import pikepdf
import pytest
import pyvips
from PIL import Image as Pillow

from configurator.artwork.elements import Image
from configurator.artwork.engraving import alone, engraved_png
from configurator.artwork.freezing import freeze, thaw
from configurator.artwork.layout import lay_out
from configurator.artwork.mockup import mockup
from configurator.artwork.pdf import proof_pdf
from configurator.artwork.pictures import Picture, embedded
from configurator.artwork.scene import Scene
from configurator.artwork.svg import flat_svg
from configurator.artwork.toning import toned
from configurator.blanks.blank import Area
from configurator.blanks.methods import Method, Tone
from tests.artwork.workbench import CYLINDER, FLAT, INKS, PLAIN, PRINT, SHOP, area, blank, book, text

RAMP, CUT_OUT = "c" * 64, "d" * 64
DARK, LIGHT = Tone(contrast=1.5), Tone(light=True)
PLAQUE = area(size_mm=(100.0, 60.0), bleed_mm=0.0, surface=FLAT)
DPI = 254


class Kept:
    """From black at the left to white; the same with its right half see-through."""

    def __init__(self) -> None:
        ramp = Pillow.linear_gradient("L").rotate(90).resize((640, 480))
        clear = ramp.convert("RGBA")
        clear.paste((0, 0, 0, 0), (320, 0, 640, 480))
        self.files = {RAMP: _png(ramp.convert("RGB")), CUT_OUT: _png(clear)}

    def whole(self, asset: str) -> bytes:
        return self.files[asset]

    small = proofed = whole


def _png(image: Pillow.Image) -> bytes:
    file = io.BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


def laser(tone: Tone | None) -> Method:
    return Method("laser", "Laser engraving", INKS[3:], 3, 0.2, "laser", least_dpi=150, tone=tone)


def engraved(tone: Tone | None, asset: str = RAMP, *, words: str = "", on: Area = PLAQUE) -> Scene:
    picture = Image(area="wrap", asset=asset, width_mm=64.0, x_mm=50.0, y_mm=30.0)
    elements = (picture, text(words, ink="burn", x_mm=50.0, y_mm=30.0)) if words else (picture,)
    shop = replace(SHOP, methods={"print": replace(laser(tone), key="print")})
    known = {each: Picture(each, 640, 480) for each in (RAMP, CUT_OUT)}
    return lay_out(elements, blank(on), PLAIN, shop, book(), known)[0]


def burnt(scene: Scene) -> np.ndarray:
    file = engraved_png(alone(scene, "x"), DPI, Kept())
    with Pillow.open(io.BytesIO(file)) as picture:
        assert picture.mode == "1"
        assert picture.info["dpi"] == pytest.approx((DPI, DPI), abs=0.1)
        return ~np.asarray(picture)


def fields(picture: np.ndarray) -> np.ndarray:
    """The mean of every 4 x 4 mm; picture: 10 pixels a mm."""
    return picture.reshape(15, 40, 25, 40).mean(axis=(1, 3))


@pytest.mark.parametrize("tone", [DARK, LIGHT])
def test_the_preview_of_an_engraved_photo_has_the_tones_that_its_dots_come_to(tone: Tone) -> None:
    scene = engraved(tone)
    assert scene.findings == ()
    svg = flat_svg(scene, id_prefix="p", guides=False, href=embedded(Kept()))
    drawn = pyvips.Image.svgload_buffer(svg.encode(), scale=1000 / pyvips.Image.svgload_buffer(svg.encode()).width)
    shown = drawn.resize(1000 / drawn.width).numpy()[:600, :1000, 3] / 255
    apart = np.abs(fields(burnt(scene)) - fields(shown))
    assert apart[3:12, 5:20].max() < 0.03
    assert apart.mean() < 0.01


def test_what_is_dark_is_burnt_and_on_cloth_that_bleaches_what_is_light() -> None:
    dark, light = fields(burnt(engraved(DARK))), fields(burnt(engraved(LIGHT)))
    assert min(dark[7, 5], light[7, 19]) > 0.9
    assert max(dark[7, 19], light[7, 5]) < 0.1


@pytest.mark.parametrize("tone", [DARK, LIGHT])
def test_nothing_is_burnt_where_a_picture_is_clear_or_ends(tone: Tone) -> None:
    burns = burnt(engraved(tone, CUT_OUT))
    assert burns[:, 505:].sum() == 0
    assert burns[:58].sum() == burns[:, :178].sum() == 0
    assert burns[100:500, 200:480].any()


def test_letters_over_a_photo_keep_their_hard_edges() -> None:
    both, alone_ = burnt(engraved(DARK, words="Marit")), burnt(engraved(DARK))
    assert (alone_ & ~both).sum() == 0
    assert (both & ~alone_).sum() > 1000


def test_the_print_file_holds_an_engraved_photo_in_the_lasers_own_separation() -> None:
    with pikepdf.open(io.BytesIO(proof_pdf([engraved(DARK)], title="x", pixels=Kept()))) as pdf:
        images = [each for each in pdf.objects if isinstance(each, pikepdf.Stream) and each.get("/Subtype") == "/Image"]
        (image,) = images
        assert str(image.ColorSpace[1]) == "/Laser"
        assert image.read_bytes() == toned(Kept().whole(RAMP), DARK).tobytes()


def test_an_order_keeps_how_a_photo_is_engraved() -> None:
    scene = engraved(DARK)
    assert thaw(freeze([scene])) == (scene,)
    assert engraved_png(alone(scene, "x"), DPI, Kept()) == engraved_png(alone(scene, "x"), DPI, Kept())


def test_a_turning_surface_shows_the_tone_too() -> None:
    scene = engraved(DARK, on=area(surface=CYLINDER))
    svg = mockup(blank(area(surface=CYLINDER)), PLAIN, [scene], id_prefix="m-")
    assert svg.count("<filter") == svg.count('filter="url(#m-tone') == 1


def test_too_few_pixels_are_told_of_an_engraved_photo_too() -> None:
    method = replace(laser(DARK), least_dpi=254)
    picture = Image(area="wrap", asset=RAMP, width_mm=95.0, x_mm=50.0, y_mm=30.0)
    shop = replace(SHOP, methods={"print": replace(method, key="print")})
    scene = lay_out(
        (picture,), blank(area(size_mm=(120.0, 90.0))), PLAIN, shop, book(), {RAMP: Picture(RAMP, 640, 480)}
    )
    assert any("dots an inch at this size; it is sharp from 254" in each.sentence for each in scene[0].findings)


def test_foil_refuses_a_photo_and_says_what_to_send() -> None:
    foil = replace(PRINT, inks=(INKS[2],), most_inks=1)
    shop = replace(SHOP, methods={"print": foil})
    picture = Image(area="wrap", asset=RAMP, width_mm=64.0, x_mm=50.0, y_mm=30.0)
    (scene,) = lay_out((picture,), blank(PLAQUE), PLAIN, shop, book(), {RAMP: Picture(RAMP, 640, 480)})
    (finding,) = scene.findings
    assert finding.level == "error"
    assert "Send a drawing (SVG) of plain shapes in flat colours instead" in finding.sentence
