"""Print files: the scenes of a batch on a sheet, or one design's print areas, as vector PDF true to the millimetre."""

from collections.abc import Sequence

from configurator.artwork.condition import Condition
from configurator.artwork.pdf_content import Used, cut_content, matrix
from configurator.artwork.pdf_document import Layer, Leaf, written
from configurator.artwork.pdf_marks import sheet_marks
from configurator.artwork.pdf_sheet import CUT, Placement, SheetPage
from configurator.artwork.pictures import Pixels
from configurator.artwork.scene import Ink, Scene
from configurator.geometry import Affine, Box

__all__ = ["CUT", "Placement", "SheetPage", "proof_pdf", "sheet_pdf"]

HAIRLINE_MM = 0.1


def sheet_pdf(page: SheetPage, pixels: Pixels | None = None) -> bytes:
    """The sheet as a one-page PDF: layers Artwork, Cut and Marks; text as outlines; the same bytes every time."""
    used = Used(condition=page.condition)
    layers = [Layer("Artwork", _artwork(page, used))]
    if any(placement.scene.cut for placement in page.placements):
        layers.append(Layer("Cut", _cuts(page, used)))
    marks = sheet_marks(page)
    if marks.nodes:
        layers.append(Layer("Marks", f"/{used.scene(marks)} Do"))
    leaf = Leaf(page.width_mm, page.height_mm, page.box, page.box, tuple(layers))
    return written([leaf], used, title=page.title, pixels=pixels)


def proof_pdf(
    scenes: Sequence[Scene],
    *,
    title: str,
    cut: Ink = CUT,
    condition: Condition | None = None,
    pixels: Pixels | None = None,
) -> bytes:
    """A page a print area, each with its trim and bleed boxes: what one design prints, alone."""
    used = Used(condition=condition)
    return written([_proof(scene, cut, used) for scene in scenes], used, title=title, pixels=pixels)


def _proof(scene: Scene, cut: Ink, used: Used) -> Leaf:
    bleed = scene.bleed_mm
    whole = Box(0, 0, scene.width_mm + 2 * bleed, scene.height_mm + 2 * bleed)
    shift = matrix(Affine.shifted(bleed, bleed))
    layers = [Layer("Artwork", f"q {shift} /{used.scene(scene)} Do Q")]
    if scene.cut:
        layers.append(Layer("Cut", f"q {shift}\n{cut_content(scene, cut, HAIRLINE_MM, used)}\nQ"))
    return Leaf(whole.width, whole.height, whole, whole.grown(-bleed), tuple(layers))


def _artwork(page: SheetPage, used: Used) -> str:
    return "\n".join(
        f"q {matrix(placement.onto_sheet(mirror=page.mirror))} /{used.scene(placement.scene)} Do Q"
        for placement in page.placements
    )


def _cuts(page: SheetPage, used: Used) -> str:
    """Cut lines stand in the page itself, not in forms: some cutting RIPs look no deeper."""
    return "\n".join(
        f"q {matrix(placement.onto_sheet(mirror=page.mirror))}\n"
        f"{cut_content(placement.scene, page.cut, HAIRLINE_MM, used)}\nQ"
        for placement in page.placements
        if placement.scene.cut
    )
