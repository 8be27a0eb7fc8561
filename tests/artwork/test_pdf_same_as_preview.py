"""What you see is what is made: the flat preview and the print file of every template, laid over each other."""

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
import typst

from configurator.artwork.fonts import FontBook
from configurator.artwork.layout import lay_out
from configurator.artwork.pdf import proof_pdf
from configurator.artwork.scene import Glyphs, Ink, Scene
from configurator.artwork.scene import Path as PathNode
from configurator.artwork.svg import flat_svg
from configurator.blanks.catalogue import Catalogue, read_catalogue
from configurator.designs.designing import design_for
from configurator.designs.permalink import read
from configurator.geometry import Affine

BLANKS = Path(__file__).parents[2] / "blanks"
PX = 8.013
"""Pixels to a millimetre: no whole number, so that pages of whole millimetres end well inside a pixel in both files."""
BLACK, WHITE = Ink("black", "#000000", (0, 0, 0, 1)), Ink("white", "#ffffff", (0, 0, 0, 0))


@lru_cache(maxsize=1)
def shop() -> tuple[Catalogue, FontBook]:
    catalogue = read_catalogue(BLANKS)
    return catalogue, FontBook(catalogue.shop.fonts)


def scenes(key: str, query: list[tuple[str, str]]) -> tuple[Scene, ...]:
    catalogue, fonts = shop()
    blank = catalogue.blank(key)
    asked = read(query, blank, catalogue.shop)
    designed = design_for(asked, blank, catalogue.shop, catalogue.engine(key), fonts=fonts.fingerprint)
    return lay_out(designed.design.elements, blank, designed.design.configuration, catalogue.shop, fonts)


def in_black_and_white(scene: Scene) -> Iterator[Scene]:
    """The scene with some inks black and the others white, so often that any two inks differ once.

    The n-th ink is black where the n-th binary number has a one: what lies over what counts too.
    """
    used = [(node.ink,) if isinstance(node, Glyphs) else (node.fill, node.stroke) for node in scene.nodes]
    inks = sorted({ink for pair in used for ink in pair if ink}, key=lambda ink: (ink.key, ink.rgb))
    for bit in range((len(inks) + 1).bit_length()):
        black = {ink for number, ink in enumerate(inks, start=1) if number >> bit & 1}
        yield replace(scene, nodes=tuple(_recoloured(node, black) for node in scene.nodes), bleed_mm=0, cut=())


def _recoloured(node: Glyphs | PathNode, black: set[Ink]) -> Glyphs | PathNode:
    def colour(ink: Ink | None) -> Ink | None:
        return ink and (BLACK if ink in black else WHITE)

    if isinstance(node, Glyphs):
        return replace(node, ink=BLACK if node.ink in black else WHITE)
    return replace(node, fill=colour(node.fill), stroke=colour(node.stroke))


def preview(scene: Scene) -> bytes:
    """The preview as a PDF, so that one rasteriser draws both."""
    page = f"#set page(width: {scene.width_mm}mm, height: {scene.height_mm}mm, margin: 0mm)\n"
    picture = page + '#image(bytes(sys.inputs.svg), format: "svg", width: 100%, height: 100%)'
    return typst.compile(picture.encode(), sys_inputs={"svg": flat_svg(scene, id_prefix="p", guides=False)})


def dark(file: bytes) -> np.ndarray:
    pixels = pypdfium2.PdfDocument(file)[0].render(scale=PX * 25.4 / 72).to_numpy()
    return pixels[:, :, :3].max(axis=2) < 128


def thickened(mask: np.ndarray) -> np.ndarray:
    """The mask with a pixel more all round."""
    wide = np.pad(mask, 1)
    return np.logical_or.reduce([np.roll(wide, (y, x), (0, 1)) for y in (-1, 0, 1) for x in (-1, 0, 1)])[1:-1, 1:-1]


def strays(one: np.ndarray, other: np.ndarray) -> bool:
    """Whether ink of one lies more than a pixel (an eighth of a millimetre) from any of the other.

    Single pixels are forgiven: where two shapes meet, a rasteriser may let the one below shine through.
    """
    stray = one & ~thickened(other)
    return bool((stray[1:, 1:] & stray[:-1, 1:] & stray[1:, :-1] & stray[:-1, :-1]).any())


def assert_same(scene: Scene) -> None:
    for one in in_black_and_white(scene):
        shown, printed = dark(preview(one)), dark(proof_pdf([one], title="proof"))
        assert shown.shape == printed.shape
        assert not strays(shown, printed), scene.area
        assert not strays(printed, shown), scene.area


@pytest.mark.slow
@pytest.mark.parametrize("key", ["mug", "tee", "notebook", "board", "muesli", "keyring", "book"])
def test_every_template_prints_as_it_is_shown(key: str) -> None:
    for template in shop()[0].blank(key).templates:
        drawn = [scene for scene in scenes(key, [("template", template.key)]) if scene.nodes and not scene.stitching]
        assert drawn or key == "tee", "only embroidery is pictured as something else than print"
        for scene in drawn:
            assert_same(scene)


@pytest.mark.parametrize("text", ["Zoë & Łukasz", "محمد", "प्रिया", "สมชาย", "Ελένη", "Дмитрий"])
def test_every_script_prints_as_it_is_shown(text: str) -> None:
    element = [
        ("kind-1", "text"),
        ("area-1", "wrap"),
        ("text-1", text),
        ("size-1", "30"),
        ("x-1", "100"),
        ("y-1", "50"),
    ]
    (scene,) = scenes("mug", element)
    assert dark(proof_pdf([scene], title="proof")).any()
    assert_same(scene)


@pytest.mark.parametrize(("turn", "arc"), [("-12", "0"), ("0", "60")])
def test_a_text_on_a_plate_prints_as_it_is_shown(turn: str, arc: str) -> None:
    plate = [("plate-1", "4.5"), ("under-1", "amber"), ("outline-1", "0.6"), ("edge-1", "coral"), ("ink-1", "navy")]
    place = [("size-1", "18"), ("x-1", "100"), ("y-1", "50"), ("turn-1", turn), ("arc-1", arc)]
    (scene,) = scenes("mug", [("kind-1", "text"), ("area-1", "wrap"), ("text-1", "Marit"), *place, *plate])
    assert_same(scene)


def test_a_shift_of_half_a_millimetre_would_be_noticed() -> None:
    (scene,) = scenes("mug", [("template", "big-name")])
    moved = replace(
        scene,
        nodes=tuple(
            replace(node, placements=tuple((key, Affine.shifted(0.5, 0).after(by)) for key, by in node.placements))
            for node in scene.nodes
            if isinstance(node, Glyphs)
        ),
    )
    one, other = (next(in_black_and_white(each)) for each in (scene, moved))
    assert strays(dark(preview(one)), dark(proof_pdf([other], title="proof")))
