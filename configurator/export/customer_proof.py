"""The customer's proof: a page that shows what will be made, in millimetres, with its code and the rights declared."""

from collections.abc import Sequence
from dataclasses import dataclass

from configurator.artwork.pictures import NoPixels, Pixels, embedded
from configurator.artwork.scene import Scene
from configurator.artwork.svg import flat_svg
from configurator.export.legible import legible
from configurator.export.papers import NEUTRAL, STAGES, drawable, qr_drawing
from configurator.export.typesetting import paper

RIGHTS = (
    "Whoever orders this declares that the words and pictures on it are theirs to use, or used with leave. "
    "What is shown here is what is made; colours of a screen or an office printer are not those of the press."
)


@dataclass(frozen=True, slots=True)
class Proof:
    """What a proof says. picture: the product's SVG; lines: (option, chosen); address: where the proof itself is."""

    design_hash: str
    blank: str
    title: str
    shop: str
    address: str
    picture: str
    lines: tuple[tuple[str, str], ...]
    areas: tuple[tuple[Scene, str, str], ...]
    """(scene, what the area is called, how it is decorated) of every area with something on it."""


def customer_proof(proof: Proof, pixels: Pixels | None = None) -> bytes:
    """The page as PDF, the same bytes for the same proof. Raises PaperFailed."""
    digest = proof.design_hash
    return paper(
        "proof",
        {
            "title": legible(proof.title),
            "shop": legible(proof.shop),
            "hash": [digest[at : at + 8] for at in range(0, 64, 8)],
            "short": f"{digest[:4]}·{digest[4:8]}",
            "qr": qr_drawing(proof.address),
            "stage": STAGES.get(proof.blank, NEUTRAL),
            "picture": proof.picture if drawable(proof.picture) else "",
            "lines": [[legible(label), legible(chosen)] for label, chosen in proof.lines if chosen],
            "areas": _areas(proof.areas, pixels or NoPixels()),
            "rights": RIGHTS,
        },
    )


def _areas(areas: Sequence[tuple[Scene, str, str]], pixels: Pixels) -> list[dict[str, object]]:
    return [
        {
            "label": legible(label),
            "method": legible(method),
            "across": f"{scene.width_mm:g} mm",
            "down": f"{scene.height_mm:g} mm",
            "ratio": scene.width_mm / scene.height_mm,
            "says": legible(scene.says),
            "flat": flat_svg(scene, id_prefix="flat", guides=False, href=embedded(pixels)),
        }
        for scene, label, method in areas
    ]
