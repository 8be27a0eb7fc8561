"""PDF page content: the operators that draw paths, glyphs and whole scenes, in millimetres."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from configurator.artwork.condition import Condition
from configurator.artwork.dxf_areas import Areas
from configurator.artwork.scene import Glyphs, Image, Ink, Node, Path, Scene
from configurator.artwork.underbase import inset_px, white_under
from configurator.blanks.methods import Tone
from configurator.geometry import Affine, Box, PathData

OVERPRINT = "/OP gs"
UNDERBASE = "/UB gs"
"""Multiplies: the other plates keep what they have, and viewers that simulate no plates show the artwork."""
_OPERATORS = {"M": "m", "L": "l", "C": "c"}


@dataclass
class Used:
    """What a page's content refers to: spot inks by separation name, glyph outlines by form name, pictures, scenes."""

    spots: dict[str, tuple[str, Ink]] = field(default_factory=dict)
    glyphs: dict[tuple[str, PathData], str] = field(default_factory=dict)
    scenes: dict[int, tuple[str, str, Scene]] = field(default_factory=dict)
    images: dict[tuple[str, str, Tone | int], str] = field(default_factory=dict)
    areas: Areas = field(default_factory=Areas)
    condition: Condition | None = None

    def spot(self, name: str, ink: Ink) -> str:
        """The resource name of a separation, which the machine may call something else."""
        name = self.condition.spot(name) if self.condition else name
        return self.spots.setdefault(name, (f"S{len(self.spots)}", ink))[0]

    def glyph(self, key: str, outline: PathData) -> str:
        """The resource name of a glyph; two scenes may use one key for different outlines."""
        return self.glyphs.setdefault((key, outline), f"G{len(self.glyphs)}")

    def image(self, asset: str, spot: str = "", how: Tone | int = 0) -> str:
        """The resource name of a picture; of its tones in a separation, or of its shape drawn in by so many pixels."""
        return self.images.setdefault((asset, spot, how), f"I{len(self.images)}")

    def scene(self, scene: Scene) -> str:
        """The resource name of a scene: the pieces of a series share one form."""
        if id(scene) not in self.scenes:
            content = scene_content(scene, self)
            if scene.underbase:
                content += "\n" + underbase_content(scene, self)
            self.scenes[id(scene)] = (f"A{len(self.scenes)}", content, scene)
        return self.scenes[id(scene)][0]


def scene_content(scene: Scene, used: Used) -> str:
    """Everything that is printed of a scene; guides and cut lines are not part of the print."""
    drawn = [_node(node, scene.outlines, used) for node in scene.nodes]
    return "\n".join(part for part in drawn if part)


def underbase_content(scene: Scene, used: Used) -> str:
    """The shapes of everything printed, in the separation that goes under them; on top here, where it hides nothing."""
    ink = Ink("underbase", "#ffffff", (0, 0, 0, 0), scene.underbase)
    if scene.choke_mm:
        drawn = [_path(Path(white_under(scene, used.areas), ink, None, 0, "art", 0), used)]
        cut_outs = [node for node in scene.nodes if isinstance(node, Image) and node.silhouette]
        spot = used.spot(scene.underbase, ink)
        drawn += [_image(node, used, spot, inset_px(node, scene.choke_mm)) for node in cut_outs]
    else:
        drawn = [_whitened(node, scene.outlines, ink, used) for node in scene.nodes]
    return "\n".join([f"q {UNDERBASE}", *(part for part in drawn if part), "Q"])


def _whitened(node: Node, outlines: Mapping[str, PathData], ink: Ink, used: Used) -> str:
    if isinstance(node, Image):
        return _image(node, used, used.spot(ink.spot or "", ink))
    if isinstance(node, Glyphs):
        return _node(replace(node, ink=ink), outlines, used)
    return _node(replace(node, fill=node.fill and ink, stroke=node.stroke and ink), outlines, used)


def cut_content(scene: Scene, ink: Ink, width_mm: float, used: Used) -> str:
    """The contours to cut, as strokes of a spot colour that overprints."""
    lines = [f"q {OVERPRINT} {colour(ink, used, stroke=True)} {number(width_mm)} w"]
    lines.extend(f"{path_operators(contour)}\nS" for contour in scene.cut)
    return "\n".join([*lines, "Q"])


def colour(ink: Ink, used: Used, *, stroke: bool) -> str:
    """Sets the fill or stroke colour: a separation at full tint, or process colours."""
    if ink.spot:
        return f"/{used.spot(ink.spot, ink)} " + ("CS 1 SCN" if stroke else "cs 1 scn")
    cmyk = used.condition.limited(ink.cmyk) if used.condition else ink.cmyk
    return " ".join(number(part) for part in cmyk) + (" K" if stroke else " k")


def path_operators(path: PathData) -> str:
    """A path's construction operators; PDF knows cubic curves only, so quadratic ones are raised."""
    lines, at = [], (0.0, 0.0)
    for letter, numbers in path:
        if letter == "Z":
            lines.append("h")
            continue
        points = _raised(at, numbers) if letter == "Q" else numbers
        lines.append(" ".join(number(value) for value in points) + f" {_OPERATORS['C' if letter == 'Q' else letter]}")
        at = (numbers[-2], numbers[-1])
    return "\n".join(lines)


def matrix(affine: Affine) -> str:
    """Concatenates an affine map to the current one."""
    turn = " ".join(number(value, 7) for value in (affine.a, affine.b, affine.c, affine.d))
    return f"{turn} {number(affine.e)} {number(affine.f)} cm"


def rectangle(box: Box) -> str:
    """A rectangle's construction operator."""
    return " ".join(number(value) for value in (box.left, box.top, box.width, box.height)) + " re"


def number(value: float, digits: int = 4) -> str:
    """A PDF number: plain decimals, at the most `digits` of them (0.1 µm when it is millimetres), no exponent."""
    text = f"{value:.{digits}f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def _node(node: Node, outlines: Mapping[str, PathData], used: Used) -> str:
    if isinstance(node, Glyphs):
        return _glyphs(node, outlines, used)
    if isinstance(node, Image):
        return _image(node, used)
    return _path(node, used) if node.role == "art" else ""


def _image(node: Image, used: Used, spot: str = "", inset: int = 0) -> str:
    """PDF's unit square stands on its foot, ours hangs from its top."""
    place = matrix(node.matrix.after(Affine(d=-1, f=1)))
    if node.ink is None or spot:
        return f"q {place} /{used.image(node.asset, spot, inset)} Do Q"
    # A picture of one ink lays nothing where it is clear, so it multiplies.
    tint = used.spot(node.ink.spot or node.ink.key, node.ink)
    return f"q {UNDERBASE} {place} /{used.image(node.asset, tint, node.tone or Tone())} Do Q"


def _glyphs(node: Glyphs, outlines: Mapping[str, PathData], used: Used) -> str:
    lines = [f"q {colour(node.ink, used, stroke=False)}"]
    for key, placed in node.placements:
        if outlines[key]:
            lines.append(f"q {matrix(placed)} /{used.glyph(key, outlines[key])} Do Q")
    return "\n".join([*lines, "Q"])


def _path(node: Path, used: Used) -> str:
    if not node.data or not (node.fill or node.stroke):
        return ""
    lines = ["q"]
    if node.fill:
        lines.append(colour(node.fill, used, stroke=False))
    if node.stroke:
        ends = "1 J 1 j" if node.round else "4 M"
        lines.append(f"{colour(node.stroke, used, stroke=True)} {number(node.width_mm)} w {ends}")
    paint = {(True, False): "f", (False, True): "S", (True, True): "B"}[bool(node.fill), bool(node.stroke)]
    return "\n".join([*lines, path_operators(node.data), paint, "Q"])


def _raised(at: tuple[float, float], numbers: tuple[float, ...]) -> tuple[float, ...]:
    """A quadratic curve's control points as those of the same cubic curve."""
    (x0, y0), (cx, cy, x, y) = at, numbers
    return (
        x0 + (cx - x0) * 2 / 3,
        y0 + (cy - y0) * 2 / 3,
        x + (cx - x) * 2 / 3,
        y + (cy - y) * 2 / 3,
        x,
        y,
    )
