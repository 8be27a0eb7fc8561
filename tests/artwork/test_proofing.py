"""The screen shows process inks as the press prints them, and colours out of drawings are printed as they are meant."""

import subprocess
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from configurator.artwork.condition import free_condition
from configurator.artwork.inks import drawn_ink, plain_ink
from configurator.artwork.pdf import proof_pdf
from configurator.artwork.proofing import as_printed
from configurator.artwork.scene import Glyphs, Ink
from configurator.artwork.scene import Path as Drawn
from configurator.blanks.catalogue import read_catalogue
from tests.artwork.comparing import GHOSTSCRIPT
from tests.artwork.golden import BLANKS, scenes_of, shop
from tests.artwork.scenes import filled, rectangle, scene
from tests.artwork.test_print_condition import distance

RAW = read_catalogue(BLANKS).shop
PRINTED = as_printed(RAW)
EMOJI_COLOURS = ("#dd2e44", "#ffcc4d", "#77b255", "#3b88c3", "#a0041e", "#292f33", "#ffffff", "#be1931", "#5c913b")


def test_a_process_ink_looks_as_its_cmyk_prints() -> None:
    for ink in PRINTED.methods["sublimation"].inks:
        assert ink.rgb == free_condition().seen(ink.cmyk)
    assert [ink.cmyk for ink in PRINTED.methods["label"].inks] == [ink.cmyk for ink in RAW.methods["label"].inks]


def test_foils_lasers_and_threads_keep_the_colour_that_the_maker_gave_them() -> None:
    for key in ("foil", "laser", "laser-linen", "embroidery"):
        assert PRINTED.methods[key] == RAW.methods[key]
        assert PRINTED.methods[key].colours is None


def test_a_colour_out_of_a_drawing_is_printed_as_it_is_meant_as_far_as_the_press_can() -> None:
    method = PRINTED.methods["sublimation"]
    for rgb in EMOJI_COLOURS:
        ink = drawn_ink(method, rgb)
        assert ink.rgb == free_condition().seen(ink.cmyk)
        assert distance(ink.rgb, rgb) < 16
    naive = max(distance(free_condition().seen(plain_ink(rgb).cmyk), rgb) for rgb in EMOJI_COLOURS)
    assert naive > 24


def test_black_out_of_a_drawing_is_the_black_ink_alone() -> None:
    assert drawn_ink(PRINTED.methods["sublimation"], "#000000").cmyk == (0, 0, 0, 1)


def test_the_press_of_the_shop_decides_and_its_limit_holds() -> None:
    dry = as_printed(replace(RAW, press=replace(RAW.press, total_ink=1.5)))
    assert all(sum(drawn_ink(dry.methods["sublimation"], rgb).cmyk) <= 1.5 + 1e-9 for rgb in EMOJI_COLOURS)


def test_designs_are_laid_out_in_printed_colours() -> None:
    words = (("kind-1", "text"), ("area-1", "wrap"), ("text-1", "Hej 🎉"), ("ink-1", "ultramarine"), ("size-1", "14"))
    (drawn,) = scenes_of("mug", words)
    inks = {node.ink for node in drawn.nodes if isinstance(node, Glyphs)}
    assert len(inks) > (1 if shop()[1].emoji is None else 3)
    for ink in inks:
        assert ink.rgb == free_condition().seen(ink.cmyk), ink.key


@pytest.mark.slow
@pytest.mark.skipif(GHOSTSCRIPT is None, reason="NO GHOSTSCRIPT: print files are not shown as they print")
def test_ghostscript_shows_the_print_file_in_the_colours_of_the_preview(tmp_path: Path) -> None:
    method = PRINTED.methods["sublimation"]
    spec = [(ink.rgb, ink.cmyk) for ink in method.inks]
    inks = [Ink(rgb, rgb, cmyk) for rgb, cmyk in spec] + [drawn_ink(method, rgb) for rgb in EMOJI_COLOURS]
    fields = [filled(rectangle(5 * at, 5, 5 * at + 5, 15), ink) for at, ink in enumerate(inks)]
    drawn = replace(scene(*fields, size=(5 * len(inks), 20)), bleed_mm=0)
    (tmp_path / "x.pdf").write_bytes(proof_pdf([drawn], title="x", condition=free_condition()))
    managed = ("-dUsePDFX3Profile", "-dRenderIntent=1", "-dBlackPtComp=1", "-sDEVICE=png16m", "-r50.8")
    command = ["gs", "-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", *managed]
    subprocess.run([*command, f"-sOutputFile={tmp_path}/x.png", str(tmp_path / "x.pdf")], check=True)
    with Image.open(tmp_path / "x.png") as picture:
        row = np.asarray(picture.convert("RGB"))[20]
    shown = {ink.rgb: "#" + row[10 * at + 5].tobytes().hex() for at, ink in enumerate(inks)}
    apart = {rgb: distance(rgb, seen) for rgb, seen in shown.items()}
    assert max(apart.values()) < 3, apart
    assert all(isinstance(node, Drawn) for node in drawn.nodes)
