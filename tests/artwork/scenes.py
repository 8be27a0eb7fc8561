"""Small scenes built by hand, as the print writers get them."""

from functools import lru_cache

from configurator.artwork.fonts import Face
from configurator.artwork.scene import Glyphs, Ink, Path, Scene
from configurator.blanks.shop import Font
from configurator.geometry import Affine, PathData

CORAL = Ink("coral", "#f0583f", (0, 0.78, 0.74, 0))
GOLD = Ink("gold", "#c9a227", (0.1, 0.3, 0.9, 0.1), spot="Foil Gold", look="foil")
ENGRAVED = Ink("engraved", "#5a3a1f", (0, 0, 0, 1), spot="Laser", look="engraved")


@lru_cache(maxsize=1)
def lobster() -> Face:
    return Face(Font("lobster", "Lobster", "fontpkg_lobster", "Lobster-Regular.ttf", {}))


def rectangle(left: float, top: float, right: float, bottom: float) -> PathData:
    return (
        ("M", (left, top)),
        ("L", (right, top)),
        ("L", (right, bottom)),
        ("L", (left, bottom)),
        ("Z", ()),
    )


def filled(data: PathData, ink: Ink = CORAL) -> Path:
    return Path(data, ink, None, 0, "art", 1)


def lettered(
    text: str, size: float, left: float, baseline: float, ink: Ink = CORAL
) -> tuple[Glyphs, dict[str, PathData]]:
    """A line of Lobster, whose letters overlap where they join."""
    face, pen, placements, outlines = lobster(), 0.0, [], {}
    scale = size / face.units
    for glyph, _, advance, x, y in face.shaped(text, 0, len(text), script="Latn", rtl=False):
        outlines[f"lobster:{glyph}"] = face.outline(glyph)
        place = Affine(scale, 0, 0, -scale, left + (pen + x) * scale, baseline - y * scale)
        placements.append((f"lobster:{glyph}", place))
        pen += advance
    return Glyphs(tuple(placements), ink, 1), outlines


def scene(*nodes: Glyphs | Path, size: tuple[float, float] = (80, 40), **parts: object) -> Scene:
    return Scene(
        **{  # type: ignore[arg-type] # parts are the scene's own fields
            "area": "wrap",
            "width_mm": size[0],
            "height_mm": size[1],
            "bleed_mm": 2,
            "safe_mm": 3,
            "nodes": nodes,
            "outlines": {},
            "boxes": {},
            "cut": (),
            "findings": (),
            "says": "",
            **parts,
        }
    )


def name_scene(text: str = "Marit", ink: Ink = CORAL, **parts: object) -> Scene:
    """A name over a bar in the left half: it tells left from right and top from bottom."""
    glyphs, outlines = lettered(text, 12, 8, 22, ink)
    return scene(filled(rectangle(8, 26, 30, 30), ink), glyphs, outlines=outlines, **parts)
