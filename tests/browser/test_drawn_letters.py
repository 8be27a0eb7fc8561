"""Letters of an uploaded drawing stand where Chromium sets them with the same fonts."""

import base64
import io
from importlib import resources
from xml.etree.ElementTree import register_namespace, tostring

import numpy as np
from defusedxml.ElementTree import fromstring
from PIL import Image, ImageFilter
from playwright.sync_api import Page

from configurator.blanks.shop import Font
from configurator.uploads.lettering import outline_letters
from configurator.uploads.styling import read_classes
from configurator.uploads.svg_elements import SVG
from configurator.uploads.svg_frame import share_out
from tests.artwork.workbench import FONTS, book
from tests.uploads.lettered import LETTERED, SIZE

ZOOM = 3
FAMILIES = {"archivo": "Archivo", "lobster": "Lobster", "rubik": "Rubik", "noto": "Noto Sans"}
FAMILIES |= {"arabic": "Noto Sans Arabic"}


def test_letters_of_a_drawing_are_outlined_where_a_browser_sets_them(page: Page) -> None:
    page.set_viewport_size({"width": SIZE[0] * ZOOM, "height": SIZE[1] * ZOOM})
    outlined, said = _outlined()
    assert said == "" and "<text" not in outlined
    ours, theirs = (_seen(page, drawing) for drawing in (outlined, LETTERED))
    assert ours.sum() > 20_000
    assert (ours & theirs).sum() / (ours | theirs).sum() > 0.9
    assert not (ours & ~_grown(theirs)).any() and not (theirs & ~_grown(ours)).any()


def _outlined() -> tuple[str, str]:
    root = fromstring(LETTERED)
    share_out(root)
    said = outline_letters(root, read_classes(node.text or "" for node in root.iter(f"{SVG}style")), book())
    register_namespace("", SVG.strip("{}"))
    return tostring(root, encoding="unicode"), said


def _seen(page: Page, drawing: str) -> np.ndarray:
    size = f"width:{SIZE[0] * ZOOM}px;height:{SIZE[1] * ZOOM}px"
    page.set_content(f"<style>{_fonts()}body{{margin:0}}svg{{display:block;{size}}}</style>{drawing}")
    page.evaluate("document.fonts.ready.then(() => document.fonts.size)")
    return np.asarray(Image.open(io.BytesIO(page.screenshot())).convert("L")) < 128


def _grown(ink: np.ndarray) -> np.ndarray:
    """By two pixels, two thirds of the drawing's unit: browsers draw letters to whole pixels' liking."""
    return np.asarray(Image.fromarray(ink).convert("L").filter(ImageFilter.MaxFilter(5))) > 0


def _fonts() -> str:
    return "".join(
        f"@font-face{{font-family:'{FAMILIES[font.key]}';font-weight:100 900;src:url({_file(font)})}}"
        for font in FONTS
        if font.key in FAMILIES
    )


def _file(font: Font) -> str:
    content = resources.files(font.package).joinpath("files", font.file).read_bytes()
    return f"data:font/ttf;base64,{base64.b64encode(content).decode()}"
